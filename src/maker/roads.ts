// The roads of a city: those of the map, or those that the cuts between its cells become; and walks along them.

import type { CutMade } from './divide.ts'
import type { Ground, Road, RoadClass } from './ground.ts'
import { roadNames } from './names.ts'
import { clipChain, lengthOf, type Point } from './shape.ts'

/** A cut through so many cells is a road of this class; the last cuts are only borders of cells. */
const CLASS_OF_CUT: readonly (readonly [cells: number, kind: RoadClass])[] = [
  [1_500, 'primary'],
  [250, 'secondary'],
  [35, 'tertiary'],
  [7, 'residential'],
]

/** On an empty plain the cuts are the roads; each has a name of its own. */
export function roadsFromCuts(cuts: readonly CutMade[]): Road[] {
  const nameOf = roadNames()
  return cuts.flatMap(({ ends, cells }) => {
    const kind = CLASS_OF_CUT.find(([least]) => cells >= least)?.[1]
    return kind ? [{ kind, name: nameOf(kind), points: ends }] : []
  })
}

/** The roads of the map as far as they lie on the ground of the city. */
export const roadsOfMap = (ground: Ground): Road[] =>
  ground.roads.flatMap((road) => clipChain(road.points, [0, 0, ground.width, ground.height]).map((points) => ({ ...road, points })))

export const roadLength = ({ points }: Pick<Road, 'points'>): number =>
  points.slice(1).reduce((sum, point, i) => sum + lengthOf(points[i]!, point), 0)

export interface Step {
  readonly at: Point
  /** To the right of the way one walks. */
  readonly right: Point
  readonly metres: number
}

/** Points along a road, `every` metres, from `first` metres on. */
export function* walk({ points }: Pick<Road, 'points'>, every: number, first = every / 2): Generator<Step> {
  let next = first
  let walked = 0
  for (let i = 0; i + 1 < points.length; i++) {
    const a = points[i]!
    const b = points[i + 1]!
    const length = lengthOf(a, b)
    if (length === 0) continue
    const ux = (b[0] - a[0]) / length
    const uy = (b[1] - a[1]) / length
    for (; next <= walked + length; next += every) {
      const along = next - walked
      yield { at: [a[0] + ux * along, a[1] + uy * along], right: [uy, -ux], metres: next }
    }
    walked += length
  }
}

/** Half the width of the carriageway: lamps, trees and covers keep to it. */
export const HALF_WIDTH: Readonly<Record<RoadClass, number>> = {
  motorway: 14,
  primary: 13,
  secondary: 10,
  tertiary: 8,
  residential: 4.5,
  service: 3,
  path: 1.5,
}
