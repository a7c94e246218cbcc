// Calls people up to flood points, and orders people and pump trucks there.

import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { announce, record, type Context } from '../../../kernel/index.ts'
import { directory, type KnownDevice } from '../../directory.ts'
import { readFlood } from '../read-flood.ts'
import { reacherOf } from '../../scope.ts'
import type { CallBody, OrderBody } from './contract.ts'
import { floodCommanded, type FloodCommanded } from './events.ts'
import { nobodyOnRoll, nonePending, personUnknown, personUnreachable, pointsUnclear, pointWithoutPlace, truckBusy, whomUnclear } from './problems.ts'
import { GEOFENCE_METRES } from './profile.ts'
import { COMMAND, pointsCommanded, reachableIn, whoIs, type Known } from './staff.ts'
import { ownCommand, type AssignmentTable } from './tables.ts'
import { districtsHere, driverOf, getTruck } from './trucks.ts'

const UNMARKED = {
  receivedAt: null,
  receivedHow: null,
  acceptedAt: null,
  acceptedHow: null,
  leftAt: null,
  leftHow: null,
  arrivedAt: null,
  arrivedHow: null,
  finishedAt: null,
  finishedHow: null,
  claims: {},
  startLng: null,
  startLat: null,
  seenAt: null,
  seenLng: null,
  seenLat: null,
  seenMetres: null,
  nearing: null,
  endedAt: null,
  result: null,
  endReason: null,
  steps: 1,
} as const

type Made = Pick<AssignmentTable, 'kind' | 'words' | 'profile'> & Partial<Pick<AssignmentTable, 'role' | 'vehicle' | 'vehicleName'>>

function rowOf(ctx: Context, point: KnownDevice, accountId: string | null, person: Known | undefined, made: Made): AssignmentTable {
  if (!point.position) throw pointWithoutPlace({ name: point.name })
  const [lng, lat] = point.position
  return {
    ...UNMARKED,
    role: null,
    vehicle: null,
    vehicleName: null,
    ...made,
    id: randomUUIDv7(),
    district: point.district,
    point: point.code,
    pointName: point.name,
    accountId,
    personName: person?.name ?? null,
    unitCode: person?.unitCode ?? null,
    lng,
    lat,
    geofenceMetres: GEOFENCE_METRES,
    orderedAt: ctx.now,
    orderedBy: ctx.actor.id,
    orderedByName: ctx.actor.name,
  }
}

export function tell(ctx: Context, row: AssignmentTable, what: FloodCommanded['what']): void {
  const { id, district, kind, point, pointName, accountId, personName, words, orderedByName } = row
  announce(ctx, floodCommanded, district, { id, district, kind, point, pointName, to: accountId, name: personName, what, words, by: orderedByName })
}

async function insert(ctx: Context, rows: readonly AssignmentTable[]): Promise<AssignmentTable[]> {
  if (rows.length === 0) return []
  const made = await ownCommand(ctx)
    .insertInto('floodAssignment')
    .values([...rows])
    // Whoever was called there a moment ago by another.
    .onConflict((clash) => clash.doNothing())
    .returning('id')
    .execute()
  const ids = new Set(made.map(({ id }) => id))
  const fresh = rows.filter(({ id }) => ids.has(id))
  if (fresh.length === 0) return []
  const steps = fresh.map(({ id, district, words }) => ({ assignment: id, district, ordinal: 1, what: 'made', how: null, at: ctx.now, actorId: ctx.actor.id, actorName: ctx.actor.name, note: words || null }))
  await ownCommand(ctx).insertInto('floodAssignmentStep').values(steps).execute()
  for (const row of fresh) tell(ctx, row, 'made')
  return fresh
}

/** The points that are meant: named, or all that stand at a level or above. */
async function pointsMeant(ctx: Context, { points, level }: CallBody): Promise<KnownDevice[]> {
  if ((points === undefined) === (level === undefined)) throw pointsUnclear()
  if (points !== undefined) return pointsCommanded(ctx, points)
  const [{ byCode }, commands, flood] = [await directory(ctx), await reacherOf(ctx, COMMAND), await readFlood(ctx, undefined)]
  const wet = flood.points.filter(({ state, device }) => state >= level! && commands(byCode.get(device)!))
  if (wet.length === 0) throw nonePending()
  return pointsCommanded(ctx, wet.map(({ device }) => device))
}

