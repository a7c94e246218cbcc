// What a rain did at a point, and what was foretold of it. Nothing here reads a clock or a database.

import { BIN_MS } from '../rain.ts'
import { forecast, isWet, LEADS, reaches, simulate, STEP_MINUTES, type Fit, type Foreseen } from '../response.ts'
import type { Expected, Foretold } from './figures.ts'

/** The level of a point by the end of each five minutes: the last reading of them, and the highest. */
export interface Level {
  readonly at: number
  readonly cm: number
  readonly high: number
}

/** The highest, when it was, and for how many minutes each limit was reached. */
export function courseOver(course: readonly Level[], limits: readonly number[]): { peak: number; peakAt: number; above: number[] } | undefined {
  const [first] = course
  if (!first) return undefined
  const top = course.reduce((most, step) => (step.high > most.high ? step : most), first)
  return { peak: top.high, peakAt: top.at, above: limits.map((limit) => course.filter(({ high }) => high >= limit).length * STEP_MINUTES) }
}

export const stateOf = (limits: readonly number[], cm: number): number => limits.filter((limit) => cm >= limit).length

/** Rain that a forecast looks back upon. */
const RAIN_STEPS = 144

interface Past {
  /** The end of the first step. */
  readonly from: number
  readonly rain: readonly number[]
  readonly level: readonly (number | null)[]
  /** The highest of each step, by which a limit is reached. */
  readonly high: readonly (number | null)[]
}

/** Tries the forecast on every step before a limit was reached, or on all where it never was. */
export function foretoldOf({ from, rain, level, high }: Past, fit: Fit, limit: number): Pick<Foretold, 'reachedAt' | 'foretoldAt'> {
  const crossed = high.findIndex((cm) => cm !== null && cm >= limit)
  const [first, last] = crossed < 0 ? [0, level.length] : [Math.max(0, crossed - LEADS), crossed]
  const moment = (step: number) => new Date(from + step * BIN_MS).toISOString()
  let foretoldAt: string | null = null
  for (let now = first; now < last && foretoldAt === null; now++) {
    const cm = level[now]
    if (cm == null) continue
    const lately = rain.slice(Math.max(0, now + 1 - RAIN_STEPS), now + 1)
    if (!isWet(lately, cm, fit.base)) continue
    const [reach] = reaches([limit], cm, forecast(fit, lately, cm))
    if (reach!.minutes !== null) foretoldAt = moment(now)
  }
  return { reachedAt: crossed < 0 ? null : moment(crossed), foretoldAt }
}

/** Of an expected rain the peak comes two fifths into it, as in design storms. */
const PEAK_SHARE = 0.4
/** Water goes on rising for so long behind it. */
const BEHIND_STEPS = 12

/** An expected rain in steps of five minutes: it rises to its peak and falls off evenly. */
export function rainOf({ mm, hours }: Pick<Expected, 'mm' | 'hours'>): number[] {
  const steps = Math.round((hours * 60) / STEP_MINUTES)
  const peak = PEAK_SHARE * steps
  const shape = Array.from({ length: steps }, (_, i) => (i + 0.5 <= peak ? (i + 0.5) / peak : (steps - i - 0.5) / (steps - peak)))
  const sum = shape.reduce((total, each) => total + each, 0)
  return shape.map((each) => (mm * each) / sum)
}

/** What an expected rain would bring to a point at which the water stands so high; minutes are from its beginning. */
export function bringsOf({ response, base }: Fit, expected: Pick<Expected, 'mm' | 'hours'>, level: number, limits: readonly number[], most: number) {
  const rain = [...rainOf(expected), ...Array.from({ length: BEHIND_STEPS }, () => 0)]
  const water = simulate(response, rain, { coming: 0, standing: Math.max(0, level - base) / response.rise })
  const steps = water.map(({ standing }, i): Foreseen => {
    const value = Math.min(most, base + standing * response.rise)
    return { minutes: (i + 1) * STEP_MINUTES, value, low: value, high: value }
  })
  // What stands there now may be the most of it.
  const now: Pick<Foreseen, 'minutes' | 'value'> = { minutes: 0, value: level }
  const peak = steps.reduce((top, step) => (step.value > top.value ? step : top), now)
  return {
    peak: { minutes: peak.minutes, value: peak.value },
    reaches: reaches(limits, level, steps).map(({ limit, minutes }) => ({ limit, minutes, soonest: null, latest: null })),
  }
}
