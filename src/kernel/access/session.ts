import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { announce, record, type Context } from '../context.ts'
import { grantLines, grantOf, type GrantLine } from './actor.ts'
import { accessChanged, sessionEnded } from './events.ts'
import { sessionUnknown } from './problems.ts'
import { digestOf, freshToken } from './secret.ts'
import { sessionMemory, type KnownSession } from './session-memory.ts'
import { own } from './tables.ts'

export interface SessionLimits {
  readonly idleMinutes: number
  /** However busy: the longest that one sign-in holds. */
  readonly longestHours: number
}

export const SESSION_LIMITS: SessionLimits = { idleMinutes: 30, longestHours: 12 }

/** `seen_at` is written at most so often: it is for the idle time-out, not for a log. */
const WRITTEN_EVERY_MS = 30_000

interface SessionLine {
  id: string
  accountId: string
  account: string
  name: string
  mustChangePassword: boolean
  startedAt: Date
  seenAt: Date
  lastAt: Date | null
  lastAddress: string | null
  grants: GrantLine[]
}

/**
 * The session behind a cookie, or undefined when there is none, it has been idle too long, or its account is disabled.
 * What a page does by itself, such as coming back to its stream, is no use of the session.
 */
export async function findSession(
  ctx: Context,
  token: string,
  limits = SESSION_LIMITS,
  { used = true }: { used?: boolean } = {},
): Promise<KnownSession | undefined> {
  const digest = digestOf(token)
  const now = ctx.now.getTime()
  const memory = await ctx.caches.get(ctx, sessionMemory)
  const known = memory.find(digest, now) ?? (await readSession(ctx, digest, memory.lastSeen(digest)))
  if (known?.kind !== 'session') return undefined

  if (now - known.seenAt > limits.idleMinutes * 60_000 || now - known.startedAt > limits.longestHours * 3_600_000) {
    memory.end(digest)
    await own(ctx).deleteFrom('session').where('tokenDigest', '=', digest).execute()
    return undefined
  }
  memory.keep(digest, known)
  if (used) await noteSeen(ctx, known, now)
  return known
}

async function readSession(ctx: Context, digest: string, lastSeen: number): Promise<KnownSession | undefined> {
  const { rows } = await sql<SessionLine>`
    select s.id, s.account_id, a.account, a.name, a.must_change_password, s.started_at, s.seen_at, s.last_at, s.last_address,
           ${grantLines} as grants
      from session s
      join account a on a.id = s.account_id
     where s.token_digest = ${digest} and a.state = 'active'`.execute(ctx.db)
  const row = rows[0]
  if (!row) return undefined

  return {
    kind: 'session',
    id: row.id,
    account: row.account,
    actor: { id: row.accountId, kind: 'person', name: row.name, grants: row.grants.map(grantOf) },
    mustChangePassword: row.mustChangePassword,
    startedAt: row.startedAt.getTime(),
    last: row.lastAt && { at: row.lastAt.toISOString(), address: row.lastAddress ?? '' },
    seenAt: Math.max(row.seenAt.getTime(), lastSeen),
    writtenAt: row.seenAt.getTime(),
    readAt: ctx.now.getTime(),
  }
}

async function noteSeen(ctx: Context, known: KnownSession, now: number): Promise<void> {
  known.seenAt = Math.max(known.seenAt, now)
  if (now - known.writtenAt < WRITTEN_EVERY_MS) return
  known.writtenAt = now
  await own(ctx).updateTable('session').set({ seenAt: ctx.now }).where('id', '=', known.id).where('seenAt', '<', ctx.now).execute()
}

/** Begins a session and gives the token for its cookie; only the digest is kept. */
export async function startSession(
  ctx: Context,
  account: { id: string; signedInAt: Date | null; signedInFrom: string | null },
  agent: string,
) {
  const token = freshToken()
  await own(ctx)
    .insertInto('session')
    .values({
      id: randomUUIDv7(),
      tokenDigest: digestOf(token),
      accountId: account.id,
      startedAt: ctx.now,
      seenAt: ctx.now,
      address: ctx.origin.address,
      agent: agent.slice(0, 300),
      lastAt: account.signedInAt,
      lastAddress: account.signedInFrom,
    })
    .execute()
  return token
}

/** Ends the session of a cookie. */
export async function signOut(ctx: Context, token: string): Promise<void> {
  const digest = digestOf(token)
  const gone = await own(ctx).deleteFrom('session').where('tokenDigest', '=', digest).returning('accountId').executeTakeFirst()
  if (!gone) return

  const memory = await ctx.caches.get(ctx, sessionMemory)
  ctx.outbox.afterCommit.push(() => memory.end(digest))
  record(ctx, 'access.signed-out', gone.accountId, '')
  announce(ctx, sessionEnded, '', { accountId: gone.accountId })
}

export const listSessions = (ctx: Context, accountId: string) =>
  own(ctx)
    .selectFrom('session')
    .select(['id', 'startedAt', 'seenAt', 'address', 'agent'])
    .where('accountId', '=', accountId)
    .orderBy('seenAt', 'desc')
    .limit(200)
    .execute()

/** Ends one session of one's own. */
export async function endSession(ctx: Context, id: string): Promise<void> {
  const gone = await own(ctx)
    .deleteFrom('session')
    .where('id', '=', id)
    .where('accountId', '=', ctx.actor.id)
    .returning('id')
    .executeTakeFirst()
  if (!gone) throw sessionUnknown()

  record(ctx, 'access.session-ended', ctx.actor.id, '', { session: id })
  announce(ctx, accessChanged, '', { accountId: ctx.actor.id })
}

/** Ends all sessions of an account but the one named; heard at once here and by every other node from the log. */
export async function endSessionsOf(ctx: Context, accountId: string, butToken?: string): Promise<void> {
  const all = own(ctx).deleteFrom('session').where('accountId', '=', accountId)
  await (butToken === undefined ? all : all.where('tokenDigest', '!=', digestOf(butToken))).execute()
  announce(ctx, accessChanged, '', { accountId })
}

/** Sessions that nobody will use again. */
export async function forgetOldSessions(ctx: Context): Promise<void> {
  const idleSince = new Date(ctx.now.getTime() - SESSION_LIMITS.longestHours * 3_600_000)
  await own(ctx).deleteFrom('session').where('seenAt', '<', idleSince).execute()
  await own(ctx).deleteFrom('signInFailure').where('failedAt', '<', idleSince).execute()
  await own(ctx).deleteFrom('setupLink').where('expiresAt', '<', ctx.now).execute()
}
