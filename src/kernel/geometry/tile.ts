// Vector tiles (MVT 2) made in the program from features in memory.

import GeoJSONVT, { type Options } from 'geojson-vt'
import type { Feature } from 'geojson'
import { fromGeojsonVt } from 'vt-pbf'
import type { Box } from './metres.ts'

export interface TileLayer {
  readonly name: string
  readonly source: GeoJSONVT
}

const EXTENT = 4096

/** Cuts features once, so that any tile of them can be made quickly. */
export const tileLayer = (name: string, features: readonly Feature[], options: Options = {}): TileLayer => ({
  name,
  source: new GeoJSONVT(
    { type: 'FeatureCollection', features: features as Feature[] },
    { maxZoom: 18, indexMaxZoom: 12, tolerance: 3, extent: EXTENT, buffer: 64, ...options },
  ),
})

/** One tile of some layers; undefined where none has anything there. */
export function encodeTile(layers: readonly TileLayer[], z: number, x: number, y: number): Uint8Array | undefined {
  const full: Record<string, unknown> = {}
  let empty = true
  for (const { name, source } of layers) {
    const tile = source.getTile(z, x, y)
    if (!tile || tile.features.length === 0) continue
    full[name] = tile
    empty = false
  }
  return empty ? undefined : fromGeojsonVt(full, { version: 2, extent: EXTENT })
}

/** One tile of features that were just looked up for it, as for layers that change all the time. */
export function encodeFeatures(named: Readonly<Record<string, readonly Feature[]>>, z: number, x: number, y: number) {
  const layers = Object.entries(named)
    .filter(([, features]) => features.length > 0)
    .map(([name, features]) => tileLayer(name, features, { maxZoom: z, indexMaxZoom: 0, indexMaxPoints: 0 }))
  return encodeTile(layers, z, x, y)
}

const latOf = (y: number, z: number): number => (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / 2 ** z))) * 180) / Math.PI

/** The ground that a tile covers, and on request a margin around it as a share of its side. */
export function tileBox(z: number, x: number, y: number, margin = 0): Box {
  const lngOf = (at: number) => (at / 2 ** z) * 360 - 180
  return [lngOf(x - margin), latOf(y + 1 + margin, z), lngOf(x + 1 + margin), latOf(y - margin, z)]
}

/** The tile of a zoom that holds a point. */
export function tileAt(lng: number, lat: number, z: number): { x: number; y: number } {
  const rad = (lat * Math.PI) / 180
  const side = 2 ** z
  return {
    x: Math.floor(((lng + 180) / 360) * side),
    y: Math.floor(((1 - Math.asinh(Math.tan(rad)) / Math.PI) / 2) * side),
  }
}
