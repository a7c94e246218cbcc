import { Outlet, useMatches, useNavigate, useRouterState } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useCity } from '../../atlas/web/index.ts'
import { EmptyState, setZone, useKeys, useLiveState, useMe, useNow, useWords, type Page } from '../../kernel/web/index.ts'
import { Header } from './header.tsx'
import { KeysHelp } from './keys-help.tsx'
import { Menu } from './menu.tsx'
import { mayOpen, menuOf } from './pages.ts'

const words = {
  skip: { zh: '跳到内容', en: 'Skip to the content' },
  noPermit: {
    zh: '您没有打开此页的许可。需要时请联系安全管理员。',
    en: 'You hold no permit for this page. Ask the security administrator if you need it.',
  },
}

const FOLD = 'chengyun.menu'

export function Shell() {
  const me = useMe()
  const city = useCity()
  const { say } = useWords()
  const go = useNavigate()
  const [folded, setFolded] = useState(localStorage.getItem(FOLD) === 'folded')
  const [help, setHelp] = useState(false)
  const [drawn, setDrawn] = useState(false)
  const path = useRouterState({ select: (state) => state.location.pathname })
  const page = useMatches({ select: (matches) => (matches.at(-1)?.staticData as { page?: Page } | undefined)?.page })
  const groups = menuOf(me?.permits ?? [])

  if (city) setZone(city.zone)
  useEffect(() => {
    document.title = [page && say(page.title), say({ zh: '城运', en: 'Chengyun' })].filter(Boolean).join(' · ')
  }, [page, say])
  useEffect(() => {
    if (!me) void go({ to: '/sign-in', search: { back: path } as never })
  }, [me, go, path])
  useEffect(() => setDrawn(false), [path])
  useKeys({ '?': () => setHelp(true), ...useJumps(groups.flatMap((group) => group.pages), (to) => void go({ to: to as never })) })

  const fold = () => {
    localStorage.setItem(FOLD, folded ? 'open' : 'folded')
    setFolded(!folded)
  }
  if (!me) return null
  const open = !page || mayOpen(page, me.permits)
  return (
    <div className="shell" data-folded={folded || undefined} data-drawn={drawn || undefined}>
      <a className="skip" href="#content">
        {say(words.skip)}
      </a>
      <Header onHelp={() => setHelp(true)} drawn={drawn} draw={() => setDrawn(!drawn)} />
      <Menu groups={groups} path={path} folded={folded} fold={fold} />
      <main id="content" tabIndex={-1} data-full={page?.full || undefined} data-narrow={page?.narrow || undefined}>
        <LineDown />
        {open ? <Outlet /> : <EmptyState why={say(words.noPermit)} />}
      </main>
      <KeysHelp open={help} close={() => setHelp(false)} />
    </div>
  )
}

/** `G` and then a letter goes to a page. */
function useJumps(items: readonly Page[], go: (path: string) => void) {
  const armed = useRef(0)
  const arm = () => void (armed.current = Date.now())
  const jumps = Object.fromEntries(
    items
      .filter((item) => item.menu?.key)
      .map((item) => [
        item.menu!.key!,
        () => {
          if (Date.now() - armed.current < 1500) go(item.path)
        },
      ]),
  )
  // The page's own single keys live in its own listener; these letters act only right after G.
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (Date.now() - armed.current >= 1500 || event.key.length !== 1) return
      const jump = jumps[event.key.toLowerCase()]
      if (!jump) return
      event.preventDefault()
      event.stopImmediatePropagation()
      jump()
      armed.current = 0
    }
    window.addEventListener('keydown', hear, true)
    return () => window.removeEventListener('keydown', hear, true)
  })
  return { g: arm }
}

/** Says since when the page no longer hears of changes; nothing is hidden behind the last good number. */
function LineDown() {
  const line = useLiveState()
  const now = useNow()
  const { say } = useWords()
  if (line.up || now - line.since < 5000) return null
  const minutes = Math.floor((now - line.since) / 60_000)
  return (
    <p className="line-down" role="status">
      {minutes > 0
        ? say({
            zh: `实时更新已断开 ${minutes} 分，正在重连；页面上的数据可能已旧。`,
            en: `Live updates lost ${minutes} min ago; reconnecting. What you see may be old.`,
          })
        : say({ zh: '实时更新已断开，正在重连。', en: 'Live updates are lost; reconnecting.' })}
    </p>
  )
}
