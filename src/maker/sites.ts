// Where in a made city something goes wrong: at a component, or near a door; busy ground more often.

import { pointIndex } from '../kernel/index.ts'
import type { Address } from './addresses.ts'
import type { City } from './city.ts'
import type { Component } from './components.ts'
import type { Cell } from './grid.ts'
import type { Random } from './random.ts'
import type { Point } from './shape.ts'

export interface Site {
  readonly at: Point
  readonly cell: Cell
  /** As one says it: “双清路12号门前”. */
  readonly place: string
  /** As it stands on the case: “学院区书院街道双清路12号附近”. */
  readonly address: string
  readonly component: string
}

export interface Sites {
  /** A site for a matter of the 2026 catalogue; undefined where there is none, as a lamp in a city without lamps. */
  pick(matter: string, random: Random): Site | undefined
}

/** Of each class so many components are remembered: enough for variety, few enough for a city of millions. */
const REMEMBERED = 400
const BUSY = { A: 1, B: 0.55, C: 0.25 } as const
const SIDES = ['门前', '附近', '东侧', '西侧', '南侧', '北侧', '对面', '旁']

export function layOutSites(city: City): Sites {
  const divisions = new Map([...city.grid.districts, ...city.grid.streets].map(({ code, name }) => [code, name]))
  const within = (cell: Cell): string => `${divisions.get(cell.code.slice(0, 6))}${divisions.get(cell.code.slice(0, 9))}`
  const components = new Map<string, Component[]>()
  const passed = new Map<string, number>()
  for (const component of city.components()) {
    if (component.state === 'removed') continue
    const known = components.get(component.kind)
    const count = (passed.get(component.kind) ?? 0) + 1
    passed.set(component.kind, count)
    if (!known) components.set(component.kind, [component])
    else if (known.length < REMEMBERED) known.push(component)
    // Every so often a later one takes the place of an earlier: all parts of the city are remembered.
    else if (count % Math.ceil(city.plan.components / 20_000) === 0) known[count % REMEMBERED] = component
  }
  // Metres stand in for degrees here: the index only has to find the nearest.
  const near = pointIndex(city.addresses, ({ at }) => [at[0] / 1e5, at[1] / 1e5])
  const nearest = ([x, y]: Point): Address | undefined => near.near([x / 1e5, y / 1e5], 2_000, 1)[0]?.item

  const siteOf = (at: Point, cell: Cell, address: Address | undefined, random: Random, component: string): Site => {
    const name = address?.name ?? `${divisions.get(cell.code.slice(0, 9))}辖区`
    return { at, cell, place: name + random.pick(SIDES), address: `${within(cell)}${name}附近`, component }
  }
  return {
    pick(matter, random) {
      const known = matter < '06' ? components.get(matter) : undefined
      if (matter < '06') {
        if (!known) return undefined
        const { at, cell, code } = random.pick(known)
        return siteOf(at, cell, nearest(at), random, code)
      }
      for (let tries = 0; tries < 20; tries++) {
        const address = random.pick(city.addresses)
        if (!random.chance(BUSY[address.cell.grade])) continue
        const at: Point = [address.at[0] + random.normal() * 8, address.at[1] + random.normal() * 8]
        const cell = city.find(at)
        if (cell) return siteOf(at, cell, address, random, '')
      }
      return undefined
    },
  }
}
