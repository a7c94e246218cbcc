import type { Geometry } from 'geojson'
import { boxOf, putRows, type Context, type PackFile } from '../../kernel/index.ts'
import { pairsOf } from '../pairs.ts'
import { ownTables, type MapFeatureTable } from '../tables.ts'

export interface MapFeatureRow {
  id: string
  layer: MapFeatureTable['layer']
  kind: string | null
  name: string | null
  geometry: Geometry
}

/** From which zoom a road of some kind (the words of OpenStreetMap) is drawn. */
const ROAD_ZOOMS: Readonly<Record<string, number>> = {
  motorway: 8,
  trunk: 8,
  primary: 9,
  secondary: 10,
  tertiary: 12,
  residential: 13,
  unclassified: 13,
}
const LAYER_ZOOMS = { road: 14, building: 14, water: 9, green: 10 } as const

const zoomOf = ({ layer, kind }: MapFeatureRow): number =>
  (layer === 'road' ? ROAD_ZOOMS[(kind ?? '').replace(/_link$/, '')] : undefined) ?? LAYER_ZOOMS[layer]

/** All points of a geometry, however deep its lists go. */
export function* pointsOf(geometry: Geometry): Generator<readonly number[]> {
  if (geometry.type === 'GeometryCollection') {
    for (const one of geometry.geometries) yield* pointsOf(one)
    return
  }
  const walk = function* (list: readonly unknown[]): Generator<readonly number[]> {
    if (typeof list[0] === 'number') yield list as readonly number[]
    else for (const one of list) yield* walk(one as readonly unknown[])
  }
  yield* walk(geometry.coordinates)
}

async function* exportFeatures(ctx: Context): AsyncGenerator<MapFeatureRow> {
  let last = ''
  for (;;) {
    const rows = await ownTables(ctx)
      .selectFrom('mapFeature')
      .select(['id', 'layer', 'kind', 'name', 'geometry'])
      .where('id', '>', last)
      .orderBy('id')
      .limit(2_000)
      .execute()
    yield* rows
    if (rows.length < 2_000) return
    last = rows.at(-1)!.id
  }
}

export const basemapFile: PackFile<MapFeatureRow> = {
  file: 'basemap.geojson',
  format: 'geojson',
  optional: true,
  means: { zh: '底图：道路、建筑、水系、绿地', en: 'Base map: roads, buildings, water, green' },
  geometry: 'any',
  columns: {
    id: { type: 'code', required: true, maxLength: 40, means: { zh: '标识，如 way/123', en: 'Identifier, such as way/123' } },
    layer: { type: 'code', required: true, oneOf: ['road', 'building', 'water', 'green'], means: { zh: '图层', en: 'Layer' } },
    kind: { type: 'code', maxLength: 40, means: { zh: '类型，道路用 OSM highway 的词', en: 'Kind; for roads the words of OSM highway' } },
    name: { type: 'text', maxLength: 100, means: { zh: '名称', en: 'Name' } },
  },
  key: ['id'],
  async load(ctx, rows) {
    const features = rows.map((row) => {
      const [west, south, east, north] = boxOf(pointsOf(row.geometry))
      const { id, layer, kind, name, geometry } = row
      const pairs = layer === 'road' ? pairsOf(name) : []
      return { id, layer, kind, name, minZoom: zoomOf(row), extent: `(${east},${north}),(${west},${south})`, geometry, pairs }
    })
    await putRows(ctx, 'map_feature', ['id'], features)
  },
  export: exportFeatures,
}
