import type { Context } from '../../kernel/index.ts'
import { findCity, findComponent, findDivisions, getCityFacts, locator } from '../../atlas/index.ts'
import { findUnits } from '../../registry/index.ts'
import { listUnsound } from '../problems.ts'
import { demandHere, reacherOf } from '../scope.ts'
import type { DeviceBody } from '../shapes.ts'
import { own } from '../tables.ts'
import { insertDevices, tellOfDevices, updateDevices } from '../write-devices.ts'
import type { FaultShown, ListBody, ListChecked } from './contract.ts'
import { codeOf, DEVICE_COLUMNS, readDevice, sameDevice, type Known, type ReadDevice } from './device-list.ts'
import { FAULTS_NAMED, faultOf, named, readList, type ListRow, type ReadList } from './list-file.ts'

const EDIT = 'monitoring.edit'

/** Checks a list of devices whole, says what it would change, and changes it when it is sound and `apply` is asked. What the list does not name stays. */
export async function importDevices(ctx: Context, { apply, ...given }: ListBody): Promise<ListChecked> {
  await demandHere(ctx, EDIT)
  const list = await readList(given, DEVICE_COLUMNS, (await getCityFacts(ctx)).zone)
  const known = await knownTo(ctx, list)
  const read = list.rows.map((row) => readDevice(row, known))
  const faults = [...list.faults, ...twice(list.rows), ...read.flatMap((each) => each.faults)].toSorted((one, other) => one.row - other.row)
  if (apply && faults.length > 0) throw unsound(faults)
  const added = read.filter(({ code }) => !known.standing(code))
  const changed = read.filter(({ code, body }) => {
    const before = known.standing(code)
    return before && !sameDevice(before, body)
  })
  if (apply) await write(ctx, added, changed)
  return { rows: read.length, added: added.length, changed: changed.length, same: read.length - added.length - changed.length, ...shown(faults), applied: apply }
}

export const shown = (faults: readonly FaultShown[]) => ({ faults: faults.slice(0, FAULTS_NAMED), more: Math.max(0, faults.length - FAULTS_NAMED) })

export const unsound = (faults: readonly FaultShown[]) =>
  listUnsound({ count: faults.length }, { faults: faults.slice(0, FAULTS_NAMED).map(({ row, column, reason }) => ({ at: `${row}:${column.zh}`, reason })) })

async function write(ctx: Context, added: readonly ReadDevice[], changed: readonly ReadDevice[]): Promise<void> {
  if (added.length + changed.length === 0) return
  await insertDevices(ctx, added)
  await updateDevices(ctx, changed)
  const districts = new Set([...added, ...changed].map(({ body }) => body.district))
  const district = districts.size === 1 ? [...districts][0]! : ((await findCity(ctx))?.code ?? '')
  tellOfDevices(ctx, 'monitoring.devices-imported', district, [...added, ...changed].map(({ code }) => code))
}

/** One code stands in one row. */
function twice(rows: readonly ListRow[]): FaultShown[] {
  const first = new Map<string, number>()
  return rows.flatMap((row) => {
    const code = codeOf(row)
    const before = first.get(code)
    if (before === undefined) first.set(code, row.row)
    return before === undefined || code === ''
      ? []
      : [faultOf(row.row, DEVICE_COLUMNS[0].title, [`代码 ${code} 已在第 ${before} 行`, `the code ${code} stands in row ${before} already`], ['留下一行', 'keep one of the rows'])]
  })
}

async function knownTo(ctx: Context, { rows, has }: ReadList): Promise<Known> {
  const products = await own(ctx).selectFrom('product').select(['code', 'zh', 'en']).execute()
  const units = (await findUnits(ctx)).map(({ code, name }) => ({ code, ...name }))
  const districts = (await findDivisions(ctx, { level: 'district' })).map(({ code, name }) => ({ code, ...name }))
  const standing = await standingDevices(ctx, [...rows.map(codeOf), ...rows.map((row) => row.cell('gateway'))])
  const here = new Map(rows.map((row) => [codeOf(row), has('gateway') ? row.cell('gateway') || null : (standing.get(codeOf(row))?.gateway ?? null)]))
  const cellAt = await locator(ctx)
  const [product, unit, district] = [named(products), named(units), named(districts)]
  const components = await findThose(ctx, rows, standing)
  return {
    product: (word) => product(word)?.code,
    unit: (word) => unit(word)?.code,
    district: (word) => district(word)?.code,
    isComponent: (code) => components.has(code),
    gatewayOf: (code) => (here.has(code) ? here.get(code) : standing.get(code)?.gateway),
    locate: (at) => cellAt(at),
    mayKeep: await reacherOf(ctx, EDIT),
    standing: (code) => standing.get(code),
    has,
  }
}

async function standingDevices(ctx: Context, codes: readonly string[]): Promise<Map<string, DeviceBody>> {
  const rows = await own(ctx).selectFrom('device').selectAll().where('code', 'in', [...new Set(['', ...codes])]).execute()
  return new Map(
    rows.map(({ code, product, name, district, position, ownerUnit, component, gateway, state }) => {
      const at = typeof position === 'object' && position ? ([position.x, position.y] as [number, number]) : null
      return [code, { product, name, district, position: at, ownerUnit, component, gateway, state }]
    }),
  )
}

/** Of the components that are named anew those that are there. */
async function findThose(ctx: Context, rows: readonly ListRow[], standing: ReadonlyMap<string, DeviceBody>): Promise<Set<string>> {
  const there = new Set<string>()
  const asked = new Set(rows.filter((row) => row.cell('component') !== standing.get(codeOf(row))?.component).map((row) => row.cell('component')))
  asked.delete('')
  for (const code of asked) if (await findComponent(ctx, code)) there.add(code)
  return there
}
