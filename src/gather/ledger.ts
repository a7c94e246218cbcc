// Where a case is counted, and how much: the one place that knows it. Pure.
// A ledger sums what some facts add and what their former versions take away; the difference goes to the tables.

import { dayText, dayNumber } from '../kernel/calendar/index.ts'
import { majorOf } from '../registry/contract.ts'
import { COUNTERS, type Counter } from './contract.ts'
import { isLate, isReworked, type CaseFact } from './fact.ts'
import { spanOf } from './span.ts'

export const TALLIES = [
  'reported', 'accepted', 'declined', 'voided', 'selfDisposed', 'merged', 'answered', 'established', 'dispatched', 'due', 'inTime', 'overdue',
  'dueClosed', 'dueClosedInTime', 'dueReworked', 'excused', 'disposed', 'disposalSeconds', 'closed', 'closedInTime', 'returned', 'reworked',
  'nowPending', 'nowDeclined', 'nowVoided', 'nowSelfDisposed', 'nowMerged', 'nowAnswered', 'nowEstablished', 'nowClosed', 'nowOpen', 'nowInTime', 'nowOverdue',
] as const
export type Tally = (typeof TALLIES)[number]

export const GRAINS = ['day', 'month', 'year'] as const
export type Grain = (typeof GRAINS)[number]

/** The steps by which almost every case goes, and what the platform notes down by itself: the tallies have them already. */
const USUAL = new Set([
  'report', 'accept', 'verify', 'verified', 'refuted', 'establish', 'dispatch', 'dispose', 'check', 'pass', 'close', 'rate', 'recalculated', 'alarm-told', 'joined', 'parted', 'root-ended',
])
export const isUsual = (step: string): boolean => USUAL.has(step)

export const TALLY_KEYS = ['district', 'axis', 'grain', 'start', 'major', 'region', 'member'] as const
export const CUBE_KEYS = ['district', 'day', 'street', 'community', 'category', 'source', 'unit', 'outcome', 'reason'] as const
/** What happened beside the usual way, by the day, the unit and the step. */
export const ACT_KEYS = ['district', 'day', 'unit', 'step'] as const
export const STANDING_KEYS = ['district', 'major', 'unit', 'region', 'state', 'lamp'] as const

const AT = Object.fromEntries(TALLIES.map((name, i) => [name, i])) as Record<Tally, number>
const CUBE_AT = Object.fromEntries(COUNTERS.map((name, i) => [name, i])) as Record<Counter, number>
const BREAK = '\u0001'

/** Sums by the text of a key; a sum that has come to nothing is left out. */
export class Sums {
  readonly #sums = new Map<string, number[]>()
  readonly #width: number

  constructor(width: number) {
    this.#width = width
  }

