// Risks as a list: its columns, and what a row of it says. Nothing here reads a database.

import type { Words } from '../../kernel/contract.ts'
import type { FaultShown } from '../sheet/contract.ts'
import { faultOf, type ListColumn, type ListRow } from '../sheet/list-file.ts'
import { CODE } from '../shapes.ts'
import { DEVICES_AT_MOST, RISK_STATES, type RiskBody } from './contract.ts'
import { FIELD_CODES, FIELDS, KIND_CODES, KINDS_OF_RISK, type Field, type RiskKind } from './kinds.ts'

export const RISK_COLUMNS = [
  { key: 'code', title: { zh: '风险编号', en: 'Code' }, kind: 'text', width: 20, required: true },
  { key: 'name', title: { zh: '名称', en: 'Name' }, kind: 'text', width: 36, required: true },
  { key: 'field', title: { zh: '领域', en: 'Field' }, kind: 'text', required: true },
  { key: 'kind', title: { zh: '类型', en: 'Kind' }, kind: 'text', required: true },
  { key: 'lng', title: { zh: '经度', en: 'Longitude' }, kind: 'number', required: true },
  { key: 'lat', title: { zh: '纬度', en: 'Latitude' }, kind: 'number', required: true },
  { key: 'component', title: { zh: '关联部件', en: 'Component' }, kind: 'text', width: 22 },
  { key: 'devices', title: { zh: '监测设备', en: 'Devices' }, kind: 'text', width: 24 },
  { key: 'likelihood', title: { zh: '可能性（1–5）', en: 'Likelihood (1–5)' }, kind: 'number', required: true },
  { key: 'consequence', title: { zh: '后果（1–5）', en: 'Consequence (1–5)' }, kind: 'number', required: true },
  { key: 'measures', title: { zh: '管控措施', en: 'Control measures' }, kind: 'text', width: 48, required: true },
  { key: 'unit', title: { zh: '责任单位', en: 'Owner' }, kind: 'text' },
  { key: 'person', title: { zh: '责任人', en: 'Person' }, kind: 'text' },
  { key: 'review_days', title: { zh: '复评周期（天）', en: 'Review period (days)' }, kind: 'number', required: true },
  { key: 'reviewed_at', title: { zh: '上次评估', en: 'Last review' }, kind: 'moment', width: 20 },
  { key: 'state', title: { zh: '状态', en: 'State' }, kind: 'text' },
  { key: 'level', title: { zh: '风险等级', en: 'Level' }, kind: 'text', shown: true },
  { key: 'review_by', title: { zh: '下次复评', en: 'Next review' }, kind: 'moment', width: 20, shown: true },
  { key: 'district', title: { zh: '区县', en: 'District' }, kind: 'text', shown: true },
  { key: 'unit_name', title: { zh: '责任单位名称', en: 'Name of the owner' }, kind: 'text', width: 28, shown: true },
  { key: 'cell', title: { zh: '单元网格', en: 'Cell' }, kind: 'text', shown: true },
] as const satisfies readonly ListColumn[]

type Key = (typeof RISK_COLUMNS)[number]['key']
const titleOf = (key: Key): Words => RISK_COLUMNS.find((column) => column.key === key)!.title

export const RISK_STATE_NAMES: Readonly<Record<(typeof RISK_STATES)[number], Words>> = {
  watched: { zh: '管控中', en: 'Watched' },
  ended: { zh: '已消除', en: 'Removed' },
}

export interface Lying {
  readonly district: string
  readonly cell: string | null
}

export interface Standing {
  readonly body: RiskBody
  readonly district: string
  readonly reviewedAt: Date
}

/** What a row is measured by. */
export interface Known {
  readonly unit: (word: string) => string | undefined
  readonly isComponent: (code: string) => boolean
  readonly isDevice: (code: string) => boolean
  readonly locate: (at: [number, number]) => Lying | undefined
  readonly mayKeep: (risk: { district: string; ownerUnit: string | null }) => boolean
  /** As it stands there; undefined for a new one. */
  readonly standing: (code: string, district: string) => Standing | undefined
  /** Another district in which there is one of this code. */
  readonly elsewhere: (code: string, district: string) => string | undefined
  readonly has: (column: string) => boolean
  readonly now: Date
}

export interface ReadRisk {
  readonly row: number
  readonly code: string
  readonly district: string
  readonly cell: string | null
  readonly body: RiskBody
  readonly reviewedAt: Date | undefined
  readonly faults: readonly FaultShown[]
}

