import type { LayerSpecification } from 'maplibre-gl'

// Things that move about the city, and the ways they went.

/** What it does, by shape too: an arrow, a square, a hollow square, and a square with a sign. */
export const MOVER_TONES = ['moving', 'still', 'silent', 'alarm'] as const
export type MoverTone = (typeof MOVER_TONES)[number]

const FILL: Readonly<Record<MoverTone, string>> = { moving: '#0F5F70', still: '#384954', silent: '#FFFFFF', alarm: '#CC2F2F' }
const EDGE: Readonly<Record<MoverTone, string>> = { moving: '#FFFFFF', still: '#FFFFFF', silent: '#7B8790', alarm: '#FFFFFF' }
const ARROW = 'M0 -11L8.500 9L0 4.500L-8.500 9Z'
const SQUARE = 'M-5 -8H5A3 3 0 0 1 8 -5V5A3 3 0 0 1 5 8H-5A3 3 0 0 1 -8 5V-5A3 3 0 0 1 -5 -8Z'
const SIZE = 30

export function moverImage(tone: MoverTone): ImageData {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = SIZE * 2
  const pen = canvas.getContext('2d')!
  pen.scale(2, 2)
  pen.translate(SIZE / 2, SIZE / 2)
  pen.lineJoin = 'round'
  pen.lineCap = 'round'
  const shape = new Path2D(tone === 'moving' ? ARROW : SQUARE)
  // A ring of the ground keeps it clear of what lies below.
  pen.strokeStyle = '#fff'
  pen.lineWidth = 5
  pen.stroke(shape)
  pen.fillStyle = FILL[tone]
  pen.fill(shape)
  pen.strokeStyle = EDGE[tone]
  pen.lineWidth = tone === 'silent' ? 2 : 1.2
  pen.stroke(shape)
  const sign = tone === 'alarm' ? 'M0 -4.500V1M0 4.300V4.500' : tone === 'still' ? 'M-2.300 -3.500V3.500M2.300 -3.500V3.500' : ''
  pen.strokeStyle = '#fff'
  pen.lineWidth = 2.2
  pen.stroke(new Path2D(sign))
  return pen.getImageData(0, 0, canvas.width, canvas.height)
}

export const wayLayers: LayerSpecification[] = [
  {
    id: 'gone-ground',
    type: 'line',
    source: 'ways',
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: { 'line-color': '#fff', 'line-width': ['interpolate', ['linear'], ['zoom'], 11, 3, 16, 6] as never, 'line-opacity': 0.9 },
  },
  {
    id: 'gone',
    type: 'line',
    source: 'ways',
    layout: { 'line-cap': 'round', 'line-join': 'round', 'line-sort-key': ['match', ['get', 'tone'], 'done', 1, 0] as never },
    paint: {
      'line-color': ['match', ['get', 'tone'], 'done', '#0A4452', '#3F93A3'] as never,
      'line-opacity': ['match', ['get', 'tone'], 'done', 1, 0.75] as never,
      'line-width': ['interpolate', ['linear'], ['zoom'], 11, 1.5, 16, 3] as never,
    },
  },
]

const named = { 'text-font': ['Noto Sans SC Variable'], 'text-size': 12 }

export const moverLayers: LayerSpecification[] = [
  {
    id: 'mover-chosen',
    type: 'circle',
    source: 'movers',
    filter: ['==', ['get', 'chosen'], true] as never,
    paint: { 'circle-radius': 19, 'circle-color': '#0F5F70', 'circle-opacity': 0.14, 'circle-stroke-color': '#0F5F70', 'circle-stroke-width': 2 },
  },
  {
    id: 'mover',
    type: 'symbol',
    source: 'movers',
    layout: {
      ...named,
      'icon-image': ['concat', 'mover-', ['get', 'tone']] as never,
      'icon-rotate': ['case', ['==', ['get', 'tone'], 'moving'], ['get', 'bearing'], 0] as never,
      'icon-rotation-alignment': 'map',
      'icon-allow-overlap': true,
      'icon-ignore-placement': true,
      'symbol-sort-key': ['match', ['get', 'tone'], 'level-4', 7, 'level-3', 6, 'level-2', 5, 'level-1', 4, 'alarm', 3, 'moving', 2, 'still', 1, 0] as never,
      'text-field': ['coalesce', ['get', 'name'], ''] as never,
      'text-anchor': 'left',
      'text-offset': [1.2, 0],
      'text-optional': true,
    },
    paint: { 'text-color': '#13212B', 'text-halo-color': '#FFFFFFE6', 'text-halo-width': 1.8 },
  },
]
