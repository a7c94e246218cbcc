import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Context, Database } from '../context.ts'
import type { Check } from '../room.ts'
import { EVERYTHING, NOTHING } from './window.ts'

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
  json_build_array(seq, epoch, xid::text, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), act, subject, district,
                   actor_id, actor_kind, actor_name, address, request_id, detail::text)::text`

export interface SealedRow {
  readonly seq: number
  readonly text: string
}

/** What a seal is set on: what the snapshot `until` sees and the snapshot `since` did not. */
export interface Span {
  readonly epoch: number
  readonly since: string
  readonly until: string
}

/** The rows of a span, in the order in which they are sealed. */
export async function readSealed(db: Database, { epoch, since, until }: Span): Promise<SealedRow[]> {
  const { rows } = await sql<SealedRow>`
    select seq, ${sealedText} as text
      from audit_entry
     where epoch = ${epoch}
       and xid >= pg_snapshot_xmin(${since}::text::pg_snapshot) and xid < pg_snapshot_xmax(${until}::text::pg_snapshot)
       and pg_visible_in_snapshot(xid, ${until}::text::pg_snapshot) and not pg_visible_in_snapshot(xid, ${since}::text::pg_snapshot)
     order by seq`.execute(db)
  return rows
}

/** SM3 of the digest before and of the rows, one to a line. */
export function chain(before: string, rows: readonly SealedRow[]): string {
  const hash = createHash('sm3').update(before)
  for (const row of rows) hash.update('\n').update(row.text)
  return hash.digest('hex')
}

interface Seal extends Span {
  readonly number: number
  readonly entries: number
  readonly digest: string
}

const UNSET: Seal = { number: 0, epoch: 0, since: NOTHING, until: EVERYTHING, entries: 0, digest: '' }
const SEALS_AT_ONCE = 200

async function readSeals(db: Database, after: number): Promise<Seal[]> {
  const { rows } = await sql<Seal>`
    select number, epoch, since::text as since, until::text as until, entries, digest
      from audit_seal where number > ${after} order by number limit ${SEALS_AT_ONCE}`.execute(db)
  return rows
}

/** Seals follow each other without a gap; a new epoch begins where the last one saw everything. */
const meets = (last: Seal, next: Seal) =>
  next.epoch === last.epoch ? next.since === last.until : last.until === EVERYTHING && next.since === NOTHING

async function* walkChain(ctx: Context): AsyncIterable<string> {
  // Read first: the sealer goes on meanwhile.
  const clock = (await sql<{ number: number; digest: string }>`select number, digest from audit_clock`.execute(ctx.db)).rows[0]
  let last = UNSET
  for (let more = true; more; ) {
    const seals = await readSeals(ctx.db, last.number)
    for (const seal of seals) {
      yield* compare(last, seal, await readSealed(ctx.db, seal))
      if (seal.number === clock?.number && seal.digest !== clock.digest) yield `audit: the digest of seal ${seal.number} was changed`
      // Goes on from the stored digest, so that one change is named once.
      last = seal
    }
    more = seals.length === SEALS_AT_ONCE
  }
  if (!clock || clock.number > last.number) yield `audit: seals from ${last.number + 1} to ${clock?.number ?? '?'} are missing`
}

function* compare(last: Seal, seal: Seal, rows: readonly SealedRow[]): Iterable<string> {
  if (seal.number !== last.number + 1) yield `audit: seals from ${last.number + 1} to ${seal.number - 1} are missing`
  else if (!meets(last, seal)) yield `audit: seal ${seal.number} does not begin where seal ${last.number} ends`
  if (rows.length !== seal.entries) yield `audit: seal ${seal.number} was set on ${seal.entries} entries, and there are ${rows.length}`
  else if (chain(last.digest, rows) !== seal.digest) {
    yield `audit: seal ${seal.number} does not fit: an entry from ${rows[0]?.seq} to ${rows.at(-1)?.seq}, or a digest, was changed`
  }
}

/** The trail is as it was sealed: no entry changed, removed or added afterwards. */
export const auditHolds: Check = {
  name: 'audit',
  proves: { zh: '审计链完整', en: 'The audit trail is as it was sealed' },
  run: walkChain,
}
