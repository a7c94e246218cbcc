import { createElement } from 'react'
import { loadLedgers } from '../../cases/web/index.ts'
import type { Page } from '../../kernel/web/index.ts'

export const pages: readonly Page[] = [
  {
    path: '/overview',
    title: { zh: '统计概览', en: 'Overview' },
    permits: ['gather.read'],
    menu: { group: 'figures', order: 1, icon: 'chart', key: 'o' },
    load: () => import('./overview-page.tsx'),
  },
  {
    path: '/leader',
    title: { zh: '领导督办', en: 'Supervision' },
    permits: ['case.supervise'],
    menu: { group: 'figures', order: 3, icon: 'bell' },
    bare: true,
    load: () => import('./leader-page.tsx'),
  },
  {
    path: '/ledgers',
    title: { zh: '程序台账', en: 'Ledgers' },
    permits: ['case.read'],
    menu: { group: 'figures', order: 2, icon: 'table', key: 'l' },
    full: true,
    load: async () => {
      const [{ LedgersPage }, { ShareOfAll }] = await Promise.all([loadLedgers(), import('./share-of-all.tsx')])
      return { default: () => createElement(LedgersPage, { share: ShareOfAll }) }
    },
  },
]
