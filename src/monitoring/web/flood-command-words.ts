import type { Language, Words } from '../../kernel/contract.ts'
import type { Mark } from '../../cases/contract.ts'
import type { AssignmentShown, TruckShown } from '../contract.ts'

export const PUMP_WORDS: Readonly<Record<TruckShown['pump'], Words>> = {
  running: { zh: '泵运转', en: 'Pumping' },
  standing: { zh: '泵停', en: 'Pump off' },
  unknown: { zh: '泵状态未知', en: 'Pump unknown' },
}

export const PROFILE_NAMES: Readonly<Record<string, Words>> = { '135': { zh: '135', en: '135' }, '103060': { zh: '103060', en: '103060' } }

/** Metres, and kilometres with one digit. */
export function sayFar(metres: number, language: Language): string {
  const far = metres >= 1000
  const n = far ? (metres / 1000).toFixed(1) : String(Math.round(metres))
  return language === 'zh' ? `${n} ${far ? '公里' : '米'}` : `${n} ${far ? 'km' : 'm'}`
}

export const markOf = ({ marks }: Pick<AssignmentShown, 'marks'>, name: Mark) => marks.find(({ mark }) => mark === name)
export const came = (assignment: AssignmentShown, name: Mark): boolean => markOf(assignment, name)?.at != null

/** The name of who has it: a person, a truck, or a truck with its driver. */
export const whoOf = ({ person, truck }: AssignmentShown): string => [truck?.name, person?.name].filter(Boolean).join(' ')

export interface Tally {
  readonly called: number
  readonly received: number
  readonly there: number
  readonly orders: number
  readonly overdue: number
}

export function tally(running: readonly AssignmentShown[], now: number): Tally {
  const [calls, orders] = [running.filter(({ kind }) => kind === 'call'), running.filter(({ kind }) => kind === 'order')]
  return {
    called: calls.length,
    received: calls.filter((each) => came(each, 'received')).length,
    there: calls.filter((each) => came(each, 'arrived')).length,
    orders: orders.length,
    overdue: orders.filter((each) => isLate(each, now)).length,
  }
}

/** The page turns it by itself as time passes. */
export const isLate = ({ overdue, next, endedAt }: AssignmentShown, now: number): boolean => overdue || (!endedAt && next !== null && Date.parse(next.dueAt) < now)
