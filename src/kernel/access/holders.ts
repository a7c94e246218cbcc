import { sql } from 'kysely'
import { cache, type Context, type Scope } from '../context.ts'
import { accessChanged } from './events.ts'

/** An active account that holds a permit, and within which scope by one of its posts. */
export interface Holder extends Scope {
  readonly id: string
  readonly name: string
}

const holders = cache<ReadonlyMap<string, readonly Holder[]>>({
  name: 'access.holders',
  until: [accessChanged],
  async build(ctx) {
    const { rows } = await sql<Holder & { permits: string[] }>`
      select a.id, a.name, g.region, g.unit, g.category, r.permits
        from account a
        join access_grant g on g.account_id = a.id
        join role r on r.code = g.role
       where a.state = 'active'
       order by a.id, g.role`.execute(ctx.db)
    const byPermit = new Map<string, Holder[]>()
    for (const { permits, ...holder } of rows) {
      for (const permit of permits) {
        const known = byPermit.get(permit)
        if (known) known.push(holder)
        else byPermit.set(permit, [holder])
      }
    }
    return byPermit
  },
})

/** Everyone who holds `permit`, once for each post that gives it. */
export const findHolders = async (ctx: Context, permit: string): Promise<readonly Holder[]> =>
  (await ctx.caches.get(ctx, holders)).get(permit) ?? []
