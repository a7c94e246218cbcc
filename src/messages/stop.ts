import type { Context } from '../kernel/index.ts'
import { own } from './tables.ts'

/** Ends what was to be told of cases as long as they stood still; `moved` gives the district of each number. */
export async function stopChains(ctx: Context, moved: ReadonlyMap<string, string>): Promise<void> {
  for (const [district, entries] of Map.groupBy(moved, ([, home]) => home)) {
    await own(ctx)
      .updateTable('message')
      .set({ state: 'stopped' })
      .where('district', '=', district)
      .where('number', 'in', entries.map(([number]) => number))
      .where('watch', '=', true)
      .where('state', 'in', ['waiting', 'gathering'])
      .execute()
  }
}
