import type { Page } from '../../kernel/web/index.ts'
import { TodoBadge } from './todo-badge.tsx'

// What is done at a desk; verifying and checking on site have the collector's own page.
const ACTS = ['case.accept', 'case.establish', 'case.dispatch', 'case.dispose', 'case.close']

export const pages: readonly Page[] = [
  {
    path: '/todo',
    title: { zh: '待办', en: 'To do' },
    permits: ACTS,
    menu: { group: 'work', order: 1, icon: 'todo', key: 't', badge: TodoBadge },
    full: true,
    load: () => import('./todo-page.tsx'),
  },
  {
    path: '/cases',
    title: { zh: '案件', en: 'Cases' },
    permits: ['case.read'],
    menu: { group: 'work', order: 2, icon: 'case', key: 'a' },
    full: true,
    load: () => import('./case-list-page.tsx'),
  },
  {
    path: '/cases/$number',
    title: { zh: '案件', en: 'Case' },
    permits: ['case.read'],
    load: () => import('./case-page.tsx'),
  },
  {
    path: '/map',
    title: { zh: '案件地图', en: 'Case map' },
    permits: ['case.read'],
    menu: { group: 'work', order: 3, icon: 'map', key: 'm' },
    full: true,
    load: () => import('./case-map-page.tsx'),
  },
  {
    path: '/register',
    title: { zh: '登记案件', en: 'Register a case' },
    permits: ['case.report'],
    menu: { group: 'work', order: 4, icon: 'phone', key: 'r' },
    load: () => import('./register-page.tsx'),
  },
]
