// What access says over the wire: signing in, who I am, and the three administrators' own work.

import { endpoint, Moment, page, PageQuery, Type } from '../contract.ts'
import {
  AccountMade,
  AccountName,
  AccountShown,
  AuditEntryShown,
  Code,
  Done,
  FirstPerson,
  GrantBody,
  Id,
  KeyShown,
  Me,
  Password,
  PersonName,
  RoleCode,
  RoleShown,
  ScopeFields,
  Sessions,
  WordsBody,
} from './shapes.ts'

export { AccountShown, AuditEntryShown, GrantBody, GrantShown, KeyShown, Me, RoleCode, RoleShown, SessionShown } from './shapes.ts'
export { passwordFault } from './password-rule.ts'

// ── Everyone

export const postSignIn = endpoint({
  method: 'POST',
  path: '/api/sign-in',
  permit: 'anyone',
  limit: 'sign-in',
  repeatable: true,
  summary: { zh: '登录', en: 'Sign in' },
  body: Type.Object({ account: Type.String({ minLength: 1, maxLength: 64 }), password: Password }),
  reply: Me,
})

export const postSignOut = endpoint({
  method: 'POST',
  path: '/api/sign-out',
  permit: 'signed-in',
  repeatable: true,
  summary: { zh: '退出', en: 'Sign out' },
  reply: Done,
})

export const getMe = endpoint({
  method: 'GET',
  path: '/api/me',
  permit: 'signed-in',
  summary: { zh: '我是谁', en: 'Who I am' },
  reply: Me,
})

export const putPassword = endpoint({
  method: 'PUT',
  path: '/api/me/password',
  permit: 'signed-in',
  limit: 'sign-in',
  repeatable: true,
  summary: { zh: '修改我的密码，其他会话随即失效', en: 'Change my password; my other sessions end' },
  body: Type.Object({ current: Password, next: Password }),
  reply: Done,
})

export const getSessions = endpoint({
  method: 'GET',
  path: '/api/sessions',
  permit: 'signed-in',
  summary: { zh: '我的会话', en: 'My sessions' },
  reply: Sessions,
})

export const deleteSession = endpoint({
  method: 'DELETE',
  path: '/api/sessions/:id',
  permit: 'signed-in',
  repeatable: true,
  summary: { zh: '结束我的一个会话', en: 'End one of my sessions' },
  params: Id,
  reply: Done,
})

// ── The first start

export const getSetup = endpoint({
  method: 'GET',
  path: '/api/setup',
  permit: 'anyone',
  limit: 'public-write',
  summary: { zh: '首次设置的链接是否有效', en: 'Whether a set-up link still holds' },
  query: Type.Object({ token: Type.String({ maxLength: 100 }) }),
  reply: Type.Object({ valid: Type.Boolean() }),
})

export const postSetup = endpoint({
  method: 'POST',
  path: '/api/setup',
  permit: 'anyone',
  limit: 'sign-in',
  repeatable: true,
  summary: { zh: '设立三位首任管理员，链接随即失效', en: 'Set the three first administrators; the link is then spent' },
  body: Type.Object({
    token: Type.String({ maxLength: 100 }),
    system: FirstPerson,
    security: FirstPerson,
    audit: FirstPerson,
  }),
  reply: Done,
})

// ── System administrator: accounts

export const getAccounts = endpoint({
  method: 'GET',
  path: '/api/accounts',
  permit: 'access.read',
  summary: { zh: '账号', en: 'Accounts' },
  query: Type.Object({
    ...PageQuery,
    text: Type.Optional(Type.String({ maxLength: 100, description: 'part of the account or the name' })),
    role: Type.Optional(RoleCode),
    state: Type.Optional(Type.Enum(['active', 'disabled', 'locked'])),
  }),
  reply: page(AccountShown),
})

export const getAccount = endpoint({
  method: 'GET',
  path: '/api/accounts/:id',
  permit: 'access.read',
  summary: { zh: '一个账号', en: 'One account' },
  params: Id,
  reply: AccountShown,
})

export const postAccount = endpoint({
  method: 'POST',
  path: '/api/accounts',
  permit: 'access.accounts',
  summary: { zh: '新建账号；不给密码则生成一次性密码', en: 'Make an account; without a password one is made' },
  body: Type.Object({ account: AccountName, name: PersonName, region: Code, password: Type.Optional(Password) }),
  reply: AccountMade,
})