/** 叫应: everybody on the roll of these points who is not called there already. */
export async function callUp(ctx: Context, body: CallBody): Promise<{ rows: AssignmentTable[]; already: number; empty: string[] }> {
  const points = await pointsMeant(ctx, body)
  const staff = await ownCommand(ctx)
    .selectFrom('floodStaff')
    .selectAll()
    .where('point', 'in', points.map(({ code }) => code))
    .orderBy('point')
    .orderBy('ordinal')
    .execute()
  const rolls = Map.groupBy(staff, ({ point }) => point)
  const find = await whoIs(ctx)
  const rows: AssignmentTable[] = []
  const empty: string[] = []
  for (const point of points) {
    const before = rows.length
    for (const { accountId, role } of rolls.get(point.code) ?? []) {
      const person = await find(accountId)
      if (person) rows.push(rowOf(ctx, point, accountId, person, { kind: 'call', words: body.words?.trim() ?? '', profile: null, role }))
    }
    if (rows.length === before) empty.push(point.name)
  }
  if (rows.length === 0) throw nobodyOnRoll({ names: empty.join('、') })
  const fresh = await insert(ctx, rows)
  for (const [point, some] of Map.groupBy(fresh, (row) => row.point)) {
    record(ctx, 'monitoring.flood-called', point, some[0]!.district, { people: some.map(({ accountId }) => accountId), words: body.words ?? '', ...(body.level !== undefined && { level: body.level }) })
  }
  return { rows: fresh, already: rows.length - fresh.length, empty }
}

/** 指令, to one person or one truck; its clocks start with the commit. */
export async function giveOrder(ctx: Context, { point: code, person: id, truck, words, profile }: OrderBody): Promise<AssignmentTable> {
  const [point] = await pointsCommanded(ctx, [code])
  if ((id === undefined) === (truck === undefined)) throw whomUnclear()
  const find = await whoIs(ctx)
  const common = { kind: 'order', words: words.trim(), profile: profile ?? null } as const
  const row = truck === undefined ? rowOf(ctx, point!, id!, await reachable(ctx, id!, point!, find), common) : await forTruck(ctx, truck, point!, find, common)
  await insert(ctx, [row])
  record(ctx, 'monitoring.flood-ordered', code, point!.district, { id: row.id, person: row.accountId, truck: row.vehicle, profile: row.profile, words: row.words })
  return row
}

type Find = Awaited<ReturnType<typeof whoIs>>

async function reachable(ctx: Context, id: string, { district }: KnownDevice, find: Find): Promise<Known> {
  const person = await find(id)
  if (!person) throw personUnknown()
  if (!(await reachableIn(ctx))(id, district)) throw personUnreachable({ name: person.name })
  return person
}

/** A truck has one order at a time: it cannot pump in two places. */
async function forTruck(ctx: Context, code: string, point: KnownDevice, find: Find, made: Made): Promise<AssignmentTable> {
  const vehicle = await getTruck(ctx, code)
  // Two who order at once are told apart: the second sees what the first has ordered.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`flood-truck ${code}`}, 0))`.execute(ownCommand(ctx))
  const running = await ownCommand(ctx)
    .selectFrom('floodAssignment')
    .select('pointName')
    .where('vehicle', '=', code)
    .where('district', 'in', await districtsHere(ctx))
    .where('endedAt', 'is', null)
    .executeTakeFirst()
  if (running) throw truckBusy({ name: vehicle.name, point: running.pointName })
  const driver = await driverOf(ctx, code)
  const person = driver === undefined ? undefined : await find(driver)
  const row = rowOf(ctx, point, person ? driver! : null, person, { ...made, vehicle: code, vehicleName: vehicle.name })
  return { ...row, personName: row.personName ?? (vehicle.driver || null) }
}
