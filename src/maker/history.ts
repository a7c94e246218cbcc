// Past cases of a made city, a day at a time: as many as wished, by the rhythm of weekdays, hours and rain.

import { addDays, startOfDay, wallDay, weekdayOf, dayOfText, type Calendar } from '../kernel/index.ts'
import type { HistoryRow } from '../cases/index.ts'
import type { SourceCode } from '../registry/index.ts'
import { conditionsOf2026, ordinaryCalendar, type ConditionLimit } from './catalogue.ts'
import type { City } from './city.ts'
import { live, lifeUntil, type Life } from './life.ts'
import { HOURS, PROBLEMS, REST, SOURCE_SHARES, type Problem } from './problem-mix.ts'
import { lot, randomFrom, type Lot, type Random } from './random.ts'
import { unitFor } from './responsibility.ts'
import { layOutSites, type Site, type Sites } from './sites.ts'
import type { Unit } from './units.ts'
import { isStormDay, isWetDay } from './weather.ts'

export interface HistoryPlan {
  /** About so many, over so many days up to `city.plan.now`. */
  readonly cases: number
  readonly days: number
  /** Photos by the name of their picture: before and after. Stored files; none where they are left out. */
  readonly photos?: ReadonlyMap<string, { readonly before: string; readonly after: string }>
}

/** What the making of a case draws on; made once for a city. */
export interface Workshop {
  readonly city: City
  readonly sites: Sites
  readonly calendar: Calendar
  readonly conditions: ReadonlyMap<string, readonly ConditionLimit[]>
  readonly photos: NonNullable<HistoryPlan['photos']>
}

export const openWorkshop = (city: City, photos: Workshop['photos'] = new Map()): Workshop => ({
  city,
  sites: layOutSites(city),
  calendar: ordinaryCalendar(),
  conditions: conditionsOf2026(),
  photos,
})

interface Day {
  readonly date: string
  readonly rest: boolean
  readonly wet: boolean
  readonly weight: number
}

function daysOf({ city, calendar }: Workshop, days: number): Day[] {
  const today = wallDay(city.plan.now)
  return Array.from({ length: days }, (_, i) => {
    const date = addDays(today, i + 1 - days)
    const random = randomFrom(city.plan.seed, `day ${date}`)
    const wet = isWetDay(city.plan.seed, date) || isStormDay(date)
    const monday = weekdayOf(dayOfText(date)) === 1 ? 1.08 : 1
    return { date, rest: !calendar.isWorkday(date), wet, weight: (1 + random.normal() * 0.07) * (wet ? 1.15 : 1) * monday }
  })
}

/** Past cases in the order of their reports, as rows of `history.csv`. The generator holds one day at a time. */
export function* pastCases(workshop: Workshop, { cases, days }: HistoryPlan): Generator<HistoryRow & WithPhotos> {
  const { city } = workshop
  const all = daysOf(workshop, days)
  const expected = all.reduce(
    (sum, { weight, rest }) => sum + SOURCE_SHARES.reduce((part, [source, share]) => part + weight * share * (rest ? REST[source] : 1), 0),
    0,
  )
  for (const day of all) {
    const random = randomFrom(city.plan.seed, `cases ${day.date} ${cases}`)
    const midnight = +startOfDay(day.date)
    const reports = SOURCE_SHARES.flatMap(([source, share]) => {
      const count = random.poisson(((cases / expected) * day.weight * share * (day.rest ? REST[source] : 1)))
      const hours = lot(HOURS[source].map((weight, hour) => [hour, weight] as const))
      return Array.from({ length: count }, () => ({ source, at: midnight + (random.draw(hours) + random.next()) * 3_600_000 }))
    })
    reports.sort((a, b) => a.at - b.at)
    let serial = 0
    for (const { source, at } of reports) {
      if (at > +city.plan.now) return
      const row = makeCase(workshop, source, at, day.wet, random)
      if (row) yield { key: `${day.date.replaceAll('-', '')}-${String(++serial).padStart(6, '0')}`, ...row }
    }
  }
}

const mixes = new Map<string, Lot<Problem>>()

function mixOf(source: SourceCode, wet: boolean): Lot<Problem> {
  const key = `${source} ${wet}`
  const known = mixes.get(key)
  if (known) return known
  const weightOf = ({ weight, by, wet: washed }: Problem): number => weight * (by?.[source] ?? 1) * (wet && washed ? 2.5 : 1)
  const mix = lot(PROBLEMS.map((problem) => [problem, weightOf(problem)] as const))
  mixes.set(key, mix)
  return mix
}

