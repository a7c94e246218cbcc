import { sql } from 'kysely'
import type { Context } from '../kernel/index.ts'
import { TALLIES, type Tally } from './ledger.ts'
import { viewOf } from './scope.ts'

export interface MonthLine extends Readonly<Record<Tally, number>> {
  readonly member: string
  /** `2026-05`. */
  readonly month: string
}

/** Every month in which anything happened, along one axis: what a yearbook is made of. */
export async function readMonths(ctx: Context, axis: string): Promise<MonthLine[]> {
  const { districts } = await viewOf(ctx, {})
  const { rows } = await sql<MonthLine>`
    select t.member, to_char(t.start, 'YYYY-MM') as month,
           ${sql.join(TALLIES.map((name) => sql`sum(t.${sql.ref(name)})::bigint as ${sql.ref(name)}`))}
      from case_tally t
     where t.district = any(${districts}::text[]) and t.axis = ${axis} and t.major = '' and t.grain = 'month' and t.region = t.district
     group by 1, 2 order by 1, 2`.execute(ctx.db)
  return rows
}
