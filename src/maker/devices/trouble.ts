// What goes wrong with devices, as their readings tell of it: a cover that is lifted, gas that leaks, a pipe that bursts. Nothing here reads a clock.

import type { Random } from '../random.ts'

export interface Trouble {
  readonly device: string
  readonly metric: string
  readonly from: number
  readonly to: number
  /** How far it goes. */
  readonly height: number
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE

interface Kind {
  readonly product: string
  readonly metric: string
  readonly lasts: readonly [low: number, high: number]
  readonly height: readonly [low: number, high: number]
  /** The reading in the midst of it; `share` runs from 0 to 1. */
  readonly value: (usual: number, height: number, share: number) => number
}

const KINDS: readonly Kind[] = [
  { product: 'manhole', metric: 'tilt', lasts: [2 * HOUR, 6 * HOUR], height: [22, 65], value: (_, height) => height },
  { product: 'gas-detector', metric: 'methane', lasts: [80 * MINUTE, 4 * HOUR], height: [22, 48], value: (usual, height, share) => usual + height * Math.sin(Math.PI * share) },
  { product: 'pressure', metric: 'pressure', lasts: [2 * HOUR, 5 * HOUR], height: [0.35, 0.6], value: (usual, height) => usual * height },
  { product: 'lamp-controller', metric: 'current', lasts: [30 * HOUR, 70 * HOUR], height: [0.3, 0.5], value: (usual, height) => usual * height },
  { product: 'bridge', metric: 'strain', lasts: [3 * HOUR, 5 * HOUR], height: [180, 260], value: (usual, height, share) => usual + height * Math.sin(Math.PI * share) },
]

/** Troubles of devices of one product that begin between two moments. */
export function layTroubles(product: string, devices: readonly string[], count: number, [from, to]: readonly [number, number], random: Random): Trouble[] {
  const kind = KINDS.find((each) => each.product === product)
  if (!kind || devices.length === 0) return []
  return Array.from({ length: count }, () => {
    const begin = Math.floor(random.between(from, to))
    const lasts = random.between(...kind.lasts)
    return { device: random.pick(devices), metric: kind.metric, from: begin, to: Math.floor(begin + lasts), height: random.between(...kind.height) }
  })
}

/** The reading at a moment, where one of these troubles changes it. */
export function troubled(product: string, troubles: readonly Trouble[], at: number, usual: number): number {
  const one = troubles.find(({ from, to }) => at >= from && at < to)
  const kind = one && KINDS.find((each) => each.product === product && each.metric === one.metric)
  return kind ? kind.value(usual, one.height, (at - one.from) / (one.to - one.from)) : usual
}
