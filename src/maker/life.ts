// The life of a past case: when each step was taken, as a city on an ordinary day takes them. Moments are milliseconds.

import { deadline, type Calendar, type Clock } from '../kernel/index.ts'
import type { SourceCode } from '../registry/index.ts'
import type { Random } from './random.ts'

export interface Life {
  reported: number
  accepted?: number
  verified?: number
  established?: number
  returned?: number
  dispatched?: number
  firstDisposed?: number
  reworked?: number
  disposed?: number
  checked?: number
  closed?: number
  declined?: number
  voided?: number
  selfDisposed?: number
  /** Why it was declined, voided or returned. */
  reason?: string
}

export interface Limit {
  readonly amount: number
  readonly unit: Clock
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const CHINA = 8 * HOUR

/** The same moment if it lies between two hours of a day, else some minutes after the next opening. */
function between(at: number, opens: number, closes: number, random: Random): number {
  const day = Math.floor((at + CHINA) / DAY) * DAY - CHINA
  const open = day + opens * HOUR
  if (at < open) return open + random.between(1, 25) * MINUTE
  return at < day + closes * HOUR ? at : open + DAY + random.between(1, 25) * MINUTE
}

/** Operators, shift leads and dispatchers sit in shifts, weekends too; collectors walk by daylight. */
const atDesk = (at: number, random: Random): number => between(at, 7.5, 21, random)
const onBeat = (at: number, random: Random): number => between(at, 7.5, 19, random)

const FROM_CITIZENS: ReadonlySet<string> = new Set(['public', 'hotline', 'media'])

/** How many of the disposals keep their limit. */
const IN_TIME = 0.925

export interface Circumstances {
  readonly source: SourceCode
  readonly easy: boolean
  readonly limit: Limit
}

export function live(reported: number, { source, easy, limit }: Circumstances, calendar: Calendar, random: Random): Life {
  const life: Life = { reported }
  const minutes = (usual: number, spread = 0.6): number => usual * random.lognormal(spread) * MINUTE
  if (source === 'collector' && easy && random.chance(0.085)) {
    life.selfDisposed = reported + minutes(8)
    return life
  }
  const citizens = FROM_CITIZENS.has(source)
  const seen = atDesk(reported + minutes(5), random)
  if (random.chance(citizens ? 0.09 : source === 'collector' ? 0.014 : 0.035)) return decline(life, seen, citizens, random)
  life.accepted = seen
  if (citizens && random.chance(0.6)) {
    // 核实: a collector goes and looks before the case is filed.
    life.verified = onBeat(seen + minutes(70), random)
  }
  life.established = atDesk((life.verified ?? seen) + minutes(7), random)
  if (random.chance(0.004)) {
    life.voided = atDesk(life.established + minutes(90), random)
    life.reason = random.weighted([['mistaken', 5], ['duplicate', 6], ['other', 1]] as const)
    return life
  }
  let dispatched = atDesk(life.established + minutes(6), random)
  if (random.chance(0.022)) {
    life.returned = atDesk(dispatched + minutes(55), random)
    life.reason = random.weighted([['not-ours', 6], ['wrong-place', 3], ['private-property', 3], ['not-found', 1]] as const)
    dispatched = atDesk(life.returned + minutes(14), random)
  }
  life.dispatched = dispatched
  dispose(life, limit, calendar, random)
  life.checked = onBeat(life.disposed! + minutes(42), random)
  life.closed = atDesk(life.checked + minutes(8), random)
  return life
}

function decline(life: Life, seen: number, citizens: boolean, random: Random): Life {
  const looked = citizens && random.chance(0.5)
  life.declined = looked ? onBeat(seen + 80 * random.lognormal(0.5) * MINUTE, random) : seen + random.between(1, 12) * MINUTE
  life.reason = looked
    ? random.weighted([['not-found', 6], ['solved', 3], ['below-condition', 2]] as const)
    : random.weighted([['duplicate', 7], ['out-of-scope', 4], ['below-condition', 3], ['unclear', 2], ['other', 1]] as const)
  return life
}

/** Which share of its limit a unit takes: most are done in half of it, some at the last moment, a few too late. */
const shareTaken = (random: Random): number =>
  random.chance(IN_TIME) ? Math.min(0.985, 0.06 + 0.4 * random.lognormal(0.55)) : 1.02 + 0.45 * random.lognormal(0.9)

function dispose(life: Life, { amount, unit }: Limit, calendar: Calendar, random: Random): void {
  const from = new Date(life.dispatched!)
  if (!random.chance(0.016)) {
    life.disposed = +deadline(calendar, from, amount * shareTaken(random), unit)
    return
  }
  // 返工: the first answer did not hold; half the limit is given again.
  life.firstDisposed = +deadline(calendar, from, amount * Math.min(0.6, shareTaken(random)), unit)
  life.reworked = onBeat(life.firstDisposed + random.between(20, 110) * MINUTE, random)
  life.disposed = +deadline(calendar, new Date(life.reworked), (amount / 2) * shareTaken(random), unit)
}

/** A life as it stands at `now`: what has not yet happened is not yet known. */
export function lifeUntil(life: Life, now: number): Life {
  const known: Life = { reported: life.reported }
  for (const [step, at] of Object.entries(life) as [keyof Life, number | string][]) {
    if (typeof at === 'number' && at <= now) Object.assign(known, { [step]: Math.floor(at) })
  }
  const reasoned = known.declined ?? known.voided ?? known.returned
  if (reasoned !== undefined && life.reason) known.reason = life.reason
  return known
}
