import { sql } from 'kysely'
import { findDivisions } from '../../atlas/index.ts'
import { demand, listRoles, type Context } from '../../kernel/index.ts'
import { flowFaults } from '../check-flow.ts'
import { flowKey, type Flow } from '../flow.ts'
import { allFlows, flowInUse, SHIPPED } from '../flows.ts'
import { districtsOf } from '../scope.ts'
import type { DraftListed, FlowListed, FlowsShown, FlowUse } from './contract.ts'
import { flowUnknown } from './problems.ts'
import { ownFlows, type FlowDraftTable, type FlowUseTable } from './tables.ts'

/** Flows are the whole city's: only who keeps them for all of it sees and changes them. */
export const demandFlows = (ctx: Context): void => demand(ctx, 'case.flow', { region: '', unit: '', category: '' })

const CITY = { zh: '全市', en: 'The whole city' }
const USES_SHOWN = 100

/** Permits that some role grants. */
export async function permitsHeld(ctx: Context): Promise<ReadonlySet<string>> {
  return new Set((await listRoles(ctx)).flatMap(({ permits }) => permits))
}

export async function findFlow(ctx: Context, key: string): Promise<Flow> {
  demandFlows(ctx)
  const found = (await allFlows(ctx)).byKey.get(key)
  if (!found) throw flowUnknown({ flow: key })
  return found
}

export async function listFlows(ctx: Context): Promise<FlowsShown> {
  demandFlows(ctx)
  const { byKey, uses } = await allFlows(ctx)
  const districts = (await findDivisions(ctx, { level: 'district' })).map(({ code, name }) => ({ code, name }))
  const held = await permitsHeld(ctx)
  const drafts = await ownFlows(ctx).selectFrom('flowDraft').selectAll().orderBy('code').execute()
  const open = await openByFlow(ctx)
  const rows = await ownFlows(ctx).selectFrom('flowVersion').select(['code', 'version', 'loadedAt', 'publishedBy', 'note']).execute()
  const published = new Map(rows.map((row) => [`${row.code}.${row.version}`, row]))
  const list = (flow: Flow): FlowListed => listed(flow, published.get(flowKey(flow)), open.get(flowKey(flow)) ?? 0)
  const names = new Map(districts.map(({ code, name }) => [code, name]))
  const current = new Set(['', ...names.keys()].map((district) => newestUse(uses, ctx.now, district)))
  return {
    items: [...byKey.values()].map(list).toSorted((a, b) => (a.code === b.code ? b.version - a.version : a.code < b.code ? -1 : 1)),
    drafts: drafts.map((draft) => presentDraft(draft, held)),
    uses: [...shippedUse(uses, ctx.now), ...uses.slice(0, USES_SHOWN).map((use) => presentUse(use, names.get(use.district), stateOf(use, current, ctx.now)))],
    districts,
  }
}

const newestUse = (uses: readonly FlowUseTable[], at: Date, district: string) => uses.find((use) => use.district === district && use.since <= at)

const stateOf = (use: FlowUseTable, current: ReadonlySet<FlowUseTable | undefined>, now: Date): FlowUse['state'] =>
  use.since > now ? 'later' : current.has(use) ? 'now' : 'past'

/** What holds where nothing was ever chosen. */
function shippedUse(uses: readonly FlowUseTable[], now: Date): FlowUse[] {
  if (newestUse(uses, now, '')) return []
  const flow = flowKey(flowInUse({ byKey: new Map(), uses: [] }, now))
  return [{ district: '', name: CITY, flow, since: new Date(0).toISOString(), by: '', state: 'now' }]
}

export const presentUse = ({ district, code, version, since, chosenBy }: FlowUseTable, name: FlowUse['name'] | undefined, state: FlowUse['state']): FlowUse => ({
  district,
  name: district === '' ? CITY : (name ?? { zh: district, en: district }),
  flow: code === null ? null : `${code}.${version}`,
  since: since.toISOString(),
  by: chosenBy,
  state,
})

async function openByFlow(ctx: Context): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ flow: string; n: number }>`
    select flow, count(*)::int as n from case_file
     where ended_at is null and district = any(${await districtsOf(ctx)}::text[])
     group by flow`.execute(ctx.db)
  return new Map(rows.map(({ flow, n }) => [flow, n]))
}

const shippedKeys = new Set(SHIPPED.map(flowKey))

export const listed = (flow: Flow, row: { loadedAt: Date; publishedBy: string | null; note: string | null } | undefined, openCases: number): FlowListed => ({
  key: flowKey(flow),
  code: flow.code,
  version: flow.version,
  words: flow.words,
  stages: [...flow.stages],
  states: Object.keys(flow.states).length,
  steps: Object.keys(flow.steps).length,
  procedures: Object.keys(flow.procedures).length,
  shipped: shippedKeys.has(flowKey(flow)),
  publishedAt: row?.loadedAt.toISOString() ?? null,
  publishedBy: row?.publishedBy ?? null,
  note: row?.note ?? null,
  openCases,
})

export const presentDraft = (draft: FlowDraftTable, held: ReadonlySet<string>): DraftListed => ({
  code: draft.code,
  version: draft.body.version,
  words: draft.body.words,
  base: draft.base,
  revision: draft.revision,
  begunAt: draft.begunAt.toISOString(),
  begunBy: draft.begunBy,
  savedAt: draft.savedAt.toISOString(),
  savedBy: draft.savedBy,
  faults: flowFaults(draft.body, held).length,
})
