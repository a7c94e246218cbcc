import type { LayerSpecification } from 'maplibre-gl'
import { LEVEL_DRAWINGS } from './levels.ts'

// Places where many things stand that a server has gathered: a ring in the colour of the worst among them, with their number.

const colour = ['match', ['get', 'level'], ...LEVEL_DRAWINGS.flatMap(({ text }, i) => [i + 1, text]), '#55616A'] as never

export const heapLayers: LayerSpecification[] = [
  {
    id: 'heap',
    type: 'circle',
    source: 'heaps',
    layout: { 'circle-sort-key': ['get', 'level'] as never },
    paint: {
      'circle-color': '#fff',
      'circle-stroke-width': 2.5,
      'circle-stroke-color': colour,
      'circle-radius': ['step', ['get', 'n'], 12, 10, 15, 100, 18, 1000, 22] as never,
    },
  },
  {
    id: 'heap-count',
    type: 'symbol',
    source: 'heaps',
    layout: {
      'text-font': ['Noto Sans SC Variable'],
      'text-size': 12,
      'text-field': ['to-string', ['get', 'n']] as never,
      'text-allow-overlap': true,
    },
    paint: { 'text-color': colour },
  },
]
