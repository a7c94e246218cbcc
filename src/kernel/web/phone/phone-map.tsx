import { lazy, Suspense } from 'react'
import type { Position } from '../../contract.ts'
import type { LampColour } from '../lamp.tsx'
import type { Box } from '../map-panel.tsx'

export interface PhoneMapProps {
  /** What the map shows, for those who do not see it. */
  label: string
  /** Whose map it is: its licence asks that this be said on it. */
  credit?: string | null | undefined
  box?: Box | undefined
  center?: Position | undefined
  zoom?: number
  /** Places to tap on, without a lamp: the public is not told of deadlines. */
  spots?: readonly { id: string; position: Position }[] | undefined
  here?: Position | undefined
  target?: { position: Position; lamp: LampColour } | undefined
  /** Draws a way along the roads from `here` to `target`, and says how long it is. */
  onWay?: (metres: number, alongRoads: boolean) => void
  /** The place under the pin in the middle, told when the map comes to rest. */
  onCentre?: (position: Position) => void
  onPick?: (id: string) => void
  /** Moves the map there each time it is another object. */
  moveTo?: { position: Position } | undefined
  /** Only to look at: a finger on it scrolls the page. */
  still?: boolean
}

const PhoneMapCanvas = lazy(() => import('./phone-map-canvas.tsx'))

/** The map of the phones: a pin in the middle to choose a place by, or the way to a task. Loaded when it is first shown. */
export function PhoneMap(props: PhoneMapProps) {
  return (
    <div className="phone-map">
      <Suspense fallback={null}>
        <PhoneMapCanvas {...props} />
      </Suspense>
      {props.credit && <small className={`credit${props.onCentre ? ' left' : ''}`}>{props.credit}</small>}
      {props.onCentre && (
        <svg className="centre-pin" width="48" height="60" viewBox="-12 -24 24 30" aria-hidden="true">
          <ellipse cy="1.5" rx="5" ry="1.8" fill="#13212B" opacity=".18" />
          <path
            d="M0 1C-7.500-6.500-9-9.500-9-13.500a9 9 0 0 1 18 0C9-9.500 7.500-6.500 0 1Z"
            fill="#0F5F70"
            stroke="#fff"
            strokeWidth="1.2"
          />
          <circle cy="-13.500" r="3.200" fill="#fff" />
        </svg>
      )}
    </div>
  )
}
