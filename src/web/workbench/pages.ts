import { pages as cases } from '../../cases/web/index.ts'
import { pages as hotline } from '../../channels/hotline/web/index.ts'
import { pages as gather } from '../../gather/web/index.ts'
import type { Words } from '../../kernel/contract.ts'
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

/** The groups of the menu by trade, in their order. */
const GROUPS: readonly { readonly code: NonNullable<Page['menu']>['group']; readonly words: Words }[] = [
  { code: 'work', words: { zh: '办理', en: 'Work' } },
  { code: 'watch', words: { zh: '监测', en: 'Monitoring' } },
  { code: 'water', words: { zh: '防汛', en: 'Flood control' } },
  { code: 'risk', words: { zh: '风险', en: 'Risks' } },
  { code: 'figures', words: { zh: '统计', en: 'Figures' } },
  { code: 'upkeep', words: { zh: '设置', en: 'Settings' } },
]

export interface MenuGroup {
  readonly code: string
  readonly words: Words
  readonly pages: readonly Page[]
}

/** What the menu shows to someone, in its groups. */
export const menuOf = (permits: readonly string[]): MenuGroup[] =>
  GROUPS.map((group) => ({
    ...group,
    pages: pages.filter((page) => page.menu?.group === group.code && mayOpen(page, permits)).toSorted((a, b) => a.menu!.order - b.menu!.order),
  })).filter((group) => group.pages.length > 0)

/** Where someone's work begins. */
export const firstPage = (permits: readonly string[]): string => menuOf(permits)[0]?.pages[0]?.path ?? '/me'
