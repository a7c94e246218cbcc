// A past case as its source tells it, read from the text of its columns. Pure.

import type { Words } from '../../kernel/contract.ts'
import { HISTORY_MOMENTS, type HistoryColumn, type HistoryMoment, type HistoryRow } from '../history-columns.ts'

export interface PastCase {
  readonly key: string
  readonly text: HistoryRow
  readonly position: readonly [number, number] | null
  readonly at: Readonly<Partial<Record<HistoryMoment, Date>>> & { readonly reported_at: Date }
  readonly dueAt: Date | null
  readonly rating: number | null
  readonly photos: string[]
  readonly disposedPhotos: string[]
}

export interface RowFault {
  readonly column: HistoryColumn
  readonly reason: Words
}

const ISO = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/
const LONGEST = 2000
const FIRST_YEAR = Date.UTC(1970, 0, 1)

/** The case, or everything that is wrong with its row. */
export function pastCaseOf(row: HistoryRow): PastCase | RowFault[] {
  const faults: RowFault[] = []
  const fail = (column: HistoryColumn, zh: string, en: string) => faults.push({ column, reason: { zh, en } })
  const given = (column: HistoryColumn) => row[column]?.trim() || undefined

  for (const column of ['key', 'source', 'category', 'description'] as const) if (!given(column)) fail(column, '不能为空', 'must not be empty')
  for (const [column, text] of Object.entries(row)) if (text && text.length > LONGEST) fail(column as HistoryColumn, '过长', 'is too long')
  const moment = (column: HistoryColumn): Date | undefined => {
    const text = given(column)
    if (text === undefined) return undefined
    const at = new Date(text)
    if (ISO.test(text) && +at > FIRST_YEAR) return at
    fail(column, `“${text}”不是带时区的时间`, `"${text}" is no time with its zone`)
    return undefined
  }
  const at: Partial<Record<HistoryMoment, Date>> = {}
  for (const column of HISTORY_MOMENTS) {
    const read = moment(column)
    if (read) at[column] = read
  }
  const dueAt = moment('due_at') ?? null
  if (!at.reported_at && faults.every(({ column }) => column !== 'reported_at')) fail('reported_at', '不能为空', 'must not be empty')
  checkOrder(at, fail)
  const position = positionOf(given('longitude'), given('latitude'), fail)
  for (const column of ['photos', 'disposed_photos'] as const) {
    if (!listOf(row[column]).every((sha256) => /^[0-9a-f]{64}$/.test(sha256))) fail(column, '不是 SHA-256', 'is no SHA-256')
  }
  const rating = given('rating')
  if (rating !== undefined && !/^[1-5]$/.test(rating)) fail('rating', '需为 1 至 5', 'must be 1 to 5')

  if (faults.length > 0) return faults
  return {
    key: given('key')!,
    text: row,
    position,
    at: withImplied(at) as PastCase['at'],
    dueAt,
    rating: rating === undefined ? null : Number(rating),
    photos: listOf(row.photos),
    disposedPhotos: listOf(row.disposed_photos),
  }
}

const listOf = (text: string | undefined): string[] => text?.split(' ').filter(Boolean) ?? []

type Fail = (column: HistoryColumn, zh: string, en: string) => void

function checkOrder(at: Partial<Record<HistoryMoment, Date>>, fail: Fail): void {
  let last: Date | undefined
  for (const column of HISTORY_MOMENTS) {
    const next = at[column]
    // 核实 may come before or after 受理: cities differ in which they stamp first.
    if (!next || column === 'verified_at') continue
    if (last && next < last) fail(column, '早于前一时间', 'lies before the moment before it')
    last = next
  }
  const ends = (['declined_at', 'self_disposed_at', 'closed_at', 'voided_at'] as const).filter((column) => at[column])
  if (ends.length > 1) fail(ends[1]!, `与 ${ends[0]} 不能并存`, `cannot stand beside ${ends[0]}`)
  if ((at.declined_at || at.self_disposed_at) && at.established_at) fail('established_at', '未立案的案件不能有立案时间', 'belongs to no case that was declined')
  if (at.returned_at && !at.established_at) fail('established_at', '有回退须有立案时间', 'is needed where there is a return')
}

function positionOf(lng: string | undefined, lat: string | undefined, fail: Fail): [number, number] | null {
  if (lng === undefined && lat === undefined) return null
  const position: [number, number] = [Number(lng ?? NaN), Number(lat ?? NaN)]
  if (!(Math.abs(position[0]) <= 180)) fail('longitude', '不是经度', 'is no longitude')
  if (!(Math.abs(position[1]) <= 90)) fail('latitude', '不是纬度', 'is no latitude')
  return position
}

/** Where a source tells only of later moments, those that must have come before them are the latest that they can be known by. */
function withImplied(at: Partial<Record<HistoryMoment, Date>>): Partial<Record<HistoryMoment, Date>> {
  const full = { ...at }
  if (full.closed_at ?? full.checked_at) full.disposed_at ??= (full.checked_at ?? full.closed_at)!
  if (full.reworked_at) full.first_disposed_at ??= full.reworked_at
  const disposed = full.first_disposed_at ?? full.disposed_at
  if (disposed ?? full.returned_at) full.dispatched_at ??= full.returned_at ? undefined : (full.established_at ?? full.accepted_at ?? full.reported_at)!
  if (full.dispatched_at ?? full.voided_at) full.established_at ??= (full.accepted_at ?? full.verified_at ?? full.reported_at)!
  return full
}
