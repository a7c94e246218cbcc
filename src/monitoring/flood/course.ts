// Past rains at one point as they are learned from: rain of its gauges and its own level, step by step. Nothing here reads a clock or a database.

import { BIN_MS, binOf, type Fallen } from './rain.ts'
import type { Course } from './response.ts'

/** Minutes before and after a rain that belong to it: what stood there, and how it ran off. */
const BEFORE_STEPS = 12
const AFTER_STEPS = 36
const STEPS_AT_MOST = 2 * 288

export interface Weighed {
  readonly gauge: string
  readonly weight: number
}

/** Gauges by the inverse square of their distance; the nearest few. */
export function weightsOf(gauges: readonly { readonly gauge: string; readonly metres: number }[]): Weighed[] {
  const shares = gauges.map(({ gauge, metres }) => ({ gauge, weight: 1 / Math.max(100, metres) ** 2 }))
  const sum = shares.reduce((total, { weight }) => total + weight, 0)
  return shares.map(({ gauge, weight }) => ({ gauge, weight: weight / sum }))
}

/** Rain at a point in steps from one moment to another. */
export function rainOver(fallen: readonly Fallen[], weights: readonly Weighed[], from: number, to: number): number[] {
  const of = new Map(weights.map(({ gauge, weight }) => [gauge, weight]))
  const first = binOf(from)
  const rain = Array.from({ length: Math.max(0, (binOf(to) - first) / BIN_MS + 1) }, () => 0)
  for (const { gauge, at, mm } of fallen) {
    const [weight, i] = [of.get(gauge), (at - first) / BIN_MS]
    if (weight !== undefined && i >= 0 && i < rain.length) rain[i]! += weight * mm
  }
  return rain
}

/** When a course begins and ends for a rain from one moment to another. */
export const spanOf = ({ beganAt, endedAt }: { beganAt: number; endedAt: number }): [number, number] => {
  const from = binOf(beganAt) - BEFORE_STEPS * BIN_MS
  return [from, Math.min(binOf(endedAt) + AFTER_STEPS * BIN_MS, from + STEPS_AT_MOST * BIN_MS)]
}

/** Levels by the end of their step, in time order. */
export function courseOf(rain: readonly number[], levels: readonly { readonly at: number; readonly cm: number }[], from: number): Course {
  const level: (number | null)[] = rain.map(() => null)
  for (const { at, cm } of levels) {
    const i = (binOf(at) - binOf(from)) / BIN_MS
    if (i >= 0 && i < level.length) level[i] = cm
  }
  return { rain, level, base: baseOf(level.slice(0, BEFORE_STEPS)) }
}

/** The median of what stood there before. */
function baseOf(level: readonly (number | null)[]): number {
  const known = level.filter((each) => each !== null).toSorted((a, b) => a - b)
  return known[Math.floor(known.length / 2)] ?? 0
}
