import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { Icon, useWords, type Page } from '../../kernel/web/index.ts'
import type { MenuGroup } from './pages.ts'

const words = {
  menu: { zh: '主菜单', en: 'Main menu' },
  fold: { zh: '收起菜单', en: 'Fold the menu' },
  unfold: { zh: '展开菜单', en: 'Unfold the menu' },
}

/** Which groups someone has opened and closed by hand. */
const BY_HAND = 'chengyun.menu.groups'
/** So many lines are seen at a glance, and nothing is folded. */
const FEW = 14

const readByHand = (): Record<string, boolean> => {
  try {
    return JSON.parse(localStorage.getItem(BY_HAND) ?? '{}') as Record<string, boolean>
  } catch {
    return {}
  }
}

interface Props {
  readonly groups: readonly MenuGroup[]
  readonly path: string
  readonly folded: boolean
  readonly fold: () => void
}

/** One group a trade: the first is open, and where one is. */
export function Menu({ groups, path, folded, fold }: Props) {
  const { say } = useWords()
  const [open, setOpen] = useState(readByHand)
  const isOn = (page: Page) => path === page.path || path.startsWith(`${page.path}/`)
  const here = groups.find(({ pages }) => pages.some(isOn))?.code
  const few = groups.reduce((sum, { pages }) => sum + pages.length, 0) <= FEW
  useEffect(() => {
    if (here !== undefined) setOpen((before) => ({ ...before, [here]: true }))
  }, [here])
  const toggle = (code: string, to: boolean) => {
    setOpen({ ...open, [code]: to })
    localStorage.setItem(BY_HAND, JSON.stringify({ ...readByHand(), [code]: to }))
  }
  return (
    <nav className="menu" id="menu" aria-label={say(words.menu)}>
      {groups.map(({ code, words: name, pages }, i) => {
        const shown = groups.length === 1 || (open[code] ?? (few || i === 0))
        const Badge = pages.find(({ menu }) => menu?.badge)?.menu?.badge
        return (
          <section key={code}>
            {groups.length > 1 && (
              <button type="button" className="group" aria-expanded={shown} data-on={(!shown && code === here) || undefined} onClick={() => toggle(code, !shown)}>
                {say(name)}
                {!shown && Badge && (
                  <span className="badge">
                    <Badge />
                  </span>
                )}
                <Icon name={shown ? 'down' : 'right'} size={12} />
              </button>
            )}
            <ul data-folded={!shown || undefined}>
              {pages.map((page) => (
                <li key={page.path}>
                  <MenuLink page={page} on={isOn(page)} folded={folded} />
                </li>
              ))}
            </ul>
          </section>
        )
      })}
      <button type="button" className="fold" onClick={fold} aria-label={say(folded ? words.unfold : words.fold)} title={say(folded ? words.unfold : words.fold)}>
        <Icon name={folded ? 'right' : 'left'} />
      </button>
    </nav>
  )
}

function MenuLink({ page, on, folded }: { page: Page; on: boolean; folded: boolean }) {
  const { say } = useWords()
  const Badge = page.menu?.badge
  return (
    <Link
      to={page.path as never}
      className={on ? 'on' : ''}
      {...(on && { 'aria-current': 'page' })}
      {...(folded && { title: say(page.title) })}
    >
      <Icon name={page.menu!.icon} />
      <span className="name">{say(page.title)}</span>
      {Badge && (
        <span className="badge">
          <Badge />
        </span>
      )}
    </Link>
  )
}
