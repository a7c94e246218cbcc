// Components (部件) of a made city: those of its map, and rows of them along its roads until there are as many as wished.

import { polygonIndex } from '../kernel/index.ts'
import { HALF_WIDTH, walk } from './roads.ts'
import { MAPPED, ROADSIDE } from './component-plan.ts'
import type { Cell, Grid } from './grid.ts'
import type { Ground, Road } from './ground.ts'
import { randomFrom } from './random.ts'
import type { Point } from './shape.ts'

export interface Component {
  /** 17 digits: district, class of the 2026 catalogue, number. */
  readonly code: string
  /** Of the class: five digits. */
  readonly kind: string
  readonly cell: Cell
  readonly at: Point
  readonly state: 'intact' | 'damaged' | 'lost' | 'abandoned' | 'removed'
  /** Days before the making of the city. */
  readonly age: number
  readonly source: string
}

export type FindCell = (at: Point) => Cell | undefined

export function cellFinder(grid: Grid): FindCell {
  const index = polygonIndex(grid.cells, ({ outline }) => ({ type: 'Polygon', coordinates: [outline] }))
  return ([x, y]) => index.find(x, y)
}

/** How many there would be at the spacing of the plan, so that the wish can be met by scaling it. */
function expected(roads: readonly Road[]): number {
  let sum = 0
  for (const road of roads) {
    const length = road.points.slice(1).reduce((total, [x, y], i) => total + Math.hypot(x - road.points[i]![0], y - road.points[i]![1]), 0)
    for (const { every, both } of ROADSIDE) {
      const step = every[road.kind]
      if (step) sum += (length / step) * (both ? 2 : 1)
    }
  }
  return sum
}

const MOST_OF_CLASS = 999_999

/** All components, one after the other: a large city never has them in memory at once. */
export function* layComponents(ground: Ground, grid: Grid, roads: readonly Road[], wanted: number, seed: number): Generator<Component> {
  const random = randomFrom(seed, 'components')
  const find = cellFinder(grid)
  const numbers = new Map<string, number>()
  const place = (kind: string, at: Point, source: string): Component | undefined => {
    const cell = find(at)
    if (!cell) return undefined
    const group = cell.code.slice(0, 6) + kind
    const number = (numbers.get(group) ?? 0) + 1
    if (number > MOST_OF_CLASS) return undefined
    numbers.set(group, number)
    const fate = random.next()
    const state = fate < 0.985 ? 'intact' : fate < 0.996 ? 'damaged' : fate < 0.998 ? 'lost' : fate < 0.9993 ? 'abandoned' : 'removed'
    return { code: group + String(number).padStart(6, '0'), kind, cell, at, state, age: random.whole(40, 2_400), source }
  }

  let made = 0
  for (const { tags, at } of ground.spots) {
    const kind = MAPPED.find(([key, value]) => tags[key] === value)?.[2]
    const component = kind && made < wanted ? place(kind, at, 'OpenStreetMap') : undefined
    if (!component) continue
    made++
    yield component
  }

  // A little more than wished, as some fall outside the city or on ground that another road has.
  const density = ((wanted - made) / Math.max(1, expected(roads))) * 1.03
  for (let round = 0; made < wanted && round < 50 && density > 0; round++) {
    const before = made
    for (const road of roads) {
      for (const { code, every, off, both } of ROADSIDE) {
        const step = every[road.kind]
        if (!step) continue
        // Later rounds only fill what is still missing.
        const spacing = (step / density) * (round === 0 ? 1 : random.between(0.9, 1.6))
        let side = random.chance(0.5) ? 1 : -1
        for (const { at, right } of walk(road, spacing, random.between(0.1, 1) * spacing)) {
          side = -side
          for (const where of both ? [1, -1] : [side]) {
            if (made >= wanted) return
            const away = HALF_WIDTH[road.kind] * off * where + random.normal() * 0.4
            const drift = random.normal() * 1.2
            const component = place(code, [at[0] + right[0] * away - right[1] * drift, at[1] + right[1] * away + right[0] * drift], '普查')
            if (!component) continue
            made++
            yield component
          }
        }
      }
    }
    if (made === before) return
  }
}
