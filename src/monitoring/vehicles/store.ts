import { sql } from 'kysely'
import { sendInto, type Context, type Sent } from '../../kernel/index.ts'
import { own } from '../tables.ts'
import { keyOf, POSITION_COLUMNS, type Newest, type PositionRow } from './position.ts'
import type { PumpTold } from './pump.ts'

/** Those of `rows` that are stored already, as `keyOf` has them. */
export async function findStoredPositions(ctx: Context, rows: readonly PositionRow[]): Promise<Set<number>> {
  const { rows: found } = await sql<{ vehicle: number; at: Date }>`
    select p.vehicle, p.at
      from unnest(${rows.map(([, vehicle]) => vehicle)}::int[], ${rows.map(([at]) => at)}::float8[]) as asked (vehicle, ms)
      join vehicle_position p on p.vehicle = asked.vehicle and p.at = to_timestamp(asked.ms / 1000)`.execute(own(ctx))
  return new Set(found.map(({ vehicle, at }) => keyOf(vehicle, +at)))
}

/** Sends positions that are not stored yet and stand in order on their way, in the open transaction; `writeNewest` belongs to them. */
export const sendPositions = (ctx: Context, rows: readonly PositionRow[]): Promise<Sent> => sendInto(ctx, 'vehicle_position', POSITION_COLUMNS, rows)

const newer = (column: string) => sql`${sql.ref(column)} = case when excluded.at > l.at then excluded.${sql.ref(column)} else l.${sql.ref(column)} end`
const newerFix = (column: string) =>
  sql`${sql.ref(column)} = case when excluded.fixed_at > coalesce(l.fixed_at, '-infinity') then excluded.${sql.ref(column)} else l.${sql.ref(column)} end`

/** Writes the newest position of each vehicle, where it is newer than what is known. */
export async function writeNewest(ctx: Context, newest: readonly Newest[]): Promise<void> {
  if (newest.length === 0) return
  const of = (i: number) => newest.map(({ row }) => row[i]!)
  const ofFix = (i: number) => newest.map(({ fixed }) => fixed?.[i] ?? null)
  await sql`
    insert into vehicle_latest as l (vehicle, at, status, alarm, speed, bearing, altitude, fixed_at, lng, lat)
    select vehicle, to_timestamp(ms / 1000), status, alarm, speed, bearing, altitude, to_timestamp(fixed_ms / 1000), lng, lat
      from unnest(${of(1)}::int[], ${of(0)}::float8[], ${of(4)}::int[], ${of(5)}::int[], ${of(6)}::int2[], ${of(7)}::int2[], ${of(8)}::int2[],
                  ${ofFix(0)}::float8[], ${ofFix(2)}::int[], ${ofFix(3)}::int[])
           as t (vehicle, ms, status, alarm, speed, bearing, altitude, fixed_ms, lng, lat)
    on conflict (vehicle) do update set
      ${sql.join([...['at', 'status', 'alarm', 'speed', 'bearing', 'altitude'].map(newer), ...['fixed_at', 'lng', 'lat'].map(newerFix)])}
     where l.at < excluded.at or coalesce(l.fixed_at, '-infinity') < excluded.fixed_at`.execute(own(ctx))
}

/** What terminals of pump trucks say of their pumps; what is older than what is known changes nothing. */
export async function writePumps(ctx: Context, pumps: ReadonlyMap<number, PumpTold>): Promise<void> {
  if (pumps.size === 0) return
  const told = [...pumps.values()]
  await sql`
    update vehicle_latest l
       set pump = t.running, pump_at = to_timestamp(t.ms / 1000),
           pump_since = case when l.pump = t.running then l.pump_since else to_timestamp(t.since_ms / 1000) end
      from unnest(${[...pumps.keys()]}::int[], ${told.map(({ running }) => running)}::bool[], ${told.map(({ at }) => at)}::float8[], ${told.map(({ since }) => since)}::float8[])
           as t (vehicle, running, ms, since_ms)
     where l.vehicle = t.vehicle and (l.pump_at is null or l.pump_at < to_timestamp(t.ms / 1000))`.execute(own(ctx))
}

/** The time of the newest position of each vehicle. */
export async function readNewestTimes(ctx: Context): Promise<Map<number, number>> {
  const { rows } = await sql<{ vehicle: number; at: Date }>`select vehicle, at from vehicle_latest`.execute(own(ctx))
  return new Map(rows.map(({ vehicle, at }) => [vehicle, +at]))
}
