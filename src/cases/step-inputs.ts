// What a step or an act asks for: whether it is all there, and looked up.

import type { Words } from '../kernel/contract.ts'
import { deadline, findFiles, holds, type Clock, type Context } from '../kernel/index.ts'
import { dictionary, findCondition, getCategory, getUnit, workingCalendar, type DictionaryName } from '../registry/index.ts'
import type { Chosen } from './changes.ts'
import type { Limit } from './deadline.ts'
import type { Flow, FlowStep, Need } from './flow.ts'
import { targetEnded } from './incident/problems.ts'
import { wayToRoot } from './incident/store.ts'
import { caseKey } from './number.ts'
import { caseUnknown, conditionOfOther, helperTwice, mergedIntoItself, notAPhoto, reasonUnknown, stepNeeds, unitNotAbove, unitNotBelow, untilPassed, untilTooFar } from './problems.ts'
import { placeOf } from './place.ts'
import { sees } from './scope.ts'
import type { StepInputs } from './step-request.ts'
import type { CaseRow } from './tables.ts'
import { chooseCollector } from './tasks.ts'

const NEED_WORDS: Record<Need, Words> = {
  reason: { zh: '理由', en: 'a reason' },
  condition: { zh: '立案条件', en: 'a filing condition' },
  unit: { zh: '处置单位', en: 'a unit' },
  photo: { zh: '照片', en: 'a photo' },
  collector: { zh: '采集员', en: 'a collector' },
  note: { zh: '说明', en: 'a note' },
  category: { zh: '类别', en: 'a category' },
  target: { zh: '合并到的案件', en: 'the case to merge into' },
  until: { zh: '截止时间', en: 'until when' },
  helpers: { zh: '协办单位', en: 'assisting units' },
  units: { zh: '会商单位', en: 'units to confer' },
  limit: { zh: '内部时限', en: 'an inner limit' },
  cost: { zh: '费用', en: 'the cost' },
  outside: { zh: '转办单位', en: 'whom it is passed to' },
}

type Rule = Pick<FlowStep, 'needs' | 'takes' | 'reasons'>

export const takes = (rule: Rule, need: Need): boolean => Boolean(rule.needs?.includes(need) || rule.takes?.includes(need))

export function demandNeeds(rule: Rule, request: StepInputs): void {
  const given: Record<Need, boolean> = {
    reason: Boolean(request.reason),
    condition: Boolean(request.condition),
    unit: Boolean(request.unit),
    photo: Boolean(request.files?.length),
    collector: Boolean(request.collector),
    note: Boolean(request.note?.trim()),
    category: Boolean(request.category),
    target: Boolean(request.target),
    until: Boolean(request.until),
    helpers: Boolean(request.helpers?.length),
    units: Boolean(request.units?.length),
    limit: Boolean(request.limit),
    cost: request.cost !== undefined,
    outside: Boolean(request.outside?.trim()),
  }
  const missing = (rule.needs ?? []).filter((need) => !given[need])
  if (missing.length === 0) return
  throw stepNeeds(
    { needs: missing.map((need) => NEED_WORDS[need]) },
    { faults: missing.map((need) => ({ at: need === 'photo' ? 'files' : need, reason: NEED_WORDS[need] })) },
  )
}

export async function demandReason(ctx: Context, rule: Rule, reason: string | undefined): Promise<void> {
  if (reason === undefined || !rule.reasons) return
  const known = await dictionary(ctx, rule.reasons as DictionaryName)
  if (!known.some(({ code }) => code === reason)) throw reasonUnknown({ reason })
}

export async function demandPhoto(ctx: Context, sha256s: readonly string[]): Promise<void> {
  const files = await findFiles(ctx, sha256s)
  if (!files.some(({ type }) => type.startsWith('image/'))) throw notAPhoto()
}

const DAY_MS = 86_400_000

/** A moment that lies ahead, and not farther than `longestDays`. */
export function demandUntil(ctx: Context, until: string | undefined, longestDays: number | undefined): Date | undefined {
  if (until === undefined) return undefined
  const at = new Date(until)
  if (at <= ctx.now) throw untilPassed()
  if (longestDays !== undefined && +at > +ctx.now + longestDays * DAY_MS) throw untilTooFar({ days: longestDays })
  return at
}

