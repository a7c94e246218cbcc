// Reads the ready sums. A page is a few hundred rows, whatever the number of cases.

import { sql, type RawBuilder } from 'kysely'
import type { Context } from '../kernel/index.ts'
import { TALLIES, unitLevels, type Grain, type Tally } from './ledger.ts'
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

function startIs(rows: Rows): RawBuilder<boolean> {
  const parts = (['year', 'month', 'day'] as const)
    .filter((grain) => rows[grain].length > 0)
    .map((grain) => sql<boolean>`(t.grain = ${grain} and t.start = any(${rows[grain]}::date[]))`)
  return parts.length === 0 ? sql<boolean>`false` : sql<boolean>`(${sql.join(parts, sql` or `)})`
}

const summed = (names: readonly Tally[]) => sql.join(names.map((name) => sql`sum(t.${sql.ref(name)})::bigint as ${sql.ref(name)}`))

async function sumBy(
  ctx: Context,
  view: View,
  rows: Rows,
  key: RawBuilder<string>,
  where: RawBuilder<boolean>,
  classes: RawBuilder<boolean> = majorIs(view),
): Promise<Line[]> {
  const { rows: lines } = await sql<Line>`
    select ${key} as key, ${summed(TALLIES)}
      from case_tally t
     where t.district = any(${view.districts}::text[]) and ${startIs(rows)} and ${classes} and ${where}
     group by 1 order by 1`.execute(ctx.db)
  return lines
}

/** Everything in the view, as one sum. */
export async function sumAll(ctx: Context, view: View, rows: Rows): Promise<Sums> {
  const { axis, member } = axisOf(view)
  const where = sql<boolean>`t.axis = ${axis} and t.member = ${member} and ${regionIs(view)}`
  return (await sumBy(ctx, view, rows, sql<string>`''`, where))[0] ?? NONE
}

/** By day or month. */
export async function sumByStart(ctx: Context, view: View, grain: Grain, starts: string[]): Promise<Map<string, Line>> {
  const { axis, member } = axisOf(view)
  const where = sql<boolean>`t.axis = ${axis} and t.member = ${member} and ${regionIs(view)}`
  const rows = { year: [], month: [], day: [], [grain]: starts } as Rows
  const lines = await sumBy(ctx, view, rows, sql<string>`t.start::text`, where)
  return new Map(lines.map((line) => [line.key, line]))
}

/** By district and by street within the view. */
export async function sumByRegion(ctx: Context, view: View, rows: Rows): Promise<Map<string, Line>> {
  const { axis, member } = axisOf(view)
  const within = view.region.length > 6 ? sql<boolean>`t.region = ${view.region}` : sql<boolean>`true`
  const lines = await sumBy(ctx, view, rows, sql<string>`t.region`, sql<boolean>`t.axis = ${axis} and t.member = ${member} and ${within}`)
  return new Map(lines.map((line) => [line.key, line]))
}

/** Along an axis; for a caller who sees one unit only, none but that of units is kept apart. */
export async function sumAlong(ctx: Context, view: View, rows: Rows, axis: string): Promise<Line[]> {
  if (view.unit !== '' && !axis.startsWith('unit')) return []
  const under = view.unit === '' ? sql<boolean>`true` : sql<boolean>`starts_with(t.member, ${view.unit})`
  return sumBy(ctx, view, rows, sql<string>`t.member`, sql<boolean>`t.axis = ${axis} and ${regionIs(view)} and ${under}`)
}

/** By major class. */
export async function sumByMajor(ctx: Context, view: View, rows: Rows): Promise<Line[]> {
  const { axis, member } = axisOf(view)
  const where = sql<boolean>`t.major <> '' and t.axis = ${axis} and t.member = ${member} and ${regionIs(view)}`
  return sumBy(ctx, view, rows, sql<string>`t.major`, where, sql<boolean>`starts_with(t.major, ${view.category})`)
}

/** The axis of units one level below the view's own. */
export const unitAxis = ({ unit }: View): string => (unit === '' ? 'unit2' : `unit${Math.min(4, unitLevels(unit).length + 2)}`)

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
