// Periods of days on the wall clock of the city, and how to sum them from ready rows of years, months and days. Pure.

import { addDays, dayOfText, dayText, weekdayOf } from '../kernel/calendar/index.ts'
import type { Period } from './contract.ts'

/** Days from `from` to `to`, both included. */
export interface Span {
  readonly from: string
  readonly to: string
}

const month = (day: string) => Number(day.slice(5, 7))
const year = (day: string) => Number(day.slice(0, 4))
const dayOfMonth = (day: string) => Number(day.slice(8, 10))
const two = (n: number) => String(n).padStart(2, '0')

/** The first day of the month that lies `shift` months from that of `day`. */
export function monthStart(day: string, shift = 0): string {
  const index = year(day) * 12 + month(day) - 1 + shift
  return `${Math.floor(index / 12)}-${two((index % 12) + 1)}-01`
}

const lastOfMonth = (day: string) => addDays(monthStart(day, 1), -1)
const daysBetween = ({ from, to }: Span) => dayOfText(to) - dayOfText(from)

/** From the beginning of the running period until today; weeks begin on Monday. */
export function runningSpan(period: Period, today: string): Span {
  if (period === 'today') return { from: today, to: today }
  if (period === 'week') return { from: addDays(today, -((weekdayOf(dayOfText(today)) + 6) % 7)), to: today }
  if (period === 'month') return { from: monthStart(today), to: today }
  if (period === 'quarter') return { from: monthStart(today, -((month(today) - 1) % 3)), to: today }
  return { from: `${year(today)}-01-01`, to: today }
}

/** The same days of the period before: of the month before up to the same date, of another span as many days just before it. */
export function spanBefore(period: Period | undefined, span: Span): Span {
  if (period === 'week') return { from: addDays(span.from, -7), to: addDays(span.to, -7) }
  const days = daysBetween(span)
  const shift = period === 'month' ? -1 : period === 'quarter' ? -3 : period === 'year' ? -12 : undefined
  if (shift === undefined) return { from: addDays(span.from, -days - 1), to: addDays(span.from, -1) }

  const from = monthStart(span.from, shift)
  const target = monthStart(span.to, shift)
  const last = lastOfMonth(target)
  const to = `${target.slice(0, 8)}${two(Math.min(dayOfMonth(span.to), dayOfMonth(last)))}`
  return { from, to: span.to === lastOfMonth(span.to) ? last : to }
}

export interface Rows {
  readonly year: string[]
  readonly month: string[]
  readonly day: string[]
}

/** The fewest rows whose sum is the span. What lies after `today` is empty, so a running month or year is one row. */
export function rowsOf({ from, to }: Span, today: string): Rows {
  const rows: Rows = { year: [], month: [], day: [] }
  for (let at = from; at <= to; ) {
    const endOfYear = `${year(at)}-12-31`
    const endOfMonth = lastOfMonth(at)
    if (at.endsWith('-01-01') && covers(to, endOfYear, today)) {
      rows.year.push(at)
      at = addDays(endOfYear, 1)
    } else if (at.endsWith('-01') && covers(to, endOfMonth, today)) {
      rows.month.push(at)
      at = addDays(endOfMonth, 1)
    } else {
      rows.day.push(at)
      at = addDays(at, 1)
    }
  }
  return rows
}

/** The span goes to the end of the row, or to today, after which nothing has happened. */
const covers = (to: string, end: string, today: string) => to >= end || (to === today && end >= today)

/** Every day of a span. */
export const daysOf = ({ from, to }: Span): string[] =>
  Array.from({ length: daysBetween({ from, to }) + 1 }, (_, i) => dayText(dayOfText(from) + i))

/** The first day of each month that a span touches. */
export function monthsOf({ from, to }: Span): string[] {
  const months: string[] = []
  for (let at = monthStart(from); at <= to; at = monthStart(at, 1)) months.push(at)
  return months
}

export const isWeekend = (day: string): boolean => [0, 6].includes(weekdayOf(dayOfText(day)))