  of(key: string): number[] {
    const known = this.#sums.get(key)
    if (known) return known
    const made = Array.from({ length: this.#width }, () => 0)
    this.#sums.set(key, made)
    return made
  }

  *entries(): Generator<[string[], number[]]> {
    for (const [key, sums] of this.#sums) if (sums.some((sum) => sum !== 0)) yield [key.split(BREAK), sums]
  }
}

export interface Sheets {
  readonly tally: Sums
  readonly cube: Sums
  readonly standing: Sums
  readonly acts: Sums
}

export class Ledger {
  readonly #zone: string
  /** Tallies before they are spread over grains, regions and axes: most of what a step takes away it adds again. */
  readonly #movements = new Sums(TALLIES.length)
  readonly #cube = new Sums(COUNTERS.length)
  readonly #standing = new Sums(1)
  readonly #acts = new Sums(1)

  /** `zone`: where a day begins. */
  constructor(zone: string) {
    this.#zone = zone
  }

  /** The case is now as `after` and no longer as `before`. */
  change(before: CaseFact | undefined, after: CaseFact): void {
    if (before) this.#add(before, -1)
    this.#add(after, 1)
  }

  /** A step was taken: once counted it stays, for history is not edited. */
  act({ district, unit }: Pick<CaseFact, 'district' | 'unit'>, step: string, at: Date): void {
    if (isUsual(step)) return
    this.#acts.of([district, this.#day(at), unit, step].join(BREAK))[0]! += 1
  }

  sheets(): Sheets {
    const tally = new Sums(TALLIES.length)
    for (const [key, sums] of this.#movements.entries()) spread(tally, key, sums)
    return { tally, cube: this.#cube, standing: this.#standing, acts: this.#acts }
  }

  #add(fact: CaseFact, sign: 1 | -1): void {
    const standing = standingOf(fact)
    this.#addReport(fact, standing, sign)
    const at = (moment: Date | string, unit: string, extra: string, ...counts: [Tally, number][]) => {
      const sums = this.#movements.of(movementKey(fact, this.#day(moment), unit, extra))
      for (const [name, count] of counts) sums[AT[name]]! += sign * count
    }
    const { unit, reason } = fact
    if (fact.acceptedAt) at(fact.acceptedAt, unit, '', ['accepted', 1])
    if (fact.establishedAt) at(fact.establishedAt, unit, '', ['established', 1])
    if (fact.dispatchedAt) at(fact.dispatchedAt, unit, '', ['dispatched', 1])
    if (standing.disposed) {
      const seconds = Math.round((+fact.disposedAt! - +fact.dispatchedAt!) / 1000)
      at(fact.disposedAt!, unit, `span:${spanOf(seconds)}`, ['disposed', 1], ['disposalSeconds', seconds])
    }
    if (standing.dueAt) {
      const late = standing.late ? 'overdue' : 'inTime'
      at(standing.dueAt, unit, '', ['due', 1], [late, 1], ['dueReworked', isReworked(fact) ? 1 : 0], ['excused', fact.lateAt !== null && !standing.late ? 1 : 0])
      if (standing.closed) at(standing.dueAt, unit, '', ['dueClosed', 1], ['dueClosedInTime', standing.late ? 0 : 1])
    }
    if (standing.closed) at(fact.endedAt!, unit, '', ['closed', 1], ['closedInTime', standing.late ? 0 : 1])
    if (standing.declined) at(fact.endedAt!, unit, `reason:${reason}`, ['declined', 1])
    if (standing.voided) at(fact.endedAt!, unit, '', ['voided', 1])
    if (standing.selfDisposed) at(fact.endedAt!, unit, '', ['selfDisposed', 1])
    if (standing.merged && fact.endedAt) at(fact.endedAt, unit, '', ['merged', 1])
    if (standing.answered && fact.endedAt) at(fact.endedAt, unit, '', ['answered', 1])
    for (const act of fact.returns) at(act.at, act.unit, '', ['returned', 1])
    for (const act of fact.reworks) at(act.at, act.unit, '', ['reworked', 1])
  }

  /** What stands at the day of the report: the cohort in the tallies, the cell of the cube, and the present moment. */
  #addReport(fact: CaseFact, standing: Standing, sign: 1 | -1): void {
    const day = this.#day(fact.reportedAt)
    const reason = standing.declined || standing.voided ? fact.reason : ''
    const sums = this.#movements.of(movementKey(fact, day, fact.unit, standing.declined ? `reason:${reason}` : ''))
    const add = (name: Tally, yes: boolean) => void (sums[AT[name]]! += yes ? sign : 0)
    add('reported', true)
    add('nowPending', standing.pending)
    add('nowDeclined', standing.declined)
    add('nowVoided', standing.voided)
    add('nowSelfDisposed', standing.selfDisposed)
    add('nowMerged', standing.merged)
    add('nowAnswered', standing.answered)
    add('nowEstablished', standing.established)
    add('nowClosed', standing.closed)
    add('nowOpen', standing.established && !standing.closed)
    add('nowInTime', standing.established && !standing.late)
    add('nowOverdue', standing.established && standing.late)

    const { district, street, community, category, source, unit, outcome } = fact
    const cell = this.#cube.of([district, day, street, community, category, source, unit, outcome, reason].join(BREAK))
    const count = (name: Counter, n: number | boolean) => void (cell[CUBE_AT[name]]! += sign * Number(n))
    count('reported', 1)
    count('accepted', fact.acceptedAt !== null)
    count('declined', standing.declined)
    count('voided', standing.voided)
    count('selfDisposed', standing.selfDisposed)
    count('merged', standing.merged)
    count('answered', standing.answered)
    count('established', standing.established)
    count('dispatched', fact.dispatchedAt !== null)
    count('due', standing.dueAt !== null)
    count('inTime', standing.dueAt !== null && !standing.late)
    count('overdue', standing.dueAt !== null && standing.late)
    count('disposed', standing.disposed)
    count('closed', standing.closed)
    count('closedInTime', standing.closed && !standing.late)
    count('returned', fact.returns.length)
    count('reworked', fact.reworks.length)

    if (fact.endedAt) return
    for (const region of regionsOf(district, street)) {
      for (const held of ['', ...unitLevels(unit)]) {
        for (const part of partsOf(category)) {
          this.#standing.of([district, part, held, region, fact.state, fact.lamp].join(BREAK))[0]! += sign
        }
      }
    }
  }

  #day(moment: Date | string): string {
    return dayText(dayNumber(typeof moment === 'string' ? Date.parse(moment) : moment, this.#zone))
  }
}

interface Standing {
  readonly pending: boolean
  readonly declined: boolean
  readonly voided: boolean
  readonly selfDisposed: boolean
  /** Into another case of the same incident. */
  readonly merged: boolean
  /** At once, with what was known. */
  readonly answered: boolean
  readonly established: boolean
  readonly closed: boolean
  readonly disposed: boolean
  readonly late: boolean
  /** 应结案: disposed, or the limit has passed, whichever came first. */
  readonly dueAt: Date | null
}

function standingOf(fact: CaseFact): Standing {
  const { outcome, endedAt, dispatchedAt, disposedAt, disposeDueAt, lateAt } = fact
  // 挂账: with its clock stopped a case is not due, also where it was late before.
  const rests = dispatchedAt !== null && disposedAt === null && endedAt === null && disposeDueAt === null
  const established = outcome === 'established'
  const disposed = established && dispatchedAt !== null && disposedAt !== null
  return {
    pending: outcome === 'pending',
    declined: outcome === 'declined',
    voided: outcome === 'void',
    selfDisposed: outcome === 'self-disposed',
    merged: outcome === 'merged',
    answered: outcome === 'answered',
    established,
    closed: established && endedAt !== null,
    disposed,
    late: isLate(fact),
    dueAt: established && !rests ? (lateAt ?? (disposed ? disposedAt : null)) : null,
  }
}

/** All classes together, and the major class. */
const partsOf = (category: string) => {
  const major = majorOf(category)
  return major === '' ? [''] : ['', major]
}

const regionsOf = (district: string, street: string) => (street === '' ? [district] : [district, street])

/** `/C01/U0103/U010301/` -> `/C01/U0103/`, `/C01/U0103/U010301/`: every unit below the centre that it belongs to. */
export function unitLevels(path: string): string[] {
  const codes = path.split('/').filter(Boolean)
  const levels = codes.map((_, i) => `/${codes.slice(0, i + 1).join('/')}/`)
  return levels.length > 1 ? levels.slice(1) : levels
}

const movementKey = (fact: CaseFact, day: string, unit: string, extra: string) =>
  [fact.district, fact.street, fact.category, fact.source, day, unit, extra].join(BREAK)

/**
 * One movement stands in the rows of each grain, of its district and its street, of all classes and its major one, along each axis.
 * Where two of these are narrowed at once, only the sums of everything are kept: finer questions are for the cube.
 */
function spread(tally: Sums, key: readonly string[], sums: readonly number[]): void {
  const [district = '', street = '', category = '', source = '', day = '', unit = '', extra = ''] = key
  const units = unitLevels(unit)
  for (const grain of GRAINS) {
    const start = startOf(grain, day)
    const add = (axis: string, major: string, region: string, member: string) => {
      const row = tally.of([district, axis, grain, start, major, region, member].join(BREAK))
      for (let i = 0; i < sums.length; i++) row[i]! += sums[i]!
    }
    for (const region of regionsOf(district, street)) {
      for (const part of partsOf(category)) {
        const whole = region === district && part === ''
        add('all', part, region, '')
        // There are many units: by the day they are kept for whole districts and all classes only.
        if (whole || grain !== 'day') {
          for (const [i, member] of units.entries()) if (i === 0 || whole) add(`unit${i + 2}`, part, region, member)
        }
        if (region !== district && part !== '') continue
        add('source', part, region, source)
        if (extra.startsWith('reason:')) add('reason', part, region, extra.slice('reason:'.length))
      }
    }
    if (extra.startsWith('span:')) add('span', '', district, extra.slice('span:'.length))
    if (grain !== 'day') add('category', '', district, category)
  }
}

const startOf = (grain: Grain, day: string) =>
  grain === 'day' ? day : grain === 'month' ? `${day.slice(0, 7)}-01` : `${day.slice(0, 4)}-01-01`
