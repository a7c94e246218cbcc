// Reads conditions: `$filter` as a tree whose names and types are known to fit the model. Nothing here reads a clock or a database.

import { blanks, demandSign, ended, inner, match, shown, take, wrong, type Cursor } from './cursor.ts'
import { FUNCTIONS, givenBy, type Value } from './functions.ts'
import { readWkt } from './geometry.ts'
import { linkOf, MODEL, typeOf, type Kind, type Type } from './model.ts'

export interface Path {
  readonly is: 'path'
  readonly at: number
  readonly type: Type
  /** Links to follow, then a property, then names inside of it. */
  readonly links: readonly string[]
  readonly name: string
  readonly deep: readonly string[]
}

export interface Call {
  readonly is: 'call'
  readonly at: number
  readonly type: Type
  readonly fn: string
  readonly args: readonly Expr[]
}

export interface Literal {
  readonly is: 'literal'
  readonly at: number
  readonly type: Type
  readonly value: Value
}

export type Expr = Path | Call | Literal

export interface Reading {
  readonly cursor: Cursor
  readonly kind: Kind
  /** For `now()`, in milliseconds. */
  readonly now: number
}

const TYPES: Readonly<Record<Type, { zh: string; en: string }>> = {
  text: { zh: '文字', en: 'text' },
  number: { zh: '数', en: 'a number' },
  boolean: { zh: '条件', en: 'a condition' },
  time: { zh: '时间', en: 'a time' },
  duration: { zh: '时长', en: 'a duration' },
  interval: { zh: '时段', en: 'an interval' },
  geo: { zh: '位置', en: 'a place' },
  any: { zh: '任意值', en: 'any value' },
  closed: { zh: '不可筛选的值', en: 'nothing to be asked' },
}

const LEVELS = [['or'], ['and'], ['eq', 'ne', 'gt', 'ge', 'lt', 'le'], ['add', 'sub'], ['mul', 'div', 'mod']] as const

/** Reads one condition, up to what cannot belong to it. */
export function readFilter(reading: Reading): Expr {
  blanks(reading.cursor)
  const { at } = reading.cursor
  const expr = readLevel(reading, 0)
  if (expr.type === 'boolean' || expr.type === 'any') return expr
  blanks(reading.cursor)
  if (!ended(reading.cursor) && !/[;)]/.test(reading.cursor.text[reading.cursor.at]!)) throw unreadable(reading.cursor)
  throw wrong({ ...reading.cursor, at }, `应为条件，而不是${TYPES[expr.type].zh}`, `a condition is expected, not ${TYPES[expr.type].en}`)
}

const unreadable = (cursor: Cursor) => wrong(cursor, `看不懂 ${shown(cursor)}`, `${shown(cursor)} cannot be read`)

