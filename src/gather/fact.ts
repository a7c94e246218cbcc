// What is known of a case for counting, and how a step or a lamp changes it. Pure: a recount from history uses the same file.

import { lampAt, type Lamp } from '../cases/contract.ts'

export interface CaseFact {
  readonly number: string
  readonly district: string
  /** The last step heard of: hearing one twice changes nothing. */
  readonly ordinal: number
  readonly state: string
  readonly lamp: Lamp
  readonly outcome: string
  readonly source: string
  readonly category: string
  /** '' where it is not known; the same for the unit before dispatch. */
  readonly street: string
  readonly community: string
  readonly unit: string
  readonly reason: string
  readonly reportedAt: Date
  readonly acceptedAt: Date | null
  readonly establishedAt: Date | null
  readonly dispatchedAt: Date | null
  readonly disposedAt: Date | null
  readonly endedAt: Date | null
  readonly disposeDueAt: Date | null
  /** Of the running clock, whichever it is. */
  readonly dueAt: Date | null
  readonly yellowAt: Date | null
  /** The disposal limit that passed before the unit had disposed; it stays through a rework, and goes with the unit at a return. */
  readonly lateAt: Date | null
  readonly returns: readonly Act[]
  readonly reworks: readonly Act[]
  /** What was appealed against with success (申诉成立): the fact stays, and the rates leave it out. */
  readonly excused: readonly string[]
}

/** An act that may happen to a case more than once, with the unit that it is counted for. */
export interface Act {
  readonly at: string
  readonly unit: string
}

/** A step as the log and the history tell it. */
export interface FactStep {
  readonly number: string
  readonly district: string
  readonly ordinal: number
  readonly toState: string
  readonly at: Date
  readonly changes: Readonly<Record<string, unknown>>
}

export function applyStep(before: CaseFact | undefined, step: FactStep): CaseFact {
  if (before && step.ordinal <= before.ordinal) return before

  const { changes, at } = step
  const text = (column: string, now: string) => (column in changes ? ((changes[column] as string | null) ?? '') : now)
  const moment = (column: string, now: Date | null) => (column in changes ? asDate(changes[column]) : now)
  const after: CaseFact = {
    number: step.number,
    district: step.district,
    ordinal: step.ordinal,
    state: step.toState,
    lamp: 'grey',
    outcome: text('outcome', before?.outcome ?? 'pending'),
    source: text('source', before?.source ?? ''),
    category: text('category', before?.category ?? ''),
    street: text('street', before?.street ?? ''),
    community: text('community', before?.community ?? ''),
    unit: text('unitPath', before?.unit ?? ''),
    reason: text('reason', before?.reason ?? ''),
    reportedAt: moment('reportedAt', before?.reportedAt ?? null) ?? at,
    acceptedAt: moment('acceptedAt', before?.acceptedAt ?? null),
    establishedAt: moment('establishedAt', before?.establishedAt ?? null),
    dispatchedAt: moment('dispatchedAt', before?.dispatchedAt ?? null),
    disposedAt: moment('disposedAt', before?.disposedAt ?? null),
    endedAt: moment('endedAt', before?.endedAt ?? null),
    disposeDueAt: moment('disposeDueAt', before?.disposeDueAt ?? null),
    dueAt: moment('dueAt', before?.dueAt ?? null),
    yellowAt: moment('yellowAt', before?.yellowAt ?? null),
    lateAt: before?.lateAt ?? null,
    returns: added(before?.returns, changes.returns, at, before?.unit),
    reworks: added(before?.reworks, changes.reworks, at, before?.unit),
    excused: (changes.excused as string[] | undefined) ?? before?.excused ?? [],
  }
  // An act beside the way leaves the clock alone, and so the lamp to whoever turns it.
  const moved = !before || 'dueAt' in changes || 'yellowAt' in changes
  return { ...after, lamp: moved ? lampAt(after, at) : before.lamp, lateAt: lateAfter(before, after, at) }
}

const asDate = (value: unknown): Date | null => (value === null || value === undefined ? null : new Date(value as string))

function added(before: readonly Act[] = [], count: unknown, at: Date, unit = ''): readonly Act[] {
  return typeof count === 'number' && count > before.length ? [...before, { at: at.toISOString(), unit }] : before
}

/** Late is who disposes after the limit, and who has not disposed when it passes. At the very moment of the limit it is in time. */
function lateAfter(before: CaseFact | undefined, after: CaseFact, at: Date): Date | null {
  if (!after.dispatchedAt) return null
  if (!before?.disposeDueAt || !waits(before)) return after.lateAt
  if (after.disposeDueAt && waits(after) && !same(after.disposeDueAt, before.disposeDueAt)) return lateByMoved(before.disposeDueAt, after, at)
  if (at > before.disposeDueAt) return after.lateAt ?? before.disposeDueAt
  if (waits(after)) return after.lateAt
  // The lamp had turned at the same moment; the step came in time.
  return same(after.lateAt, before.disposeDueAt) ? null : after.lateAt
}

/** The limit was moved while it ran, by an extension or another calendar: the case is late by the new one alone. */
function lateByMoved(old: Date, { disposeDueAt, lateAt }: CaseFact, at: Date): Date | null {
  if (at > disposeDueAt!) return same(lateAt, old) ? disposeDueAt : (lateAt ?? disposeDueAt)
  return same(lateAt, old) ? null : lateAt
}

/** 超期 that counts: what an appeal has excused does not. */
export const isLate = ({ lateAt, excused }: Pick<CaseFact, 'lateAt' | 'excused'>): boolean => lateAt !== null && !excused.includes('late')
export const isReworked = ({ reworks, excused }: Pick<CaseFact, 'reworks' | 'excused'>): boolean => reworks.length > 0 && !excused.includes('rework')

const same = (a: Date | null, b: Date | null) => a?.getTime() === b?.getTime()

/** Whether the disposal limit runs. */
const waits = (fact: CaseFact) => fact.dispatchedAt !== null && fact.disposedAt === null && fact.endedAt === null

/** The lamp of the running clock has turned; `at` is the moment at which it had to. */
export function applyLamp(fact: CaseFact, lamp: Lamp, at: Date): CaseFact {
  const turned = lamp === 'red' ? fact.dueAt : fact.yellowAt
  // News of a clock that no longer runs.
  if (!same(turned, at)) return fact
  return asOf({ ...fact, lamp }, at)
}

/** The fact after its lamp has turned to `lamp`, whenever that was noticed. */
export function turnedTo(fact: CaseFact, lamp: Lamp): CaseFact {
  if (lamp === 'red' && fact.dueAt) return applyLamp(fact, 'red', fact.dueAt)
  if (lamp === 'yellow' && fact.yellowAt) return applyLamp(fact, 'yellow', fact.yellowAt)
  return fact
}

/** The fact at a later moment at which nothing else has happened. */
export function atMoment(fact: CaseFact, now: Date): CaseFact {
  return asOf({ ...fact, lamp: lampAt(fact, now) }, now)
}

const asOf = (fact: CaseFact, now: Date): CaseFact =>
  waits(fact) && fact.disposeDueAt && now >= fact.disposeDueAt && !fact.lateAt ? { ...fact, lateAt: fact.disposeDueAt } : fact
