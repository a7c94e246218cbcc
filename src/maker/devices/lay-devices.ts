// Where the devices of a made city stand, whose they are and through which gateway they report.

import type { NewDevice } from '../../monitoring/index.ts'
import { tradeOfComponent, type Trade } from '../component-plan.ts'
import type { City } from '../city.ts'
import type { Cell } from '../grid.ts'
import type { Workshop } from '../history.ts'
import { randomFrom, type Random } from '../random.ts'
import { HALF_WIDTH, walk } from '../roads.ts'
import { lengthOf, type Point } from '../shape.ts'
import type { FloodKind } from './basin.ts'
import type { ProductCode } from './products.ts'

export interface Device extends NewDevice {
  readonly product: ProductCode
  readonly at: Point
  /** Of a flood point. */
  readonly flood?: FloodKind
}

interface Spot {
  readonly at: Point
  readonly cell: Cell
  readonly name: string
  readonly component?: string
  readonly flood?: FloodKind
}

interface Plan {
  readonly product: ProductCode
  readonly prefix: string
  readonly count: number
  /** At components of these classes, or near doors where there are none. */
  readonly kinds: readonly string[]
  readonly suffix: string
  readonly owner: Trade | 'street'
  readonly throughGateway: boolean
}

const PLANS: readonly Plan[] = [
  { product: 'gateway', prefix: 'GW', count: 6, kinds: ['01077', '01050', '01030'], suffix: '网关', owner: 'telecom', throughGateway: false },
  { product: 'rain-gauge', prefix: 'RG', count: 12, kinds: [], suffix: '雨量站', owner: 'drainage', throughGateway: true },
  { product: 'manhole', prefix: 'MH', count: 32, kinds: ['01002', '01003'], suffix: '智能井盖', owner: 'drainage', throughGateway: false },
  { product: 'gas-detector', prefix: 'GD', count: 18, kinds: ['01011'], suffix: '燃气井探测器', owner: 'gas', throughGateway: true },
  { product: 'pressure', prefix: 'PR', count: 16, kinds: ['01001'], suffix: '供水压力计', owner: 'water', throughGateway: false },
  { product: 'lamp-controller', prefix: 'LC', count: 22, kinds: ['01060', '01037'], suffix: '路灯控制器', owner: 'municipal', throughGateway: true },
  { product: 'crowd', prefix: 'CC', count: 12, kinds: [], suffix: '客流计', owner: 'street', throughGateway: true },
  { product: 'pump-station', prefix: 'PS', count: 4, kinds: [], suffix: '供水泵站', owner: 'water', throughGateway: false },
  { product: 'water-chamber', prefix: 'WC', count: 8, kinds: ['01001'], suffix: '供水阀门井', owner: 'water', throughGateway: true },
  { product: 'dma-meter', prefix: 'DM', count: 4, kinds: ['01001'], suffix: '供水分区计量', owner: 'water', throughGateway: false },
  { product: 'gas-regulator', prefix: 'GR', count: 6, kinds: [], suffix: '调压站', owner: 'gas', throughGateway: false },
  { product: 'heat-station', prefix: 'HS', count: 6, kinds: [], suffix: '换热站', owner: 'gas', throughGateway: false },
  { product: 'heat-chamber', prefix: 'HC', count: 8, kinds: ['01010'], suffix: '供热检查室', owner: 'gas', throughGateway: true },
]

const FLOOD_POINTS: readonly (readonly [kind: FloodKind, count: number, suffix: string])[] = [
  ['车辆下穿通道', 4, '下穿通道'],
  ['低洼地段', 5, '低洼路段'],
  ['人行下穿通道', 2, '人行下穿通道'],
  ['排洪渠', 2, '排洪渠'],
  ['缓洪池', 1, '缓洪池'],
  ['雨污水泵站', 2, '雨污水泵站'],
]
const BRIDGES = 6
/** Bridges on which vehicles are weighed. */
const WEIGHED = 4

