// Random calendars, and lives of clocks on them: what the program makes of each, and what a walk over every minute makes of it.

import { extendClock, limitOf, pauseClock, resumeClock, startClock } from '../src/cases/deadline.ts'
import { calendarFrom, workingMs, type Calendar } from '../src/kernel/calendar/index.ts'
import { seeded } from './measure.ts'
import { FIRST_MS, slowCalendar, slowCounted, slowMoments, slowUnitMs, type Pause, type SlowCalendar, type SlowFacts, type SlowUnit } from './slow-clock.ts'

const DAY = 86_400_000
const MINUTE = 60_000
/** Longer than any life below can last: it begins within 500 days, and stands still for six times 200 at most. */
const DAYS = 2000
/** The shortest day of service, in minutes, so that no limit lasts for years. */
const LEAST_A_DAY = 60
const LIVES_A_CALENDAR = 1000
const UNITS: readonly SlowUnit[] = ['urgent_hour', 'work_hour', 'work_day']
const AMOUNTS: Readonly<Record<SlowUnit, readonly number[]>> = {
  urgent_hour: [0.25, 0.5, 1, 2, 4, 12, 24, 48],
  work_hour: [0.25, 0.5, 1, 2, 4, 8, 12, 24],
  work_day: [0.5, 1, 1.5, 2, 3, 5, 7, 10],
}

type Random = () => number
const below = (random: Random, n: number) => Math.floor(random() * n)
const oneOf = <T>(random: Random, list: readonly T[]): T => list[below(random, list.length)]!

function randomHours(random: Random): (readonly [number, number])[] {
  const corners = new Set<number>()
  const spans = 1 + below(random, 3)
  while (corners.size < 2 * spans) corners.add(random() < 0.7 ? 30 * below(random, 49) : below(random, 1441))
  const sorted = [...corners].toSorted((a, b) => a - b)
  const hours = Array.from({ length: spans }, (_, i) => [sorted[2 * i]!, sorted[2 * i + 1]!] as const)
  return hours.reduce((sum, [from, to]) => sum + to - from, 0) < LEAST_A_DAY ? randomHours(random) : hours
}

/** Odd hours of service, holidays of one to nine days, made-up weekends. */
function randomFacts(random: Random): SlowFacts {
  const hours = randomHours(random)
  const days = new Map<string, boolean>()
  const name = (day: number) => new Date(FIRST_MS + 8 * 3_600_000 + day * DAY).toISOString().slice(0, 10)
  for (let i = below(random, 110); i > 0; i--) {
    const first = below(random, DAYS - 10)
    for (let day = first; day <= first + below(random, 9); day++) days.set(name(day), true)
    for (let made = below(random, 3); made > 0; made--) days.set(name(below(random, DAYS)), false)
  }
  return { hours, days: [...days].map(([date, off]) => ({ date, off })) }
}

interface Life {
  readonly unit: SlowUnit
  readonly amount: number
  readonly from: number
  readonly pauses: Pause[]
  /** How many original limits were added. */
  extensions: number
  /** When the clock was last moved by an act. */
  movedAt: number
}

export interface Difference {
  readonly seed: number
  readonly calendar: number
  readonly life: number
  readonly what: string
  readonly ours: string
  readonly slow: string
}

export interface Compared {
  readonly lives: number
  readonly deadlines: number
  readonly extensions: number
  readonly pauses: number
  readonly reworks: number
  readonly differences: Difference[]
}

const text = (at: number | undefined) => (at === undefined ? 'never' : new Date(at).toISOString())

/** Compares `count` lives; one is a limit by the grade of its area, moved by extensions and pauses, and now and then a rework after it. */
export function compareLives(count: number, seed: number): Compared {
  const sums = { lives: 0, deadlines: 0, extensions: 0, pauses: 0, reworks: 0 }
  const differences: Difference[] = []
  for (let calendar = 0; sums.lives < count; calendar++) {
    const random = seeded(seed * 100_003 + calendar)
    const facts = randomFacts(random)
    const ours = calendarFrom(facts)
    const slow = slowCalendar(facts, DAYS)
    for (let life = 0; life < LIVES_A_CALENDAR && sums.lives < count; life++, sums.lives++) {
      const differ = (what: string, a: number | undefined, b: number | undefined) => {
        if (a !== b) differences.push({ seed, calendar, life, what, ours: text(a), slow: text(b) })
      }
      compareOne(random, ours, slow, sums, differ)
    }
  }
  return { ...sums, differences }
}

