// 协办 and 下派: the parts that units have in a case beside the one that answers for it.

import { deadline, holds, markRegion, type Clock, type Context } from '../kernel/index.ts'
import { findUnit, getUnit, workingCalendar } from '../registry/index.ts'
import type { FlowStep } from './flow.ts'
import type { CaseKey } from './number.ts'
import { placeOf, postOf } from './place.ts'
import { caseUnknown, partEnded, partsOpen, partUnknown, permitOfUnit } from './problems.ts'
import { demandPhoto, unitsNamed } from './step-inputs.ts'
import type { StepInputs } from './step-request.ts'
import { lockCase } from './store.ts'
import { own, type CaseRow, type PartRow } from './tables.ts'
import { uuidAt } from './uuid.ts'
import { writeSteps, type Beside } from './write.ts'

/** What a step does to the parts of a case. */
export async function partsAfter(ctx: Context, rule: FlowStep, row: CaseRow, next: CaseRow, request: StepInputs): Promise<Beside> {
  if (rule.parts && request.helpers?.length) return { parts: await assisting(ctx, next, request) }
  if (rule.passes === 'below') return { parts: [await inner(ctx, row, next, request)] }
  if (rule.passes === 'above') return { endParts: { result: 'returned', role: 'inner', unitPath: row.unitPath ?? '' } }
  if (row.unitPath === null) return {}
  if (rule.disposes) return row.innerDueAt || row.unitPath.split('/').length > 4 ? { endParts: { result: 'done', role: 'inner' } } : {}
  if (rule.clears?.includes('unit') || next.endedAt) return { endParts: { result: 'withdrawn' } }
  // Another unit leads from now on: what the former one had passed down ends, and so does the part that the new one had beside it.
  if (next.unitPath !== null && next.unitPath !== row.unitPath) return { endParts: { result: 'withdrawn', role: 'inner', andOf: next.unitPath } }
  return {}
}

async function assisting(ctx: Context, next: CaseRow, { helpers = [], note }: StepInputs): Promise<PartRow[]> {
  const units = await unitsNamed(ctx, helpers)
  return units.map((unit) => ({ ...partOf(ctx, next, unit), role: 'assist', fromPath: next.unitPath ?? '', task: note?.trim() || null, dueAt: next.dueAt }))
}

async function inner(ctx: Context, row: CaseRow, next: CaseRow, { unit: code, note, limit }: StepInputs): Promise<PartRow> {
  const unit = await getUnit(ctx, code!)
  const dueAt = limit ? deadline(await workingCalendar(ctx), ctx.now, limit.amount, limit.unit as Clock) : next.dueAt
  return { ...partOf(ctx, next, unit), role: 'inner', fromPath: row.unitPath ?? '', task: note?.trim() || null, dueAt }
}

const partOf = (ctx: Context, { number, district }: CaseRow, unit: { code: string; path: string; name: { zh: string } }) => ({
  id: uuidAt(ctx.now),
  district,
  number,
  unitCode: unit.code,
  unitPath: unit.path,
  unitName: unit.name.zh,
  givenAt: ctx.now,
  givenByName: ctx.actor.name,
  endedAt: null,
  result: null,
  late: null,
  note: null,
  files: [],
})

export const partsOfCase = (ctx: Context, { number, district }: CaseKey): Promise<PartRow[]> =>
  own(ctx).selectFrom('casePart').selectAll().where('number', '=', number).where('district', '=', district).orderBy('givenAt').orderBy('id').execute()

/** The leading unit gives its feedback when every assisting unit has given its own. */
export async function demandPartsDone(ctx: Context, row: CaseRow): Promise<void> {
  if (row.helpers.length === 0) return
  const open = (await partsOfCase(ctx, row)).filter(({ role, endedAt }) => role === 'assist' && endedAt === null)
  if (open.length === 0) return
  const names = await Promise.all(open.map(async ({ unitCode, unitName }) => (await findUnit(ctx, unitCode))?.name ?? { zh: unitName, en: unitName }))
  throw partsOpen({ units: names })
}

export interface PartAnswer {
  readonly id: string
  readonly result: 'done' | 'returned'
  readonly note: string
  readonly files?: readonly string[] | undefined
}

/** The feedback of an assisting unit, or its word that the part is not theirs, in which case the leading unit goes on without it. */
export async function answerPart(ctx: Context, key: CaseKey, { id, result, note, files = [] }: PartAnswer): Promise<CaseRow> {
  const row = await lockCase(ctx, key)
  if (!row) throw caseUnknown(key)
  const part = (await partsOfCase(ctx, key)).find((one) => one.id === id)
  if (!part || part.role !== 'assist') throw partUnknown()
  const place = { ...placeOf(row), unit: part.unitPath }
  if (!holds(ctx, 'case.dispose', place)) throw permitOfUnit({ unit: part.unitName })
  if (part.endedAt) throw partEnded()
  if (result === 'done') await demandPhoto(ctx, files)

  const step = result === 'done' ? 'part.done' : 'part.returned'
  const after: CaseRow = {
    ...row,
    ordinal: row.ordinal + 1,
    disposedBy: row.disposedBy.includes(ctx.actor.id) ? row.disposedBy : [...row.disposedBy, ctx.actor.id],
  }
  const written = await writeSteps(ctx, [{ step, fromState: row.state, before: row, after, post: postOf(ctx, 'case.dispose', place), note, files }])
  await own(ctx)
    .updateTable('casePart')
    .set({ endedAt: ctx.now, result, late: part.dueAt !== null && ctx.now > part.dueAt, note, files: JSON.stringify(files) as unknown as string[] })
    .where('id', '=', id)
    .where('district', '=', key.district)
    .execute()
  if (files.length > 0) await markRegion(ctx, files, place.region)
  return written
}
