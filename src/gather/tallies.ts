// Reads the ready sums. A page is a few hundred rows, whatever the number of cases.

import { sql, type RawBuilder } from 'kysely'
import type { Context } from '../kernel/index.ts'
import { GRAINS, TALLIES, unitLevels, type Grain, type Tally } from './ledger.ts'
import type { Rows } from './period.ts'
import type { View } from './scope.ts'

export type Sums = Readonly<Record<Tally, number>>
export interface Line extends Sums {
  /** The group: a region, a member of an axis or the first day of a row. */
  readonly key: string
}

export const NONE = Object.fromEntries(TALLIES.map((name) => [name, 0])) as Record<Tally, number>

/** The axis along which the caller's own unit is found, or that of everything. */
function axisOf({ unit }: View): { axis: string; member: string } {
  if (unit === '') return { axis: 'all', member: '' }
  const level = unitLevels(unit)
  return { axis: `unit${level.length + 1}`, member: level.at(-1)! }
}

/** District rows hold the whole district; a street has its own. */
const regionIs = ({ region, districts }: View): RawBuilder<boolean> =>
  region.length > 6 ? sql<boolean>`t.region = ${region}` : sql<boolean>`t.region = any(${districts}::text[])`

/** One row holds all classes; of a class, and of the classes of a version, those below it are added up. */
const majorIs = ({ category }: View): RawBuilder<boolean> =>
  category === '' ? sql<boolean>`t.major = ''` : sql<boolean>`t.major >= ${category} and t.major < ${`${category}~`}`

interface Question {
  readonly key: RawBuilder<string>
  readonly where: RawBuilder<boolean>
  readonly classes?: RawBuilder<boolean>
  /** What is asked for; the other counters of the answer are 0. */
  readonly counters?: readonly Tally[]
}

/** Each grain is asked by itself, so that each is a walk down the index; and only for what is needed, for a row is wide. */
async function sumBy(ctx: Context, view: View, rows: Rows, question: Question): Promise<Line[]> {
  const { key, where, classes = majorIs(view), counters = TALLIES } = question
  const names = counters.map((name) => sql.ref(name))
  const parts = GRAINS.filter((grain) => rows[grain].length > 0).map(
    (grain) => sql`
      select ${key} as key, ${sql.join(names)}
        from case_tally t
       where t.district = any(${view.districts}::text[]) and t.grain = ${grain} and t.start = any(${rows[grain]}::date[])
         and ${classes} and ${where}`,
  )
  if (parts.length === 0) return []
  const sums = names.map((name) => sql`sum(${name})::bigint as ${name}`)
  const { rows: lines } = await sql<Line>`
    select key, ${sql.join(sums)} from (${sql.join(parts, sql` union all `)}) t group by key`.execute(ctx.db)
  return lines.map((line) => ({ ...NONE, ...line }))
}

/** Everything in the view, as one sum. */
export async function sumAll(ctx: Context, view: View, rows: Rows): Promise<Sums> {
  const { axis, member } = axisOf(view)
  const where = sql<boolean>`t.axis = ${axis} and t.member = ${member} and ${regionIs(view)}`
  return (await sumBy(ctx, view, rows, { key: sql<string>`''`, where }))[0] ?? NONE
}

/** By day or month. */
export async function sumByStart(ctx: Context, view: View, grain: Grain, starts: string[]): Promise<Map<string, Line>> {
  const { axis, member } = axisOf(view)
  const where = sql<boolean>`t.axis = ${axis} and t.member = ${member} and ${regionIs(view)}`
  const rows = { year: [], month: [], day: [], [grain]: starts } as Rows
  const lines = await sumBy(ctx, view, rows, { key: sql<string>`t.start::text`, where })
  return new Map(lines.map((line) => [line.key, line]))
}

/** By district and by street within the view. */
export async function sumByRegion(ctx: Context, view: View, rows: Rows): Promise<Map<string, Line>> {
  const { axis, member } = axisOf(view)
  const within = view.region.length > 6 ? sql<boolean>`t.region = ${view.region}` : sql<boolean>`true`
  const where = sql<boolean>`t.axis = ${axis} and t.member = ${member} and ${within}`
  const lines = await sumBy(ctx, view, rows, { key: sql<string>`t.region`, where })
  return new Map(lines.map((line) => [line.key, line]))
}

/** Along several axes at once; for a caller who sees one unit only, they are not kept apart. */
export async function sumAlong(ctx: Context, view: View, rows: Rows, axes: readonly string[]): Promise<Map<string, Line[]>> {
  if (view.unit !== '') return new Map()
  const where = sql<boolean>`t.axis = any(${axes as string[]}::text[]) and ${regionIs(view)}`
  const counters = ['reported', 'declined', 'disposed'] as const
  const lines = await sumBy(ctx, view, rows, { key: sql<string>`t.axis || ' ' || t.member`, where, counters })
  return Map.groupBy(
    lines.map((line) => ({ ...line, axis: line.key.slice(0, line.key.indexOf(' ')), key: line.key.slice(line.key.indexOf(' ') + 1) })),
    ({ axis }) => axis,
  )
}

/** By units of the level below the view's own. Of a street or a class they are not kept by the day: then there is no list. */
export async function sumByUnit(ctx: Context, view: View, rows: Rows): Promise<Line[]> {
  if (rows.day.length > 0 && (view.region.length > 6 || view.category !== '')) return []
  const axis = view.unit === '' ? 'unit2' : `unit${Math.min(4, unitLevels(view.unit).length + 2)}`
  const where = sql<boolean>`t.axis = ${axis} and ${regionIs(view)} and starts_with(t.member, ${view.unit})`
  return sumBy(ctx, view, rows, { key: sql<string>`t.member`, where, counters: ['dispatched', 'due', 'dueClosed', 'dueClosedInTime'] })
}

/** By major class. */
export async function sumByMajor(ctx: Context, view: View, rows: Rows): Promise<Line[]> {
  const { axis, member } = axisOf(view)
  const where = sql<boolean>`t.major <> '' and t.axis = ${axis} and t.member = ${member} and ${regionIs(view)}`
  const classes = sql<boolean>`starts_with(t.major, ${view.category})`
  return sumBy(ctx, view, rows, { key: sql<string>`t.major`, where, classes, counters: ['established'] })
}

export interface StandingLine {
  readonly region: string
  readonly state: string
  readonly lamp: string
  readonly cases: number
}

/** Open cases by region, state and lamp. */
export async function readStanding(ctx: Context, view: View): Promise<StandingLine[]> {
  const within = view.region.length > 6 ? sql<boolean>`t.region = ${view.region}` : sql<boolean>`true`
  const unit = view.unit === '' ? '' : unitLevels(view.unit).at(-1)!
  const { rows } = await sql<StandingLine>`
    select t.region, t.state, t.lamp, sum(t.cases)::int as cases
      from case_standing t
     where t.district = any(${view.districts}::text[]) and ${majorIs(view)} and t.unit = ${unit} and ${within} and t.cases <> 0
     group by 1, 2, 3`.execute(ctx.db)
  return rows
}
