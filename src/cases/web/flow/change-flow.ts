// What an editor does to a flow: every change makes a new one, so that it can be undone. Pure.

import type { Words } from '../../../kernel/contract.ts'
import type { Flow, FlowAct, FlowClock, FlowPoint, FlowProcedure, FlowState, FlowStep } from '../../flow.ts'

export type Group = 'states' | 'steps' | 'clocks' | 'procedures'

/** What is chosen in the editor, as faults name it: `steps.accept`, `procedures.extend.acts.grant`; '' is the flow itself. */
export interface Chosen {
  readonly group?: Group
  readonly name?: string
  readonly inner?: 'opens' | 'states' | 'acts'
  readonly part?: string
  readonly field?: string
}

/** Reads a path of a fault or of the address; what is not there any more is left out. */
export function chosenAt(flow: Flow, path: string): Chosen {
  const [group, name, third, fourth, fifth] = path.split('.')
  if (group !== 'states' && group !== 'steps' && group !== 'clocks' && group !== 'procedures') return group ? { field: group } : {}
  if (name === undefined || !Object.hasOwn(flow[group], name)) return {}
  if (group !== 'procedures') return { group, name, ...(third && { field: third }) }
  if (third === 'opens') return { group, name, inner: third, ...(fourth && { field: fourth }) }
  if (third === 'states' || third === 'acts') {
    return fourth !== undefined && Object.hasOwn(flow.procedures[name]![third], fourth) ? { group, name, inner: third, part: fourth, ...(fifth && { field: fifth }) } : { group, name }
  }
  return { group, name, ...(third && { field: third }) }
}

export const pathOf = ({ group, name, inner, part }: Chosen): string => [group, name, inner, part].filter((each) => each !== undefined).join('.')

type Part = FlowState | FlowStep | FlowClock | FlowProcedure | FlowPoint | FlowAct

/** The part that is chosen; the flow itself where none is. */
export function partAt(flow: Flow, { group, name, inner, part }: Chosen): Part | undefined {
  if (group === undefined || name === undefined) return undefined
  const found = flow[group][name]
  if (group !== 'procedures' || inner === undefined) return found
  const procedure = found as FlowProcedure
  return inner === 'opens' ? procedure.opens : procedure[inner][part!]
}

/** Sets one field of the chosen part; undefined, false and empty lists of what may be left out leave it out. */
export function setField(flow: Flow, chosen: Chosen, field: string, value: unknown): Flow {
  const { group, name, inner, part } = chosen
  if (group === undefined || name === undefined) return { ...flow, [field]: value }
  if (group !== 'procedures' || inner === undefined) return put(flow, group, name, withField(flow[group][name]!, field, value))
  const procedure = flow.procedures[name]!
  if (inner === 'opens') return put(flow, group, name, { ...procedure, opens: withField(procedure.opens, field, value) })
  return put(flow, group, name, { ...procedure, [inner]: { ...procedure[inner], [part!]: withField(procedure[inner][part!]!, field, value) } })
}

const MUST = new Set(['from', 'permit', 'words'])

function withField<T extends object>(part: T, field: string, value: unknown): T {
  const empty = value === undefined || value === '' || (Array.isArray(value) && value.length === 0) || (value === false && field !== 'byDisposer' && field !== 'passed' && field !== 'byOpener')
  if (empty && !MUST.has(field)) {
    const { [field as keyof T]: _, ...rest } = part
    return rest as T
  }
  return { ...part, [field]: value }
}

const put = (flow: Flow, group: Group, name: string, part: unknown): Flow => ({ ...flow, [group]: { ...flow[group], [name]: part } })

const without = <T>(record: Readonly<Record<string, T>>, name: string): Record<string, T> => Object.fromEntries(Object.entries(record).filter(([each]) => each !== name))

/** A name that is still free: `state-2`. */
export function freeName(record: Readonly<Record<string, unknown>>, stem: string): string {
  for (let n = 1; ; n++) {
    const name = n === 1 ? stem : `${stem}-${n}`
    if (!Object.hasOwn(record, name)) return name
  }
}

/** Adds a part of its kind with the least that it needs, and says how it is called. */
export function addPart(flow: Flow, group: Group, name: string, words: Words, from?: string): Flow {
  const stage = (from !== undefined && flow.states[from]?.stage) || 1
  const made: Record<Group, object> = {
    states: { words, stage },
    steps: { words, from: from === undefined ? [] : [from], permit: 'case.accept' },
    clocks: { words, by: 'flow', amount: 1, unit: 'work_hour' },
    procedures: {
      words,
      opens: { words, permit: 'case.dispose', from: from === undefined ? [] : [from], to: 'asked' },
      states: { asked: { words: { zh: '待审批', en: 'Asked' }, awaits: 'case.approve' }, done: { words: { zh: '已办结', en: 'Done' }, ended: true, result: 'done' } },
      acts: { finish: { words: { zh: '办结', en: 'Finish' }, permit: 'case.approve', from: ['asked'], to: 'done' } },
    },
  }
  return put(flow, group, name, made[group])
}

/** Adds a state or an act to a procedure. */
export function addInner(flow: Flow, name: string, inner: 'states' | 'acts', part: string, words: Words): Flow {
  const procedure = flow.procedures[name]!
  const made = inner === 'states' ? { words } : { words, permit: 'case.approve', from: [] }
  return put(flow, 'procedures', name, { ...procedure, [inner]: { ...procedure[inner], [part]: made } })
}

/** Takes a part away, and what only named it: a state out of the steps that lead from it. */
export function removePart(flow: Flow, { group, name, inner, part }: Chosen): Flow {
  if (group === undefined || name === undefined) return flow
  if (group === 'procedures' && (inner === 'states' || inner === 'acts')) {
    const procedure = flow.procedures[name]!
    return put(flow, group, name, { ...procedure, [inner]: without(procedure[inner] as Record<string, unknown>, part!) })
  }
  const less: Flow = { ...flow, [group]: without(flow[group] as Record<string, unknown>, name) }
  if (group !== 'states') return less
  const leave = <T extends { readonly from: readonly string[] }>(rule: T): T => (rule.from.includes(name) ? { ...rule, from: rule.from.filter((state) => state !== name) } : rule)
  // A step from nowhere begins a case: one that has lost its last state goes with it.
  const steps = Object.entries(less.steps).flatMap(([step, rule]) => {
    const left = leave(rule)
    return left.from.length === 0 && rule.from.length > 0 ? [] : [[step, left] as const]
  })
  const procedures = Object.entries(less.procedures).map(([kind, procedure]) => [kind, { ...procedure, opens: leave(procedure.opens) }] as const)
  return { ...less, steps: Object.fromEntries(steps), procedures: Object.fromEntries(procedures) }
}

/** The stages of a flow with one more, or without the `at`-th; states behind it move up. */
export function setStages(flow: Flow, stages: readonly Words[], gone?: number): Flow {
  if (gone === undefined) return { ...flow, stages }
  const states = Object.fromEntries(
    Object.entries(flow.states).map(([name, state]) => [name, state.stage !== undefined && state.stage > gone && state.stage > 1 ? { ...state, stage: state.stage - 1 } : state]),
  )
  return { ...flow, stages, states }
}
