import { Outlet, useMatches, useNavigate, useRouterState } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useCity } from '../../atlas/web/index.ts'
import { EmptyState, setZone, useMe, useWords, type Page } from '../../kernel/web/index.ts'
import { mayOpen } from './pages.ts'

/** A page that stands by itself: no header, no menu. */
export function Bare() {
  const me = useMe()
  const city = useCity()
  const { say } = useWords()
  const go = useNavigate()
  const path = useRouterState({ select: (state) => state.location.pathname })
  const page = useMatches({ select: (matches) => (matches.at(-1)?.staticData as { page?: Page } | undefined)?.page })
  if (city) setZone(city.zone)
  useEffect(() => {
    document.title = [page && say(page.title), say({ zh: '城运', en: 'Chengyun' })].filter(Boolean).join(' · ')
  }, [page, say])
  useEffect(() => {
    if (!me) void go({ to: '/sign-in', search: { back: path } as never })
  }, [me, go, path])
  if (!me) return null
  if (page && !mayOpen(page, me.permits)) {
    return <EmptyState why={say({ zh: '您没有打开此页的许可。', en: 'You hold no permit for this page.' })} />
  }
  return <Outlet />
}