type Differ = (what: string, ours: number | undefined, slow: number | undefined) => void
type Sums = { deadlines: number; extensions: number; pauses: number; reworks: number }

function compareOne(random: Random, ours: Calendar, slow: SlowCalendar, sums: Sums, differ: Differ): void {
  const unit = oneOf(random, UNITS)
  // A condition allows other limits by the grade of the area.
  const limits = { A: oneOf(random, AMOUNTS[unit]), B: oneOf(random, AMOUNTS[unit]), C: oneOf(random, AMOUNTS[unit]) }
  const amount = limits[oneOf(random, ['A', 'B', 'C'] as const)]
  const from = FIRST_MS + Math.floor(random() * 500 * 1440) * MINUTE + (random() < 0.5 ? below(random, MINUTE) : 0)
  const dueAt = compareClock(random, ours, slow, { unit, amount, from, pauses: [], extensions: 0, movedAt: from }, sums, differ)

  if (random() < 0.2) {
    sums.reworks++
    const clock = { words: { zh: '返工', en: 'Rework' }, by: 'condition', amount: 1, unit: 'work_day', share: 0.5, least: 1 } as const
    // Half of the limit, but one whole unit, and never more than there was.
    const half = amount / 2 >= 1 ? amount / 2 : Math.min(1, amount)
    const limit = limitOf(clock, { amount, unit })
    differ('limit of a rework', limit.amount, half)
    const again = dueAt + below(random, 3 * 1440) * MINUTE
    compareClock(random, ours, slow, { unit, amount: half, from: again, pauses: [], extensions: 0, movedAt: again }, sums, differ)
  }

  const to = from + Math.floor(random() * 6 * DAY)
  differ('time counted', workingMs(ours, unit, new Date(from), new Date(to)), slowCounted(slow, unit, from, to))
}

/** Runs one clock with what befalls it; the answer is when it is due. */
function compareClock(random: Random, ours: Calendar, slow: SlowCalendar, life: Life, sums: Sums, differ: Differ): number {
  const { unit, amount, from } = life
  let clock = { ...startClock('', { amount, unit }, ours, new Date(from)), clockLeftMs: null as number | null }
  const acts = random() < 0.6 ? 0 : 1 + below(random, 3)
  for (let act = 0; act < acts; act++) {
    const at = life.movedAt + Math.floor(random() * (+clock.dueAt - life.movedAt))
    if (at >= +clock.dueAt) break
    if (random() < 0.5) {
      clock = { ...clock, ...(extendClock(clock, amount, ours, new Date(at)) as object) } as typeof clock
      life.extensions++
      life.movedAt = at
      sums.extensions++
    } else {
      const until = at + Math.floor(random() ** 3 * 200 * DAY)
      const stopped = { ...clock, ...(pauseClock(clock, ours, new Date(at)) as object) } as typeof clock
      clock = { ...stopped, ...(resumeClock(stopped, ours, new Date(until)) as object) } as typeof clock
      life.pauses.push([at, until])
      life.movedAt = until
      sums.pauses++
    }
  }
  const whole = amount * (1 + life.extensions) * slowUnitMs(slow, unit)
  const [yellow, due] = slowMoments(slow, unit, from, [(whole * 4) / 5, whole], life.pauses)
  // A lamp that has to be yellow by what is left when an act moves the clock turns at that act.
  differ('yellow', +clock.yellowAt, yellow === undefined ? undefined : acts > 0 ? Math.max(yellow, life.movedAt) : yellow)
  differ('due', +clock.dueAt, due)
  sums.deadlines++
  return +clock.dueAt
}