const WORD = /[\p{L}_@$][\p{L}\p{N}_.@$-]*/uy
const OPERATOR = /(?:or|and|eq|ne|gt|ge|lt|le|add|sub|mul|div|mod)(?=[\s('"-]|$)/y

function readLevel(reading: Reading, level: number): Expr {
  const { cursor } = reading
  if (level === LEVELS.length) return readUnary(reading)
  let left = readLevel(reading, level + 1)
  for (;;) {
    blanks(cursor)
    const { at } = cursor
    const operator = match(cursor, OPERATOR)?.[0]
    if (operator === undefined || !(LEVELS[level] as readonly string[]).includes(operator)) {
      cursor.at = at
      return left
    }
    blanks(cursor)
    left = call({ ...cursor, at }, operator, [left, readLevel(reading, level + 1)])
  }
}

function readUnary(reading: Reading): Expr {
  const { cursor } = reading
  blanks(cursor)
  const { at } = cursor
  if (!match(cursor, /not(?=[\s(])/y)) return readOne(reading)
  // `not a eq b` means the whole comparison, as everybody writes it.
  return call({ ...cursor, at }, 'not', [inner(cursor, () => readLevel(reading, 2))])
}

function call(where: Cursor, fn: string, args: readonly Expr[]): Expr {
  const type = givenBy(fn, args.map((each) => each.type))
  if (type === undefined) {
    const given = args.map((each) => TYPES[each.type])
    throw wrong(where, `${fn} 不能用于${given.map(({ zh }) => zh).join('、') || '空'}`, `${fn} does not take ${given.map(({ en }) => en).join(' and ') || 'nothing'}`)
  }
  return { is: 'call', at: where.at, type, fn, args }
}

function readOne(reading: Reading): Expr {
  const { cursor } = reading
  blanks(cursor)
  if (ended(cursor)) throw wrong(cursor, '条件不完整', 'the condition is not whole')
  const { at } = cursor
  if (take(cursor, '(')) {
    const expr = inner(cursor, () => readLevel(reading, 0))
    blanks(cursor)
    demandSign(cursor, ')')
    return expr
  }
  return readLiteral(cursor) ?? readNamed(reading, at)
}

const literal = (at: number, type: Type, value: Value): Literal => ({ is: 'literal', at, type, value })

// A plus sign that an address turned into a blank is a plus.
const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+ -]\d\d:?\d\d)/y
const DATE = /\d{4}-\d\d-\d\d(?![\dT])/y
const CLOCK = /\d\d:\d\d:\d\d(?:\.\d{1,3})?/y
const NUMBER = /-?\d{1,30}(?:\.\d{1,30})?(?:[eE][+-]?\d{1,3})?(?![\w:])/y
const QUOTED = /'((?:[^']|'')*)'/y
const MARKED = /(geography|geometry|duration|datetimeoffset|datetime)'((?:[^']|'')*)'/y
const FIXED = /(?:true|false|null)(?![\p{L}\p{N}_/(.-])/uy

const momentOf = (text: string): number => Date.parse(text.replace(' ', '+').replace(/(\.\d{3})\d+/, '$1'))

function readTime(cursor: Cursor): number | undefined {
  const { at } = cursor
  const text = match(cursor, TIME)?.[0]
  if (text === undefined) return undefined
  const moment = momentOf(text)
  if (Number.isNaN(moment)) throw wrong({ ...cursor, at }, `没有 ${text} 这个时间`, `there is no time ${text}`)
  return moment
}

function readLiteral(cursor: Cursor): Literal | undefined {
  const { at } = cursor
  const from = readTime(cursor)
  if (from !== undefined) {
    if (!take(cursor, '/')) return literal(at, 'time', from)
    const to = readTime(cursor)
    if (to === undefined) throw wrong(cursor, '时段应有终点，如 2026-06-10T00:00:00Z/2026-06-11T00:00:00Z', 'an interval has an end, as in 2026-06-10T00:00:00Z/2026-06-11T00:00:00Z')
    return literal(at, 'interval', { from, to })
  }
  const day = match(cursor, DATE) ?? match(cursor, CLOCK)
  if (day) return literal(at, 'text', day[0].length === 8 ? `${day[0]}.000` : day[0])
  const number = match(cursor, NUMBER)?.[0]
  if (number !== undefined) {
    if (!Number.isFinite(Number(number))) throw wrong({ ...cursor, at }, '数过大', 'the number is too large')
    return literal(at, 'number', Number(number))
  }
  const fixed = match(cursor, FIXED)?.[0]
  if (fixed !== undefined) return fixed === 'null' ? literal(at, 'any', null) : literal(at, 'boolean', fixed === 'true')
  const text = match(cursor, QUOTED)?.[1]
  if (text !== undefined) return literal(at, 'text', text.replaceAll("''", "'"))
  if (cursor.text[at] === "'") throw wrong(cursor, '引号没有结束', 'the quotation does not end')
  const [, mark, body] = match(cursor, MARKED) ?? []
  return mark === undefined ? undefined : readMarked({ ...cursor, at }, mark, body!)
}

function readMarked(where: Cursor, mark: string, body: string): Literal {
  if (mark === 'duration') {
    const [, sign, days, hours, minutes, seconds] = /^(-?)P(?=.)(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,8})M)?(?:(\d{1,9}(?:\.\d{1,3})?)S)?)?$/.exec(body) ?? []
    if (sign === undefined) throw wrong(where, '时长写作 P1DT2H30M', 'a duration is written as P1DT2H30M')
    const length = (Number(days ?? 0) * 86_400 + Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0)) * 1000
    return literal(where.at, 'duration', sign === '-' ? -length : length)
  }
  if (mark.startsWith('datetime')) {
    const at = momentOf(body)
    if (Number.isNaN(at)) throw wrong(where, '时间有误', 'this is no time')
    return literal(where.at, 'time', at)
  }
  const place = readWkt(body)
  if (!place) throw wrong(where, '位置应为经纬度的 POINT、LINESTRING 或 POLYGON', 'a place is a POINT, a LINESTRING or a POLYGON in degrees')
  return literal(where.at, 'geo', place)
}

