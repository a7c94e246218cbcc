// Deadlines by three clocks. 紧急工作时 runs round the clock; 工作时 and 工作日 run only in the hours of service on workdays,
// where one 工作日 is all the hours of service of a day. Pure: no clock is read here, and the browser counts by the same file.

import { CHINA, dayNumber, dayOfText, dayText, wallMoment, weekdayOf } from './wall-time.ts'
import { workdayTable, type WorkdayTable } from './workday-table.ts'

export const CLOCKS = ['urgent_hour', 'work_hour', 'work_day'] as const
export type Clock = (typeof CLOCKS)[number]

const MINUTE = 60_000
const HOUR = 60 * MINUTE

export interface Calendar {
  /** Hours of service in minutes after midnight, in order and apart: `[[480, 720], [840, 1080]]`. */
  readonly hours: readonly (readonly [from: number, to: number])[]
  readonly zone: string
  readonly isWorkday: (date: string) => boolean
  /** As `isWorkday`, by the number of the day: for hot loops. */
  readonly worksOn: (day: number) => boolean
  /** The workdays counted out, made when first asked for; undefined where days are not all of one length, as with summer time. */
  readonly table: () => WorkdayTable | undefined
}

export interface CalendarFacts {
  readonly hours: readonly (readonly [from: number, to: number])[]
  /** Days that differ from the ordinary week: holidays (`off`) and make-up workdays. */
  readonly days: readonly { readonly date: string; readonly off: boolean }[]
  readonly zone?: string
}

export function calendarFrom({ hours, days, zone = CHINA }: CalendarFacts): Calendar {
  let last = 0
  for (const [from, to] of hours) {
    if (!(from >= last && to > from && to <= 1440)) throw new RangeError('hours of service must be in order, apart and within a day')
    last = to
  }
  if (hours.length === 0) throw new RangeError('a calendar needs hours of service')
  const exceptions = new Map(days.map(({ date, off }) => [dayOfText(date), off]))
  const worksOn = (day: number): boolean => {
    const off = exceptions.get(day)
    if (off !== undefined) return !off
    const weekday = weekdayOf(day)
    return weekday !== 0 && weekday !== 6
  }
  let table: WorkdayTable | undefined
  return {
    hours,
    zone,
    worksOn,
    isWorkday: (date) => worksOn(dayOfText(date)),
    table: () => (zone === CHINA ? (table ??= workdayTable(worksOn, hours)) : undefined),
  }
}

/** How long one unit of the clock lasts, in the milliseconds that this clock counts. */
export function unitMs(calendar: Calendar, unit: Clock): number {
  if (unit === 'urgent_hour' || unit === 'work_hour') return HOUR
  return calendar.hours.reduce((sum, [from, to]) => sum + (to - from), 0) * MINUTE
}

/** Far past any limit in use, so that a calendar without workdays ends in an error and not in an endless loop. */
const MOST_DAYS = 40_000

/** The moment when the clock has counted `ms` since `from`: the first such moment, so the end of a period and not the start of the next. */
function after(calendar: Calendar, unit: Clock, from: number, ms: number): number {
  if (unit === 'urgent_hour' || ms <= 0) return from + Math.max(0, ms)
  return calendar.table()?.after(from, ms) ?? walkedAfter(calendar, from, ms)
}

/** The same day by day, for places with summer time and for days beyond the table. */
function walkedAfter(calendar: Calendar, from: number, ms: number): number {
  let left = ms
  const { zone } = calendar
  const first = dayNumber(from, zone)
  for (let day = first; day < first + MOST_DAYS; day++) {
    if (!calendar.worksOn(day)) continue
    for (const [opens, closes] of calendar.hours) {
      const start = Math.max(from, wallMoment(day, opens, zone))
      const end = wallMoment(day, closes, zone)
      if (end <= start) continue
      if (left <= end - start) return start + left
      left -= end - start
    }
  }
  throw new RangeError('the calendar has no workdays')
}

/** When a limit of `amount` units that began at `from` runs out. */
export const deadline = (calendar: Calendar, from: Date, amount: number, unit: Clock): Date =>
  new Date(after(calendar, unit, +from, Math.round(amount * unitMs(calendar, unit))))

/** The moment when the clock will have counted `ms` since `from`; `from` itself where nothing is left to count. */
export const momentAfter = (calendar: Calendar, from: Date, ms: number, unit: Clock): Date => new Date(after(calendar, unit, +from, ms))

/** How much this clock has counted between two moments; negative where `to` is the earlier. The inverse of `deadline`. */
export function workingMs(calendar: Calendar, unit: Clock, from: Date, to: Date): number {
  if (+to < +from) return -workingMs(calendar, unit, to, from)
  if (unit === 'urgent_hour') return +to - +from
  return calendar.table()?.between(+from, +to) ?? walkedBetween(calendar, from, to)
}

function walkedBetween(calendar: Calendar, from: Date, to: Date): number {
  const { zone } = calendar
  const last = dayNumber(to, zone)
  let sum = 0
  for (let day = dayNumber(from, zone); day <= last; day++) {
    if (!calendar.worksOn(day)) continue
    for (const [opens, closes] of calendar.hours) {
      const start = Math.max(+from, wallMoment(day, opens, zone))
      const end = Math.min(+to, wallMoment(day, closes, zone))
      if (end > start) sum += end - start
    }
  }
  return sum
}

/** The moment when `share` of a limit has been used up: 0.8 is where the lamp turns yellow. */
export const momentAtShare = (calendar: Calendar, from: Date, amount: number, unit: Clock, share: number): Date =>
  new Date(after(calendar, unit, +from, Math.round(Math.round(amount * unitMs(calendar, unit)) * share)))

/** Whether the hours of service are open at a moment. */
export function isOpen(calendar: Calendar, at: Date): boolean {
  const day = dayNumber(at, calendar.zone)
  if (!calendar.worksOn(day)) return false
  return calendar.hours.some(
    ([opens, closes]) => +at >= wallMoment(day, opens, calendar.zone) && +at < wallMoment(day, closes, calendar.zone),
  )
}

/** The working days from one date to another, both included. */
export function workdays(calendar: Calendar, from: string, to: string): string[] {
  const days: string[] = []
  for (let day = dayOfText(from); day <= dayOfText(to); day++) if (calendar.worksOn(day)) days.push(dayText(day))
  return days
}
