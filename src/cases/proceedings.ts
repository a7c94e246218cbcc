// Proceedings (程序) of a case: those that are open, and those that have ended.

import { deadline, type Clock, type Context, systemActor } from '../kernel/index.ts'
import { workingCalendar } from '../registry/index.ts'
import { rowAfterAct } from './changes.ts'
import type { Flow, FlowAct, FlowPoint } from './flow.ts'
import type { CaseKey } from './number.ts'
import { placeOf } from './place.ts'
import { actStep, hindrance, OPEN } from './procedure.ts'
import type { StepInputs } from './step-request.ts'
import { readReporter } from './store.ts'
import { own, type CaseRow, type ProceedingRow } from './tables.ts'
import { uuidAt } from './uuid.ts'
import type { StepTaken } from './write.ts'

export const proceedingsOf = (ctx: Context, { number, district }: CaseKey): Promise<ProceedingRow[]> =>
  own(ctx)
    .selectFrom('caseProceeding')
    .selectAll()
    .where('number', '=', number)
    .where('district', '=', district)
    .orderBy('openedAt')
    .orderBy('id')
    .execute()

/** What stands at a point of a procedure: whom it waits for, until when, and how it ended. */
export async function standingAt(ctx: Context, point: FlowPoint, ordinal: number, until: Date | null, note: string | undefined) {
  if (point.ended) {
    // Its limit stays, so that it can be told whether it was decided in time.
    return { awaits: null, result: point.result ?? 'done', endedAt: ctx.now, endedByName: ctx.actor.name, endNote: note ?? null, endedOrdinal: ordinal }
  }
  const due = point.limit && deadline(await workingCalendar(ctx), ctx.now, point.limit.amount, point.limit.unit as Clock)
  return { awaits: point.awaits ?? null, dueAt: until ?? due ?? null }
}

export interface Opening {
  readonly flow: Flow
  readonly kind: string
  readonly act: FlowAct
  readonly row: CaseRow
  readonly ordinalOfStep: number
  readonly nth: number
  readonly until: Date | undefined
  readonly participants: readonly string[]
}

export async function newProceeding(ctx: Context, opening: Opening, inputs: StepInputs): Promise<ProceedingRow> {
  const { flow, kind, act, row, nth, until, ordinalOfStep } = opening
  const state = act.to!
  const place = placeOf(row)
  const note = inputs.note?.trim() || null
  const base: ProceedingRow = {
    id: uuidAt(ctx.now),
    district: row.district,
    number: row.number,
    kind,
    ordinal: nth,
    state,
    result: null,
    awaits: null,
    unitCode: row.unitCode,
    unitPath: row.unitPath,
    unitName: row.unitName,
    participants: [...opening.participants],
    region: place.region,
    category: row.category,
    openedAt: ctx.now,
    openedBy: ctx.actor.id,
    openedByName: ctx.actor.name,
    reason: inputs.reason ?? null,
    note,
    untilAt: until ?? null,
    dueAt: null,
    endedAt: null,
    endedByName: null,
    endNote: null,
    cost: inputs.cost ?? null,
    outside: inputs.outside?.trim() || null,
    openedOrdinal: ordinalOfStep,
    endedOrdinal: null,
  }
  // The time that is asked for is the answer's own, except where it is how long the case rests.
  const ownDue = flow.steps[act.then ?? '']?.clockDoes === 'pause' || kindPauses(flow, kind) ? null : (until ?? null)
  return { ...base, ...(await standingAt(ctx, flow.procedures[kind]!.states[state]!, ordinalOfStep, ownDue, note ?? undefined)) }
}

/** Whether what is asked for is that the clock rests. */
const kindPauses = (flow: Flow, kind: string): boolean =>
  Object.values(flow.procedures[kind]!.acts).some(({ then }) => then !== undefined && flow.steps[then]?.clockDoes === 'pause')

interface Called {
  readonly steps: readonly StepTaken[]
  readonly opens?: ProceedingRow
}

/** 回访 begins by itself where the reporter left a way to be called. */
export async function callbackFor(ctx: Context, flow: Flow, steps: readonly StepTaken[], kind: string | undefined): Promise<Called> {
  const procedure = kind === undefined ? undefined : flow.procedures[kind]
  const { after: row } = steps.at(-1)!
  if (!procedure || !(await readReporter(ctx, row))?.phone) return { steps }
  const past = await proceedingsOf(ctx, row)
  if (hindrance(flow, kind!, row, past, { now: ctx.now, calendar: await workingCalendar(ctx) })) return { steps }
  const after = rowAfterAct(row, [], [...row.asked, kind!])
  const nth = past.filter((one) => one.kind === kind).length + 1
  const as = { ...ctx, actor: systemActor }
  const opens = await newProceeding(as, { flow, kind: kind!, act: procedure.opens, row: after, ordinalOfStep: after.ordinal, nth, until: undefined, participants: [] }, {})
  const taken: StepTaken = { step: actStep(kind!, OPEN), fromState: row.state, before: row, after, actor: systemActor, post: null }
  return { steps: [...steps, taken], opens }
}
