import { randomUUIDv7 } from 'node:crypto'
import { announce, record, type Context } from '../context.ts'
import { accessChanged } from './events.ts'
import { hashPassword, isPassword } from './password.ts'
import { passwordFault } from './password-rule.ts'
import { accountBadlyNamed, accountTaken, accountUnknown, ownAccount, passwordSame, passwordWeak, passwordWrong } from './problems.ts'
import { ACCOUNT_NAME } from './shapes.ts'
import { demandOver } from './scope.ts'
import { digestOfName, freshPassword } from './secret.ts'
import { endSessionsOf } from './session.ts'
import { findByName } from './sign-in.ts'
import { own, type AccountRow } from './tables.ts'

export interface NewAccount {
  readonly account: string
  readonly name: string
  /** Null: nobody signs in with it until a password is set. */
  readonly password: string | null
  readonly id?: string
  /** Where it is administered: the prefix of a region's code. */
  readonly region?: string
  readonly mustChangePassword?: boolean
}

/** Makes an account that may do nothing yet. */
export async function createAccount(ctx: Context, given: NewAccount): Promise<AccountRow> {
  const region = given.region ?? ''
  demandOver(ctx, 'access.accounts', { region })
  if (!ACCOUNT_NAME.test(given.account)) throw accountBadlyNamed({ account: given.account })
  if (given.password !== null) checkPassword(given.password, given.account)

  const row = await own(ctx)
    .insertInto('account')
    .values({
      id: given.id ?? randomUUIDv7(),
      account: given.account,
      name: given.name,
      region,
      passwordHash: given.password === null ? null : await hashPassword(given.password),
      mustChangePassword: given.mustChangePassword ?? false,
      state: 'active',
      createdAt: ctx.now,
      passwordAt: given.password === null ? null : ctx.now,
      signedInAt: null,
      signedInFrom: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst()
  if (!row) throw accountTaken({ account: given.account })

  record(ctx, 'access.account-made', row.id, '', { account: row.account, name: row.name, region })
  return row
}

/** The id behind the name one signs in with. */
export async function findAccountId(ctx: Context, account: string): Promise<string | undefined> {
  return (await findByName(ctx, account))?.id
}

function checkPassword(password: string, account: string): void {
  const why = passwordFault(password, account)
  if (why) throw passwordWeak({ why })
}

export async function getAccountRow(ctx: Context, id: string): Promise<AccountRow> {
  const row = await own(ctx).selectFrom('account').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw accountUnknown()
  return row
}

/** Holds the account until the transaction ends. */
export async function lockAccount(ctx: Context, id: string): Promise<AccountRow> {
  const row = await own(ctx).selectFrom('account').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw accountUnknown()
  return row
}

export interface AccountChange {
  readonly name?: string
  readonly state?: 'active' | 'disabled'
  readonly unlock?: true
}

/** Renames, disables, enables or unlocks. A disabled account's sessions end at once. */
export async function changeAccount(ctx: Context, id: string, change: AccountChange): Promise<void> {
  const account = await lockAccount(ctx, id)
  demandOver(ctx, 'access.accounts', account)
  if (change.state === 'disabled' && id === ctx.actor.id) throw ownAccount()

  if (change.unlock) await own(ctx).deleteFrom('signInFailure').where('nameDigest', '=', digestOfName(account.account)).execute()
  const { name = account.name, state = account.state } = change
  await own(ctx).updateTable('account').set({ name, state }).where('id', '=', id).execute()
  if (state === 'disabled') await endSessionsOf(ctx, id)
  announce(ctx, accessChanged, '', { accountId: id })
  record(ctx, 'access.account-changed', id, '', change)
}

/** Sets a password that is known to the administrator and so must be changed at the first sign-in; all sessions end. */
export async function resetPassword(ctx: Context, id: string): Promise<string> {
  const account = await lockAccount(ctx, id)
  demandOver(ctx, 'access.accounts', account)
  if (id === ctx.actor.id) throw ownAccount()

  const password = freshPassword()
  await setPassword(ctx, account, password, true)
  await own(ctx).deleteFrom('signInFailure').where('nameDigest', '=', digestOfName(account.account)).execute()
  await endSessionsOf(ctx, id)
  record(ctx, 'access.password-reset', id, '')
  return password
}

/** Ends all sessions of an account, for an administrator who suspects a stranger behind one. */
export async function signOutEverywhere(ctx: Context, id: string): Promise<void> {
  demandOver(ctx, 'access.accounts', await lockAccount(ctx, id))
  await endSessionsOf(ctx, id)
  record(ctx, 'access.sessions-ended', id, '')
}

/** Changes one's own password; the other sessions end. A wrong present password is given back, so that failures are recorded. */
export async function changePassword(ctx: Context, given: { current: string; next: string }, token: string | undefined) {
  const account = await lockAccount(ctx, ctx.actor.id)
  if (!(await isPassword(given.current, account.passwordHash))) {
    record(ctx, 'access.password-change-failed', account.id, '')
    return passwordWrong()
  }
  if (given.next === given.current) throw passwordSame()
  checkPassword(given.next, account.account)

  await setPassword(ctx, account, given.next, false)
  await endSessionsOf(ctx, account.id, token)
  record(ctx, 'access.password-changed', account.id, '')
  return undefined
}

const setPassword = async (ctx: Context, { id }: AccountRow, password: string, mustChangePassword: boolean) =>
  own(ctx)
    .updateTable('account')
    .set({ passwordHash: await hashPassword(password), mustChangePassword, passwordAt: ctx.now })
    .where('id', '=', id)
    .execute()
