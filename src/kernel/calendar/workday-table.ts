// The workdays of a calendar counted out once, so that a deadline weeks away costs no more than one today. Pure.
// Only for places whose wall clock never jumps: there every workday has the same hours of service.

import { CHINA, DAY_MS, dayOfText, offsetMs } from './wall-time.ts'

const MINUTE = 60_000
const FIRST = dayOfText('1990-01-01')
const LAST = dayOfText('2100-01-01')

export interface WorkdayTable {
  /** The moment at which `ms` of service have passed since `from`; undefined where it lies beyond the table. */
  readonly after: (from: number, ms: number) => number | undefined
  /** The service between two moments in milliseconds, `to` being the later; undefined where one lies beyond the table. */
  readonly between: (from: number, to: number) => number | undefined
}

export function workdayTable(
  worksOn: (day: number) => boolean,
  hours: readonly (readonly [from: number, to: number])[],
): WorkdayTable {
  const offset = offsetMs(0, CHINA)
  const spans = hours.map(([from, to]) => [from * MINUTE, to * MINUTE] as const)
  const dayMs = spans.reduce((sum, [from, to]) => sum + to - from, 0)
  // `before[i]`: workdays before day FIRST + i; `days[n]`: the n-th workday, from zero.
  const before = new Int32Array(LAST - FIRST + 1)
  const days = new Int32Array(LAST - FIRST)
  for (let i = 0, found = 0; i < days.length; i++) {
    before[i] = found
    if (worksOn(FIRST + i)) days[found++] = FIRST + i
    before[i + 1] = found
  }
  const all = before[before.length - 1]!

  /** The service of a workday that has passed at `ms` after its midnight. */
  const passed = (ms: number): number => {
    let sum = 0
    for (const [from, to] of spans) {
      if (ms <= from) return sum
      sum += Math.min(ms, to) - from
    }
    return sum
  }
  /** All service before a moment, counted from the first day of the table. */
  const serviceBefore = (wall: number): number | undefined => {
    const day = Math.floor(wall / DAY_MS)
    if (day < FIRST || day >= LAST) return undefined
    const i = day - FIRST
    const today = before[i + 1]! > before[i]! ? passed(wall - day * DAY_MS) : 0
    return before[i]! * dayMs + today
  }

  return {
    after(from, ms) {
      const begun = serviceBefore(from + offset)
      if (begun === undefined) return undefined
      const until = begun + ms
      // The end of a period and not the start of the next: a limit that fills a day ends when that day closes.
      const nth = Math.ceil(until / dayMs) - 1
      if (nth >= all) return undefined
      let left = until - nth * dayMs
      for (const [opens, closes] of spans) {
        if (left <= closes - opens) return days[nth]! * DAY_MS + opens + left - offset
        left -= closes - opens
      }
      return undefined
    },
    between(from, to) {
      const [begun, ended] = [serviceBefore(from + offset), serviceBefore(to + offset)]
      return begun === undefined || ended === undefined ? undefined : ended - begun
    },
  }
}
