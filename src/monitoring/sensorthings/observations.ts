// Readings as `Observations`: read by series and time, never by walking through a table.

import { sql, type RawBuilder } from 'kysely'
import type { Context } from '../../kernel/index.ts'
import { LATE, AHEAD_MS, KEEP_DAYS } from '../gate.ts'
import { own } from '../tables.ts'
import { seriesOfItem, type Item } from './entities.ts'
import { constantOf, holds } from './evaluate.ts'
import { wrong } from './cursor.ts'
import type { Expr } from './filter.ts'
import { tooMuch } from './problems.ts'
import type { Question } from './question.ts'
import type { World } from './world.ts'

const DAY_MS = 86_400_000
/** Of a question that names no series: so many are looked up one by one; of more only a day is read. */
export const SERIES_ONE_BY_ONE = 1_000
/** Readings that a question may have to look at, where an index alone does not answer it. */
const LOOKED_AT_MOST = 2_000_000
const ROWS_AT_MOST = 200_000
export const TOP_AT_MOST = 1_000

type Condition = RawBuilder<unknown>
type Row = { series: number; at: number; value: number; flags: number }

export interface Page {
  readonly items: Item[]
  readonly more: boolean
  readonly count?: number
}

interface Wanted {
  readonly question: Question
  readonly skip: number
  readonly top: number
  readonly count: boolean
  /** Whether the address names the series; if it does not, a window is needed. */
  readonly named: boolean
}

// ── Conditions

const MS = sql`(extract(epoch from x.at) * 1000)::float8`
const part = (unit: string) => (at: Condition) => sql`extract(${sql.raw(unit)} from to_timestamp(${at} / 1000) at time zone 'UTC')::float8`
const sign = (text: string) => (a: Condition, b: Condition) => sql`(${a} ${sql.raw(text)} ${b})`
/** Exact and without a bound, so that no product is too large. */
const reckon = (text: string) => (a: Condition, b: Condition) => sql`((${a})::numeric ${sql.raw(text)} (${b})::numeric)`

const SQL: Readonly<Record<string, (...args: Condition[]) => Condition>> = {
  eq: sign('is not distinct from'),
  ne: sign('is distinct from'),
  gt: sign('>'),
  ge: sign('>='),
  lt: sign('<'),
  le: sign('<='),
  and: sign('and'),
  or: sign('or'),
  not: (a) => sql`(not coalesce(${a!}, false))`,
  add: reckon('+'),
  sub: reckon('-'),
  mul: reckon('*'),
  div: (a, b) => sql`((${a!})::numeric / nullif((${b!})::numeric, 0))`,
  mod: (a, b) => sql`((${a!})::numeric % nullif((${b!})::numeric, 0))`,
  round: (a) => sql`floor((${a!})::numeric + 0.5)`,
  floor: (a) => sql`floor(${a!})`,
  ceiling: (a) => sql`ceil(${a!})`,
  ...Object.fromEntries(['year', 'month', 'day', 'hour', 'minute'].map((unit) => [unit, part(unit)])),
  second: (at) => sql`floor(extract(second from to_timestamp(${at!} / 1000) at time zone 'UTC'))::float8`,
  date: (at) => sql`to_char(to_timestamp(${at!} / 1000) at time zone 'UTC', 'YYYY-MM-DD')`,
  time: (at) => sql`to_char(to_timestamp(${at!} / 1000) at time zone 'UTC', 'HH24:MI:SS.MS')`,
}

const RECKONED = new Set(['add', 'sub', 'mul', 'div', 'mod', 'round'])
const reckoned = (expr: Expr): boolean => expr.is === 'call' && (RECKONED.has(expr.fn) || expr.args.some(reckoned))

function conditionOf(expr: Expr): Condition {
  const value = constantOf(expr)
  if (typeof value === 'number') return sql`${value}::float8`
  if (typeof value === 'string') return sql`${value}::text`
  if (typeof value === 'boolean') return sql`${value}::boolean`
  if (value === null) return expr.type === 'boolean' ? sql`false` : sql`null`
  if (expr.is === 'path') return expr.name === 'result' ? sql`x.value` : MS
  const write = expr.is === 'call' && Object.hasOwn(SQL, expr.fn) ? SQL[expr.fn] : undefined
  if (expr.is !== 'call' || !write) throw wrong({ name: '$filter', at: expr.at }, '此处不能用于读数', 'this cannot be asked of readings')
  const args = expr.args.map(conditionOf)
  const exact = expr.args.some(reckoned) && expr.args.every(({ type }) => type === 'number')
  return write(...(exact ? args.map((each) => sql`(${each})::numeric`) : args))
}

