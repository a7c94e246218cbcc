// Reads the options of a question (18-088, 9.3.3), also those in the brackets of `$expand`. Nothing here reads a clock or a database.

import { blanks, cursorOn, demandSign, ended, inner, match, shown, take, wrong, type Cursor } from './cursor.ts'
import { readFilter, readPath, readWord, type Expr, type Path } from './filter.ts'
import { isId, isSelf, linkOf, MODEL, typeOf, type Kind } from './model.ts'

export interface Order {
  readonly path: Path
  readonly down: boolean
}

export interface Expansion {
  readonly link: string
  options: Options
}

export interface Options {
  filter?: Expr
  order: readonly Order[]
  top?: number
  skip: number
  select?: readonly string[]
  expand: Expansion[]
  count: boolean
  /** The last reading of the page before: its milliseconds and its series. */
  after?: readonly [number, number]
  asArray: boolean
  /** As they were written, for the address of the next page. */
  readonly written: Record<string, string>
}

export const SKIP_AT_MOST = 1_000_000
const EXPANSIONS_AT_MOST = 30

export const noOptions = (): Options => ({ order: [], skip: 0, expand: [], count: false, asArray: false, written: {} })

type Read = (cursor: Cursor, kind: Kind, options: Options, now: number) => void

const READ: Readonly<Record<string, Read>> = {
  $filter: (cursor, kind, options, now) => {
    options.filter = readFilter({ cursor, kind, now })
  },
  $orderby: (cursor, kind, options, now) => {
    options.order = listOf(cursor, () => readOrder(cursor, kind, now))
  },
  $top: (cursor, _, options) => {
    options.top = wholeOf(cursor)
  },
  $skip: (cursor, _, options) => {
    options.skip = wholeOf(cursor)
  },
  $count: (cursor, _, options) => {
    const said = match(cursor, /true|false/y)?.[0]
    if (said === undefined) throw wrong(cursor, '应为 true 或 false', 'true or false is expected')
    options.count = said === 'true'
  },
  $select: (cursor, kind, options) => {
    options.select = listOf(cursor, () => readSelected(cursor, kind))
  },
  $expand: (cursor, kind, options, now) => {
    for (const one of listOf(cursor, () => inner(cursor, () => readExpansion(cursor, kind, now)))) merge(options.expand, one)
  },
  $resultFormat: (cursor, kind, options) => {
    if (!match(cursor, /dataArray/iy) || kind !== 'Observations') throw wrong(cursor, '只有 Observations 的 dataArray', 'there is only dataArray, of Observations')
    options.asArray = true
  },
  $skiptoken: (cursor, kind, options) => {
    const token = match(cursor, /(\d{1,14})-(\d{1,10})/y)
    if (!token || kind !== 'Observations') throw wrong(cursor, '不是本平台给出的续页标记', 'this is no token of ours')
    options.after = [Number(token[1]), Number(token[2])]
  },
}

/** The options of a whole question. */
export function readOptions(query: Readonly<Record<string, unknown>>, kind: Kind, now: number): Options {
  const options = noOptions()
  for (const [name, value] of Object.entries(query)) {
    // What does not begin so is none of the standard's.
    if (!name.startsWith('$')) continue
    const cursor = cursorOn(name.slice(0, 40), String(value))
    if (!Object.hasOwn(READ, name)) throw wrong(cursor, '没有这个选项', 'there is no such option')
    blanks(cursor)
    if (ended(cursor)) throw wrong(cursor, '没有内容', 'there is nothing in it')
    READ[name]!(cursor, kind, options, now)
    blanks(cursor)
    if (!ended(cursor)) throw wrong(cursor, `看不懂 ${shown(cursor)}`, `${shown(cursor)} cannot be read`)
    options.written[name] = cursor.text
  }
  return options
}

function listOf<T>(cursor: Cursor, read: () => T): T[] {
  const all: T[] = []
  do {
    blanks(cursor)
    all.push(read())
    blanks(cursor)
    if (all.length > EXPANSIONS_AT_MOST) throw wrong(cursor, `至多 ${EXPANSIONS_AT_MOST} 项`, `at most ${EXPANSIONS_AT_MOST} are taken`)
  } while (take(cursor, ','))
  return all
}

function wholeOf(cursor: Cursor): number {
  const { at } = cursor
  const value = Number(match(cursor, /\d{1,9}(?!\d)/y)?.[0])
  if (!(value <= SKIP_AT_MOST)) throw wrong({ ...cursor, at }, `应为 0 至 ${SKIP_AT_MOST} 的整数`, `must be a whole number from 0 to ${SKIP_AT_MOST}`)
  return value
}

