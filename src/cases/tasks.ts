// 核实 and 核查: work on site, given to one collector.

import { announce, holds, loadActor, type Context } from '../kernel/index.ts'
import { nearestCollectors } from '../registry/index.ts'
import { caseTaskGiven } from './events.ts'
import type { Flow, TaskKind } from './flow.ts'
import { placeOf } from './place.ts'
import { collectorUnfit, disposerNeverChecks, nobodyOnDuty } from './problems.ts'
import { districtsOf } from './scope.ts'
import { own, type CaseRow, type CaseTaskTable } from './tables.ts'
import { uuidAt } from './uuid.ts'

export interface Collector {
  readonly id: string
  readonly name: string
}

/** The collector named, or the nearest on duty. */
export async function chooseCollector(ctx: Context, flow: Flow, row: CaseRow, kind: TaskKind, named: string | undefined): Promise<Collector> {
  if (named === undefined) {
    const found = await findCollector(ctx, flow, row, kind)
    if (!found) throw nobodyOnDuty()
    return found
  }
  if (kind === 'check' && row.disposedBy.includes(named)) throw disposerNeverChecks()
  const fit = UUID.test(named) ? await fitFor(ctx, flow, row, kind, named) : undefined
  if (!fit) throw collectorUnfit({ id: named })
  return fit
}

/** Whoever could answer the task: with an account that is active and with the permit where the case lies. */
async function fitFor(ctx: Context, flow: Flow, row: CaseRow, kind: TaskKind, id: string): Promise<Collector | undefined> {
  const permit = permitToAnswer(flow, kind)
  const actor = await loadActor(ctx, id)
  if (!actor || (permit !== undefined && !holds({ actor }, permit, placeOf(row)))) return undefined
  return { id: actor.id, name: actor.name }
}

/** The nearest collector on duty who can answer and did not dispose of the case; one who did not report it is preferred for its check. */
export async function findCollector(ctx: Context, flow: Flow, row: CaseRow, kind: TaskKind): Promise<Collector | undefined> {
  if (row.lng === null || row.lat === null) return undefined
  const near = await nearestCollectors(ctx, [row.lng, row.lat], { not: unwanted(row, kind), beat: row.beat })
  const reporterLast = kind === 'check' ? near.toSorted((a, b) => Number(a.id === row.reporterId) - Number(b.id === row.reporterId)) : near
  for (const { id } of reporterLast) {
    const fit = await fitFor(ctx, flow, row, kind, id)
    if (fit) return fit
  }
  return undefined
}

/** Accounts that may not do it: whoever disposed of a case never checks it. */
export const unwanted = (row: CaseRow, kind: TaskKind): string[] => (kind === 'check' ? row.disposedBy.filter((id) => UUID.test(id)) : [])

// The platform itself may have disposed of a case of another system, and is no account.
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

function permitToAnswer(flow: Flow, kind: TaskKind): string | undefined {
  const state = Object.keys(flow.states).find((name) => flow.states[name]!.task === kind)
  return Object.values(flow.steps).find(({ from, passed }) => state !== undefined && passed !== undefined && from.includes(state))?.permit ?? undefined
}

export function taskFor(ctx: Context, row: CaseRow, kind: TaskKind): CaseTaskTable {
  const task: CaseTaskTable = {
    id: uuidAt(ctx.now),
    district: row.district,
    number: row.number,
    kind,
    collectorId: row.collectorId!,
    collectorName: row.collectorName!,
    givenAt: ctx.now,
    dueAt: row.dueAt,
    endedAt: null,
    passed: null,
  }
  const { number, district } = row
  announce(ctx, caseTaskGiven, district, { number, district, task: task.id, kind, collectorId: task.collectorId, place: placeOf(row) })
  return task
}

export interface TaskWithCase {
  readonly task: CaseTaskTable
  readonly row: CaseRow
}

const MOST_TASKS = 200

/** The caller's open tasks with their cases, least time left first. */
export async function myTasks(ctx: Context): Promise<TaskWithCase[]> {
  const tasks = await own(ctx)
    .selectFrom('caseTask')
    .selectAll()
    .where('district', 'in', await districtsOf(ctx))
    .where('collectorId', '=', ctx.actor.id)
    .where('endedAt', 'is', null)
    .orderBy('dueAt')
    .limit(MOST_TASKS)
    .execute()
  return withCases(ctx, tasks)
}

/** A task of the caller, also one that has ended. */
export async function findTask(ctx: Context, id: string, district: string): Promise<TaskWithCase | undefined> {
  const task = await readTask(ctx, id, district)
  if (task?.collectorId !== ctx.actor.id) return undefined
  return (await withCases(ctx, [task]))[0]
}

export const readTask = (ctx: Context, id: string, district: string): Promise<CaseTaskTable | undefined> =>
  own(ctx).selectFrom('caseTask').selectAll().where('id', '=', id).where('district', '=', district).executeTakeFirst()

async function withCases(ctx: Context, tasks: readonly CaseTaskTable[]): Promise<TaskWithCase[]> {
  if (tasks.length === 0) return []
  const rows = await own(ctx)
    .selectFrom('caseFile')
    .selectAll()
    .where('district', 'in', [...new Set(tasks.map(({ district }) => district))])
    .where('number', 'in', [...new Set(tasks.map(({ number }) => number))])
    .execute()
  const byNumber = new Map(rows.map((row) => [row.number, row]))
  return tasks.flatMap((task) => {
    const row = byNumber.get(task.number)
    return row ? [{ task, row }] : []
  })
}
