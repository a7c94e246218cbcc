// A table in a sheet: its first row names the columns, in either language; each fault says where it stands.

import type { Words } from '../contract.ts'
import { readSheet, type Cell } from './read-sheet.ts'

export interface TableColumn {
  readonly key: string
  readonly title: Words
  readonly kind: 'text' | 'number' | 'moment'
  readonly required?: boolean
  readonly maxLength?: number
}

export interface TableFault {
  /** As the sheet counts them, from 1; the head is 1. */
  readonly row: number
  readonly column: string
  readonly reason: Words
}

export interface TableRead {
  readonly rows: readonly { readonly row: number; readonly values: Readonly<Record<string, string | number | Date | null>> }[]
  readonly faults: readonly TableFault[]
}

const MOST_FAULTS = 200

/** Rows without a fault, and the faults of the others. Columns that are not named are left aside. */
export async function readTable(bytes: Buffer, columns: readonly TableColumn[], zone: string, mostRows = 100_000): Promise<TableRead> {
  const rows: TableRead['rows'][number][] = []
  const faults: TableFault[] = []
  let places: Map<string, number> | undefined
  for await (const { row, cells } of readSheet(bytes, zone)) {
    if (!places) {
      places = placesOf(columns, cells)
      const missing = columns.filter(({ key, required }) => required && !places!.has(key))
      if (missing.length > 0) return { rows: [], faults: missing.map(({ key, title }) => ({ row, column: key, reason: { zh: `缺少“${title.zh}”列`, en: `the column “${title.en}” is missing` } })) }
      continue
    }
    const before = faults.length
    const values: Record<string, string | number | Date | null> = {}
    for (const column of columns) {
      const at = places.get(column.key)
      const read = valueOf(column, at === undefined ? null : (cells[at] ?? null))
      if ('reason' in read) faults.push({ row, column: column.key, reason: read.reason })
      else values[column.key] = read.value
    }
    if (faults.length === before) rows.push({ row, values })
    if (faults.length >= MOST_FAULTS) break
    if (rows.length > mostRows) {
      faults.push({ row, column: '', reason: { zh: `最多 ${mostRows} 行`, en: `at most ${mostRows} rows` } })
      break
    }
  }
  return { rows, faults }
}

const placesOf = (columns: readonly TableColumn[], head: readonly Cell[]): Map<string, number> => {
  const names = head.map((cell) => String(cell ?? '').trim().toLowerCase())
  return new Map(
    columns.flatMap(({ key, title }) => {
      const at = names.findIndex((name) => name !== '' && [key, title.zh, title.en].some((each) => each.toLowerCase() === name))
      return at < 0 ? [] : [[key, at] as const]
    }),
  )
}

function valueOf({ title, kind, required, maxLength }: TableColumn, cell: Cell): { value: string | number | Date | null } | { reason: Words } {
  const text = cell instanceof Date ? cell.toISOString() : String(cell ?? '').trim()
  if (text === '') return required ? { reason: { zh: `“${title.zh}”不能为空`, en: `“${title.en}” must not be empty` } } : { value: null }
  if (kind === 'number') {
    const value = Number(text.replaceAll(',', ''))
    return Number.isFinite(value) ? { value } : { reason: { zh: `“${title.zh}”应是数：${text}`, en: `“${title.en}” should be a number: ${text}` } }
  }
  if (kind === 'moment') {
    const value = cell instanceof Date ? cell : new Date(text)
    return Number.isNaN(+value) ? { reason: { zh: `“${title.zh}”应是时间：${text}`, en: `“${title.en}” should be a time: ${text}` } } : { value }
  }
  if (maxLength !== undefined && text.length > maxLength) return { reason: { zh: `“${title.zh}”超过 ${maxLength} 字`, en: `“${title.en}” is longer than ${maxLength}` } }
  return { value: text }
}
