// Storms (同源事件): one cause, many reports: a burst pipe, a blackout, trees in a typhoon. Found where reports of kindred classes crowd
// in space and time far above the usual level, and say the same. Pure.

import { distanceMetres, type Position } from '../../kernel/contract.ts'
import { boxAround, pointIndex, type Box } from '../../kernel/geometry/index.ts'
import { classCode, familiesOf, isOfFamily } from './kindred.ts'
import type { Wording } from './wording.ts'

/** A report as it comes in. */
export interface Arrival {
  readonly number: string
  readonly category: string
  readonly at: Position
  readonly reportedAt: Date
  readonly wording: Wording
  /** The collector who reported it; null for everyone else. One who goes along a street reports each thing once. */
  readonly collector: string | null
}

export interface StormRules {
  /** How far back reports are looked at. */
  readonly hours: number
  /** Reports this near to each other are linked. */
  readonly linkMetres: number
  /** Fewer are no storm. */
  readonly fewest: number
  /** So few over a whole district are none. */
  readonly fewestWide: number
  /** How improbable so many must be at the usual level. */
  readonly chance: number
  /** The share of a crowd that must say the same. */
  readonly saying: number
}

export const RULES: StormRules = { hours: 2, linkMetres: 400, fewest: 6, fewestWide: 20, chance: 1e-6, saying: 0.6 }

export interface Storm {
  /** The family of classes, or the class itself where it has none. */
  readonly family: string
  /** What most of them say, the commonest first; none where they say nothing that is known. */
  readonly aspects: readonly string[]
  readonly members: readonly Arrival[]
  readonly centre: Position
  /** From the centre to the farthest member; with `wide` it is the whole district. */
  readonly metres: number
  readonly wide: boolean
  readonly since: Date
  readonly lastAt: Date
  /** How many would be usual there in this time, and how probable so many are then. */
  readonly usual: number
  readonly chance: number
}

/** How many reports of a family are usual in `hours` within a box; without one, in the whole district. */
export type UsualLevel = (family: string, box: Box | undefined, hours: number) => number | Promise<number>

/** The busiest hour has some three times the reports of the mean one; a third of a report is usual anywhere. */
const BUSIEST = 3
const LEAST_USUAL = 0.3

/** The usual level, from the number of reports of the days before: as many as come in `hours` of their busiest. */
export const usualFrom = (reports: number, days: number, hours: number): number => (reports / (days * 24)) * hours * BUSIEST + LEAST_USUAL

/** The storms in the reports of one district of the last hours, the largest first; no report belongs to two of them. */
export async function findStorms(arrivals: readonly Arrival[], usual: UsualLevel, rules: StormRules = RULES): Promise<Storm[]> {
  const found: Storm[] = []
  for (const [family, of] of byFamily(arrivals, rules.fewest)) {
    for (const crowd of crowdsOf(of, rules.linkMetres)) found.push(...(await stormOf(family, crowd, usual, rules, false)))
    found.push(...(await stormOf(family, of, usual, rules, true)))
  }
  return withoutOverlap(found, rules.fewest)
}

function byFamily(arrivals: readonly Arrival[], fewest: number): Map<string, Arrival[]> {
  const families = new Map<string, Arrival[]>()
  for (const arrival of arrivals) {
    const own = familiesOf(arrival.category).map(({ code }) => code)
    for (const code of own.length > 0 ? own : [classCode(arrival.category)]) families.set(code, [...(families.get(code) ?? []), arrival])
  }
  return new Map([...families].filter(([, of]) => of.length >= fewest))
}

/** Groups in which each report is within `metres` of another of the group. */
function crowdsOf(arrivals: readonly Arrival[], metres: number): Arrival[][] {
  const index = pointIndex(arrivals, ({ at }) => at)
  const seen = new Set<Arrival>()
  const crowds: Arrival[][] = []
  for (const first of arrivals) {
    if (seen.has(first)) continue
    seen.add(first)
    const crowd = [first]
    for (const member of crowd) {
      for (const next of index.within(boxAround(member.at, metres))) {
        if (seen.has(next) || distanceMetres(member.at, next.at) > metres) continue
        seen.add(next)
        crowd.push(next)
      }
    }
    crowds.push(crowd)
  }
  return crowds
}

async function stormOf(family: string, crowd: readonly Arrival[], usual: UsualLevel, rules: StormRules, wide: boolean): Promise<Storm[]> {
  const fewest = wide ? rules.fewestWide : rules.fewest
  if (crowd.length < fewest) return []
  const aspects = leadingAspects(crowd, rules.saying)
  if (!aspects) return []
  const members = aspects.length === 0 ? ofOneClass(crowd, rules.saying) : crowd.filter(({ wording }) => wording.aspects.size === 0 || saysOne(wording, aspects))
  const hands = new Set(members.map(({ number, collector }) => collector ?? number)).size
  if (hands < fewest) return []

  const centre = middleOf(members)
  const metres = Math.max(...members.map(({ at }) => distanceMetres(centre, at)))
  const expected = await usual(family, wide ? undefined : boxAround(centre, metres + rules.linkMetres / 2), rules.hours)
  const chance = poissonTail(hands, expected)
  if (chance > (wide ? rules.chance ** 1.5 : rules.chance)) return []
  const times = members.map(({ reportedAt }) => +reportedAt)
  return [
    {
      family, aspects, members, centre, metres, wide, usual: expected, chance,
      since: new Date(Math.min(...times)), lastAt: new Date(Math.max(...times)),
    },
  ]
}

