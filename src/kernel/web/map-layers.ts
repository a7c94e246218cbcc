import type { GeoJSONSource, LayerSpecification, Map } from 'maplibre-gl'
import { LAMPS, lampDrawings, type LampColour } from './lamp.tsx'
import { LEVEL_TONES, levelImage } from './levels.ts'
import { heapLayers } from './map-groups.ts'
import { MOVER_TONES, moverImage, moverLayers, wayLayers } from './map-movers.ts'

// What the city's work puts on the map: cases shaped like their lamps, gathered in rings of the worst lamp among them.

const rankOf = ['match', ['get', 'lamp'], 'red', 3, 'yellow', 2, 'green', 1, 0]
const ringColour = ['match', ['get', 'worst'], 3, '#CC2F2F', 2, '#A87900', 1, '#2B8A4B', '#7B8790'] as never

export const EMPTY: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: [] }

// A place that is no case yet: a dot in the colour of the brand.
const PLAIN = {
  ground: 'M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0Z',
  edge: '#0F5F70',
  fill: '#0F5F70',
  ring: false,
  sign: '',
  ink: '#fff',
  width: 1,
}

/** Draws a lamp with a ring in the colour of the ground around it, so that it stands clear of what lies below. */
function lampImage(colour: LampColour | 'plain', size: number, pin: boolean): ImageData {
  const scale = 2
  const height = pin ? size * 1.5 : size
  const canvas = document.createElement('canvas')
  canvas.width = size * scale
  canvas.height = height * scale
  const pen = canvas.getContext('2d')!
  pen.scale(scale, scale)
  pen.lineJoin = 'round'
  pen.lineCap = 'round'
  const drawing = colour === 'plain' ? PLAIN : lampDrawings[colour]
  if (pin) {
    pen.fillStyle = '#fff'
    pen.strokeStyle = drawing.edge ?? drawing.fill
    pen.lineWidth = 1.6
    pen.beginPath()
    pen.arc(size / 2, size / 2, size / 2 - 1.5, Math.PI * 0.82, Math.PI * 0.18)
    pen.lineTo(size / 2, height - 1.5)
    pen.closePath()
    pen.fill()
    pen.stroke()
  }
  pen.translate(size / 2, size / 2)
  const zoom = pin ? size / 26 : size / 20
  pen.scale(zoom, zoom)
  const ground = new Path2D(drawing.ground)
  if (!pin) {
    pen.strokeStyle = '#fff'
    pen.lineWidth = 4.5
    pen.stroke(ground)
  }
  pen.fillStyle = drawing.fill
  pen.fill(ground)
  if (drawing.edge) {
    pen.strokeStyle = drawing.edge
    pen.lineWidth = drawing.ring ? 1.6 : 1.3
    pen.stroke(ground)
  }
  pen.strokeStyle = drawing.ink
  pen.lineWidth = drawing.width
  pen.stroke(new Path2D(drawing.sign))
  return pen.getImageData(0, 0, canvas.width, canvas.height)
}

const text = { 'text-font': ['Noto Sans SC Variable'], 'text-size': 12 }

const divisionName = (level: string, minzoom: number, maxzoom: number, size: number): LayerSpecification => ({
  id: `name-${level}`,
  type: 'symbol',
  source: 'names',
  minzoom,
  maxzoom,
  filter: ['==', ['get', 'level'], level] as never,
  layout: { ...text, 'text-size': size, 'text-field': ['get', 'name'] as never, 'text-letter-spacing': 0.12 },
  paint: { 'text-color': '#384954', 'text-halo-color': '#FFFFFFE6', 'text-halo-width': 1.6 },
})

