declare module 'vt-pbf' {
  /** Tiles of geojson-vt by layer name, as one Mapbox vector tile. */
  export function fromGeojsonVt(layers: Record<string, unknown>, options?: { version?: number; extent?: number }): Uint8Array
}
