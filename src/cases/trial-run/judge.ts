// What a changed flow or changed limits would have made of real cases: counted by unit and by limit. Pure, and run in threads of its own.

import { calendarFrom, type CalendarFacts } from '../../kernel/calendar/index.ts'
import type { Limit } from '../deadline.ts'
import type { Flow } from '../flow.ts'
import { arithmeticOf } from './arithmetic.ts'
import { dueOf, plainLegs, walk, type Acted, type Leg, type PlainLeg } from './walk.ts'

/** What the judges of one trial know. */
export interface Brief {
  readonly calendar: CalendarFacts
  /** The flows that cases have, by their place; `target` is the one they are tried by, or each its own. */
  readonly flows: readonly Flow[]
  readonly target: Flow | null
  /** Limits by filing condition and grade: the place is three times that of the condition, plus the grade. */
  readonly before: readonly (Limit | null)[]
  readonly after: readonly (Limit | null)[]
  readonly units: number
}

/** Cases as columns; times in milliseconds, NaN for none. */
export interface Piece {
  readonly district: string
  readonly n: number
  /** Places from one; zero for none. */
  readonly unit: Int32Array
  readonly limit: Int32Array
  readonly flow: Int32Array
  readonly day: Int32Array
  readonly seq: Int32Array
  /** 0 in time, 1 late, 2 not disposed. */
  readonly late: Int32Array
  readonly extensions: Int32Array
  /** 回退, 返工 and whatever else makes a way that the row alone does not tell. */
  readonly turns: Int32Array
  readonly reworks: Int32Array
  readonly returns: Int32Array
  /** 1: no task is known, so that nobody can say whether it was verified before it was accepted. */
  readonly untold: Int32Array
  /** Given to a collector to verify. */
  readonly verifyAt: Float64Array
  readonly due: Float64Array
  /** As COLUMNS. */
  readonly moments: readonly Float64Array[]
}

/** A case whose steps have to be walked. */
export interface Special {
  readonly row: number
  readonly history: readonly Acted[]
}

export interface Flip {
  readonly number: string
  readonly unit: number
  readonly dueBefore: number
  readonly dueAfter: number
  readonly disposedAt: number
  readonly lateAfter: boolean
}

export const PER_UNIT = ['disposed', 'inBefore', 'inAfter', 'newlyLate', 'newlyIn', 'kept', 'reworks', 'returns'] as const
export type PerUnit = (typeof PER_UNIT)[number]

export interface Tally {
  seen: number
  walked: number
  /** By unit, as PER_UNIT. */
  units: Float64Array
  /** `before flow.clock` and `after flow.clock`: how many ran, and how many ran out. */
  clocks: Map<string, { n: number; late: number }>
  flips: Flip[]
}

const FLIPS = 500

export interface Judge {
  readonly tally: Tally
  /** Counts a piece; the answer names the rows whose steps have to be read. */
  readonly piece: (piece: Piece) => number[]
  readonly specials: (piece: Piece, list: readonly Special[]) => void
}

