// Which procedures (程序) may be opened in a case, and which acts are open on one that is. Pure: the page draws by it, the verb refuses by it.

import { deadline, type Calendar, type Clock } from '../kernel/calendar/index.ts'
import type { Words } from '../kernel/contract.ts'
import type { Flow, FlowAct, FlowProcedure } from './flow.ts'
import { INCIDENT_STEPS } from './incident/steps.ts'
import type { CaseRow, ProceedingRow } from './tables.ts'

/** The step of history that an act leaves: `extend.grant`. */
export const actStep = (kind: string, act: string): string => `${kind}.${act}`
export const OPEN = 'open'

/** Steps that are no one flow's own. */
const HOUSE_STEPS: Readonly<Record<string, Words>> = {
  ...INCIDENT_STEPS,
  'moved-flow': { zh: '转入新流程', en: 'Moved to another flow' },
  'part.done': { zh: '协办反馈', en: 'Assisting unit done' },
  'part.returned': { zh: '协办退回', en: 'Assisting unit declined' },
}

/** The words of a step of history, be it of the case, of a proceeding or of the house. */
export function wordsOfStep(flow: Flow, step: string): Words | undefined {
  if (Object.hasOwn(HOUSE_STEPS, step)) return HOUSE_STEPS[step]
  if (Object.hasOwn(flow.steps, step)) return flow.steps[step]!.words
  const [kind = '', act = ''] = step.split('.')
  if (!Object.hasOwn(flow.procedures, kind)) return undefined
  const procedure = flow.procedures[kind]!
  if (act === LAPSE) return { zh: `${procedure.words.zh}自动终止`, en: `${procedure.words.en} lapsed` }
  return act === OPEN ? procedure.opens.words : procedure.acts[act]?.words
}

/** The dictionary of the reasons of a step, be it of the case or of a proceeding. */
export function reasonsOfStep(flow: Flow, step: string): string | undefined {
  if (Object.hasOwn(flow.steps, step)) return flow.steps[step]!.reasons
  const [kind = '', act = ''] = step.split('.')
  const procedure = Object.hasOwn(flow.procedures, kind) ? flow.procedures[kind]! : undefined
  return act === OPEN ? procedure?.opens.reasons : procedure?.acts[act]?.reasons
}

/** How a proceeding ends that the case has left behind. */
export const LAPSE = 'lapse'

export type Hindrance =
  | { readonly because: 'state' }
  | { readonly because: 'already-open' }
  | { readonly because: 'most'; readonly times: number; readonly per: 'case' | 'unit' }
  | { readonly because: 'window'; readonly until: Date }
  | { readonly because: 'due-passed'; readonly dueAt: Date }
  | { readonly because: 'counter' }

export interface Now {
  readonly now: Date
  readonly calendar: Calendar
}

type Past = Pick<ProceedingRow, 'kind' | 'state' | 'result' | 'unitPath' | 'endedAt'>

/** Why a procedure may not be opened now; undefined where it may. `past`: all proceedings of the case. */
export function hindrance(flow: Flow, kind: string, row: CaseRow, past: readonly Past[], { now, calendar }: Now): Hindrance | undefined {
  const procedure = flow.procedures[kind]!
  const same = past.filter((one) => one.kind === kind)
  if (!procedure.opens.from.includes(row.state)) return { because: 'state' }
  if (!meets(procedure.opens, row)) return { because: 'counter' }
  if (!procedure.several && same.some(({ endedAt }) => endedAt === null)) return { because: 'already-open' }
  if (isUsedUp(procedure, row, same)) return { because: 'most', times: procedure.most!.times, per: procedure.most!.per }
  if (procedure.window && row.dispatchedAt) {
    const until = deadline(calendar, row.dispatchedAt, procedure.window.amount, procedure.window.unit as Clock)
    if (now > until) return { because: 'window', until }
  }
  if (procedure.beforeDue && row.dueAt && now >= row.dueAt) return { because: 'due-passed', dueAt: row.dueAt }
  if (procedure.subjects && subjectsOf(procedure, row).length === 0) return { because: 'counter' }
  return undefined
}

function isUsedUp({ most }: FlowProcedure, row: CaseRow, same: readonly Past[]): boolean {
  if (!most) return false
  const counted = same.filter(
    ({ result, unitPath }) => (most.counts !== 'granted' || result === 'granted') && result !== 'withdrawn' && (most.per === 'case' || unitPath === row.unitPath),
  )
  return counted.length >= most.times
}

/** What of a case may be appealed against: only what happened, and what has not been excused. */
export const subjectsOf = ({ subjects = {} }: FlowProcedure, row: CaseRow): string[] =>
  Object.entries(subjects).flatMap(([subject, column]) => (row[column] && !row.excused.includes(subject) ? [subject] : []))

/** The acts that are open on a proceeding, whoever asks. */
export function actsOf(flow: Flow, { kind, state }: Pick<ProceedingRow, 'kind' | 'state'>, row: CaseRow): [string, FlowAct][] {
  return Object.entries(flow.procedures[kind]?.acts ?? {}).filter(([, act]) => act.from.includes(state) && meets(act, row) && leadsOn(flow, act, row))
}

const meets = ({ while: rule }: FlowAct, row: CaseRow): boolean =>
  !rule || (row[rule.counter] >= (rule.from ?? 0) && (rule.below === undefined || row[rule.counter] < rule.below))

/** Whether the step that an act is followed by is open from where the case stands. */
const leadsOn = (flow: Flow, { then }: FlowAct, row: CaseRow): boolean => then === undefined || (flow.steps[then]?.from.includes(row.state) ?? false)

/** The proceedings that end by themselves when the case moves to `to`. */
export const lapsing = (flow: Flow, asked: readonly string[], to: string): string[] =>
  asked.filter((kind) => {
    const procedure = flow.procedures[kind]
    return procedure?.lapses && !procedure.opens.from.includes(to)
  })
