import { announce, demand, record, type Context } from '../context.ts'
import { lockAccount } from './accounts.ts'
import { clashOf } from './apart.ts'
import type { GrantBody } from './contract.ts'
import { accessChanged } from './events.ts'
import { keptApart, ownAccount, permitUnknown, roleUnknown } from './problems.ts'
import { demandOver } from './scope.ts'
import { own, type RoleRow } from './tables.ts'

const WHOLE = { region: '', unit: '', category: '' }

export const apartRules = (ctx: Context) => own(ctx).selectFrom('permitApart').selectAll().orderBy('one').orderBy('other').execute()

/** All roles, those that came with the program first. */
export const listRoles = (ctx: Context): Promise<RoleRow[]> =>
  own(ctx).selectFrom('role').selectAll().orderBy('shipped', 'desc').orderBy('code').execute()

/** Replaces all roles and scopes of an account. Nobody grants to themselves, nor beyond their own reach. */
export async function putGrants(ctx: Context, accountId: string, grants: readonly GrantBody[]): Promise<void> {
  const account = await lockAccount(ctx, accountId)
  demandOver(ctx, 'access.grants', account)
  if (accountId === ctx.actor.id) throw ownAccount()
  const before = await own(ctx)
    .selectFrom('accessGrant')
    .select(['role', 'region', 'unit', 'category'])
    .where('accountId', '=', accountId)
    .execute()
  for (const grant of [...before, ...grants]) demand(ctx, 'access.grants', grant)

  const roles = await rolesNamed(ctx, [...new Set(grants.map(({ role }) => role))])
  const why = clashOf(
    roles.flatMap(({ permits }) => permits),
    await apartRules(ctx),
  )
  if (why) throw keptApart({ why })

  const rows = [...new Map(grants.map((grant) => [JSON.stringify([grant.role, grant.region, grant.unit, grant.category]), grant])).values()]
  await own(ctx).deleteFrom('accessGrant').where('accountId', '=', accountId).execute()
  if (rows.length > 0) {
    await own(ctx)
      .insertInto('accessGrant')
      .values(rows.map(({ role, region, unit, category }) => ({ accountId, role, region, unit, category })))
      .execute()
  }
  record(ctx, 'access.granted', accountId, '', { before, after: rows })
  announce(ctx, accessChanged, '', { accountId })
}

/** Held until the transaction ends, so that a role does not change between the check and the grant. */
async function rolesNamed(ctx: Context, codes: string[]): Promise<RoleRow[]> {
  if (codes.length === 0) return []
  const roles = await own(ctx).selectFrom('role').selectAll().where('code', 'in', codes).orderBy('code').forShare().execute()
  const missing = codes.find((code) => !roles.some((role) => role.code === code))
  if (missing !== undefined) throw roleUnknown({ role: missing })
  return roles
}

export interface RoleChange {
  readonly code: string
  readonly name: { readonly zh: string; readonly en: string }
  readonly permits: readonly string[]
}

/** Makes or changes a role. What is kept apart stays apart in the role and in every account that holds it. */
export async function putRole(ctx: Context, change: RoleChange, declared: ReadonlySet<string>): Promise<void> {
  demand(ctx, 'access.grants', WHOLE)
  if (ctx.actor.grants.some(({ role }) => role === change.code)) throw ownAccount()
  const permits = [...new Set(change.permits)].toSorted()
  const before = await own(ctx).selectFrom('role').selectAll().where('code', '=', change.code).forUpdate().executeTakeFirst()
  // A shipped role may name the permits of a room that this deployment does not run.
  const unknown = permits.find((permit) => !declared.has(permit) && !before?.permits.includes(permit))
  if (unknown !== undefined) throw permitUnknown({ permit: unknown })

  await own(ctx)
    .insertInto('role')
    .values({ code: change.code, ...change.name, permits, shipped: false })
    .onConflict((conflict) => conflict.column('code').doUpdateSet({ ...change.name, permits }))
    .execute()
  await keepApart(ctx, change.code, permits)
  record(ctx, 'access.role-changed', change.code, '', { before: before?.permits ?? null, after: permits, name: change.name })
  announce(ctx, accessChanged, '', { accountId: null })
}

async function keepApart(ctx: Context, code: string, permits: readonly string[]): Promise<void> {
  const rules = await apartRules(ctx)
  const held = await own(ctx)
    .selectFrom('accessGrant as mine')
    .innerJoin('accessGrant as all', 'all.accountId', 'mine.accountId')
    .innerJoin('role', 'role.code', 'all.role')
    .where('mine.role', '=', code)
    .select(['all.accountId', 'role.permits'])
    .execute()
  const accounts = Map.groupBy(held, ({ accountId }) => accountId)
  for (const all of [permits, ...[...accounts.values()].map((lines) => lines.flatMap((line) => line.permits))]) {
    const why = clashOf(all, rules)
    if (why) throw keptApart({ why })
  }
}
