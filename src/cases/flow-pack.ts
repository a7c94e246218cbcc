import type { Context, PackFile } from '../kernel/index.ts'
import { announce } from '../kernel/index.ts'
import { flowFaults } from './check-flow.ts'
import { flowLoaded } from './events.ts'
import { flowKey, type Flow } from './flow.ts'
import { allFlows } from './flows.ts'
import { own } from './tables.ts'

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
    const { current } = await allFlows(ctx)
    yield current
  },
}

export async function loadFlow(ctx: Context, flow: Flow): Promise<void> {
  const known = (await allFlows(ctx)).byKey.get(flowKey(flow))
  if (known && JSON.stringify(known) === JSON.stringify(flow)) return
  await own(ctx)
    .insertInto('flowVersion')
    .values({ code: flow.code, version: flow.version, body: JSON.stringify(flow), loadedAt: ctx.now })
    .execute()
  announce(ctx, flowLoaded, '', { code: flow.code, version: flow.version })
}