// ── Reading

interface Bounds {
  readonly from: Date
  readonly to: Date
}

function boundsOf(world: World, { from, to }: Question, named: boolean): Bounds {
  const [first, last] = [world.now - (KEEP_DAYS + 1) * DAY_MS, world.now + 2 * AHEAD_MS]
  const clamp = (at: number) => Math.min(last, Math.max(first, at))
  const end = clamp(to ?? last)
  return { from: new Date(clamp(from ?? (named ? first : Math.min(end, world.now) - DAY_MS))), to: new Date(end) }
}

/** The readings of each group of series, each group a page of its own. */
export async function readPages(ctx: Context, world: World, groups: readonly (readonly Item[])[], wanted: Wanted): Promise<Page[]> {
  const { question } = wanted
  const fits = ({ device, product, metric }: Item) => question.narrow.every((expr) => holds(world, expr, { kind: 'Observations', device, product, metric }))
  const asked = groups.map((streams) => (question.narrow.length > 0 ? streams.filter(fits) : streams))
  const streams = new Map(asked.flat().map((item) => [seriesOfItem(item), item]))
  const series = [...streams.keys()]
  const bounds = boundsOf(world, question, wanted.named)
  if (series.length === 0 || bounds.from >= bounds.to) return groups.map(() => ({ items: [], more: false, ...(wanted.count && { count: 0 }) }))
  const conditions = question.conditions.map(conditionOf)
  await demandBounded(ctx, series, bounds, wanted)

  const { skip, top } = wanted
  const rows = top === 0 ? [] : await readNewest(ctx, series, bounds, conditions, question, skip + top + 1)
  const counts = wanted.count ? await countRows(ctx, series, bounds, conditions) : undefined
  const bySeries = Map.groupBy(rows, (row) => row.series)
  return asked.map((group) => {
    const found = sorted(group.flatMap((item) => bySeries.get(seriesOfItem(item)) ?? []), question)
    const items = found.slice(skip, skip + top).map(({ series: of, at, value, flags }): Item => ({ ...streams.get(of)!, kind: 'Observations', observed: { at, value, late: (flags & LATE) > 0 } }))
    return { items, more: found.length > skip + top, ...(counts && { count: group.reduce((total, item) => total + (counts.get(seriesOfItem(item)) ?? 0), 0) }) }
  })
}

const sorted = (rows: readonly Row[], { by, down }: Question): Row[] => {
  const key = by === 'time' ? ('at' as const) : ('value' as const)
  const turn = down ? -1 : 1
  return rows.toSorted((a, b) => turn * (a[key] - b[key]) || a.series - b.series || b.at - a.at)
}

async function demandBounded(ctx: Context, series: readonly number[], { from, to }: Bounds, { question, skip, top, count }: Wanted): Promise<void> {
  const few = series.length <= SERIES_ONE_BY_ONE
  const narrower = { zh: '请给出 phenomenonTime 的起止，或从某个 Thing、Datastream 问起', en: 'bound phenomenonTime, or ask of a Thing or a Datastream' }
  if (!few && +to - +from > DAY_MS + 2 * AHEAD_MS) throw tooMuch({ why: { zh: `${series.length} 个序列至多问一天；${narrower.zh}`, en: `of ${series.length} series a day at most; ${narrower.en}` } })
  if (few && series.length * (skip + top + 1) > ROWS_AT_MOST) {
    throw tooMuch({ why: { zh: '$skip 与 $top 过大，请按 phenomenonTime 续问', en: '$skip and $top are too large; go on by phenomenonTime' } })
  }
  const byIndex = few && question.conditions.length === 0 && question.by === 'time' && !count
  if (byIndex) return
  const { rows } = await sql<{ n: number }>`
    select coalesce(sum(n), 0)::float8 as n from reading_day
     where series = any(${series as number[]}::int[]) and at > ${new Date(+from - DAY_MS)} and at < ${to}`.execute(own(ctx))
  if (rows[0]!.n > LOOKED_AT_MOST) throw tooMuch({ why: { zh: `须查看 ${rows[0]!.n} 条读数；${narrower.zh}`, en: `${rows[0]!.n} readings would be looked at; ${narrower.en}` } })
}

const within = ({ from, to }: Bounds, conditions: readonly Condition[]): Condition =>
  sql.join([sql`x.at >= ${from}`, sql`x.at < ${to}`, ...conditions.map((each) => sql`coalesce(${each}, false)`)], sql` and `)

