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
}

const hourOf = (at: number): Hour => {
  const day = dayNumber(at)
  const weekday = weekdayOf(day)
  return { at, hour: ((at + offsetMs(at, CHINA)) % DAY_MS) / HOUR_MS, rest: weekday === 0 || weekday === 6, season: (day % 365.25) / 365.25 }
}

const warmth = ({ hour, season }: Hour): number => 14 - 15 * Math.cos(2 * Math.PI * (season - 0.05)) + 5 * hill(hour, 15, 5)
const traffic = ({ hour, rest }: Hour): number => (rest ? 0.5 : 1) * (hill(hour, 8, 1.6) + hill(hour, 18, 2)) + 0.5 * hill(hour, 13, 5)
/** Lamps burn from dusk to dawn, longer in winter. */
const isDark = ({ hour, season }: Hour): boolean => Math.abs(hour - 12.3) > 6.2 - 1.3 * Math.cos(2 * Math.PI * (season + 0.03))

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
