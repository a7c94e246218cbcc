import type { Page } from '../../kernel/web/index.ts'

export const pages: readonly Page[] = [
  {
    path: '/overview',
    title: { zh: '统计概览', en: 'Overview' },
    permits: ['gather.read'],
    menu: { group: 'figures', order: 1, icon: 'chart', key: 'o' },
    load: () => import('./overview-page.tsx'),
  },
]
