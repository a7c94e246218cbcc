import { sql } from 'kysely'
import type { Context } from '../../kernel/index.ts'
import { own } from '../tables.ts'
import { TRACK_POINTS, type TrackShown } from './contract.ts'
import { DEGREE, kmhOf } from './position.ts'
import { trackFull, trackTooLong } from './problems.ts'
import { metresOf, stopsOf, thinTrack, withoutLeaps, type Fix } from './track.ts'
import { getVehicleRow } from './vehicles.ts'

const DAY_MS = 86_400_000
/** One a second, for a day. */
const MOST_POSITIONS = 86_401
const MOST_STOPS = 500
const MOST_MEDIA = 500

interface Question {
  readonly from: string
  readonly to: string
}

export async function readTrack(ctx: Context, code: string, { from, to }: Question): Promise<TrackShown> {
  const { number } = await getVehicleRow(ctx, code, 'monitoring.read')
  const [since, until] = [new Date(from), new Date(to)]
  // A day in which the clocks go back has 25 hours.
  if (!(+until > +since && +until - +since <= DAY_MS + 3_600_000)) throw trackTooLong()
  const found = await readFixes(ctx, number, since, until)
  if (found.length > MOST_POSITIONS) throw trackFull({ most: MOST_POSITIONS - 1 })

  const fixes = withoutLeaps(found)
  const stops = stopsOf(fixes)
  const points = thinTrack(fixes, TRACK_POINTS, stops.flatMap(({ first, last }) => [first, last]))
  const stood = stops.reduce((sum, stop) => sum + stop.to - stop.from, 0)
  return {
    points: points.map(({ at, lng, lat, kmh, bearing }) => [at, lng, lat, kmh, bearing]),
    positions: found.length,
    metres: Math.round(metresOf(fixes, stops)),
    movingMs: fixes.length > 1 ? fixes.at(-1)!.at - fixes[0]!.at - stood : 0,
    topKmh: fixes.reduce((top, { kmh }) => Math.max(top, kmh), 0),
    stops: stops.slice(0, MOST_STOPS).map((stop) => ({ from: new Date(stop.from).toISOString(), to: new Date(stop.to).toISOString(), position: stop.position })),
    media: await readMedia(ctx, number, since, until),
  }
}

/** As columns: a row of its own for each of 86,400 positions would take most of the time. */
async function readFixes(ctx: Context, vehicle: number, from: Date, to: Date): Promise<Fix[]> {
  const { rows } = await sql<{ at: number[] | null; lng: number[]; lat: number[]; speed: number[]; bearing: number[] }>`
    select array_agg(extract(epoch from at)::float8 order by at) as at, array_agg(lng order by at) as lng, array_agg(lat order by at) as lat,
           array_agg(speed order by at) as speed, array_agg(bearing order by at) as bearing
      from (select at, lng, lat, speed, bearing from vehicle_position
             where vehicle = ${vehicle} and at >= ${from} and at < ${to} and status & 2 <> 0
             order by at limit ${MOST_POSITIONS + 1}) p`.execute(own(ctx))
  const { at, lng, lat, speed, bearing } = rows[0]!
  return (at ?? []).map((seconds, i) => ({ at: Math.round(seconds * 1000), lng: lng[i]! / DEGREE, lat: lat[i]! / DEGREE, kmh: kmhOf(speed[i]!), bearing: bearing[i]! }))
}

async function readMedia(ctx: Context, vehicle: number, from: Date, to: Date): Promise<TrackShown['media']> {
  const rows = await own(ctx)
    .selectFrom('vehicleMedia')
    .select(['at', 'type', 'event', 'channel'])
    .where('vehicle', '=', vehicle)
    .where('at', '>=', from)
    .where('at', '<', to)
    .orderBy('at')
    .limit(MOST_MEDIA)
    .execute()
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }))
}
