// How a case that is open under one flow goes on under another: state by state. Pure.

import type { Words } from '../../kernel/contract.ts'
import type { Flow } from '../flow.ts'

export interface StateTarget {
  /** Null: these cases stay with the flow they have. */
  readonly to: string | null
  /** Keeps the deadline that runs, or begins the limit of the new state anew. */
  readonly clock: 'keep' | 'anew'
}
export type StateMapping = Readonly<Record<string, StateTarget>>

/** Where cases of `state` would naturally go: the state of the same name, else the one that is left by what they wait for (立案派遣 for 派遣). */
export function naturalTarget(from: Flow, to: Flow, state: string): string | null {
  if (Object.hasOwn(to.states, state)) return state
  const usual = Object.values(from.steps).find((step) => step.primary && step.from.includes(state))
  const awaited = usual?.moments?.at(-1)
  if (awaited === undefined) return null
  return Object.values(to.steps).find(({ primary, moments }) => primary && moments?.includes(awaited))?.from[0] ?? null
}

/** Why cases of `state` cannot go there; undefined where they can. */
export function targetFault(from: Flow, to: Flow, state: string, { to: target }: StateTarget): Words | undefined {
  if (target === null) return undefined
  const after = Object.hasOwn(to.states, target) ? to.states[target] : undefined
  const before = from.states[state]
  if (!after) return { zh: `新流程没有状态 ${target}`, en: `The new flow has no state ${target}` }
  if (after.ended) return { zh: '在办案件不能直接转为已结束', en: 'An open case cannot be moved to an end' }
  // A task is one collector's; nobody has one where the case came from elsewhere.
  if (after.task && after.task !== before?.task) return { zh: '没有采集员持有该状态的任务', en: 'No collector holds the task of that state' }
  if (Boolean(after.paused) !== Boolean(before?.paused)) return { zh: '停钟与走钟的状态不能互转', en: 'Time stands still in only one of the two' }
  return undefined
}

/** The clock that runs once a case has come to `state`: that of the usual step that leads there. */
export function clockAt(flow: Flow, state: string): string | undefined {
  const ways = Object.values(flow.steps).filter(({ to, clock }) => to === state && clock !== undefined)
  return (ways.find(({ primary }) => primary) ?? ways.find(({ permit }) => permit !== null) ?? ways[0])?.clock
}