/** Looks up what the request names; what the step does not take is left aside. */
export async function choose(ctx: Context, flow: Flow, row: CaseRow, rule: FlowStep, request: StepInputs): Promise<Chosen> {
  const category = takes(rule, 'category') ? request.category : undefined
  if (category !== undefined) await getCategory(ctx, category)
  const conditionId = takes(rule, 'condition') ? request.condition : undefined
  const reason = takes(rule, 'reason') ? request.reason : undefined
  await demandReason(ctx, rule, reason)
  if (rule.needs?.includes('photo')) await demandPhoto(ctx, request.files!)
  const unit = takes(rule, 'unit') && request.unit !== undefined ? await getUnit(ctx, request.unit) : undefined
  if (unit && rule.passes === 'below' && (unit.path === row.unitPath || !unit.path.startsWith(row.unitPath ?? '/'))) throw unitNotBelow({ unit: unit.name })
  const above = rule.passes === 'above' ? await unitAbove(ctx, row) : undefined
  const helpers = takes(rule, 'helpers') && request.helpers ? await unitsNamed(ctx, request.helpers) : undefined
  const lead = unit?.path ?? row.unitPath
  if (helpers?.some(({ path }) => path === lead)) throw helperTwice()
  const calendar = await workingCalendar(ctx)
  const { limit } = request
  return {
    actorId: ctx.actor.id,
    now: ctx.now,
    calendar,
    category,
    conditionId,
    reason,
    limit: conditionId === undefined ? await limitOfRow(ctx, row) : await limitFor(ctx, conditionId, category ?? row.category, row.grade),
    unit: above ?? (unit && { code: unit.code, path: unit.path, name: unit.name.zh }),
    helpers: helpers?.map(({ path }) => path),
    collector: rule.gives && (await chooseCollector(ctx, flow, row, rule.gives, request.collector)),
    target: takes(rule, 'target') && request.target !== undefined ? (await targetOf(ctx, row, request.target)).number : undefined,
    innerDueAt: takes(rule, 'limit') && limit ? deadline(calendar, ctx.now, limit.amount, limit.unit as Clock) : undefined,
  }
}

/** Units by their codes, each once. */
export const unitsNamed = (ctx: Context, codes: readonly string[]) => Promise.all([...new Set(codes)].map((code) => getUnit(ctx, code)))

async function unitAbove(ctx: Context, row: CaseRow) {
  const unit = row.unitCode === null ? undefined : await getUnit(ctx, row.unitCode)
  const above = unit?.parentCode ? await getUnit(ctx, unit.parentCode) : undefined
  // The unit at the top of a subtree answers to the dispatcher, by 回退.
  if (!above || above.level < 2) throw unitNotAbove()
  return { code: above.code, path: above.path, name: above.name.zh }
}

/** The root of the case named, where the caller may let it take another report: what is merged into a merged case goes to where that went. */
export async function targetOf(ctx: Context, row: Pick<CaseRow, 'number'>, number: string): Promise<CaseRow> {
  const way = await wayToRoot(ctx, caseKey(number).number)
  const [named, root] = [way[0], way.at(-1)]
  if (!named || !root || !sees(ctx, named) || !holds(ctx, 'case.merge', placeOf(root))) throw caseUnknown({ number })
  // Into itself, or into what was merged into it.
  if (way.some((each) => each.number === row.number)) throw mergedIntoItself()
  if (root.endedAt !== null) throw targetEnded({ number: root.number })
  return root
}

const gradeOf = (grade: string | null) => (grade === 'B' || grade === 'C' ? grade : 'A')

/** The limit of a filing condition of this category in an area of `grade`. */
async function limitFor(ctx: Context, conditionId: string, category: string, grade: string | null): Promise<Limit> {
  const condition = await findCondition(ctx, conditionId)
  if (!condition || condition.category !== category) throw conditionOfOther({ id: conditionId, category })
  return condition.limits[gradeOf(grade)]
}

/** A catalogue that was loaded anew may no longer know the condition; the case goes on all the same. */
export async function limitOfRow(ctx: Context, { conditionId, grade }: CaseRow): Promise<Limit | undefined> {
  const condition = conditionId === null ? undefined : await findCondition(ctx, conditionId)
  return condition?.limits[gradeOf(grade)]
}
