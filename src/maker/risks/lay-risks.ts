// Where the risks of a made city lie, who answers for them, and which devices watch them.

import type { Field, MadeRisk } from '../../monitoring/index.ts'
import { KINDS_OF_RISK } from '../../monitoring/index.ts'
import type { City } from '../city.ts'
import { layDevices, type Device } from '../devices/lay-devices.ts'
import type { Cell } from '../grid.ts'
import type { Workshop } from '../history.ts'
import { personName } from '../names.ts'
import { randomFrom, type Random } from '../random.ts'
import type { Point } from '../shape.ts'
import type { Unit } from '../units.ts'
import { SORTS, type Sort } from './risk-mix.ts'

const DAY_MS = 86_400_000

export interface LaidRisk extends MadeRisk {
  readonly sort: Sort
  readonly cell: Cell
  readonly unit: Unit
}

const STEP = [[1, 3], [2, 5], [3, 4], [4, 1.6], [5, 0.4]] as const
const GRAVE = [[1, 2], [2, 5], [3, 4], [4, 2.2], [5, 0.8]] as const
/** The graver, the more often it is looked at. */
const REVIEWS = [[20, 30], [15, 90], [9, 180], [0, 365]] as const

interface Spot {
  readonly name: string
  readonly at: Point
  readonly cell: Cell
  readonly component: string | null
  readonly devices: readonly string[]
}

export function layRisks({ city, sites }: Workshop): LaidRisk[] {
  const random = randomFrom(city.plan.seed, 'risks')
  const devices = layDevices({ city, sites }).filter(({ state }) => state === 'in_service')
  const used = new Set<string>()
  const names = new Set<string>()
  const risks: LaidRisk[] = []
  const add = (sort: Sort, spot: Spot): void => {
    const name = sort.name.replace('{p}', spot.name)
    if (names.has(name)) return
    names.add(name)
    risks.push(riskOf(city, sort, { ...spot, name }, random))
  }
  for (const sort of SORTS) {
    const [product, wanted] = sort.at ?? ['', 0]
    for (const device of devices.filter((each) => each.product === product && !used.has(each.code) && suits(sort, each)).slice(0, wanted)) {
      const cell = city.find(device.at)
      if (!cell) continue
      used.add(device.code)
      add(sort, { name: placeOf(device.name), at: device.at, cell, component: device.component, devices: [device.code] })
    }
    for (let i = 0; i < sort.count; i++) {
      const kind = sort.near?.[i % sort.near.length]
      const site = (kind && sites.pick(kind, random)) || sites.pick('06018', random)
      if (site) add(sort, { name: placeOf(site.place), at: site.at, cell: site.cell, component: site.component || null, devices: [] })
    }
  }
  return risks
}

/** Level gauges stand at underpasses, and elsewhere; sensors of bridges on bridges, and on footbridges. */
function suits({ kind }: Sort, { product, flood }: Device): boolean {
  if (product !== 'water-level') return true
  return (flood === '车辆下穿通道' || flood === '人行下穿通道') === (kind === 'underpass')
}

/** Of the name of a device the place: what the device is, the name of the risk says better. */
const placeOf = (name: string): string =>
  name.replace(/(门前|附近|[东西南北]侧|对面|旁)?(燃气井探测器|供热检查室|供水压力计|智能井盖|路灯控制器|客流计|下穿通道|人行下穿通道|低洼路段|排洪渠|缓洪池|雨污水泵站|人行天桥|桥)$/, '').replace(/(门前|附近|[东西南北]侧|对面|旁)$/, '')

function riskOf(city: City, sort: Sort, { name, at, cell, component, devices }: Spot, random: Random): LaidRisk {
  const [more, worse] = sort.bias ?? [0, 0]
  const step = (weights: readonly (readonly [number, number])[], bias: number) => Math.min(5, random.weighted(weights) + (random.chance(0.6) ? bias : 0))
  const [likelihood, consequence] = [step(STEP, more), step(GRAVE, worse)]
  const reviewDays = REVIEWS.find(([least]) => likelihood * consequence >= least)![1]
  const unit = sort.owner === 'street' ? city.units.streetOf(cell.code.slice(0, 9)) : city.units.officeOf(sort.owner, cell.code.slice(0, 6))
  const field: Field = KINDS_OF_RISK[sort.kind].field
  return {
    sort,
    cell,
    unit,
    name,
    field,
    kind: sort.kind,
    position: city.ground.toDegrees(at),
    component,
    devices: [...devices],
    likelihood,
    consequence,
    measures: random.pick(sort.measures),
    ownerUnit: unit.code,
    ownerPerson: personName(random.pick, random.chance),
    reviewDays,
    state: 'watched',
    // A few are forgotten for a while.
    reviewedAt: new Date(+city.plan.now - reviewDays * random.between(0.02, random.chance(0.25) ? 1.25 : 0.97) * DAY_MS),
  }
}
