// When a step of a case is due. The deadline is reckoned once, when its clock starts, and stored; an extension or a pause moves it
// from where it stands. Pure.

import { deadline, momentAtShare, momentAfter, unitMs, workingMs, type Calendar, type Clock } from '../kernel/index.ts'
import type { FlowClock } from './flow.ts'
import { YELLOW_SHARE } from './lamp.ts'

export interface Limit {
  readonly amount: number
  readonly unit: Clock
}

export interface RunningClock {
  clock: string
  clockFrom: Date
  clockAmount: number
  clockUnit: string
  dueAt: Date
  yellowAt: Date
}

/** The limit of a clock: its own, or that of the filing condition, or the share of it that a rework gets. */
export function limitOf(clock: FlowClock, ofCondition: Limit | undefined): Limit {
  const whole: Limit = clock.by === 'condition' && ofCondition ? ofCondition : { amount: clock.amount, unit: clock.unit }
  if (clock.share === undefined || whole !== ofCondition) return whole
  return { amount: Math.max(whole.amount * clock.share, Math.min(clock.least ?? 0, whole.amount)), unit: whole.unit }
}

export function startClock(name: string, { amount, unit }: Limit, calendar: Calendar, from: Date): RunningClock {
  return {
    clock: name,
    clockFrom: from,
    clockAmount: amount,
    clockUnit: unit,
    dueAt: deadline(calendar, from, amount, unit),
    yellowAt: momentAtShare(calendar, from, amount, unit, YELLOW_SHARE),
  }
}

export const NO_CLOCK = { clock: null, clockFrom: null, clockAmount: null, clockUnit: null, dueAt: null, yellowAt: null, clockLeftMs: null }

/** Where only a start and a deadline are known, as of another system's case: 80 % of the time between them. */
export const yellowBetween = (from: Date, dueAt: Date): Date => new Date(+from + Math.round((+dueAt - +from) * YELLOW_SHARE))

/** A clock as a row holds it: `amount` is the whole limit, all extensions included. */
export interface HeldClock {
  readonly clockAmount: number | null
  readonly clockUnit: string | null
  readonly dueAt: Date | null
  readonly clockLeftMs: number | null
}

interface MovedClock {
  clockAmount: number | null
  dueAt: Date | null
  yellowAt: Date | null
  clockLeftMs: number | null
}

/** 延期: one more limit of `amount`, counted from the deadline and not from now, so that asking early costs nothing. */
export function extendClock(held: HeldClock, amount: number, calendar: Calendar, now: Date): MovedClock {
  const unit = held.clockUnit as Clock
  const clockAmount = (held.clockAmount ?? 0) + amount
  const dueAt = deadline(calendar, held.dueAt!, amount, unit)
  return { clockAmount, dueAt, yellowAt: yellowAt(clockAmount, unit, dueAt, calendar, now), clockLeftMs: null }
}

/** 挂账: what is left of the limit, in the milliseconds that its clock counts; less than zero where it had passed. */
export function pauseClock({ clockAmount, clockUnit, dueAt }: HeldClock, calendar: Calendar, now: Date): MovedClock {
  const clockLeftMs = dueAt === null ? null : workingMs(calendar, (clockUnit ?? 'urgent_hour') as Clock, now, dueAt)
  return { clockAmount, dueAt: null, yellowAt: null, clockLeftMs }
}

/** What was left begins to run again; where nothing was left the deadline is now. */
export function resumeClock({ clockAmount, clockUnit, clockLeftMs }: HeldClock, calendar: Calendar, now: Date): MovedClock {
  if (clockLeftMs === null) return { clockAmount, dueAt: null, yellowAt: null, clockLeftMs: null }
  const unit = (clockUnit ?? 'urgent_hour') as Clock
  const dueAt = momentAfter(calendar, now, clockLeftMs, unit)
  return { clockAmount, dueAt, yellowAt: yellowAt(clockAmount, unit, dueAt, calendar, now), clockLeftMs: null }
}

/** The moment at which a fifth of the whole limit is left; now, where less is left already. */
function yellowAt(amount: number | null, unit: Clock, dueAt: Date, calendar: Calendar, now: Date): Date {
  if (amount === null) return yellowBetween(now, dueAt)
  const left = workingMs(calendar, unit, now, dueAt)
  const last = Math.round(amount * unitMs(calendar, unit) * (1 - YELLOW_SHARE))
  return left > last ? momentAfter(calendar, now, left - last, unit) : now
}
