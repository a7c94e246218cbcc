// Devices as a list: its columns, and what a row of it says. Nothing here reads a database.

import type { Words } from '../../kernel/contract.ts'
import { CODE, DEVICE_STATES, type DeviceBody } from '../shapes.ts'
import { STATE_NAMES, type FaultShown } from './contract.ts'
import { faultOf, type ListColumn, type ListRow } from './list-file.ts'

export const DEVICE_COLUMNS = [
  { key: 'code', title: { zh: '设备代码', en: 'Code' }, kind: 'text', required: true },
  { key: 'name', title: { zh: '名称', en: 'Name' }, kind: 'text', width: 36, required: true },
  { key: 'product', title: { zh: '产品', en: 'Product' }, kind: 'text', required: true },
  { key: 'district', title: { zh: '区县代码', en: 'Code of the district' }, kind: 'text' },
  { key: 'lng', title: { zh: '经度', en: 'Longitude' }, kind: 'number' },
  { key: 'lat', title: { zh: '纬度', en: 'Latitude' }, kind: 'number' },
  { key: 'unit', title: { zh: '权属单位', en: 'Owner' }, kind: 'text' },
  { key: 'component', title: { zh: '所监测的部件', en: 'Component' }, kind: 'text', width: 22 },
  { key: 'gateway', title: { zh: '网关', en: 'Gateway' }, kind: 'text' },
  { key: 'state', title: { zh: '状态', en: 'State' }, kind: 'text' },
  { key: 'product_name', title: { zh: '产品名称', en: 'Name of the product' }, kind: 'text', shown: true },
  { key: 'unit_name', title: { zh: '权属单位名称', en: 'Name of the owner' }, kind: 'text', width: 28, shown: true },
  { key: 'cell', title: { zh: '单元网格', en: 'Cell' }, kind: 'text', shown: true },
  { key: 'last_at', title: { zh: '最近上报', en: 'Last heard' }, kind: 'moment', width: 20, shown: true },
] as const satisfies readonly ListColumn[]

type Key = (typeof DEVICE_COLUMNS)[number]['key']
const titleOf = (key: Key): Words => DEVICE_COLUMNS.find((column) => column.key === key)!.title

export interface Lying {
  readonly district: string
  readonly cell: string | null
}

/** What a row is measured by. */
export interface Known {
  readonly product: (word: string) => string | undefined
  readonly unit: (word: string) => string | undefined
  readonly district: (code: string) => string | undefined
  readonly isComponent: (code: string) => boolean
  /** Through which gateway a device reports itself: null for none, undefined where there is no such device. */
  readonly gatewayOf: (code: string) => string | null | undefined
  readonly locate: (at: [number, number]) => Lying | undefined
  readonly mayKeep: (device: Pick<DeviceBody, 'district' | 'ownerUnit'>) => boolean
  /** As it stands; undefined for a new one. */
  readonly standing: (code: string) => DeviceBody | undefined
  readonly has: (column: string) => boolean
}

export interface ReadDevice {
  readonly row: number
  readonly code: string
  readonly body: DeviceBody
  readonly cell: string | null
  readonly faults: readonly FaultShown[]
}

const MEND = ['改正后重新导入', 'mend it and import again'] as const
const isCode = new RegExp(CODE)

/** The code that stands in a row. */
export const codeOf = (row: ListRow): string => row.cell('code')

