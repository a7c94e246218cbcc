// Call-ups and orders as the desk and the phone see them.

import { sql } from 'kysely'
import { courseOf, expectedAt } from '../../../cases/index.ts'
import { cursorOf, demand, holds, keyOf, type Context, type Words } from '../../../kernel/index.ts'
import { directory } from '../../directory.ts'
import { reacherOf } from '../../scope.ts'
import { pointsSeen } from '../points.ts'
import type { AssignmentKey } from './advance.ts'
import type { AssignmentMark, AssignmentShown } from './contract.ts'
import { assignmentUnknown } from './problems.ts'
import { dueOf, lateOf, marksFor, nextDue, overdueOf, wordsFor } from './profile.ts'
import { COMMAND, readRolls, whoIs } from './staff.ts'
import { ownCommand, type AssignmentTable } from './tables.ts'
import { districtsHere, readTrucks } from './trucks.ts'

const MOST_RUNNING = 500
const MOST_MINE = 30

const iso = (at: Date | null | undefined) => at?.toISOString() ?? null

const marksOf = (row: AssignmentTable, now: Date): AssignmentMark[] =>
  marksFor(row.kind).map((mark) => ({
    mark,
    words: wordsFor(row.kind, row.profile, mark),
    dueAt: iso(dueOf(row, mark)),
    at: iso(row[`${mark}At`]),
    how: row[`${mark}How`],
    late: lateOf(row, mark, now),
  }))

export async function presentAssignments(ctx: Context, rows: readonly AssignmentTable[]): Promise<AssignmentShown[]> {
  const find = await whoIs(ctx)
  return Promise.all(
    rows.map(async (row): Promise<AssignmentShown> => {
      const person = row.accountId === null ? undefined : await find(row.accountId)
      const next = nextDue(row)
      const seen = row.seenLng === null || row.seenLat === null ? null : ([row.seenLng, row.seenLat] as [number, number])
      return {
        id: row.id,
        district: row.district,
        kind: row.kind,
        point: { device: row.point, name: row.pointName, position: [row.lng, row.lat] },
        geofenceMetres: row.geofenceMetres,
        person: row.personName === null ? null : { id: row.accountId ?? '', name: row.personName, phone: holds(ctx, COMMAND, { region: row.district }) ? (person?.phone ?? null) : null, unit: person?.unit ?? null, role: row.role },
        truck: row.vehicle === null ? null : { code: row.vehicle, name: row.vehicleName ?? row.vehicle },
        words: row.words,
        profile: row.profile,
        orderedAt: row.orderedAt.toISOString(),
        orderedBy: row.orderedByName,
        marks: marksOf(row, ctx.now),
        next: next ? { mark: next.mark, dueAt: next.dueAt.toISOString() } : null,
        overdue: overdueOf(row, ctx.now),
        seen: row.seenAt && row.seenMetres !== null ? { at: row.seenAt.toISOString(), position: seen, metres: Math.round(row.seenMetres) } : null,
        expectedAt: row.endedAt ? null : iso(expectedAt(courseOf(row))),
        endedAt: iso(row.endedAt),
        result: row.result,
        reason: row.endReason,
      }
    }),
  )
}

export const presentAssignment = async (ctx: Context, row: AssignmentTable): Promise<AssignmentShown> => (await presentAssignments(ctx, [row]))[0]!

/** What runs at the points that the caller sees, with their rolls and the trucks. */
export async function readCommand(ctx: Context) {
  const points = (await pointsSeen(ctx)).map(({ device }) => device)
  const rolls = await readRolls(ctx, points)
  const rows = await ownCommand(ctx)
    .selectFrom('floodAssignment')
    .selectAll()
    .where('district', 'in', await districtsHere(ctx))
    .where('endedAt', 'is', null)
    .orderBy('orderedAt', 'desc')
    .orderBy('id', 'desc')
    .limit(MOST_RUNNING)
    .execute()
  const sees = await seerOf(ctx)
  return {
    at: ctx.now.toISOString(),
    points: points.map(({ code }) => ({ device: code, staff: rolls.get(code) ?? [] })),
    running: await presentAssignments(ctx, rows.filter(sees)),
    trucks: await readTrucks(ctx),
  }
}

