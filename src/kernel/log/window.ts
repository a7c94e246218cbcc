import { sql } from 'kysely'
import type { Database } from '../context.ts'
import type { Heard } from '../room.ts'
import { endOf, placeOf, position } from './position.ts'

/** Windows read at a time, so that one far behind never sorts the whole log. */
const WINDOWS = 64

/** Sees nothing, and sees everything. */
export const NOTHING = '1:1:'
export const EVERYTHING = '9223372036854775807:9223372036854775807:'

/** The snapshot in the clock lags at most this many ids before it is moved on without events, so that looking stays cheap. */
const IDS_BEHIND = 5000

interface Clock {
  epoch: number
  number: number
  until: string
}

/** Cuts a new window if something has been committed since the last one. Any node may call it; one of them cuts. */
export async function cutWindow(db: Database): Promise<boolean> {
  const { rows } = await sql<{ fresh: boolean; behind: boolean }>`
    select exists (select from event e
                    where e.epoch = c.epoch and e.xid >= pg_snapshot_xmin(c.until) and not pg_visible_in_snapshot(e.xid, c.until)) as fresh,
           pg_snapshot_xmin(pg_current_snapshot())::text::numeric - pg_snapshot_xmin(c.until)::text::numeric > ${IDS_BEHIND} as behind
      from log_clock c`.execute(db)
  if (!rows[0]?.fresh && !rows[0]?.behind) return false
  return db.transaction().execute(cutUnderLock)
}

/** The snapshot is that of a statement after the lock: it sees at least what every cut before it saw. */
async function cutUnderLock(db: Database): Promise<boolean> {
  const locked = await sql<Clock>`select epoch, number, until::text as until from log_clock for update skip locked`.execute(db)
  const clock = locked.rows[0]
  if (!clock) return false

  const { rows } = await sql<{ until: string; seqFrom: number | null; seqTo: number | null }>`
    select pg_current_snapshot()::text as until, min(seq) as seq_from, max(seq) as seq_to
      from event
     where epoch = ${clock.epoch} and xid >= pg_snapshot_xmin(${clock.until}::text::pg_snapshot)
       and not pg_visible_in_snapshot(xid, ${clock.until}::text::pg_snapshot)`.execute(db)
  const { until, seqFrom, seqTo } = rows[0]!
  const any = seqFrom !== null && seqTo !== null
  if (any) await addWindow(db, { ...clock, until }, clock.until, seqFrom, seqTo)
  await sql`
    update log_clock set until = ${until}::text::pg_snapshot, number = ${clock.number + (any ? 1 : 0)}`.execute(db)
  return any
}

const addWindow = (db: Database, { epoch, number, until }: Clock, since: string, seqFrom: number, seqTo: number) =>
  sql`
    insert into event_window (number, epoch, since, until, seq_from, seq_to)
    values (${number + 1}, ${epoch}, ${since}::text::pg_snapshot, ${until}::text::pg_snapshot, ${seqFrom}, ${seqTo})`.execute(db)

export interface Reading {
  readonly events: Heard[]
  /** Up to where the log was read: after the last event, or the end of the last window looked at. */
  readonly position: string
  /** There may be more after `position`. */
  readonly more: boolean
}

/** The next events after `from` whose name is among `names` (all, if absent), in the order of the log. */
export async function readEvents(db: Database, from: string, names: readonly string[] | undefined, limit: number): Promise<Reading> {
  const at = placeOf(from)
  // From the end of a window the next one is the first of interest: looking again costs one statement.
  const start = at.seq === Number.MAX_SAFE_INTEGER ? { number: at.number + 1, seq: 0 } : at
  const windows = await sql<{ number: number }>`
    select number from event_window where number >= ${start.number} order by number limit ${WINDOWS + 1}`.execute(db)
  const seen = windows.rows.slice(0, WINDOWS)
  const last = seen.at(-1)
  if (!last) return { events: [], position: from, more: false }

  const { rows } = await sql<{ number: number; seq: number; name: string; district: string; at: Date; body: unknown }>`
    select w.number, e.seq, e.name, e.district, e.at, e.body
      from event_window w
      join event e on e.seq >= w.seq_from and e.seq <= w.seq_to and e.epoch = w.epoch
       and pg_visible_in_snapshot(e.xid, w.until) and not pg_visible_in_snapshot(e.xid, w.since)
     where w.number >= ${start.number} and w.number <= ${last.number}
       and (w.number > ${start.number} or e.seq > ${start.seq})
       ${names ? sql`and e.name = any(${names as string[]})` : sql``}
     order by w.number, e.seq
     limit ${limit}`.execute(db)
  const events = rows.map(({ number, seq, ...rest }) => ({ position: position({ number, seq }), ...rest }))
  if (events.length === limit) return { events, position: events.at(-1)!.position, more: true }
  return { events, position: endOf(last.number), more: windows.rows.length > WINDOWS }
}

/** The end of what can be read now. */
export async function readTail(db: Database): Promise<string> {
  const { rows } = await sql<{ number: number }>`select number from log_clock`.execute(db)
  return endOf(rows[0]?.number ?? 0)
}

/** After a dump was restored on another cluster its transaction ids may lie above the present ones: then a new epoch begins. */
export async function raiseEpoch(db: Database): Promise<void> {
  const { rows } = await sql<{ moved: boolean }>`
    select pg_snapshot_xmax(c.until) > pg_snapshot_xmax(pg_current_snapshot())
        or exists (select from event e where e.epoch = c.epoch and e.xid > pg_snapshot_xmax(pg_current_snapshot()))
        or exists (select from audit_entry e where e.epoch = c.epoch and e.xid > pg_snapshot_xmax(pg_current_snapshot())) as moved
      from log_clock c`.execute(db)
  if (!rows[0]?.moved) return

  await db.transaction().execute(async (trx) => {
    const locked = await sql<Clock>`select epoch, number, until::text as until from log_clock for update`.execute(trx)
    const clock = locked.rows[0]!
    const ends = await sql<{ last: number }>`select coalesce(max(seq), 0) as last from event`.execute(trx)
    // What was not cut yet belongs to transactions that all ended before the dump.
    await addWindow(trx, { ...clock, until: EVERYTHING }, clock.until, 0, ends.rows[0]!.last)
    await sql`
      update log_clock set number = ${clock.number + 1}, epoch = ${clock.epoch + 1}, until = ${NOTHING}::text::pg_snapshot`.execute(trx)
  })
}