/** One row; what it leaves empty of a device that is there already is taken away, and a column that is missing leaves it as it was. */
export function readDevice(row: ListRow, known: Known): ReadDevice {
  const faults: FaultShown[] = []
  const say = (key: Key, why: readonly [string, string], remedy: readonly [string, string] = MEND) => void faults.push(faultOf(row.row, titleOf(key), why, remedy))
  const code = codeOf(row)
  const before = known.standing(code)
  const or = <T>(column: string, read: (text: string) => T, standing: T | undefined, none: T): T => (known.has(column) ? read(row.cell(column)) : (standing ?? none))

  if (!isCode.test(code)) say('code', [`“${code}”不是代码`, `“${code}” is no code`], ['用字母、数字与 _ . : -，至多 64 个，以字母或数字开头', 'letters, digits and _ . : -, 64 at most, beginning with a letter or digit'])
  const name = row.cell('name')
  if (name === '' || name.length > 80) say('name', name === '' ? ['不能为空', 'must not be empty'] : ['超过 80 字', 'is longer than 80 letters'])
  const product = known.product(row.cell('product'))
  if (product === undefined) say('product', [`没有产品“${row.cell('product')}”`, `there is no product “${row.cell('product')}”`], ['先在“设备产品”中登记，或填已有产品的代码', 'make it among the products first, or write the code of one that is there'])
  else if (before && before.product !== product) say('product', ['已登记设备的产品不能更换', 'the product of a device stays'], ['另用新代码登记', 'register another device under a new code'])

  const position = readPosition(row, known, before, say)
  const lies = position ? known.locate(position) : undefined
  if (position && !lies) say('lng', ['位置不在本市', 'the position lies outside of the city'], ['核对经纬度（WGS84/CGCS2000，十进制度），勿颠倒', 'check longitude and latitude (WGS84, decimal degrees) and their order'])
  const district = readDistrict(or('district', (text) => text, before?.district, ''), lies, known, say)

  const ownerUnit = or('unit', (text) => (text === '' ? null : (known.unit(text) ?? '')), before?.ownerUnit, null)
  if (ownerUnit === '') say('unit', [`没有单位“${row.cell('unit')}”，或不止一个`, `there is no unit “${row.cell('unit')}”, or more than one`], ['填单位代码', 'write the code of the unit'])
  const component = or('component', (text) => text || null, before?.component, null)
  if (component !== null && component !== before?.component && !known.isComponent(component)) say('component', [`没有部件 ${component}`, `there is no component ${component}`], ['填 17 位部件代码，或留空', 'write the code of a component, or nothing'])
  const gateway = or('gateway', (text) => text || null, before?.gateway, null)
  if (gateway !== null) gatewayFault(gateway, code, known, say)
  const state = or('state', readState, before?.state, 'in_service')
  if (state === undefined) say('state', [`“${row.cell('state')}”不是状态`, `“${row.cell('state')}” is no state`], ['填“在用”“停用”或“报废”', 'write in service, stopped or retired'])

  const body: DeviceBody = { product: product ?? '', name, district, position, ownerUnit: ownerUnit || null, component, gateway, state: state ?? 'in_service' }
  if (faults.length === 0 && !(known.mayKeep(body) && (!before || known.mayKeep(before)))) {
    say('district', ['超出您维护设备的范围', 'lies beyond what you may keep'], ['删去此行，或请有权限的人导入', 'leave the row out, or let somebody import it who may'])
  }
  return { row: row.row, code, body, cell: lies?.cell ?? null, faults }
}

type Say = (key: Key, why: readonly [string, string], remedy?: readonly [string, string]) => void

function readPosition(row: ListRow, known: Known, before: DeviceBody | undefined, say: Say): [number, number] | null {
  if (!known.has('lng') || !known.has('lat')) return before?.position ?? null
  const [lng, lat] = [row.cell('lng'), row.cell('lat')]
  if (lng === '' && lat === '') return null
  for (const [key, text, most] of [['lng', lng, 180], ['lat', lat, 90]] as const) {
    if (text === '' || !(Math.abs(Number(text)) <= most)) {
      say(key, text === '' ? ['经纬度须成对', 'longitude and latitude belong together'] : [`“${text}”不是度数`, `“${text}” is no degree`], ['填十进制度，或两格都留空', 'write decimal degrees, or leave both empty'])
      return null
    }
  }
  return [Number(lng), Number(lat)]
}

/** Of what has a position the district is known. */
function readDistrict(said: string, lies: Lying | undefined, known: Known, say: Say): string {
  if (said === '') {
    if (!lies) say('district', ['区县与位置不能都空', 'either the district or the position must be there'], ['填区县代码，或填经纬度', 'write the code of the district, or a position'])
    return lies?.district ?? ''
  }
  const district = known.district(said)
  if (district === undefined) say('district', [`没有区县“${said}”`, `there is no district “${said}”`], ['填 6 位区县代码', 'write the six digits of a district'])
  else if (lies && lies.district !== district) say('district', [`位置在区县 ${lies.district}`, `the position lies in ${lies.district}`], ['改区县代码或经纬度，或区县留空', 'change the district or the position, or leave the district empty'])
  return district ?? ''
}

function gatewayFault(gateway: string, code: string, known: Known, say: Say): void {
  const behind = known.gatewayOf(gateway)
  if (gateway === code || behind === undefined) say('gateway', [`没有网关 ${gateway}`, `there is no gateway ${gateway}`], ['填已登记的或本表中的设备代码', 'write the code of a device that is registered or in this list'])
  else if (behind !== null) say('gateway', ['网关自身不能再经网关上报', 'a gateway does not report through another'], ['改填它的上级网关', 'write the gateway above it'])
}

function readState(text: string): DeviceBody['state'] | undefined {
  const wanted = text.toLowerCase()
  return wanted === '' ? 'in_service' : DEVICE_STATES.find((state) => [state, STATE_NAMES[state].zh, STATE_NAMES[state].en].some((each) => each.toLowerCase() === wanted))
}

const KEYS = ['product', 'name', 'district', 'ownerUnit', 'component', 'gateway', 'state'] as const

export const sameDevice = (one: DeviceBody, other: DeviceBody): boolean =>
  KEYS.every((key) => one[key] === other[key]) && one.position?.[0] === other.position?.[0] && one.position?.[1] === other.position?.[1]
