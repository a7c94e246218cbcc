// The streets as a net: corners where ways meet, and the stretches between them that lead on.

import type { Road, RoadClass } from '../ground.ts'
import type { Random } from '../random.ts'
import { lengthOf, type Point } from '../shape.ts'

const DRIVEN: ReadonlySet<RoadClass> = new Set(['primary', 'secondary', 'tertiary', 'residential'])

export interface Streets {
  readonly corners: readonly Point[]
  /** Of each corner those that a vehicle can drive to next. */
  readonly next: readonly (readonly number[])[]
}

/** Of the net the part that hangs together and is the largest. */
export function streetsOf(roads: readonly Road[]): Streets {
  const numbers = new Map<string, number>()
  const corners: Point[] = []
  const next: Set<number>[] = []
  const numberOf = ([x, y]: Point): number => {
    const key = `${Math.round(x * 2)} ${Math.round(y * 2)}`
    const known = numbers.get(key)
    if (known !== undefined) return known
    numbers.set(key, corners.length)
    next.push(new Set())
    return corners.push([x, y]) - 1
  }
  for (const { kind, points } of roads) {
    if (!DRIVEN.has(kind)) continue
    const along = points.map(numberOf)
    along.slice(1).forEach((to, i) => {
      const from = along[i]!
      if (from === to) return
      next[from]!.add(to)
      next[to]!.add(from)
    })
  }
  const whole = largest(next)
  return { corners, next: next.map((each, i) => (whole.has(i) ? [...each] : [])) }
}

function largest(next: readonly ReadonlySet<number>[]): Set<number> {
  const seen = new Set<number>()
  let best = new Set<number>()
  for (const start of next.keys()) {
    if (seen.has(start)) continue
    const part = new Set([start])
    for (const at of part) for (const to of next[at]!) part.add(to)
    for (const at of part) seen.add(at)
    if (part.size > best.size) best = part
  }
  return best
}

/** Any corner of the net. */
export const anyCorner = ({ next }: Streets, random: Random): number => random.pick([...next.keys()].filter((at) => next[at]!.length > 0))

/** Where a driver goes on: most often straight, back only at the end of a street. */
export function goOn({ corners, next }: Streets, from: number | undefined, at: number, random: Random): number {
  const ways = next[at]!.filter((to) => to !== from)
  if (ways.length === 0) return from!
  if (from === undefined) return random.pick(ways)
  const [a, b] = [corners[from]!, corners[at]!]
  return random.weighted(
    ways.map((to) => {
      const c = corners[to]!
      const cosine = ((b[0] - a[0]) * (c[0] - b[0]) + (b[1] - a[1]) * (c[1] - b[1])) / Math.max(0.01, lengthOf(a, b) * lengthOf(b, c))
      return [to, cosine > 0.8 ? 4 : cosine > -0.5 ? 1.5 : 0.1] as const
    }),
  )
}
