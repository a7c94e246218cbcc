// Devices of a running city as they would report: ordinary days, or a storm with all that follows. Nothing here reads a clock.

import { lngScale, METRES_PER_DEGREE } from '../../kernel/index.ts'
import type { DeviceShown, MetricBody, ProductShown, Trade } from '../../monitoring/index.ts'
import { DRY, layBasin, minuteOn, type Basin, type FloodKind, type Water } from '../devices/basin.ts'
import { lasts, layStorm, rainAt, type Storm } from '../devices/storm.ts'
import { changes, kindsOf, layTroubles, troubled, TROUBLES, type Trouble, type TroubleKind } from '../devices/trouble.ts'
import { characterOf, ordinary, rounded, type Character } from '../devices/values.ts'
import { randomFrom, type Random } from '../random.ts'
import type { Point } from '../shape.ts'

export type SimulatedDevice = Pick<DeviceShown, 'code' | 'name' | 'product' | 'position' | 'state'>
export type SimulatedProduct = Pick<ProductShown, 'code' | 'metrics'>

export interface SimulatedPlan {
  readonly seed: number
  readonly products: readonly SimulatedProduct[]
  readonly devices: readonly SimulatedDevice[]
  /** What time it is at minute 0. */
  readonly from: number
  /** So long it rains at one place; no storm where it is left out. */
  readonly stormMinutes?: number | undefined
  /** Things go wrong in these trades, a few minutes from the beginning; in a storm and on a day what usually does. */
  readonly trouble?: readonly Trade[] | undefined
}

/** A reading, at a minute of the run. */
export interface SimulatedReading {
  readonly device: string
  readonly metric: string
  readonly minute: number
  readonly value: number
}

type Kind = 'rain' | 'water' | 'other'

interface Source {
  readonly device: SimulatedDevice
  readonly metric: MetricBody
  readonly kind: Kind
  readonly at: Point
  readonly of: Character
  readonly random: Random
  readonly basin: Basin
  /** In minutes; the next reading is due at `next`, and the last was at `last`. */
  readonly every: number
  next: number
  last: number
  water: Water
}

const MINUTE = 60_000
/** What stands is drained in this time, mostly. */
const DRAINED = 90
/** What is in trouble reports at once, and then this often. */
const TROUBLED_EVERY = 5
const DAY = 24 * 60

/** Which troubles there are in a storm, or in a day. */
const USUAL: readonly (readonly [kind: TroubleKind, count: number])[] = [['cover', 3], ['gas-well', 2]]
/** Where a trade is asked for, when they begin, in minutes: once every device has told how it usually is. */
const SOON = [6, 12] as const

export class SimulatedCity {
  readonly storm: Storm | undefined
  /** How long the storm takes with all that follows. */
  readonly minutes: number
  readonly #plan: SimulatedPlan
  readonly #sources: Source[]
  readonly troubles: readonly Trouble[]
  #minute = 0

  constructor(plan: SimulatedPlan) {
    this.#plan = plan
    this.#sources = sourcesOf(plan)
    const places = this.#sources.filter(({ kind }) => kind !== 'other').map(({ at }) => at)
    const random = randomFrom(plan.seed, 'simulated storm')
    this.storm = plan.stormMinutes !== undefined && places.length > 0 ? layStorm(places, { minutes: plan.stormMinutes, years: random.between(10, 50) }, random) : undefined
    this.minutes = this.storm ? Math.ceil(lasts(this.storm, places)) + DRAINED : DAY
    this.troubles = troublesOf(plan, this.minutes)
  }

  /** One reading of every metric, as it stands. */
  round(): SimulatedReading[] {
    return this.#sources.map((source) => this.#read(source, this.#minute))
  }

  /** All that is reported up to this minute and was not told yet, in the order of time. */
  until(minute: number): SimulatedReading[] {
    const readings: SimulatedReading[] = []
    for (const source of this.#sources) {
      if (source.kind === 'water') this.#fill(source, minute, readings)
      else this.#report(source, minute, readings)
    }
    this.#minute = minute
    return readings.toSorted((one, other) => one.minute - other.minute)
  }

