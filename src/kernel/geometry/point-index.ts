// The nearest things to a point. Degrees of longitude are squeezed by the cosine of the latitude, so that near means near in metres.

import Flatbush from 'flatbush'
import type { Position } from '../contract.ts'
import { distanceMetres, lngScale, METRES_PER_DEGREE, type Box } from './metres.ts'

export interface PointIndex<T> {
  readonly size: number
  /** Things within `metres`, nearest first, at most `limit` of them. */
  near(at: Position, metres: number, limit: number, wanted?: (item: T) => boolean): { item: T; metres: number }[]
  within(box: Box): T[]
}

export function pointIndex<T>(items: readonly T[], position: (item: T) => Position): PointIndex<T> {
  if (items.length === 0) return { size: 0, near: () => [], within: () => [] }
  const middle = items.reduce((sum, item) => sum + position(item)[1], 0) / items.length
  const scale = lngScale(middle)
  const tree = new Flatbush(items.length)
  for (const item of items) {
    const [lng, lat] = position(item)
    tree.add(lng * scale, lat, lng * scale, lat)
  }
  tree.finish()

  return {
    size: items.length,
    near(at, metres, limit, wanted) {
      const pass = wanted && ((index: number) => wanted(items[index]!))
      // Away from the middle latitude the squeeze is a little off: look a little further, then measure.
      const slack = Math.max(1, lngScale(middle) / Math.max(0.01, lngScale(at[1])), lngScale(at[1]) / scale) * 1.01
      const found = tree.neighbors(at[0] * scale, at[1], slack > 1.02 ? limit * 2 : limit, (metres / METRES_PER_DEGREE) * slack, pass)
      return found
        .map((index) => ({ item: items[index]!, metres: distanceMetres(at, position(items[index]!)) }))
        .filter((one) => one.metres <= metres)
        .sort((a, b) => a.metres - b.metres)
        .slice(0, limit)
    },
    within([west, south, east, north]) {
      return tree.search(west * scale, south, east * scale, north).map((index) => items[index]!)
    },
  }
}
