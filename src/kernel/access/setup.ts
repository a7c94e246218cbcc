import { record, type Context } from '../context.ts'
import { createAccount } from './accounts.ts'
import { putGrants } from './grants.ts'
import { setupLinkSpent } from './problems.ts'
import { digestOf, freshToken } from './secret.ts'
import { own } from './tables.ts'

const HOLDS_FOR_MS = 24 * 3_600_000

/** Whether anyone could sign in as an administrator of accounts, grants or audit. */
export async function hasAdministrators(ctx: Context): Promise<boolean> {
  const found = await own(ctx)
    .selectFrom('accessGrant')
    .innerJoin('account', 'account.id', 'accessGrant.accountId')
    .where('accessGrant.role', 'in', ['system-admin', 'security-admin', 'audit-admin'])
    .where('account.passwordHash', 'is not', null)
    .select('accessGrant.role')
    .executeTakeFirst()
  return found !== undefined
}

/** Makes the single-use link by which the three first administrators are set; earlier links no longer hold. */
export async function makeSetupLink(ctx: Context): Promise<string> {
  const token = freshToken()
  await own(ctx).deleteFrom('setupLink').execute()
  await own(ctx)
    .insertInto('setupLink')
    .values({ tokenDigest: digestOf(token), madeAt: ctx.now, expiresAt: new Date(ctx.now.getTime() + HOLDS_FOR_MS) })
    .execute()
  return `/workbench/setup?token=${token}`
}

export async function isSetupLink(ctx: Context, token: string): Promise<boolean> {
  const found = await own(ctx)
    .selectFrom('setupLink')
    .select('tokenDigest')
    .where('tokenDigest', '=', digestOf(token))
    .where('expiresAt', '>', ctx.now)
    .executeTakeFirst()
  return found !== undefined
}

type First = { account: string; name: string; password: string }

/** Sets the three first administrators, who are three people (三权分立), and spends the link. */
export async function setUp(ctx: Context, given: { token: string; system: First; security: First; audit: First }): Promise<void> {
  const spent = await own(ctx)
    .deleteFrom('setupLink')
    .where('tokenDigest', '=', digestOf(given.token))
    .where('expiresAt', '>', ctx.now)
    .returning('tokenDigest')
    .executeTakeFirst()
  if (!spent || (await hasAdministrators(ctx))) throw setupLinkSpent()

  // The link speaks for the operator of this deployment, so what follows is done as the system.
  const asSystem: Context = { ...ctx, actor: { id: 'system', kind: 'system', name: 'setup', grants: [] } }
  for (const [role, person] of [
    ['system-admin', given.system],
    ['security-admin', given.security],
    ['audit-admin', given.audit],
  ] as const) {
    const { id } = await createAccount(asSystem, person)
    await putGrants(asSystem, id, [{ role, region: '', unit: '', category: '' }])
  }
  record(ctx, 'access.set-up', 'setup', '')
}
