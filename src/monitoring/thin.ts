// Many points become few, and no peak is lost: each keeps the lowest and highest of those it stands for. Nothing here reads a database.

export interface Point {
  readonly at: number
  readonly n: number
  readonly sum: number
  readonly low: number
  readonly high: number
}

/** At most `most` points, in equal spans of time. */
export function thin(points: readonly Point[], most: number): Point[] {
  if (points.length <= most) return [...points]
  const first = points[0]!.at
  const span = Math.max(1, (points.at(-1)!.at - first) / (most - 1))
  const out: Point[] = []
  let last = -1
  for (const point of points) {
    const slot = Math.floor((point.at - first) / span)
    const before = out.at(-1)
    if (before && slot === last) {
      out[out.length - 1] = { at: before.at, n: before.n + point.n, sum: before.sum + point.sum, low: Math.min(before.low, point.low), high: Math.max(before.high, point.high) }
      continue
    }
    last = slot
    out.push(point)
  }
  return out
}