const two = (value: number): string => String(value).padStart(2, '0')

/** All of them, gateways first. */
export function layDevices({ city, sites }: Pick<Workshop, 'city' | 'sites'>): Device[] {
  const taken = new Set<string>()
  const devices: Device[] = []
  const add = (plan: Pick<Plan, 'product' | 'prefix' | 'owner' | 'throughGateway'>, number: number, { at, cell, name, component, flood }: Spot): void => {
    devices.push({
      code: `${plan.prefix}-${two(number)}`,
      product: plan.product,
      name,
      district: cell.code.slice(0, 6),
      position: city.ground.toDegrees(at),
      ownerUnit: ownerOf(city, plan.owner, cell, component, number),
      component: component ?? null,
      gateway: plan.throughGateway ? nearestGateway(devices, at, cell) : null,
      state: 'in_service',
      at,
      ...(flood && { flood }),
    })
  }
  for (const plan of PLANS) {
    const random = randomFrom(city.plan.seed, `devices ${plan.product}`)
    let number = 0
    while (number < plan.count) {
      const spot = pickSpot(sites, plan, number, random, taken)
      if (!spot) break
      add(plan, ++number, spot)
    }
  }
  floodSpots(city).forEach((spot, i) => add({ product: 'water-level', prefix: 'WL', owner: 'drainage', throughGateway: true }, i + 1, spot))
  const bridges = bridgeSpots(city)
  bridges.forEach((spot, i) => add({ product: 'bridge', prefix: 'BR', owner: 'municipal', throughGateway: true }, i + 1, spot))
  bridges.slice(0, WEIGHED).forEach((spot, i) => add({ product: 'weigh-in-motion', prefix: 'WM', owner: 'municipal', throughGateway: true }, i + 1, { ...spot, name: `${spot.name}动态称重` }))
  return withFates(devices, randomFrom(city.plan.seed, 'devices fates'))
}

function pickSpot(sites: Workshop['sites'], { kinds, suffix }: Plan, number: number, random: Random, taken: Set<string>): Spot | undefined {
  const kind = kinds[number % Math.max(1, kinds.length)]
  for (let tries = 0; tries < 60; tries++) {
    // A city may have few of a class: then near a door.
    const site = (kind && tries < 30 && sites.pick(kind, random)) || sites.pick('06018', random)
    if (!site) return undefined
    const name = site.place + suffix
    if (taken.has(name) || (site.component !== '' && taken.has(site.component))) continue
    taken.add(name).add(site.component)
    return { at: site.at, cell: site.cell, name, ...(site.component && { component: site.component }) }
  }
  return undefined
}

/** The office of the trade; of every fourth the department above it. */
function ownerOf({ units }: City, owner: Plan['owner'], cell: Cell, component: string | undefined, number: number): string {
  if (owner === 'street') return units.streetOf(cell.code.slice(0, 9)).code
  const office = units.officeOf(component ? tradeOfComponent(component.slice(6, 11)) : owner, cell.code.slice(0, 6))
  return number % 4 === 0 && office.parent ? office.parent : office.code
}

function nearestGateway(devices: readonly Device[], at: Point, cell: Cell): string | null {
  const gateways = devices.filter(({ product, district }) => product === 'gateway' && district === cell.code.slice(0, 6))
  return gateways.toSorted((one, other) => lengthOf(one.at, at) - lengthOf(other.at, at))[0]?.code ?? null
}

/** Points along the main roads that have a name, on their right side. */
function roadside(city: City, every: number): Spot[] {
  const main = city.roads.filter(({ kind, name }) => name !== '' && (kind === 'primary' || kind === 'secondary' || kind === 'tertiary'))
  return main.flatMap((road) =>
    [...walk(road, every)].flatMap(({ at, right }) => {
      const away = HALF_WIDTH[road.kind] * 0.6
      const spot: Point = [at[0] + right[0] * away, at[1] + right[1] * away]
      const cell = city.find(spot)
      return cell ? [{ at: spot, cell, name: road.name }] : []
    }),
  )
}