const ASPECTS_AT_MOST = 3
/** An aspect that fewer of them say is no side of the storm. */
const LEAST_SHARE = 0.15
/** Where fewer say anything that is known, the class decides. */
const TELLING = 0.3

/** The few sides of the problem that together most of those name who name any: 树倒了, 树枝断了. None where hardly anyone names one; undefined where they do not agree. */
function leadingAspects(crowd: readonly Arrival[], share: number): string[] | undefined {
  const telling = crowd.filter(({ wording }) => wording.aspects.size > 0)
  if (telling.length < crowd.length * TELLING) return []
  const leading: string[] = []
  let rest = telling
  while (leading.length < ASPECTS_AT_MOST) {
    const times = new Map<string, number>()
    for (const { wording } of rest) for (const aspect of wording.aspects) times.set(aspect, (times.get(aspect) ?? 0) + 1)
    const [first] = [...times].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]))
    if (!first || first[1] < Math.max(2, telling.length * LEAST_SHARE)) break
    leading.push(first[0])
    rest = rest.filter(({ wording }) => !wording.aspects.has(first[0]))
  }
  return telling.length - rest.length >= telling.length * share ? leading : undefined
}

const saysOne = (wording: Wording, aspects: readonly string[]): boolean => aspects.some((aspect) => wording.aspects.has(aspect))

/** Those of the commonest class, where it is common enough. */
function ofOneClass(crowd: readonly Arrival[], share: number): Arrival[] {
  const classes = Map.groupBy(crowd, ({ category }) => classCode(category))
  const [largest = []] = [...classes.values()].sort((a, b) => b.length - a.length)
  return largest.length >= crowd.length * share ? largest : []
}

function middleOf(members: readonly Arrival[]): Position {
  // The middle one of each coordinate: a stray report far away does not draw it.
  const middle = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!
  return [middle(members.map(({ at }) => at[0])), middle(members.map(({ at }) => at[1]))]
}

function withoutOverlap(storms: readonly Storm[], fewest: number): Storm[] {
  const taken = new Set<string>()
  const kept: Storm[] = []
  // Of two as large, the one in a place says more than the one all over the district.
  for (const storm of storms.toSorted((a, b) => b.members.length - a.members.length || Number(a.wide) - Number(b.wide))) {
    const members = storm.members.filter(({ number }) => !taken.has(number))
    if (members.length < fewest) continue
    for (const { number } of members) taken.add(number)
    kept.push({ ...storm, members })
  }
  return kept
}

/** The probability of `n` or more where `expected` are usual (Poisson). */
export function poissonTail(n: number, expected: number): number {
  if (n <= 0) return 1
  if (expected <= 0) return 0
  // From n upwards: each term from the one before it, until nothing more is added.
  let logTerm = -expected + n * Math.log(expected)
  for (let k = 2; k <= n; k++) logTerm -= Math.log(k)
  let sum = 0
  for (let k = n, term = Math.exp(logTerm); k < n + 1000; k++, term *= expected / k) {
    sum += term
    if (term < sum * 1e-12 && k > expected) break
  }
  return Math.min(1, sum)
}

/** What is known of a storm that stands. */
export interface Standing {
  readonly family: string
  readonly aspects: readonly string[]
  readonly centre: Position
  readonly metres: number
  readonly wide: boolean
  readonly since: Date
  readonly lastAt: Date
  /** Its reports of the last hours: with few a storm has blown over, and what still comes is usual. */
  readonly recent: number
}

/** Whether a report belongs to a storm that stands: of the family, in the area or just beside it, in its time, and saying nothing else. */
export function fitsStorm(storm: Standing, report: Omit<Arrival, 'number'>, rules: StormRules = RULES): boolean {
  if (!isOfFamily(report.category, storm.family) || storm.recent < (storm.wide ? rules.fewestWide : rules.fewest) / 2) return false
  if (+report.reportedAt > +storm.lastAt + rules.hours * 3_600_000 || +report.reportedAt < +storm.since - rules.hours * 3_600_000) return false
  if (!storm.wide && distanceMetres(storm.centre, report.at) > storm.metres + rules.linkMetres / 2) return false
  if (storm.aspects.length > 0 && report.wording.aspects.size > 0) return saysOne(report.wording, storm.aspects)
  // All over a district only what is said tells one trouble from another.
  return !storm.wide
}
