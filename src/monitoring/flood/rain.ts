// Rain events (场次降雨) found in what gauges report, and how rare they were. Nothing here reads a clock or a database.

import type { FloodSettings, StormFormula } from './settings.ts'

export const BIN_MS = 5 * 60_000
const HOUR_MS = 3_600_000

/** What fell at a gauge in the five minutes that end at `at`. */
export interface Fallen {
  readonly gauge: string
  readonly at: number
  readonly mm: number
}

/** The five minutes in which a moment lies, by their end. */
export const binOf = (at: number): number => Math.ceil(at / BIN_MS) * BIN_MS

/** Windows whose most is kept, in minutes. */
export const WINDOWS = [5, 60, 1440] as const

export interface StationRain {
  readonly gauge: string
  readonly total: number
  /** The most within each window. */
  readonly most: readonly number[]
}

export interface RainEvent {
  readonly beganAt: number
  /** The end of its last wet five minutes; null: it goes on. */
  readonly endedAt: number | null
  readonly stations: readonly StationRain[]
}

export interface Bin {
  readonly at: number
  readonly sum: number
  readonly most: number
}

/** Bins in which something fell, in order. */
export function binsOf(fallen: readonly Fallen[]): Bin[] {
  const bins = new Map<number, { at: number; sum: number; most: number }>()
  for (const { at, mm } of fallen) {
    const bin = bins.get(at) ?? { at, sum: 0, most: 0 }
    bin.sum += mm
    bin.most = Math.max(bin.most, mm)
    bins.set(at, bin)
  }
  return [...bins.values()].toSorted((a, b) => a.at - b.at)
}

type Judged = Pick<FloodSettings, 'wetMeanMm' | 'wetGaugeMm' | 'dryHours' | 'leastMm'>

interface Asked {
  readonly fallen: readonly Fallen[]
  /** Of how many gauges the mean is taken: those that reported in a bin. */
  readonly reporting: (at: number) => number
  readonly now: number
}

/** The events in this rain up to now, the oldest first. */
export function findEvents({ fallen, reporting, now }: Asked, { wetMeanMm, wetGaugeMm, dryHours, leastMm }: Judged): RainEvent[] {
  const wet = binsOf(fallen).filter(({ at, sum, most }) => most >= wetGaugeMm || sum / Math.max(1, reporting(at)) >= wetMeanMm)
  const spells: { first: number; last: number }[] = []
  for (const { at } of wet) {
    const spell = spells.at(-1)
    if (spell && at - spell.last <= dryHours * HOUR_MS) spell.last = at
    else spells.push({ first: at, last: at })
  }
  return spells.flatMap(({ first, last }) => {
    const stations = stationsOf(fallen.filter(({ at }) => at >= first && at <= last))
    if (!stations.some(({ total }) => total >= leastMm)) return []
    return [{ beganAt: first - BIN_MS, endedAt: now - last > dryHours * HOUR_MS ? last : null, stations }]
  })
}

/** A gauge's rain to a hundredth: sums of floating numbers differ in their last digits. */
const cut = (mm: number): number => Math.round(mm * 100) / 100

function stationsOf(fallen: readonly Fallen[]): StationRain[] {
  const by = Map.groupBy(fallen.filter(({ mm }) => mm > 0), ({ gauge }) => gauge)
  return [...by]
    .map(([gauge, rain]) => {
      const sorted = rain.toSorted((a, b) => a.at - b.at)
      return { gauge, total: cut(sorted.reduce((sum, { mm }) => sum + mm, 0)), most: WINDOWS.map((minutes) => cut(mostWithin(sorted, minutes))) }
    })
    .toSorted((a, b) => b.total - a.total || (a.gauge < b.gauge ? -1 : 1))
}

/** The most that fell within any window of so many minutes. */
export function mostWithin(rain: readonly Pick<Fallen, 'at' | 'mm'>[], minutes: number): number {
  let [most, sum, first] = [0, 0, 0]
  for (const { at, mm } of rain) {
    sum += mm
    while (rain[first]!.at <= at - minutes * 60_000) sum -= rain[first++]!.mm
    most = Math.max(most, sum)
  }
  return most
}

/** Millimetres that fall within so many minutes once in so many years. */
export const depthOf = ({ a, c, b, n }: StormFormula, minutes: number, years: number): number => ((a * (1 + c * Math.log10(years))) / (minutes + b) ** n) * minutes

/** Below this a formula says nothing, and above nobody has measured. */
export const YEARS_LEAST = 0.25
export const YEARS_MOST = 200

/** The years in which so much falls once within so many minutes; null: outside of what the formula is for, or less than it knows. */
export function yearsOf(formula: StormFormula, minutes: number, mm: number): number | null {
  const { a, c, b, n, shortest, longest } = formula
  if (minutes < shortest || minutes > longest) return null
  const years = 10 ** ((((mm / minutes) * (minutes + b) ** n) / a - 1) / c)
  return years < YEARS_LEAST ? null : Math.min(YEARS_MOST, years)
}

export interface Rarity {
  readonly years: number
  readonly minutes: number
  readonly gauge: string
}

/** By which gauge and window an event was rarest. */
export function rarityOf(formula: StormFormula, stations: readonly StationRain[]): Rarity | null {
  const all = stations.flatMap(({ gauge, most }) =>
    WINDOWS.flatMap((minutes, i): Rarity[] => {
      const years = yearsOf(formula, minutes, most[i]!)
      return years === null ? [] : [{ years, minutes, gauge }]
    }),
  )
  return all.reduce<Rarity | null>((rarest, one) => (rarest && rarest.years >= one.years ? rarest : one), null)
}
