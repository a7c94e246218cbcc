import type { Feature } from 'geojson'
import { LRUCache } from 'lru-cache'
import { cache, encodeFeatures, polygonIndex, tileBox, type Box, type Context, type PolygonIndex } from '../kernel/index.ts'
import { sql } from 'kysely'
import { componentsWithin, sqlBox } from './components.ts'
import { findCells, type CellRow } from './divisions.ts'
import { cityLoaded } from './events.ts'
import { ownTables } from './tables.ts'

export interface TileAt {
  readonly z: number
  readonly x: number
  readonly y: number
}

const NOTHING = new Uint8Array()
/** Of what meets one tile; the least zoom of each feature keeps a far view below it. */
const MOST_FEATURES = 10_000
const COMPONENTS_FROM = 16
/** Features are fetched from a little around the tile, so that a stroke does not end at its edge. */
const MARGIN = 1 / 64

const feature = (geometry: Feature['geometry'], properties: Record<string, unknown>): Feature => ({ type: 'Feature', geometry, properties })

const isTile = ({ z, x, y }: TileAt) => x < 2 ** z && y < 2 ** z

const baseCache = cache({
  name: 'atlas.base-tiles',
  until: [cityLoaded],
  build: async () => new LRUCache<string, Uint8Array>({ maxSize: 24 << 20, sizeCalculation: (tile) => tile.length + 100 }),
})

/** A tile of roads, buildings, water, green and the borders of divisions; no bytes where there is nothing. */
export async function baseTile(ctx: Context, at: TileAt): Promise<Uint8Array> {
  if (!isTile(at)) return NOTHING
  const made = await ctx.caches.get(ctx, baseCache)
  const key = `${at.z}/${at.x}/${at.y}`
  const known = made.get(key)
  if (known) return known
  const box = tileBox(at.z, at.x, at.y, MARGIN)
  const rows = await ownTables(ctx)
    .selectFrom('mapFeature')
    .select(['layer', 'kind', 'name', 'geometry'])
    .where('minZoom', '<=', at.z)
    .where(sql<boolean>`extent && ${sqlBox(box)}`)
    .orderBy('minZoom')
    .orderBy('id')
    .limit(MOST_FEATURES)
    .execute()
  const layers: Record<string, Feature[]> = { water: [], green: [], building: [], road: [] }
  for (const { layer, kind, name, geometry } of rows) {
    layers[layer]!.push(feature(geometry, { ...(kind !== null && { kind }), ...(name !== null && { name }) }))
  }
  const tile = encodeFeatures({ ...layers, division: await bordersWithin(ctx, box, at.z) }, at.z, at.x, at.y) ?? NOTHING
  made.set(key, tile)
  return tile
}

interface Shaped {
  readonly properties: Record<string, unknown>
  readonly geometry: CellRow['geometry']
}

const borderCache = cache<PolygonIndex<Shaped>>({
  name: 'atlas.borders',
  until: [cityLoaded],
  async build(ctx) {
    const rows = await ownTables(ctx)
      .selectFrom('division')
      .select(['code', 'name', 'level', 'geometry'])
      .where('geometry', 'is not', null)
      .orderBy('code')
      .execute()
    const shaped = rows.map(({ code, name, level, geometry }) => ({ properties: { code, name, kind: level }, geometry: geometry! }))
    return polygonIndex(shaped, ({ geometry }) => geometry)
  },
})

/** From which zoom borders of a level are drawn. */
const BORDER_ZOOMS: Readonly<Record<string, number>> = { city: 0, district: 8, street: 11, community: 13 }

async function bordersWithin(ctx: Context, box: Box, z: number): Promise<Feature[]> {
  const borders = (await ctx.caches.get(ctx, borderCache)).within(box)
  return borders
    .filter(({ properties }) => z >= BORDER_ZOOMS[String(properties['kind'])]!)
    .map(({ properties, geometry }) => feature(geometry as Feature['geometry'], properties))
}

interface Grid {
  readonly cells: PolygonIndex<Shaped>
  readonly beats: ReadonlyMap<string, string>
}

const gridCache = cache<Grid>({
  name: 'atlas.grid',
  until: [cityLoaded],
  async build(ctx) {
    const cells = (await findCells(ctx, '')).map(({ code, grade, beat, community, geometry }) => ({
      properties: { code, grade, community, ...(beat !== null && { beat }) },
      geometry,
    }))
    const beats = await ownTables(ctx).selectFrom('beat').select(['code', 'name']).execute()
    return { cells: polygonIndex(cells, ({ geometry }) => geometry), beats: new Map(beats.map(({ code, name }) => [code, name])) }
  },
})

/** From here out cells are smaller than the eye: a tile would hold thousands. */
const CELLS_FROM = 12

/** A tile of cells and beats and, near enough, of components. */
export async function gridTile(ctx: Context, at: TileAt): Promise<Uint8Array> {
  if (!isTile(at) || at.z < CELLS_FROM) return NOTHING
  const { cells, beats } = await ctx.caches.get(ctx, gridCache)
  const box = tileBox(at.z, at.x, at.y, MARGIN)
  const met = cells.within(box)
  // A beat is the sum of its cells: drawn as they are, with one colour for each beat.
  const byBeat = Map.groupBy(met, ({ properties }) => properties['beat'] as string | undefined)
  const beat = [...byBeat].flatMap(([code, some]) =>
    code === undefined
      ? []
      : [feature({ type: 'MultiPolygon', coordinates: some.flatMap(polygonsOf) }, { code, name: beats.get(code) ?? code })],
  )
  const component = at.z < COMPONENTS_FROM ? [] : (await componentsWithin(ctx, box, MOST_FEATURES)).map((one) =>
    feature({ type: 'Point', coordinates: [...one.position] }, { code: one.code, category: one.category, state: one.state }),
  )
  const cell = met.map(({ properties, geometry }) => feature(geometry as Feature['geometry'], properties))
  return encodeFeatures({ cell, beat, component }, at.z, at.x, at.y) ?? NOTHING
}

const polygonsOf = ({ geometry }: Shaped) => (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates) as number[][][][]
