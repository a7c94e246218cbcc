// The learned suggestion: a multinomial logistic regression over hashed features, in the program, the same from the same samples. Pure.
// Only units that are likely at all are compared: those that had the category there, the category, or the street before.

import { featuresOf, keysOf, type Features, type Told } from './features.ts'

export interface Sample extends Told {
  /** Who had it in the end. */
  readonly unit: string
}

export interface Share {
  readonly unit: string
  /** 0 to 1; of all units that were compared they sum to 1. */
  readonly share: number
}

interface Seen {
  readonly all: number
  readonly units: readonly (readonly [unit: number, count: number])[]
}

/** What a model is, apart from its weights. */
export interface ModelHead {
  readonly units: readonly string[]
  readonly zone: string
  /** Under each key how many were seen, and how many of the units most often seen, which are named by their places in `units`. */
  readonly likely: readonly (readonly [key: number, seen: Seen])[]
  readonly scale: number
}

const BITS = 19
const SIZE = 1 << BITS
const MASK = SIZE - 1
// Chosen on July to October of Boston alone, so that its last two months stay unseen.
const RATE = 0.03
const DECAY = 1e-6
/** So many sightings weigh as much as what a wider level says. */
const WIDER = 30
/** The share of whoever was never seen there. */
const UNSEEN = 1e-4
/** Of each key so many units are kept in mind; and of all keys so many, the most used first. */
const MOST_LIKELY = 12
const MOST_KEYS = 20_000
const MOST_UNITS = 8_000

/** Where the weight of a feature for a unit is kept. */
function slot(feature: number, unit: number): number {
  let h = Math.imul(feature ^ Math.imul(unit + 1, 0x9e3779b1), 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  return (h ^ (h >>> 16)) & MASK
}

interface Encoded {
  readonly features: Features
  readonly unit: number
  readonly candidates: Uint16Array
  readonly before: Float64Array
}

type Counts = Map<number, Map<number, number>>

/** Of the keys that were seen most, the units that were seen most. */
function mostOf(counts: Counts): Map<number, Seen> {
  const total = (seen: Map<number, number>) => [...seen.values()].reduce((sum, count) => sum + count, 0)
  return new Map(
    [...counts]
      .map(([key, seen]) => ({ key, seen, all: total(seen) }))
      .sort((a, b) => b.all - a.all || a.key - b.key)
      .slice(0, MOST_KEYS)
      .map(({ key, seen, all }) => [key, { all, units: [...seen].sort(([a, m], [b, n]) => n - m || a - b).slice(0, MOST_LIKELY) }]),
  )
}

/**
 * Units that had the like before, each with the logarithm of the share that it had: of the category there, of the category, of all.
 * `own`: of the sample itself, which must not foretell its own answer.
 */
function candidatesOf(likely: ReadonlyMap<number, Seen>, told: Pick<Told, 'category' | 'region'>, own = -1): Map<number, number> {
  const shares = new Map<number, number>()
  const levels = keysOf(told).map((key) => likely.get(key))
  for (const level of levels) for (const [unit] of level?.units ?? []) shares.set(unit, UNSEEN)
  // From the widest to the closest: each closer one counts the more, the more it has seen.
  for (const level of levels.toReversed()) {
    if (!level) continue
    const counts = new Map(level.units)
    const all = level.all - (own < 0 ? 0 : 1)
    for (const [unit, before] of shares) {
      const count = (counts.get(unit) ?? 0) - (unit === own ? 1 : 0)
      shares.set(unit, (Math.max(0, count) + WIDER * before) / (all + WIDER))
    }
  }
  return new Map([...shares].map(([unit, share]) => [unit, Math.log(share)]))
}

function scoreOf(weights: Float32Array, { facts, pieces }: Features, unit: number): number {
  let score = 0
  for (const fact of facts) score += weights[slot(fact, unit)]!
  if (pieces.length === 0) return score
  let told = 0
  for (const piece of pieces) told += weights[slot(piece, unit)]!
  return score + told / Math.sqrt(pieces.length)
}

/** Turns scores into shares in place. */
function soften(scores: Float64Array): Float64Array {
  const most = scores.reduce((a, b) => Math.max(a, b), -Infinity)
  let sum = 0
  for (let i = 0; i < scores.length; i++) sum += scores[i] = Math.exp(scores[i]! - most)
  for (let i = 0; i < scores.length; i++) scores[i]! /= sum
  return scores
}

export interface Learner {
  /** Keeps in mind who had what; to be shown all samples before the first is encoded. */
  see(sample: Sample): void
  encode(sample: Sample): Encoded | undefined
  /** Moves the weights a little towards what happened. */
  learn(encoded: Encoded): void
  suggest(told: Told): Share[]
  finish(): { head: ModelHead; weights: Int16Array<ArrayBuffer> }
}

/** The units of samples, those that had most first; beyond some thousands the rest are left out. */
export function unitsOf(samples: readonly Sample[]): string[] {
  const often = new Map<string, number>()
  for (const { unit } of samples) often.set(unit, (often.get(unit) ?? 0) + 1)
  return [...often]
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, MOST_UNITS)
    .map(([unit]) => unit)
}

