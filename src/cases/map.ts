import { sql } from 'kysely'
import type { Position } from '../kernel/contract.ts'
import type { Context } from '../kernel/index.ts'
import { conditionsOf } from './filter.ts'
import { all, reachOf, within } from './scope.ts'
import { waitingStates } from './todo.ts'
import type { Lamp } from './lamp.ts'

const MOST = 5000

export interface MapQuery {
  /** west,south,east,north. */
  readonly box: string
  readonly state?: string | undefined
  readonly lamp?: string | undefined
  readonly source?: string | undefined
  readonly category?: string | undefined
  readonly unit?: string | undefined
  /** Only what waits for the caller. */
  readonly todo?: boolean | undefined
}

interface Point {
  number: string
  lng: number
  lat: number
  lamp: Lamp
  state: string
  category: string
  unitName: string | null
  dueAt: Date | null
}

/** Open cases within a box, the most urgent first where there are too many. */
export async function caseMap(ctx: Context, { box, todo, ...filter }: MapQuery) {
  const [west, south, east, north] = box.split(',').map(Number) as [number, number, number, number]
  const reach = await reachOf(ctx, 'case.read')
  const state = todo ? await waitingStates(ctx) : undefined
  const conditions = [
    sql<boolean>`c.ended_at is null and c.lng between ${west} and ${east} and c.lat between ${south} and ${north}`,
    ...conditionsOf(filter),
    ...(state ? [sql<boolean>`c.state = any(${state}::text[])`] : []),
  ]
  const points: Point[] = []
  for (const district of reach.districts) {
    const { rows } = await sql<Point>`
      select c.number, c.lng, c.lat, c.lamp, c.state, c.category, c.unit_name, c.due_at
        from case_file c
       where c.district = ${district} and ${all([within(reach.scopes, district), ...conditions])}
       order by c.urgency, c.due_at, c.number
       limit ${MOST + 1}`.execute(ctx.db)
    points.push(...rows)
  }
  if (reach.districts.length > 1) points.sort(byUrgency)
  return { type: 'FeatureCollection' as const, truncated: points.length > MOST, features: points.slice(0, MOST).map(feature) }
}

const RANK: Record<Lamp, number> = { red: 0, yellow: 1, green: 2, grey: 3 }
const byUrgency = (a: Point, b: Point) => RANK[a.lamp] - RANK[b.lamp] || (a.dueAt ? +a.dueAt : Infinity) - (b.dueAt ? +b.dueAt : Infinity)

const feature = ({ number, lng, lat, lamp, state, category, unitName, dueAt }: Point) => ({
  type: 'Feature' as const,
  geometry: { type: 'Point' as const, coordinates: [lng, lat] as Position },
  properties: { number, lamp, state, category, unit: unitName, dueAt: dueAt?.toISOString() ?? null },
})
