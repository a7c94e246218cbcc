// What a step makes of a case: every rule of the flow that changes a column. Pure.

import type { Calendar } from '../kernel/index.ts'
import { limitOf, NO_CLOCK, startClock, type Limit } from './deadline.ts'
import { hasEnded, stageOf, type Flow } from './flow.ts'
import { lampAt, nextTurn } from './lamp.ts'
import type { CaseRow } from './tables.ts'

/** What the taker of a step chose, already looked up. */
export interface Chosen {
  readonly actorId: string
  readonly now: Date
  readonly calendar: Calendar
  readonly category?: string | undefined
  readonly conditionId?: string | undefined
  /** Of the filing condition of the case, for the grade of its area. */
  readonly limit?: Limit | undefined
  readonly unit?: { readonly code: string; readonly path: string; readonly name: string } | undefined
  readonly collector?: { readonly id: string; readonly name: string } | undefined
  readonly reason?: string | undefined
}

/** The whole row after `step` has led it to `to`. */
export function rowAfter(flow: Flow, row: CaseRow, step: string, to: string, chosen: Chosen): CaseRow {
  const rule = flow.steps[step]!
  const { now } = chosen
  const stays = rule.to === undefined
  const after: CaseRow = { ...row, ordinal: row.ordinal + 1, state: to }
  if (stays) return after

  after.stage = stageOf(flow, to, row.stage)
  if (rule.outcome) after.outcome = rule.outcome
  if (chosen.category !== undefined) after.category = chosen.category
  if (chosen.conditionId !== undefined) after.conditionId = chosen.conditionId
  if (chosen.reason !== undefined) after.reason = chosen.reason
  if (chosen.unit) Object.assign(after, { unitCode: chosen.unit.code, unitPath: chosen.unit.path, unitName: chosen.unit.name })
  if (rule.counts) after[rule.counts] += 1
  for (const cleared of rule.clears ?? []) clear(after, cleared)
  if (rule.moment) after[rule.moment] = now
  if (rule.disposes && !after.disposedBy.includes(chosen.actorId)) after.disposedBy = [...after.disposedBy, chosen.actorId]
  if (rule.moment === 'disposedAt' && after.disposeDueAt) after.disposedLate = now > after.disposeDueAt
  after.endedAt = hasEnded(flow, to) ? now : null
  // A task stands only as long as the case stands where it is worked on.
  const holder = flow.states[to]?.task ? chosen.collector : undefined
  after.collectorId = holder?.id ?? null
  after.collectorName = holder?.name ?? null
  return Object.assign(after, runClock(flow, after, rule.clock, chosen))
}

function clear(row: CaseRow, what: string): void {
  if (what === 'unit') {
    Object.assign(row, { unitCode: null, unitPath: null, unitName: null, disposeDueAt: null })
    return
  }
  row[what as 'disposedAt'] = null
  if (what === 'disposedAt') row.disposedLate = null
}

function runClock(flow: Flow, row: CaseRow, name: string | undefined, { now, calendar, limit }: Chosen): Partial<CaseRow> {
  if (!name || row.endedAt) return { ...NO_CLOCK, lamp: 'grey', nextTurnAt: null }
  const clock = flow.clocks[name]!
  const running = startClock(name, limitOf(clock, limit), calendar, now)
  const lamp = lampAt(running, now)
  return {
    ...running,
    lamp,
    nextTurnAt: nextTurn(running, lamp),
    // The limit of the filing condition is the one that a unit is judged by.
    ...(clock.by === 'condition' && { disposeDueAt: running.dueAt }),
  }
}
