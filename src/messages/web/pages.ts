import type { Page } from '../../kernel/web/index.ts'

export const pages: readonly Page[] = [
  {
    path: '/messages',
    title: { zh: '消息', en: 'Messages' },
    permits: ['messages.read'],
    load: () => import('./messages-page.tsx'),
  },
  {
    path: '/outbox',
    title: { zh: '发件箱', en: 'Outbox' },
    permits: ['messages.manage'],
    menu: { group: 'upkeep', order: 6, icon: 'out' },
    full: true,
    load: () => import('./outbox-page.tsx'),
  },
  {
    path: '/notices',
    title: { zh: '消息设置', en: 'Message settings' },
    permits: ['messages.manage'],
    menu: { group: 'upkeep', order: 7, icon: 'bell' },
    load: () => import('./notices-page.tsx'),
  },
]
