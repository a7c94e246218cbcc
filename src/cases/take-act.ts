// An act on a proceeding (程序): opened, endorsed, granted, refused … It is a step of the case like any other, and may be followed by one.

import { demand, markRegion, type Context } from '../kernel/index.ts'
import { workingCalendar } from '../registry/index.ts'
import { addPrecedent } from '../responsibility/index.ts'
import { rowAfterAct } from './changes.ts'
import type { Counter, Flow, FlowAct, FlowProcedure } from './flow.ts'
import { flowOf } from './flows.ts'
import type { CaseKey } from './number.ts'
import { placeOf, postOf } from './place.ts'
import { actNotOpen, caseUnknown, openerNeverDecides, permitOfUnit } from './problems.ts'
import { mayTakeAct } from './open-steps.ts'
import { actsOf, actStep, hindrance, OPEN, subjectsOf } from './procedure.ts'
import { newProceeding, proceedingsOf, standingAt } from './proceedings.ts'
import { sayHindrance } from './say-hindrance.ts'
import { sees } from './scope.ts'
import { demandNeeds, demandPhoto, demandReason, demandUntil, takes, unitsNamed } from './step-inputs.ts'
import type { ActRequest } from './step-request.ts'
import { lockCase } from './store.ts'
import type { CaseRow, ProceedingRow } from './tables.ts'
import { demandVersion, stepTaken } from './take-step.ts'
import { nextSteps } from './then.ts'
import { writeSteps, type Beside, type StepTaken } from './write.ts'

interface Found {
  readonly flow: Flow
  readonly row: CaseRow
  readonly procedure: FlowProcedure
  readonly act: FlowAct
  readonly past: readonly ProceedingRow[]
  /** None for the act that opens one. */
  readonly proceeding?: ProceedingRow
}

/** Opens a proceeding in a case, or moves one on. */
export async function takeAct(ctx: Context, key: CaseKey, asked: ActRequest): Promise<CaseRow> {
  const found = await find(ctx, key, asked)
  const { flow, row, procedure, act, past, proceeding } = found
  // A reason that the act does not take is left aside.
  const request = takes(act, 'reason') ? asked : { ...asked, reason: undefined }
  mayAct(ctx, found)
  await demandVersion(ctx, flow, row, request.version)
  await demandOpen(ctx, found, request)
  demandNeeds(act, request)
  await demandReason(ctx, act, request.reason)
  if (act.needs?.includes('photo')) await demandPhoto(ctx, request.files ?? [])
  const until = takes(act, 'until') ? demandUntil(ctx, request.until, procedure.longestDays) : undefined

  const { procedure: kind, act: name, note, reason, files, position } = request
  const to = act.to ?? proceeding?.state ?? ''
  const ended = procedure.states[to]?.ended === true
  const open = proceeding ? askedAfter(row.asked, kind, past, proceeding, ended) : [...new Set([...row.asked, kind])]
  const counters = [act.counts, reason === undefined ? undefined : act.countsFor?.[reason]].filter((counter): counter is Counter => counter !== undefined)
  const after = rowAfterAct(row, counters, open)
  const post = postOf(ctx, act.permit ?? '', placeOf(row))
  const taken: StepTaken = { step: actStep(kind, name), fromState: row.state, before: row, after, post, position, note: note?.trim() || undefined, reason, files }

  const beside: Beside = proceeding
    ? { moves: { id: proceeding.id, set: await moveOf(ctx, found, to, after.ordinal, until, request) } }
    : { opens: await openingOf(ctx, found, after, until, request) }
  const written = await withThen(ctx, found, taken, beside, request)
  if (proceeding) await keepPrecedent(ctx, act, proceeding, written, note)
  if (files?.length) await markRegion(ctx, files, placeOf(row).region)
  return written
}

/** The step of the case that follows an act is taken in the same breath: both are written, or neither. */
async function withThen(ctx: Context, { flow, act, proceeding }: Found, taken: StepTaken, beside: Beside, request: ActRequest): Promise<CaseRow> {
  if (act.then === undefined) return writeSteps(ctx, [taken], beside)
  // What was asked for stands in the proceeding: until when, why. What the decider adds is said with the act.
  const inputs = {
    ...request,
    files: undefined,
    note: undefined,
    reason: proceeding?.reason ?? request.reason,
    until: (proceeding?.untilAt ?? undefined)?.toISOString() ?? request.until,
  }
  const followed = await stepTaken(ctx, flow, taken.after, act.then, inputs, taken.post)
  const next = await nextSteps(ctx, flow, [taken, ...followed.steps], flow.steps[act.then]!.then)
  return writeSteps(ctx, next.steps, { ...beside, ...followed.beside, ...(next.give && { give: next.give }) })
}

