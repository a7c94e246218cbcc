import { accessChanged, cache, type Context } from '../kernel/index.ts'
import { cityLoaded } from '../atlas/index.ts'
import { people } from './people.ts'

/** How a person is called and reached, and the path of the unit in which they work. */
export interface Reached {
  readonly name: string
  readonly phone: string | null
  readonly unitPath: string
}

// Whoever is changed is told of as a change of access, for the name is that of the account.
const reached = cache<ReadonlyMap<string, Reached>>({
  name: 'registry.reached',
  until: [cityLoaded, accessChanged],
  build: async (ctx) => new Map((await people(ctx).execute()).map(({ id, name, phone, unitPath }) => [id, { name, phone, unitPath }])),
})

/** By the id of the account; undefined for whoever is no person of the registry. */
export const findReached = async (ctx: Context, accountId: string): Promise<Reached | undefined> =>
  (await ctx.caches.get(ctx, reached)).get(accountId)
