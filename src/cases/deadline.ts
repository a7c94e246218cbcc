// When a step of a case is due. The deadline is reckoned once, when its clock starts, and stored. Pure.

import { deadline, momentAtShare, type Calendar, type Clock } from '../kernel/index.ts'
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

export const NO_CLOCK = { clock: null, clockFrom: null, clockAmount: null, clockUnit: null, dueAt: null, yellowAt: null }

/** Where only a start and a deadline are known, as of another system's case: 80 % of the time between them. */
export const yellowBetween = (from: Date, dueAt: Date): Date => new Date(+from + Math.round((+dueAt - +from) * YELLOW_SHARE))
