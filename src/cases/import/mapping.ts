// How the columns of a source's file become those of past cases: a small JSON file beside the data. Described in docs/import.md. Pure.

import { offsetMs, wallMoment } from '../../kernel/index.ts'
import type { Words } from '../../kernel/contract.ts'
import { HISTORY_COLUMNS, HISTORY_MOMENTS, type HistoryColumn, type HistoryRow } from '../history-columns.ts'

/** One column: the name of the source's column, or how to make the value. */
export type ColumnMapping =
  | string
  | { readonly constant: string }
  | {
      /** One column, or several that are joined. */
      readonly from: string | readonly string[]
      readonly join?: string
      /** Value of the source -> value here; compared after trimming. */
      readonly values?: Readonly<Record<string, string>>
      /** For a value that `values` does not name; without it such a row is refused. */
      readonly otherwise?: string
      /** For an empty value. */
      readonly empty?: string
      readonly form?: 'slug' | 'upper' | 'lower'
      readonly before?: string
      readonly after?: string
      readonly length?: number
    }

export interface Mapping {
  /** Names the source: with the key of a row it says which case it is. */
  readonly system: string
  /** IANA name of the zone in which the source writes its times. */
  readonly zone: string
  /** `iso`, or a pattern of YYYY MM DD HH mm ss. */
  readonly dates: string
  readonly columns: Readonly<Partial<Record<HistoryColumn, ColumnMapping>>>
}

export function mappingFaults(mapping: Mapping): { at: string; reason: Words }[] {
  const faults: { at: string; reason: Words }[] = []
  const fail = (at: string, zh: string, en: string) => faults.push({ at, reason: { zh, en } })
  if (!/^[a-z0-9][a-z0-9._-]{0,60}$/.test(mapping.system ?? '')) fail('system', '需为小写字母、数字、点和连字符', 'must be lower-case letters, digits, dots and hyphens')
  if (!isZone(mapping.zone)) fail('zone', '没有这个时区', 'there is no such time zone')
  if (mapping.dates !== 'iso' && !/YYYY.*MM.*DD|DD.*MM.*YYYY|MM.*DD.*YYYY/.test(mapping.dates ?? '')) {
    fail('dates', '需为 iso 或含 YYYY、MM、DD 的格式', 'must be iso or a pattern with YYYY, MM and DD')
  }
  for (const column of Object.keys(mapping.columns ?? {})) {
    if (!HISTORY_COLUMNS.includes(column as HistoryColumn)) fail(`columns.${column}`, '没有这一列', 'there is no such column')
  }
  for (const column of ['key', 'source', 'category', 'description', 'reported_at'] as const) {
    if (!mapping.columns?.[column]) fail(`columns.${column}`, '必须给出', 'must be given')
  }
  return faults
}

function isZone(zone: unknown): boolean {
  try {
    return typeof zone === 'string' && Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }))
  } catch {
    return false
  }
}

export type Mapped = { readonly row: HistoryRow } | { readonly column: HistoryColumn; readonly reason: Words }
type Cell = (record: Readonly<Record<string, string>>) => string | { reason: Words }

/** A function from a record of the source to the columns of a past case. */
export function mapper(mapping: Mapping): (record: Readonly<Record<string, string>>) => Mapped {
  const isMoment = new Set<string>([...HISTORY_MOMENTS, 'due_at'])
  const read = momentReader(mapping.dates, mapping.zone)
  const cells = Object.entries(mapping.columns).map(([column, shape]) => {
    const cell = cellOf(shape)
    return { column: column as HistoryColumn, cell: isMoment.has(column) ? asMoment(cell, read) : cell }
  })
  return (record) => {
    const row: HistoryRow = {}
    for (const { column, cell } of cells) {
      const value = cell(record)
      if (typeof value !== 'string') return { column, reason: value.reason }
      if (value !== '') row[column] = value
    }
    return { row }
  }
}

function cellOf(shape: ColumnMapping): Cell {
  if (typeof shape === 'string') return (record) => record[shape]?.trim() ?? ''
  if ('constant' in shape) return () => shape.constant
  const { from, join = ' ', values, otherwise, empty = '', form, before = '', after = '', length = Infinity } = shape
  const names = typeof from === 'string' ? [from] : from
  const table = values && new Map(Object.entries(values))
  return (record) => {
    const text = names.map((name) => record[name]?.trim() ?? '').filter(Boolean).join(join)
    if (text === '') return empty
    const known = table ? (table.get(text) ?? otherwise) : text
    if (known === undefined) return { reason: { zh: `“${text}”没有对应值`, en: `"${text}" has no value in the table` } }
    // What the table or `otherwise` names is meant as it stands.
    if (table) return known
    return `${before}${shaped(known, form).slice(0, length)}${after}`
  }
}

function shaped(text: string, form: 'slug' | 'upper' | 'lower' | undefined): string {
  if (form === 'upper') return text.toUpperCase()
  if (form === 'lower') return text.toLowerCase()
  if (form !== 'slug') return text
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
}

type ReadMoment = (text: string) => Date | undefined

const asMoment =
  (cell: Cell, read: ReadMoment): Cell =>
  (record) => {
    const text = cell(record)
    if (typeof text !== 'string' || text === '') return text
    return read(text)?.toISOString() ?? { reason: { zh: `“${text}”不是约定格式的时间`, en: `"${text}" is no time of the agreed form` } }
  }

const PARTS = { YYYY: '(?<year>\\d{4})', MM: '(?<month>\\d\\d?)', DD: '(?<day>\\d\\d?)', HH: '(?<hour>\\d\\d?)', mm: '(?<minute>\\d\\d?)', ss: '(?<second>\\d\\d?)' }

/** Reads a time of the wall clock of a zone. Of an hour that comes twice in autumn it is the first, of one left out in spring that after the gap. */
export function momentReader(pattern: string, zone: string): ReadMoment {
  if (pattern === 'iso') {
    return (text) => {
      if (/(Z|[+-]\d\d:?\d\d)$/.test(text)) return sound(new Date(text))
      const wall = Date.parse(`${text.replace(' ', 'T')}${text.includes(':') ? '' : 'T00:00'}Z`)
      return Number.isNaN(wall) ? undefined : fromWall(wall, zone)
    }
  }
  const escaped = pattern.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&')
  const shape = new RegExp(`^${escaped.replaceAll(/YYYY|MM|DD|HH|mm|ss/g, (part) => PARTS[part as keyof typeof PARTS])}$`)
  return (text) => {
    const found = shape.exec(text)?.groups
    if (!found) return undefined
    const part = (name: string) => Number(found[name] ?? 0)
    const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
    // 31 June is no day, and must not become 1 July.
    const back = new Date(wall)
    if (back.getUTCMonth() !== part('month') - 1 || back.getUTCDate() !== part('day') || part('hour') > 23 || part('minute') > 59) return undefined
    return fromWall(wall, zone)
  }
}

const DAY_MS = 86_400_000

function fromWall(wall: number, zone: string): Date {
  const day = Math.floor(wall / DAY_MS)
  const ofDay = wall - day * DAY_MS
  const late = wallMoment(day, ofDay / 60_000, zone)
  // The hour that comes twice: an hour earlier the clock showed the same.
  const early = late - 3_600_000
  return sound(new Date(early + offsetMs(early, zone) === wall ? early : late))!
}

const sound = (at: Date): Date | undefined => (Number.isNaN(+at) ? undefined : at)
