// What the devices of a made city have reported in the days before: ordinary days, some rain, one heavy storm, a few troubles.

import { addDays, dayOfText, startOfDay, wallDay } from '../../kernel/index.ts'
import { randomFrom } from '../random.ts'
import type { Point } from '../shape.ts'
import { DRY, layBasin, minuteOn, type Basin } from './basin.ts'
import type { Device } from './lay-devices.ts'
import { PRODUCTS } from './products.ts'
import { lasts, layStorm, rainAt, type Storm } from './storm.ts'
import { changes, layTroubles, troubled, TROUBLES, type Trouble, type TroubleKind } from './trouble.ts'
import { characterOf, isHeatedAt, ordinary, rounded, type Measured } from './values.ts'
import { isStormDay, isWetDay } from '../weather.ts'

export interface PastReading {
  readonly device: string
  readonly metric: string
  readonly at: number
  readonly value: number
}

export interface PastPlan {
  readonly seed: number
  readonly now: number
  readonly days: number
}

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
/** What is stopped has not been heard of for so long. */
const STOPPED_DAYS = 4
/** A dry flood point says so this often; under water, and of late, every minute. */
const DRY_EVERY = 15
const OF_LATE = 120

interface Rain {
  readonly from: number
  readonly to: number
  readonly storm: Storm
}

function layRains({ seed, now, days }: PastPlan, places: readonly Point[]): Rain[] {
  const today = wallDay(new Date(now))
  return Array.from({ length: days + 1 }, (_, i) => addDays(today, i - days)).flatMap((date) => {
    const heavy = isStormDay(date)
    if (!heavy && !isWetDay(seed, date)) return []
    // By its date: a city made tomorrow remembers the same rain.
    const random = randomFrom(seed, `rain ${date}`)
    const from = +startOfDay(date) + Math.floor((heavy ? random.between(15, 19) : random.between(3, 18)) * 60) * MINUTE
    const storm = layStorm(places, heavy ? { minutes: 120, years: random.between(15, 40) } : { minutes: random.whole(120, 300), millimetres: random.between(5, 18) }, random)
    return [{ from, to: from + Math.ceil(lasts(storm, places)) * MINUTE, storm }]
  })
}

const fallenAt = (rains: readonly Rain[], at: Point, from: number, to: number): number =>
  rains.reduce((sum, rain) => (rain.to <= from || rain.from >= to ? sum : sum + rainAt(rain.storm, at, (from - rain.from) / MINUTE, (to - rain.from) / MINUTE)), 0)

/** All that was reported in these days up to now, device by device. */
export function* pastReadings(devices: readonly Device[], plan: PastPlan): Generator<PastReading> {
  const rains = layRains(plan, devices.filter(({ flood, product }) => flood || product === 'rain-gauge').map(({ at }) => at))
  const troubles = layPastTroubles(devices, plan)
  for (const device of devices) {
    const end = device.state === 'in_service' ? plan.now : plan.now - STOPPED_DAYS * DAY
    if (device.flood) yield* levels(device, layBasin(device.flood, randomFrom(plan.seed, `basin ${device.code}`)), rains, plan)
    else if (device.product === 'rain-gauge') yield* rainfall(device, rains, plan)
    else yield* series(device, troubles, { ...plan, end })
  }
}

/** Moments of a period, a little apart from device to device, day by day with a stream of chance of its own. */
function* series(device: Device, troubles: readonly Trouble[], { seed, now, days, end }: PastPlan & { end: number }): Generator<PastReading> {
  const of = characterOf(seed, device.code)
  const begin = now - days * DAY
  for (const metric of PRODUCTS[device.product].metrics) {
    const own = troubles.filter((trouble) => trouble.device === device.code && changes(trouble, metric.code))
    const every = metric.period * 1000
    const shift = Math.floor(of.c * Math.min(every, 5 * MINUTE))
    for (let date = wallDay(new Date(begin)); +startOfDay(date) <= end; date = addDays(date, 1)) {
      const midnight = +startOfDay(date)
      const random = randomFrom(seed, `readings ${device.code} ${metric.code} ${date}`)
      for (let at = midnight + shift; at < midnight + DAY && at <= end; at += every) {
        const usual = ordinary(device.product, metric, at, of, random)
        if (at >= begin) yield { device: device.code, metric: metric.code, at, value: rounded(troubled(metric.code, own, at, usual), metric) }
      }
    }
  }
}

function* rainfall(device: Device, rains: readonly Rain[], { now, days }: PastPlan): Generator<PastReading> {
  const metric = PRODUCTS['rain-gauge'].metrics[0]!
  const every = metric.period * 1000
  const begin = now - days * DAY
  for (let at = begin - (begin % every) + every; at <= now; at += every) {
    yield { device: device.code, metric: metric.code, at, value: rounded(fallenAt(rains, device.at, at - every, at), metric) }
  }
}

function* levels(device: Device, basin: Basin, rains: readonly Rain[], { seed, now, days }: PastPlan): Generator<PastReading> {
  const metric: Measured & { code: string } = PRODUCTS['water-level'].metrics[0]!
  const random = randomFrom(seed, `levels ${device.code}`)
  const begin = now - days * DAY
  let water = DRY
  for (let minute = 0, at = begin - (begin % MINUTE) + MINUTE; at <= now; minute++, at += MINUTE) {
    const rain = fallenAt(rains, device.at, at - MINUTE, at)
    if (rain > 0 || water.coming > 0.001 || water.standing > 0) water = minuteOn(basin, water, rain)
    const wet = rain > 0.02 || water.standing > 0
    if (!wet && minute % DRY_EVERY !== 0 && now - at > OF_LATE * MINUTE) continue
    const ripple = water.standing > 0 ? 0.3 * random.normal() : 0
    yield { device: device.code, metric: metric.code, at, value: rounded(basin.base + water.standing + ripple, metric) }
  }
}

/** How many of each in two weeks. */
const PAST: readonly (readonly [kind: TroubleKind, count: number])[] = [
  ['cover', 3], ['gas-well', 2], ['low-pressure', 1], ['lamp', 1], ['strain', 1],
  ['pump', 1], ['burst', 1], ['leak', 1], ['regulator', 1], ['cold-supply', 1], ['heat-leak', 1], ['convoy', 2],
]

function layPastTroubles(devices: readonly Device[], { seed, now, days }: PastPlan): Trouble[] {
  const random = randomFrom(seed, `device troubles ${dayOfText(wallDay(new Date(now)))}`)
  return PAST.flatMap(([kind, count]) => {
    if (TROUBLES[kind].trade === 'heat' && !isHeatedAt(now)) return []
    const codes = devices.filter((device) => device.product === TROUBLES[kind].product && device.state === 'in_service').map(({ code }) => code)
    return layTroubles(kind, codes, count, [now - (days - 1) * DAY, now - 6 * 60 * MINUTE], random)
  })
}
