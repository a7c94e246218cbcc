import { sql } from 'kysely'
import type { Database } from '../context.ts'
import type { Heard } from '../room.ts'
import { endOf, placeOf, position } from './position.ts'

/** Windows read at a time, so that one far behind never sorts the whole log. */
const WINDOWS = 64

/** What the end of the log looks like. */
export type Tide = 'still' | 'rising' | 'cut'

/**
 * Cuts a new window when events have become safe to tell. `rising`: some have committed, but an older transaction is still open.
 * Any node may call it; one of them cuts.
 */
export async function cutWindow(db: Database): Promise<Tide> {
  const { rows } = await sql<{ safe: boolean; seen: boolean }>`
    select exists (select from event e where e.epoch = c.epoch and e.xid >= c.horizon
                      and e.xid < pg_snapshot_xmin(pg_current_snapshot())) as safe,
           exists (select from event e where e.epoch = c.epoch and e.xid >= c.horizon) as seen
      from log_clock c`.execute(db)
  const found = rows[0]
  if (!found?.safe) return found?.seen ? 'rising' : 'still'

  await sql`
    with clock as (select * from log_clock for update skip locked),
         cut as (
           select number + 1 as number, epoch, horizon as xid_from, pg_snapshot_xmin(pg_current_snapshot()) as xid_to
             from clock
            where horizon < pg_snapshot_xmin(pg_current_snapshot())),
         kept as (insert into event_window (number, epoch, xid_from, xid_to) select number, epoch, xid_from, xid_to from cut)
    update log_clock set number = cut.number, horizon = cut.xid_to from cut`.execute(db)
  return 'cut'
}

export interface Reading {
  readonly events: Heard[]
  /** Up to where the log was read: after the last event, or the end of the last window looked at. */
  readonly position: string
  /** There may be more after `position`. */
  readonly more: boolean
}

/** The next events after `from` whose name is among `names` (all, if absent), in the order of the log. */
export async function readEvents(db: Database, from: string, names: readonly string[] | undefined, limit: number): Promise<Reading> {
  const start = placeOf(from)
  const windows = await sql<{ number: number }>`
    select number from event_window where number >= ${start.number} order by number limit ${WINDOWS + 1}`.execute(db)
  const seen = windows.rows.slice(0, WINDOWS)
  const last = seen.at(-1)
  if (!last) return { events: [], position: from, more: false }

  const { rows } = await sql<{ number: number; seq: number; name: string; district: string; at: Date; body: unknown }>`
    select w.number, e.seq, e.name, e.district, e.at, e.body
      from event_window w
      join event e on e.epoch = w.epoch and e.xid >= w.xid_from and e.xid < w.xid_to
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
    select exists (select from log_clock where horizon > pg_snapshot_xmax(pg_current_snapshot()))
        or exists (select from audit_clock where horizon > pg_snapshot_xmax(pg_current_snapshot()))
        or exists (select from event e, log_clock c where e.epoch = c.epoch and e.xid > pg_snapshot_xmax(pg_current_snapshot()))
        or exists (select from audit_entry e, log_clock c where e.epoch = c.epoch and e.xid > pg_snapshot_xmax(pg_current_snapshot()))
        as moved`.execute(db)
  if (!rows[0]?.moved) return

  // The tail that was not cut yet belongs to transactions that all ended before the dump.
  await sql`
    with clock as (select * from log_clock for update),
         rest as (
           insert into event_window (number, epoch, xid_from, xid_to)
           select number + 1, epoch, horizon, '9223372036854775807'::xid8 from clock)
    update log_clock set number = log_clock.number + 1, epoch = log_clock.epoch + 1, horizon = '0' from clock`.execute(db)
}
