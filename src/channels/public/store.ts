import { sql } from 'kysely'
import { findDivisions } from '../../atlas/index.ts'
import { addDays, boxAround, distanceMetres, type Context, type Position } from '../../kernel/index.ts'
import { own } from './tables.ts'

export interface Spot {
  readonly number: string
  readonly district: string
  readonly position: Position
}

const districtsOf = async (ctx: Context): Promise<string[]> => (await findDivisions(ctx, { level: 'district' })).map(({ code }) => code)

export async function putSpots(ctx: Context, spots: readonly Spot[]): Promise<void> {
  if (spots.length === 0) return
  await sql`
    insert into public_spot (number, district, position)
    select number, district, point(lng, lat)
      from unnest(${spots.map(({ number }) => number)}::text[], ${spots.map(({ district }) => district)}::text[],
                  ${spots.map(({ position }) => position[0])}::float8[], ${spots.map(({ position }) => position[1])}::float8[])
           as s (number, district, lng, lat)
        on conflict (number, district) do nothing`.execute(own(ctx))
}

export async function dropSpots(ctx: Context, keys: readonly { number: string; district: string }[]): Promise<void> {
  if (keys.length === 0) return
  await own(ctx)
    .deleteFrom('publicSpot')
    .where('district', 'in', [...new Set(keys.map(({ district }) => district))])
    .where(
      'number',
      'in',
      keys.map(({ number }) => number),
    )
    .execute()
}

const MOST_AROUND = 400

/** Open cases within `metres`, nearest first. */
export async function spotsAround(ctx: Context, position: Position, metres: number): Promise<(Spot & { metres: number })[]> {
  const districts = await districtsOf(ctx)
  if (districts.length === 0) return []
  const [west, south, east, north] = boxAround(position, metres)
  const { rows } = await sql<{ number: string; district: string; lng: number; lat: number }>`
    select number, district, position[0] as lng, position[1] as lat
      from public_spot
     where district = any(${districts}::text[])
       and position <@ box(point(${west}, ${south}), point(${east}, ${north}))
     limit ${MOST_AROUND}`.execute(own(ctx))
  return rows
    .map(({ number, district, lng, lat }) => ({
      number,
      district,
      position: [lng, lat] as Position,
      metres: distanceMetres(position, [lng, lat]),
    }))
    .filter((spot) => spot.metres <= metres)
    .toSorted((a, b) => a.metres - b.metres)
}

export interface Tally {
  readonly day: string
  readonly district: string
  reported: number
  closed: number
  closedInTime: number
}

export async function addTallies(ctx: Context, tallies: readonly Tally[]): Promise<void> {
  if (tallies.length === 0) return
  const rows = JSON.stringify(tallies.map(({ closedInTime, ...rest }) => ({ ...rest, closed_in_time: closedInTime })))
  await sql`
    insert into public_tally (day, district, reported, closed, closed_in_time)
    select day, district, reported, closed, closed_in_time
      from jsonb_to_recordset(${rows}::jsonb) as t (day date, district text, reported int, closed int, closed_in_time int)
        on conflict (day, district) do update
       set reported       = public_tally.reported       + excluded.reported,
           closed         = public_tally.closed         + excluded.closed,
           closed_in_time = public_tally.closed_in_time + excluded.closed_in_time`.execute(own(ctx))
}

/** The sums of `days` days up to and with `today`. */
export async function figuresOf(ctx: Context, today: string, days: number) {
  const from = addDays(today, 1 - days)
  const { rows } = await sql<{ reported: number; closed: number; closedInTime: number }>`
    select coalesce(sum(reported), 0)::int       as reported,
           coalesce(sum(closed), 0)::int         as closed,
           coalesce(sum(closed_in_time), 0)::int as closed_in_time
      from public_tally
     where district = any(${await districtsOf(ctx)}::text[])
       and day between ${from}::date and ${today}::date`.execute(own(ctx))
  return { from, to: today, ...rows[0]! }
}
