// Products as a list, a row for each metric: its columns, and what its rows say together. Nothing here reads a database.

import type { Words } from '../../kernel/contract.ts'
import { KEEP_DAYS } from '../gate.ts'
import { CODE, type MetricBody, type ProductBody } from '../shapes.ts'
import { METRICS_AT_MOST } from '../series.ts'
import { TRADE_CODES, TRADES, type Trade } from '../trades.ts'
import type { FaultShown } from './contract.ts'
import { faultOf, type ListColumn, type ListRow } from './list-file.ts'

export const PRODUCT_COLUMNS = [
  { key: 'product', title: { zh: '产品代码', en: 'Product' }, kind: 'text', required: true },
  { key: 'product_zh', title: { zh: '产品名称', en: 'Name in Chinese' }, kind: 'text', required: true },
  { key: 'product_en', title: { zh: '产品英文名称', en: 'Name in English' }, kind: 'text', required: true },
  { key: 'metric', title: { zh: '指标代码', en: 'Metric' }, kind: 'text', required: true },
  { key: 'metric_zh', title: { zh: '指标名称', en: 'Metric in Chinese' }, kind: 'text', required: true },
  { key: 'metric_en', title: { zh: '指标英文名称', en: 'Metric in English' }, kind: 'text', required: true },
  { key: 'unit', title: { zh: '单位', en: 'Unit' }, kind: 'text' },
  { key: 'min', title: { zh: '下限', en: 'Least' }, kind: 'number', required: true },
  { key: 'max', title: { zh: '上限', en: 'Most' }, kind: 'number', required: true },
  { key: 'precision', title: { zh: '小数位', en: 'Digits' }, kind: 'number', required: true },
  { key: 'period', title: { zh: '周期（秒）', en: 'Period (s)' }, kind: 'number', required: true },
  { key: 'keep_days', title: { zh: '保存天数', en: 'Days kept' }, kind: 'number' },
  { key: 'trade', title: { zh: '行业', en: 'Trade' }, kind: 'text' },
] as const satisfies readonly ListColumn[]

type Key = (typeof PRODUCT_COLUMNS)[number]['key']
const titleOf = (key: Key): Words => PRODUCT_COLUMNS.find((column) => column.key === key)!.title

export interface ReadProduct {
  readonly code: string
  readonly body: ProductBody
}

const isCode = new RegExp(CODE)
const MEND = ['改正后重新导入', 'mend it and import again'] as const

/** The products of the rows, each with the metrics that it has already and those of the list; and every fault. */
export function readProducts(rows: readonly ListRow[], standing: ReadonlyMap<string, ProductBody>): { products: ReadProduct[]; faults: FaultShown[] } {
  const faults: FaultShown[] = []
  const products = [...Map.groupBy(rows, (row) => row.cell('product'))].map(([code, own]): ReadProduct => {
    const [first] = own
    const metrics = [...(standing.get(code)?.metrics ?? [])]
    const seen = new Set<string>()
    for (const row of own) {
      const metric = readMetric(row, faults, metrics)
      if (seen.has(metric.code)) faults.push(faultOf(row.row, titleOf('metric'), [`指标 ${metric.code} 重复`, `the metric ${metric.code} is there twice`], ['留下一行', 'keep one of the rows']))
      seen.add(metric.code)
      const at = metrics.findIndex((each) => each.code === metric.code)
      metrics.splice(at < 0 ? metrics.length : at, 1, metric)
      if (row.cell('product_zh') !== first!.cell('product_zh') || row.cell('product_en') !== first!.cell('product_en')) {
        faults.push(faultOf(row.row, titleOf('product_zh'), ['与此产品前面的行不同', 'differs from the rows above of this product'], ['同一产品的各行写同样的名称', 'write the same names in all rows of a product']))
      }
    }
    if (metrics.length > METRICS_AT_MOST) faults.push(faultOf(first!.row, titleOf('metric'), [`超过 ${METRICS_AT_MOST} 个指标`, `more than ${METRICS_AT_MOST} metrics`], ['分成几个产品', 'make several products of it']))
    const trade = readTrade(first!, faults) ?? standing.get(code)?.trade
    return { code, body: { zh: first!.cell('product_zh'), en: first!.cell('product_en'), ...(trade !== undefined && { trade }), metrics } }
  })
  return { products, faults }
}

