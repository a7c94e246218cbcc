import { sql } from 'kysely'
import { enqueue, record, type Context } from '../../kernel/index.ts'
import type { Flow } from '../flow.ts'
import { districtsOf } from '../scope.ts'
import { uuidAt } from '../uuid.ts'
import type { Mapping, MappingPreview, MappingRow } from './contract.ts'
import { demandFlows, findFlow } from './list-flows.ts'
import { naturalTarget, targetFault, type StateMapping } from './mapping.ts'
import { mappingFaulty, mappingRuns, mappingSame } from './problems.ts'
import { ownFlows, type FlowMappingTable } from './tables.ts'

export const MOVE_FLOW = 'cases.move-flow'
const SHOWN = 100
/** Other processes hear of a flow that has just been published within this time. */
const SETTLES_MS = 2000

interface Ways {
  readonly from: string
  readonly to: string
  readonly states?: StateMapping | undefined
}

/** How many open cases stand in each state, and where each would go; what is not named goes where it naturally would. */
export async function previewMapping(ctx: Context, { from, to, states = {} }: Ways): Promise<MappingPreview> {
  const [before, after] = [await findFlow(ctx, from), await findFlow(ctx, to)]
  if (from === to) throw mappingSame()
  const counts = await openByState(ctx, from)
  const rows = Object.keys(before.states)
    .filter((state) => !before.states[state]!.ended || counts.has(state))
    .map((state) => rowOf(before, after, state, states, counts.get(state) ?? 0))
  const without = rows.reduce((sum, { to: target, cases }) => sum + (target === null ? cases : 0), 0)
  const targets = Object.entries(after.states).flatMap(([state, { ended, words }]) => (ended ? [] : [{ state, words }]))
  return { from, to, cases: [...counts.values()].reduce((sum, n) => sum + n, 0), without, rows, targets, lapsing: await countLapsing(ctx, from, after) }
}

function rowOf(before: Flow, after: Flow, state: string, states: StateMapping, cases: number): MappingRow {
  const target = states[state] ?? { to: naturalTarget(before, after, state), clock: 'keep' as const }
  return {
    state,
    words: before.states[state]!.words,
    cases,
    to: target.to,
    toWords: target.to === null ? null : (after.states[target.to]?.words ?? null),
    clock: target.clock,
    fault: targetFault(before, after, state, target) ?? null,
  }
}

async function openByState(ctx: Context, flow: string): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ state: string; n: number }>`
    select state, count(*)::int as n from case_file
     where ended_at is null and flow = ${flow} and district = any(${await districtsOf(ctx)}::text[])
     group by state`.execute(ctx.db)
  return new Map(rows.map(({ state, n }) => [state, n]))
}

/** Open proceedings whose kind or state the new flow does not know. */
async function countLapsing(ctx: Context, from: string, after: Flow): Promise<number> {
  const known = Object.entries(after.procedures).flatMap(([kind, { states }]) => Object.keys(states).map((state) => `${kind} ${state}`))
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n
      from case_proceeding p
      join case_file c on c.number = p.number and c.district = p.district
     where p.ended_at is null and c.ended_at is null and c.flow = ${from}
       and not p.kind || ' ' || p.state = any(${known}::text[])`.execute(ctx.db)
  return rows[0]!.n
}

/** Begins to move the open cases of one flow to another, by a mapping that has a name. */
export async function startMapping(ctx: Context, { name, from, to, states }: Ways & { name: string; states: StateMapping }): Promise<Mapping> {
  const preview = await previewMapping(ctx, { from, to, states })
  const faults = preview.rows.flatMap(({ state, fault }) => (fault ? [{ at: `states.${state}`, reason: fault }] : []))
  if (faults.length > 0) throw mappingFaulty(undefined, { faults })
  const running = await ownFlows(ctx)
    .selectFrom('flowMapping as m')
    .innerJoin('flowMove as v', 'v.mapping', 'm.id')
    .select('m.name')
    .where('m.fromFlow', '=', from)
    .where('v.endedAt', 'is', null)
    .executeTakeFirst()
  if (running) throw mappingRuns({ name: running.name })

  // What was not named is written down as it was shown.
  const whole: StateMapping = Object.fromEntries(preview.rows.map(({ state, to: target, clock }) => [state, { to: target, clock }]))
  const mapping: FlowMappingTable = { id: uuidAt(ctx.now), name: name.trim(), fromFlow: from, toFlow: to, states: whole, begunAt: ctx.now, begunBy: ctx.actor.name }
  await ownFlows(ctx)
    .insertInto('flowMapping')
    .values({ ...mapping, states: JSON.stringify(whole) as unknown as StateMapping })
    .execute()
  const districts = await districtsOf(ctx)
  await ownFlows(ctx)
    .insertInto('flowMove')
    .values(districts.map((district) => ({ mapping: mapping.id, district, upTo: '', seen: 0, moved: 0, stayed: 0, endedAt: null })))
    .execute()
  for (const district of districts) {
    await enqueue(ctx, MOVE_FLOW, { mapping: mapping.id, district }, { key: `${MOVE_FLOW}:${mapping.id}:${district}`, runAt: new Date(+ctx.now + SETTLES_MS) })
  }
  record(ctx, 'case.flow-mapping-begun', mapping.id, '', { name: mapping.name, from, to, states: whole, cases: preview.cases })
  return present(mapping, { seen: 0, moved: 0, stayed: 0, endedAt: null })
}

interface Progress {
  readonly seen: number
  readonly moved: number
  readonly stayed: number
  readonly endedAt: Date | null
}

const present = ({ id, name, fromFlow, toFlow, begunAt, begunBy }: Omit<FlowMappingTable, 'states'>, { endedAt, ...counts }: Progress): Mapping => ({
  id,
  name,
  from: fromFlow,
  to: toFlow,
  begunAt: begunAt.toISOString(),
  begunBy,
  ...counts,
  endedAt: endedAt?.toISOString() ?? null,
})

/** The newest mappings with how many cases each has moved. */
export async function listMappings(ctx: Context): Promise<{ items: Mapping[] }> {
  demandFlows(ctx)
  const { rows } = await sql<Omit<FlowMappingTable, 'states'> & Progress>`
    select m.id, m.name, m.from_flow, m.to_flow, m.begun_at, m.begun_by,
           sum(v.seen)::int as seen, sum(v.moved)::int as moved, sum(v.stayed)::int as stayed,
           case when bool_and(v.ended_at is not null) then max(v.ended_at) end as ended_at
      from flow_mapping m
      join flow_move v on v.mapping = m.id
     group by m.id
     order by m.begun_at desc
     limit ${SHOWN}`.execute(ctx.db)
  return { items: rows.map((row) => present(row, { seen: row.seen, moved: row.moved, stayed: row.stayed, endedAt: row.endedAt })) }
}
