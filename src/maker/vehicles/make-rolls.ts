import type { Kernel } from '../../kernel/index.ts'
import { fillCommand, type Rolls } from '../../monitoring/index.ts'
import { layDevices } from '../devices/lay-devices.ts'
import type { Workshop } from '../history.ts'
import { crewOf, layFleet } from './fleet.ts'

/** Of each flood point the street, the collector of its beat and a crew of the drainage office; of each pump truck a crew that drives it. */
export function layRolls({ city, sites }: Pick<Workshop, 'city' | 'sites'>): Rolls {
  const { people, units } = city
  const points = layDevices({ city, sites }).filter(({ flood }) => flood !== undefined)
  const staff = new Map(
    points.map(({ code, at, district }, i) => {
      const { code: cell, beat } = city.find(at)!
      const watch = people.collectorsOf(beat)[0]
      return [
        code,
        [
          { account: people.handlerOf(units.streetOf(cell.slice(0, 9))), role: 'responsible' as const },
          ...(watch === undefined ? [] : [{ account: watch, role: 'watch' as const }]),
          { account: people.handlerOf(units.teamOf('drainage', district, i)), role: 'crew' as const },
        ],
      ]
    }),
  )
  const drivers = layFleet(city).flatMap(({ vehicle: { code, kind, district } }, i) => (kind === 'pump' ? [[code, crewOf(city, district, i)] as const] : []))
  return { staff, drivers: new Map(drivers) }
}

export const makeRolls = (kernel: Kernel, workshop: Workshop): Promise<void> => fillCommand(kernel, layRolls(workshop))
