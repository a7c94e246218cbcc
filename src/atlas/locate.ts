import { cache, polygonIndex, type Context, type PolygonGeometry, type PolygonIndex, type Position } from '../kernel/index.ts'
import type { Located } from './contract.ts'
import { findCells } from './divisions.ts'
import { cityLoaded } from './events.ts'
import { districtOf } from './region.ts'
import { ownTables } from './tables.ts'

interface Ground {
  readonly cells: PolygonIndex<Located>
  /** For ground on which no cells are drawn. */
  readonly communities: PolygonIndex<Located>
}

const within = (community: string) => ({ community, street: community.slice(0, 9), district: districtOf(community) })

// The borders are put into the index and then let go: of a cell only what is asked of it stays.
const indexOf = (pieces: readonly { located: Located; geometry: PolygonGeometry }[]): PolygonIndex<Located> => {
  const shapes = new Map(pieces.map(({ located, geometry }) => [located, geometry]))
  return polygonIndex(
    pieces.map(({ located }) => located),
    (located) => shapes.get(located)!,
  )
}

const groundCache = cache<Ground>({
  name: 'atlas.ground',
  until: [cityLoaded],
  async build(ctx) {
    const cells = (await findCells(ctx, '')).map(({ code, beat, community, grade, geometry }) => ({
      located: { cell: code, beat, ...within(community), grade },
      geometry,
    }))
    const shapes = await ownTables(ctx)
      .selectFrom('division')
      .select(['code', 'geometry'])
      .where('level', '=', 'community')
      .where('geometry', 'is not', null)
      .execute()
    const communities = shapes.map(({ code, geometry }) => ({
      located: { cell: null, beat: null, ...within(code), grade: 'C' as const },
      geometry: geometry!,
    }))
    return { cells: indexOf(cells), communities: indexOf(communities) }
  },
})

/** Where a point lies: its cell and all that holds the cell; undefined outside the city. For many points take `locator` once. */
export async function locate(ctx: Context, [lng, lat]: Position): Promise<Located | undefined> {
  return (await locator(ctx))([lng, lat])
}

/** The look-up itself, which asks nobody and so may be called in a loop. */
export async function locator(ctx: Context): Promise<(at: Position) => Located | undefined> {
  const { cells, communities } = await ctx.caches.get(ctx, groundCache)
  return ([lng, lat]) => cells.find(lng, lat) ?? communities.find(lng, lat)
}
