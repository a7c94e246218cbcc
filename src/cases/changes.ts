// What a step makes of a case: every rule of the flow that changes a column. Pure.

import type { Calendar } from '../kernel/index.ts'
import { extendClock, limitOf, NO_CLOCK, pauseClock, resumeClock, startClock, type Limit } from './deadline.ts'
import { hasEnded, stageOf, type ClockAct, type Counter, type Flow, type FlowStep } from './flow.ts'
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
  /** Paths of the units that assist. */
  readonly helpers?: readonly string[] | undefined
  readonly collector?: { readonly id: string; readonly name: string } | undefined
  readonly reason?: string | undefined
  /** The case that this one is merged into. */
  readonly target?: string | undefined
  readonly until?: Date | undefined
  readonly innerDueAt?: Date | undefined
}

/** The whole row after `step` has led it to `to`. */
export function rowAfter(flow: Flow, row: CaseRow, step: string, to: string, chosen: Chosen): CaseRow {
  const rule = flow.steps[step]!
  const after: CaseRow = { ...row, ordinal: row.ordinal + 1, state: to }
  if (rule.counts) after[rule.counts] += 1
  if (rule.excuses && chosen.reason) after.excused = [...new Set([...row.excused, chosen.reason])]
  if (chosen.unit) Object.assign(after, { unitCode: chosen.unit.code, unitPath: chosen.unit.path, unitName: chosen.unit.name })
  if (rule.passes || after.unitPath !== row.unitPath) after.innerDueAt = chosen.innerDueAt ?? null
  if (after.helpers.includes(after.unitPath ?? '')) after.helpers = after.helpers.filter((path) => path !== after.unitPath)
  const moves = rule.to !== undefined || rule.back === true
  if (moves) move(flow, after, row, rule, to, chosen)
  return Object.assign(after, clockAfter(flow, after, rule, moves, chosen))
}

function move(flow: Flow, after: CaseRow, row: CaseRow, rule: FlowStep, to: string, chosen: Chosen): void {
  const { now } = chosen
  after.stage = stageOf(flow, to, row.stage)
  if (rule.outcome) after.outcome = rule.outcome
  if (rule.back) after.outcome = row.establishedAt ? 'established' : 'pending'
  if (chosen.category !== undefined) after.category = chosen.category
  if (chosen.conditionId !== undefined) after.conditionId = chosen.conditionId
  if (chosen.reason !== undefined) after.reason = chosen.reason
  if (chosen.helpers) after.helpers = [...new Set([...row.helpers, ...chosen.helpers])]
  for (const cleared of rule.clears ?? []) clear(after, cleared)
  for (const moment of rule.moments ?? []) after[moment] = now
  if (rule.disposes && !after.disposedBy.includes(chosen.actorId)) after.disposedBy = [...after.disposedBy, chosen.actorId]
  if (rule.moments?.includes('disposedAt')) {
    after.innerDueAt = null
    if (after.disposeDueAt) after.disposedLate = now > after.disposeDueAt
  }
  after.cameFrom = rule.remembers ? standing(flow, row.state) : null
  after.suspendedUntil = chosen.until && flow.states[to]?.paused ? chosen.until : null
  after.mergedInto = chosen.target ?? null
  after.endedAt = hasEnded(flow, to) ? now : null
  // A task stands only as long as the case stands where it is worked on.
  const holder = flow.states[to]?.task ? chosen.collector : undefined
  after.collectorId = holder?.id ?? null
  after.collectorName = holder?.name ?? null
}

/** Where a case goes back to: its task ended when it left, so from work on site it goes back to where that is given. */
function standing(flow: Flow, state: string): string {
  const kind = flow.states[state]?.task
  const gives = kind && Object.values(flow.steps).find((step) => step.gives === kind)
  return gives?.from[0] ?? state
}

function clear(row: CaseRow, what: string): void {
  if (what === 'unit') {
    Object.assign(row, { unitCode: null, unitPath: null, unitName: null, disposeDueAt: null, helpers: [], innerDueAt: null })
    return
  }
  row[what as 'disposedAt'] = null
  if (what === 'disposedAt') row.disposedLate = null
}

type ClockColumns = Partial<CaseRow>

function clockAfter(flow: Flow, row: CaseRow, rule: FlowStep, moves: boolean, chosen: Chosen): ClockColumns {
  if (rule.clockDoes) return moveClock(flow, row, rule.clockDoes, chosen)
  return moves ? runClock(flow, row, rule.clock, chosen) : {}
}

function runClock(flow: Flow, row: CaseRow, name: string | undefined, { now, calendar, limit }: Chosen): ClockColumns {
  if (!name || row.endedAt) return { ...NO_CLOCK, lamp: 'grey', nextTurnAt: null }
  const clock = flow.clocks[name]!
  return lit({ ...startClock(name, limitOf(clock, limit), calendar, now), clockLeftMs: null }, isDisposal(flow, name), now)
}

function moveClock(flow: Flow, row: CaseRow, act: ClockAct, { now, calendar, limit }: Chosen): ClockColumns {
  if (row.clock === null || act === 'keep') return {}
  const disposal = isDisposal(flow, row.clock)
  if (act === 'pause') return lit(pauseClock(row, calendar, now), disposal, now)
  if (act === 'resume') return lit(resumeClock(row, calendar, now), disposal, now)
  if (row.dueAt === null) return {}
  // 每次延期一个原时限: of the filing condition, or of the clock itself where the case has none.
  const amount = limit && limit.unit === row.clockUnit ? limit.amount : (flow.clocks[row.clock]?.amount ?? row.clockAmount ?? 0)
  return lit(extendClock(row, amount, calendar, now), disposal, now)
}

/** Whether a clock is the one that a unit is judged by: the limit of the filing condition. */
const isDisposal = (flow: Flow, clock: string): boolean => flow.clocks[clock]?.by === 'condition'

function lit<C extends Pick<CaseRow, 'dueAt' | 'yellowAt'>>(clock: C, disposal: boolean, now: Date): ClockColumns {
  const lamp = lampAt(clock, now)
  return { ...clock, lamp, nextTurnAt: nextTurn(clock, lamp), ...(disposal && { disposeDueAt: clock.dueAt }) }
}

/** The row after an act on a proceeding: only counters change, and which procedures are open. */
export function rowAfterAct(row: CaseRow, counters: readonly Counter[], asked: readonly string[]): CaseRow {
  const after: CaseRow = { ...row, ordinal: row.ordinal + 1, asked: asked.toSorted() }
  for (const counter of counters) after[counter] += 1
  return after
}
