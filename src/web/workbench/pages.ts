import { pages as cases } from '../../cases/web/index.ts'
import { pages as hotline } from '../../channels/hotline/web/index.ts'
import { pages as gather } from '../../gather/web/index.ts'
import type { Page } from '../../kernel/web/index.ts'
import { pages as messages } from '../../messages/web/index.ts'
import { pages as monitoring } from '../../monitoring/web/index.ts'
import { pages as registry } from '../../registry/web/index.ts'
import { pages as responsibility } from '../../responsibility/web/index.ts'

const mine: Page = {
  path: '/me',
  title: { zh: '我的账号', en: 'My account' },
  permits: [],
  load: () => import('./me-page.tsx'),
}

export const pages: readonly Page[] = [...cases, ...hotline, ...gather, ...responsibility, ...monitoring, ...messages, ...registry, mine]

export const mayOpen = (page: Page, permits: readonly string[]): boolean =>
  page.permits.length === 0 || page.permits.some((permit) => permits.includes(permit))

export const GROUPS = ['work', 'figures', 'upkeep'] as const

/** What the menu shows to someone, in its groups. */
export function menuOf(permits: readonly string[]): Page[][] {
  return GROUPS.map((group) =>
    pages.filter((page) => page.menu?.group === group && mayOpen(page, permits)).toSorted((a, b) => a.menu!.order - b.menu!.order),
  ).filter((list) => list.length > 0)
}

/** Where someone's work begins. */
export const firstPage = (permits: readonly string[]): string => menuOf(permits)[0]?.[0]?.path ?? '/me'
