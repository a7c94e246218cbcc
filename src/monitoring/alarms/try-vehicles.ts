// A trial run of a rule of vehicles over where they were. It touches nothing.

import { sql } from 'kysely'
import type { Context } from '../../kernel/index.ts'
import { getCityFacts } from '../../atlas/index.ts'
import { reacherOf } from '../scope.ts'
import { own } from '../tables.ts'
import { fleet } from '../vehicles/directory.ts'
import { DEGREE, kmhOf } from '../vehicles/position.ts'
import { QUIET, type Watch } from './advance.ts'
import { limitsAt } from './limits.ts'
import type { RuleBody } from './rule.ts'
import { rungBy, type Rung } from './rung.ts'
import { weigherOf, type VehicleFix } from './vehicle-meter.ts'
import { vehiclesOf } from './vehicle-watcher.ts'

const ROWS_AT_MOST = 300_000

export async function tryVehicles(ctx: Context, body: RuleBody, begin: Date, end: Date) {
  const known = await fleet(ctx)
  const vehicles = vehiclesOf(body, known).filter(await reacherOf(ctx, 'monitoring.read'))
  const { rows } = await sql<{ vehicle: number; at: number; lng: number; lat: number; speed: number }>`
    select vehicle, (extract(epoch from at) * 1000)::float8 as at, lng, lat, speed from vehicle_position
     where vehicle = any(${vehicles.map(({ number }) => number)}::int[]) and at >= ${begin} and at < ${end} and status & 2 <> 0
     order by at desc limit ${ROWS_AT_MOST + 1}`.execute(own(ctx))
  const fixes = rows.slice(0, ROWS_AT_MOST).toReversed().map(({ vehicle, at, lng, lat, speed }) => ({ vehicle, at, position: [lng / DEGREE, lat / DEGREE] as [number, number], kmh: kmhOf(speed) }))
  const { zone } = await getCityFacts(ctx)
  const of = (number: number) => {
    const { code, plate, name } = known.get(number)!
    return { code, name: `${plate} ${name}` }
  }
  return { watched: vehicles.length, samples: fixes.length, whole: rows.length <= ROWS_AT_MOST, rung: vehiclesRing(body, fixes, zone), of }
}

/** When a rule would have rung, over fixes in the order of time. Pure. */
export function vehiclesRing(rule: RuleBody, fixes: readonly (VehicleFix & { readonly vehicle: number })[], zone?: string): Rung[] {
  const weigh = weigherOf(rule, (at) => limitsAt(rule, at, zone))
  const watches = new Map<number, Watch>()
  const rung = rungBy(rule.side)
  for (const { vehicle, ...fix } of fixes) {
    const { x, after } = weigh(vehicle, watches.get(vehicle) ?? QUIET, fix)
    watches.set(vehicle, after)
    rung.note(vehicle, after.level, x, fix.at)
  }
  return rung.all
}