const TEXTS = [['product_zh', 40], ['product_en', 80], ['metric_zh', 40], ['metric_en', 80]] as const
const NUMBERS = [
  ['precision', 0, 6, '0 至 6 的整数', 'a whole number from 0 to 6'],
  ['period', 1, 604_800, '1 至 604800 的整数', 'a whole number from 1 to 604800'],
] as const

function readMetric(row: ListRow, faults: FaultShown[], standing: readonly MetricBody[]): MetricBody {
  const say = (key: Key, why: readonly [string, string], remedy: readonly [string, string] = MEND) => void faults.push(faultOf(row.row, titleOf(key), why, remedy))
  for (const key of ['product', 'metric'] as const) {
    const code = row.cell(key)
    if (!isCode.test(code)) say(key, [`“${code}”不是代码`, `“${code}” is no code`], ['用字母、数字与 _ . : -，至多 64 个', 'letters, digits and _ . : -, 64 at most'])
  }
  for (const [key, most] of TEXTS) {
    const text = row.cell(key)
    if (text === '' || text.length > most) say(key, text === '' ? ['不能为空', 'must not be empty'] : [`超过 ${most} 字`, `is longer than ${most} letters`])
  }
  if (row.cell('unit').length > 20) say('unit', ['超过 20 字', 'is longer than 20 letters'])
  const number = (key: Key): number => (row.cell(key) === '' ? Number.NaN : Number(row.cell(key)))
  for (const key of ['min', 'max'] as const) if (!Number.isFinite(number(key))) say(key, ['应是数', 'should be a number'])
  if (number('min') >= number('max')) say('min', ['下限应小于上限', 'the least must be below the most'])
  for (const [key, least, most, zh, en] of NUMBERS) {
    const value = number(key)
    if (!(Number.isInteger(value) && value >= least && value <= most)) say(key, [`“${row.cell(key)}”不可用`, `“${row.cell(key)}” will not do`], [`填${zh}`, `write ${en}`])
  }
  const keepDays = row.cell('keep_days') === '' ? standing.find(({ code }) => code === row.cell('metric'))?.keepDays : number('keep_days')
  if (keepDays !== undefined && !(Number.isInteger(keepDays) && keepDays >= 7 && keepDays <= KEEP_DAYS)) {
    say('keep_days', [`“${row.cell('keep_days')}”不可用`, `“${row.cell('keep_days')}” will not do`], [`填 7 至 ${KEEP_DAYS} 的整数，或留空`, `write a whole number from 7 to ${KEEP_DAYS}, or nothing`])
  }
  const [min, max, precision, period] = [number('min'), number('max'), number('precision'), number('period')]
  return { code: row.cell('metric'), zh: row.cell('metric_zh'), en: row.cell('metric_en'), unit: row.cell('unit'), min, max, precision, period, ...(keepDays !== undefined && { keepDays }) }
}

/** By its code or its name in either language; undefined where nothing is said. */
function readTrade(row: ListRow, faults: FaultShown[]): Trade | undefined {
  const said = row.cell('trade').toLowerCase()
  const found = TRADE_CODES.find((code) => [code, TRADES[code].zh, TRADES[code].en.toLowerCase()].includes(said))
  if (said !== '' && !found) {
    const names = (language: keyof Words, comma: string) => TRADE_CODES.map((code) => TRADES[code][language]).join(comma)
    faults.push(faultOf(row.row, titleOf('trade'), [`没有行业“${said}”`, `there is no trade “${said}”`], [`填${names('zh', '、')}，或留空`, `write ${names('en', ', ')}, or nothing`]))
  }
  return found
}

/** A row for each metric. */
export const linesOf = (code: string, { zh, en, trade, metrics }: ProductBody, language: keyof Words = 'zh') => metrics.map((each) => [code, zh, en, each.code, each.zh, each.en, each.unit, each.min, each.max, each.precision, each.period, each.keepDays ?? KEEP_DAYS, trade ? TRADES[trade][language] : ''])
