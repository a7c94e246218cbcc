import { sql } from 'kysely'
import { boxAround, type Context, type Position } from '../kernel/index.ts'
import { sqlBox } from './components.ts'
import { metresToLine } from './line.ts'
import { ownTables } from './tables.ts'

/** The kinds of the roads within `metres` of a point, in the words of the base map, the nearest first. */
export async function roadKindsAt(ctx: Context, at: Position, metres: number): Promise<string[]> {
  const rows = await ownTables(ctx)
    .selectFrom('mapFeature')
    .select(['kind', 'geometry'])
    .where('layer', '=', 'road')
    .where(sql<boolean>`extent && ${sqlBox(boxAround(at, metres))}`)
    .limit(100)
    .execute()
  return rows
    .map(({ kind, geometry }) => ({ kind: kind ?? '', way: metresToLine(at, geometry) }))
    .filter(({ way }) => way <= metres)
    .sort((a, b) => a.way - b.way)
    .map(({ kind }) => kind)
}
