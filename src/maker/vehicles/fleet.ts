// The vehicles of the demo city: whose they are, and how they spend a day.

import type { NewVehicle, VehicleKind } from '../../monitoring/index.ts'
import type { City } from '../city.ts'
import type { Trade } from '../component-plan.ts'

export interface Day {
  /** Minutes since midnight. */
  readonly out: number
  readonly home: number
  readonly kmh: number
  /** Minutes from one halt to the next, and how long one takes. */
  readonly between: readonly [number, number]
  readonly halt: readonly [number, number]
}

const DAYS: Readonly<Partial<Record<VehicleKind, Day>>> = {
  pump: { out: 7 * 60, home: 20 * 60, kmh: 36, between: [12, 30], halt: [40, 120] },
  sanitation: { out: 5 * 60, home: 21 * 60, kmh: 16, between: [20, 50], halt: [4, 15] },
  patrol: { out: 7 * 60 + 30, home: 22 * 60, kmh: 30, between: [8, 20], halt: [4, 12] },
  repair: { out: 8 * 60, home: 19 * 60, kmh: 34, between: [10, 25], halt: [25, 70] },
  enforcement: { out: 8 * 60, home: 21 * 60 + 30, kmh: 26, between: [10, 25], halt: [8, 30] },
}

interface Plan {
  readonly kind: VehicleKind
  readonly trade: Trade
  readonly zh: string
  readonly driver: string
}

const FLEET: readonly Plan[] = [
  { kind: 'pump', trade: 'drainage', zh: '移动泵车 1 号', driver: '江水生' },
  { kind: 'pump', trade: 'drainage', zh: '移动泵车 2 号', driver: '田望雨' },
  { kind: 'sanitation', trade: 'sanitation', zh: '洗扫车 1 号', driver: '路清' },
  { kind: 'sanitation', trade: 'sanitation', zh: '洗扫车 2 号', driver: '常新' },
  { kind: 'sanitation', trade: 'sanitation', zh: '垃圾压缩车 1 号', driver: '严整' },
  { kind: 'patrol', trade: 'municipal', zh: '市政巡查车', driver: '任行远' },
  { kind: 'repair', trade: 'municipal', zh: '道路抢修车', driver: '石坚' },
  { kind: 'enforcement', trade: 'enforcement', zh: '执法巡查车', driver: '方正' },
  { kind: 'pump', trade: 'drainage', zh: '大流量排水车', driver: '龙济川' },
]

export interface Planned {
  readonly vehicle: NewVehicle
  readonly day: Day
}

/** The crew of the drainage office that drives a pump truck: each truck another. */
export const crewOf = ({ people, units }: Pick<City, 'people' | 'units'>, district: string, place: number): string =>
  people.handlerOf(units.teamOf('drainage', district, FLEET.slice(0, place).filter(({ kind }) => kind === 'pump').length))

export const layFleet = ({ grid, units, people }: City): Planned[] =>
  FLEET.map(({ kind, trade, zh, driver }, i) => {
    const district = grid.districts[i % grid.districts.length]!
    const no = String(i + 1).padStart(2, '0')
    const crew = kind === 'pump' ? people.rows.find(({ account }) => account === crewOf({ people, units }, district.code, i)) : undefined
    return {
      day: DAYS[kind]!,
      vehicle: {
        code: `VH-${no}`,
        plate: `示A${kind === 'sanitation' ? 'D' : 'Y'}${3_071 + i * 809}`,
        // No carrier gives out such numbers.
        phone: `110000008${no}`,
        kind,
        name: zh,
        district: district.code,
        ownerUnit: units.officeOf(trade, district.code).code,
        driver: crew?.name ?? driver,
        // As its maker has wired it: a bit that the standard leaves free.
        ...(kind === 'pump' && { pumpSignal: 'status:23' }),
        state: 'in_service',
      },
    }
  })
