import { sql } from 'kysely'
import { announce, cursorOf, demand, keyOf, record, type Context, type Fault, type Words } from '../../kernel/index.ts'
import { findDivisions } from '../../atlas/index.ts'
import { findUnits } from '../../registry/index.ts'
import { alarmsOf } from '../jt808/index.ts'
import { reacherOf, seenBy } from '../scope.ts'
import { own } from '../tables.ts'
import { plainPhone } from './admission.ts'
import type { NewVehicle, VehicleBody, VehicleKind, VehicleQuery, VehicleShown } from './contract.ts'
import { doingOf } from './doing.ts'
import { vehiclesChanged } from './events.ts'
import { DEGREE, kmhOf } from './position.ts'
import { vehicleExists, vehicleFaulty, vehicleUnknown } from './problems.ts'
import type { VehicleLatestTable, VehicleTable } from './tables.ts'

type Row = VehicleTable & { readonly latest: VehicleLatestTable | undefined; readonly ownerName: Words | null }

const show = (ctx: Context, { latest, ...row }: Row): VehicleShown => ({
  code: row.code,
  plate: row.plate,
  phone: row.phone,
  kind: row.kind as VehicleKind,
  name: row.name,
  district: row.district,
  ownerUnit: row.ownerUnit,
  driver: row.driver,
  pumpSignal: row.pumpSignal,
  state: row.state,
  terminal: row.terminal,
  ownerName: row.ownerName,
  changedAt: row.changedAt.toISOString(),
  doing: doingOf(latest, +ctx.now),
  latest: latest
    ? {
        at: latest.at.toISOString(),
        position: latest.lng === null || latest.lat === null ? null : [latest.lng / DEGREE, latest.lat / DEGREE],
        fixedAt: latest.fixedAt?.toISOString() ?? null,
        speedKmh: kmhOf(latest.speed),
        bearing: latest.bearing,
        altitudeM: latest.altitude,
        alarms: alarmsOf(latest.alarm >>> 0),
      }
    : null,
  pump: pumpShown(row.pumpSignal, latest),
})

const pumpShown = (signal: string | null, latest: VehicleLatestTable | undefined): VehicleShown['pump'] =>
  signal !== null && latest?.pumpAt && latest.pumpSince && latest.pump !== null ? { running: latest.pump, at: latest.pumpAt.toISOString(), since: latest.pumpSince.toISOString() } : null

async function withLatest(ctx: Context, rows: readonly VehicleTable[]): Promise<Row[]> {
  if (rows.length === 0) return []
  const found = await own(ctx).selectFrom('vehicleLatest').selectAll().where('vehicle', 'in', rows.map(({ number }) => number)).execute()
  const latest = new Map(found.map((each) => [each.vehicle, each]))
  const names = new Map((await findUnits(ctx)).map((unit) => [unit.code, unit.name]))
  return rows.map((row) => ({ ...row, latest: latest.get(row.number), ownerName: names.get(row.ownerUnit ?? '') ?? null }))
}

/** What stands for itself in a pattern of LIKE. */
const literally = (text: string): string => text.replaceAll(/[\\%_]/g, '\\$&')

interface Question extends VehicleQuery {
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
}

export async function listVehicles(ctx: Context, { words, kind, state, district, cursor, limit = 50 }: Question) {
  const [after] = cursor === undefined ? [] : keyOf(cursor, 'text')
  const like = words === undefined ? undefined : `%${literally(words.trim())}%`
  const wanted = sql.join(
    [
      await seenBy(ctx, 'monitoring.read'),
      ...(after === undefined ? [] : [sql`code > ${after}`]),
      ...(like === undefined ? [] : [sql`(code ilike ${like} or plate ilike ${like} or name ilike ${like})`]),
      ...(kind === undefined ? [] : [sql`kind = ${kind}`]),
      ...(state === undefined ? [] : [sql`state = ${state}`]),
      ...(district === undefined ? [] : [sql`district = ${district}`]),
    ],
    sql` and `,
  )
  const { rows } = await sql<VehicleTable>`select * from vehicle where ${wanted} order by code limit ${limit + 1}`.execute(own(ctx))
  const items = await withLatest(ctx, rows.slice(0, limit))
  return { items: items.map((row) => show(ctx, row)), next: rows.length > limit ? cursorOf([items.at(-1)!.code]) : null }
}

/** The vehicle of this code, where the caller may do this with it. */
export async function getVehicleRow(ctx: Context, code: string, permit: string): Promise<VehicleTable> {
  const row = await own(ctx).selectFrom('vehicle').selectAll().where('code', '=', code).executeTakeFirst()
  if (!row || !(await reacherOf(ctx, permit))(row)) throw vehicleUnknown({ code })
  return row
}

