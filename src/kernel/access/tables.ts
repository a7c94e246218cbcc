import type { Context } from '../context.ts'

export type AccountRow = {
  id: string
  account: string
  name: string
  region: string
  passwordHash: string | null
  mustChangePassword: boolean
  state: 'active' | 'disabled'
  createdAt: Date
  passwordAt: Date | null
  signedInAt: Date | null
  signedInFrom: string | null
}

export type RoleRow = { code: string; zh: string; en: string; permits: string[]; shipped: boolean }

export type GrantRow = { accountId: string; role: string; region: string; unit: string; category: string }

export type ApartRow = { one: string; other: string; zh: string; en: string }

export type SessionRow = {
  id: string
  tokenDigest: string
  accountId: string
  startedAt: Date
  seenAt: Date
  address: string
  agent: string
  lastAt: Date | null
  lastAddress: string | null
}

export type KeyRow = {
  id: string
  name: string
  digest: string
  tail: string
  permits: string[]
  region: string
  unit: string
  category: string
  createdAt: Date
  createdBy: string
  expiresAt: Date | null
  usedAt: Date | null
  revokedAt: Date | null
}

export type SetupLinkRow = { tokenDigest: string; madeAt: Date; expiresAt: Date }

export type FailureRow = { nameDigest: string; failures: number; failedAt: Date; lockedUntil: Date | null }

export type AccessTables = {
  account: AccountRow
  role: RoleRow
  accessGrant: GrantRow
  permitApart: ApartRow
  session: SessionRow
  apiKey: KeyRow
  setupLink: SetupLinkRow
  signInFailure: FailureRow
}

export const own = ({ db }: Pick<Context, 'db'>) => db.withTables<AccessTables>()