const layers: LayerSpecification[] = [
  divisionName('district', 8, 13.2, 15),
  divisionName('street', 13.2, 16, 14),
  divisionName('community', 15.5, 19, 13),
  {
    id: 'shape-ground',
    type: 'fill',
    source: 'shapes',
    filter: ['==', ['geometry-type'], 'Polygon'] as never,
    paint: { 'fill-color': '#0F5F70', 'fill-opacity': 0.1 },
  },
  {
    id: 'shape-edge',
    type: 'line',
    source: 'shapes',
    paint: { 'line-color': '#0F5F70', 'line-width': 1.6, 'line-dasharray': [3, 2], 'line-opacity': 0.8 },
  },
  ...wayLayers,
  {
    id: 'dot',
    type: 'circle',
    source: 'dots',
    paint: { 'circle-radius': 4, 'circle-color': '#0F5F70', 'circle-stroke-color': '#fff', 'circle-stroke-width': 1.5 },
  },
  {
    id: 'dot-name',
    type: 'symbol',
    source: 'dots',
    filter: ['has', 'name'] as never,
    layout: { ...text, 'text-field': ['get', 'name'] as never, 'text-anchor': 'left', 'text-offset': [0.7, 0] },
    paint: { 'text-color': '#0F5F70', 'text-halo-color': '#fff', 'text-halo-width': 1.6 },
  },
  {
    id: 'group',
    type: 'circle',
    source: 'points',
    filter: ['has', 'point_count'] as never,
    paint: {
      'circle-color': '#fff',
      'circle-stroke-width': 2.5,
      'circle-stroke-color': ringColour,
      'circle-radius': ['step', ['get', 'point_count'], 14, 10, 16, 100, 19, 1000, 23] as never,
    },
  },
  {
    id: 'group-count',
    type: 'symbol',
    source: 'points',
    filter: ['has', 'point_count'] as never,
    layout: { ...text, 'text-size': 13, 'text-field': ['to-string', ['get', 'point_count']] as never, 'text-allow-overlap': true },
    paint: { 'text-color': ringColour },
  },
  {
    id: 'point',
    type: 'symbol',
    source: 'points',
    filter: ['!', ['has', 'point_count']] as never,
    layout: {
      'icon-image': ['concat', 'lamp-', ['get', 'lamp']] as never,
      'icon-allow-overlap': true,
      'symbol-sort-key': rankOf as never,
      'icon-size': ['match', ['get', 'lamp'], 'red', 1.15, 1] as never,
    },
  },
  ...heapLayers,
  ...moverLayers,
  {
    id: 'pin',
    type: 'symbol',
    source: 'pin',
    layout: {
      'icon-image': ['concat', 'pin-', ['get', 'lamp']] as never,
      'icon-anchor': 'bottom',
      'icon-allow-overlap': true,
      'icon-ignore-placement': true,
    },
  },
]

export function addWork(map: Map): void {
  for (const colour of LAMPS) {
    map.addImage(`lamp-${colour}`, lampImage(colour, 22, false), { pixelRatio: 2 })
    map.addImage(`pin-${colour}`, lampImage(colour, 32, true), { pixelRatio: 2 })
  }
  for (const tone of MOVER_TONES) map.addImage(`mover-${tone}`, moverImage(tone), { pixelRatio: 2 })
  for (const [level, tone] of LEVEL_TONES.entries()) map.addImage(`mover-${tone}`, levelImage(level), { pixelRatio: 2 })
  map.addImage('pin-plain', lampImage('plain', 32, true), { pixelRatio: 2 })
  map.addSource('shapes', { type: 'geojson', data: EMPTY })
  for (const source of ['ways', 'heaps', 'movers']) map.addSource(source, { type: 'geojson', data: EMPTY })
  map.addSource('names', { type: 'geojson', data: EMPTY })
  map.addSource('dots', { type: 'geojson', data: EMPTY })
  map.addSource('points', {
    type: 'geojson',
    data: EMPTY,
    cluster: true,
    clusterRadius: 36,
    clusterMaxZoom: 16,
    clusterProperties: { worst: ['max', rankOf] },
  } as never)
  map.addSource('pin', { type: 'geojson', data: EMPTY })
  for (const layer of layers) map.addLayer(layer)
}

/** Names for a dark ground. */
export function writeLight(map: Map): void {
  for (const { id, type } of map.getStyle().layers) {
    if (type !== 'symbol') continue
    map.setPaintProperty(id, 'text-color', '#EAF1F3')
    map.setPaintProperty(id, 'text-halo-color', '#0A151BE6')
  }
}

export const setData = (map: Map, source: string, data: GeoJSON.FeatureCollection): void =>
  void (map.getSource(source) as GeoJSONSource | undefined)?.setData(data)

export const pinData = (position: readonly [number, number] | undefined, lamp?: LampColour): GeoJSON.FeatureCollection =>
  position
    ? {
        type: 'FeatureCollection',
        features: [{ type: 'Feature', properties: { lamp: lamp ?? 'plain' }, geometry: { type: 'Point', coordinates: [...position] } }],
      }
    : EMPTY
