// Where a warning holds, as CAP 1.2 writes it: latitude first. Nothing here reads a database.

import type { Position } from '../../kernel/contract.ts'
import { lngScale, METRES_PER_DEGREE, type PolygonGeometry } from '../../kernel/geometry/index.ts'

export interface Area {
  /** "lat,lon lat,lon …", closed. */
  readonly polygons: readonly string[]
  /** "lat,lon radius" in kilometres. */
  readonly circle: string | null
}

const POINTS_AT_MOST = 200
const RINGS_AT_MOST = 20
const DIGITS = 5

const say = (degrees: number): string => String(Number(degrees.toFixed(DIGITS)))
const point = ([lng, lat]: Position): string => `${say(lat)},${say(lng)}`

export const circleOf = (at: Position, metres: number): Area => ({ polygons: [], circle: `${point(at)} ${Number((metres / 1000).toFixed(3))}` })

/** The outer borders, coarse enough to be sent. */
export function polygonsOf(shape: PolygonGeometry): Area {
  const outer = (shape.type === 'Polygon' ? [shape.coordinates] : shape.coordinates).map(([ring]) => ring! as readonly Position[])
  const largest = outer.toSorted((a, b) => b.length - a.length).slice(0, RINGS_AT_MOST)
  return { polygons: largest.map((ring) => coarse(ring).map(point).join(' ')), circle: null }
}

function coarse(ring: readonly Position[]): readonly Position[] {
  let kept = ring
  for (let metres = 5; kept.length > POINTS_AT_MOST; metres *= 2) kept = simplify(ring, metres)
  return kept
}

/** Douglas–Peucker; a closed ring is split at the point that lies farthest from its beginning. */
function simplify(ring: readonly Position[], metres: number): Position[] {
  const begin = ring[0]!
  let far = 0
  for (let i = 1; i < ring.length; i++) if (offset(begin, begin, ring[i]!) > offset(begin, begin, ring[far]!)) far = i
  return [...between(ring, 0, far, metres), ...between(ring, far, ring.length - 1, metres), begin]
}

/** The points from `first` on that are kept, without `last`. */
function between(ring: readonly Position[], first: number, last: number, metres: number): Position[] {
  const kept: Position[] = []
  const work: [number, number][] = [[first, last]]
  for (let span = work.pop(); span; span = work.pop()) {
    const [from, to] = span
    let [at, away] = [-1, metres]
    for (let i = from + 1; i < to; i++) {
      const off = offset(ring[from]!, ring[to]!, ring[i]!)
      if (off > away) [at, away] = [i, off]
    }
    if (at < 0) kept.push(ring[from]!)
    else work.push([at, to], [from, at])
  }
  return kept
}

/** Metres from a point to the line between two others. */
function offset(a: Position, b: Position, p: Position): number {
  const scale = lngScale(a[1])
  const [bx, by] = [(b[0] - a[0]) * scale, b[1] - a[1]]
  const [px, py] = [(p[0] - a[0]) * scale, p[1] - a[1]]
  const length = bx * bx + by * by
  const along = length === 0 ? 0 : Math.max(0, Math.min(1, (px * bx + py * by) / length))
  return Math.hypot(px - along * bx, py - along * by) * METRES_PER_DEGREE
}
