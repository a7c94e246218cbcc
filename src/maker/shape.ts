// Plane geometry in metres for the cutting of a city into cells: convex shapes, straight cuts, chains of edges.

/** Metres east and north of the south-west corner of the ground. */
export type Point = readonly [x: number, y: number]
/** A ring without its closing point, against the clock. */
export type Shape = readonly Point[]
export type Box = readonly [west: number, south: number, east: number, north: number]

export const lengthOf = ([ax, ay]: Point, [bx, by]: Point): number => Math.hypot(bx - ax, by - ay)

export function areaOf(shape: Shape): number {
  let sum = 0
  for (let i = 0; i < shape.length; i++) {
    const [ax, ay] = shape[i]!
    const [bx, by] = shape[(i + 1) % shape.length]!
    sum += ax * by - bx * ay
  }
  return sum / 2
}

/** 1 for a circle, 0.79 for a square, 0.5 for a strip four times as long as wide. */
export function compactness(shape: Shape): number {
  let around = 0
  for (let i = 0; i < shape.length; i++) around += lengthOf(shape[i]!, shape[(i + 1) % shape.length]!)
  return (4 * Math.PI * Math.abs(areaOf(shape))) / (around * around)
}

export function middleOf(shape: Shape): Point {
  const [x0, y0] = shape[0]!
  let area = 0
  let x = 0
  let y = 0
  for (let i = 1; i + 1 < shape.length; i++) {
    const ax = shape[i]![0] - x0
    const ay = shape[i]![1] - y0
    const bx = shape[i + 1]![0] - x0
    const by = shape[i + 1]![1] - y0
    const cross = ax * by - bx * ay
    area += cross
    x += (ax + bx) * cross
    y += (ay + by) * cross
  }
  return [x0 + x / (3 * area), y0 + y / (3 * area)]
}

export function boxOfShape(points: Iterable<Point>): Box {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of points) {
    west = Math.min(west, x)
    east = Math.max(east, x)
    south = Math.min(south, y)
    north = Math.max(north, y)
  }
  return [west, south, east, north]
}

/** A straight line: all points whose product with `normal` is `offset`. */
export interface Line {
  readonly normal: Point
  readonly offset: number
}

export const sideOf = (line: Line, [x, y]: Point): number => line.normal[0] * x + line.normal[1] * y - line.offset

export function lineThrough(a: Point, b: Point): Line {
  const length = lengthOf(a, b)
  const normal: Point = [-(b[1] - a[1]) / length, (b[0] - a[0]) / length]
  return { normal, offset: normal[0] * a[0] + normal[1] * a[1] }
}

export interface Halves {
  readonly left: Shape
  readonly right: Shape
  readonly cut: readonly [Point, Point]
}

/** Cuts a convex shape in two; undefined where the line misses it. `left` lies on the side of the normal. */
export function split(shape: Shape, line: Line): Halves | undefined {
  const left: Point[] = []
  const right: Point[] = []
  const ends: Point[] = []
  for (let i = 0; i < shape.length; i++) {
    const a = shape[i]!
    const b = shape[(i + 1) % shape.length]!
    const sa = sideOf(line, a)
    const sb = sideOf(line, b)
    if (sa >= 0) left.push(a)
    if (sa <= 0) right.push(a)
    if (sa === 0) ends.push(a)
    if (sa * sb >= 0) continue
    const share = sa / (sa - sb)
    const on: Point = [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share]
    left.push(on)
    right.push(on)
    ends.push(on)
  }
  if (ends.length < 2 || left.length < 3 || right.length < 3) return undefined
  return { left, right, cut: [ends[0]!, ends[1]!] }
}

/** The line of a direction that leaves `share` of the shape's area on its left. */
export function lineAtShare(shape: Shape, normal: Point, share: number): Line {
  const offsets = shape.map(([x, y]) => normal[0] * x + normal[1] * y)
  let low = Math.min(...offsets)
  let high = Math.max(...offsets)
  const whole = areaOf(shape)
  for (let i = 0; i < 30; i++) {
    const offset = (low + high) / 2
    const halves = split(shape, { normal, offset })
    const left = halves ? areaOf(halves.left) / whole : offset < (offsets[0]! + high) / 2 ? 1 : 0
    if (left > share) low = offset
    else high = offset
  }
  return { normal, offset: (low + high) / 2 }
}

/** The direction in which a shape is longest. */
export function longAxis(shape: Shape): Point {
  const [mx, my] = middleOf(shape)
  let [xx, xy, yy] = [0, 0, 0]
  for (let i = 0; i < shape.length; i++) {
    // Points along the edges, so that a side cut into many pieces weighs no more than one in one piece.
    const a = shape[i]!
    const b = shape[(i + 1) % shape.length]!
    const weight = lengthOf(a, b)
    for (const t of [0.125, 0.375, 0.625, 0.875]) {
      const x = a[0] + (b[0] - a[0]) * t - mx
      const y = a[1] + (b[1] - a[1]) * t - my
      xx += x * x * weight
      xy += x * y * weight
      yy += y * y * weight
    }
  }
  const angle = Math.atan2(2 * xy, xx - yy) / 2
  return [Math.cos(angle), Math.sin(angle)]
}

/** The part of a segment inside a box; undefined where it passes by. */
export function clipSegment(a: Point, b: Point, [west, south, east, north]: Box): readonly [Point, Point] | undefined {
  let [from, to] = [0, 1]
  const dx = b[0] - a[0]
  const dy = b[1] - a[1]
  for (const [p, q] of [
    [-dx, a[0] - west],
    [dx, east - a[0]],
    [-dy, a[1] - south],
    [dy, north - a[1]],
  ] as const) {
    if (p === 0) {
      if (q < 0) return undefined
      continue
    }
    const at = q / p
    if (p < 0) from = Math.max(from, at)
    else to = Math.min(to, at)
    if (from > to) return undefined
  }
  return [
    [a[0] + dx * from, a[1] + dy * from],
    [a[0] + dx * to, a[1] + dy * to],
  ]
}

/** The pieces of a chain of points that lie inside a box. */
export function clipChain(points: readonly Point[], box: Box): Point[][] {
  const pieces: Point[][] = []
  let piece: Point[] = []
  for (let i = 0; i + 1 < points.length; i++) {
    const inside = clipSegment(points[i]!, points[i + 1]!, box)
    if (!inside) continue
    const [from, to] = inside
    const last = piece.at(-1)
    if (!last || last[0] !== from[0] || last[1] !== from[1]) {
      if (piece.length > 1) pieces.push(piece)
      piece = [from]
    }
    piece.push(to)
  }
  if (piece.length > 1) pieces.push(piece)
  return pieces
}

/** Fewer points, none further than `metres` from the chain (Douglas and Peucker). */
export function simplify(points: readonly Point[], metres: number): Point[] {
  if (points.length < 3) return [...points]
  const a = points[0]!
  const b = points.at(-1)!
  const straight = lengthOf(a, b) > 0 ? lineThrough(a, b) : undefined
  let farthest = 0
  let at = 0
  for (let i = 1; i + 1 < points.length; i++) {
    const away = straight ? Math.abs(sideOf(straight, points[i]!)) : lengthOf(a, points[i]!)
    if (away > farthest) [farthest, at] = [away, i]
  }
  if (farthest <= metres) return [a, b]
  return [...simplify(points.slice(0, at + 1), metres), ...simplify(points.slice(at), metres).slice(1)]
}
