import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Context, Database } from '../context.ts'
import type { Check } from '../room.ts'

export interface AuditEntry {
  readonly seq: number
  readonly at: Date
  readonly act: string
  readonly subject: string
  readonly district: string
  readonly actorId: string
  readonly actorKind: string
  readonly actorName: string
  readonly address: string
  readonly requestId: string
  readonly detail: unknown
}

export interface AuditFilter {
  readonly actor?: string
  /** The beginning of the act, such as `access.` */
  readonly act?: string
  readonly subject?: string
  readonly from?: Date
  readonly to?: Date
}

/** Entries of the trail, newest first; `before` is the `seq` of the last one of the page before. */
export async function findAuditEntries(
  ctx: Pick<Context, 'db'>,
  filter: AuditFilter,
  before: number | undefined,
  limit: number,
): Promise<AuditEntry[]> {
  const { rows } = await sql<AuditEntry>`
    select seq, at, act, subject, district, actor_id, actor_kind, actor_name, address, request_id, detail
      from audit_entry
     where true
       ${before === undefined ? sql`` : sql`and seq < ${before}`}
       ${filter.actor ? sql`and actor_id = ${filter.actor}` : sql``}
       ${filter.act ? sql`and starts_with(act, ${filter.act})` : sql``}
       ${filter.subject ? sql`and subject = ${filter.subject}` : sql``}
       ${filter.from ? sql`and at >= ${filter.from}` : sql``}
       ${filter.to ? sql`and at < ${filter.to}` : sql``}
     order by seq desc
     limit ${limit}`.execute(ctx.db)
  return rows
}

// ── The chain

/** A row of the trail as the text that is sealed: everything in it, the time to the microsecond, the detail as stored. */
const sealedText = sql<string>`
  json_build_array(epoch, xid::text, seq, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), act, subject, district,
                   actor_id, actor_kind, actor_name, address, request_id, detail::text)::text`

export interface SealedRow {
  readonly xid: string
  readonly seq: number
  readonly text: string
}

/** Rows of the ids from `xidFrom` up to but without `xidTo`, in the order in which they are sealed. */
export async function readSealed(db: Database, epoch: number, xidFrom: string, xidTo: string): Promise<SealedRow[]> {
  const { rows } = await sql<SealedRow>`
    select xid::text as xid, seq, ${sealedText} as text
      from audit_entry
     where epoch = ${epoch} and xid >= ${xidFrom}::text::xid8 and xid < ${xidTo}::text::xid8
     order by seq`.execute(db)
  return rows
}

/** SM3 of the digest before and of the rows, one to a line. */
export function chain(before: string, rows: readonly SealedRow[]): string {
  const hash = createHash('sm3').update(before)
  for (const row of rows) hash.update('\n').update(row.text)
  return hash.digest('hex')
}

interface Seal {
  readonly number: number
  readonly epoch: number
  readonly xidFrom: string
  readonly xidTo: string
  readonly entries: number
  readonly digest: string
}

const SEALS_AT_ONCE = 200

async function readSeals(db: Database, after: number): Promise<Seal[]> {
  const { rows } = await sql<Seal>`
    select number, epoch, xid_from::text as xid_from, xid_to::text as xid_to, entries, digest
      from audit_seal where number > ${after} order by number limit ${SEALS_AT_ONCE}`.execute(db)
  return rows
}

async function* walkChain(ctx: Context): AsyncIterable<string> {
  let last: Seal | undefined
  for (;;) {
    const seals = await readSeals(ctx.db, last?.number ?? 0)
    for (const seal of seals) {
      if (seal.number !== (last?.number ?? 0) + 1) yield `audit: seals ${(last?.number ?? 0) + 1} to ${seal.number - 1} are missing`
      const meets = last ? (seal.epoch === last.epoch ? seal.xidFrom === last.xidTo : seal.xidFrom === '0') : seal.xidFrom === '0'
      if (!meets) yield `audit: seal ${seal.number} does not begin where seal ${seal.number - 1} ends`
      const rows = await readSealed(ctx.db, seal.epoch, seal.xidFrom, seal.xidTo)
      if (rows.length !== seal.entries) yield `audit: seal ${seal.number} was set on ${seal.entries} entries, and there are ${rows.length}`
      else if (chain(last?.digest ?? '', rows) !== seal.digest) {
        yield `audit: an entry of seal ${seal.number} (from ${rows[0]?.seq} to ${rows.at(-1)?.seq}) or a digest was changed`
      }
      // Goes on from the stored digest, so that one change is named once.
      last = seal
    }
    if (seals.length < SEALS_AT_ONCE) break
  }
  yield* unsealed(ctx, last)
}

async function* unsealed(ctx: Context, last: Seal | undefined): AsyncIterable<string> {
  const { rows } = await sql<{ epoch: number; horizon: string; digest: string; number: number }>`
    select epoch, horizon::text as horizon, digest, number from audit_clock`.execute(ctx.db)
  const clock = rows[0]
  if (!clock || clock.number < (last?.number ?? 0)) return yield 'audit: the clock of the sealer does not fit the seals'
  // The sealer may have set one more since the seals were read; only what it says of the last one read is compared.
  if (clock.number === (last?.number ?? 0) && clock.digest !== (last?.digest ?? '')) yield 'audit: the newest seals are missing'

  const old = new Date(ctx.now.getTime() - 60_000)
  const late = await sql<{ n: number }>`
    select count(*)::int as n from audit_entry
     where at < ${old} and (epoch, xid) >= (${clock.epoch}, ${clock.horizon}::text::xid8)`.execute(ctx.db)
  if (late.rows[0]!.n > 0) yield `audit: ${late.rows[0]!.n} entries older than a minute are not sealed`
}

/** The trail is as it was sealed: no entry changed, removed or added afterwards. */
export const auditHolds: Check = {
  name: 'audit',
  proves: { zh: '审计链完整', en: 'The audit trail is as it was sealed' },
  run: walkChain,
}
