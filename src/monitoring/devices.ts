import { sql } from 'kysely'
import { announce, cursorOf, demand, keyOf, record, type Context, type Fault, type Words } from '../kernel/index.ts'
import { findComponent, locate } from '../atlas/index.ts'
import { findUnits } from '../registry/index.ts'
import type { DeviceBody, DeviceQuery, DeviceShown, NewDevice } from './contract.ts'
import { devicesChanged } from './events.ts'
import { freshKey, digestOf } from './key.ts'
import { latestOf, sayLatest, type Latest } from './latest.ts'
import { deviceExists, deviceFaulty, deviceUnknown } from './problems.ts'
import { reacherOf, seenBy } from './scope.ts'
import { seriesOf } from './series.ts'
import { own, type DeviceTable, type Metric } from './tables.ts'
import { columnsOf, nextNumber } from './write-devices.ts'

type Row = Omit<DeviceTable, 'position'> & { position: { x: number; y: number } | null; metrics: Metric[] }

const show = (ctx: Context, row: Row, known: ReadonlyMap<number, Latest>, units: ReadonlyMap<string, Words>): DeviceShown => ({
  code: row.code,
  product: row.product,
  name: row.name,
  district: row.district,
  cell: row.cell,
  position: row.position ? [row.position.x, row.position.y] : null,
  ownerUnit: row.ownerUnit,
  ownerName: units.get(row.ownerUnit ?? '') ?? null,
  component: row.component,
  gateway: row.gateway,
  state: row.state,
  keyTail: row.keyTail,
  changedAt: row.changedAt.toISOString(),
  ...sayLatest(row.number, row.metrics, known, ctx.now),
  ...(row.state !== 'in_service' && { silent: false }),
})

const unitNames = async (ctx: Context): Promise<Map<string, Words>> => new Map((await findUnits(ctx)).map(({ code, name }) => [code, name]))

const seriesOfRow = ({ number, metrics }: Row): number[] => metrics.map(({ no }) => seriesOf(number, no))

/** What stands for itself in a pattern of LIKE. */
const literally = (text: string): string => text.replaceAll(/[\\%_]/g, '\\$&')

interface Question extends DeviceQuery {
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
}

/** Those that the caller sees and that fit, as a condition on `device d`. */
export async function devicesFitting(ctx: Context, { words, product, trade, state, district, gateway }: DeviceQuery) {
  const like = words === undefined ? undefined : `%${literally(words.trim())}%`
  return sql.join(
    [
      await seenBy(ctx, 'monitoring.read'),
      ...(like === undefined ? [] : [sql`(d.code ilike ${like} or d.name ilike ${like})`]),
      ...(product === undefined ? [] : [sql`d.product = ${product}`]),
      ...(trade === undefined ? [] : [sql`d.product in (select code from product where trade = ${trade})`]),
      ...(state === undefined ? [] : [sql`d.state = ${state}`]),
      ...(district === undefined ? [] : [sql`d.district = ${district}`]),
      ...(gateway === undefined ? [] : [sql`d.gateway = ${gateway}`]),
    ],
    sql` and `,
  )
}

export async function listDevices(ctx: Context, { cursor, limit = 50, ...filter }: Question) {
  const [after] = cursor === undefined ? [] : keyOf(cursor, 'text')
  const wanted = sql.join([await devicesFitting(ctx, filter), ...(after === undefined ? [] : [sql`d.code > ${after}`])], sql` and `)
  const { rows } = await sql<Row>`
    select d.*, p.metrics from device d join product p on p.code = d.product
     where ${wanted} order by d.code limit ${limit + 1}`.execute(own(ctx))
  const items = rows.slice(0, limit)
  const known = await latestOf(ctx, items.flatMap(seriesOfRow))
  const units = await unitNames(ctx)
  return { items: items.map((row) => show(ctx, row, known, units)), next: rows.length > limit ? cursorOf([items.at(-1)!.code]) : null }
}

/** The device of this code, where the caller may do this with it. */
export async function getRow(ctx: Context, code: string, permit: string): Promise<Row> {
  const { rows } = await sql<Row>`
    select d.*, p.metrics from device d join product p on p.code = d.product where d.code = ${code}`.execute(own(ctx))
  const row = rows[0]
  if (!row || !(await reacherOf(ctx, permit))(row)) throw deviceUnknown({ code })
  return row
}

export async function readDevice(ctx: Context, code: string, permit = 'monitoring.read'): Promise<DeviceShown> {
  const row = await getRow(ctx, code, permit)
  return show(ctx, row, await latestOf(ctx, seriesOfRow(row)), await unitNames(ctx))
}