function readNamed(reading: Reading, at: number): Expr {
  const { cursor } = reading
  const word = match(cursor, WORD)?.[0]
  if (word === undefined) throw unreadable(cursor)
  if (cursor.text[cursor.at] === '(') return readCall(reading, at, word)
  return readPath(reading, at, word)
}

const NOW: Readonly<Record<string, (now: number) => number>> = { now: (now) => now, mindatetime: () => -62_135_596_800_000, maxdatetime: () => 253_402_300_799_999 }

function readCall(reading: Reading, at: number, word: string): Expr {
  const { cursor } = reading
  const known = Object.hasOwn(NOW, word) || (Object.hasOwn(FUNCTIONS, word) && !LEVELS.some((level) => (level as readonly string[]).includes(word)))
  if (!known) throw wrong({ ...cursor, at }, `没有函数 ${word}`, `there is no function ${word}`)
  demandSign(cursor, '(')
  const args: Expr[] = []
  blanks(cursor)
  while (!take(cursor, ')')) {
    if (args.length > 0) demandSign(cursor, ',')
    args.push(inner(cursor, () => readLevel(reading, 0)))
    blanks(cursor)
  }
  const moment = Object.hasOwn(NOW, word) ? NOW[word] : undefined
  if (!moment) return call({ ...cursor, at }, word, args)
  if (args.length > 0) throw wrong({ ...cursor, at }, `${word} 没有参数`, `${word} takes nothing`)
  return literal(at, 'time', moment(reading.now))
}

/** `Datastreams/ObservedProperty/name`, from the entity that the condition is about. */
export function readPath({ cursor, kind: from }: Reading, start: number, first: string): Path {
  const links: string[] = []
  let kind = from
  let word = first
  let at = start
  for (;;) {
    const link = linkOf(kind, word)
    if (!link) break
    // A condition on readings is answered by the database, and only where they are asked for.
    if (link.kind === 'Observations') throw wrong({ ...cursor, at }, '不能经读数筛选，请查询 Observations', 'nothing is found by its readings: ask for Observations')
    links.push(word)
    kind = link.kind
    if (links.length > 6) throw wrong({ ...cursor, at }, '路径过长', 'the path is too long')
    demandSign(cursor, '/')
    at = cursor.at
    const next = match(cursor, WORD)?.[0]
    if (next === undefined) throw wrong(cursor, `${word}/ 之后应有名称`, `a name is expected after ${word}/`)
    word = next
  }
  const type = typeOf(kind, word)
  if (type === undefined) {
    const known = ['id', ...Object.keys(MODEL[kind].properties), ...Object.keys(MODEL[kind].links)].join(', ')
    throw wrong({ ...cursor, at }, `${kind} 没有 ${word}，只有 ${known}`, `${kind} has no ${word}, but ${known}`)
  }
  if (type === 'closed') throw wrong({ ...cursor, at }, `${kind} 的 ${word} 不能作条件`, `no condition can be put on ${word} of ${kind}`)
  const deep: string[] = []
  while (take(cursor, '/')) {
    const next = match(cursor, WORD)?.[0]
    if (next === undefined || type !== 'any') throw wrong(cursor, `${word} 之内没有内容`, `there is nothing inside of ${word}`)
    deep.push(next)
  }
  return { is: 'path', at: start, type, links, name: word, deep }
}

export const readWord = (cursor: Cursor): string | undefined => match(cursor, WORD)?.[0]
