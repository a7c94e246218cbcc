// What a device measures on an ordinary day, by its metric and the hour. Nothing here reads a clock.

import { CHINA, dayNumber, offsetMs, weekdayOf } from '../../kernel/index.ts'
import { randomFrom, type Random } from '../random.ts'

/** What sets one device apart from others of its kind. */
export interface Character {
  readonly a: number
  readonly b: number
  readonly c: number
}

export function characterOf(seed: number, code: string): Character {
  const random = randomFrom(seed, `device ${code}`)
  return { a: random.next(), b: random.next(), c: random.next() }
}

export interface Measured {
  readonly min: number
  readonly max: number
  readonly precision: number
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** A hill over the hours of a day that is highest at `peak` and `wide` hours away from it a third as high. */
const hill = (hour: number, peak: number, wide: number): number => {
  const off = Math.abs(((hour - peak + 36) % 24) - 12)
  return Math.exp(-((off / wide) ** 2))
}

interface Hour {
  readonly at: number
  readonly hour: number
  readonly rest: boolean
  /** Of the year, from 0 at the new year. */
  readonly season: number
  readonly month: number
}

/** 供暖季: November to March. */
const isHeated = ({ month }: Pick<Hour, 'month'>): boolean => month >= 11 || month <= 3
export const isHeatedAt = (at: number): boolean => isHeated(hourOf(at))

const hourOf = (at: number): Hour => {
  const day = dayNumber(at)
  const weekday = weekdayOf(day)
  const wall = at + offsetMs(at, CHINA)
  return { at, hour: (wall % DAY_MS) / HOUR_MS, rest: weekday === 0 || weekday === 6, season: (day % 365.25) / 365.25, month: new Date(wall).getUTCMonth() + 1 }
}

const warmth = ({ hour, season }: Hour): number => 14 - 15 * Math.cos(2 * Math.PI * (season - 0.05)) + 5 * hill(hour, 15, 5)
const traffic = ({ hour, rest }: Hour): number => (rest ? 0.5 : 1) * (hill(hour, 8, 1.6) + hill(hour, 18, 2)) + 0.5 * hill(hour, 13, 5)
/** Lamps burn from dusk to dawn, longer in winter. */
const isDark = ({ hour, season }: Hour): boolean => Math.abs(hour - 12.3) > 6.2 - 1.3 * Math.cos(2 * Math.PI * (season + 0.03))

/** How people draw water over a day: little at night, most in the morning and the evening. */
const thirst = ({ hour, rest }: Hour): number => 0.35 + (rest ? 0.85 : 1) * hill(hour, rest ? 9.5 : 7.5, 2) + 0.8 * hill(hour, 19.5, 2.5) + 0.5 * hill(hour, 13, 4)
/** How cold it is, from 0 at 18 degrees to 1 at 12 below zero. */
const cold = (hour: Hour): number => Math.min(1, Math.max(0, (18 - warmth(hour)) / 30))
/** A little cooler at night. */
const supplied = (hour: Hour, a: number): number => (isHeated(hour) ? 45 + 3 * a + 10 * cold(hour) - 2.5 * hill(hour.hour, 2, 4) : 18 + 0.3 * warmth(hour))

interface Passing {
  readonly gross: number
  readonly axles: number
  readonly speed: number
  readonly lane: number
}

/** Tonnes by the number of axles. */
const AXLES: Readonly<Record<2 | 3 | 4, readonly [low: number, high: number]>> = { 2: [3.5, 14], 3: [9, 17], 4: [12, 19.2] }

/** A vehicle that is weighed; all that is said of it comes from one draw, whatever metric is asked. Bridges here bear 20 t, and most keep to it. */
function passing({ at, hour }: Hour, { a }: Character): Passing {
  const random = randomFrom(Math.floor(a * 1e9), `vehicle ${Math.floor(at / 1000)}`)
  const axles = random.weighted([[2, 6], [3, 2.5], [4, 1.5]] as const)
  const gross = random.between(...AXLES[axles])
  return { gross, axles, speed: random.between(28, 52) - 8 * (hill(hour, 8, 1.5) + hill(hour, 18, 2)), lane: random.whole(1, 3) }
}

type Rule = (hour: Hour, of: Character, random: Random) => number

const RULES: Readonly<Record<string, Rule>> = {
  'rain-gauge.rain': () => 0,
  'water-level.level': (_, { a }) => (a < 0.3 ? 0 : 0.3),
  'manhole.tilt': (_, { a }, random) => 0.2 + 1.6 * a + 0.1 * Math.abs(random.normal()),
  // Some two years for a battery.
  'manhole.battery': ({ at }, { b, c }) => 100 - (((at / DAY_MS + b * 700) % 700) / 700) * (70 + 20 * c),
  'gas-detector.methane': ({ hour }, { a }, random) => Math.max(0, 0.2 + 0.9 * a + 0.25 * hill(hour, 19, 3) + 0.15 * random.normal()),
  'bridge.strain': (now, { a }, random) => -60 + 120 * a + 2.2 * warmth(now) + 28 * traffic(now) * (0.8 + 0.4 * random.next()) + 3 * random.normal(),
  'bridge.deflection': (now, { a, b }, random) => 1 + 2 * a + (2.5 + 2 * b) * traffic(now) * (0.7 + 0.6 * random.next()),
  'bridge.temperature': (now, { c }, random) => warmth(now) + 2 * c + 0.3 * random.normal(),
  'pressure.pressure': ({ hour }, { a }, random) => 0.3 + 0.08 * a - 0.035 * (hill(hour, 7.5, 1.5) + hill(hour, 19, 2.2)) + 0.03 * hill(hour, 3, 3) + 0.003 * random.normal(),
  'lamp-controller.current': (now, { a }, random) => (isDark(now) ? (3 + 5 * a) * (now.hour > 0.5 && now.hour < 5 ? 0.6 : 1) + 0.04 * random.normal() : 0.02 + 0.01 * a),
  'lamp-controller.voltage': ({ hour }, { b }, random) => 226 + 6 * b - 4 * hill(hour, 19, 3) + 0.8 * random.normal(),
  'crowd.people': (now, { a, b }, random) => (40 + 420 * a * a) * (0.03 + (now.rest ? 1.3 : 0.8) * hill(now.hour, 15 + 4 * b, 3.5) + 0.35 * hill(now.hour, 12, 1.5)) * (0.85 + 0.3 * random.next()),
  'pump-station.pressure': ({ hour }, { a }, random) => 0.4 + 0.06 * a - 0.025 * (hill(hour, 7.5, 1.5) + hill(hour, 19, 2.2)) + 0.003 * random.normal(),
  'pump-station.flow': (now, { b }, random) => (240 + 260 * b) * thirst(now) * (0.97 + 0.06 * random.next()),
  'pump-station.chlorine': ({ hour }, { c }, random) => 0.5 + 0.2 * c - 0.05 * hill(hour, 4, 3) + 0.015 * random.normal(),
  'pump-station.turbidity': (_, { a }, random) => 0.18 + 0.22 * a + 0.03 * Math.abs(random.normal()),
  'water-chamber.water': (_, { a }, random) => (a < 0.6 ? 0 : 12 * (a - 0.6) + Math.abs(random.normal())),
  'water-chamber.pressure': ({ hour }, { b }, random) => 0.31 + 0.06 * b - 0.03 * (hill(hour, 7.5, 1.5) + hill(hour, 19, 2.2)) + 0.003 * random.normal(),
  'dma-meter.flow': (now, { a }, random) => (22 + 14 * a) * thirst(now) * (0.96 + 0.08 * random.next()),
  'dma-meter.pressure': ({ hour }, { b }, random) => 0.32 + 0.04 * b - 0.03 * (hill(hour, 7.5, 1.5) + hill(hour, 19, 2.2)) + 0.002 * random.normal(),
  'dma-meter.night-flow': (_, { a }, random) => (22 + 14 * a) * 0.33 * (0.94 + 0.1 * random.next()),
  'gas-regulator.outlet': ({ hour }, { a }, random) => 2.3 + 0.25 * a - 0.12 * (hill(hour, 11.5, 1.3) + hill(hour, 18, 1.8)) + 0.02 * random.normal(),
  'gas-regulator.inlet': ({ hour }, { b }, random) => 0.3 + 0.06 * b - 0.02 * hill(hour, 18, 3) + 0.002 * random.normal(),
  'gas-regulator.flow': (now, { c }, random) => (90 + 160 * c) * (0.2 + 0.9 * hill(now.hour, 11.5, 1.3) + hill(now.hour, 18, 1.8) + 0.5 * hill(now.hour, 7, 1.2) + (isHeated(now) ? 0.8 * cold(now) : 0)) * (0.95 + 0.1 * random.next()),
  'heat-station.supply': (now, { a }, random) => supplied(now, a) + 0.3 * random.normal(),
  'heat-station.return': (now, { a, b }, random) => supplied(now, a) - (isHeated(now) ? 8 + 2 * b + 3 * cold(now) : 0) + 0.3 * random.normal(),
  'heat-station.pressure': (now, { c }, random) => (isHeated(now) ? 0.44 : 0.34) + 0.05 * c + 0.004 * random.normal(),
  'heat-station.flow': (now, { b }, random) => (isHeated(now) ? (110 + 90 * b) * (0.9 + 0.15 * cold(now)) + 1.5 * random.normal() : 0),
  'heat-chamber.temperature': (now, { a }, random) => (isHeated(now) ? 28 + 7 * a : 16 + 2 * a) + 0.2 * warmth(now) + 0.3 * random.normal(),
  'heat-chamber.water': (_, { b }, random) => (b < 0.7 ? 0 : 20 * (b - 0.7) + 0.5 * Math.abs(random.normal())),
  'weigh-in-motion.gross': (now, of) => passing(now, of).gross,
  'weigh-in-motion.axles': (now, of) => passing(now, of).axles,
  'weigh-in-motion.speed': (now, of) => passing(now, of).speed,
  'weigh-in-motion.lane': (now, of) => passing(now, of).lane,
  // Started anew every few weeks.
  'gateway.uptime': ({ at }, { a, b }) => (at / HOUR_MS + a * 1_000) % (500 + 600 * b),
}

/** A metric that is not known swings about the middle of its range. */
const unknown = ({ hour }: Hour, { min, max }: Measured, { a }: Character, random: Random): number =>
  min + (max - min) * (0.3 + 0.25 * a + 0.08 * hill(hour, 14, 5) + 0.01 * random.normal())

/** Kept within its range and to the digits that are shown. */
export const rounded = (value: number, { min, max, precision }: Measured): number => Number(Math.min(max, Math.max(min, value)).toFixed(precision))

export function ordinary(product: string, metric: Measured & { readonly code: string }, at: number, of: Character, random: Random): number {
  const rule = RULES[`${product}.${metric.code}`]
  const hour = hourOf(at)
  return rounded(rule ? rule(hour, of, random) : unknown(hour, metric, of, random), metric)
}
