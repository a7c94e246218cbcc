// The life of a case (案卷) as data: a flow names states, steps, clocks and stages, and this file reads it. Nothing here knows a step by its name.

import type { Words } from '../kernel/contract.ts'

export const STAGES = 7
export const NEEDS = ['reason', 'condition', 'unit', 'photo', 'collector', 'note', 'category'] as const
export type Need = (typeof NEEDS)[number]

export const OUTCOMES = ['pending', 'declined', 'void', 'self-disposed', 'established'] as const
export type Outcome = (typeof OUTCOMES)[number]

export const TASK_KINDS = ['verify', 'check'] as const
export type TaskKind = (typeof TASK_KINDS)[number]

/** Columns of the case that a step may stamp with its own time. */
export const MOMENTS = ['acceptedAt', 'establishedAt', 'dispatchedAt', 'disposedAt', 'checkedAt'] as const
export type MomentColumn = (typeof MOMENTS)[number]

export interface FlowState {
  readonly words: Words
  /** 1 … 7; a state that ends a case early keeps the stage it came from. */
  readonly stage?: number
  /** Holders of this permit have the case on their to-do list. */
  readonly awaits?: string
  /** Work on site for one collector, open as long as the case stands here. */
  readonly task?: TaskKind
  readonly ended?: boolean
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
  /** Null: no person takes it by a button. */
  readonly permit: string | null
  readonly needs?: readonly Need[]
  readonly takes?: readonly Need[]
  readonly primary?: boolean
  readonly outcome?: Outcome
  readonly moment?: MomentColumn
  readonly clears?: readonly ('unit' | MomentColumn)[]
  readonly counts?: 'returns' | 'reworks'
  readonly clock?: string
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

export interface Flow {
  readonly code: string
  readonly version: number
  readonly words: Words
  readonly stages: readonly Words[]
  readonly states: Readonly<Record<string, FlowState>>
  readonly clocks: Readonly<Record<string, FlowClock>>
  readonly steps: Readonly<Record<string, FlowStep>>
}

/** How a case names its flow. */
export const flowKey = ({ code, version }: Pick<Flow, 'code' | 'version'>): string => `${code}.${version}`

/** The state that `step` leads to from `state`; undefined where the step is not open. A report comes from nowhere. */
export function follow(flow: Flow, state: string | null, step: string): string | undefined {
  const found = Object.hasOwn(flow.steps, step) ? flow.steps[step] : undefined
  if (!found) return undefined
  if (state === null) return found.from.length === 0 ? found.to : undefined
  return found.from.includes(state) ? (found.to ?? state) : undefined
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
