// Chance that comes out alike each time: every part of a city draws from a stream of its own, named by the seed and the part.

export interface Random {
  /** From 0 up to but not 1. */
  next(): number
  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number
  between(low: number, high: number): number
  chance(share: number): boolean
  pick<T>(items: readonly T[]): T
  /** One of the items, each as likely as its weight. */
  weighted<T>(items: readonly (readonly [item: T, weight: number])[]): T
  /** As `weighted`, from a list made ready by `lot`: for lists that are asked often. */
  draw<T>(lot: Lot<T>): T
  /** Around 0, two thirds of the time within 1. */
  normal(): number
  /** Above 0, 1 in the middle, with a long tail: how long things take. `spread` of 0.5 is calm, of 1 is wild. */
  lognormal(spread: number): number
  /** How many happen where `mean` are expected. */
  poisson(mean: number): number
}

export interface Lot<T> {
  readonly items: readonly T[]
  /** The sum of the weights up to and with each item. */
  readonly upTo: readonly number[]
}

export function lot<T>(items: readonly (readonly [item: T, weight: number])[]): Lot<T> {
  let sum = 0
  return { items: items.map(([item]) => item), upTo: items.map(([, weight]) => (sum += weight)) }
}

function hash(text: string): number {
  let h = 2166136261
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 16777619)
  return h >>> 0
}

export function randomFrom(seed: number, part: string): Random {
  let state = (hash(part) ^ Math.imul(seed | 0, 0x9e3779b1)) >>> 0
  // mulberry32: small, quick and even enough for a city of paper.
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
  const random: Random = {
    next,
    whole: (low, high) => low + Math.floor(next() * (high - low + 1)),
    between: (low, high) => low + next() * (high - low),
    chance: (share) => next() < share,
    pick: (items) => items[Math.floor(next() * items.length)]!,
    weighted: (items) => {
      let left = next() * items.reduce((sum, [, weight]) => sum + weight, 0)
      for (const [item, weight] of items) {
        left -= weight
        if (left < 0) return item
      }
      return items.at(-1)![0]
    },
    draw: ({ items, upTo }) => {
      const at = next() * upTo.at(-1)!
      let low = 0
      let high = items.length - 1
      while (low < high) {
        const middle = (low + high) >> 1
        if (upTo[middle]! > at) high = middle
        else low = middle + 1
      }
      return items[low]!
    },
    normal,
    lognormal: (spread) => Math.exp(normal() * spread),
    poisson: (mean) => {
      if (mean > 40) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()))
      let count = 0
      for (let p = next(), floor = Math.exp(-mean); p > floor; p *= next()) count++
      return count
    },
  }
  return random
}
