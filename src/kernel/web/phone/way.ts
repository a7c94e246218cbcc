// A way on foot along the roads that the map shows. Nothing here reads a clock or the map itself.

import type { Position } from '../../contract.ts'

const METRES = 111_195
/** Ends of roads this near to another road are joined to it: tiles cut roads at their edges. */
const JOIN = 3
/** A way that starts or ends further than this from any road is not a way along roads. */
const REACH = 120
/** More pieces than a phone should look at. */
const MOST = 4000

type Point = [x: number, y: number]
interface Piece {
  a: Point
  b: Point
}

/** Metres from a middle, flat: good to a metre over a part of a city. */
const flat = (middle: Position) => {
  const scale = Math.cos((middle[1] * Math.PI) / 180)
  return {
    to: ([lng, lat]: Position): Point => [(lng - middle[0]) * METRES * scale, (lat - middle[1]) * METRES],
    back: ([x, y]: Point): Position => [middle[0] + x / METRES / scale, middle[1] + y / METRES],
  }
}

const between = (a: Point, b: Point): number => Math.hypot(a[0] - b[0], a[1] - b[1])

export function wayLength(way: readonly Position[]): number {
  if (way.length < 2) return 0
  const { to } = flat(way[0]!)
  let sum = 0
  for (let i = 1; i < way.length; i++) sum += between(to(way[i - 1]!), to(way[i]!))
  return sum
}

/** The shortest way along `roads`; undefined where the roads known do not lead there. */
export function findWay(roads: readonly (readonly Position[])[], from: Position, to: Position): Position[] | undefined {
  const ground = flat(from)
  const start = ground.to(from)
  const end = ground.to(to)
  const pieces = cutPieces(roads, ground.to)
  if (pieces.length === 0 || pieces.length > MOST) return undefined

  const cuts = pieces.map((): number[] => [0, 1])
  join(pieces, cuts)
  const [first, last] = [nearest(pieces, start), nearest(pieces, end)]
  if (!first || !last || first.off > REACH || last.off > REACH) return undefined
  cuts[first.piece]!.push(first.at)
  cuts[last.piece]!.push(last.at)

  const graph = link(pieces, cuts)
  const way = shortest(graph, keyOf(first.point), keyOf(last.point))
  return way && [from, ...way.map((key) => ground.back(graph.get(key)!.point)), to]
}

function cutPieces(roads: readonly (readonly Position[])[], to: (position: Position) => Point): Piece[] {
  const seen = new Set<string>()
  const pieces: Piece[] = []
  for (const road of roads) {
    for (let i = 1; i < road.length; i++) {
      const [a, b] = [to(road[i - 1]!), to(road[i]!)]
      // Neighbouring tiles tell of the same road twice.
      const name = [keyOf(a), keyOf(b)].sort().join('>')
      if (seen.has(name) || between(a, b) < 0.05) continue
      seen.add(name)
      pieces.push({ a, b })
    }
  }
  return pieces
}

/** Where pieces cross or all but touch, both are cut, so that one may turn there. */
function join(pieces: readonly Piece[], cuts: number[][]): void {
  for (let i = 0; i < pieces.length; i++) {
    for (let j = i + 1; j < pieces.length; j++) {
      const [p, q] = [pieces[i]!, pieces[j]!]
      if (apart(p, q)) continue
      const crossing = cross(p, q)
      if (crossing) {
        cuts[i]!.push(crossing[0])
        cuts[j]!.push(crossing[1])
        continue
      }
      for (const end of [q.a, q.b]) touch(p, end, cuts[i]!)
      for (const end of [p.a, p.b]) touch(q, end, cuts[j]!)
    }
  }
}

const apart = (p: Piece, q: Piece): boolean =>
  Math.max(p.a[0], p.b[0]) + JOIN < Math.min(q.a[0], q.b[0]) ||
  Math.max(q.a[0], q.b[0]) + JOIN < Math.min(p.a[0], p.b[0]) ||
  Math.max(p.a[1], p.b[1]) + JOIN < Math.min(q.a[1], q.b[1]) ||
  Math.max(q.a[1], q.b[1]) + JOIN < Math.min(p.a[1], p.b[1])

