import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { copyInto, type Context } from '../kernel/index.ts'
import { inOrder, newest, roll, type Refused, type Rolled, type Row, type Span } from './batch.ts'
import { own } from './tables.ts'

const READING = { at: 'timestamptz', value: 'float8', series: 'int4', flags: 'int2' } as const

/** Rows as columns, of which unnest makes rows again. */
const column = (rows: readonly Row[], i: 0 | 1 | 2 | 3): number[] => rows.map((row) => row[i])

/** Those of `rows` that are stored already, as `series at`. Late rows alone are asked for: they are few. */
export async function findStored(ctx: Context, rows: readonly Row[]): Promise<Set<string>> {
  const { rows: found } = await sql<{ series: number; at: Date }>`
    select distinct r.series, r.at
      from unnest(${column(rows, 2)}::int[], ${column(rows, 0)}::float8[]) as asked (series, ms)
      join reading r on r.series = asked.series and r.at = to_timestamp(asked.ms / 1000)`.execute(own(ctx))
  return new Set(found.map(({ series, at }) => `${series} ${+at}`))
}

/** Writes readings with all that is derived from them, in the open transaction. */
export async function writeReadings(ctx: Context, given: readonly Row[], zone: string, hasMinutes: (series: number) => boolean): Promise<void> {
  if (given.length === 0) return
  const rows = inOrder(given)
  await copyInto(ctx, 'reading', READING, rows)
  await writeLatest(ctx, newest(rows))
  await writeRolled(ctx, 'minute', roll(rows, 'minute', zone, hasMinutes))
  await writeRolled(ctx, 'hour', roll(rows, 'hour', zone))
  await writeRolled(ctx, 'day', roll(rows, 'day', zone))
}

const writeLatest = (ctx: Context, rows: readonly Row[]) => sql`
  insert into reading_latest (series, at, value, flags)
  select series, to_timestamp(ms / 1000), value, flags
    from unnest(${column(rows, 2)}::int[], ${column(rows, 0)}::float8[], ${column(rows, 1)}::float8[], ${column(rows, 3)}::int2[]) as t (series, ms, value, flags)
  on conflict (series) do update set at = excluded.at, value = excluded.value, flags = excluded.flags
   where reading_latest.at < excluded.at`.execute(own(ctx))

const ROLLED = { minute: sql.table('reading_minute'), hour: sql.table('reading_hour'), day: sql.table('reading_day') } as const

async function writeRolled(ctx: Context, span: Span, { series, at, n, sum, low, high }: Rolled): Promise<void> {
  if (series.length === 0) return
  await sql`
    insert into ${ROLLED[span]} as r (series, at, n, sum, low, high)
    select series, to_timestamp(ms / 1000), n, sum, low, high
      from unnest(${series}::int[], ${at}::float8[], ${n}::int[], ${sum}::float8[], ${low}::float8[], ${high}::float8[]) as t (series, ms, n, sum, low, high)
    on conflict (series, at) do update set n = r.n + excluded.n, sum = r.sum + excluded.sum,
      low = least(r.low, excluded.low), high = greatest(r.high, excluded.high)`.execute(own(ctx))
}

export async function writeRefused(ctx: Context, refused: readonly Refused[]): Promise<void> {
  if (refused.length === 0) return
  const of = <K extends keyof Refused>(key: K) => refused.map((each) => each[key])
  await sql`
    insert into reading_quarantine (id, district, way, reason, device, payload, came_at)
    select id, district, way, reason, device, payload, to_timestamp(ms / 1000)
      from unnest(${refused.map(() => randomUUIDv7())}::uuid[], ${of('district')}::text[], ${of('way')}::text[], ${of('reason')}::text[], ${of('device')}::text[],
                  ${of('payload')}::text[], ${of('cameAt')}::float8[]) as t (id, district, way, reason, device, payload, ms)`.execute(own(ctx))
}

/** So many of one minute, way and reason. */
export interface Counted {
  readonly at: number
  readonly way: string
  readonly reason: string
  n: number
  lagMs: number
  mostLagMs: number
}

const MINUTE_MS = 60_000

/** Adds one to the minute of `now`, its way and its reason ('' for taken). */
export function count(counts: Map<string, Counted>, now: number, way: string, reason: string, lagMs: number): void {
  const at = now - (now % MINUTE_MS)
  const key = `${at} ${way} ${reason}`
  const known = counts.get(key)
  if (!known) {
    counts.set(key, { at, way, reason, n: 1, lagMs, mostLagMs: lagMs })
    return
  }
  known.n++
  known.lagMs += lagMs
  known.mostLagMs = Math.max(known.mostLagMs, lagMs)
}

export async function writeCounts(ctx: Context, counts: readonly Counted[]): Promise<void> {
  if (counts.length === 0) return
  const of = <K extends keyof Counted>(key: K) => counts.map((each) => each[key])
  await sql`
    insert into reading_intake as i (at, way, reason, n, lag_ms, most_lag_ms)
    select to_timestamp(ms / 1000), way, reason, n, lag_ms, most_lag_ms
      from unnest(${of('at')}::float8[], ${of('way')}::text[], ${of('reason')}::text[], ${of('n')}::bigint[], ${of('lagMs')}::bigint[], ${of('mostLagMs')}::bigint[])
           as t (ms, way, reason, n, lag_ms, most_lag_ms)
     order by 1, 2, 3
    on conflict (at, way, reason) do update set n = i.n + excluded.n, lag_ms = i.lag_ms + excluded.lag_ms,
      most_lag_ms = greatest(i.most_lag_ms, excluded.most_lag_ms)`.execute(own(ctx))
}
