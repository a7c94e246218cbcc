// Ways along the streets of the map, from one place to another. Nothing here reads a clock.

import { lngScale, METRES_PER_DEGREE } from '../../kernel/index.ts'
import { mappedGround } from '../ground.ts'
import { roadsOfMap } from '../roads.ts'
import { lengthOf, type Point } from '../shape.ts'
import { streetsOf, type Streets } from '../vehicles/streets.ts'

type Place = readonly [lng: number, lat: number]

/** Further from every street than this is not on this map: then the way is straight. */
const OFF_THE_MAP_METRES = 1_000

/** The shortest way along the streets: the places themselves, and the corners between them. */
export function wayBetween({ corners, next }: Streets, from: Point, to: Point): Point[] {
  const [begin, end] = [nearest({ corners, next }, from), nearest({ corners, next }, to)]
  if (begin === undefined || end === undefined) return [from, to]
  const goal = corners[end]!
  const metres = new Map([[begin, 0]])
  const before = new Map<number, number>()
  const done = new Set<number>()
  const waiting = new Heap()
  waiting.push(0, begin)
  for (let at = waiting.pop(); at !== undefined && at !== end; at = waiting.pop()) {
    if (done.has(at)) continue
    done.add(at)
    for (const to of next[at]!) {
      const far = metres.get(at)! + lengthOf(corners[at]!, corners[to]!)
      if (far >= (metres.get(to) ?? Infinity)) continue
      metres.set(to, far)
      before.set(to, at)
      waiting.push(far + lengthOf(corners[to]!, goal), to)
    }
  }
  const way: Point[] = [to]
  for (let at: number | undefined = end; at !== undefined; at = before.get(at)) way.push(corners[at]!)
  return [...way, from].toReversed()
}

function nearest({ corners, next }: Streets, to: Point): number | undefined {
  let best: number | undefined
  let metres = OFF_THE_MAP_METRES
  for (const [i, corner] of corners.entries()) {
    const far = lengthOf(corner, to)
    if (far >= metres || next[i]!.length === 0) continue
    metres = far
    best = i
  }
  return best
}

/** The least first. */
class Heap {
  readonly #items: (readonly [cost: number, what: number])[] = []

  push(cost: number, what: number): void {
    const items = this.#items
    let at = items.push([cost, what]) - 1
    for (let above = (at - 1) >> 1; at > 0 && items[above]![0] > items[at]![0]; at = above, above = (at - 1) >> 1) this.#swap(at, above)
  }

  pop(): number | undefined {
    const items = this.#items
    if (items.length === 0) return undefined
    this.#swap(0, items.length - 1)
    const [, what] = items.pop()!
    for (let at = 0; ; ) {
      const [left, right] = [2 * at + 1, 2 * at + 2]
      let least = at
      if (left < items.length && items[left]![0] < items[least]![0]) least = left
      if (right < items.length && items[right]![0] < items[least]![0]) least = right
      if (least === at) return what
      this.#swap(at, least)
      at = least
    }
  }

  #swap(one: number, other: number): void {
    const items = this.#items
    const kept = items[one]!
    items[one] = items[other]!
    items[other] = kept
  }
}

/** The streets of the demo city, by degrees. */
export function demoWays(): (from: Place, to: Place) => [number, number][] {
  const ground = mappedGround()
  const streets = streetsOf(roadsOfMap(ground))
  const [lng, lat] = ground.origin
  const kx = METRES_PER_DEGREE * lngScale(lat + ground.height / METRES_PER_DEGREE / 2)
  const toPoint = ([x, y]: Place): Point => [(x - lng) * kx, (y - lat) * METRES_PER_DEGREE]
  return (from, to) => wayBetween(streets, toPoint(from), toPoint(to)).map((point) => ground.toDegrees(point))
}