const MEND = ['改正后重新导入', 'mend it and import again'] as const
const isCode = new RegExp(CODE)

export const codeOf = (row: ListRow): string => row.cell('code')

/** What stands for a code: itself or its words in either language. */
function coded<T extends string>(codes: readonly T[], words: (code: T) => Words, text: string): T | undefined {
  const wanted = text.toLowerCase()
  return codes.find((code) => [code, words(code).zh, words(code).en].some((each) => each.toLowerCase() === wanted))
}

/** One row; what it leaves empty of a risk that is there already is taken away, and a column that is missing leaves it as it was. */
export function readRisk(row: ListRow, known: Known): ReadRisk {
  const faults: FaultShown[] = []
  const say = (key: Key, why: readonly [string, string], remedy: readonly [string, string] = MEND) => void faults.push(faultOf(row.row, titleOf(key), why, remedy))
  const code = codeOf(row)
  if (!isCode.test(code)) say('code', [`“${code}”不是编号`, `“${code}” is no code`], ['用字母、数字与 _ . : -，至多 64 个，以字母或数字开头', 'letters, digits and _ . : -, 64 at most, beginning with a letter or digit'])
  const text = (key: Key, most: number, needed: boolean) => {
    const said = row.cell(key)
    if ((needed && said === '') || said.length > most) say(key, said === '' ? ['不能为空', 'must not be empty'] : [`超过 ${most} 字`, `is longer than ${most} letters`])
    return said
  }
  const whole = (key: Key, least: number, most: number) => {
    const said = Number(row.cell(key))
    if (row.cell(key) !== '' && Number.isInteger(said) && said >= least && said <= most) return said
    say(key, [`“${row.cell(key)}”不是 ${least} 至 ${most} 的整数`, `“${row.cell(key)}” is no whole number from ${least} to ${most}`], [`填 ${least} 至 ${most} 的整数`, `write a whole number from ${least} to ${most}`])
    return least
  }
  const field = coded(FIELD_CODES, (each) => FIELDS[each], row.cell('field'))
  if (!field) say('field', [`没有领域“${row.cell('field')}”`, `there is no field “${row.cell('field')}”`], [`填${FIELD_CODES.map((each) => FIELDS[each].zh).join('、')}之一`, `write one of ${FIELD_CODES.map((each) => FIELDS[each].en).join(', ')}`])
  const kind = readKind(row, field, say)
  const position = readPosition(row, say)
  const lies = position && known.locate(position)
  if (position && !lies) say('lng', ['位置不在本市', 'the position lies outside of the city'], ['核对经纬度（WGS84/CGCS2000，十进制度），勿颠倒', 'check longitude and latitude (WGS84, decimal degrees) and their order'])
  const district = lies?.district ?? ''
  const before = known.standing(code, district)
  const other = lies && known.elsewhere(code, district)
  if (other) say('code', [`该编号已用于区县 ${other}，风险的区县不能更换`, `this code stands in ${other} already, and the district of a risk stays`], ['核对位置，或另用编号', 'check the position, or use another code'])
  const or = <T>(column: Key, read: () => T, standing: T | undefined, none: T): T => (known.has(column) ? read() : (standing ?? none))

  const component = or('component', () => row.cell('component') || null, before?.body.component, null)
  if (component !== null && component !== before?.body.component && !known.isComponent(component)) say('component', [`没有部件 ${component}`, `there is no component ${component}`], ['填 17 位部件代码，或留空', 'write the code of a component, or nothing'])
  const devices = or('devices', () => [...new Set(row.cell('devices').split(/[\s,;，；、]+/).filter(Boolean))], before?.body.devices, [])
  const strange = devices.filter((each) => !known.isDevice(each))
  if (strange.length > 0) say('devices', [`没有设备 ${strange.join('、')}`, `there is no device ${strange.join(', ')}`], ['填已登记的设备代码，以分号隔开', 'write codes of devices, with semicolons between them'])
  if (devices.length > DEVICES_AT_MOST) say('devices', [`超过 ${DEVICES_AT_MOST} 台`, `more than ${DEVICES_AT_MOST}`])
  const unitWord = row.cell('unit')
  const ownerUnit = or('unit', () => (unitWord === '' ? null : (known.unit(unitWord) ?? '')), before?.body.ownerUnit, null)
  if (ownerUnit === '') say('unit', [`没有单位“${unitWord}”，或有同名`, `there is no unit “${unitWord}”, or several of that name`], ['填单位代码', 'write the code of the unit'])
  const state = or('state', () => (row.cell('state') === '' ? 'watched' : coded(RISK_STATES, (each) => RISK_STATE_NAMES[each], row.cell('state'))), before?.body.state, 'watched')
  if (!state) say('state', [`“${row.cell('state')}”不是状态`, `“${row.cell('state')}” is no state`], ['填“管控中”或“已消除”', 'write watched or removed'])
  const reviewedAt = or('reviewed_at', () => readMoment(row, known.now, say), before?.reviewedAt, undefined)

  const body: RiskBody = {
    name: text('name', 80, true),
    field: field ?? 'municipal',
    kind: kind ?? 'gas',
    position: position ?? [0, 0],
    component,
    devices,
    likelihood: whole('likelihood', 1, 5),
    consequence: whole('consequence', 1, 5),
    measures: text('measures', 2_000, true),
    ownerUnit,
    ownerPerson: or('person', () => text('person', 40, false), before?.body.ownerPerson, ''),
    reviewDays: whole('review_days', 1, 1_100),
    state: state ?? 'watched',
  }
  if (faults.length === 0 && !(known.mayKeep({ district, ownerUnit }) && (!before || known.mayKeep({ district, ownerUnit: before.body.ownerUnit })))) {
    say('code', ['超出您维护风险的范围', 'lies beyond what you may keep'], ['删去此行，或请有权限的人导入', 'leave the row out, or let somebody import it who may'])
  }
  return { row: row.row, code, district, cell: lies?.cell ?? null, body, reviewedAt, faults }
}