function readOrder(cursor: Cursor, kind: Kind, now: number): Order {
  const { at } = cursor
  const path = readPath({ cursor, kind, now }, at, nameAt(cursor))
  let from = kind
  for (const name of path.links) {
    const link = linkOf(from, name)!
    if (link.many) throw wrong({ ...cursor, at }, `${name} 有多个，不能据以排序`, `there are many ${name}: nothing can be ordered by them`)
    from = link.kind
  }
  blanks(cursor)
  const down = match(cursor, /(?:asc|desc)(?![\p{L}\p{N}_])/uy)?.[0] === 'desc'
  return { path, down }
}

function nameAt(cursor: Cursor): string {
  const word = readWord(cursor)
  if (word === undefined) throw wrong(cursor, `此处应有名称，而不是 ${shown(cursor)}`, `a name is expected, not ${shown(cursor)}`)
  return word
}

function readSelected(cursor: Cursor, kind: Kind): string {
  const { at } = cursor
  const word = nameAt(cursor)
  if (isId(word)) return '@iot.id'
  if (isSelf(word)) return '@iot.selfLink'
  if (typeOf(kind, word) === undefined && !linkOf(kind, word)) {
    const known = ['id', 'selfLink', ...Object.keys(MODEL[kind].properties), ...Object.keys(MODEL[kind].links)].join(', ')
    throw wrong({ ...cursor, at }, `${kind} 没有 ${word}，只有 ${known}`, `${kind} has no ${word}, but ${known}`)
  }
  return word
}

function readExpansion(cursor: Cursor, kind: Kind, now: number): Expansion {
  const { at } = cursor
  const name = nameAt(cursor)
  const link = linkOf(kind, name)
  if (!link) {
    const known = Object.keys(MODEL[kind].links).join(', ')
    throw wrong({ ...cursor, at }, `${kind} 不连着 ${name}，只有 ${known}`, `${kind} has no link ${name}, but ${known}`)
  }
  const options = noOptions()
  if (take(cursor, '/')) {
    options.expand.push(inner(cursor, () => readExpansion(cursor, link.kind, now)))
    return { link: name, options }
  }
  if (take(cursor, '(')) readInner(cursor, link.kind, options, now)
  return { link: name, options }
}

const INNER = /\$(?:filter|orderby|top|skip|count|select|expand)(?==)/y

/** `($filter=…;$top=5)` */
function readInner(cursor: Cursor, kind: Kind, options: Options, now: number): void {
  do {
    blanks(cursor)
    const name = match(cursor, INNER)?.[0]
    if (name === undefined) throw wrong(cursor, `此处应为 $filter=、$top= 等选项，而不是 ${shown(cursor)}`, `an option such as $filter= or $top= is expected, not ${shown(cursor)}`)
    if (name in options.written) throw wrong(cursor, `${name} 重复`, `${name} is there twice`)
    demandSign(cursor, '=')
    blanks(cursor)
    const { at } = cursor
    READ[name]!(cursor, kind, options, now)
    options.written[name] = cursor.text.slice(at, cursor.at).trim()
    blanks(cursor)
  } while (take(cursor, ';'))
  demandSign(cursor, ')')
}

/** `Datastreams/Sensor,Datastreams/Observations` is one expansion with two inside. */
function merge(all: Expansion[], one: Expansion): void {
  const before = all.find(({ link }) => link === one.link)
  if (!before) return void all.push(one)
  const plain = Object.keys(one.options.written).every((name) => name === '$expand')
  const expand = [...before.options.expand]
  before.options = plain ? before.options : { ...one.options, expand: [] }
  before.options.expand = []
  for (const each of [...expand, ...one.options.expand]) merge(before.options.expand, each)
}

/** The options as they are written in the brackets of `$expand`. */
export function writeOptions({ written, expand }: Options, over: Readonly<Record<string, string>> = {}): [string, string][] {
  const all: Record<string, string> = { ...written, ...over }
  delete all.$expand
  if (over.$skiptoken !== undefined) delete all.$skip
  if (expand.length > 0) all.$expand = expand.map(writeExpansion).join(',')
  return Object.entries(all)
}

function writeExpansion({ link, options }: Expansion): string {
  const inside = writeOptions(options).map(([name, value]) => `${name}=${value}`)
  return inside.length > 0 ? `${link}(${inside.join(';')})` : link
}
