import { sql, type RawBuilder } from 'kysely'
import { getCityFacts } from '../atlas/index.ts'
import { cursorOf, keyOf, wallDay, type Context } from '../kernel/index.ts'
import { COUNTERS, CUBE_AXES, type Counter, type CubeAxis } from './contract.ts'
import type { Asked } from './overview.ts'
import { runningSpan } from './period.ts'
import { axisUnknown, spanTooLong } from './problems.ts'
import { viewOf, type View } from './scope.ts'

export interface CubeCell extends Record<Counter, number> {
  readonly members: Record<string, string>
}

/** A drill-down reads cells, of which a year of a large city has millions: it is bounded by its days. */
const DAYS_AT_MOST = 92

const COLUMN: Record<CubeAxis, RawBuilder<string>> = {
  day: sql`c.day::text`,
  month: sql`to_char(c.day, 'YYYY-MM')`,
  district: sql`c.district`,
  street: sql`c.street`,
  community: sql`c.community`,
  category: sql`c.category`,
  source: sql`c.source`,
  unit: sql`c.unit`,
  outcome: sql`c.outcome`,
  reason: sql`c.reason`,
}

/** Cells of the cube by the axes asked for, in the order of their members. */
export async function readCube(
  ctx: Context,
  asked: Asked & { by: string; cursor?: string | undefined; limit?: number | undefined },
): Promise<{ items: CubeCell[]; next: string | null }> {
  const axes = axesOf(asked.by)
  const view = await viewOf(ctx, asked)
  const span = await spanOf(ctx, asked)
  const limit = asked.limit ?? 50
  const columns = axes.map((axis) => COLUMN[axis])
  const after = asked.cursor === undefined ? undefined : keyOf(asked.cursor, ...axes.map(() => 'text' as const))

  const { rows } = await sql<{ members: string[] } & Record<Counter, number>>`
    select array[${columns.length > 0 ? sql.join(columns) : sql``}]::text[] as members,
           ${sql.join(COUNTERS.map((name) => sql`sum(c.${sql.ref(name)})::bigint as ${sql.ref(name)}`))}
      from case_cube c
     where c.district = any(${view.districts}::text[]) and c.day >= ${span.from}::date and c.day <= ${span.to}::date
       and ${within(view)}
     group by 1
    having sum(c.reported) > 0 ${after ? sql`and array[${sql.join(columns)}]::text[] > ${after}::text[]` : sql``}
     order by 1 limit ${limit + 1}`.execute(ctx.db)
  const items = rows.slice(0, limit).map(({ members, ...counters }) => ({
    members: Object.fromEntries(axes.map((axis, i) => [axis, members[i]!])),
    ...counters,
  }))
  const last = rows.length > limit ? rows[limit - 1]!.members : undefined
  return { items, next: last ? cursorOf(last) : null }
}

function axesOf(by: string): CubeAxis[] {
  const axes = by.split(',').filter(Boolean)
  for (const axis of axes) if (!(CUBE_AXES as readonly string[]).includes(axis)) throw axisUnknown({ axis })
  return [...new Set(axes)] as CubeAxis[]
}

async function spanOf(ctx: Context, { from, to, period }: Asked) {
  const today = wallDay(ctx.now, (await getCityFacts(ctx)).zone)
  const span = from === undefined || to === undefined ? runningSpan(period ?? 'month', today) : { from, to }
  const days = (Date.parse(span.to) - Date.parse(span.from)) / 86_400_000
  if (!(days >= 0 && days < DAYS_AT_MOST)) throw spanTooLong({ days: DAYS_AT_MOST })
  return span
}

function within({ region, unit, category }: View): RawBuilder<boolean> {
  const conditions = [sql<boolean>`true`]
  if (region.length > 9) conditions.push(sql<boolean>`c.community = ${region}`)
  else if (region.length > 6) conditions.push(sql<boolean>`c.street = ${region}`)
  if (unit !== '') conditions.push(sql<boolean>`starts_with(c.unit, ${unit})`)
  if (category !== '') conditions.push(sql<boolean>`starts_with(c.category, ${category})`)
  return sql<boolean>`${sql.join(conditions, sql` and `)}`
}
