// Which flow a case follows: the one in use when it was reported, for its whole life.

import { readFileSync } from 'node:fs'
import { cache, type Context } from '../kernel/index.ts'
import { flowFaults } from './check-flow.ts'
import { flowLoaded } from './events.ts'
import { flowKey, type Flow } from './flow.ts'
import { own } from './tables.ts'

/** What the program ships. A release that changes it adds a file with the next version: cases keep the one they began with. */
export const standardFlow: Flow = readFlow(new URL('./flows/standard.json', import.meta.url))

function readFlow(file: URL): Flow {
  const flow = JSON.parse(readFileSync(file, 'utf8')) as Flow
  const [fault] = flowFaults(flow)
  if (fault) throw new Error(`${file.pathname}: ${fault.at}: ${fault.reason.en}`)
  return flow
}

export interface Flows {
  readonly current: Flow
  readonly byKey: ReadonlyMap<string, Flow>
}

const flows = cache<Flows>({
  name: 'cases.flows',
  until: [flowLoaded],
  build: async (ctx) => {
    const rows = await own(ctx).selectFrom('flowVersion').select('body').orderBy('loadedAt').orderBy('version').execute()
    const known = [standardFlow, ...rows.map(({ body }) => body as Flow)]
    return { current: known.at(-1)!, byKey: new Map(known.map((flow) => [flowKey(flow), flow])) }
  },
})

export const allFlows = (ctx: Context): Promise<Flows> => ctx.caches.get(ctx, flows)

/** The flow of new cases. */
export const currentFlow = async (ctx: Context): Promise<Flow> => (await allFlows(ctx)).current

/** The flow that a case follows. */
export async function flowOf(ctx: Context, row: { readonly flow: string }): Promise<Flow> {
  const found = (await allFlows(ctx)).byKey.get(row.flow)
  if (!found) throw new Error(`there is no flow ${row.flow}`)
  return found
}
