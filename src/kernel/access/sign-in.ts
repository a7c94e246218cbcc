import { sql } from 'kysely'
import { record, type Context } from '../context.ts'
import type { Problem } from '../problem.ts'
import { afterFailure, minutesLocked, type Failures } from './lock-out.ts'
import { isPassword } from './password.ts'
import { accountLocked, signInRefused } from './problems.ts'
import { digestOfName } from './secret.ts'
import { startSession } from './session.ts'
import { own } from './tables.ts'

/**
 * Begins a session for whoever knows the password. A refusal is given back rather than thrown: the count of failures
 * must outlive it. Unknown accounts are counted and locked like others, so that nobody learns which exist.
 */
export async function signIn(
  ctx: Context,
  given: { account: string; password: string },
  agent: string,
): Promise<{ token: string } | Problem> {
  const nameDigest = digestOfName(given.account)
  const failures = await lockFailures(ctx, nameDigest)
  const minutes = minutesLocked(failures, ctx.now)
  if (minutes) return accountLocked({ minutes }, { headers: { 'retry-after': String(minutes * 60) } })

  const account = await findByName(ctx, given.account)
  const right = await isPassword(given.password, account?.passwordHash ?? null)
  if (!account || !right || account.state !== 'active') {
    const after = afterFailure(failures, ctx.now)
    await keepFailures(ctx, nameDigest, after)
    // A name that nobody bears is not written down: it may be a password typed into the wrong field.
    const tried = account ? { account: account.account } : {}
    record(ctx, after.lockedUntil ? 'access.account-locked' : 'access.sign-in-failed', account?.id ?? 'unknown', '', tried)
    return signInRefused()
  }

  await own(ctx).deleteFrom('signInFailure').where('nameDigest', '=', nameDigest).execute()
  await own(ctx)
    .updateTable('account')
    .set({ signedInAt: ctx.now, signedInFrom: ctx.origin.address })
    .where('id', '=', account.id)
    .execute()
  record(ctx, 'access.signed-in', account.id, '', {}, { id: account.id, kind: 'person', name: account.name })
  return { token: await startSession(ctx, account, agent) }
}

/** Holds the count of one name until the transaction ends, so that guesses sent side by side are all counted. */
async function lockFailures(ctx: Context, nameDigest: string) {
  await own(ctx)
    .insertInto('signInFailure')
    .values({ nameDigest, failures: 0, failedAt: ctx.now, lockedUntil: null })
    .onConflict((conflict) => conflict.column('nameDigest').doNothing())
    .execute()
  return own(ctx).selectFrom('signInFailure').selectAll().where('nameDigest', '=', nameDigest).forUpdate().executeTakeFirst()
}

const keepFailures = (ctx: Context, nameDigest: string, after: Failures) =>
  own(ctx)
    .insertInto('signInFailure')
    .values({ nameDigest, ...after })
    .onConflict((conflict) => conflict.column('nameDigest').doUpdateSet(after))
    .execute()

export const findByName = (ctx: Context, account: string) =>
  own(ctx)
    .selectFrom('account')
    .selectAll()
    .where(sql`lower(account)`, '=', account.toLowerCase())
    .executeTakeFirst()
