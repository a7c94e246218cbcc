// How the marks of a call-up or an order come: from the device, from where it or the truck is, and, failing these, from a word.

import { click, columnsOf, courseOf, hearPosition, marksChanged, receive, stamp, type Course } from '../../../cases/index.ts'
import type { How, Mark } from '../../../cases/contract.ts'
import { demand, record, type Context, type Position } from '../../../kernel/index.ts'
import { directory } from '../../directory.ts'
import { reacherOf } from '../../scope.ts'
import { tell } from './assign.ts'
import { assignmentEnded, assignmentUnknown, markForeign, markMeasured } from './problems.ts'
import { marksFor } from './profile.ts'
import { COMMAND, pointsCommanded } from './staff.ts'
import { ownCommand, type AssignmentTable } from './tables.ts'
import { districtsHere, truckPlaces } from './trucks.ts'

const RESPOND = 'case.respond'

export interface AssignmentKey {
  readonly district: string
  readonly id: string
}

const lock = (ctx: Context, { id, district }: AssignmentKey) =>
  ownCommand(ctx).selectFrom('floodAssignment').selectAll().where('id', '=', id).where('district', '=', district).forUpdate().executeTakeFirst()

/** The caller's own; that of another is answered like one that is not there. */
async function lockMine(ctx: Context, key: AssignmentKey): Promise<AssignmentTable> {
  demand(ctx, RESPOND)
  const row = await lock(ctx, key)
  if (!row || row.accountId !== ctx.actor.id) throw assignmentUnknown()
  return row
}

async function lockCommanded(ctx: Context, key: AssignmentKey): Promise<AssignmentTable> {
  const row = await lock(ctx, key)
  const point = row && ((await directory(ctx)).byCode.get(row.point) ?? { district: row.district, ownerUnit: null })
  if (!row || !point || !(await reacherOf(ctx, COMMAND))(point)) throw assignmentUnknown()
  return row
}

interface End {
  readonly result: NonNullable<AssignmentTable['result']>
  readonly reason?: string | undefined
}

interface Step {
  readonly what: Mark | 'cancelled' | 'released'
  readonly how: How | null
  readonly at: Date
  readonly note: string | null
}

/** Appends what changed to the history, and makes the row its fold. */
async function write(ctx: Context, row: AssignmentTable, course: Course, { end, seen }: { end?: End; seen?: Position } = {}): Promise<AssignmentTable> {
  const known = new Set(marksFor(row.kind))
  const changed = marksChanged(courseOf(row), course)
  const steps: Step[] = changed.filter((mark) => known.has(mark)).map((mark) => ({ what: mark, how: course.marks[mark]!.how, at: course.marks[mark]!.at, note: null }))
  if (end && end.result !== 'finished') steps.push({ what: end.result, how: null, at: ctx.now, note: end.reason ?? null })
  const columns = {
    ...columnsOf(course),
    ...(seen && { seenLng: seen[0], seenLat: seen[1] }),
    ...(end && { endedAt: ctx.now, result: end.result, endReason: end.reason ?? null }),
    steps: row.steps + steps.length,
  }
  await ownCommand(ctx)
    .updateTable('floodAssignment')
    .set({ ...columns, claims: JSON.stringify(course.claims) as never })
    .where('id', '=', row.id)
    .where('district', '=', row.district)
    .execute()
  const after = { ...row, ...columns }
  if (steps.length === 0) return after
  const { id: actorId, name: actorName } = ctx.actor
  await ownCommand(ctx)
    .insertInto('floodAssignmentStep')
    .values(steps.map((step, i) => ({ assignment: row.id, district: row.district, ordinal: row.steps + i + 1, actorId, actorName, ...step })))
    .execute()
  for (const { what, how, at, note } of steps) {
    record(ctx, `monitoring.flood-${what}`, row.point, row.district, { id: row.id, at, ...(how && { how }), ...(note && { reason: note }) })
    tell(ctx, after, what)
  }
  return after
}

/** The device has it. Told by the page itself as soon as it hears of it, and twice does no harm. */
export async function receiveAssignment(ctx: Context, key: AssignmentKey): Promise<AssignmentTable> {
  const row = await lockMine(ctx, key)
  if (row.endedAt || row.receivedAt) return row
  return write(ctx, row, receive(courseOf(row), ctx.now))
}

