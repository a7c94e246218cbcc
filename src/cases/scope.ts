// Who sees which cases: one function, asked by every list, number, map and step.

import { sql, type RawBuilder } from 'kysely'
import { findDivisions } from '../atlas/index.ts'
import { holds, scopesOf, type Context, type Scope } from '../kernel/index.ts'
import { placeOf } from './place.ts'
import type { CaseRow } from './tables.ts'

export interface Reach {
  /** Home districts in which anything may be seen: every statement names them, so that it reads those tables alone. */
  readonly districts: readonly string[]
  readonly scopes: readonly Scope[]
}

/** The home districts of this deployment. */
export async function districtsOf(ctx: Context): Promise<string[]> {
  const divisions = await findDivisions(ctx, { level: 'district' })
  return divisions.map(({ code }) => code)
}

const EVERYTHING: Scope = { region: '', unit: '', category: '' }

/** What the caller reaches with `permit`. */
export const reachOf = async (ctx: Context, permit: string): Promise<Reach> => reachBy(await districtsOf(ctx), scopesOf(ctx, permit))

/** Everything: for what is public by law, shown without personal data. */
export const reachAll = async (ctx: Context): Promise<Reach> => reachBy(await districtsOf(ctx), [EVERYTHING])

function reachBy(districts: readonly string[], scopes: readonly Scope[]): Reach {
  return { scopes, districts: districts.filter((district) => scopes.some(({ region }) => meets(district, region))) }
}

/** Whether one of two subtrees of regions lies in the other. */
const meets = (district: string, region: string) => district.startsWith(region) || region.startsWith(district)

/** The part of a reach that lies in `region`. */
export const narrow = ({ scopes, districts }: Reach, region: string): Reach => ({
  scopes,
  districts: districts.filter((district) => meets(district, region)),
})

/** Whether the caller sees this case. */
export function sees(ctx: Context, row: CaseRow): boolean {
  const place = placeOf(row)
  // Units that assist see the case as well as the one that answers for it.
  return holds(ctx, 'case.read', place) || row.helpers.some((unit) => holds(ctx, 'case.read', { ...place, unit }))
}

/** The condition that lets through, of the cases `c` of one district, those within the scopes. */
export function within(scopes: readonly Scope[], district: string): RawBuilder<boolean> {
  const here = scopes.filter(({ region }) => meets(district, region))
  if (here.length === 0) return sql<boolean>`false`
  const conditions = here.map((scope) => all(conditionsOf(scope, district)))
  return conditions.length === 1 ? conditions[0]! : sql<boolean>`(${sql.join(conditions, sql` or `)})`
}

function conditionsOf({ region, unit, category }: Scope, district: string): RawBuilder<boolean>[] {
  const conditions: RawBuilder<boolean>[] = []
  if (region.length > district.length) conditions.push(inRegion(region))
  if (unit !== '') conditions.push(startsWith('unit_path', unit))
  if (category !== '') conditions.push(startsWith('category', category))
  return conditions
}

/** A street or a community. */
export const inRegion = (region: string): RawBuilder<boolean> =>
  region.length === 12 ? sql<boolean>`c.community = ${region}` : sql<boolean>`c.street = ${region}`

/** A prefix as a range, which an index on the bytes of a column answers. */
export const startsWith = (column: 'unit_path' | 'category' | 'number', prefix: string): RawBuilder<boolean> =>
  sql<boolean>`(c.${sql.ref(column)} >= ${prefix} and c.${sql.ref(column)} < ${after(prefix)})`

/** The first text after all those that begin with `prefix`. */
export const after = (prefix: string): string => prefix.slice(0, -1) + String.fromCodePoint(prefix.codePointAt(prefix.length - 1)! + 1)

export const all = (conditions: readonly RawBuilder<boolean>[]): RawBuilder<boolean> =>
  conditions.length === 0 ? sql<boolean>`true` : sql<boolean>`(${sql.join([...conditions], sql` and `)})`
