import type { Room } from '../room.ts'
import { routes } from './routes.ts'
import { forgetOldSessions } from './session.ts'

/** Who may enter, and what each may do there. */
export const accessRoom = {
  name: 'access',
  title: { zh: '账号与权限', en: 'Access' },
  permits: {
    'access.read': { zh: '查看账号与角色', en: 'See accounts and roles' },
    'access.accounts': { zh: '管理账号（系统管理员）', en: 'Keep accounts (system administrator)' },
    'access.grants': { zh: '授权与密钥（安全管理员）', en: 'Grant roles and keys (security administrator)' },
    'access.audit': { zh: '查看审计（审计管理员）', en: 'Read the audit trail (audit administrator)' },
  },
  tables: {
    account: 'reference',
    role: 'reference',
    access_grant: 'reference',
    permit_apart: 'reference',
    session: 'local',
    api_key: 'reference',
    setup_link: 'local',
    sign_in_failure: 'local',
  },
  migrations: new URL('./migrations/', import.meta.url),
  routes,
  jobs: [{ name: 'access.forget-old-sessions', every: 3600, run: forgetOldSessions }],
} satisfies Room