/** What is wrong with a device, and where it lies. */
async function examine(ctx: Context, code: string, body: DeviceBody): Promise<{ faults: Fault[]; cell: string | null }> {
  const faults: Fault[] = []
  const say = (at: string, zh: string, en: string) => faults.push({ at, reason: { zh, en } })
  const product = await own(ctx).selectFrom('product').select('code').where('code', '=', body.product).executeTakeFirst()
  if (!product) say('product', `没有产品 ${body.product}`, `there is no product ${body.product}`)
  if (body.ownerUnit !== null && !(await findUnits(ctx)).some((unit) => unit.code === body.ownerUnit)) say('ownerUnit', `没有单位 ${body.ownerUnit}`, `there is no unit ${body.ownerUnit}`)
  if (body.component !== null && !(await findComponent(ctx, body.component))) say('component', `没有部件 ${body.component}`, `there is no component ${body.component}`)
  if (body.gateway !== null) {
    const gateway = await own(ctx).selectFrom('device').select(['gateway']).where('code', '=', body.gateway).executeTakeFirst()
    if (!gateway || body.gateway === code) say('gateway', `没有网关 ${body.gateway}`, `there is no gateway ${body.gateway}`)
    else if (gateway.gateway !== null) say('gateway', '网关自身不能再经网关上报', 'a gateway does not report through another')
  }
  const located = body.position ? await locate(ctx, body.position) : undefined
  if (body.position && !located) say('position', '位置不在本市', 'lies outside of the city')
  else if (located && located.district !== body.district) say('district', `位置在区县 ${located.district}`, `the position lies in ${located.district}`)
  return { faults, cell: located?.cell ?? null }
}

async function demandOver(ctx: Context, body: Pick<DeviceBody, 'district' | 'ownerUnit'>): Promise<void> {
  if ((await reacherOf(ctx, 'monitoring.edit'))(body)) return
  const path = (await findUnits(ctx)).find(({ code }) => code === body.ownerUnit)?.path ?? ''
  demand(ctx, 'monitoring.edit', { region: body.district, unit: path })
}

/** Registers a device; the key is given this once and kept only as a digest. */
export async function addDevice(ctx: Context, { code, ...body }: NewDevice): Promise<{ device: DeviceShown; key: string }> {
  await demandOver(ctx, body)
  const number = await nextNumber(ctx)
  const known = await own(ctx).selectFrom('device').select('code').where('code', '=', code).executeTakeFirst()
  if (known) throw deviceExists({ code })
  const { faults, cell } = await examine(ctx, code, body)
  if (faults.length > 0) throw deviceFaulty(undefined, { faults })

  const key = freshKey()
  const secret = { digest: digestOf(key), keyTail: key.slice(-4) }
  await own(ctx).insertInto('device').values({ code, number, ...columnsOf(ctx, body, cell), ...secret, madeAt: ctx.now }).execute()
  record(ctx, 'monitoring.device-made', code, body.district, body)
  announce(ctx, devicesChanged, body.district, { codes: [code] })
  return { device: await readDevice(ctx, code, 'monitoring.edit'), key }
}

export async function changeDevice(ctx: Context, code: string, body: DeviceBody): Promise<DeviceShown> {
  const before = await getRow(ctx, code, 'monitoring.edit')
  await demandOver(ctx, body)
  const { faults, cell } = await examine(ctx, code, body)
  // Its readings are numbered by the metrics of its product.
  if (body.product !== before.product) faults.push({ at: 'product', reason: { zh: '设备的产品不能更换，请另行登记', en: 'the product of a device stays; register another device' } })
  if (faults.length > 0) throw deviceFaulty(undefined, { faults })

  await own(ctx).updateTable('device').set(columnsOf(ctx, body, cell)).where('code', '=', code).execute()
  record(ctx, 'monitoring.device-changed', code, body.district, body)
  announce(ctx, devicesChanged, body.district, { codes: [code] })
  return readDevice(ctx, code, 'monitoring.edit')
}

export async function renewKey(ctx: Context, code: string): Promise<{ key: string }> {
  const { district } = await getRow(ctx, code, 'monitoring.edit')
  const key = freshKey()
  await own(ctx).updateTable('device').set({ digest: digestOf(key), keyTail: key.slice(-4), changedAt: ctx.now, changedBy: ctx.actor.id }).where('code', '=', code).execute()
  record(ctx, 'monitoring.key-renewed', code, district, {})
  announce(ctx, devicesChanged, district, { codes: [code] })
  return { key }
}
