// Makes neighbours of cut shapes share every corner: where the border of one ends in the side of another, that side gets the corner too.
// Then no rounding of coordinates can open a gap or make an overlap, and a union is what remains when shared sides cancel out.

import { areaOf, lengthOf, type Point, type Shape } from './shape.ts'

const BUCKET = 60
/** Corners nearer than this are one, and a corner within the other of a side lies on it: a thousand times what reckoning can be off by. */
const SAME = 1e-6
const ON = 2e-6

class Corners {
  readonly points: Point[] = []
  readonly #buckets = new Map<number, number[]>()

  static key(x: number, y: number): number {
    return (Math.floor(x / BUCKET) + 1_000) * 1_000_003 + Math.floor(y / BUCKET) + 1_000
  }

  /** Numbers of corners in the buckets that a box touches. */
  *around(west: number, south: number, east: number, north: number): Generator<number> {
    for (let x = Math.floor(west / BUCKET); x <= Math.floor(east / BUCKET); x++) {
      for (let y = Math.floor(south / BUCKET); y <= Math.floor(north / BUCKET); y++) {
        yield* this.#buckets.get(Corners.key(x * BUCKET, y * BUCKET)) ?? []
      }
    }
  }

  number(point: Point): number {
    for (const known of this.around(point[0] - SAME, point[1] - SAME, point[0] + SAME, point[1] + SAME)) {
      if (lengthOf(this.points[known]!, point) < SAME) return known
    }
    const key = Corners.key(point[0], point[1])
    const bucket = this.#buckets.get(key)
    if (bucket) bucket.push(this.points.length)
    else this.#buckets.set(key, [this.points.length])
    return this.points.push(point) - 1
  }
}

export interface Mesh {
  readonly corners: readonly Point[]
  /** Each shape as numbers of corners, against the clock. */
  readonly faces: readonly (readonly number[])[]
}

export function meshOf(shapes: readonly Shape[]): Mesh {
  const corners = new Corners()
  const rough = shapes.map((shape) => {
    const numbers = shape.map((point) => corners.number(point))
    return numbers.filter((one, i) => one !== numbers[(i + 1) % numbers.length])
  })
  const faces = rough.map((numbers) => {
    const face: number[] = []
    numbers.forEach((from, i) => {
      const to = numbers[(i + 1) % numbers.length]!
      face.push(from, ...between(corners, from, to))
    })
    return face
  })
  return { corners: corners.points, faces }
}

function between(corners: Corners, from: number, to: number): number[] {
  const a = corners.points[from]!
  const b = corners.points[to]!
  const length = lengthOf(a, b)
  const ux = (b[0] - a[0]) / length
  const uy = (b[1] - a[1]) / length
  const found: { number: number; at: number }[] = []
  const west = Math.min(a[0], b[0]) - ON
  const south = Math.min(a[1], b[1]) - ON
  for (const number of corners.around(west, south, Math.max(a[0], b[0]) + ON, Math.max(a[1], b[1]) + ON)) {
    if (number === from || number === to) continue
    const [x, y] = corners.points[number]!
    const at = (x - a[0]) * ux + (y - a[1]) * uy
    const away = Math.abs((x - a[0]) * uy - (y - a[1]) * ux)
    if (at > 0 && at < length && away < ON) found.push({ number, at })
  }
  return found.sort((one, other) => one.at - other.at).map(({ number }) => number)
}

/** The outer ring of several faces together: the sides that only one of them has, end to end. */
export function outlineOf(faces: readonly (readonly number[])[], corners: readonly Point[]): number[] {
  const next = new Map<number, number[]>()
  const sides = new Set<number>()
  const sideKey = (from: number, to: number): number => from * 4_000_000 + to
  for (const face of faces) face.forEach((from, i) => sides.add(sideKey(from, face[(i + 1) % face.length]!)))
  for (const face of faces) {
    face.forEach((from, i) => {
      const to = face[(i + 1) % face.length]!
      if (!sides.has(sideKey(to, from))) next.set(from, [...(next.get(from) ?? []), to])
    })
  }
  let best: number[] = []
  let bestArea = 0
  while (next.size > 0) {
    const start = next.keys().next().value as number
    const ring: number[] = []
    for (let at = start; ; ) {
      ring.push(at)
      const ways = next.get(at)!
      const to = ways.pop()!
      if (ways.length === 0) next.delete(at)
      at = to
      if (at === start || !next.has(at)) break
    }
    const area = areaOf(ring.map((number) => corners[number]!))
    if (area > bestArea) [best, bestArea] = [ring, area]
  }
  return best
}
