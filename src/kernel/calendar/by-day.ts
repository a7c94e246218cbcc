// How a limit was counted, day by day, so that someone with a calendar and a pencil can follow it. Pure.

import type { Calendar, Clock } from './calendar.ts'
import { dayNumber, dayText, wallMoment, weekdayOf } from './wall-time.ts'

/** From when to when a clock ran. */
export type Stretch = readonly [from: Date, to: Date]

export interface DayCounted {
  readonly date: string
  /** 0 for Sunday to 6 for Saturday. */
  readonly weekday: number
  readonly works: boolean
  /** What of the day was counted. */
  readonly spans: readonly Stretch[]
  readonly ms: number
  /** All that had been counted by the end of the day. */
  readonly sumMs: number
}

/** Every day that the stretches touch, with those between them; stretches in order and apart. */
export function countByDay(calendar: Calendar, unit: Clock, stretches: readonly Stretch[]): DayCounted[] {
  const first = stretches[0]
  const last = stretches.at(-1)
  if (!first || !last) return []
  const { zone } = calendar
  const hours = unit === 'urgent_hour' ? [[0, 1440] as const] : calendar.hours
  const days: DayCounted[] = []
  let sumMs = 0
  for (let day = dayNumber(first[0], zone); day <= dayNumber(last[1], zone); day++) {
    const works = calendar.worksOn(day)
    const open = works || unit === 'urgent_hour' ? hours : []
    const spans = open.flatMap(([opens, closes]) =>
      stretches.flatMap(([from, to]): Stretch[] => {
        const begins = Math.max(+from, wallMoment(day, opens, zone))
        const ends = Math.min(+to, wallMoment(day, closes, zone))
        return ends > begins ? [[new Date(begins), new Date(ends)]] : []
      }),
    )
    const ms = spans.reduce((sum, [from, to]) => sum + +to - +from, 0)
    sumMs += ms
    days.push({ date: dayText(day), weekday: weekdayOf(day), works, spans, ms, sumMs })
  }
  return days
}
