import { randomUUIDv7 } from 'node:crypto'
import { announce, demand, record, type Actor, type Context } from '../context.ts'
import { clashOf } from './apart.ts'
import { accessChanged } from './events.ts'
import { apartRules } from './grants.ts'
import { keptApart, keyMissing, permitNotForMachines, permitUnknown } from './problems.ts'
import { digestOf, freshToken } from './secret.ts'
import { sessionMemory, type KnownMachine } from './session-memory.ts'
import { own, type KeyRow } from './tables.ts'

const PREFIX = 'cy_'
const WRITTEN_EVERY_MS = 60_000

export interface NewKey {
  readonly name: string
  readonly permits: readonly string[]
  readonly region: string
  readonly unit: string
  readonly category: string
  readonly expiresAt?: string
}

/** Makes a key for a machine. The secret is given once and kept only as a digest. */
export async function createKey(ctx: Context, given: NewKey, declared: ReadonlySet<string>): Promise<{ row: KeyRow; secret: string }> {
  const { region, unit, category } = given
  demand(ctx, 'access.grants', { region, unit, category })
  const permits = [...new Set(given.permits)].toSorted()
  for (const permit of permits) {
    if (!declared.has(permit)) throw permitUnknown({ permit })
    // Whoever guards access answers for it with a name.
    if (permit.startsWith('access.')) throw permitNotForMachines({ permit })
  }
  const why = clashOf(permits, await apartRules(ctx))
  if (why) throw keptApart({ why })

  const secret = PREFIX + freshToken()
  const row: KeyRow = {
    id: randomUUIDv7(),
    name: given.name,
    digest: digestOf(secret),
    tail: secret.slice(-4),
    permits,
    region,
    unit,
    category,
    createdAt: ctx.now,
    createdBy: ctx.actor.id,
    expiresAt: given.expiresAt === undefined ? null : new Date(given.expiresAt),
    usedAt: null,
    revokedAt: null,
  }
  await own(ctx).insertInto('apiKey').values(row).execute()
  record(ctx, 'access.key-made', row.id, '', { name: row.name, permits, region, unit, category, expiresAt: row.expiresAt })
  return { row, secret }
}

/** Revokes a key; it is refused at once here and within five seconds on every other node. */
export async function revokeKey(ctx: Context, id: string): Promise<void> {
  const row = await own(ctx).selectFrom('apiKey').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw keyMissing()
  demand(ctx, 'access.grants', { region: row.region, unit: row.unit, category: row.category })
  if (row.revokedAt) return

  await own(ctx).updateTable('apiKey').set({ revokedAt: ctx.now }).where('id', '=', id).execute()
  record(ctx, 'access.key-revoked', id, '', { name: row.name })
  announce(ctx, accessChanged, '', { accountId: id })
}

/** The machine behind a key; undefined when the key is unknown, expired or revoked. */
export async function findMachine(ctx: Context, key: string): Promise<Actor | undefined> {
  if (!key.startsWith(PREFIX) || key.length > 100) return undefined
  const digest = digestOf(key)
  const now = ctx.now.getTime()
  const memory = await ctx.caches.get(ctx, sessionMemory)
  const known = memory.find(digest, now) ?? (await readMachine(ctx, digest))
  if (known?.kind !== 'machine' || known.expiresAt <= now) return undefined

  memory.keep(digest, known)
  if (now - known.writtenAt >= WRITTEN_EVERY_MS) {
    known.writtenAt = now
    await own(ctx).updateTable('apiKey').set({ usedAt: ctx.now }).where('id', '=', known.actor.id).execute()
  }
  return known.actor
}

async function readMachine(ctx: Context, digest: string): Promise<KnownMachine | undefined> {
  const row = await own(ctx).selectFrom('apiKey').selectAll().where('digest', '=', digest).where('revokedAt', 'is', null).executeTakeFirst()
  if (!row) return undefined

  const { region, unit, category } = row
  const grant = { role: 'machine', roleName: { zh: '接口', en: 'Machine' }, region, unit, category, permits: new Set(row.permits) }
  return {
    kind: 'machine',
    actor: { id: row.id, kind: 'machine', name: row.name, grants: [grant] },
    expiresAt: row.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY,
    writtenAt: row.usedAt?.getTime() ?? 0,
    readAt: ctx.now.getTime(),
  }
}
