// Which flow a case follows: the one in use in its district when it was reported, for its whole life.

import { readFileSync } from 'node:fs'
import { cache, type Context } from '../kernel/index.ts'
import { flowFaults } from './check-flow.ts'
import { flowLoaded } from './events.ts'
import { flowKey, type Flow } from './flow.ts'
import { ownFlows, type FlowUseTable } from './flow-edit/tables.ts'

/** What the program ships. A release that changes it adds a file with the next version: cases keep the one they began with. */
export const standardFlow: Flow = readFlow(new URL('./flows/standard.json', import.meta.url))
/** 一级监督、一级指挥: neighbouring stages in one, as in 乳山. */
export const mergedFlow: Flow = readFlow(new URL('./flows/merged.json', import.meta.url))
/** For a county's small desk. */
export const countyFlow: Flow = readFlow(new URL('./flows/county.json', import.meta.url))

export const SHIPPED: readonly Flow[] = [standardFlow, mergedFlow, countyFlow]

function readFlow(file: URL): Flow {
  const flow = JSON.parse(readFileSync(file, 'utf8')) as Flow
  const [fault] = flowFaults(flow)
  if (fault) throw new Error(`${file.pathname}: ${fault.at}: ${fault.reason.en}`)
  return flow
}

export interface Flows {
  readonly byKey: ReadonlyMap<string, Flow>
  /** What was chosen for new cases, newest first. */
  readonly uses: readonly FlowUseTable[]
}

const flows = cache<Flows>({
  name: 'cases.flows',
  until: [flowLoaded],
  build: async (ctx) => {
    const rows = await ownFlows(ctx).selectFrom('flowVersion').select('body').orderBy('code').orderBy('version').execute()
    const uses = await ownFlows(ctx).selectFrom('flowUse').selectAll().orderBy('since', 'desc').orderBy('chosenAt', 'desc').execute()
    return { byKey: new Map([...SHIPPED, ...rows.map(({ body }) => body)].map((flow) => [flowKey(flow), flow])), uses }
  },
})

export const allFlows = (ctx: Context): Promise<Flows> => ctx.caches.get(ctx, flows)

/** The flow of new cases: that of the district where one was chosen for it, else that of the whole city. */
export async function currentFlow(ctx: Context, district = ''): Promise<Flow> {
  return flowInUse(await allFlows(ctx), ctx.now, district)
}

/** The same at any moment. What is chosen for later days does not hold yet. */
export function flowInUse({ byKey, uses }: Flows, at: Date, district = ''): Flow {
  const newest = (where: string) => uses.find((use) => use.district === where && use.since <= at)
  const own = district === '' ? undefined : newest(district)
  const use = own && own.code !== null ? own : newest('')
  if (!use || use.code === null) return standardFlow
  const found = byKey.get(`${use.code}.${use.version}`)
  if (!found) throw new Error(`there is no flow ${use.code}.${use.version}`)
  return found
}

/** The flow that a case follows. */
export async function flowOf(ctx: Context, row: { readonly flow: string }): Promise<Flow> {
  const found = (await allFlows(ctx)).byKey.get(row.flow)
  if (!found) throw new Error(`there is no flow ${row.flow}`)
  return found
}
