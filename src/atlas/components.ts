import { sql } from 'kysely'
import { boxAround, distanceMetres, type Box, type Context, type Position } from '../kernel/index.ts'
import type { Component, ComponentNear } from './contract.ts'
import { divisionsOf } from './divisions.ts'
import { districtOf } from './region.ts'
import { ownTables, type ComponentTable } from './tables.ts'

const present = (row: ComponentTable): Component => ({
  code: row.code,
  district: row.district,
  category: row.category,
  name: row.name,
  state: row.state,
  cell: row.cellCode,
  community: row.communityCode,
  ownerUnit: row.ownerUnit,
  maintainerUnit: row.maintainerUnit,
  position: [row.position.x, row.position.y],
})

export async function findComponent(ctx: Context, code: string): Promise<Component | undefined> {
  const row = await ownTables(ctx)
    .selectFrom('component')
    .selectAll()
    .where('code', '=', code)
    .where('district', '=', districtOf(code))
    .executeTakeFirst()
  return row && present(row)
}

/** A box as SQL, for `position <@` and `extent &&`. */
export const sqlBox = ([west, south, east, north]: Box) => sql`box(point(${west}, ${south}), point(${east}, ${north}))`

export async function componentsWithin(ctx: Context, box: Box, most: number): Promise<Component[]> {
  const { districts } = await divisionsOf(ctx)
  const rows = await ownTables(ctx)
    .selectFrom('component')
    .selectAll()
    .where('district', 'in', districts)
    .where('state', '!=', 'removed')
    .where(sql<boolean>`position <@ ${sqlBox(box)}`)
    .limit(most)
    .execute()
  return rows.map(present)
}

export interface Nearby {
  /** A prefix of the category. */
  readonly category?: string | undefined
}

/** Components within `metres` of a point, nearest first. */
export async function nearestComponents(
  ctx: Context,
  at: Position,
  metres: number,
  limit: number,
  wanted: Nearby = {},
): Promise<ComponentNear[]> {
  const { districts } = await divisionsOf(ctx)
  if (districts.length === 0) return []
  const rows = await ownTables(ctx)
    .selectFrom('component')
    .selectAll()
    .where('district', 'in', districts)
    .where('state', '!=', 'removed')
    .where(sql<boolean>`position <@ ${sqlBox(boxAround(at, metres))}`)
    .$if(wanted.category !== undefined, (query) => query.where(sql<boolean>`starts_with(category, ${wanted.category})`))
    // In degrees, which are not metres: take some more than asked for, and measure those.
    .orderBy(sql`position <-> point(${at[0]}, ${at[1]})`)
    .limit(limit * 4 + 20)
    .execute()
  return rows
    .map((row) => ({ ...present(row), metres: Math.round(distanceMetres(at, [row.position.x, row.position.y]) * 10) / 10 }))
    .filter((one) => one.metres <= metres)
    .sort((a, b) => a.metres - b.metres)
    .slice(0, limit)
}
