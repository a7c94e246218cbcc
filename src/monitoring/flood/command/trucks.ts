// Pump trucks (防洪泵车): where they are, whether they pump, and who drives them.

import { announce, holds, record, type Context } from '../../../kernel/index.ts'
import { findDivisions } from '../../../atlas/index.ts'
import { findPerson } from '../../../registry/index.ts'
import type { VehicleShown } from '../../vehicles/contract.ts'
import { listVehicles, readVehicle } from '../../vehicles/vehicles.ts'
import type { TruckShown } from './contract.ts'
import { floodStaffChanged } from './events.ts'
import { personUnknown, truckUnfit } from './problems.ts'
import { pumpState } from './pump-state.ts'
import { COMMAND, whoIs } from './staff.ts'
import { ownCommand } from './tables.ts'

const MOST = 200

export const districtsHere = async (ctx: Context): Promise<string[]> => (await findDivisions(ctx, { level: 'district' })).map(({ code }) => code)

/** The pump trucks that the caller sees. */
export async function readTrucks(ctx: Context): Promise<TruckShown[]> {
  const { items } = await listVehicles(ctx, { kind: 'pump', limit: MOST })
  return present(ctx, items.filter(({ state }) => state !== 'retired'))
}

async function present(ctx: Context, vehicles: readonly VehicleShown[]): Promise<TruckShown[]> {
  if (vehicles.length === 0) return []
  const codes = vehicles.map(({ code }) => code)
  const drivers = await ownCommand(ctx).selectFrom('floodTruck').select(['vehicle', 'accountId']).where('vehicle', 'in', codes).execute()
  const busy = await ownCommand(ctx)
    .selectFrom('floodAssignment')
    .select('vehicle')
    .where('vehicle', 'in', codes)
    .where('district', 'in', await districtsHere(ctx))
    .where('endedAt', 'is', null)
    .execute()
  const [taken, accounts, find] = [new Set(busy.map(({ vehicle }) => vehicle)), new Map(drivers.map(({ vehicle, accountId }) => [vehicle, accountId])), await whoIs(ctx)]
  const shown: TruckShown[] = []
  for (const each of vehicles) {
    const id = accounts.get(each.code)
    const driver = id === undefined ? undefined : await find(id)
    const { latest, doing } = each
    shown.push({
      code: each.code,
      name: each.name,
      plate: each.plate,
      district: each.district,
      driver: each.driver,
      account: id !== undefined && driver ? { id, name: driver.name, phone: holds(ctx, COMMAND, { region: each.district }) ? driver.phone : null } : null,
      unit: each.ownerName,
      doing,
      position: latest?.position ?? null,
      at: latest?.at ?? null,
      speedKmh: latest?.speedKmh ?? 0,
      ...pumpState(each.pump, doing),
      free: each.state === 'in_service' && !taken.has(each.code),
    })
  }
  return shown
}

/** A pump truck in service that the caller sees. */
export async function getTruck(ctx: Context, code: string): Promise<VehicleShown> {
  const found = await readVehicle(ctx, code)
  if (found.kind !== 'pump' || found.state !== 'in_service') throw truckUnfit({ code })
  return found
}

export const driverOf = async (ctx: Context, vehicle: string): Promise<string | undefined> =>
  (await ownCommand(ctx).selectFrom('floodTruck').select('accountId').where('vehicle', '=', vehicle).executeTakeFirst())?.accountId

export async function setDriver(ctx: Context, code: string, account: string | null): Promise<TruckShown> {
  const found = await readVehicle(ctx, code, COMMAND)
  if (found.kind !== 'pump') throw truckUnfit({ code })
  if (account !== null && !(await findPerson(ctx, account))) throw personUnknown()
  await writeDriver(ctx, code, account)
  record(ctx, 'monitoring.flood-driver-set', code, found.district, { account })
  announce(ctx, floodStaffChanged, found.district, { point: code })
  return (await present(ctx, [found]))[0]!
}

export async function writeDriver(ctx: Context, vehicle: string, accountId: string | null): Promise<void> {
  await ownCommand(ctx).deleteFrom('floodTruck').where('vehicle', '=', vehicle).execute()
  if (accountId !== null) await ownCommand(ctx).insertInto('floodTruck').values({ vehicle, accountId, changedAt: ctx.now, changedBy: ctx.actor.id }).execute()
}

/** Where trucks were last, by code. */
export async function truckPlaces(ctx: Context, codes: readonly string[]): Promise<Map<string, NonNullable<VehicleShown['latest']>>> {
  const places = new Map<string, NonNullable<VehicleShown['latest']>>()
  for (const code of codes) {
    const { latest } = await readVehicle(ctx, code)
    if (latest) places.set(code, latest)
  }
  return places
}
