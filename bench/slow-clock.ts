// Deadlines counted minute by minute, to hold the program's against. It knows nothing of the program and shares no line with it: the
// days are written down one after the other from a known Monday, every minute of them is marked as open or shut, and a deadline is found
// by walking over the marks. Slow, and so plain that a clerk with a calendar and a pencil would do the same.

export interface SlowFacts {
  /** Hours of service in minutes after midnight. */
  readonly hours: readonly (readonly [from: number, to: number])[]
  /** Days that differ from the ordinary week. */
  readonly days: readonly { readonly date: string; readonly off: boolean }[]
}

export type SlowUnit = 'urgent_hour' | 'work_hour' | 'work_day'

export interface SlowCalendar {
  /** One mark for each minute since the first: 1 where the office is open. */
  readonly open: Uint8Array
  readonly minutesADay: number
}

/** 2024-01-01 00:00 in China, a Monday, in milliseconds since 1970. */
export const FIRST_MS = 1_704_038_400_000
const MINUTE = 60_000
const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Every date from 2024-01-01 on, written down one after the other. */
function dates(count: number): string[] {
  const written: string[] = []
  let [year, month, day] = [2024, 1, 1]
  const two = (value: number) => String(value).padStart(2, '0')
  while (written.length < count) {
    written.push(`${year}-${two(month)}-${two(day)}`)
    const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
    const length = month === 2 && leap ? 29 : LENGTHS[month - 1]!
    day += 1
    if (day > length) [day, month] = [1, month + 1]
    if (month > 12) [month, year] = [1, year + 1]
  }
  return written
}

export const slowCalendar = ({ hours, days }: SlowFacts, dayCount: number): SlowCalendar => {
  const open = new Uint8Array(dayCount * 1440)
  for (const [i, date] of dates(dayCount).entries()) {
    const named = days.findLast((day) => day.date === date)
    const ordinary = i % 7 < 5
    const works = named ? !named.off : ordinary
    if (!works) continue
    for (const [from, to] of hours) for (let minute = from; minute < to; minute++) open[i * 1440 + minute] = 1
  }
  let minutesADay = 0
  for (const [from, to] of hours) minutesADay += to - from
  return { open, minutesADay }
}

export const slowUnitMs = ({ minutesADay }: SlowCalendar, unit: SlowUnit): number => (unit === 'work_day' ? minutesADay : 60) * MINUTE

/** Times during which the clock stands, in order and apart. */
export type Pause = readonly [from: number, to: number]

/**
 * For each of `wanted`, in order, the first moment at which a clock that started at `from` has counted so many milliseconds; undefined
 * where the marks end before.
 */
export function slowMoments(
  { open }: SlowCalendar,
  unit: SlowUnit,
  from: number,
  wanted: readonly number[],
  pauses: readonly Pause[] = [],
): (number | undefined)[] {
  const found: (number | undefined)[] = []
  let counted = 0
  let at = from
  let pause = 0
  while (found.length < wanted.length) {
    const want = wanted[found.length]!
    if (counted >= want) {
      found.push(at - (counted - want))
      continue
    }
    const next = pauses[pause]
    if (next && next[0] <= at) {
      // Nothing is counted while the clock stands.
      at = Math.max(at, next[1])
      pause++
      continue
    }
    const minute = Math.floor((at - FIRST_MS) / MINUTE)
    if (minute >= open.length) return wanted.map((_, i) => found[i])
    // A step goes to the end of the minute, or to where a pause begins within it.
    const endOfMinute = FIRST_MS + (minute + 1) * MINUTE
    const until = next && next[0] < endOfMinute ? next[0] : endOfMinute
    if (unit === 'urgent_hour' || open[minute] === 1) counted += until - at
    at = until
  }
  return found
}

/** How much a clock has counted between two moments. */
export function slowCounted(calendar: SlowCalendar, unit: SlowUnit, from: number, to: number): number {
  let counted = 0
  for (let at = from; at < to; ) {
    const minute = Math.floor((at - FIRST_MS) / MINUTE)
    const until = Math.min(FIRST_MS + (minute + 1) * MINUTE, to)
    if (unit === 'urgent_hour' || calendar.open[minute] === 1) counted += until - at
    at = until
  }
  return counted
}
