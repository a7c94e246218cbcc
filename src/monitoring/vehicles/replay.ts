// Where a vehicle was at any moment of its track, for those who replay it. Nothing here reads a clock or a database.

import type { TrackShown } from './contract.ts'

export type TrackPoint = TrackShown['points'][number]

/** Longer without a position, and nobody knows which way it went. */
export const GAP_MS = 15 * 60_000

/** The place of the last point that is not later than `at`; -1 before the first. */
export function lastBefore(points: readonly TrackPoint[], at: number): number {
  let [low, high] = [0, points.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (points[middle]![0] <= at) low = middle + 1
    else high = middle
  }
  return low - 1
}

export interface Placed {
  readonly position: [number, number]
  readonly kmh: number
  readonly bearing: number
  /** The last point before it. */
  readonly index: number
}

/** Between two points on the straight way; in a gap it stays where it was seen last. */
export function placeAt(points: readonly TrackPoint[], at: number): Placed | undefined {
  const [first] = points
  if (!first) return undefined
  const index = Math.max(0, lastBefore(points, at))
  const [from, lng, lat, kmh, bearing] = points[index]!
  const next = points[index + 1]
  if (!next || at <= from || next[0] - from > GAP_MS) return { position: [lng, lat], kmh: next ? kmh : 0, bearing, index }
  const share = (at - from) / (next[0] - from)
  return { position: [lng + (next[1] - lng) * share, lat + (next[2] - lat) * share], kmh, bearing, index }
}

/** The lines of a track, broken where nothing is known; `until` a point, and from it on. */
export function linesOf(points: readonly TrackPoint[], from = 0, to = points.length - 1): [number, number][][] {
  const lines: [number, number][][] = []
  for (let i = Math.max(0, from); i <= to; i++) {
    const [at, lng, lat] = points[i]!
    const before = i > from ? points[i - 1] : undefined
    if (!before || at - before[0] > GAP_MS) lines.push([])
    lines.at(-1)!.push([lng, lat])
  }
  return lines.filter(({ length }) => length > 1)
}
