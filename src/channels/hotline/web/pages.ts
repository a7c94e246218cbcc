import type { Page } from '../../../kernel/web/index.ts'
import { RingingBadge } from './ringing-badge.tsx'

export const pages: readonly Page[] = [
  {
    path: '/desk',
    title: { zh: '接听受理', en: 'Take calls' },
    permits: ['hotline.desk'],
    menu: { group: 'work', order: 4, icon: 'phone', key: 'h', badge: RingingBadge },
    full: true,
    load: () => import('./desk-page.tsx'),
  },
  {
    path: '/calls',
    title: { zh: '通话记录', en: 'Calls' },
    permits: ['hotline.calls'],
    menu: { group: 'figures', order: 4, icon: 'table' },
    full: true,
    load: () => import('./calls-page.tsx'),
  },
  {
    path: '/knowledge',
    title: { zh: '知识库', en: 'Knowledge base' },
    permits: ['knowledge.edit', 'knowledge.review'],
    menu: { group: 'work', order: 8, icon: 'book' },
    full: true,
    load: () => import('./knowledge-page.tsx'),
  },
  {
    path: '/held',
    title: { zh: '待甄别', en: 'Held back' },
    permits: ['hotline.manage'],
    menu: { group: 'work', order: 9, icon: 'shield' },
    load: () => import('./held-page.tsx'),
  },
  {
    path: '/order-systems',
    title: { zh: '外部工单接入', en: 'Orders of other systems' },
    permits: ['hotline.manage'],
    menu: { group: 'upkeep', order: 6, icon: 'layers' },
    load: () => import('./systems-page.tsx'),
  },
]
