import { sql, type RawBuilder } from 'kysely'
import { demand, scopesOf, type Context } from '../context.ts'

/** An account has a home region and is neither of a unit nor of a category: only a grant free of both reaches it. */
const placeOf = (region: string) => ({ region, unit: '', category: '' })

export const demandOver = (ctx: Context, permit: string, account: { region: string }) => demand(ctx, permit, placeOf(account.region))

/** Whether a row's region lies where the caller holds `permit`. */
export function within(ctx: Context, permit: string, region: RawBuilder<string>): RawBuilder<boolean> {
  const reached = scopesOf(ctx, permit).filter(({ unit, category }) => unit === '' && category === '')
  if (reached.length === 0) return sql<boolean>`false`
  return sql<boolean>`(${sql.join(
    reached.map((scope) => sql`starts_with(${region}, ${scope.region})`),
    sql` or `,
  )})`
}
