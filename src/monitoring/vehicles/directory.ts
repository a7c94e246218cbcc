// All vehicles in the memory of a process.

import { cache, type Context } from '../../kernel/index.ts'
import { own } from '../tables.ts'
import { vehiclesChanged } from './events.ts'
import type { VehicleTable } from './tables.ts'

export type KnownVehicle = Pick<VehicleTable, 'code' | 'number' | 'phone' | 'plate' | 'kind' | 'name' | 'district' | 'ownerUnit' | 'state' | 'pumpSignal'>

export const fleetOf = cache<ReadonlyMap<number, KnownVehicle>>({
  name: 'monitoring.fleet',
  until: [vehiclesChanged],
  async build(ctx: Context) {
    const rows = await own(ctx).selectFrom('vehicle').select(['code', 'number', 'phone', 'plate', 'kind', 'name', 'district', 'ownerUnit', 'state', 'pumpSignal']).execute()
    return new Map(rows.map((row) => [row.number, row]))
  },
})

/** The vehicles by their numbers. */
export const fleet = (ctx: Context): Promise<ReadonlyMap<number, KnownVehicle>> => ctx.caches.get(ctx, fleetOf)
