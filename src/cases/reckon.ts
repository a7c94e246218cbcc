// A limit with its extensions and pauses, reckoned as a case would be. Pure.

import { momentAfter, unitMs, workingMs, type Calendar, type Clock, type Stretch } from '../kernel/index.ts'
import { extendClock, pauseClock, resumeClock, startClock } from './deadline.ts'

export interface Question {
  readonly from: Date
  readonly amount: number
  readonly unit: Clock
  /** 延期: how many times one more original limit was granted. */
  readonly extensions: number
  /** 挂账: when the clock stood still, in order and apart. */
  readonly pauses: readonly Stretch[]
  /** The share of the whole limit after which the lamp is yellow. */
  readonly share: number
}

export interface Reckoned {
  readonly dueAt: Date
  readonly yellowAt: Date
  readonly wholeMs: number
  /** When the clock ran. */
  readonly ran: readonly Stretch[]
  /** Pauses that began when the limit had already passed, and so changed nothing. */
  readonly tooLate: readonly Stretch[]
}

export function reckonClock({ from, amount, unit, extensions, pauses, share }: Question, calendar: Calendar): Reckoned {
  let clock = { ...startClock('', { amount, unit }, calendar, from), clockLeftMs: null as number | null }
  const move = (moved: Partial<Record<keyof typeof clock, unknown>>) => void (clock = { ...clock, ...moved } as typeof clock)
  for (let i = 0; i < extensions; i++) move(extendClock(clock, amount, calendar, from))

  const ran: Stretch[] = []
  const tooLate: Stretch[] = []
  let since = from
  for (const [stops, goesOn] of pauses) {
    if (stops >= clock.dueAt) {
      tooLate.push([stops, goesOn])
      continue
    }
    ran.push([since, stops])
    move(pauseClock(clock, calendar, stops))
    move(resumeClock(clock, calendar, goesOn))
    since = goesOn
  }
  ran.push([since, clock.dueAt])

  const wholeMs = Math.round(clock.clockAmount * unitMs(calendar, unit))
  return { dueAt: clock.dueAt, yellowAt: momentIn(calendar, unit, ran, Math.round(wholeMs * share)), wholeMs, ran, tooLate }
}

/** The moment at which `ms` had been counted while the clock ran. */
function momentIn(calendar: Calendar, unit: Clock, ran: readonly Stretch[], ms: number): Date {
  let left = ms
  for (const [from, to] of ran) {
    const here = workingMs(calendar, unit, from, to)
    if (left <= here) return momentAfter(calendar, from, left, unit)
    left -= here
  }
  return ran.at(-1)![1]
}