  #report(source: Source, minute: number, into: SimulatedReading[]): void {
    while (source.next <= minute) {
      into.push(this.#read(source, source.next))
      source.last = source.next
      const trouble = this.troubles.find((each) => each.device === source.device.code && changes(each, source.metric.code) && each.to > this.#time(source.last))
      const often = trouble !== undefined && trouble.from <= this.#time(source.last + source.every)
      // A cover tells when it is lifted, not at the end of its hour.
      source.next = often ? Math.min(source.last + source.every, Math.max(source.last + TROUBLED_EVERY, (trouble.from - this.#plan.from) / MINUTE)) : source.last + source.every
    }
  }

  /** Water is reckoned minute by minute. */
  #fill(source: Source, minute: number, into: SimulatedReading[]): void {
    for (let at = Math.floor(this.#minute) + 1; at <= minute; at++) {
      source.water = minuteOn(source.basin, source.water, this.#rain(source.at, at - 1, at))
      if (at < source.next) continue
      into.push(this.#read(source, at))
      source.last = at
      source.next = at + source.every
    }
  }

  #time(minute: number): number {
    return this.#plan.from + minute * MINUTE
  }

  #rain(at: Point, from: number, to: number): number {
    return this.storm ? rainAt(this.storm, at, from, to) : 0
  }

  #read(source: Source, minute: number): SimulatedReading {
    return { device: source.device.code, metric: source.metric.code, minute, value: rounded(this.#value(source, minute), source.metric) }
  }

  #value({ device, metric, kind, at, of, random, basin, every, last, water }: Source, minute: number): number {
    if (kind === 'rain') return this.#rain(at, Math.max(last, minute - every), minute)
    if (kind === 'water') return (basin.base + water.standing + (water.standing > 0 ? 0.2 * random.normal() : 0)) * ofCentimetres(metric.unit)
    const usual = ordinary(device.product, metric, this.#time(minute), of, random)
    return troubled(metric.code, this.troubles.filter((each) => each.device === device.code), this.#time(minute), usual)
  }
}

/** Rain, but no strain. */
const kindOf = ({ code }: MetricBody): Kind => (/(^|[^a-z])rain/i.test(code) ? 'rain' : /level|depth/i.test(code) ? 'water' : 'other')

const ofCentimetres = (unit: string): number => (unit === 'm' ? 0.01 : unit === 'mm' ? 10 : 1)

/** What its name tells of a flood point. */
export function floodKindOf(name: string): FloodKind {
  if (name.includes('人行')) return '人行下穿通道'
  if (/下穿|隧道/.test(name)) return '车辆下穿通道'
  if (name.includes('池')) return '缓洪池'
  if (/渠|河/.test(name)) return '排洪渠'
  return name.includes('泵站') ? '雨污水泵站' : '低洼地段'
}

function sourcesOf({ seed, products, devices }: SimulatedPlan): Source[] {
  const metrics = new Map(products.map((product) => [product.code, product.metrics]))
  const known = devices.filter(({ state }) => state === 'in_service')
  const [lng, lat] = known.find(({ position }) => position)?.position ?? [0, 0]
  const plane = (position: SimulatedDevice['position']): Point =>
    position ? [(position[0] - lng) * METRES_PER_DEGREE * lngScale(lat), (position[1] - lat) * METRES_PER_DEGREE] : [0, 0]
  return known.flatMap((device) =>
    (metrics.get(device.product) ?? []).map((metric): Source => {
      const of = characterOf(seed, device.code)
      const every = Math.max(metric.period / 60, 1 / 60)
      const basin = layBasin(floodKindOf(device.name), randomFrom(seed, `basin ${device.code}`))
      const random = randomFrom(seed, `simulated ${device.code} ${metric.code}`)
      return { device, metric, kind: kindOf(metric), at: plane(device.position), of, random, basin, every, next: of.c * Math.min(every, 5), last: 0, water: DRY }
    }),
  )
}

function troublesOf({ seed, devices, from, trouble }: SimulatedPlan, minutes: number): Trouble[] {
  const random = randomFrom(seed, 'simulated troubles')
  const [wanted, span]: [typeof USUAL, readonly [number, number]] = trouble ? [trouble.flatMap(kindsOf).map((kind) => [kind, 1]), SOON] : [USUAL, [minutes * 0.15, minutes * 0.6]]
  const taken = new Set<string>()
  return wanted.flatMap(([kind, count]) => {
    const codes = devices.filter(({ code, product, state }) => product === TROUBLES[kind].product && state === 'in_service' && !taken.has(code)).map(({ code }) => code)
    const laid = layTroubles(kind, codes, count, [from + span[0] * MINUTE, from + span[1] * MINUTE], random)
    // Where a trade has all its troubles at once, each at a device of its own: one would hide the other.
    if (trouble) for (const { device } of laid) taken.add(device)
    return laid
  })
}
