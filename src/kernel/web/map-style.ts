import type { LayerSpecification, StyleSpecification } from 'maplibre-gl'

// A pale ground with white roads and no noise: what lies on the map is what matters. Drawn from the city's own tiles.

const GROUND = '#F4F5F3'
const WATER = '#C9DFE8'
const GREEN = '#DFEBDB'
const BUILDING = '#EAECE9'
const TEXT = '#5A6B76'
const HALO = '#FFFFFFE6'

const MAIN = ['motorway', 'trunk', 'primary', 'motorway_link', 'trunk_link', 'primary_link']
const MIDDLE = ['secondary', 'tertiary', 'secondary_link', 'tertiary_link']
const SMALL = ['residential', 'living_street', 'unclassified', 'road', 'service', 'busway']
const WAYS = ['footway', 'path', 'cycleway', 'pedestrian', 'steps', 'track', 'bridleway']
const RAILS = ['rail', 'subway', 'light_rail', 'tram']

const kinds = (list: string[]) => ['match', ['get', 'kind'], list, true, false] as never
const grow = (...stops: [number, number][]) => ['interpolate', ['exponential', 1.5], ['zoom'], ...stops.flat()] as never

const road = (id: string, list: string[], color: string, minzoom: number, ...width: [number, number][]): LayerSpecification => ({
  id,
  type: 'line',
  source: 'base',
  'source-layer': 'road',
  minzoom,
  filter: kinds(list),
  layout: { 'line-cap': 'round', 'line-join': 'round' },
  paint: { 'line-color': color, 'line-width': grow(...width) },
})

const outline = (level: string, dash: number[], width: number): LayerSpecification => ({
  id: `division-${level}`,
  type: 'line',
  source: 'base',
  'source-layer': 'division',
  filter: ['==', ['get', 'kind'], level] as never,
  paint: { 'line-color': '#82919B', 'line-width': width, 'line-dasharray': dash, 'line-opacity': 0.7 },
})

const name = (id: string, layer: string, minzoom: number, size: number, more: object = {}): LayerSpecification => ({
  id,
  type: 'symbol',
  source: 'base',
  'source-layer': layer,
  minzoom,
  filter: ['has', 'name'] as never,
  layout: { 'text-field': ['get', 'name'] as never, 'text-size': size, 'text-font': ['Noto Sans SC Variable'], ...more },
  paint: { 'text-color': TEXT, 'text-halo-color': HALO, 'text-halo-width': 1.5 },
})

export function baseStyle(tiles: string): StyleSpecification {
  return {
    version: 8,
    sources: {
      base: { type: 'vector', tiles: [`${tiles}/tiles/base/{z}/{x}/{y}`], minzoom: 8, maxzoom: 16 },
      grid: { type: 'vector', tiles: [`${tiles}/tiles/grid/{z}/{x}/{y}`], minzoom: 13, maxzoom: 17 },
    },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': GROUND } },
      { id: 'green', type: 'fill', source: 'base', 'source-layer': 'green', paint: { 'fill-color': GREEN } },
      {
        id: 'water',
        type: 'fill',
        source: 'base',
        'source-layer': 'water',
        filter: ['==', ['geometry-type'], 'Polygon'] as never,
        paint: { 'fill-color': WATER },
      },
      {
        id: 'stream',
        type: 'line',
        source: 'base',
        'source-layer': 'water',
        filter: ['==', ['geometry-type'], 'LineString'] as never,
        paint: { 'line-color': WATER, 'line-width': grow([12, 1.5], [16, 7]) },
      },
      { id: 'building', type: 'fill', source: 'base', 'source-layer': 'building', minzoom: 14.5, paint: { 'fill-color': BUILDING } },
      road('way', WAYS, '#FFFFFF', 15, [15, 0.8], [18, 3]),
      road('small-edge', SMALL, '#DDE2E3', 13.5, [13, 1.6], [16, 7], [18, 16]),
      road('middle-edge', MIDDLE, '#D3D9DB', 12, [11, 1.8], [14, 5], [16, 12], [18, 26]),
      road('main-edge', MAIN, '#C9D0D3', 8, [9, 1.6], [14, 7], [16, 16], [18, 34]),
      road('small', SMALL, '#FFFFFF', 13.5, [13, 0.8], [16, 5.6], [18, 14]),
      road('middle', MIDDLE, '#FFFFFF', 12, [11, 1], [14, 3.6], [16, 10], [18, 23]),
      road('main', MAIN, '#FFFFFF', 8, [9, 0.8], [14, 5], [16, 13], [18, 30]),
      {
        ...road('rail', RAILS, '#B6C1C8', 12, [12, 1], [17, 2.5]),
        paint: { 'line-color': '#B6C1C8', 'line-width': 1.2, 'line-dasharray': [4, 3] },
      } as never,
      outline('community', [2, 3], 0.8),
      outline('street', [4, 3], 1.1),
      outline('district', [6, 2, 1, 2], 1.6),
      {
        id: 'cell',
        type: 'line',
        source: 'grid',
        'source-layer': 'cell',
        minzoom: 15,
        layout: { visibility: 'none' },
        paint: { 'line-color': '#3F93A3', 'line-width': 0.8, 'line-opacity': 0.7 },
      },
      {
        id: 'beat',
        type: 'line',
        source: 'grid',
        'source-layer': 'beat',
        minzoom: 13,
        layout: { visibility: 'none' },
        paint: { 'line-color': '#0F5F70', 'line-width': 1.4, 'line-dasharray': [4, 2] },
      },
      {
        id: 'component',
        type: 'circle',
        source: 'grid',
        'source-layer': 'component',
        minzoom: 17,
        layout: { visibility: 'none' },
        paint: { 'circle-radius': 2.5, 'circle-color': '#82919B' },
      },
      name('road-name', 'road', 14, 12, { 'symbol-placement': 'line', 'symbol-spacing': 320, 'text-max-angle': 30 }),
    ],
  }
}
