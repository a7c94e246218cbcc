// How much of each limit a case has used: one entry for each time that a clock ran. Pure.

import { unitMs, workingMs, type Calendar, type Clock } from '../kernel/index.ts'
import { foldCase, type FoldedRow } from './fold.ts'
import type { CaseStepTable } from './tables.ts'

export interface LimitRun {
  readonly clock: string
  readonly from: Date
  readonly to: Date | null
  readonly dueAt: Date
  readonly usedMs: number
  readonly allowedMs: number
  readonly amount: number | null
  readonly unit: string | null
  readonly late: boolean
  /** The step that stopped it; null while it runs. */
  readonly stoppedBy: number | null
  readonly stage: number
}

/** Each row of a case, one after each of its steps. */
export function rowsOf(steps: readonly CaseStepTable[]): FoldedRow[] {
  const rows: FoldedRow[] = []
  for (const [i, step] of steps.entries()) {
    const before = rows[i - 1]
    // Folded one by one, so that a long history is not folded anew for each of its steps.
    rows.push(before ? { ...before, ...foldedOnly(step) } : foldCase([step])!)
  }
  return rows
}

function foldedOnly(step: CaseStepTable): Partial<FoldedRow> {
  const folded = foldCase([step])!
  const part: Partial<Record<keyof FoldedRow, unknown>> = { ordinal: folded.ordinal, state: folded.state }
  for (const column of Object.keys(step.changes) as (keyof FoldedRow)[]) part[column] = folded[column]
  return part as Partial<FoldedRow>
}

export function limitRuns(steps: readonly CaseStepTable[], calendar: Calendar, now: Date): LimitRun[] {
  const rows = rowsOf(steps)
  const runs: LimitRun[] = []
  for (const [i, row] of rows.entries()) {
    const next = rows[i + 1]
    if (!row.clock || !row.clockFrom || !row.dueAt) continue
    const goesOn = next && next.clock === row.clock && +(next.clockFrom ?? 0) === +row.clockFrom
    if (goesOn) continue
    const to = next ? steps[i + 1]!.takenAt : null
    // A clock that starts again at the moment at which it began, as when a check is given at once, has not run.
    if (to && +to === +row.clockFrom && next?.clock === row.clock) continue
    runs.push(runOf(row, to, calendar, now, next ? steps[i + 1]!.ordinal : null))
  }
  return runs
}

function runOf(row: FoldedRow, to: Date | null, calendar: Calendar, now: Date, stoppedBy: number | null): LimitRun {
  const [from, dueAt, until] = [row.clockFrom!, row.dueAt!, to ?? now]
  const unit = row.clockUnit as Clock | null
  const counted = unit !== null && row.clockAmount !== null
  return {
    clock: row.clock!,
    from,
    to,
    dueAt,
    usedMs: counted ? workingMs(calendar, unit, from, until) : +until - +from,
    allowedMs: counted ? row.clockAmount! * unitMs(calendar, unit) : +dueAt - +from,
    amount: row.clockAmount,
    unit,
    late: until > dueAt,
    stoppedBy,
    stage: row.stage,
  }
}
