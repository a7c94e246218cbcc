// Rules as a list: the columns of responsibility.csv, with names beside the codes for whoever reads it in a spreadsheet.

import { Readable } from 'node:stream'
import { parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import type { Language, Words } from '../kernel/contract.ts'
import { readSheet, writeSheet } from '../kernel/index.ts'
import { regionCode, regionPrefix } from '../atlas/index.ts'
import { readRoads, ruleFaults, type KnownWords, type RuleFault } from './check-rule.ts'
import { BASES, type Basis } from './contract.ts'
import type { ListedRule } from './plan-list.ts'
import { ROAD_CLASSES } from './roads.ts'
import type { RuleTable } from './tables.ts'

const TITLES = {
  number: { zh: '编号', en: 'Number' },
  category: { zh: '类别代码', en: 'Category code' },
  region: { zh: '区划代码', en: 'Division code' },
  basis: { zh: '依据', en: 'Ground' },
  unit: { zh: '单位代码', en: 'Unit code' },
  road: { zh: '道路等级', en: 'Road' },
  hours: { zh: '时段', en: 'Times' },
  from: { zh: '生效', en: 'From' },
  to: { zh: '终止', en: 'Until' },
  note: { zh: '备注', en: 'Note' },
  // Only to be read by people; passed over when the list comes back.
  category_name: { zh: '类别', en: 'Category' },
  region_name: { zh: '区域', en: 'Area' },
  unit_name: { zh: '责任单位', en: 'Unit' },
} as const satisfies Record<string, Words>
type Column = keyof typeof TITLES
const COLUMNS = Object.keys(TITLES) as Column[]

/** A column by its name or its title in either language. */
const columnOf = (head: string): string => COLUMNS.find((name) => name === head || TITLES[name].zh === head || TITLES[name].en === head) ?? head

/** So that spreadsheets read it as UTF-8. */
const MARK = '\uFEFF'

export interface RuleNames {
  readonly category: (prefix: string) => string
  readonly region: (prefix: string) => string
  readonly unit: (code: string) => string
}

/** What begins like a formula is made a text, so that no spreadsheet runs it; and the mark is taken off again when it comes back. */
const harmless = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text)
const asWritten = (text: string): string => text.replace(/^'(?=[=+\-@\t\r])/, '')
const LONGEST_NOTE = 200

const cellsOf = (row: RuleTable, names: RuleNames) => [
  row.number,
  row.category,
  regionCode(row.region),
  row.basis,
  row.unitCode,
  row.roads.join(','),
  row.hours,
  row.validFrom.toISOString(),
  row.validTo?.toISOString() ?? '',
  row.note ?? '',
  names.category(row.category),
  names.region(row.region),
  names.unit(row.unitCode),
]

export const rulesToCsv = (rows: readonly RuleTable[], names: RuleNames): string =>
  MARK + stringify([COLUMNS, ...rows.map((row) => cellsOf(row, names).map(harmless))])

/** The same as a sheet, with its titles in the reader's language. */
export const rulesToSheet = (rows: readonly RuleTable[], names: RuleNames, language: Language, zone: string): Readable =>
  writeSheet(
    { name: language === 'zh' ? '确责规则' : 'Rules', columns: COLUMNS.map((name) => ({ title: TITLES[name][language], kind: 'text', width: 20 })), zone },
    Readable.from(rows).map((row: RuleTable) => cellsOf(row, names)),
  )

export interface ListFault extends RuleFault {
  /** As an editor counts. */
  readonly line: number
}

export interface ReadList {
  readonly rules: readonly ListedRule[]
  readonly faults: readonly ListFault[]
}

const fault = (line: number, column: string, zh: string, en: string): ListFault => ({ line, column, reason: { zh, en } })

/** A date, or a moment with its zone; NaN where it is neither. */
function readMoment(text: string): number | null {
  if (text === '') return null
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return Date.parse(`${text}T00:00:00+08:00`)
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(text) ? Date.parse(text) : Number.NaN
}

const MOMENT_FAULT: Words = { zh: '应为日期（2026-11-20）或带时区的时刻', en: 'must be a date such as 2026-11-20, or a moment with its zone' }

interface ListRecord {
  readonly info: { readonly lines: number }
  readonly record: readonly string[]
}

/** Reads a list whole: every row, with every fault of every row. */
export function readCsvList(text: string, known: KnownWords): ReadList {
  try {
    const records = parse(text, { bom: true, info: true, relax_column_count: true, skip_empty_lines: true }) as unknown as ListRecord[]
    return readList(records, known)
  } catch (error) {
    const { lines, message } = error as { lines?: number; message: string }
    return { rules: [], faults: [fault(lines ?? 1, '', `不是完好的 CSV：${message}`, `is no sound CSV: ${message}`)] }
  }
}

/** As `readCsvList`, from an Excel sheet. */
export async function readSheetList(bytes: Buffer, zone: string, known: KnownWords): Promise<ReadList> {
  const records: ListRecord[] = []
  let width = 0
  for await (const { row, cells } of readSheet(bytes, zone)) {
    const texts = cells.map((cell) => (cell instanceof Date ? cell.toISOString() : String(cell ?? '')))
    width ||= texts.length
    // A sheet leaves out the empty cells at the end of a row.
    records.push({ info: { lines: row }, record: Array.from({ length: Math.max(width, texts.length) }, (_, i) => texts[i] ?? '') })
  }
  return readList(records, known)
}

function readList(records: readonly ListRecord[], known: KnownWords): ReadList {
  const header = records[0]?.record.map((cell) => columnOf(cell.trim())) ?? []
  const wrong = headerFault(header)
  if (wrong) return { rules: [], faults: [wrong] }

  const at = new Map(header.map((name, index) => [name, index]))
  const rules: ListedRule[] = []
  const faults: ListFault[] = []
  const numbers = new Set<string>()
  for (const { info, record } of records.slice(1)) {
    const cell = (column: Column) => record[at.get(column) ?? -1]?.trim() ?? ''
    if (record.length !== header.length) {
      faults.push(fault(info.lines, '', `有 ${record.length} 格，应为 ${header.length} 格`, `has ${record.length} cells instead of ${header.length}`))
      continue
    }
    const { rule, found } = readRow(cell, known)
    if (rule.number !== null && numbers.has(rule.number)) found.push({ column: 'number', reason: { zh: '编号出现两次', en: 'the number stands twice' } })
    if (rule.number !== null) numbers.add(rule.number)
    for (const one of found) faults.push({ line: info.lines, ...one })
    rules.push(rule)
  }
  return { rules, faults }
}

function headerFault(header: readonly string[]): ListFault | undefined {
  const strange = header.find((name) => !(COLUMNS as string[]).includes(name))
  if (strange !== undefined) return fault(1, strange, `没有名为“${strange}”的列`, `there is no column called "${strange}"`)
  const missing = ['basis', 'unit'].find((name) => !header.includes(name))
  return missing === undefined ? undefined : fault(1, missing, `缺少列 ${missing}`, `the column ${missing} is missing`)
}

function readRow(cell: (column: Column) => string, known: KnownWords): { rule: ListedRule; found: RuleFault[] } {
  const [from, to] = [readMoment(cell('from')), readMoment(cell('to'))]
  const roads = readRoads(cell('road'))
  const basis = cell('basis') as Basis
  const said = { category: cell('category'), region: regionPrefix(cell('region')), unit: cell('unit'), hours: cell('hours') }
  const found = ruleFaults({ ...said, from, to }, known)
  if (!BASES.includes(basis)) found.push({ column: 'basis', reason: { zh: '应为 owner 或 locality', en: 'must be owner or locality' } })
  if (!roads) found.push({ column: 'road', reason: { zh: `应为 ${ROAD_CLASSES.join('、')} 之中的`, en: `must be some of ${ROAD_CLASSES.join(', ')}` } })
  if (Number.isNaN(from)) found.push({ column: 'from', reason: MOMENT_FAULT })
  if (Number.isNaN(to)) found.push({ column: 'to', reason: MOMENT_FAULT })
  const number = cell('number')
  if (number !== '' && !/^R-\d{4,9}$/.test(number)) found.push({ column: 'number', reason: { zh: '编号形如 R-0231', en: 'numbers look like R-0231' } })
  const note = asWritten(cell('note'))
  if (note.length > LONGEST_NOTE) found.push({ column: 'note', reason: { zh: `超过 ${LONGEST_NOTE} 个字`, en: `is longer than ${LONGEST_NOTE} letters` } })
  const { unit, ...rest } = said
  return { rule: { ...rest, basis, roads: roads?.toSorted() ?? [], unitCode: unit, note: note || null, from, to, number: number || null }, found }
}

