import type { Position, Words } from '../kernel/contract.ts'
import { demand, findFiles, holds, markRegion, type Context } from '../kernel/index.ts'
import { dictionary, findCondition, getCategory, getUnit, workingCalendar, type DictionaryName } from '../registry/index.ts'
import { rowAfter, type Chosen } from './changes.ts'
import type { Limit } from './deadline.ts'
import { follow, type Flow, type FlowStep, type Need } from './flow.ts'
import { flowOf } from './flows.ts'
import type { CaseKey } from './number.ts'
import { placeOf, postOf } from './place.ts'
import {
  caseMoved,
  caseUnknown,
  conditionOfOther,
  disposerNeverChecks,
  notAPhoto,
  reasonUnknown,
  stepNeeds,
  stepNotOpen,
  taskOfAnother,
} from './problems.ts'
import { sees } from './scope.ts'
import { lockCase } from './store.ts'
import type { CaseRow } from './tables.ts'
import { chooseCollector, taskFor } from './tasks.ts'
import { nextSteps } from './then.ts'
import { writeSteps, type TaskChange } from './write.ts'

export interface StepRequest {
  readonly step: string
  readonly note?: string | undefined
  readonly reason?: string | undefined
  readonly condition?: string | undefined
  /** Code of the unit. */
  readonly unit?: string | undefined
  /** Account of the collector; the nearest on duty where it is left out. */
  readonly collector?: string | undefined
  readonly files?: readonly string[] | undefined
  readonly category?: string | undefined
  readonly position?: Position | undefined
  /** The version that the caller saw; the step is refused if the case has moved on since. */
  readonly version?: number | undefined
}

const NEED_WORDS: Record<Need, Words> = {
  reason: { zh: '理由', en: 'a reason' },
  condition: { zh: '立案条件', en: 'a filing condition' },
  unit: { zh: '处置单位', en: 'a unit' },
  photo: { zh: '照片', en: 'a photo' },
  collector: { zh: '采集员', en: 'a collector' },
  note: { zh: '说明', en: 'a note' },
  category: { zh: '类别', en: 'a category' },
}

/** Moves a case one step along its flow and appends the step to its history. */
export async function takeStep(ctx: Context, key: CaseKey, request: StepRequest): Promise<CaseRow> {
  const row = await lockCase(ctx, key)
  if (!row) throw caseUnknown(key)
  const flow = await flowOf(ctx, row)
  const rule = ruleOf(flow, request.step)
  mayTake(ctx, row, rule)
  if (request.version !== undefined && request.version !== row.ordinal) throw caseMoved(key)
  const to = follow(flow, row.state, request.step)
  if (!to) throw stepNotOpen({ step: rule?.words ?? request.step, state: flow.states[row.state]!.words })
  demandApart(ctx, row, rule!)
  demandNeeds(rule!, request)

  const chosen = await choose(ctx, flow, row, rule!, request)
  const next = rowAfter(flow, row, request.step, to, chosen)
  const steps = [
    {
      step: request.step,
      fromState: row.state,
      before: row,
      after: next,
      post: postOf(ctx, rule!.permit!, placeOf(row)),
      position: request.position,
      note: request.note?.trim() || undefined,
      reason: request.reason,
      files: request.files,
    },
  ]
  const task = taskChange(ctx, flow, row, next, rule!)
  const { steps: all, give } = await nextSteps(ctx, flow, steps, rule!.then)
  const after = await writeSteps(ctx, all, { ...task, ...(give && { give }) })
  if (request.files?.length) await markRegion(ctx, request.files, placeOf(row).region)
  return after
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

/** 管评分离, and a task is answered by whom it was given to. */
function demandApart(ctx: Context, row: CaseRow, rule: FlowStep): void {
  if (rule.permit === null) throw stepNotOpen({ step: rule.words, state: { zh: row.state, en: row.state } })
  if (rule.byDisposer === false && row.disposedBy.includes(ctx.actor.id)) throw disposerNeverChecks()
  if (rule.passed !== undefined && ctx.actor.kind !== 'system' && row.collectorId !== ctx.actor.id) throw taskOfAnother()
}

function demandNeeds(rule: FlowStep, request: StepRequest): void {
  const given: Record<Need, boolean> = {
    reason: Boolean(request.reason),
    condition: Boolean(request.condition),
    unit: Boolean(request.unit),
    photo: Boolean(request.files?.length),
    collector: Boolean(request.collector),
    note: Boolean(request.note?.trim()),
    category: Boolean(request.category),
  }
  const missing = (rule.needs ?? []).filter((need) => !given[need])
  if (missing.length === 0) return
  throw stepNeeds(
    { needs: missing.map((need) => NEED_WORDS[need]) },
    { faults: missing.map((need) => ({ at: need === 'photo' ? 'files' : need, reason: NEED_WORDS[need] })) },
  )
}

/** Looks up what the request names; what the step does not take is left aside. */
async function choose(ctx: Context, flow: Flow, row: CaseRow, rule: FlowStep, request: StepRequest): Promise<Chosen> {
  const takes = (need: Need) => rule.needs?.includes(need) || rule.takes?.includes(need)
  const category = takes('category') ? request.category : undefined
  if (category !== undefined) await getCategory(ctx, category)
  const conditionId = takes('condition') ? request.condition : undefined
  const reason = takes('reason') ? request.reason : undefined
  if (reason !== undefined && rule.reasons) {
    const known = await dictionary(ctx, rule.reasons as DictionaryName)
    if (!known.some(({ code }) => code === reason)) throw reasonUnknown({ reason })
  }
  if (rule.needs?.includes('photo')) await demandPhoto(ctx, request.files!)
  const unit = takes('unit') && request.unit !== undefined ? await getUnit(ctx, request.unit) : undefined
  return {
    actorId: ctx.actor.id,
    now: ctx.now,
    calendar: await workingCalendar(ctx),
    category,
    conditionId,
    reason,
    limit: conditionId === undefined ? await limitOfRow(ctx, row) : await limitFor(ctx, conditionId, category ?? row.category, row.grade),
    unit: unit && { code: unit.code, path: unit.path, name: unit.name.zh },
    collector: rule.gives && (await chooseCollector(ctx, flow, row, rule.gives, request.collector)),
  }
}

async function demandPhoto(ctx: Context, sha256s: readonly string[]): Promise<void> {
  const files = await findFiles(ctx, sha256s)
  if (!files.some(({ type }) => type.startsWith('image/'))) throw notAPhoto()
}

const gradeOf = (grade: string | null) => (grade === 'B' || grade === 'C' ? grade : 'A')

/** The limit of a filing condition of this category in an area of `grade`. */
async function limitFor(ctx: Context, conditionId: string, category: string, grade: string | null): Promise<Limit> {
  const condition = await findCondition(ctx, conditionId)
  if (!condition || condition.category !== category) throw conditionOfOther({ id: conditionId, category })
  return condition.limits[gradeOf(grade)]
}

/** A catalogue that was loaded anew may no longer know the condition; the case goes on all the same. */
async function limitOfRow(ctx: Context, { conditionId, grade }: CaseRow): Promise<Limit | undefined> {
  const condition = conditionId === null ? undefined : await findCondition(ctx, conditionId)
  return condition?.limits[gradeOf(grade)]
}

function taskChange(ctx: Context, flow: Flow, row: CaseRow, next: CaseRow, rule: FlowStep): TaskChange {
  return {
    ...(flow.states[row.state]?.task && { end: { passed: rule.passed ?? null } }),
    ...(rule.gives && { give: taskFor(ctx, next, rule.gives) }),
  }
}