const RECENT_DAYS = 3

/** The newest are mostly asked for, and mostly recent: to plan over a few days is ten times as quick as over all of them. */
async function readNewest(ctx: Context, series: readonly number[], bounds: Bounds, conditions: readonly Condition[], question: Question, most: number): Promise<Row[]> {
  const last = Math.min(+bounds.to, question.after ? question.after[0] + 1 : Infinity)
  const since = new Date(last - RECENT_DAYS * DAY_MS)
  if (question.by !== 'time' || !question.down || since <= bounds.from || series.length > SERIES_ONE_BY_ONE) return readRows(ctx, series, bounds, conditions, question, most)
  const recent = await readRows(ctx, series, { from: since, to: bounds.to }, conditions, question, most)
  const found = Map.groupBy(recent, (row) => row.series)
  const lacking = new Set(series.filter((each) => (found.get(each)?.length ?? 0) < most))
  if (lacking.size === 0) return recent
  return [...recent.filter((row) => !lacking.has(row.series)), ...(await readRows(ctx, [...lacking], bounds, conditions, question, most))]
}

async function readRows(ctx: Context, series: readonly number[], bounds: Bounds, conditions: readonly Condition[], question: Question, most: number): Promise<Row[]> {
  const { by, down, after } = question
  const order = sql`${sql.ref(by === 'time' ? 'x.at' : 'x.value')} ${sql.raw(down ? 'desc' : 'asc')}`
  const [at, of] = after ?? []
  // Behind the last one of the page before: of the same moment those of later series.
  const behind = after ? [sql`x.at ${sql.raw(down ? '<=' : '>=')} ${new Date(at!)}`, sql`(x.at <> ${new Date(at!)} or x.series > ${of!}::bigint)`] : []
  const where = within(bounds, [...conditions, ...behind])
  const columns = sql`x.series, ${MS} as at, x.value, x.flags`
  const query =
    series.length <= SERIES_ONE_BY_ONE
      ? sql<Row>`
          select r.* from unnest(${series as number[]}::int[]) as s (series) join reading_latest l on l.series = s.series
           cross join lateral (select ${columns} from reading x where x.series = s.series and x.at <= l.at and ${where} order by ${order} limit ${most}) r`
      : sql<Row>`select ${columns} from reading x where ${where} and x.series = any(${series as number[]}::int[]) order by ${order}, x.series limit ${most}`
  return (await query.execute(own(ctx))).rows
}

async function countRows(ctx: Context, series: readonly number[], bounds: Bounds, conditions: readonly Condition[]): Promise<Map<number, number>> {
  const { rows } = await sql<{ series: number; n: number }>`
    select x.series, count(*)::float8 as n from reading x where x.series = any(${series as number[]}::int[]) and ${within(bounds, conditions)} group by x.series`.execute(own(ctx))
  return new Map(rows.map(({ series: of, n }) => [of, n]))
}

/** One reading, by its series and its moment. */
export async function findReading(ctx: Context, item: Item, at: number): Promise<Item | undefined> {
  const { rows } = await sql<Row>`
    select x.series, ${MS} as at, x.value, x.flags from reading x where x.series = ${seriesOfItem(item)} and x.at = ${new Date(at)} limit 1`.execute(own(ctx))
  const row = rows[0]
  return row && { ...item, kind: 'Observations', observed: { at: row.at, value: row.value, late: (row.flags & LATE) > 0 } }
}

/** Each series with the times of its first and last reading that are kept. */
export async function withSpans(ctx: Context, world: World, items: readonly Item[]): Promise<Item[]> {
  const series = items.map(seriesOfItem)
  const since = new Date(world.now - (KEEP_DAYS + 1) * DAY_MS)
  const { rows } = await sql<{ series: number; first: number | null; last: number }>`
    select l.series, (extract(epoch from f.at) * 1000)::float8 as first, (extract(epoch from l.at) * 1000)::float8 as last
      from unnest(${series}::int[]) as s (series) join reading_latest l on l.series = s.series
     cross join lateral (select min(h.at) as at from reading_hour h where h.series = s.series and h.at >= ${since}) h
     cross join lateral (
       select min(x.at) as at from reading x where x.series = s.series and x.at >= h.at and x.at < h.at + interval '1 hour') f`.execute(own(ctx))
  const spans = new Map(rows.map((row) => [row.series, [row.first ?? row.last, row.last] as const]))
  return items.map((item, i) => ({ ...item, ...(spans.has(series[i]!) && { span: spans.get(series[i]!)! }) }))
}
