import { sql } from 'kysely'
import { permitMissing, scopesOf, type Context, type Scope } from '../kernel/index.ts'
import { findCity, regionPrefix } from '../atlas/index.ts'
import { findUnits, type Unit } from '../registry/index.ts'

/**
 * What the caller reaches with `permit`, as a condition on the columns `region`, `category` and `unit_code`.
 * A rule that holds all around a district is seen from within it.
 */
export async function seenBy(ctx: Context, permit: string) {
  const city = await findCity(ctx)
  const home = city ? regionPrefix(city.code) : ''
  const units = await findUnits(ctx)
  const of = ({ region, category, unit }: Scope) => {
    const inside = sql<boolean>`starts_with(region, ${region})`
    // Of another city nothing is seen, not even what holds everywhere in this one.
    const near = region.startsWith(home) ? sql<boolean>`(${inside} or starts_with(${region}, region))` : inside
    const place = sql<boolean>`(${near} and (starts_with(category, ${category}) or starts_with(${category}, category)))`
    if (unit === '') return place
    const codes = units.filter(({ path }) => path.startsWith(unit)).map(({ code }) => code)
    return sql<boolean>`(${place} and unit_code = any(${codes}::text[]))`
  }
  const scopes = scopesOf(ctx, permit)
  return scopes.length === 0 ? sql<boolean>`false` : sql<boolean>`(${sql.join(scopes.map(of), sql` or `)})`
}

/** Whether the caller may see a unit: it lies in the subtree of units and of regions that some grant reaches. */
export function unitSeenBy(ctx: Context, permit: string): (unit: Pick<Unit, 'path' | 'region'>) => boolean {
  const scopes = scopesOf(ctx, permit)
  return ({ path, region }) => scopes.some((scope) => path.startsWith(scope.unit) && region.startsWith(scope.region))
}

/** Throws where no grant of the caller reaches into this city: what is told as a whole is then not theirs to ask. */
export async function demandHere(ctx: Context, permit: string): Promise<void> {
  const city = await findCity(ctx)
  const home = city ? regionPrefix(city.code) : ''
  if (!scopesOf(ctx, permit).some(({ region }) => region.startsWith(home) || home.startsWith(region))) throw permitMissing({ permit })
}
