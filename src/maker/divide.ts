// Cuts the ground into districts, streets, communities and cells, by straight cuts that follow a main road wherever one lies well.

import type { Road, RoadClass } from './ground.ts'
import type { Random } from './random.ts'
import {
  areaOf,
  clipSegment,
  boxOfShape,
  compactness,
  lengthOf,
  lineAtShare,
  lineThrough,
  longAxis,
  sideOf,
  simplify,
  split,
  type Halves,
  type Line,
  type Point,
  type Shape,
} from './shape.ts'

/** A straight stretch of a road, as a line to cut along. */
interface Stretch {
  readonly a: Point
  readonly b: Point
  readonly weight: number
}

const WEIGHTS: Readonly<Record<RoadClass, number>> = {
  motorway: 1,
  primary: 1,
  secondary: 0.9,
  tertiary: 0.8,
  residential: 0.6,
  service: 0.4,
  path: 0.2,
}

/** Roads as stretches that keep to a straight line within eight metres and are worth a cut. */
export function stretchesOf(roads: readonly Road[]): Stretch[] {
  return roads.flatMap(({ kind, points }) => {
    const corners = simplify(points, 8)
    return corners
      .slice(1)
      .map((b, i) => ({ a: corners[i]!, b, weight: WEIGHTS[kind] }))
      .filter(({ a, b }) => lengthOf(a, b) > 40)
  })
}

/** A road lies along a cut where it is within so many metres of it. */
const ALONG = 12

/** How much of a cut runs along roads, by their weight: 0 to 1. */
function roadShare([a, b]: readonly [Point, Point], stretches: readonly Stretch[]): number {
  const length = lengthOf(a, b)
  if (length === 0) return 0
  const line = lineThrough(a, b)
  const along: Point = [(b[0] - a[0]) / length, (b[1] - a[1]) / length]
  let sum = 0
  for (const stretch of stretches) {
    if (Math.abs(sideOf(line, stretch.a)) > ALONG || Math.abs(sideOf(line, stretch.b)) > ALONG) continue
    const from = (stretch.a[0] - a[0]) * along[0] + (stretch.a[1] - a[1]) * along[1]
    const to = (stretch.b[0] - a[0]) * along[0] + (stretch.b[1] - a[1]) * along[1]
    const inside = Math.min(length, Math.max(from, to)) - Math.max(0, Math.min(from, to))
    if (inside > 0) sum += inside * stretch.weight
  }
  // A road of two carriageways is drawn twice.
  return Math.min(1, sum / length)
}

interface Wish {
  /** The share of the area that shall lie on one side, and how far from it a road may lead. */
  readonly share: number
  readonly slack: number
  readonly random: Random
}

const LEAST_COMPACT = 0.42

/** The best cut of a shape: near the wished share, compact on both sides, along a road if possible. */
function bestCut(shape: Shape, { share, slack, random }: Wish, stretches: readonly Stretch[]): Halves {
  const [ux, uy] = longAxis(shape)
  const turn = random.normal() * 0.05
  const across: Point = [ux * Math.cos(turn) - uy * Math.sin(turn), ux * Math.sin(turn) + uy * Math.cos(turn)]
  const area = areaOf(shape)
  const lines: Line[] = [lineAtShare(shape, across, share)]
  for (const { a, b } of stretches) lines.push(lineThrough(a, b))
  let best: Halves | undefined
  let bestScore = -Infinity
  lines.forEach((line, index) => {
    const halves = split(shape, line)
    if (!halves) return
    const left = areaOf(halves.left) / area
    // Either side may be the first: the caller sees only the areas.
    const off = Math.min(Math.abs(left - share), Math.abs(1 - left - share))
    const compact = Math.min(compactness(halves.left), compactness(halves.right))
    if (index > 0 && (off > slack || compact < LEAST_COMPACT)) return
    const score = roadShare(halves.cut, stretches) * 1.2 + compact * 0.9 - (off / slack) * 0.35
    if (score > bestScore) [best, bestScore] = [halves, score]
  })
  return best!
}

export interface Part {
  readonly shape: Shape
  /** How many levels of cutting lie above it. */
  readonly stretches: readonly Stretch[]
}

const within = (shape: Shape, stretches: readonly Stretch[]): Stretch[] => {
  const box = boxOfShape(shape)
  return stretches.filter(({ a, b }) => clipSegment(a, b, box) !== undefined)
}

export interface CutMade {
  readonly ends: readonly [Point, Point]
  /** The size of what was cut, in cells: a cut through a city is an avenue, a cut through a block an alley. */
  readonly cells: number
}

export interface Division {
  readonly cuts: CutMade[]
  readonly random: Random
}

/** Cuts a part into `count` parts whose sizes are as `weights`, or alike. */
export function divide(part: Part, weights: readonly number[], slack: number, { cuts, random }: Division, cells: number): Part[] {
  if (weights.length === 1) return [part]
  const whole = weights.reduce((sum, one) => sum + one, 0)
  // The point where the weights are halved best.
  let first = 0
  let at = 0
  while (at < weights.length - 1 && (at === 0 || first + weights[at]! / 2 < whole / 2)) first += weights[at++]!
  const share = first / whole
  const halves = bestCut(part.shape, { share, slack, random }, part.stretches)
  cuts.push({ ends: halves.cut, cells })
  const left = areaOf(halves.left) / areaOf(part.shape)
  const straight = Math.abs(left - share) <= Math.abs(1 - left - share)
  const one = straight ? halves.left : halves.right
  const other = straight ? halves.right : halves.left
  const side = (shape: Shape): Part => ({ shape, stretches: within(shape, part.stretches) })
  return [
    ...divide(side(one), weights.slice(0, at), slack, { cuts, random }, cells * share),
    ...divide(side(other), weights.slice(at), slack, { cuts, random }, cells * (1 - share)),
  ]
}

/** Cuts a part into cells of about `area` square metres. */
export function divideIntoCells(part: Part, area: number, division: Division): Shape[] {
  const count = Math.round(areaOf(part.shape) / area)
  if (count <= 1) return [part.shape]
  const low = Math.floor(count / 2)
  // The last cuts decide the size of a cell and may not stray far; earlier ones are put right by those below.
  const slack = count <= 3 ? 0.08 : count <= 6 ? 0.12 : 0.2
  const halves = bestCut(part.shape, { share: low / count, slack, random: division.random }, part.stretches)
  division.cuts.push({ ends: halves.cut, cells: count })
  return [halves.left, halves.right].flatMap((shape) =>
    divideIntoCells({ shape, stretches: within(shape, part.stretches) }, area, division),
  )
}