export function makeJudge(brief: Brief): Judge {
  const calendar = calendarFrom(brief.calendar)
  const arithmetic = arithmeticOf(calendar)
  const tally: Tally = { seen: 0, walked: 0, units: new Float64Array((brief.units + 1) * PER_UNIT.length), clocks: new Map(), flips: [] }
  const add = (unit: number, what: PerUnit) => void (tally.units[unit * PER_UNIT.length + PER_UNIT.indexOf(what)]! += 1)
  const targetOf = (own: Flow): Flow => brief.target ?? own
  const ways = brief.flows.map((own) => ({ before: timedLegs(own, plainLegs(own, own)), after: timedLegs(targetOf(own), plainLegs(own, targetOf(own))), same: brief.target === null || brief.target === own }))

  /** Legs of a fixed limit, with its milliseconds; that of the disposal is judged apart. */
  function timedLegs(flow: Flow, legs: readonly PlainLeg[]) {
    return legs.flatMap((leg) => {
      const { by, amount, unit } = flow.clocks[leg.clock]!
      return by === 'condition' ? [] : [{ ...leg, unit, whole: arithmetic.whole({ amount, unit }), key: `${flow.code}.${flow.version} ${leg.clock}` }]
    })
  }
  type Timed = ReturnType<typeof timedLegs>[number]

  const count = (side: 'before' | 'after', key: string, late: boolean) => {
    const name = `${side} ${key}`
    const found = tally.clocks.get(name) ?? { n: 0, late: 0 }
    tally.clocks.set(name, { n: found.n + 1, late: found.late + (late ? 1 : 0) })
  }

  function countLegs(side: 'before' | 'after', legs: readonly Timed[], piece: Piece, i: number): void {
    for (const { from, to, unit, whole, key } of legs) {
      const start = from === 0 && !Number.isNaN(piece.verifyAt[i]!) ? Number.NaN : piece.moments[from]![i]!
      const end = piece.moments[to]![i]!
      if (Number.isNaN(start) || Number.isNaN(end) || (from === 0 && piece.untold[i] === 1)) continue
      count(side, key, end > arithmetic.after(start, whole, unit))
    }
  }

  /** What comes out for the unit: in time or late as it was, and as it would have been. */
  function judge(piece: Piece, i: number, how: 'same' | 'kept' | 'anew', dueAfter?: number): void {
    const unit = piece.unit[i]!
    const before = piece.late[i] === 1
    const disposed = piece.moments[4]![i]!
    const after = how !== 'anew' ? before : dueAfter !== undefined && disposed > dueAfter
    add(unit, 'disposed')
    if (how === 'kept') add(unit, 'kept')
    if (!before) add(unit, 'inBefore')
    if (!after) add(unit, 'inAfter')
    if (before === after) return
    add(unit, after ? 'newlyLate' : 'newlyIn')
    if (tally.flips.length >= FLIPS) return
    const number = `${piece.district}${piece.day[i]}${String(piece.seq[i]).padStart(6, '0')}`
    tally.flips.push({ number, unit, dueBefore: piece.due[i]!, dueAfter: dueAfter ?? Number.NaN, disposedAt: disposed, lateAfter: after })
  }

  const isJudged = (piece: Piece, i: number) => piece.late[i] !== 2 && !Number.isNaN(piece.moments[4]![i]!)

  /** The deadline of a disposal that nothing happened to; undefined where its row does not tell how its deadline came about. */
  function plainDue(piece: Piece, i: number, limit: Limit | null | undefined): number | undefined {
    if (!limit) return undefined
    const whole = arithmetic.whole(limit)
    let due = piece.moments[3]![i]!
    for (let times = piece.extensions[i]!; times >= 0; times--) due = arithmetic.after(due, whole, limit.unit)
    return due
  }

  const sameLimit = (a: Limit | null | undefined, b: Limit | null | undefined) => a === b || (a != null && b != null && a.amount === b.amount && a.unit === b.unit)

  /** How long a flow gives a unit: what its own clock of disposal makes of the limit of the condition. */
  const disposalOf = new Map<Flow, (condition: Limit | null) => Limit | null>()
  for (const flow of new Set([...brief.flows, ...brief.flows.map(targetOf)])) {
    const clock = Object.values(flow.steps).find(({ moments, clock: name }) => moments?.includes('dispatchedAt') && name !== undefined)?.clock
    const rule = clock === undefined ? undefined : flow.clocks[clock]
    const own = rule && { amount: rule.amount, unit: rule.unit }
    disposalOf.set(flow, (condition) => (rule?.by === 'flow' ? own! : (condition ?? own ?? null)))
  }

  return {
    tally,
    piece(piece) {
      const special: number[] = []
      for (let i = 0; i < piece.n; i++) {
        tally.seen++
        const unit = piece.unit[i]!
        if (piece.reworks[i]! > 0) add(unit, 'reworks')
        if (piece.returns[i]! > 0) add(unit, 'returns')
        if (piece.turns[i]! > 0) {
          special.push(i)
          continue
        }
        const way = ways[piece.flow[i]! - 1]
        if (!way) {
          if (isJudged(piece, i)) judge(piece, i, 'kept')
          continue
        }
        const own = brief.flows[piece.flow[i]! - 1]!
        if (isJudged(piece, i)) {
          const place = piece.limit[i]! - 1
          const [was, is] = [disposalOf.get(own)!(brief.before[place] ?? null), disposalOf.get(targetOf(own))!(brief.after[place] ?? null)]
          if (sameLimit(was, is)) judge(piece, i, 'same')
          else if (plainDue(piece, i, was) !== piece.due[i]) {
            special.push(i)
            continue
          } else judge(piece, i, 'anew', plainDue(piece, i, is))
        }
        countLegs('before', way.before, piece, i)
        countLegs('after', way.after, piece, i)
      }
      return special
    },
    specials(piece, list) {
      for (const { row: i, history } of list) {
        const own = brief.flows[piece.flow[i]! - 1]
        const place = piece.limit[i]! - 1
        const [was, is] = [brief.before[place] ?? undefined, brief.after[place] ?? undefined]
        if (!own || history.length === 0) {
          if (isJudged(piece, i)) judge(piece, i, 'kept')
          continue
        }
        tally.walked++
        const target = targetOf(own)
        const legs = { before: walk(own, own, history), after: walk(own, target, history) }
        if (isJudged(piece, i)) {
          const [old, now] = [lastDisposal(legs.before), lastDisposal(legs.after)]
          const [dueBefore, dueAfter] = [old && dueOf(own, old, was, arithmetic, calendar), now && dueOf(target, now, is, arithmetic, calendar)]
          // What the walk does not explain, as a deadline that came with an imported case, or another calendar, stays as it was.
          const explained = dueBefore !== undefined && Math.abs(dueBefore - piece.due[i]!) < 1 && now !== undefined
          judge(piece, i, explained ? (dueBefore === dueAfter ? 'same' : 'anew') : 'kept', dueAfter)
        }
        for (const [side, flow, ran] of [['before', own, legs.before], ['after', target, legs.after]] as const) {
          for (const leg of ran) {
            if (flow.clocks[leg.clock]!.by === 'condition' || leg.from === leg.to) continue
            const due = dueOf(flow, leg, undefined, arithmetic, calendar)
            count(side, `${flow.code}.${flow.version} ${leg.clock}`, due !== undefined && leg.to > due)
          }
        }
      }
    },
  }
}

const lastDisposal = (legs: readonly Leg[]): Leg | undefined => legs.findLast(({ disposal }) => disposal)

/** All that was counted, of several judges, in one. */
export function sumOf(tallies: readonly Tally[]): Tally {
  const [first, ...others] = tallies
  const sum: Tally = { ...first!, clocks: new Map(first!.clocks), units: first!.units.slice(), flips: [...first!.flips] }
  for (const other of others) {
    sum.seen += other.seen
    sum.walked += other.walked
    for (const [i, n] of other.units.entries()) sum.units[i]! += n
    for (const [name, { n, late }] of other.clocks) {
      const found = sum.clocks.get(name) ?? { n: 0, late: 0 }
      sum.clocks.set(name, { n: found.n + n, late: found.late + late })
    }
    sum.flips.push(...other.flips)
  }
  return { ...sum, flips: sum.flips.toSorted((a, b) => (a.number < b.number ? -1 : 1)).slice(0, FLIPS) }
}