export async function readVehicle(ctx: Context, code: string, permit = 'monitoring.read'): Promise<VehicleShown> {
  const [row] = await withLatest(ctx, [await getVehicleRow(ctx, code, permit)])
  return show(ctx, row!)
}

async function examine(ctx: Context, code: string, { plate, phone, ownerUnit, district }: VehicleBody): Promise<Fault[]> {
  const faults: Fault[] = []
  const say = (at: string, zh: string, en: string) => faults.push({ at, reason: { zh, en } })
  if (!(await findDivisions(ctx, { level: 'district' })).some(({ code: known }) => known === district)) say('district', `没有区县 ${district}`, `there is no district ${district}`)
  if (ownerUnit !== null && !(await findUnits(ctx)).some((unit) => unit.code === ownerUnit)) say('ownerUnit', `没有单位 ${ownerUnit}`, `there is no unit ${ownerUnit}`)
  const others = await own(ctx)
    .selectFrom('vehicle')
    .select(['plate', 'phone'])
    .where('code', '<>', code)
    .where((where) => where.or([where('plate', '=', plate), where('phone', '=', plainPhone(phone))]))
    .execute()
  if (others.some((other) => other.plate === plate)) say('plate', `已有号牌为 ${plate} 的车辆`, `another vehicle has the plate ${plate}`)
  if (others.some((other) => other.phone === plainPhone(phone))) say('phone', `终端手机号 ${phone} 已用于其他车辆`, `another vehicle has a terminal of the number ${phone}`)
  return faults
}

async function demandOver(ctx: Context, body: Pick<VehicleBody, 'district' | 'ownerUnit'>): Promise<void> {
  if ((await reacherOf(ctx, 'monitoring.edit'))(body)) return
  const path = (await findUnits(ctx)).find(({ code }) => code === body.ownerUnit)?.path ?? ''
  demand(ctx, 'monitoring.edit', { region: body.district, unit: path })
}

const columnsOf = (ctx: Context, body: VehicleBody) => ({ ...body, pumpSignal: body.pumpSignal ?? null, phone: plainPhone(body.phone), changedAt: ctx.now, changedBy: ctx.actor.id })

export async function addVehicle(ctx: Context, { code, ...body }: NewVehicle): Promise<VehicleShown> {
  await demandOver(ctx, body)
  await sql`lock table vehicle in share row exclusive mode`.execute(own(ctx))
  const known = await own(ctx).selectFrom('vehicle').select('code').where('code', '=', code).executeTakeFirst()
  if (known) throw vehicleExists({ code })
  const faults = await examine(ctx, code, body)
  if (faults.length > 0) throw vehicleFaulty(undefined, { faults })

  const { rows } = await sql<{ most: number | null }>`select max(number) as most from vehicle`.execute(own(ctx))
  await own(ctx).insertInto('vehicle').values({ code, number: (rows[0]?.most ?? 0) + 1, ...columnsOf(ctx, body), madeAt: ctx.now }).execute()
  record(ctx, 'monitoring.vehicle-made', code, body.district, body)
  announce(ctx, vehiclesChanged, body.district, { codes: [code] })
  return readVehicle(ctx, code, 'monitoring.edit')
}

const UNBOUND = { terminal: null, digest: null } as const

export async function changeVehicle(ctx: Context, code: string, body: VehicleBody): Promise<VehicleShown> {
  const before = await getVehicleRow(ctx, code, 'monitoring.edit')
  await demandOver(ctx, body)
  await sql`lock table vehicle in share row exclusive mode`.execute(own(ctx))
  const faults = await examine(ctx, code, body)
  if (faults.length > 0) throw vehicleFaulty(undefined, { faults })

  const other = plainPhone(body.phone) !== before.phone
  await own(ctx).updateTable('vehicle').set({ ...columnsOf(ctx, body), ...(other && UNBOUND) }).where('code', '=', code).execute()
  record(ctx, 'monitoring.vehicle-changed', code, body.district, body)
  announce(ctx, vehiclesChanged, body.district, { codes: [code] })
  return readVehicle(ctx, code, 'monitoring.edit')
}

/** Lets go of the terminal that registered for it, so that another may. */
export async function releaseTerminal(ctx: Context, code: string): Promise<VehicleShown> {
  const { district, terminal } = await getVehicleRow(ctx, code, 'monitoring.edit')
  await own(ctx).updateTable('vehicle').set({ ...UNBOUND, changedAt: ctx.now, changedBy: ctx.actor.id }).where('code', '=', code).execute()
  record(ctx, 'monitoring.vehicle-released', code, district, { terminal })
  announce(ctx, vehiclesChanged, district, { codes: [code] })
  return readVehicle(ctx, code, 'monitoring.edit')
}

export const isFleetEmpty = async (ctx: Context): Promise<boolean> => !(await own(ctx).selectFrom('vehicle').select('code').limit(1).executeTakeFirst())