type Say = (key: Key, why: readonly [string, string], remedy?: readonly [string, string]) => void

function readKind(row: ListRow, field: Field | undefined, say: Say): RiskKind | undefined {
  const kind = coded(KIND_CODES, (each) => KINDS_OF_RISK[each].words, row.cell('kind'))
  const those = KIND_CODES.filter((each) => field === undefined || KINDS_OF_RISK[each].field === field)
  const remedy = [`填${those.map((each) => KINDS_OF_RISK[each].words.zh).join('、')}之一`, `write one of ${those.map((each) => KINDS_OF_RISK[each].words.en).join(', ')}`] as const
  if (!kind) say('kind', [`没有类型“${row.cell('kind')}”`, `there is no kind “${row.cell('kind')}”`], remedy)
  else if (field && KINDS_OF_RISK[kind].field !== field) say('kind', ['该类型不属于所填领域', 'this kind is not of this field'], remedy)
  return kind
}

function readPosition(row: ListRow, say: Say): [number, number] | undefined {
  let sound = true
  for (const [key, most] of [['lng', 180], ['lat', 90]] as const) {
    const said = row.cell(key)
    if (said !== '' && Math.abs(Number(said)) <= most) continue
    sound = false
    say(key, said === '' ? ['不能为空', 'must not be empty'] : [`“${said}”不是度数`, `“${said}” is no degree`], ['填十进制度', 'write decimal degrees'])
  }
  return sound ? [Number(row.cell('lng')), Number(row.cell('lat'))] : undefined
}

function readMoment(row: ListRow, now: Date, say: Say): Date | undefined {
  const said = row.cell('reviewed_at')
  if (said === '') return undefined
  const at = new Date(/^\d{4}-\d{2}-\d{2}$/.test(said) ? `${said}T00:00:00+08:00` : /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}(:\d{2})?$/.test(said) ? `${said.replace(' ', 'T')}+08:00` : said)
  if (!Number.isNaN(+at) && at <= now) return at
  say('reviewed_at', Number.isNaN(+at) ? [`“${said}”不是日期`, `“${said}” is no date`] : ['晚于现在', 'is later than now'], ['填 2026-11-20 这样的日期，或留空', 'write a date such as 2026-11-20, or nothing'])
  return undefined
}

const SAME_KEYS = ['name', 'field', 'kind', 'component', 'likelihood', 'consequence', 'measures', 'ownerUnit', 'ownerPerson', 'reviewDays', 'state'] as const

export const sameRisk = (one: RiskBody, other: RiskBody): boolean =>
  SAME_KEYS.every((key) => one[key] === other[key]) &&
  one.position[0] === other.position[0] &&
  one.position[1] === other.position[1] &&
  [...one.devices].toSorted().join(' ') === [...other.devices].toSorted().join(' ')