/** The terminal of an ordered truck has it on its screen. */
export async function hearTruck(ctx: Context, key: AssignmentKey): Promise<void> {
  const row = await lock(ctx, key)
  if (row && !row.endedAt && !row.receivedAt) await write(ctx, row, receive(courseOf(row), ctx.now))
}

function openFor(row: AssignmentTable, mark: Mark): Course {
  if (!marksFor(row.kind).includes(mark)) throw markForeign()
  if (row.endedAt) throw assignmentEnded()
  const course = courseOf(row)
  if (course.marks[mark]?.how === 'measured') throw markMeasured()
  return course
}

const endOf = (mark: Mark): { end?: End } => (mark === 'finished' ? { end: { result: 'finished' } } : {})

/** A word of whoever was called: kept as such, and it gives way to what the device measures. */
export async function clickAssignment(ctx: Context, key: AssignmentKey, mark: Mark): Promise<AssignmentTable> {
  const row = await lockMine(ctx, key)
  return write(ctx, row, click(openFor(row, mark), mark, ctx.now), endOf(mark))
}

/** What the desk was told by telephone. */
export async function noteTold(ctx: Context, key: AssignmentKey, mark: Mark): Promise<AssignmentTable> {
  const row = await lockCommanded(ctx, key)
  return write(ctx, row, stamp(openFor(row, mark), mark, ctx.now, 'clicked'), endOf(mark))
}

/** The caller has moved: whatever this measures of what runs for them. */
export async function moveStaff(ctx: Context, position: Position, accuracy: number | undefined): Promise<number> {
  demand(ctx, RESPOND)
  const rows = await ownCommand(ctx)
    .selectFrom('floodAssignment')
    .selectAll()
    .where('accountId', '=', ctx.actor.id)
    .where('district', 'in', await districtsHere(ctx))
    .where('endedAt', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute()
  // What tells where it is has the call too.
  for (const row of rows) await hear(ctx, row, receive(courseOf(row), ctx.now), { position, accuracy, at: ctx.now })
  return rows.length
}

interface Fix {
  readonly position: Position
  readonly accuracy?: number | undefined
  readonly at: Date
}

async function hear(ctx: Context, row: AssignmentTable, course: Course, { position, accuracy, at }: Fix): Promise<void> {
  const after = hearPosition(course, position, accuracy, at)
  await write(ctx, row, after, after.seenAt === at ? { seen: position } : {})
}

/** Trucks arrive by what their terminals say, whoever carries a phone. */
export async function followTrucks(ctx: Context): Promise<void> {
  const rows = await ownCommand(ctx)
    .selectFrom('floodAssignment')
    .selectAll()
    .where('vehicle', 'is not', null)
    .where('district', 'in', await districtsHere(ctx))
    .where('endedAt', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute()
  const places = await truckPlaces(ctx, [...new Set(rows.map(({ vehicle }) => vehicle!))])
  for (const row of rows) {
    const latest = places.get(row.vehicle!)
    if (!latest?.position || !latest.fixedAt) continue
    const at = new Date(latest.fixedAt)
    if (at > row.orderedAt && (row.seenAt === null || at > row.seenAt)) await hear(ctx, row, courseOf(row), { position: latest.position, at })
  }
}

export async function cancelAssignment(ctx: Context, key: AssignmentKey, reason: string): Promise<AssignmentTable> {
  const row = await lockCommanded(ctx, key)
  if (row.endedAt) throw assignmentEnded()
  return write(ctx, row, courseOf(row), { end: { result: row.kind === 'call' ? 'released' : 'cancelled', reason: reason.trim() } })
}

/** Everybody who was called up to a point may go. */
export async function releasePoint(ctx: Context, device: string, reason: string | undefined): Promise<{ released: number }> {
  const [point] = await pointsCommanded(ctx, [device])
  const rows = await ownCommand(ctx)
    .selectFrom('floodAssignment')
    .selectAll()
    .where('point', '=', device)
    .where('district', '=', point!.district)
    .where('kind', '=', 'call')
    .where('endedAt', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute()
  for (const row of rows) await write(ctx, row, courseOf(row), { end: { result: 'released', reason: reason?.trim() } })
  return { released: rows.length }
}
