import type { Page } from '../../kernel/web/index.ts'

export const pages: readonly Page[] = [
  {
    path: '/people',
    title: { zh: '人员与账号', en: 'People and accounts' },
    permits: ['access.read'],
    menu: { group: 'upkeep', order: 1, icon: 'people', key: 'p' },
    full: true,
    load: () => import('./people-page.tsx'),
  },
  {
    path: '/roles',
    title: { zh: '角色与许可', en: 'Roles and permits' },
    permits: ['access.read'],
    menu: { group: 'upkeep', order: 2, icon: 'shield' },
    load: () => import('./roles-page.tsx'),
  },
  {
    path: '/keys',
    title: { zh: '接口密钥', en: 'Keys of machines' },
    permits: ['access.grants'],
    menu: { group: 'upkeep', order: 3, icon: 'key' },
    load: () => import('./keys-page.tsx'),
  },
  {
    path: '/settings',
    title: { zh: '参数', en: 'Settings' },
    permits: ['registry.settings'],
    menu: { group: 'upkeep', order: 8, icon: 'gear' },
    load: () => import('./settings-page.tsx'),
  },
  {
    path: '/audit',
    title: { zh: '审计记录', en: 'Audit trail' },
    permits: ['access.audit'],
    menu: { group: 'upkeep', order: 4, icon: 'book' },
    full: true,
    load: () => import('./audit-page.tsx'),
  },
]
