// Operators and functions of conditions (18-088, 9.3.3.5): what they take, what they give, and how they are reckoned in memory. Pure.

import { distance, meets, type Geometry } from './geometry.ts'
import type { Type } from './model.ts'

export interface Interval {
  readonly from: number
  readonly to: number
}

/** Times and durations are milliseconds. */
export type Value = string | number | boolean | null | Geometry | Interval | Readonly<Record<string, unknown>>

interface Fn {
  /** Each a list of arguments that it takes. `same`: any two that can be compared. */
  readonly takes: readonly (readonly Type[])[] | 'same'
  readonly gives: Type
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly run: (...values: any[]) => Value
}

const compare = (test: (order: number) => boolean): Fn => ({
  takes: 'same',
  gives: 'boolean',
  run: (a: Value, b: Value) => typeof a === typeof b && a !== null && (typeof a === 'number' || typeof a === 'string') && test(a < b! ? -1 : a > b! ? 1 : 0),
})
const equal = (a: Value, b: Value): boolean => a === b || (typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b))

const numbers = (run: (a: number, b: number) => number): Fn => ({ takes: [['number', 'number']], gives: 'number', run: (a, b) => (isNumber(a) && isNumber(b) ? finite(run(a, b)) : null) })
const rounding = (run: (a: number) => number): Fn => ({ takes: [['number']], gives: 'number', run: (a) => (isNumber(a) ? run(a) : null) })
const ofText = (takes: readonly Type[], gives: Type, run: (text: string, ...rest: never[]) => Value): Fn => ({
  takes: [takes],
  gives,
  run: (text, ...rest) => (typeof text === 'string' && rest.every((each) => typeof each === 'string' || isNumber(each)) ? run(text, ...(rest as never[])) : null),
})
const ofTime = (gives: Type, run: (date: Date) => Value): Fn => ({ takes: [['time']], gives, run: (at) => (isNumber(at) ? run(new Date(at)) : null) })
const isNumber = (value: unknown): value is number => typeof value === 'number'
const finite = (value: number): number | null => (Number.isFinite(value) ? value : null)
const places = (run: (a: Geometry, b: Geometry) => Value): Fn => ({ takes: [['geo', 'geo']], gives: 'boolean', run: (a, b) => (isPlace(a) && isPlace(b) ? run(a, b) : null) })
const isPlace = (value: unknown): value is Geometry => typeof value === 'object' && value !== null && 'lines' in value

const sum = (sign: 1 | -1): Fn => ({
  takes: [['number', 'number'], ['time', 'duration'], ['duration', 'duration'], ...(sign < 0 ? [['time', 'time'] as const] : [])],
  gives: 'number',
  run: (a, b) => (isNumber(a) && isNumber(b) ? finite(a + sign * b) : null),
})

const startsWith = ofText(['text', 'text'], 'boolean', (text, start: string) => text.startsWith(start))
const contains = ofText(['text', 'text'], 'boolean', (text, part: string) => text.includes(part))
const intersects = places(meets)

export const FUNCTIONS: Readonly<Record<string, Fn>> = {
  eq: { takes: 'same', gives: 'boolean', run: equal },
  ne: { takes: 'same', gives: 'boolean', run: (a, b) => !equal(a, b) },
  gt: compare((order) => order > 0),
  ge: compare((order) => order >= 0),
  lt: compare((order) => order < 0),
  le: compare((order) => order <= 0),
  and: { takes: [['boolean', 'boolean']], gives: 'boolean', run: (a, b) => a === true && b === true },
  or: { takes: [['boolean', 'boolean']], gives: 'boolean', run: (a, b) => a === true || b === true },
  not: { takes: [['boolean']], gives: 'boolean', run: (a) => a !== true },
  add: sum(1),
  sub: sum(-1),
  mul: numbers((a, b) => a * b),
  div: numbers((a, b) => a / b),
  mod: numbers((a, b) => a % b),
  round: rounding(Math.round),
  floor: rounding(Math.floor),
  ceiling: rounding(Math.ceil),

  substringof: ofText(['text', 'text'], 'boolean', (part, text: string) => text.includes(part)),
  contains,
  startswith: startsWith,
  endswith: ofText(['text', 'text'], 'boolean', (text, end: string) => text.endsWith(end)),
  length: ofText(['text'], 'number', (text) => [...text].length),
  indexof: ofText(['text', 'text'], 'number', (text, part: string) => text.indexOf(part)),
  substring: {
    ...ofText(['text', 'number'], 'text', (text, from: number, count?: number) => text.slice(Math.max(0, from), count === undefined ? undefined : Math.max(0, from) + Math.max(0, count))),
    takes: [['text', 'number'], ['text', 'number', 'number']],
  },
  tolower: ofText(['text'], 'text', (text) => text.toLowerCase()),
  toupper: ofText(['text'], 'text', (text) => text.toUpperCase()),
  trim: ofText(['text'], 'text', (text) => text.trim()),
  concat: ofText(['text', 'text'], 'text', (text, more: string) => text + more),

  // Of the time as it is shown, which is UTC.
  year: ofTime('number', (date) => date.getUTCFullYear()),
  month: ofTime('number', (date) => date.getUTCMonth() + 1),
  day: ofTime('number', (date) => date.getUTCDate()),
  hour: ofTime('number', (date) => date.getUTCHours()),
  minute: ofTime('number', (date) => date.getUTCMinutes()),
  second: ofTime('number', (date) => date.getUTCSeconds()),
  fractionalseconds: ofTime('number', (date) => date.getUTCMilliseconds() / 1000),
  totaloffsetminutes: ofTime('number', () => 0),
  date: ofTime('text', (date) => date.toISOString().slice(0, 10)),
  time: ofTime('text', (date) => date.toISOString().slice(11, 23)),
  before: { takes: [['time', 'time'], ['time', 'interval']], gives: 'boolean', run: (a, b) => isNumber(a) && a < (isNumber(b) ? b : b.from) },
  after: { takes: [['time', 'time'], ['time', 'interval']], gives: 'boolean', run: (a, b) => isNumber(a) && a > (isNumber(b) ? b : b.to) },
  during: { takes: [['time', 'interval']], gives: 'boolean', run: (a, b: Interval) => isNumber(a) && a >= b.from && a < b.to },

  'geo.distance': { ...places(distance), gives: 'number' },
  'geo.intersects': intersects,
  st_intersects: intersects,
  st_within: intersects,
  st_contains: intersects,
  st_equals: places((a, b) => a.type === b.type && meets(a, b)),
  st_disjoint: places((a, b) => meets(a, b) === false),
}

const fits = (wanted: Type, given: Type): boolean => given === wanted || given === 'any'

/** What a function gives for arguments of these types; undefined where it does not take them. */
export function givenBy(name: string, types: readonly Type[]): Type | undefined {
  const fn = FUNCTIONS[name]!
  if (fn.takes === 'same') {
    const [a, b] = types as [Type, Type]
    return types.length === 2 && (a === b || a === 'any' || b === 'any') ? fn.gives : undefined
  }
  const taken = fn.takes.find((wanted) => wanted.length === types.length && wanted.every((each, i) => fits(each, types[i]!)))
  if (!taken) return undefined
  if (name !== 'add' && name !== 'sub') return fn.gives
  return taken[0] === 'time' && taken[1] === 'time' ? 'duration' : taken[0]
}
