// A list in a spreadsheet or in CSV: read whole, each fault with its place; written so that it can be taken back.

import { Readable } from 'node:stream'
import { parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import type { Language, Words } from '../../kernel/contract.ts'
import { readSheet, sheetReply, writeSheet, type RawReply, type SheetValue } from '../../kernel/index.ts'
import { listMissing } from '../problems.ts'
import type { FaultShown, ListBody, ListFormat } from './contract.ts'

export interface ListColumn {
  readonly key: string
  readonly title: Words
  readonly kind: 'text' | 'number' | 'moment'
  readonly width?: number
  /** The list cannot do without it. */
  readonly required?: boolean
  /** Only to be read by people; passed over when the list comes back. */
  readonly shown?: boolean
}

export interface ListRow {
  /** As the sheet or the editor counts, from 1. */
  readonly row: number
  /** What stands in a column; '' for nothing. */
  cell(column: string): string
}

export interface ReadList {
  readonly rows: readonly ListRow[]
  readonly has: (column: string) => boolean
  readonly faults: readonly FaultShown[]
}

export const MOST_LISTED = 20_000
export const FAULTS_NAMED = 100

const WHOLE: Words = { zh: '整行', en: 'the whole row' }

export const faultOf = (row: number, column: Words, [zh, en]: readonly [string, string], [doZh, doEn]: readonly [string, string]): FaultShown => ({
  row,
  column: { zh: column.zh, en: column.en },
  reason: { zh, en },
  remedy: { zh: doZh, en: doEn },
})

interface Record {
  readonly row: number
  readonly cells: readonly string[]
}

/** Marks that spreadsheets put before what would else be a formula. */
const asWritten = (text: string): string => text.replace(/^'(?=[=+\-@\t\r])/, '')
const harmless = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text)

export async function readList({ text, sheet }: Pick<ListBody, 'text' | 'sheet'>, columns: readonly ListColumn[], zone: string): Promise<ReadList> {
  if (text === undefined && sheet === undefined) throw listMissing()
  const none = (fault: FaultShown): ReadList => ({ rows: [], has: () => false, faults: [fault] })
  const read = sheet === undefined ? csvRecords(text!) : await sheetRecords(Buffer.from(sheet, 'base64'), zone)
  if ('reason' in read) return none(read)
  const [head, ...body] = read
  if (!head) return none(faultOf(1, WHOLE, ['文件是空的', 'the file is empty'], ['下载模板，按其列填写', 'download the template and fill in its columns']))
  const places = new Map(head.cells.map((name, at) => [columnNamed(columns, name), at]))
  const missing = columns.filter(({ key, required }) => required && !places.has(key))
  if (missing.length > 0) {
    const why = ['缺少此列', 'the column is missing'] as const
    return { rows: [], has: () => false, faults: missing.map(({ title }) => faultOf(head.row, title, why, ['在首行补上此列，或下载模板', 'add the column to the first row, or take the template'])) }
  }
  if (body.length > MOST_LISTED) {
    return none(faultOf(MOST_LISTED + 2, WHOLE, [`超过 ${MOST_LISTED} 行`, `more than ${MOST_LISTED} rows`], ['分成几份导入', 'import it in several parts']))
  }
  const cell = (cells: readonly string[], key: string) => asWritten((cells[places.get(key) ?? -1] ?? '').trim())
  const rows = body.filter(({ cells }) => cells.some((each) => each.trim() !== '')).map(({ row, cells }) => ({ row, cell: (key: string) => cell(cells, key) }))
  if (rows.length === 0) return none(faultOf(2, WHOLE, ['没有数据行', 'there are no rows'], ['从第 2 行起填写', 'fill in rows from the second on']))
  return { rows, has: (key) => places.has(key), faults: [] }
}

/** By its key or its title in either language. */
const columnNamed = (columns: readonly ListColumn[], name: string): string => {
  const wanted = name.trim().toLowerCase()
  return columns.find(({ key, title }) => [key, title.zh, title.en].some((each) => each.toLowerCase() === wanted))?.key ?? ''
}

function csvRecords(text: string): Record[] | FaultShown {
  try {
    const records = parse(text, { bom: true, info: true, relax_column_count: true, skip_empty_lines: true }) as unknown as { info: { lines: number }; record: string[] }[]
    return records.map(({ info, record }) => ({ row: info.lines, cells: record }))
  } catch (error) {
    const { lines, message } = error as { lines?: number; message: string }
    return faultOf(lines ?? 1, WHOLE, [`不是完好的 CSV：${message}`, `is no sound CSV: ${message}`], ['用电子表格打开，另存为 CSV（UTF-8）', 'open it in a spreadsheet and save it as CSV (UTF-8)'])
  }
}

async function sheetRecords(bytes: Buffer, zone: string): Promise<Record[]> {
  const records: Record[] = []
  for await (const { row, cells } of readSheet(bytes, zone)) {
    records.push({ row, cells: cells.map((cell) => (cell instanceof Date ? cell.toISOString() : String(cell ?? ''))) })
    if (records.length > MOST_LISTED + 1) break
  }
  return records
}

interface ListOut {
  readonly name: string
  readonly title: Words
  readonly columns: readonly ListColumn[]
  readonly rows: readonly (readonly SheetValue[])[]
}

export function writeList({ name, title, columns, rows }: ListOut, as: { format: ListFormat; language: Language; zone: string }): RawReply {
  const titles = columns.map((column) => column.title[as.language])
  if (as.format === 'xlsx') {
    const sheet = { name: title[as.language], columns: columns.map(({ kind, width = 16 }, i) => ({ title: titles[i]!, kind, width })), zone: as.zone }
    return sheetReply(name, writeSheet(sheet, Readable.from(rows)))
  }
  const said = (value: SheetValue) => (typeof value === 'number' ? String(value) : value instanceof Date ? value.toISOString() : harmless(value ?? ''))
  return {
    type: 'text/csv; charset=utf-8',
    // The mark tells spreadsheets that it is UTF-8.
    body: `\uFEFF${stringify([titles, ...rows.map((row) => row.map(said))])}`,
    headers: { 'content-disposition': `attachment; filename="${name}.csv"`, 'cache-control': 'no-store' },
  }
}

/** What is asked for by its code or by a name that only one has. */
export function named<T extends { readonly code: string; readonly zh: string; readonly en: string }>(entries: readonly T[]): (word: string) => T | undefined {
  const byWord = new Map<string, T | undefined>()
  for (const entry of entries) {
    for (const word of new Set([entry.zh, entry.en].map((each) => each.toLowerCase()))) byWord.set(word, byWord.has(word) ? undefined : entry)
  }
  const byCode = new Map(entries.map((entry) => [entry.code, entry]))
  return (word) => byCode.get(word) ?? byWord.get(word.toLowerCase())
}
