// Walks through labelled reports as they come in and asks, for each, what the program would have proposed.

import { distanceMetres } from '../../src/kernel/contract.ts'
import { pointIndex } from '../../src/kernel/geometry/index.ts'
import { compare, REACH, scoreOf, scoreOfAll, type Features, type Told, type Weights } from '../../src/cases/incident/likeness.ts'
import { isOfFamily } from '../../src/cases/incident/kindred.ts'
import { findStorms, fitsStorm, RULES, usualFrom, type Arrival, type Storm, type UsualLevel } from '../../src/cases/incident/storm.ts'
import { rarityIn, wordingOf, type Wording } from '../../src/cases/incident/wording.ts'
import { BEGIN, COUNTED_FROM, type Labelled } from './labelled.ts'

const HOUR = 3_600_000

export interface Near {
  readonly report: Labelled
  readonly features: Features
}

export interface Question {
  readonly report: Labelled
  readonly wording: Wording
  /** Earlier reports in reach. */
  readonly near: readonly Near[]
  /** Whether anyone told of the same before, within the day and before it was put right. */
  readonly known: boolean
}

/** Of each counted report what it would be compared with. */
export function questionsOf(reports: readonly Labelled[]): Question[] {
  const rarity = rarityIn(reports.filter(({ reportedAt }) => reportedAt < COUNTED_FROM).map(({ description }) => description))
  const wordings = new Map(reports.map((report) => [report, wordingOf(report.description, report.address, report.category)]))
  const index = pointIndex(reports, ({ position }) => position)
  const told = (report: Labelled): Told => ({ ...report, wording: wordings.get(report)! })
  const byCause = Map.groupBy(reports, ({ cause }) => cause)
  return reports
    .filter(({ reportedAt }) => reportedAt >= COUNTED_FROM)
    .map((report) => {
      const since = new Date(+report.reportedAt - REACH.hours * HOUR)
      const earlier = (other: Labelled) => other.reportedAt < report.reportedAt && other.reportedAt >= since
      const near = index.near(report.position, REACH.metres, 10_000, earlier).map(({ item, metres }) => ({
        report: item,
        features: compare({ ...told(report), doneAt: null }, told(item), metres, rarity).features,
      }))
      const known = byCause.get(report.cause)!.some((other) => earlier(other) && other.doneAt > report.reportedAt)
      return { report, wording: wordings.get(report)!, near, known }
    })
}

export const isRight = (a: Labelled, b: Labelled) => a.cause === b.cause

export interface Decision {
  readonly question: Question
  readonly score: number
  /** The report proposed as the same, whatever its score. */
  readonly best: Labelled | undefined
}

/** What was merged before is taken as one: the report goes to the incident that is most like it as a whole. */
export const decide = (question: Question, weights: Weights, support?: number): Decision => {
  let best: Labelled | undefined
  let score = 0
  for (const some of Map.groupBy(question.near, ({ report }) => report.incident).values()) {
    const its = scoreOfAll(some.map(({ features }) => scoreOf(features, weights)), support)
    if (its > score) [best, score] = [some[0]!.report, its]
  }
  return { question, score, best }
}

export interface Seen extends Storm {
  readonly id: number
  /** When each of its reports came in. */
  readonly times: number[]
}

export interface Watch {
  /** The storm that each report was offered as it came in. */
  readonly offered: ReadonlyMap<Labelled, number>
  readonly found: readonly Seen[]
  /** By number: the storm that it belongs to in the end. */
  readonly members: ReadonlyMap<string, number>
}

type Arriving = Arrival & { readonly label: Labelled }

/** The storms as the watch would have seen them, looking once a minute. */
export async function stormsOffered(reports: readonly Labelled[]): Promise<Watch> {
  const arrivals = reports.map((label): Arriving => ({
    ...label, at: label.position, wording: wordingOf(label.description, label.address, label.category), label,
  }))
  const [offered, members] = [new Map<Labelled, number>(), new Map<string, number>()]
  const [found, standing]: [Seen[], Seen[]] = [[], []]
  let [from, looked] = [0, 0]
  for (const [i, arrival] of arrivals.entries()) {
    while (+arrivals[from]!.reportedAt < +arrival.reportedAt - RULES.hours * HOUR) from++
    if (arrival.reportedAt < COUNTED_FROM) continue
    const at = standing.findIndex((each) => fitsStorm({ ...each, recent: each.times.filter((at) => at >= +arrival.reportedAt - RULES.hours * HOUR).length }, arrival))
    if (at >= 0) {
      const storm = standing[at]!
      offered.set(arrival.label, storm.id)
      members.set(arrival.number, storm.id)
      storm.times.push(+arrival.reportedAt)
      standing[at] = { ...storm, lastAt: arrival.reportedAt, metres: Math.max(storm.metres, distanceMetres(storm.centre, arrival.at)) }
      continue
    }
    if (+arrival.reportedAt - looked < LOOK_MS) continue
    looked = +arrival.reportedAt
    const free = arrivals.slice(from, i + 1).filter(({ number }) => !members.has(number))
    for (const storm of await findStorms(free, usualBefore(arrivals, arrival.reportedAt))) {
      const seen: Seen = { ...storm, id: found.length, times: storm.members.map(({ reportedAt }) => +reportedAt) }
      found.push(seen)
      standing.push(seen)
      for (const member of storm.members as Arriving[]) {
        members.set(member.number, seen.id)
        if (member === arrival) offered.set(arrival.label, seen.id)
      }
    }
  }
  return { offered, found, members }
}

const LOOK_MS = 60_000
const DAYS = (+COUNTED_FROM - +BEGIN) / (24 * HOUR)

/** As `watch-storms.ts` reckons it, from the fourteen days before. */
const usualBefore =
  (arrivals: readonly Arrival[], now: Date): UsualLevel =>
  (family, box, hours) => {
    const to = +now - RULES.hours * HOUR
    const inBox = ([lng, lat]: Arrival['at']) => !box || (lng >= box[0] && lng <= box[2] && lat >= box[1] && lat <= box[3])
    const n = arrivals.filter(({ category, at, reportedAt }) => +reportedAt >= to - DAYS * 24 * HOUR && +reportedAt < to && isOfFamily(category, family) && inBox(at)).length
    return usualFrom(n, DAYS, hours)
  }
