// Open cases go over to another flow in batches by district, each batch a transaction of its own that remembers how far it came, so
// that what was broken off goes on. Each case has a step of it in its history.

import { enqueue, record, systemActor, type Context, type Job } from '../../kernel/index.ts'
import { workingCalendar } from '../../registry/index.ts'
import { limitOf, NO_CLOCK, startClock } from '../deadline.ts'
import { flowKey, stageOf, type Flow } from '../flow.ts'
import { allFlows } from '../flows.ts'
import { lampAt, nextTurn } from '../lamp.ts'
import { limitOfRow } from '../step-inputs.ts'
import { own, type CaseRow } from '../tables.ts'
import { writeSteps } from '../write.ts'
import { clockAt, type StateTarget } from './mapping.ts'
import { MOVE_FLOW } from './mappings.ts'
import { ownFlows, type FlowMappingTable } from './tables.ts'

const AT_ONCE = 200

interface Task {
  readonly mapping: string
  readonly district: string
}

/** One batch, and the next one queued behind it. */
export const moveFlow: Job = {
  name: MOVE_FLOW,
  async run(ctx, task: Task) {
    if (await moveBatch(ctx, task)) await enqueue(ctx, MOVE_FLOW, task, { key: `${MOVE_FLOW}:${task.mapping}:${task.district}:next` })
  },
}

/** Moves the next cases of a district; false when none are left. */
export async function moveBatch(ctx: Context, { mapping: id, district }: Task, atOnce = AT_ONCE): Promise<boolean> {
  const mapping = await ownFlows(ctx).selectFrom('flowMapping').selectAll().where('id', '=', id).executeTakeFirst()
  const run = await ownFlows(ctx)
    .selectFrom('flowMove')
    .selectAll()
    .where('mapping', '=', id)
    .where('district', '=', district)
    .where('endedAt', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!mapping || !run) return false
  const rows = await own(ctx)
    .selectFrom('caseFile')
    .selectAll()
    .where('district', '=', district)
    .where('flow', '=', mapping.fromFlow)
    .where('endedAt', 'is', null)
    .where('number', '>', run.upTo)
    .orderBy('number')
    .limit(atOnce)
    .forUpdate()
    .execute()
  let moved = 0
  for (const { urgency: _, ...row } of rows) if (await moveCase(ctx, mapping, row)) moved++
  const more = rows.length === atOnce
  const progress = { upTo: rows.at(-1)?.number ?? run.upTo, seen: run.seen + rows.length, moved: run.moved + moved, stayed: run.stayed + rows.length - moved }
  await ownFlows(ctx)
    .updateTable('flowMove')
    .set({ ...progress, endedAt: more ? null : ctx.now })
    .where('mapping', '=', id)
    .where('district', '=', district)
    .execute()
  if (!more) record(ctx, 'case.flow-moved', id, district, { name: mapping.name, seen: progress.seen, moved: progress.moved, stayed: progress.stayed }, systemActor)
  return more
}

async function moveCase(ctx: Context, mapping: FlowMappingTable, row: CaseRow): Promise<boolean> {
  const target = mapping.states[row.state]
  const { byKey } = await allFlows(ctx)
  const [before, after] = [byKey.get(mapping.fromFlow)!, byKey.get(mapping.toFlow)!]
  if (!target || target.to === null) return false
  const lapse = await lapsingIn(ctx, after, row)
  const next: CaseRow = {
    ...row,
    ordinal: row.ordinal + 1,
    flow: flowKey(after),
    state: target.to,
    stage: stageOf(after, target.to, row.stage),
    cameFrom: row.cameFrom === null ? null : (mapping.states[row.cameFrom]?.to ?? null),
    asked: row.asked.filter((kind) => !lapse.includes(kind)),
    ...(await clockAfter(ctx, before, after, row, target)),
  }
  // Work on site ends where the new state has none.
  const ends = before.states[row.state]?.task !== undefined && after.states[target.to]?.task === undefined
  if (ends) Object.assign(next, { collectorId: null, collectorName: null })
  const note = `${mapping.name}：${mapping.fromFlow} → ${mapping.toFlow}`
  await writeSteps(ctx, [{ step: 'moved-flow', fromState: row.state, before: row, after: next, actor: systemActor, post: null, note }], {
    ...(ends && { end: { passed: null } }),
    lapse,
  })
  return true
}

/** Kinds of open proceedings that the new flow does not know, or not in the state in which they stand. */
async function lapsingIn(ctx: Context, after: Flow, row: CaseRow): Promise<string[]> {
  if (row.asked.length === 0) return []
  const open = await own(ctx)
    .selectFrom('caseProceeding')
    .select(['kind', 'state'])
    .where('number', '=', row.number)
    .where('district', '=', row.district)
    .where('endedAt', 'is', null)
    .execute()
  return [...new Set(open.filter(({ kind, state }) => after.procedures[kind]?.states[state] === undefined).map(({ kind }) => kind))]
}

/** The limit goes on under the name that the new flow has for it, or begins anew with its own amount. */
async function clockAfter(ctx: Context, before: Flow, after: Flow, row: CaseRow, { to, clock }: StateTarget): Promise<Partial<CaseRow>> {
  if (row.clock === null && clock === 'keep') return {}
  const name = clockAt(after, to!)
  // One that stands still (挂账) goes on standing still with what was left of it.
  if (row.clock !== null && (clock === 'keep' || row.dueAt === null)) {
    const same = Object.hasOwn(after.clocks, row.clock) && before.clocks[row.clock]?.by === after.clocks[row.clock]?.by
    return { clock: same ? row.clock : (name ?? row.clock) }
  }
  if (name === undefined) return { ...NO_CLOCK, lamp: 'grey', nextTurnAt: null }
  const rule = after.clocks[name]!
  const running = startClock(name, limitOf(rule, await limitOfRow(ctx, row)), await workingCalendar(ctx), ctx.now)
  const lamp = lampAt(running, ctx.now)
  return { ...running, clockLeftMs: null, lamp, nextTurnAt: nextTurn(running, lamp), ...(rule.by === 'condition' && { disposeDueAt: running.dueAt }) }
}
