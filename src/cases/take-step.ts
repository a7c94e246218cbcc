import { demand, holds, markRegion, type Context } from '../kernel/index.ts'
import { rowAfter } from './changes.ts'
import { follow, type Flow, type FlowStep } from './flow.ts'
import { flowOf } from './flows.ts'
import { joined, parted } from './incident/count-reports.ts'
import { buttonsFor } from './open-steps.ts'
import type { CaseKey } from './number.ts'
import { demandPartsDone, partsAfter } from './parts.ts'
import { placeOf, postOf } from './place.ts'
import { caseMoved, caseUnknown, disposerNeverChecks, stepNotOpen, taskOfAnother } from './problems.ts'
import { lapsing } from './procedure.ts'
import { callbackFor } from './proceedings.ts'
import { sees } from './scope.ts'
import { choose, demandNeeds } from './step-inputs.ts'
import type { StepInputs, StepRequest } from './step-request.ts'
import { lockCase, stepsSince } from './store.ts'
import type { CaseRow } from './tables.ts'
import { taskFor } from './tasks.ts'
import { nextSteps } from './then.ts'
import { writeSteps, type Beside, type StepTaken } from './write.ts'

/** Moves a case one step along its flow and appends the step to its history; one that is merged or taken out again is counted there. */
export async function takeStep(ctx: Context, key: CaseKey, request: StepRequest): Promise<CaseRow> {
  const { before, after } = await move(ctx, key, request)
  if (after.mergedInto === before.mergedInto) return after
  if (before.mergedInto !== null) await parted(ctx, before.mergedInto, before)
  if (after.mergedInto !== null) await joined(ctx, after.mergedInto, [after])
  return after
}

/** As `takeStep`, for who counts several merged cases at once. */
export const takeAlone = async (ctx: Context, key: CaseKey, request: StepRequest): Promise<CaseRow> => (await move(ctx, key, request)).after

async function move(ctx: Context, key: CaseKey, request: StepRequest): Promise<{ before: CaseRow; after: CaseRow }> {
  const row = await lockCase(ctx, key)
  if (!row) throw caseUnknown(key)
  const flow = await flowOf(ctx, row)
  const rule = ruleOf(flow, request.step)
  mayTake(ctx, row, rule)
  await demandVersion(ctx, flow, row, request.version)
  if (!rule || rule.permit === null || follow(flow, row.state, request.step, row.cameFrom) === undefined) throw notOpen(ctx, flow, row, request.step)
  demandApart(ctx, row, rule)
  demandNeeds(rule, request)

  const taken = await stepTaken(ctx, flow, row, request.step, request, postOf(ctx, rule.permit, placeOf(row)))
  const { steps: all, give } = await nextSteps(ctx, flow, taken.steps, rule.then)
  const called = await callbackFor(ctx, flow, all, rule.starts)
  const after = await writeSteps(ctx, called.steps, { ...taken.beside, ...(give && { give }), opens: called.opens })
  if (request.files?.length) await markRegion(ctx, request.files, placeOf(row).region)
  return { before: row, after }
}

/** One step with all that changes beside the row, not yet written; who may take it is for whoever asks. */
export async function stepTaken(
  ctx: Context,
  flow: Flow,
  row: CaseRow,
  step: string,
  request: StepInputs,
  post: string | null,
): Promise<{ steps: StepTaken[]; beside: Beside }> {
  const rule = flow.steps[step]!
  const to = follow(flow, row.state, step, row.cameFrom)
  if (to === undefined) throw notOpen(ctx, flow, row, step)
  if (rule.joins) await demandPartsDone(ctx, row)
  const chosen = await choose(ctx, flow, row, rule, request)
  const until = request.until === undefined ? undefined : new Date(request.until)
  const moved = rowAfter(flow, row, step, to, { ...chosen, until })
  const lapse = lapsing(flow, row.asked, to)
  const next = lapse.length > 0 ? { ...moved, asked: row.asked.filter((kind) => !lapse.includes(kind)) } : moved
  const { note, reason, files, position } = request
  const taken: StepTaken = { step, fromState: row.state, before: row, after: next, post, position, note: note?.trim() || undefined, reason, files }
  return {
    steps: [taken],
    beside: {
      ...(flow.states[row.state]?.task && (to !== row.state || rule.gives) && { end: { passed: rule.passed ?? null } }),
      ...(rule.gives && { give: taskFor(ctx, next, rule.gives) }),
      ...(await partsAfter(ctx, rule, row, next, request)),
      lapse,
    },
  }
}

const ruleOf = (flow: Flow, step: string): FlowStep | undefined => (Object.hasOwn(flow.steps, step) ? flow.steps[step] : undefined)

/** A case that one neither sees nor may act on is answered like one that is not there. */
function mayTake(ctx: Context, row: CaseRow, rule: FlowStep | undefined): void {
  const place = placeOf(row)
  const may = rule?.permit != null && holds(ctx, rule.permit, place)
  if (may) return
  if (!sees(ctx, row)) throw caseUnknown({ number: row.number })
  if (rule?.permit != null) demand(ctx, rule.permit, place)
}

/** What would be possible now stands beside the refusal. */
export function notOpen(ctx: Context, flow: Flow, row: CaseRow, step: string) {
  const possible = buttonsFor(ctx, flow, row).map((name) => ({ at: `possible.${name}`, reason: flow.steps[name]!.words }))
  const words = flow.steps[step]?.words ?? step
  return stepNotOpen({ step: words, state: flow.states[row.state]!.words }, { faults: possible })
}

/** Two people on one case: the second hears what the first has done, and chooses anew. */
export async function demandVersion(ctx: Context, flow: Flow, row: CaseRow, version: number | undefined): Promise<void> {
  if (version === undefined || version === row.ordinal) return
  throw caseMoved({ number: row.number }, { faults: await stepsSince(ctx, flow, row, version) })
}

/** 管评分离, and a task is answered by whom it was given to. */
function demandApart(ctx: Context, row: CaseRow, rule: FlowStep): void {
  if (rule.byDisposer === false && row.disposedBy.includes(ctx.actor.id)) throw disposerNeverChecks()
  if (rule.passed !== undefined && ctx.actor.kind !== 'system' && row.collectorId !== ctx.actor.id) throw taskOfAnother()
}