export const patchAccount = endpoint({
  method: 'PATCH',
  path: '/api/accounts/:id',
  permit: 'access.accounts',
  summary: { zh: '改名、停用、启用、解锁', en: 'Rename, disable, enable, unlock' },
  params: Id,
  body: Type.Object({
    name: Type.Optional(PersonName),
    state: Type.Optional(Type.Enum(['active', 'disabled'])),
    unlock: Type.Optional(Type.Literal(true)),
  }),
  reply: AccountShown,
})

export const postReset = endpoint({
  method: 'POST',
  path: '/api/accounts/:id/reset',
  permit: 'access.accounts',
  summary: { zh: '重置密码：生成一次性密码，其会话全部失效', en: 'Reset the password: a new one is made and all sessions end' },
  params: Id,
  reply: AccountMade,
})

export const getAccountSessions = endpoint({
  method: 'GET',
  path: '/api/accounts/:id/sessions',
  permit: 'access.accounts',
  summary: { zh: '某账号的会话', en: 'Sessions of an account' },
  params: Id,
  reply: Sessions,
})

export const deleteAccountSessions = endpoint({
  method: 'DELETE',
  path: '/api/accounts/:id/sessions',
  permit: 'access.accounts',
  repeatable: true,
  summary: { zh: '结束某账号的全部会话', en: 'End all sessions of an account' },
  params: Id,
  reply: Done,
})

// ── Security administrator: roles, grants, keys of machines

export const getRoles = endpoint({
  method: 'GET',
  path: '/api/roles',
  permit: 'access.read',
  summary: { zh: '角色', en: 'Roles' },
  reply: Type.Object({ items: Type.Array(RoleShown) }),
})

export const putRole = endpoint({
  method: 'PUT',
  path: '/api/roles/:code',
  permit: 'access.grants',
  summary: { zh: '新建或修改角色', en: 'Make or change a role' },
  params: Type.Object({ code: RoleCode }),
  body: Type.Object({ name: WordsBody, permits: Type.Array(Type.String({ maxLength: 100 }), { maxItems: 200 }) }),
  reply: RoleShown,
})

export const getPermits = endpoint({
  method: 'GET',
  path: '/api/permits',
  permit: 'access.read',
  summary: { zh: '全部许可', en: 'All permits' },
  reply: Type.Object({ items: Type.Array(Type.Object({ code: Type.String(), room: WordsBody, name: WordsBody })) }),
})

export const putGrants = endpoint({
  method: 'PUT',
  path: '/api/accounts/:id/grants',
  permit: 'access.grants',
  summary: { zh: '授权：整体替换账号的角色与范围', en: 'Grant: replaces all roles and scopes of an account' },
  params: Id,
  body: Type.Object({ grants: Type.Array(GrantBody, { maxItems: 50 }) }),
  reply: AccountShown,
})

export const getKeys = endpoint({
  method: 'GET',
  path: '/api/keys',
  permit: 'access.grants',
  summary: { zh: '接口密钥', en: 'Keys of machines' },
  query: Type.Object({ ...PageQuery }),
  reply: page(KeyShown),
})

export const postKey = endpoint({
  method: 'POST',
  path: '/api/keys',
  permit: 'access.grants',
  summary: { zh: '新建接口密钥，只显示一次', en: 'Make a key; it is shown this once' },
  body: Type.Object({
    name: PersonName,
    permits: Type.Array(Type.String({ maxLength: 100 }), { minItems: 1, maxItems: 100 }),
    ...ScopeFields,
    expiresAt: Type.Optional(Moment),
  }),
  reply: Type.Object({ key: KeyShown, secret: Type.String() }),
})

export const deleteKey = endpoint({
  method: 'DELETE',
  path: '/api/keys/:id',
  permit: 'access.grants',
  repeatable: true,
  summary: { zh: '吊销接口密钥', en: 'Revoke a key' },
  params: Id,
  reply: Done,
})

// ── Audit administrator

export const getAudit = endpoint({
  method: 'GET',
  path: '/api/audit',
  permit: 'access.audit',
  summary: { zh: '审计记录，新的在前', en: 'The audit trail, newest first' },
  query: Type.Object({
    ...PageQuery,
    actor: Type.Optional(Type.String({ maxLength: 100, description: 'id of an account' })),
    act: Type.Optional(Type.String({ maxLength: 100, description: 'an act, or its beginning with a final dot' })),
    subject: Type.Optional(Type.String({ maxLength: 200 })),
    from: Type.Optional(Moment),
    to: Type.Optional(Moment),
  }),
  reply: page(AuditEntryShown),
})
