import { sql } from 'kysely'
import { scopesOf, type Context, type Grant } from '../context.ts'
import { grantLines, grantOf, type GrantLine } from './actor.ts'
import type { AccountShown, GrantShown, KeyShown, RoleShown, SessionShown } from './contract.ts'
import { keyOf, pageOf } from './page.ts'
import { accountUnknown } from './problems.ts'
import { within } from './scope.ts'
import { listSessions } from './session.ts'
import { own, type AccountRow, type KeyRow, type RoleRow } from './tables.ts'

type AccountLine = AccountRow & { lockedUntil: Date | null; grants: GrantLine[] }

const iso = (at: Date | null) => at && at.toISOString()

export const showGrant = ({ role, roleName, region, unit, category }: Grant): GrantShown => ({ role, roleName, region, unit, category })

const showAccount = (row: AccountLine): AccountShown => ({
  id: row.id,
  account: row.account,
  name: row.name,
  region: row.region,
  state: row.state,
  lockedUntil: iso(row.lockedUntil),
  hasPassword: row.passwordHash !== null,
  mustChangePassword: row.mustChangePassword,
  createdAt: row.createdAt.toISOString(),
  signedInAt: iso(row.signedInAt),
  grants: row.grants.map((line) => showGrant(grantOf(line))),
})

const accounts = (ctx: Context) => sql`
  select a.*, ${grantLines} as grants, f.locked_until
    from account a
    left join sign_in_failure f
      on f.name_digest = encode(sha256(convert_to(lower(a.account), 'UTF8')), 'hex') and f.locked_until > ${ctx.now}
   where ${within(ctx, 'access.read', sql`a.region`)}`

export interface AccountFilter {
  readonly text?: string
  readonly role?: string
  readonly state?: 'active' | 'disabled' | 'locked'
  readonly cursor?: string
  readonly limit?: number
}

/** Accounts within the caller's reach, in the order of their names. */
export async function listAccounts(ctx: Context, { text = '', role, state, cursor, limit = 50 }: AccountFilter) {
  const after = cursor === undefined ? '' : keyOf(cursor, 'text')[0]!
  const { rows } = await sql<AccountLine>`
    ${accounts(ctx)}
     and lower(a.account) > ${after}
     and (strpos(lower(a.account), ${text.toLowerCase()}) > 0 or strpos(a.name, ${text}) > 0)
     and ${role === undefined ? sql`true` : sql`exists (select from access_grant g where g.account_id = a.id and g.role = ${role})`}
     and ${state === undefined ? sql`true` : state === 'locked' ? sql`f.locked_until is not null` : sql`a.state = ${state}`}
   order by lower(a.account)
   limit ${limit + 1}`.execute(ctx.db)
  return pageOf(rows, limit, showAccount, (row) => [row.account.toLowerCase()])
}

/** One account; unknown also to those whose reach it is not in. */
export async function getAccountShown(ctx: Context, id: string): Promise<AccountShown> {
  const { rows } = await sql<AccountLine>`${accounts(ctx)} and a.id = ${id}`.execute(ctx.db)
  if (!rows[0]) throw accountUnknown()
  return showAccount(rows[0])
}

/** The account as its own change leaves it, for an administrator who may change but not list. */
export async function showChanged(ctx: Context, id: string): Promise<AccountShown> {
  return getAccountShown({ ...ctx, actor: { id: 'system', kind: 'system', name: 'access', grants: [] } }, id)
}

export async function showSessions(ctx: Context, accountId: string, here: string | undefined): Promise<{ items: SessionShown[] }> {
  const rows = await listSessions(ctx, accountId)
  return {
    items: rows.map(({ id, startedAt, seenAt, address, agent }) => ({
      id,
      startedAt: startedAt.toISOString(),
      seenAt: seenAt.toISOString(),
      address,
      agent,
      here: id === here,
    })),
  }
}

export async function showRoles(ctx: Context): Promise<RoleShown[]> {
  const { rows } = await sql<RoleRow & { accounts: number }>`
    select r.*, (select count(distinct g.account_id)::int from access_grant g where g.role = r.code) as accounts
      from role r
     order by r.shipped desc, r.code`.execute(ctx.db)
  return rows.map(({ code, zh, en, permits, shipped, accounts: held }) => ({ code, name: { zh, en }, permits, shipped, accounts: held }))
}

export const showKey = (row: KeyRow): KeyShown => ({
  id: row.id,
  name: row.name,
  permits: row.permits,
  region: row.region,
  unit: row.unit,
  category: row.category,
  tail: row.tail,
  createdAt: row.createdAt.toISOString(),
  expiresAt: iso(row.expiresAt),
  usedAt: iso(row.usedAt),
  revokedAt: iso(row.revokedAt),
})

/** Keys within the caller's reach, newest first. */
export async function listKeys(ctx: Context, { cursor, limit = 50 }: { cursor?: string; limit?: number }) {
  const reached = scopesOf(ctx, 'access.grants')
  const rows = await own(ctx)
    .selectFrom('apiKey')
    .selectAll()
    .where((is) =>
      is.or(
        reached.map(
          ({ region, unit, category }) =>
            sql<boolean>`(starts_with(region, ${region}) and starts_with(unit, ${unit}) and starts_with(category, ${category}))`,
        ),
      ),
    )
    .$if(cursor !== undefined, (keys) => keys.where(sql<string>`id::text`, '<', keyOf(cursor!, 'uuid')[0]!))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  return pageOf(rows, limit, showKey, (row) => [row.id])
}
