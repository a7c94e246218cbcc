// The rows of one pack file, each with its own faults.

import { join } from 'node:path'
import type { Words } from '../contract.ts'
import type { PackFile } from '../room.ts'
import { readCsv, readText, Unreadable, type CsvRecord } from './read-csv.ts'
import { shapeFault } from './shape.ts'
import { readValue } from './value.ts'

export type Row = Record<string, unknown>

export interface ReadRow {
  /** The row's number in the file: the line of a CSV, the feature of a GeoJSON from 1. */
  readonly line: number
  readonly row: Row
  readonly faults: readonly { column: string; reason: Words }[]
}

const NONE: readonly { column: string; reason: Words }[] = []

/** Reads a file in batches of rows; a fault of the file as a whole is thrown as `Unreadable`. */
export async function* readRows(folder: string, file: PackFile): AsyncGenerator<ReadRow[]> {
  const path = join(folder, file.file)
  if (file.format === 'csv') yield* readCsvRows(path, file)
  else if (file.format === 'geojson') yield [...featureRows(await readJson(path), file)]
  else yield [documentRow(await readJson(path))]
}

async function* readCsvRows(path: string, file: PackFile): AsyncGenerator<ReadRow[]> {
  let readRow: ((record: CsvRecord) => ReadRow) | undefined
  for await (const records of readCsv(path)) {
    let from = 0
    if (!readRow && records[0]) {
      readRow = rowReader(
        records[0].cells.map((cell) => cell.trim()),
        file,
      )
      from = 1
    }
    const rows: ReadRow[] = []
    for (let i = from; i < records.length; i++) rows.push(readRow!(records[i]!))
    yield rows
  }
  if (!readRow) throw new Unreadable(1, { zh: '文件为空，没有表头', en: 'the file is empty and has no header' })
}

/** Reads the records under a header, whatever the order of its columns. */
function rowReader(header: readonly string[], file: PackFile): (record: CsvRecord) => ReadRow {
  headerFault(header, file)
  const columns = Object.entries(file.columns ?? {}).map(([name, column]) => ({ name, column, at: header.indexOf(name) }))
  const width = header.length
  return ({ line, cells }) => {
    const row: Row = {}
    if (cells.length !== width) {
      for (const { name } of columns) row[name] = null
      const reason = { zh: `有 ${cells.length} 格，应为 ${width} 格`, en: `has ${cells.length} cells instead of ${width}` }
      return { line, row, faults: [{ column: '', reason }] }
    }
    let faults = NONE
    for (const { name, column, at } of columns) {
      const read = readValue(column, at < 0 ? '' : cells[at]!)
      const fine = 'value' in read
      row[name] = fine ? read.value : null
      if (!fine) faults = [...faults, { column: name, reason: read.reason }]
    }
    return { line, row, faults }
  }
}

function headerFault(header: readonly string[], file: PackFile): void {
  const known = file.columns ?? {}
  const twice = header.find((name, index) => header.indexOf(name) !== index)
  if (twice !== undefined) throw new Unreadable(1, { zh: `表头中 ${twice} 出现两次`, en: `the header names ${twice} twice` })
  const strange = header.find((name) => !Object.hasOwn(known, name))
  if (strange !== undefined) throw new Unreadable(1, { zh: `没有名为“${strange}”的列`, en: `there is no column called "${strange}"` })
  const missing = Object.keys(known).find((name) => known[name]!.required && !header.includes(name))
  if (missing !== undefined) throw new Unreadable(1, { zh: `缺少列 ${missing}`, en: `the column ${missing} is missing` })
}

async function readJson(path: string): Promise<unknown> {
  const text = await readText(path)
  try {
    return JSON.parse(text)
  } catch (error) {
    const at = Number(/position (\d+)/.exec((error as Error).message)?.[1] ?? 0)
    const line = text.slice(0, at).split('\n').length
    throw new Unreadable(line, { zh: '不是完好的 JSON', en: `is no sound JSON: ${(error as Error).message}` })
  }
}

function documentRow(document: unknown): ReadRow {
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    throw new Unreadable(1, { zh: '应为一个 JSON 对象', en: 'must be a JSON object' })
  }
  return { line: 1, row: document as Row, faults: NONE }
}

function* featureRows(document: unknown, file: PackFile): Generator<ReadRow> {
  const { type, features } = (document ?? {}) as { type?: unknown; features?: unknown }
  if (type !== 'FeatureCollection' || !Array.isArray(features)) {
    throw new Unreadable(1, { zh: '应为 GeoJSON 的 FeatureCollection', en: 'must be a FeatureCollection of GeoJSON' })
  }
  for (const [index, feature] of features.entries()) yield featureRow(feature, index + 1, file)
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function featureRow(feature: unknown, line: number, file: PackFile): ReadRow {
  const { properties, geometry } = (feature ?? {}) as { properties?: Row | null; geometry?: unknown }
  const given = properties ?? {}
  const columns = file.columns ?? {}
  const row: Row = {}
  const faults: { column: string; reason: Words }[] = []
  for (const [name, column] of Object.entries(columns)) {
    const value = given[name]
    const read = readValue(column, textOf(value))
    row[name] = 'value' in read ? read.value : null
    if ('reason' in read) faults.push({ column: name, reason: read.reason })
  }
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(columns, name)) faults.push({ column: name, reason: { zh: '没有这一项属性', en: 'is not known here' } })
  }
  const fault = shapeFault(geometry, file.geometry ?? 'any')
  if (fault) faults.push({ column: 'geometry', reason: fault })
  row['geometry'] = fault ? null : geometry
  return { line, row, faults }
}
