// The real history of a case, walked along another flow: people acted when they acted; which limits ran meanwhile is the flow's. Pure.

import { workingMs, type Calendar, type Clock } from '../../kernel/calendar/index.ts'
import { limitOf, type Limit } from '../deadline.ts'
import type { Flow, FlowStep, MomentColumn } from '../flow.ts'
import type { Arithmetic } from './arithmetic.ts'

export interface Acted {
  readonly step: string
  readonly at: number
}

/** One time that a clock ran, from the step that started it to the one that ended it. */
export interface Leg {
  readonly clock: string
  readonly from: number
  /** Extensions, pauses and resumptions on the way. */
  readonly moved: readonly { readonly does: 'extend' | 'pause' | 'resume'; readonly at: number }[]
  readonly to: number
  /** Ended by the feedback of the unit (处置). */
  readonly disposal: boolean
}

interface Walking {
  state: string
  cameFrom: string | null
  leg: { clock: string; from: number; moved: { does: 'extend' | 'pause' | 'resume'; at: number }[] } | undefined
  stamped: Set<MomentColumn>
  legs: Leg[]
}

/**
 * The legs of a case under `target`, whose history was made under `own`. A step that the target flow knows and has open is taken at its
 * moment. What it joins into one (立案派遣) is taken when the last of what it stamps had happened; what it parts is taken at once together.
 */
export function walk(own: Flow, target: Flow, history: readonly Acted[]): Leg[] {
  const begin = target.steps['report']!
  const walking: Walking = { state: begin.to!, cameFrom: null, leg: undefined, stamped: new Set(), legs: [] }
  for (const { step, at } of history) {
    const stamps = own.steps[step]?.moments ?? []
    const fresh = new Set(stamps)
    for (const moment of stamps) walking.stamped.add(moment)
    const rule = Object.hasOwn(target.steps, step) ? target.steps[step] : undefined
    if (step === 'report') take(target, walking, begin, at)
    else if (rule?.from.includes(walking.state) && (rule.moments ?? []).every((moment) => walking.stamped.has(moment))) take(target, walking, rule, at)
    // What is joined, or parted, in the target flow follows from what has been stamped just now.
    for (let i = 0; i < 3 && fresh.size > 0; i++) {
      const next = usual(target, walking.state)
      if (!next?.moments?.length || !next.moments.some((moment) => fresh.has(moment)) || !next.moments.every((moment) => walking.stamped.has(moment))) break
      take(target, walking, next, at)
    }
  }
  return walking.legs
}

const usual = (flow: Flow, state: string): FlowStep | undefined => Object.values(flow.steps).find(({ primary, from, to }) => primary && to !== undefined && from.includes(state))

function take(flow: Flow, walking: Walking, rule: FlowStep, at: number): void {
  const to = rule.back && walking.cameFrom !== null ? walking.cameFrom : (rule.to ?? walking.state)
  const moves = rule.to !== undefined || rule.back === true
  if (rule.clockDoes) {
    if (rule.clockDoes !== 'keep' && walking.leg) walking.leg.moved.push({ does: rule.clockDoes, at })
  } else if (moves && !(rule.gives && rule.clock !== undefined && rule.clock === walking.leg?.clock)) {
    if (walking.leg) walking.legs.push({ ...walking.leg, to: at, disposal: rule.moments?.includes('disposedAt') ?? false })
    walking.leg = rule.clock === undefined || flow.states[to]?.ended ? undefined : { clock: rule.clock, from: at, moved: [] }
  }
  if (moves) walking.cameFrom = rule.remembers ? standing(flow, walking.state) : null
  for (const cleared of rule.clears ?? []) if (cleared !== 'unit') walking.stamped.delete(cleared)
  for (const moment of rule.moments ?? []) walking.stamped.add(moment)
  walking.state = to
}

/** A suspended case goes back to where a task is given, not into the task. */
function standing(flow: Flow, state: string): string {
  const task = flow.states[state]?.task
  return (task && Object.values(flow.steps).find(({ gives }) => gives === task)?.from[0]) ?? state
}

/** When the limit of a leg ran out; undefined where time stood still at its end. `condition`: the limit of the filing condition. */
export function dueOf(flow: Flow, leg: Leg, condition: Limit | undefined, { whole, after }: Arithmetic, calendar: Calendar): number | undefined {
  const rule = flow.clocks[leg.clock]!
  const limit = limitOf(rule, condition)
  // 每次延期一个原时限: of the condition, and of the clock itself where there is none of that unit.
  const extension = condition && condition.unit === limit.unit ? condition.amount : rule.amount
  let due: number | undefined = after(leg.from, whole(limit), limit.unit)
  let left = 0
  for (const { does, at } of leg.moved) {
    if (does === 'extend' && due !== undefined) due = after(due, whole({ amount: extension, unit: limit.unit }), limit.unit)
    else if (does === 'pause' && due !== undefined) {
      left = counted(calendar, limit.unit, at, due)
      due = undefined
    } else if (does === 'resume' && due === undefined) due = after(at, left, limit.unit)
  }
  return due
}

const counted = (calendar: Calendar, unit: Clock, from: number, to: number): number => workingMs(calendar, unit, new Date(from), new Date(to))

/** The column of a case at which each step of its usual way stands; a step that stamps nothing happens with the one before. */
export const COLUMNS = ['reportedAt', 'acceptedAt', 'establishedAt', 'dispatchedAt', 'disposedAt', 'checkedAt', 'endedAt'] as const

export interface PlainLeg {
  readonly clock: string
  /** Places in COLUMNS. */
  readonly from: number
  readonly to: number
}

/** The usual way of a case that nothing happened to, as its row tells it: walked once, for all such cases. */
export function plainLegs(own: Flow, target: Flow): PlainLeg[] {
  const history: Acted[] = [{ step: 'report', at: 0 }]
  let state = own.steps['report']!.to!
  let at = 0
  for (let i = 0; i < 20 && !own.states[state]?.ended; i++) {
    const found = Object.entries(own.steps).find(([, { primary, to, from }]) => primary && to !== undefined && from.includes(state) && to !== state)
    if (!found) break
    const [step, rule] = found
    const stamps = (rule.moments ?? []).map((moment) => COLUMNS.indexOf(moment))
    at = own.states[rule.to!]?.ended && stamps.length === 0 ? COLUMNS.length - 1 : Math.max(at, ...stamps)
    history.push({ step, at })
    state = rule.to!
  }
  // What the row gives no time of its own is not counted.
  return walk(own, target, history).filter(({ from, to }) => from < to).map(({ clock, from, to }) => ({ clock, from, to }))
}
