// Rain that passes over a city: a Chicago design storm (设计暴雨), whose middle drifts across. Nothing here reads a clock.

import type { Random } from '../random.ts'
import type { Point } from '../shape.ts'

export interface Storm {
  /** What falls on its axis, in millimetres. */
  readonly total: number
  /** For so long it rains at one place. */
  readonly minutes: number
  /** The share of its duration after which it is heaviest. */
  readonly peak: number
  /** Of the formula i = a / (t + b)^n. */
  readonly b: number
  readonly n: number
  /** A place on its axis, which the storm reaches at minute 0, and where it goes; in metres. */
  readonly from: Point
  readonly heading: Point
  readonly metresAMinute: number
  /** So far from its axis it brings half as much. */
  readonly halfWidth: number
}

/** The formula of a northern Chinese city: litres a second and hectare, by the years in which such a storm comes once. */
const designMillimetres = (years: number, minutes: number): number => ((1421.481 * (1 + 0.932 * Math.log10(years))) / (minutes + 7.347) ** 0.617 / 166.67) * minutes

export interface StormWish {
  readonly minutes: number
  /** The storm that comes once in so many years; or so many millimetres of ordinary rain. */
  readonly years?: number
  readonly millimetres?: number
}

/** A storm over places that lie in a plane of metres. */
export function layStorm(places: readonly Point[], { minutes, years = 20, millimetres }: StormWish, random: Random): Storm {
  const [xs, ys] = [places.map(([x]) => x), places.map(([, y]) => y)]
  const middle: Point = [(Math.min(...xs) + Math.max(...xs)) / 2, (Math.min(...ys) + Math.max(...ys)) / 2]
  const reach = Math.max(1_000, ...places.map(([x, y]) => Math.hypot(x - middle[0], y - middle[1])))
  const angle = random.between(0.1, 0.9)
  const heading: Point = [Math.cos(angle), Math.sin(angle)]
  const aside = random.between(-0.4, 0.4) * reach
  return {
    total: millimetres ?? designMillimetres(years, minutes),
    minutes,
    peak: random.between(0.32, 0.45),
    // Ordinary rain is more even.
    b: millimetres === undefined ? 7.347 : 60,
    n: 0.617,
    from: [middle[0] - heading[0] * reach - heading[1] * aside, middle[1] - heading[1] * reach + heading[0] * aside],
    heading,
    // A city of any size is crossed in a quarter of the time that it rains.
    metresAMinute: Math.max(180, (2 * reach) / (minutes / 4)),
    halfWidth: reach * 1.3,
  }
}

/** Depth of the hyetograph within `minutes` around its peak, as if all of it fell on one side. */
const massOf = ({ b, n }: Storm, minutes: number): number => minutes / (minutes + b) ** n

/** Which share of the storm has fallen after so many minutes, from 0 to 1. */
export function fallen(storm: Storm, minute: number): number {
  const { minutes, peak } = storm
  if (minute <= 0) return 0
  if (minute >= minutes) return 1
  const at = peak * minutes
  const whole = massOf(storm, minutes)
  return minute < at ? peak * (1 - massOf(storm, (at - minute) / peak) / whole) : peak + ((1 - peak) * massOf(storm, (minute - at) / (1 - peak))) / whole
}

/** When the storm reaches a place, in minutes from its beginning. */
export const reaches = ({ from, heading, metresAMinute }: Storm, [x, y]: Point): number =>
  ((x - from[0]) * heading[0] + (y - from[1]) * heading[1]) / metresAMinute

/** How much of the storm a place gets, by its distance from the axis. */
export function shareAt({ from, heading, halfWidth }: Storm, [x, y]: Point): number {
  const off = (x - from[0]) * heading[1] - (y - from[1]) * heading[0]
  return 2 ** -((off / halfWidth) ** 2)
}

/** Millimetres at a place, from one minute of the storm to another. */
export function rainAt(storm: Storm, place: Point, from: number, to: number): number {
  const begins = reaches(storm, place)
  return storm.total * shareAt(storm, place) * (fallen(storm, to - begins) - fallen(storm, from - begins))
}

/** From its beginning until it has left the last of these places. */
export const lasts = (storm: Storm, places: readonly Point[]): number => storm.minutes + Math.max(0, ...places.map((place) => reaches(storm, place)))
