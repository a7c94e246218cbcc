import { lazy, Suspense } from 'react'
import type { LampColour } from './lamp.tsx'
import { useWords } from './words.ts'

export type Box = readonly [west: number, south: number, east: number, north: number]

export interface MapProps {
  /** What the map shows, for those who do not see it; a list beside it holds the same things. */
  label: string
  /** Where it opens; later changes do not move it. */
  box?: Box | undefined
  center?: readonly [number, number] | undefined
  zoom?: number
  /** Points with `id` and `lamp`, gathered where they crowd. */
  points?: GeoJSON.FeatureCollection | undefined
  pin?: { position: readonly [number, number]; lamp?: LampColour } | undefined
  /** Come this near when a pin is set: for choosing a place, never for watching many. */
  nearer?: number
  /** Keep the pin in the middle, whatever it becomes: for small maps that one does not move. */
  follow?: boolean
  /** Areas and ways to stress, and plain points with a `name`. */
  shapes?: GeoJSON.FeatureCollection | undefined
  dots?: GeoJSON.FeatureCollection | undefined
  /** Ways that were gone, by their `tone`: `done` or `ahead`. */
  ways?: GeoJSON.FeatureCollection | undefined
  /** Things that move: points with `id`, `name`, `bearing` and their `tone`, one of `MOVER_TONES` or `LEVEL_TONES`; what is `chosen` is brought into view. */
  movers?: GeoJSON.FeatureCollection | undefined
  /** What a server has gathered: points with `n`, how many, and the `level` of the worst; a click comes nearer. */
  heaps?: GeoJSON.FeatureCollection | undefined
  /** Brought into view as a whole, whenever it becomes another. */
  fit?: Box | undefined
  /** Points with the `name` of a division and its `level`: once each, however many tiles it spans. */
  names?: GeoJSON.FeatureCollection | undefined
  /** Room that floating panels take at the sides, so that nothing chosen hides below them. */
  padding?: { left: number; right: number; top?: number; bottom?: number }
  onPick?: (id: string) => void
  onMove?: (box: Box, zoom: number) => void
  /** The place of a click; also makes the centre choosable by a button, for those who cannot point. */
  onPlace?: (position: [number, number]) => void
  /** Of the ground: pale for a desk, dark for a wall. */
  ground?: 'desk' | 'wall'
  /** `zoom`: only that, for small maps. */
  tools?: boolean | 'zoom'
  /** Whose data the ground is drawn from. */
  credit?: string | undefined
}

const MapCanvas = lazy(() => import('./map-canvas.tsx'))

/** The city's own map. Its code is loaded when the first map is shown. */
export function MapPanel(props: MapProps) {
  const { language } = useWords()
  return (
    <div className="map-panel">
      <Suspense fallback={null}>
        {/* The scale is drawn once, in the language of that moment. */}
        <MapCanvas key={language} {...props} />
      </Suspense>
      {props.credit && <small className="map-credit">{props.credit}</small>}
    </div>
  )
}
