// How the marks of a response come: from the device, from where it is, from a disposal, and, failing these, from a word.

import { demand, holds, record, onBatch, systemActor, type Context, type Heard, type Position } from '../../kernel/index.ts'
import { caseStepped, type CaseStepped } from '../events.ts'
import { districtsOf } from '../scope.ts'
import { columnsOf, courseOf } from './course.ts'
import { click, hearPosition, marksChanged, receive, stamp, type Course } from './measure.ts'
import { tell } from './order.ts'
import { markTaken, responseEnded, responseUnknown } from './problems.ts'
import type { Mark } from './profile.ts'
import { ownResponses, type CaseResponseTable } from './tables.ts'

const PERMIT = 'case.respond'

interface ResponseKey {
  readonly id: string
  readonly district: string
}

const lock = (ctx: Context, { id, district }: ResponseKey) =>
  ownResponses(ctx).selectFrom('caseResponse').selectAll().where('id', '=', id).where('district', '=', district).forUpdate().executeTakeFirst()

/** The caller's own response; that of another is answered like one that is not there. */
async function lockMine(ctx: Context, key: ResponseKey): Promise<CaseResponseTable> {
  demand(ctx, PERMIT)
  const row = await lock(ctx, key)
  if (row?.responderId !== ctx.actor.id) throw responseUnknown()
  return row
}

async function write(ctx: Context, row: CaseResponseTable, course: Course, ending: Pick<CaseResponseTable, 'endedAt' | 'result'> = row): Promise<CaseResponseTable> {
  const before = courseOf(row)
  const { endedAt, result } = ending
  const after: CaseResponseTable = { ...row, ...columnsOf(course), endedAt, result }
  const columns = { ...columnsOf(course), endedAt, result }
  await ownResponses(ctx)
    .updateTable('caseResponse')
    .set({ ...columns, claims: JSON.stringify(course.claims) as never })
    .where('id', '=', row.id)
    .where('district', '=', row.district)
    .execute()
  for (const mark of marksChanged(before, course)) {
    const { how, at } = course.marks[mark]!
    record(ctx, `case.response-${mark}`, row.number, row.district, { id: row.id, how, at })
    tell(ctx, after, mark, how)
  }
  if (endedAt && !row.endedAt) tell(ctx, after, 'ended', null)
  return after
}

/** The device of the responder has the order. Told by the page itself as soon as it hears of it, and twice does no harm. */
export async function receiveResponse(ctx: Context, key: ResponseKey): Promise<CaseResponseTable> {
  const row = await lockMine(ctx, key)
  if (row.endedAt || row.receivedAt) return row
  return write(ctx, row, receive(courseOf(row), ctx.now))
}

/** A responder's word for a mark: kept as such, and it gives way to what the device measures. */
export async function clickMark(ctx: Context, key: ResponseKey, mark: Mark): Promise<CaseResponseTable> {
  const row = await lockMine(ctx, key)
  if (row.endedAt) throw responseEnded()
  const course = courseOf(row)
  if (course.marks[mark]?.how === 'measured') throw markTaken()
  const ends = mark === 'finished' ? { endedAt: ctx.now, result: 'finished' as const } : row
  return write(ctx, row, click(course, mark, ctx.now), ends)
}

/** The caller has moved: whatever of the caller's responses this measures. One look into an index where nothing runs. */
export async function moveResponder(ctx: Context, position: Position, accuracy: number | undefined): Promise<number> {
  demand(ctx, PERMIT)
  const rows = await ownResponses(ctx)
    .selectFrom('caseResponse')
    .selectAll()
    .where('responderId', '=', ctx.actor.id)
    .where('district', 'in', await districtsOf(ctx))
    .where('endedAt', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute()
  for (const row of rows) {
    // What tells where it is has the order too.
    const course = receive(courseOf(row), ctx.now)
    await write(ctx, row, hearPosition(course, position, accuracy, ctx.now))
  }
  return rows.length
}

/** The centre calls somebody off. */
export async function cancelResponse(ctx: Context, key: ResponseKey): Promise<CaseResponseTable> {
  const row = await lock(ctx, key)
  if (!row) throw responseUnknown()
  const place = { region: row.region, unit: row.unitPath, category: row.category }
  if (!holds(ctx, 'case.dispatch', place) && !holds(ctx, 'case.read', place)) throw responseUnknown()
  demand(ctx, 'case.dispatch', place)
  if (row.endedAt) throw responseEnded()
  record(ctx, 'case.response-cancelled', row.number, row.district, { id: row.id })
  return write(ctx, row, courseOf(row), { endedAt: ctx.now, result: 'cancelled' })
}

/** A disposal, with its photo, finishes the responses to the case; a case that ends otherwise closes them. */
export const responsesFollow = onBatch([caseStepped], 'cases.responses', 500, async (ctx, events: Heard<CaseStepped>[]) => {
  const telling = events.filter(({ body }) => typeof body.changes.disposedAt === 'string' || typeof body.changes.endedAt === 'string')
  for (const [district, some] of Map.groupBy(telling, ({ body }) => body.district)) {
    const rows = await ownResponses(ctx)
      .selectFrom('caseResponse')
      .selectAll()
      .where('district', '=', district)
      .where('number', 'in', [...new Set(some.map(({ body }) => body.number))])
      .where('endedAt', 'is', null)
      .forUpdate()
      .execute()
    for (const row of rows) await follow({ ...ctx, actor: systemActor }, row, some.map(({ body }) => body))
  }
})

async function follow(ctx: Context, row: CaseResponseTable, steps: readonly CaseStepped[]): Promise<void> {
  const own = steps.find(({ number, at }) => number === row.number && new Date(at) >= row.orderedAt)
  if (!own) return
  const at = new Date(own.at)
  const course = courseOf(row)
  const disposed = typeof own.changes.disposedAt === 'string'
  await write(ctx, row, disposed ? stamp(course, 'finished', at, 'measured') : course, { endedAt: at, result: disposed ? 'finished' : 'closed' })
}