/** A learner that knows these units and has learned nothing yet. */
export function makeLearner(units: readonly string[], zone: string): Learner {
  const places = new Map(units.map((unit, place) => [unit, place]))
  const counts: Counts = new Map()
  let known: Map<number, Seen> | undefined
  const likelyNow = () => (known ??= mostOf(counts))
  const weights = new Float32Array(SIZE)
  const squares = new Float32Array(SIZE)

  function move(feature: number, unit: number, slope: number): void {
    const at = slot(feature, unit)
    const whole = slope + DECAY * weights[at]!
    squares[at]! += whole * whole
    weights[at]! -= (RATE * whole) / (1e-4 + Math.sqrt(squares[at]!))
  }

  return {
    see(sample) {
      const unit = places.get(sample.unit)
      if (unit === undefined) return
      for (const key of keysOf(sample)) {
        const seen = counts.get(key) ?? new Map<number, number>()
        counts.set(key, seen.set(unit, (seen.get(unit) ?? 0) + 1))
      }
    },
    encode(sample) {
      const unit = places.get(sample.unit)
      if (unit === undefined) return undefined
      const shares = candidatesOf(likelyNow(), sample, unit)
      if (!shares.has(unit)) shares.set(unit, Math.log(UNSEEN))
      return { features: featuresOf(sample, zone), unit, candidates: Uint16Array.from(shares.keys()), before: Float64Array.from(shares.values()) }
    },
    learn({ features, unit, candidates, before }) {
      const shares = soften(Float64Array.from(candidates, (each, i) => before[i]! + scoreOf(weights, features, each)))
      const part = 1 / Math.sqrt(features.pieces.length || 1)
      candidates.forEach((candidate, i) => {
        const slope = shares[i]! - (candidate === unit ? 1 : 0)
        if (Math.abs(slope) < 1e-4) return
        for (const fact of features.facts) move(fact, candidate, slope)
        for (const piece of features.pieces) move(piece, candidate, slope * part)
      })
    },
    suggest: (told) => suggestBy({ units, likely: likelyNow(), weights, zone }, told),
    finish() {
      const most = weights.reduce((a, b) => Math.max(a, Math.abs(b)), 1e-6)
      const scale = most / 32_767
      return { head: { units, zone, likely: [...likelyNow()], scale }, weights: Int16Array.from(weights, (weight) => Math.round(weight / scale)) }
    },
  }
}

export interface Model {
  readonly units: readonly string[]
  readonly zone: string
  readonly likely: ReadonlyMap<number, Seen>
  readonly weights: Float32Array
}

/** Units that had the like before, the likeliest first. */
export function suggestBy({ units, zone, likely, weights }: Model, told: Told): Share[] {
  const candidates = [...candidatesOf(likely, told)]
  if (candidates.length === 0) return []
  const features = featuresOf(told, zone)
  const shares = soften(Float64Array.from(candidates, ([unit, before]) => before + scoreOf(weights, features, unit)))
  return candidates.map(([unit], i) => ({ unit: units[unit]!, share: shares[i]! })).sort((a, b) => b.share - a.share || (a.unit < b.unit ? -1 : 1))
}

/** A model as bytes: the length of its head, the head as JSON, the weights as 16-bit numbers. */
export function packModel({ head, weights }: ReturnType<Learner['finish']>): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(head))
  const bytes = new Uint8Array(4 + text.length + weights.byteLength)
  new DataView(bytes.buffer).setUint32(0, text.length)
  bytes.set(text, 4)
  bytes.set(new Uint8Array(weights.buffer), 4 + text.length)
  return bytes
}

export function unpackModel(bytes: Uint8Array): Model {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0)
  const { units, zone, likely, scale } = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length))) as ModelHead
  // Copied, for 16-bit numbers must begin at an even place.
  const weights = new Int16Array(Uint8Array.from(bytes.subarray(4 + length)).buffer)
  return { units, zone, likely: new Map(likely), weights: Float32Array.from(weights, (weight) => weight * scale) }
}

// ── How good it is

export interface Figures {
  readonly measured: number
  readonly top1: number
  readonly top3: number
  /** Always the unit that has most. */
  readonly majority: number
  /** The unit that has most of the category. */
  readonly byCategory: number
}

const firstOf = (counts: ReadonlyMap<string, number> | undefined): string | undefined =>
  counts && [...counts].reduce((best, each) => (each[1] > best[1] ? each : best))[0]

/** Counts how often a suggestion is right, beside what two simple habits, learned from `known`, would have said. */
export function makeMeter(known: readonly Sample[]) {
  const all = new Map<string, number>()
  const byCategory = new Map<string, Map<string, number>>()
  for (const { unit, category } of known) {
    all.set(unit, (all.get(unit) ?? 0) + 1)
    const own = byCategory.get(category) ?? new Map<string, number>()
    byCategory.set(category, own.set(unit, (own.get(unit) ?? 0) + 1))
  }
  const usual = all.size > 0 ? firstOf(all) : undefined
  const right = { top1: 0, top3: 0, majority: 0, byCategory: 0 }
  let measured = 0
  const share = (count: number) => (measured === 0 ? 0 : count / measured)
  return {
    add({ unit, category }: Sample, suggested: readonly Share[]) {
      const order = suggested.slice(0, 3)
      measured++
      if (order[0]?.unit === unit) right.top1++
      if (order.some((each) => each.unit === unit)) right.top3++
      if (usual === unit) right.majority++
      if ((firstOf(byCategory.get(category)) ?? usual) === unit) right.byCategory++
    },
    figures: (): Figures => ({
      measured,
      top1: share(right.top1),
      top3: share(right.top3),
      majority: share(right.majority),
      byCategory: share(right.byCategory),
    }),
  }
}