/** Flood points lie far from each other: each as far as can be from those before. */
function floodSpots(city: City): Spot[] {
  const random = randomFrom(city.plan.seed, 'devices flood points')
  const left = roadside(city, 90)
  if (left.length === 0) return []
  const chosen: Spot[] = []
  const names = new Set<string>()
  const wanted = FLOOD_POINTS.flatMap(([flood, count, suffix]) => Array.from({ length: count }, () => ({ flood, suffix })))
  for (const { flood, suffix } of wanted) {
    const streets = new Map(city.grid.streets.map(({ code, name }) => [code, name]))
    const nameOf = ({ name, cell }: Spot) => (flood === '缓洪池' ? streets.get(cell.code.slice(0, 9))!.replace(/街道$/, '') : name) + suffix
    const open = left.filter((spot) => !names.has(nameOf(spot)))
    if (open.length === 0) continue
    const apart = (spot: Spot) => Math.min(Infinity, ...chosen.map(({ at }) => lengthOf(at, spot.at)))
    const best = chosen.length === 0 ? random.pick(open) : open.reduce((far, spot) => (apart(spot) > apart(far) ? spot : far))
    const name = nameOf(best)
    names.add(name)
    chosen.push({ ...best, name, flood })
  }
  return chosen
}

/** Where a road crosses a river; then footbridges over the widest roads. */
function bridgeSpots(city: City): Spot[] {
  const random = randomFrom(city.plan.seed, 'devices bridges')
  const names = new Set<string>()
  const spots: Spot[] = []
  const take = (at: Point, name: string): void => {
    const cell = city.find(at)
    if (!cell || names.has(name) || spots.length >= BRIDGES) return
    names.add(name)
    spots.push({ at, cell, name })
  }
  const rivers = city.ground.patches.filter(({ kind }) => kind === 'river')
  for (const { name, points } of city.roads) {
    for (const river of name === '' ? [] : rivers) {
      const at = crossing(points, river.points)
      if (at) take(at, `${name}${river.name}桥`)
    }
  }
  const wide = roadside(city, 150)
  for (let tries = 0; tries < 60 && wide.length > 0; tries++) {
    const { at, name } = random.pick(wide)
    take(at, `${name}人行天桥`)
  }
  return spots
}

function crossing(one: readonly Point[], other: readonly Point[]): Point | undefined {
  for (let i = 0; i + 1 < one.length; i++) {
    for (let k = 0; k + 1 < other.length; k++) {
      const [[ax, ay], [bx, by], [cx, cy], [dx, dy]] = [one[i]!, one[i + 1]!, other[k]!, other[k + 1]!]
      const turn = (bx - ax) * (dy - cy) - (by - ay) * (dx - cx)
      if (turn === 0) continue
      const s = ((cx - ax) * (dy - cy) - (cy - ay) * (dx - cx)) / turn
      const t = ((cx - ax) * (by - ay) - (cy - ay) * (bx - ax)) / turn
      if (s >= 0 && s <= 1 && t >= 0 && t <= 1) return [ax + s * (bx - ax), ay + s * (by - ay)]
    }
  }
  return undefined
}

/** Two are stopped and one is retired, as in any city. */
function withFates(devices: readonly Device[], random: Random): Device[] {
  const covers = devices.filter(({ product }) => product === 'manhole')
  const lamps = devices.filter(({ product }) => product === 'lamp-controller')
  if (covers.length < 3 || lamps.length === 0) return [...devices]
  const [first, second] = [random.whole(0, covers.length - 1), random.whole(1, covers.length - 1)]
  const fates = new Map<string, Device['state']>([
    [covers[first]!.code, 'stopped'],
    [covers[(first + second) % covers.length]!.code, 'retired'],
    [random.pick(lamps).code, 'stopped'],
  ])
  return devices.map((device) => ({ ...device, state: fates.get(device.code) ?? device.state }))
}
