// The life of a case (案卷) as data: a flow names states, steps, clocks and stages, and this file reads it. Nothing here knows a step by its name.

import type { Words } from '../kernel/contract.ts'

/** The seven stages of CJJ/T 106-2010; a flow may merge neighbours, and shows at least three. */
export const STAGES = 7
export const FEWEST_STAGES = 3
/** What a step or an act can ask of whoever takes it (要素). */
export const NEEDS = [
  'reason',
  'condition',
  'unit',
  'photo',
  'collector',
  'note',
  'category',
  // The case that this one is merged into (合并到).
  'target',
  // Until when a case is suspended, or an answer is due.
  'until',
  // Units that assist (协办单位).
  'helpers',
  // Units that confer (会商单位).
  'units',
  // An inner limit of a unit for those below it (内部时限).
  'limit',
  // What a crew cost, in yuan (费用).
  'cost',
  // Whom outside the platform a case was passed to, and under which number of theirs (转办单位与文号).
  'outside',
] as const
export type Need = (typeof NEEDS)[number]

/** Where a report ends: each is in exactly one of these at any moment. */
export const OUTCOMES = ['pending', 'declined', 'void', 'self-disposed', 'established', 'merged', 'answered'] as const
export type Outcome = (typeof OUTCOMES)[number]

export const TASK_KINDS = ['verify', 'check'] as const
export type TaskKind = (typeof TASK_KINDS)[number]

/** Columns of the case that a step may stamp with its own time. */
export const MOMENTS = ['acceptedAt', 'establishedAt', 'dispatchedAt', 'disposedAt', 'checkedAt'] as const
export type MomentColumn = (typeof MOMENTS)[number]

/** Columns that count how often something happened to a case. */
export const COUNTERS = ['returns', 'reworks', 'extensions', 'suspensions', 'shirks', 'urges', 'orders', 'mediaOrders', 'reopens'] as const
export type Counter = (typeof COUNTERS)[number]

/** What a step does with the clock that runs, where it starts none of its own. */
export const CLOCK_ACTS = ['keep', 'extend', 'pause', 'resume'] as const
export type ClockAct = (typeof CLOCK_ACTS)[number]

export interface FlowState {
  readonly words: Words
  /** 1 … 7; a state that ends a case early keeps the stage it came from. */
  readonly stage?: number
  /** Holders of this permit have the case on their to-do list. */
  readonly awaits?: string
  /** Work on site for one collector, open as long as the case stands here. */
  readonly task?: TaskKind
  readonly ended?: boolean
  /** Time stands still here (挂账, 补充材料): no limit is needed, and the lamp is grey. */
  readonly paused?: boolean
}

/** A fixed limit, or that of the filing condition; `share` of it for a rework, but `least` one unit. */
export interface FlowClock {
  readonly words: Words
  readonly by: 'flow' | 'condition'
  /** Of `flow`; for `condition` what holds where a case has none. */
  readonly amount: number
  readonly unit: 'urgent_hour' | 'work_hour' | 'work_day'
  readonly share?: number
  readonly least?: number
}

export interface FlowStep {
  readonly words: Words
  readonly from: readonly string[]
  /** Left out: the case stays where it is. */
  readonly to?: string
  /** Leads back to where the case stood before it was suspended or merged, and to `to` where that is not known. */
  readonly back?: boolean
  /** Remembers where the case stood, for a step that leads `back`. */
  readonly remembers?: boolean
  /** Null: no person takes it by a button. */
  readonly permit: string | null
  readonly needs?: readonly Need[]
  readonly takes?: readonly Need[]
  readonly primary?: boolean
  readonly outcome?: Outcome
  readonly moments?: readonly MomentColumn[]
  readonly clears?: readonly ('unit' | MomentColumn)[]
  readonly counts?: Counter
  readonly clock?: string
  /** Without it and without `clock` the running clock ends with the state, and goes on where the case stays. */
  readonly clockDoes?: ClockAct
  /** To a unit below the one that has the case (下派), or back to the one above it (逐级回退). */
  readonly passes?: 'below' | 'above'
  /** 申诉 upheld: the fact stays, and what was appealed against is left out of the statistics. */
  readonly excuses?: boolean
  /** The procedure that begins by itself where someone can be called back (回访). */
  readonly starts?: string
  /** Only once every assisting unit has given its feedback. */
  readonly joins?: boolean
  /** Gives the assisting units their parts. */
  readonly parts?: boolean
  /** Who takes it has disposed of the case (处置), and so never takes a step that is not `byDisposer`. */
  readonly disposes?: boolean
  /** 管评分离: false refuses those who disposed of this case. */
  readonly byDisposer?: false
  /** Gives a task to the collector named, or the nearest on duty. */
  readonly gives?: TaskKind
  /** How it answers the open task. */
  readonly passed?: boolean
  /** The step that the platform takes at once after it, if it can. */
  readonly then?: string
  /** The dictionary of its reasons. */
  readonly reasons?: string
}

