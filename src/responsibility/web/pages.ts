import type { Page } from '../../kernel/web/index.ts'

export const pages: readonly Page[] = [
  {
    path: '/responsibility',
    title: { zh: '确责规则', en: 'Responsibility' },
    permits: ['responsibility.read'],
    menu: { group: 'upkeep', order: 0, icon: 'columns' },
    full: true,
    load: () => import('./responsibility-page.tsx'),
  },
]