async function find(ctx: Context, key: CaseKey, { procedure: kind, act: name, proceeding: id }: ActRequest): Promise<Found> {
  const row = await lockCase(ctx, key)
  if (!row) throw caseUnknown(key)
  const flow = await flowOf(ctx, row)
  const procedure = Object.hasOwn(flow.procedures, kind) ? flow.procedures[kind]! : undefined
  const act = name === OPEN ? procedure?.opens : procedure && Object.hasOwn(procedure.acts, name) ? procedure.acts[name] : undefined
  if (!procedure || !act) {
    if (!sees(ctx, row)) throw caseUnknown(key)
    throw actNotOpen({ act: `${kind}.${name}`, because: { zh: '本流程没有这项程序', en: 'this flow has no such procedure' } })
  }
  const past = await proceedingsOf(ctx, key)
  if (name === OPEN) return { flow, row, procedure, act, past }
  const proceeding = past.find((one) => one.kind === kind && one.endedAt === null && (id === undefined || one.id === id))
  if (!proceeding) {
    if (!sees(ctx, row)) throw caseUnknown(key)
    throw actNotOpen({ act: act.words, because: { zh: `没有待办的“${procedure.words.zh}”`, en: `no “${procedure.words.en}” is open` } })
  }
  return { flow, row, procedure, act, past, proceeding }
}

function mayAct(ctx: Context, { row, act, proceeding }: Found): void {
  if (mayTakeAct(ctx, row, act, proceeding)) return
  if (!sees(ctx, row)) throw caseUnknown({ number: row.number })
  if (act.of === 'participants') throw permitOfUnit({ unit: proceeding?.unitName ?? '' })
  demand(ctx, act.permit ?? '', placeOf(row))
}

async function demandOpen(ctx: Context, { flow, row, procedure, act, past, proceeding }: Found, request: ActRequest): Promise<void> {
  const calendar = await workingCalendar(ctx)
  if (!proceeding) {
    const why = hindrance(flow, request.procedure, row, past, { now: ctx.now, calendar })
    if (why) throw actNotOpen({ act: act.words, because: sayHindrance(flow, row, procedure, why, calendar.zone) })
    if (procedure.subjects && request.reason !== undefined && !subjectsOf(procedure, row).includes(request.reason)) {
      throw actNotOpen({ act: act.words, because: { zh: '案件没有这一记录，或已经申诉成立', en: 'the case has no such record, or it was appealed with success' } })
    }
    return
  }
  const open = actsOf(flow, proceeding, row)
  if (!open.some(([name]) => name === request.act)) {
    const point = procedure.states[proceeding.state]!
    throw actNotOpen({ act: act.words, because: { zh: `程序处于“${point.words.zh}”`, en: `it stands at “${point.words.en}”` } })
  }
  if (act.byOpener === false && proceeding.openedBy === ctx.actor.id) throw openerNeverDecides()
}

/** A kind stays marked on the case as long as one of it is open. */
function askedAfter(asked: readonly string[], kind: string, past: readonly ProceedingRow[], moved: ProceedingRow, ended: boolean): string[] {
  const others = past.some((one) => one.kind === kind && one.endedAt === null && one.id !== moved.id)
  return ended && !others ? asked.filter((one) => one !== kind) : [...asked]
}

async function openingOf(ctx: Context, { flow, row, act, past }: Found, after: CaseRow, until: Date | undefined, request: ActRequest): Promise<ProceedingRow> {
  const { procedure: kind } = request
  const units = act.calls === 'units' ? (await unitsNamed(ctx, request.units ?? [])).map(({ path }) => path) : []
  const participants = act.calls === 'unit' && row.unitPath !== null ? [row.unitPath] : units
  const nth = past.filter((one) => one.kind === kind).length + 1
  return newProceeding(ctx, { flow, kind, act, row, ordinalOfStep: after.ordinal, nth, until, participants }, request)
}

async function moveOf(ctx: Context, { procedure, act }: Found, to: string, ordinal: number, until: Date | undefined, request: ActRequest) {
  const point = procedure.states[to]!
  return {
    state: to,
    ...(act.to !== undefined && (await standingAt(ctx, point, ordinal, until ?? null, request.note?.trim()))),
    ...(until && { untilAt: until }),
    ...(takes(act, 'cost') && request.cost !== undefined && { cost: request.cost }),
    ...(takes(act, 'outside') && request.outside && { outside: request.outside.trim() }),
  }
}

/** 判例: what a conference decided, and a return that was confirmed, count for like cases. */
async function keepPrecedent(ctx: Context, act: FlowAct, { id, kind, reason, unitCode }: ProceedingRow, row: CaseRow, note: string | undefined): Promise<void> {
  if (!act.precedent || (act.precedentFor && !act.precedentFor.includes(reason ?? ''))) return
  const unit = act.precedent === 'ours' ? row.unitCode : unitCode
  if (unit === null) return
  await addPrecedent(ctx, {
    verdict: act.precedent,
    category: row.category,
    region: placeOf(row).region,
    component: row.componentCode,
    unit,
    origin: kind === 'return' ? 'return' : 'confer',
    source: id,
    caseNumber: row.number,
    note: note?.trim() || null,
  })
}