function cross(p: Piece, q: Piece): [number, number] | undefined {
  const [dx, dy, ex, ey] = [p.b[0] - p.a[0], p.b[1] - p.a[1], q.b[0] - q.a[0], q.b[1] - q.a[1]]
  const turn = dx * ey - dy * ex
  if (Math.abs(turn) < 1e-9) return undefined
  const t = ((q.a[0] - p.a[0]) * ey - (q.a[1] - p.a[1]) * ex) / turn
  const u = ((q.a[0] - p.a[0]) * dy - (q.a[1] - p.a[1]) * dx) / turn
  return t >= 0 && t <= 1 && u >= 0 && u <= 1 ? [t, u] : undefined
}

function footOf({ a, b }: Piece, [x, y]: Point): { at: number; point: Point } {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
  const at = Math.min(1, Math.max(0, ((x - a[0]) * dx + (y - a[1]) * dy) / (dx * dx + dy * dy)))
  return { at, point: [a[0] + at * dx, a[1] + at * dy] }
}

function touch(piece: Piece, end: Point, cuts: number[]): void {
  const { at, point } = footOf(piece, end)
  if (between(point, end) <= JOIN) cuts.push(at)
}

function nearest(pieces: readonly Piece[], place: Point) {
  let found: { piece: number; at: number; point: Point; off: number } | undefined
  for (const [index, piece] of pieces.entries()) {
    const { at, point } = footOf(piece, place)
    const off = between(point, place)
    if (!found || off < found.off) found = { piece: index, at, point, off }
  }
  return found
}

interface Knot {
  point: Point
  next: Map<string, number>
}

/** Points within half a metre are one knot. */
const keyOf = ([x, y]: Point): string => `${Math.round(x * 2)},${Math.round(y * 2)}`

function link(pieces: readonly Piece[], cuts: readonly number[][]): Map<string, Knot> {
  const graph = new Map<string, Knot>()
  const knot = (point: Point): string => {
    const key = keyOf(point)
    if (!graph.has(key)) graph.set(key, { point, next: new Map() })
    return key
  }
  const tie = (a: string, b: string) => {
    const length = between(graph.get(a)!.point, graph.get(b)!.point)
    graph.get(a)!.next.set(b, length)
    graph.get(b)!.next.set(a, length)
  }
  for (const [index, { a, b }] of pieces.entries()) {
    const along = cuts[index]!.toSorted((s, t) => s - t).map((t): Point => [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])])
    for (let i = 1; i < along.length; i++) {
      const [s, t] = [knot(along[i - 1]!), knot(along[i]!)]
      if (s !== t) tie(s, t)
    }
  }
  // What a tile's edge tore apart by less than JOIN is tied again.
  const knots = [...graph].toSorted(([, p], [, q]) => p.point[0] - q.point[0])
  for (const [i, [key, { point }]] of knots.entries()) {
    for (let j = i + 1; j < knots.length && knots[j]![1].point[0] - point[0] <= JOIN; j++) {
      if (between(point, knots[j]![1].point) <= JOIN) tie(key, knots[j]![0])
    }
  }
  return graph
}

function shortest(graph: ReadonlyMap<string, Knot>, from: string, to: string): string[] | undefined {
  const far = new Map([[from, 0]])
  const came = new Map<string, string>()
  const open = new Set([from])
  while (open.size > 0) {
    let here = ''
    let least = Infinity
    for (const key of open) {
      const length = far.get(key)!
      if (length < least) [here, least] = [key, length]
    }
    if (here === to) break
    open.delete(here)
    for (const [key, length] of graph.get(here)?.next ?? []) {
      if (least + length >= (far.get(key) ?? Infinity)) continue
      far.set(key, least + length)
      came.set(key, here)
      open.add(key)
    }
  }
  if (!far.has(to)) return undefined
  const way = [to]
  while (way[0] !== from) way.unshift(came.get(way[0]!)!)
  return way
}