/** One act on a proceeding: like a step, but of the proceeding's own life. */
export interface FlowAct {
  readonly words: Words
  /** Null: no person takes it by a button. */
  readonly permit: string | null
  /** States of the proceeding; of the case for the act that opens it. */
  readonly from: readonly string[]
  /** Left out: the proceeding stays where it is. */
  readonly to?: string
  readonly needs?: readonly Need[]
  readonly takes?: readonly Need[]
  readonly reasons?: string
  readonly primary?: boolean
  /** Where the permit is asked: of the unit that has the case (as a step's), or of the units that take part. */
  readonly of?: 'case' | 'participants'
  /** Only while a counter of the case is below a number, or has reached it: a second extension takes another way than the first. */
  readonly while?: { readonly counter: Counter; readonly below?: number; readonly from?: number }
  /** False refuses whoever opened the proceeding. */
  readonly byOpener?: false
  /** The step of the case that follows at once. */
  readonly then?: string
  /** The counter of the case that it adds to, such as a ruling of 推诿. */
  readonly counts?: Counter
  /** One more counter, by the reason: an order that the media caused (媒体督办). */
  readonly countsFor?: Readonly<Record<string, Counter>>
  /** The units that take part: those named, or the one that has the case. */
  readonly calls?: 'units' | 'unit'
  /** Keeps the decision for like cases (判例): that it is the duty of the unit chosen, or not of the unit that had the case. */
  readonly precedent?: 'ours' | 'not-ours'
  /** Only where the proceeding was opened for one of these reasons. */
  readonly precedentFor?: readonly string[]
}

/** Where a proceeding stands. */
export interface FlowPoint {
  readonly words: Words
  /** Holders of this permit have it on their list. */
  readonly awaits?: string
  readonly of?: 'case' | 'participants'
  /** Until when it should have moved on. */
  readonly limit?: { readonly amount: number; readonly unit: 'urgent_hour' | 'work_hour' | 'work_day' }
  readonly ended?: boolean
  /** How it ended. */
  readonly result?: ProceedingResult
}

export const RESULTS = ['granted', 'refused', 'withdrawn', 'done'] as const
export type ProceedingResult = (typeof RESULTS)[number]

/** 程序: what happens beside the way of a case, such as an extension that is asked for, reviewed and granted. */
export interface FlowProcedure {
  readonly words: Words
  readonly opens: FlowAct
  readonly states: Readonly<Record<string, FlowPoint>>
  readonly acts: Readonly<Record<string, FlowAct>>
  /** How many may be opened; `granted` counts only those. */
  readonly most?: { readonly times: number; readonly per: 'case' | 'unit'; readonly counts?: 'opened' | 'granted' }
  /** Only within this time since the case was dispatched. */
  readonly window?: { readonly amount: number; readonly unit: 'urgent_hour' | 'work_hour' | 'work_day' }
  /** Only while the limit of disposal has not passed. */
  readonly beforeDue?: boolean
  /** What may be appealed against, by the reason, and the column of the case that must say that it happened. */
  readonly subjects?: Readonly<Record<string, 'disposedLate' | Counter>>
  /** Ends by itself when the case leaves the states in which it may be opened. */
  readonly lapses?: boolean
  /** The longest that `until` may lie ahead, in days. */
  readonly longestDays?: number
  /** Several may be open in one case at once. */
  readonly several?: boolean
}

export interface Flow {
  readonly code: string
  readonly version: number
  readonly words: Words
  readonly stages: readonly Words[]
  readonly states: Readonly<Record<string, FlowState>>
  readonly clocks: Readonly<Record<string, FlowClock>>
  readonly steps: Readonly<Record<string, FlowStep>>
  readonly procedures: Readonly<Record<string, FlowProcedure>>
}

/** How a case names its flow. */
export const flowKey = ({ code, version }: Pick<Flow, 'code' | 'version'>): string => `${code}.${version}`

/** The state that `step` leads to from `state`; undefined where the step is not open. A report comes from nowhere. */
export function follow(flow: Flow, state: string | null, step: string, before: string | null = null): string | undefined {
  const found = Object.hasOwn(flow.steps, step) ? flow.steps[step] : undefined
  if (!found) return undefined
  if (state === null) return found.from.length === 0 ? found.to : undefined
  if (!found.from.includes(state)) return undefined
  return found.back && before !== null && Object.hasOwn(flow.states, before) ? before : (found.to ?? state)
}

/** The steps that lead on from `state`, the usual one first. */
export function stepsFrom(flow: Flow, state: string): string[] {
  const open = Object.keys(flow.steps).filter((step) => flow.steps[step]!.from.includes(state))
  return open.sort((a, b) => Number(flow.steps[b]!.primary ?? false) - Number(flow.steps[a]!.primary ?? false))
}

/** The states in which a case waits for a holder of `permit`. */
export const statesAwaiting = (flow: Flow, permit: string): string[] =>
  Object.keys(flow.states).filter((state) => flow.states[state]!.awaits === permit)

/** The stage of `state`, or the one it came from. */
export const stageOf = (flow: Flow, state: string, before: number): number => flow.states[state]?.stage ?? before

export const hasEnded = (flow: Flow, state: string): boolean => flow.states[state]?.ended === true

/** The step by which a task that is open in `state` is answered. */
export function answerStep(flow: Flow, state: string, passed: boolean): string | undefined {
  return stepsFrom(flow, state).find((step) => flow.steps[step]!.passed === passed)
}

/** The step that gives a task of `kind` from `state`. */
export function giveStep(flow: Flow, state: string, kind: TaskKind): string | undefined {
  return stepsFrom(flow, state).find((step) => flow.steps[step]!.gives === kind)
}