export interface Draft {
  readonly problem: Problem
  readonly site: Site
  readonly source: SourceCode
  readonly condition: ConditionLimit
}

export function draftCase({ sites, conditions }: Workshop, source: SourceCode, wet: boolean, random: Random): Draft | undefined {
  for (let tries = 0; tries < 5; tries++) {
    const problem = random.draw(mixOf(source, wet))
    const site = sites.pick(problem.code, random)
    const choice = conditions.get(`2026.m.${problem.code}`)
    if (!site || !choice) continue
    // The first condition is the plainest and the most frequent.
    const condition = random.chance(0.6) ? choice[0]! : random.pick(choice)
    return { problem, site, source, condition }
  }
  return undefined
}

function makeCase(workshop: Workshop, source: SourceCode, at: number, wet: boolean, random: Random): (HistoryRow & WithPhotos) | undefined {
  const draft = draftCase(workshop, source, wet, random)
  if (!draft) return undefined
  const limit = draft.condition.limits[draft.site.cell.grade]
  const life = live(Math.floor(at), { source, easy: draft.problem.easy === true, limit }, workshop.calendar, random)
  return rowOf(workshop, draft, lifeUntil(life, +workshop.city.plan.now), random)
}

const words = (choice: readonly string[], site: Site, random: Random): string =>
  random.pick(choice).replace('{p}', site.place).replace('{n}', String(random.whole(2, 9)))

const iso = (at: number | undefined): string => (at === undefined ? '' : new Date(at).toISOString())
const was = (moment: number | undefined, value: string): string => (moment === undefined ? '' : value)

/** Photos of a row, for an importer that takes them. */
export interface WithPhotos {
  readonly photos: string
  readonly disposed_photos: string
}

/** A life written down as a row. */
function rowOf(workshop: Workshop, { problem, site, source, condition }: Draft, life: Life, random: Random): HistoryRow & WithPhotos {
  const { units, ground } = workshop.city
  const [lng, lat] = ground.toDegrees(site.at)
  const category = `2026.m.${problem.code}`
  const street = site.cell.code.slice(0, 9)
  const unit = unitFor(units, category, street)
  const first = unit === units.streetOf(street) ? units.officeOf('enforcement', street.slice(0, 6)) : units.streetOf(street)
  const picture = problem.picture === undefined ? undefined : workshop.photos.get(problem.picture)
  return {
    source,
    category,
    district: site.cell.code.slice(0, 6),
    longitude: String(lng),
    latitude: String(lat),
    address: site.address,
    description: words(problem.say, site, random),
    component: site.component,
    condition: was(life.established, condition.id),
    unit: was(life.dispatched, unit.code),
    first_unit: was(life.returned, first.code),
    ...momentsOf(life),
    ...peopleOf(workshop, site, source, life, unit, random),
    note: was(life.disposed, words(problem.done, site, random)),
    rating: life.closed !== undefined && source === 'public' && random.chance(0.35) ? random.weighted(RATINGS) : '',
    photos: picture?.before ?? '',
    disposed_photos: was(life.disposed ?? life.selfDisposed, picture?.after ?? ''),
  }
}

const RATINGS = [
  ['5', 50],
  ['4', 27],
  ['3', 12],
  ['2', 6],
  ['1', 5],
] as const

const momentsOf = (life: Life) => ({
  reported_at: iso(life.reported),
  accepted_at: iso(life.accepted),
  verified_at: iso(life.verified),
  established_at: iso(life.established),
  returned_at: iso(life.returned),
  dispatched_at: iso(life.dispatched),
  first_disposed_at: iso(life.firstDisposed),
  reworked_at: iso(life.reworked),
  disposed_at: iso(life.disposed),
  checked_at: iso(life.checked),
  closed_at: iso(life.closed),
  declined_at: iso(life.declined),
  voided_at: iso(life.voided),
  self_disposed_at: iso(life.selfDisposed),
  reason: life.reason ?? '',
})

function peopleOf({ city: { people } }: Workshop, site: Site, source: SourceCode, life: Life, unit: Unit, random: Random) {
  const collectors = people.collectorsOf(site.cell.beat)
  const collector = collectors.length > 0 ? random.pick(collectors) : ''
  return {
    reporter: source === 'collector' ? collector : '',
    operator: was(life.accepted ?? life.declined, random.pick(people.operators)),
    dispatcher: was(life.dispatched, random.pick(people.dispatchers)),
    handler: was(life.disposed ?? life.firstDisposed ?? life.returned, people.handlerOf(unit)),
    collector: was(life.verified ?? life.checked ?? life.reworked, collector),
  }
}