/** Whether the caller sees what happens at the point of an assignment. */
async function seerOf(ctx: Context): Promise<(row: AssignmentTable) => boolean> {
  const { byCode } = await directory(ctx)
  const reaches = await reacherOf(ctx, 'monitoring.read')
  return ({ point, district }) => reaches(byCode.get(point) ?? { district, ownerUnit: null })
}

interface Question {
  readonly point?: string | undefined
  readonly running?: boolean | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
}

export async function listAssignments(ctx: Context, { point, running, from, to, cursor, limit = 50 }: Question) {
  const [at, id] = cursor === undefined ? [] : keyOf(cursor, 'moment', 'uuid')
  const { byCode } = await directory(ctx)
  const reaches = await reacherOf(ctx, 'monitoring.read')
  const seen = [...byCode.values()].filter(reaches).map(({ code }) => code)
  const rows = await ownCommand(ctx)
    .selectFrom('floodAssignment')
    .selectAll()
    .where('district', 'in', await districtsHere(ctx))
    .where(sql<boolean>`point = any(${point === undefined ? seen : seen.filter((code) => code === point)}::text[])`)
    .$if(running === true, (q) => q.where('endedAt', 'is', null))
    .$if(running === false, (q) => q.where('endedAt', 'is not', null))
    .$if(from !== undefined, (q) => q.where('orderedAt', '>=', new Date(from!)))
    .$if(to !== undefined, (q) => q.where('orderedAt', '<', new Date(to!)))
    .$if(at !== undefined, (q) => q.where(sql<boolean>`(ordered_at, id) < (${new Date(at!)}, ${id!}::uuid)`))
    .orderBy('orderedAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { items: await presentAssignments(ctx, shown), next: rows.length > limit && last ? cursorOf([last.orderedAt.toISOString(), last.id]) : null }
}

const MADE: Readonly<Record<AssignmentTable['kind'], Words>> = { call: { zh: '叫应', en: 'Called up' }, order: { zh: '下达指令', en: 'Ordered' } }
const ENDS: Readonly<Record<string, Words>> = { cancelled: { zh: '撤销', en: 'Cancelled' }, released: { zh: '解除', en: 'Let go' } }

/** One with its whole course, as it was written. */
export async function readAssignment(ctx: Context, { district, id }: AssignmentKey) {
  const row = await ownCommand(ctx).selectFrom('floodAssignment').selectAll().where('id', '=', id).where('district', '=', district).executeTakeFirst()
  if (!row || !(await seerOf(ctx))(row)) throw assignmentUnknown()
  const steps = await ownCommand(ctx).selectFrom('floodAssignmentStep').selectAll().where('assignment', '=', id).where('district', '=', district).orderBy('ordinal').execute()
  const say = (what: string): Words => (what === 'made' ? MADE[row.kind] : (ENDS[what] ?? wordsFor(row.kind, row.profile, what as never)))
  return {
    assignment: await presentAssignment(ctx, row),
    steps: steps.map(({ what, how, at, actorName, note }) => ({ what, words: say(what), how, at: at.toISOString(), by: actorName, note })),
  }
}

/** What runs for the caller, the latest first. */
export async function myAssignments(ctx: Context) {
  demand(ctx, 'case.respond')
  const rows = await ownCommand(ctx)
    .selectFrom('floodAssignment')
    .selectAll()
    .where('accountId', '=', ctx.actor.id)
    .where('district', 'in', await districtsHere(ctx))
    .where('endedAt', 'is', null)
    .orderBy('orderedAt', 'desc')
    .limit(MOST_MINE)
    .execute()
  return { items: await presentAssignments(ctx, rows), now: ctx.now.toISOString() }
}
