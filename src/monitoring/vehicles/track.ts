// A track out of positions: its length, its stops, and few points that still show every turn and every halt. Nothing here reads a database.

import { distanceMetres, lngScale, METRES_PER_DEGREE } from '../../kernel/geometry/index.ts'

/** Where a vehicle was at a time in milliseconds, in degrees. */
export interface Fix {
  readonly at: number
  readonly lng: number
  readonly lat: number
  readonly kmh: number
  readonly bearing: number
}

export interface Stop {
  readonly from: number
  readonly to: number
  /** In the middle of all its positions. */
  readonly position: [number, number]
  /** The first and the last of its positions, by their places in the track. */
  readonly first: number
  readonly last: number
}

/** It stands where it stays within so many metres … */
const STOP_METRES = 40
/** … for so long. */
const STOP_MS = 3 * 60_000
/** No vehicle of a city is quicker: such a step is a wrong fix. */
const MOST_KMH = 200

const between = (one: Fix, other: Fix): number => distanceMetres([one.lng, one.lat], [other.lng, other.lat])

/** Without the fixes that no vehicle could have reached from the one before. */
export function withoutLeaps(fixes: readonly Fix[]): Fix[] {
  const kept: Fix[] = []
  let leaps = 0
  for (const fix of fixes) {
    const last = kept.at(-1)
    const hours = last ? (fix.at - last.at) / 3_600_000 : 0
    // Where one after the other leaps, the first was wrong and not these.
    if (last && between(last, fix) / 1000 > MOST_KMH * hours + 0.1 && ++leaps < 5) continue
    leaps = 0
    kept.push(fix)
  }
  return kept
}

export function stopsOf(fixes: readonly Fix[]): Stop[] {
  const stops: Stop[] = []
  for (let first = 0; first < fixes.length; ) {
    let last = first
    while (last + 1 < fixes.length && between(fixes[first]!, fixes[last + 1]!) <= STOP_METRES) last++
    const [from, to] = [fixes[first]!.at, fixes[last]!.at]
    if (to - from < STOP_MS) {
      first++
      continue
    }
    const count = last - first + 1
    const mean = (of: (fix: Fix) => number) => fixes.slice(first, last + 1).reduce((sum, fix) => sum + of(fix), 0) / count
    stops.push({ from, to, position: [mean(({ lng }) => lng), mean(({ lat }) => lat)], first, last })
    first = last + 1
  }
  return stops
}

/** The length of the way; what trembles at a stop is no way. */
export function metresOf(fixes: readonly Fix[], stops: readonly Stop[]): number {
  let metres = 0
  let next = 0
  for (let i = 1; i < fixes.length; i++) {
    while (next < stops.length && stops[next]!.last < i) next++
    const stop = stops[next]
    if (!(stop && stop.first < i)) metres += between(fixes[i - 1]!, fixes[i]!)
  }
  return metres
}

/** A split goes no deeper: any track is thinned in time. */
const DEEPEST = 64

/**
 * At most `most` of the fixes: those that matter most, by how far one would stand from where it was if it were left out (Douglas–Peucker in
 * space and time, so that a halt on a straight road counts as much as a turn). `keep` are kept anyway.
 */
export function thinTrack(fixes: readonly Fix[], most: number, keep: readonly number[] = []): Fix[] {
  if (fixes.length <= most) return [...fixes]
  const weights = new Float64Array(fixes.length)
  weights[0] = weights[fixes.length - 1] = Number.POSITIVE_INFINITY
  const work: [first: number, last: number, limit: number, depth: number][] = [[0, fixes.length - 1, Number.POSITIVE_INFINITY, 0]]
  for (let span = work.pop(); span; span = work.pop()) {
    const [first, last, limit, depth] = span
    const { at, away } = farthest(fixes, first, last)
    if (at < 0 || depth > DEEPEST) continue
    // Never more than what it was split from, so that a cut leaves no point without those that lead to it.
    weights[at] = Math.min(limit, away)
    work.push([first, at, weights[at], depth + 1], [at, last, weights[at], depth + 1])
  }
  for (const i of keep.slice(0, most - 2)) weights[i] = Number.POSITIVE_INFINITY
  const order = Array.from(weights.keys()).sort((one, other) => weights[other]! - weights[one]! || one - other)
  return order
    .slice(0, most)
    .sort((one, other) => one - other)
    .map((i) => fixes[i]!)
}

function farthest(fixes: readonly Fix[], first: number, last: number): { at: number; away: number } {
  const [a, b] = [fixes[first]!, fixes[last]!]
  const kx = METRES_PER_DEGREE * lngScale(a.lat)
  let [at, away] = [-1, -1]
  for (let i = first + 1; i < last; i++) {
    const { at: then, lng, lat } = fixes[i]!
    const share = b.at > a.at ? (then - a.at) / (b.at - a.at) : 0
    const x = (lng - a.lng - (b.lng - a.lng) * share) * kx
    const y = (lat - a.lat - (b.lat - a.lat) * share) * METRES_PER_DEGREE
    const far = x * x + y * y
    if (far > away) [at, away] = [i, far]
  }
  return { at, away: Math.sqrt(Math.max(0, away)) }
}
