// The shapes of what access says over the wire.

import { Moment, Type, type Static } from '../contract.ts'
import { LONGEST_PASSWORD } from './password-rule.ts'

export const Id = Type.Object({ id: Type.String({ format: 'uuid' }) })
export const WordsBody = Type.Object({
  zh: Type.String({ minLength: 1, maxLength: 100 }),
  en: Type.String({ minLength: 1, maxLength: 100 }),
})

/** The name one signs in with; capitals and small letters are the same account. */
export const ACCOUNT_NAME = /^[A-Za-z0-9\u4e00-\u9fff][A-Za-z0-9_.@\u4e00-\u9fff-]{1,63}$/
export const AccountName = Type.String({ pattern: ACCOUNT_NAME.source })
export const PersonName = Type.String({ minLength: 1, maxLength: 100 })
export const Password = Type.String({ minLength: 1, maxLength: LONGEST_PASSWORD })
export const Code = Type.String({ maxLength: 200, default: '' })

/** What a grant reaches: prefixes of a region's code, a unit's path and a category's id; '' for all. */
export const ScopeFields = { region: Code, unit: Code, category: Code }

export const RoleCode = Type.String({ minLength: 1, maxLength: 60, pattern: '^[a-z][a-z0-9-]*$' })
export const GrantBody = Type.Object({ role: RoleCode, ...ScopeFields })
export type GrantBody = Static<typeof GrantBody>

export const GrantShown = Type.Object({ role: Type.String(), roleName: WordsBody, ...ScopeFields })
export type GrantShown = Static<typeof GrantShown>

export const Done = Type.Object({ done: Type.Literal(true) })

export const Me = Type.Object({
  id: Type.String(),
  account: Type.String(),
  name: Type.String(),
  grants: Type.Array(GrantShown),
  /** All codes held anywhere; whether one holds over a certain thing is for the server to say. */
  permits: Type.Array(Type.String()),
  /** Nothing else is open until the password is changed. */
  mustChangePassword: Type.Boolean(),
  /** The sign-in before this one; null at the first. */
  lastSignIn: Type.Union([Type.Object({ at: Moment, address: Type.String() }), Type.Null()]),
  /** Minutes without a request after which the session ends. */
  idleMinutes: Type.Integer(),
  /** The server's clock, for the countdowns. */
  now: Moment,
})
export type Me = Static<typeof Me>

export const SessionShown = Type.Object({
  id: Type.String(),
  startedAt: Moment,
  seenAt: Moment,
  address: Type.String(),
  agent: Type.String(),
  /** The session that asks. */
  here: Type.Boolean(),
})
export type SessionShown = Static<typeof SessionShown>
export const Sessions = Type.Object({ items: Type.Array(SessionShown) })

export const FirstPerson = Type.Object({ account: AccountName, name: PersonName, password: Password })

export const AccountShown = Type.Object({
  id: Type.String(),
  account: Type.String(),
  name: Type.String(),
  region: Type.String(),
  state: Type.Enum(['active', 'disabled']),
  /** Null unless it is locked after failed sign-ins. */
  lockedUntil: Type.Union([Moment, Type.Null()]),
  hasPassword: Type.Boolean(),
  mustChangePassword: Type.Boolean(),
  createdAt: Moment,
  signedInAt: Type.Union([Moment, Type.Null()]),
  grants: Type.Array(GrantShown),
})
export type AccountShown = Static<typeof AccountShown>

/** A password made by the system is shown this once and must be changed at the first sign-in. */
export const AccountMade = Type.Object({ account: AccountShown, password: Type.Union([Type.String(), Type.Null()]) })

export const RoleShown = Type.Object({
  code: Type.String(),
  name: WordsBody,
  permits: Type.Array(Type.String()),
  /** Came with the program. */
  shipped: Type.Boolean(),
  accounts: Type.Integer({ description: 'how many accounts hold it' }),
})
export type RoleShown = Static<typeof RoleShown>

export const KeyShown = Type.Object({
  id: Type.String(),
  name: Type.String(),
  permits: Type.Array(Type.String()),
  ...ScopeFields,
  /** The last four characters, to tell keys apart. */
  tail: Type.String(),
  createdAt: Moment,
  expiresAt: Type.Union([Moment, Type.Null()]),
  usedAt: Type.Union([Moment, Type.Null()]),
  revokedAt: Type.Union([Moment, Type.Null()]),
})
export type KeyShown = Static<typeof KeyShown>

export const AuditEntryShown = Type.Object({
  position: Type.String(),
  at: Moment,
  actorId: Type.String(),
  actorName: Type.String(),
  act: Type.String(),
  subject: Type.String(),
  district: Type.String(),
  address: Type.String(),
  requestId: Type.String(),
  detail: Type.Unknown(),
})
export type AuditEntryShown = Static<typeof AuditEntryShown>
