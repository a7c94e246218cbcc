import { sql } from 'kysely'
import { permitMissing, scopesOf, type Context } from '../kernel/index.ts'
import { findCity, regionPrefix } from '../atlas/index.ts'
import { findUnits } from '../registry/index.ts'

/** Where a device lies and whose it is. */
interface Lying {
  readonly district: string
  readonly ownerUnit: string | null
}

/** Whether the caller reaches a device with `permit`: by its district and the unit that owns it. */
export async function reacherOf(ctx: Context, permit: string): Promise<(device: Lying) => boolean> {
  const scopes = scopesOf(ctx, permit)
  if (scopes.some(({ region, unit }) => region === '' && unit === '')) return () => true
  const paths = new Map((await findUnits(ctx)).map(({ code, path }) => [code, path]))
  return ({ district, ownerUnit }) => {
    const path = (ownerUnit !== null && paths.get(ownerUnit)) || ''
    return scopes.some(({ region, unit }) => district.startsWith(region) && path.startsWith(unit))
  }
}

/** The same as a condition on the columns `district` and `owner_unit`. */
export async function seenBy(ctx: Context, permit: string) {
  const scopes = scopesOf(ctx, permit)
  const units = scopes.some(({ unit }) => unit !== '') ? await findUnits(ctx) : []
  const parts = scopes.map(({ region, unit }) => {
    const near = sql<boolean>`starts_with(district, ${region})`
    if (unit === '') return near
    return sql<boolean>`(${near} and owner_unit = any(${units.filter(({ path }) => path.startsWith(unit)).map(({ code }) => code)}::text[]))`
  })
  return parts.length === 0 ? sql<boolean>`false` : sql<boolean>`(${sql.join(parts, sql` or `)})`
}

/** Throws where no grant of the caller reaches all of this city. */
export async function demandCity(ctx: Context, permit: string): Promise<void> {
  const city = await findCity(ctx)
  const home = city ? regionPrefix(city.code) : ''
  if (!scopesOf(ctx, permit).some(({ region, unit }) => home.startsWith(region) && unit === '')) throw permitMissing({ permit })
}

/** Throws where no grant of the caller reaches into this city: a list of it is then not theirs to ask. */
export async function demandHere(ctx: Context, permit: string): Promise<void> {
  const city = await findCity(ctx)
  const home = city ? regionPrefix(city.code) : ''
  if (!scopesOf(ctx, permit).some(({ region }) => region.startsWith(home) || home.startsWith(region))) throw permitMissing({ permit })
}
