// A made city as a whole, in memory but for its components, which pass by one after the other.

import { layAddresses, type Address } from './addresses.ts'
import { cellFinder, layComponents, type Component, type FindCell } from './components.ts'
import { layGrid, type Grid } from './grid.ts'
import { emptyGround, mappedGround, type Ground, type Road } from './ground.ts'
import { layPeople, type People } from './people.ts'
import { randomFrom } from './random.ts'
import { roadsFromCuts, roadsOfMap } from './roads.ts'
import { layUnits, type Units } from './units.ts'

export interface CityPlan {
  /** The same seed makes the same city. */
  readonly seed: number
  readonly cells: number
  readonly components: number
  readonly units: number
  /** `mapped`: the map extract that comes with the program, for some 500 cells; `plain`: empty ground of any size. */
  readonly ground: 'mapped' | 'plain'
  readonly code: string
  readonly name: string
  readonly nameEn: string
  /** Of every account; '' for accounts that an administrator has to set up. */
  readonly password: string
  /** The day of the making: what is old is reckoned back from it. */
  readonly now: Date
}

/** The demo city 示范市. */
export const DEMO: Omit<CityPlan, 'now'> = {
  seed: 2026,
  cells: 500,
  components: 20_000,
  units: 150,
  ground: 'mapped',
  code: '999900',
  name: '示范市',
  nameEn: 'Shifan City',
  password: 'Chengyun-2026',
}

export interface City {
  readonly plan: CityPlan
  readonly ground: Ground
  readonly grid: Grid
  readonly roads: readonly Road[]
  readonly units: Units
  readonly people: People
  readonly addresses: readonly Address[]
  readonly find: FindCell
  components(): Generator<Component>
}

export function layCity(plan: CityPlan): City {
  const ground = plan.ground === 'mapped' ? mappedGround() : emptyGround(plan.cells)
  const grid = layGrid(ground, plan)
  const roads = plan.ground === 'mapped' ? roadsOfMap(ground) : roadsFromCuts(grid.cuts)
  const units = layUnits(grid, plan.units, randomFrom(plan.seed, 'units'))
  const people = layPeople(grid, units, randomFrom(plan.seed, 'people'), plan.password)
  const find = cellFinder(grid)
  const addresses = layAddresses(ground, grid, roads, find, randomFrom(plan.seed, 'addresses'))
  const components = () => layComponents(ground, grid, roads, plan.components, plan.seed)
  return { plan, ground, grid, roads, units, people, addresses, find, components }
}
