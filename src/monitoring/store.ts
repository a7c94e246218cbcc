import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { inLine, sendInto, type Context, type Sent } from '../kernel/index.ts'
import type { Refused, Rolled, Row, Span, Sums } from './batch.ts'
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

/** Sends readings that stand in order on their way, in the open transaction; `writeSums` belongs to them. */
export const sendReadings = (ctx: Context, rows: readonly Row[]): Promise<Sent> => sendInto(ctx, 'reading', READING, rows)

/** Writes what is derived of readings, behind them. */
export async function writeSums(ctx: Context, { newest, minute, hour, day }: Sums): Promise<void> {
  await inLine(writeLatest(ctx, newest), writeRolled(ctx, 'minute', minute), writeRolled(ctx, 'hour', hour), writeRolled(ctx, 'day', day))
}

const writeLatest = async (ctx: Context, rows: readonly Row[]) => rows.length > 0 && sql`
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
