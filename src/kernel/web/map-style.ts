import type { LayerSpecification, StyleSpecification } from 'maplibre-gl'

// A quiet ground and no noise: what lies on the map is what matters. Drawn from the city's own tiles.

/** Pale with white roads for a desk, dark for a wall. */
const INKS = {
  desk: {
    ground: '#F4F5F3', water: '#C9DFE8', green: '#DFEBDB', building: '#EAECE9', text: '#5A6B76', halo: '#FFFFFFE6', road: '#FFFFFF',
    smallEdge: '#DDE2E3', middleEdge: '#D3D9DB', mainEdge: '#C9D0D3', rail: '#B6C1C8', outline: '#82919B',
  },
  wall: {
    ground: '#0F1F27', water: '#174354', green: '#132B2B', building: '#14262F', text: '#A9BBC4', halo: '#0A151BE6', road: '#24404B',
    smallEdge: '#16303A', middleEdge: '#16303A', mainEdge: '#16303A', rail: '#35606B', outline: '#4F7A86',
  },
} as const
export type MapGround = keyof typeof INKS
type Inks = (typeof INKS)[MapGround]

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

const outline = (ink: Inks, level: string, dash: number[], width: number): LayerSpecification => ({
  id: `division-${level}`,
  type: 'line',
  source: 'base',
  'source-layer': 'division',
  filter: ['==', ['get', 'kind'], level] as never,
  paint: { 'line-color': ink.outline, 'line-width': width, 'line-dasharray': dash, 'line-opacity': 0.7 },
})

const name = (ink: Inks, id: string, layer: string, minzoom: number, size: number, more: object = {}): LayerSpecification => ({
  id,
  type: 'symbol',
  source: 'base',
  'source-layer': layer,
  minzoom,
  filter: ['has', 'name'] as never,
  layout: { 'text-field': ['get', 'name'] as never, 'text-size': size, 'text-font': ['Noto Sans SC Variable'], ...more },
  paint: { 'text-color': ink.text, 'text-halo-color': ink.halo, 'text-halo-width': 1.5 },
})

export function baseStyle(tiles: string, ground: MapGround): StyleSpecification {
  const ink = INKS[ground]
  return {
    version: 8,
    sources: {
      base: { type: 'vector', tiles: [`${tiles}/tiles/base/{z}/{x}/{y}`], minzoom: 8, maxzoom: 16 },
      grid: { type: 'vector', tiles: [`${tiles}/tiles/grid/{z}/{x}/{y}`], minzoom: 13, maxzoom: 17 },
    },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': ink.ground } },
      { id: 'green', type: 'fill', source: 'base', 'source-layer': 'green', paint: { 'fill-color': ink.green } },
      {
        id: 'water',
        type: 'fill',
        source: 'base',
        'source-layer': 'water',
        filter: ['==', ['geometry-type'], 'Polygon'] as never,
        paint: { 'fill-color': ink.water },
      },
      {
        id: 'stream',
        type: 'line',
        source: 'base',
        'source-layer': 'water',
        filter: ['==', ['geometry-type'], 'LineString'] as never,
        paint: { 'line-color': ink.water, 'line-width': grow([12, 1.5], [16, 7]) },
      },
      { id: 'building', type: 'fill', source: 'base', 'source-layer': 'building', minzoom: 14.5, paint: { 'fill-color': ink.building } },
      road('way', WAYS, ink.road, 15, [15, 0.8], [18, 3]),
      road('small-edge', SMALL, ink.smallEdge, 13.5, [13, 1.6], [16, 7], [18, 16]),
      road('middle-edge', MIDDLE, ink.middleEdge, 12, [11, 1.8], [14, 5], [16, 12], [18, 26]),
      road('main-edge', MAIN, ink.mainEdge, 8, [9, 1.6], [14, 7], [16, 16], [18, 34]),
      road('small', SMALL, ink.road, 13.5, [13, 0.8], [16, 5.6], [18, 14]),
      road('middle', MIDDLE, ink.road, 12, [11, 1], [14, 3.6], [16, 10], [18, 23]),
      road('main', MAIN, ink.road, 8, [9, 0.8], [14, 5], [16, 13], [18, 30]),
      {
        ...road('rail', RAILS, ink.rail, 12, [12, 1], [17, 2.5]),
        paint: { 'line-color': ink.rail, 'line-width': 1.2, 'line-dasharray': [4, 3] },
      } as never,
      outline(ink, 'community', [2, 3], 0.8),
      outline(ink, 'street', [4, 3], 1.1),
      outline(ink, 'district', [6, 2, 1, 2], 1.6),
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
      name(ink, 'road-name', 'road', 14, 12, { 'symbol-placement': 'line', 'symbol-spacing': 320, 'text-max-angle': 30 }),
    ],
  }
}
