import type { Context, PackFile } from '../kernel/index.ts'
import { announce } from '../kernel/index.ts'
import { flowFaults } from './check-flow.ts'
import { flowLoaded } from './events.ts'
import { flowKey, type Flow } from './flow.ts'
import { ownFlows } from './flow-edit/tables.ts'
import { allFlows, currentFlow } from './flows.ts'

/** `flow.json` of a city pack: the flow of new cases. A changed flow needs a new version, for cases keep the one they began with. */
export const flowPack: PackFile<Flow> = {
  file: 'flow.json',
  format: 'json',
  means: { zh: '案件流程', en: 'The flow of cases' },
  optional: true,
  check: (rows) => rows.flatMap((flow, i) => flowFaults(flow).map(({ at, reason }) => ({ row: i + 1, column: at, reason }))),
  load: async (ctx, rows) => {
    for (const flow of rows) await loadFlow(ctx, flow)
  },
  async *export(ctx) {
    yield await currentFlow(ctx)
  },
}

/** Keeps a flow that is not known yet, and has new cases of the whole city follow it. */
export async function loadFlow(ctx: Context, flow: Flow): Promise<void> {
  const known = (await allFlows(ctx)).byKey.get(flowKey(flow))
  if (!known || JSON.stringify(known) !== JSON.stringify(flow)) await keepFlow(ctx, flow, null)
  else if (flowKey(await currentFlow(ctx)) === flowKey(flow)) return
  await putInUse(ctx, '', flow, ctx.now)
}

/** A version stands for ever once it is there: a second of the same number is refused by the database. */
export async function keepFlow(ctx: Context, flow: Flow, note: string | null): Promise<void> {
  await ownFlows(ctx)
    .insertInto('flowVersion')
    .values({ code: flow.code, version: flow.version, body: JSON.stringify(flow) as unknown as Flow, loadedAt: ctx.now, publishedBy: ctx.actor.name, note })
    .execute()
  announce(ctx, flowLoaded, '', { code: flow.code, version: flow.version })
}

/** New cases of `district` ('' for the whole city) follow `flow` from `since` on; none: the district goes with the city again. */
export async function putInUse(ctx: Context, district: string, flow: Pick<Flow, 'code' | 'version'> | null, since: Date): Promise<void> {
  const chosen = { code: flow?.code ?? null, version: flow?.version ?? null, chosenAt: ctx.now, chosenBy: ctx.actor.name }
  await ownFlows(ctx)
    .insertInto('flowUse')
    .values({ district, since, ...chosen })
    .onConflict((on) => on.columns(['district', 'since']).doUpdateSet(chosen))
    .execute()
  announce(ctx, flowLoaded, '', { code: chosen.code ?? '', version: chosen.version ?? 0 })
}
