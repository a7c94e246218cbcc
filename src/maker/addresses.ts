// Doors along the named roads of a made city, and the places of its map.

import type { FindCell } from './components.ts'
import type { Cell, Grid } from './grid.ts'
import type { Ground, Road } from './ground.ts'
import type { Random } from './random.ts'
import { HALF_WIDTH, roadLength, walk } from './roads.ts'
import { boxOfShape, type Point } from './shape.ts'

export interface Address {
  readonly code: string
  readonly name: string
  readonly alias: string
  readonly kind: 'door' | 'place'
  readonly at: Point
  readonly cell: Cell
  /** The name of its road; '' of a place. */
  readonly road: string
}

/** From one door to the next on the same side. */
const DOOR = 24

/** Places of the map that people name when they say where they are. */
const WORTH = new Set(
  'hospital library pharmacy post_office school kindergarten theatre university police supermarket mall bus_stop station'.split(' '),
)

export function layAddresses(ground: Ground, grid: Grid, roads: readonly Road[], find: FindCell, random: Random): Address[] {
  const addresses: Address[] = []
  const serials = new Map<string, number>()
  const taken = new Set<string>()
  const add = (name: string, kind: 'door' | 'place', at: Point, road = '', alias = ''): void => {
    const cell = find(at)
    if (!cell) return
    const community = cell.code.slice(0, 12)
    const district = cell.code.slice(0, 6)
    if (taken.has(district + name)) return
    taken.add(district + name)
    const serial = (serials.get(community) ?? 0) + 1
    serials.set(community, serial)
    addresses.push({ code: `${community}A${String(serial).padStart(5, '0')}`, name, alias, kind, at, cell, road })
  }

  const named = Map.groupBy(roads.filter(({ name, kind }) => name !== '' && kind !== 'path'), ({ name }) => name)
  const doors = [...named.values()].flat().reduce((sum, road) => sum + roadLength(road), 0) / DOOR
  // Two addresses to a cell, as in Taiyuan; a small city has room for a door wherever one may stand.
  const spacing = DOOR * Math.max(1, (doors * 1.6) / (grid.cells.length * 2 + 2_000))
  for (const [name, stretches] of named) numberDoors(name, stretches, spacing, random, add)

  for (const { tags, at } of ground.spots) {
    const what = tags.amenity ?? tags.shop ?? tags.highway ?? tags.railway ?? ''
    if (!tags.name || !WORTH.has(what)) continue
    add(what === 'bus_stop' ? `${tags.name.replace(/站$/, '')}公交站` : tags.name, 'place', at, '', tags['name:en'] ?? '')
  }
  for (const { layer, name, points } of ground.patches) {
    if (layer !== 'building' && layer !== 'green') continue
    if (name) add(name, 'place', [mean(points, 0), mean(points, 1)])
  }
  for (const community of grid.communities) {
    const [west, south, east, north] = boxOfShape(community.outline)
    const at = (): Point => [random.between(west, east), random.between(south, north)]
    const stem = community.name.replace(/社区$/, '')
    for (const estate of ['小区', '花园', '家园'].slice(0, random.whole(1, 3))) add(stem + estate, 'place', at())
    add(`${community.name}居委会`, 'place', at())
  }
  return addresses
}

const mean = (points: readonly Point[], axis: 0 | 1): number => points.reduce((sum, point) => sum + point[axis], 0) / points.length

/** Odd numbers on one side and even on the other, from one end of the road to the other; a road of two carriageways is one. */
function numberDoors(
  name: string,
  stretches: readonly Road[],
  spacing: number,
  random: Random,
  add: (name: string, kind: 'door', at: Point, road: string) => void,
): void {
  const steps = stretches.flatMap((road) => [...walk(road, spacing / 2, 0)].map((step) => ({ ...step, half: HALF_WIDTH[road.kind] })))
  if (steps.length < 2) return
  const mx = steps.reduce((sum, { at }) => sum + at[0], 0) / steps.length
  const my = steps.reduce((sum, { at }) => sum + at[1], 0) / steps.length
  let [xx, xy, yy] = [0, 0, 0]
  for (const { at } of steps) {
    xx += (at[0] - mx) ** 2
    xy += (at[0] - mx) * (at[1] - my)
    yy += (at[1] - my) ** 2
  }
  const angle = Math.atan2(2 * xy, xx - yy) / 2
  const axis: Point = [Math.cos(angle), Math.sin(angle)]
  const along = ({ at }: (typeof steps)[number]): number => (at[0] - mx) * axis[0] + (at[1] - my) * axis[1]
  const least = Math.min(...steps.map(along))
  const slots = new Map<number, (typeof steps)[number]>()
  for (const step of steps) {
    const slot = Math.floor((along(step) - least) / spacing)
    if (!slots.has(slot)) slots.set(slot, step)
  }
  for (const [slot, { at, half }] of [...slots].sort(([a], [b]) => a - b)) {
    for (const side of [1, -1]) {
      if (!random.chance(0.8)) continue
      const away = (half + random.between(5, 12)) * side
      add(`${name}${slot * 2 + (side > 0 ? 1 : 2)}号`, 'door', [at[0] - axis[1] * away, at[1] + axis[0] * away], name)
    }
  }
}
