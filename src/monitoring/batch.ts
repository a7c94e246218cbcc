// What is written together: readings, and what was refused beside them. Nothing here reads a clock or a database.

import { CHINA, offsetMs } from '../kernel/calendar/index.ts'
import type { Reason } from './gate.ts'

/** As the columns of the table stand: at, value, series, flags. */
export type Row = readonly [at: number, value: number, series: number, flags: number]

export interface Refused {
  readonly district: string
  readonly way: string
  readonly reason: Reason
  readonly device: string
  readonly payload: string
  readonly cameAt: number
}

/** A span of one series, summed up. */
export interface Rolled {
  readonly series: number[]
  readonly at: number[]
  readonly n: number[]
  readonly sum: number[]
  readonly low: number[]
  readonly high: number[]
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

export type Span = 'minute' | 'hour' | 'day'

/** The beginning of the minute, hour or day of the city in which `at` lies. */
export function beginOf(span: Span, at: number, zone: string = CHINA): number {
  if (span === 'minute') return at - mod(at, MINUTE_MS)
  const offset = offsetMs(at, zone)
  const length = span === 'hour' ? HOUR_MS : DAY_MS
  return at - mod(at + offset, length)
}

const mod = (value: number, by: number): number => ((value % by) + by) % by

/** Readings in the order in which indexes and locks are taken: by series, then time. */
export const inOrder = (rows: readonly Row[]): Row[] => rows.toSorted((one, other) => one[2] - other[2] || one[0] - other[0])

/** Sums up rows that stand in order; `only` leaves series out. */
export function roll(rows: readonly Row[], span: Span, zone?: string, only?: (series: number) => boolean): Rolled {
  const into: Rolled = { series: [], at: [], n: [], sum: [], low: [], high: [] }
  let [last, begin] = [-1, Number.NaN]
  for (const [at, value, series] of rows) {
    if (only && !only(series)) continue
    const from = beginOf(span, at, zone)
    if (series !== last || from !== begin) {
      ;[last, begin] = [series, from]
      into.series.push(series)
      into.at.push(from)
      into.n.push(0)
      into.sum.push(0)
      into.low.push(value)
      into.high.push(value)
    }
    const i = into.n.length - 1
    into.n[i]! += 1
    into.sum[i]! += value
    into.low[i] = Math.min(into.low[i]!, value)
    into.high[i] = Math.max(into.high[i]!, value)
  }
  return into
}

/** What is derived of readings: the newest of each series, and its spans. */
export interface Sums {
  readonly newest: readonly Row[]
  readonly minute: Rolled
  readonly hour: Rolled
  readonly day: Rolled
}

/** Of rows that stand in order. */
export const sumUp = (rows: readonly Row[], zone: string, hasMinutes: (series: number) => boolean): Sums => ({
  newest: newest(rows),
  minute: roll(rows, 'minute', zone, hasMinutes),
  hour: roll(rows, 'hour', zone),
  day: roll(rows, 'day', zone),
})

/** The newest row of each series; of rows that stand in order. */
export const newest = (rows: readonly Row[]): Row[] => rows.filter(([, , series], i) => rows[i + 1]?.[2] !== series)

/** Metrics that report more often than once a minute have minutes of their own; of all others each reading is its minute. */
export const hasMinutes = (period: number): boolean => period < 60
