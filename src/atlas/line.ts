// Distance and middle of lines on the ground. Pure.

import type { Geometry } from 'geojson'
import { distanceMetres, lngScale, METRES_PER_DEGREE, type Position } from '../kernel/index.ts'

const linesOf = (geometry: Geometry): Position[][] => {
  if (geometry.type === 'LineString') return [geometry.coordinates as Position[]]
  if (geometry.type === 'MultiLineString' || geometry.type === 'Polygon') return geometry.coordinates as Position[][]
  return geometry.type === 'MultiPolygon' ? (geometry.coordinates.flat() as Position[][]) : []
}

/** How far a point is from the nearest line of a geometry; infinite where it has none. */
export function metresToLine([lng, lat]: Position, geometry: Geometry): number {
  const scale = lngScale(lat)
  let least = Infinity
  for (const line of linesOf(geometry)) {
    for (let i = 1; i < line.length; i++) {
      const ax = (line[i - 1]![0] - lng) * scale
      const ay = line[i - 1]![1] - lat
      const dx = (line[i]![0] - lng) * scale - ax
      const dy = line[i]![1] - lat - ay
      const along = dx * dx + dy * dy
      const share = along === 0 ? 0 : Math.max(0, Math.min(1, -(ax * dx + ay * dy) / along))
      least = Math.min(least, Math.hypot(ax + share * dx, ay + share * dy))
    }
  }
  return least * METRES_PER_DEGREE
}

/** The point half-way along the longest line of a geometry. */
export function middleOfLine(geometry: Geometry): Position | undefined {
  const lengthOf = (line: readonly Position[]) => line.slice(1).reduce((sum, point, index) => sum + distanceMetres(line[index]!, point), 0)
  const longest = linesOf(geometry).toSorted((a, b) => lengthOf(b) - lengthOf(a))[0]
  if (!longest?.[0]) return undefined
  let left = lengthOf(longest) / 2
  for (let i = 1; i < longest.length; i++) {
    const [a, b] = [longest[i - 1]!, longest[i]!]
    const step = distanceMetres(a, b)
    if (step > 0 && step >= left) return [a[0] + ((b[0] - a[0]) * left) / step, a[1] + ((b[1] - a[1]) * left) / step]
    left -= step
  }
  return longest[0]
}
