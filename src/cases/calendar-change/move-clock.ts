// What another calendar makes of a limit that runs. Pure.

import { momentAfter, unitMs, type Calendar, type Clock } from '../../kernel/index.ts'
import { lampAt, nextTurn, YELLOW_SHARE, type Lamp } from '../lamp.ts'
import type { CaseRow, StepRow } from '../tables.ts'

/** What of a case its deadline was reckoned from. */
export type ClockColumns = Pick<
  CaseRow,
  'clock' | 'clockFrom' | 'clockAmount' | 'clockUnit' | 'dueAt' | 'yellowAt' | 'disposeDueAt' | 'lamp' | 'endedAt'
>

/** From where a limit is counted: how many milliseconds of its clock were left at a moment. */
export interface Base {
  readonly from: Date
  readonly leftMs: number
}

export interface Moved {
  readonly dueAt: Date
  readonly yellowAt: Date
  /** The limit that a unit is judged by, where it is the one that runs. */
  readonly disposeDueAt: Date | null
  readonly lamp: Lamp
  readonly nextTurnAt: Date | null
}

/** Limits in 紧急工作时 know no calendar; what ended, stands still, or came from elsewhere with its own deadline is left as it is. */
export const runsByCalendar = ({ clock, clockFrom, clockAmount, clockUnit, dueAt, endedAt }: ClockColumns): boolean =>
  endedAt === null && clock !== null && clockFrom !== null && clockAmount !== null && dueAt !== null && clockUnit !== null && clockUnit !== 'urgent_hour'

/**
 * Counted from the start of the clock; for one that has stood still (挂账) from when it went on, with what was left then: a remainder
 * is never reckoned anew. `steps` are those of a case that was suspended, oldest first.
 */
export function baseOf(row: ClockColumns, calendar: Calendar, steps: readonly Pick<StepRow, 'takenAt' | 'changes'>[]): Base {
  const unit = unitMs(calendar, row.clockUnit as Clock)
  let amount = 0
  let stopped: { left: number; amount: number } | undefined
  let resumed: { from: Date; left: number; amount: number } | undefined
  for (const { takenAt, changes } of steps) {
    if (typeof changes.clockAmount === 'number') amount = changes.clockAmount
    if ('clockFrom' in changes) stopped = resumed = undefined
    // Where nothing was left the deadline is when the clock went on.
    if (typeof changes.clockLeftMs === 'number') stopped = { left: Math.max(0, changes.clockLeftMs), amount }
    else if (changes.clockLeftMs === null && stopped) resumed = { from: takenAt, ...stopped }
  }
  if (!resumed) return { from: row.clockFrom!, leftMs: Math.round(row.clockAmount! * unit) }
  // Extensions since then come on top.
  return { from: resumed.from, leftMs: resumed.left + Math.round((row.clockAmount! - resumed.amount) * unit) }
}

/** When a limit runs out, and when a fifth of it is left. */
function reckon(row: ClockColumns, { from, leftMs }: Base, calendar: Calendar): { dueAt: Date; yellowAt: Date } {
  const unit = row.clockUnit as Clock
  const last = Math.round(Math.round(row.clockAmount! * unitMs(calendar, unit)) * (1 - YELLOW_SHARE))
  return {
    dueAt: momentAfter(calendar, from, leftMs, unit),
    yellowAt: leftMs > last ? momentAfter(calendar, from, leftMs - last, unit) : from,
  }
}

/** Whether the deadline is simply the whole limit from the start of the clock: then its steps need not be read. */
export const isPlain = (row: ClockColumns, before: Calendar): boolean =>
  +reckon(row, baseOf(row, before, []), before).dueAt === +row.dueAt!

/** The limit by the calendar `after`, which stood by `before`; undefined where nothing moves. */
export function moveClock(
  row: ClockColumns,
  { before, after }: { readonly before: Calendar; readonly after: Calendar },
  steps: readonly Pick<StepRow, 'takenAt' | 'changes'>[],
  now: Date,
): Moved | undefined {
  const stood = reckon(row, baseOf(row, before, steps), before)
  const found = reckon(row, baseOf(row, after, steps), after)
  const sameDue = +found.dueAt === +row.dueAt!
  // An extension that was granted late turned the lamp at the moment of the grant, which no later reckoning can know.
  const yellowAt = sameDue && +stood.yellowAt !== +(row.yellowAt ?? 0) ? row.yellowAt! : found.yellowAt
  if (sameDue && +yellowAt === +(row.yellowAt ?? 0)) return undefined

  const moved = { dueAt: found.dueAt, yellowAt }
  const lamp = lampAt(moved, now)
  const judged = row.disposeDueAt !== null && +row.disposeDueAt === +row.dueAt!
  return { ...moved, disposeDueAt: judged ? found.dueAt : row.disposeDueAt, lamp, nextTurnAt: nextTurn(moved, lamp) }
}
