// Who answers for a flood point, and whose phone gets the orders of a pump truck.

import { announce, findHolders, holds, record, type Context, type Words } from '../../../kernel/index.ts'
import { findPerson, findReached, findUnits } from '../../../registry/index.ts'
import { directory, type KnownDevice } from '../../directory.ts'
import { reacherOf } from '../../scope.ts'
import { ownFlood } from '../tables.ts'
import { pointUnknown } from '../problems.ts'
import type { StaffBody, StaffShown } from './contract.ts'
import { floodStaffChanged } from './events.ts'
import { personUnknown } from './problems.ts'
import { ownCommand, type FloodStaffTable } from './tables.ts'

export const COMMAND = 'monitoring.command'
const RESPOND = 'case.respond'

/** The points of these codes that the caller commands, in the order asked for. */
export async function pointsCommanded(ctx: Context, codes: readonly string[]): Promise<KnownDevice[]> {
  const { byCode } = await directory(ctx)
  const reaches = await reacherOf(ctx, COMMAND)
  const rows = await ownFlood(ctx).selectFrom('floodPoint').select('device').where('device', 'in', codes.length > 0 ? [...codes] : ['']).execute()
  const points = new Set(rows.map(({ device }) => device))
  return [...new Set(codes)].map((code) => {
    const device = byCode.get(code)
    if (!device || !points.has(code) || !reaches(device)) throw pointUnknown({ device: code })
    return device
  })
}

export interface Known {
  readonly name: string
  readonly phone: string | null
  readonly unitCode: string | null
  readonly unit: Words | null
}

/** How people are called and whose they are; from memory. */
export async function whoIs(ctx: Context): Promise<(id: string) => Promise<Known | undefined>> {
  const units = new Map((await findUnits(ctx)).map(({ path, code, name }) => [path, { code, name }]))
  return async (id) => {
    const found = await findReached(ctx, id)
    const unit = found && units.get(found.unitPath)
    return found && { name: found.name, phone: found.phone, unitCode: unit?.code ?? null, unit: unit?.name ?? null }
  }
}

/** Whether a person's device gets what is ordered in a district. */
export async function reachableIn(ctx: Context): Promise<(id: string, district: string) => boolean> {
  const held = Map.groupBy(await findHolders(ctx, RESPOND), ({ id }) => id)
  return (id, district) => held.get(id)?.some(({ region }) => district.startsWith(region)) ?? false
}

export async function readRolls(ctx: Context, points: readonly KnownDevice[]): Promise<Map<string, StaffShown[]>> {
  if (points.length === 0) return new Map()
  const rows = await ownCommand(ctx)
    .selectFrom('floodStaff')
    .selectAll()
    .where('point', 'in', points.map(({ code }) => code))
    .orderBy('point')
    .orderBy('ordinal')
    .execute()
  const byPoint = Map.groupBy(rows, ({ point }) => point)
  const [find, reachable] = [await whoIs(ctx), await reachableIn(ctx)]
  const rolls = new Map<string, StaffShown[]>()
  for (const { code, district } of points) {
    // Telephones are for whoever calls.
    const calls = holds(ctx, COMMAND, { region: district })
    const roll: StaffShown[] = []
    for (const { accountId, role, phone } of byPoint.get(code) ?? []) {
      const person = await find(accountId)
      if (!person) continue
      roll.push({ id: accountId, name: person.name, role, phone: calls ? (phone ?? person.phone) : null, ownPhone: calls ? phone : null, unit: person.unit, reachable: reachable(accountId, district) })
    }
    rolls.set(code, roll)
  }
  return rolls
}

/** The roll of a point as a whole, in the order given. */
export async function setStaff(ctx: Context, device: string, staff: readonly StaffBody[]) {
  const [point] = await pointsCommanded(ctx, [device])
  for (const { id } of staff) if (!(await findPerson(ctx, id))) throw personUnknown()
  const people = new Map(staff.map((one) => [one.id, one]))
  await writeStaff(ctx, device, [...people.values()])
  record(ctx, 'monitoring.flood-staff-set', device, point!.district, { staff: [...people.values()].map(({ id, role, phone }) => ({ id, role, phone: phone ? '***' : null })) })
  announce(ctx, floodStaffChanged, point!.district, { point: device })
  return { device, staff: (await readRolls(ctx, [point!])).get(device)! }
}

export async function writeStaff(ctx: Context, point: string, staff: readonly StaffBody[]): Promise<void> {
  await ownCommand(ctx).deleteFrom('floodStaff').where('point', '=', point).execute()
  if (staff.length === 0) return
  const rows = staff.map(({ id, role, phone }, ordinal): FloodStaffTable => ({ point, accountId: id, role, phone: phone ?? null, ordinal, changedAt: ctx.now, changedBy: ctx.actor.id }))
  await ownCommand(ctx).insertInto('floodStaff').values(rows).execute()
}
