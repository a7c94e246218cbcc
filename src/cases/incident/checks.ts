// Proofs of `chengyun verify`: what was merged has a root that goes on, and every count of reports is right.

import { sql } from 'kysely'
import type { Check, Context } from '../../kernel/index.ts'
import { districtsOf } from '../scope.ts'
import { wayToRoot } from './store.ts'

const AT_ONCE = 1000

interface Row {
  readonly number: string
  readonly state: string
  readonly outcome: string
  readonly mergedInto: string | null
  readonly reports: number
}

export const incidentsWhole: Check = {
  name: 'incidents',
  proves: { zh: '合并案件都有未合并的主案，反映数无误', en: 'Every merged case has a root that is not merged, and reports are counted right' },
  async *run(ctx) {
    const districts = await districtsOf(ctx)
    for (const district of districts) {
      for await (const rows of concerned(ctx, district)) {
        const below = await countBelow(ctx, districts, rows)
        for (const row of rows) yield* faultsOf(ctx, row, 1 + (below.get(row.number) ?? 0))
      }
    }
  },
}

/** Cases that were merged, or into which others were. */
async function* concerned(ctx: Context, district: string): AsyncGenerator<Row[]> {
  for (let after = ''; ; ) {
    const { rows } = await sql<Row>`
      select number, state, outcome, merged_into, reports from case_file
       where district = ${district} and number > ${after} and (merged_into is not null or outcome = 'merged' or reports <> 1)
       order by number limit ${AT_ONCE}`.execute(ctx.db)
    if (rows.length > 0) yield rows
    if (rows.length < AT_ONCE) return
    after = rows.at(-1)!.number
  }
}

/** By case: the reports of all that was merged into it directly. */
async function countBelow(ctx: Context, districts: readonly string[], rows: readonly Row[]): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  for (const district of districts) {
    const { rows: found } = await sql<{ mergedInto: string; n: number }>`
      select merged_into, sum(reports)::int as n from case_file
       where district = ${district} and merged_into = any(${rows.map(({ number }) => number)}::text[]) group by merged_into`.execute(ctx.db)
    for (const { mergedInto, n } of found) counts.set(mergedInto, (counts.get(mergedInto) ?? 0) + n)
  }
  return counts
}

async function* faultsOf(ctx: Context, row: Row, reports: number): AsyncGenerator<string> {
  if (row.reports !== reports) yield `incidents: ${row.number} says ${row.reports} reports, and has ${reports}`
  if ((row.mergedInto !== null) !== (row.outcome === 'merged')) yield `incidents: ${row.number} is ${row.outcome}, merged into ${row.mergedInto ?? 'nothing'}`
  if (row.mergedInto === null) return
  const way = await wayToRoot(ctx, row.number)
  if (way.at(-1)!.mergedInto !== null) yield `incidents: ${row.number} is merged, and its way leads to no root`
}
