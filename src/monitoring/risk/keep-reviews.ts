import { sql } from 'kysely'
import { announce, type Context } from '../../kernel/index.ts'
import { risksChanged } from './events.ts'
import { ownRisks, type RiskTable } from './tables.ts'
import { countRisks } from './tally.ts'

const AT_ONCE = 500
const ROUNDS = 20

/** Marks the reviews that have become overdue; what is left over is done in the next turn. */
export async function keepReviews(ctx: Context): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    const { rows } = await sql<RiskTable>`
      update risk r set overdue = true
        from (select code, district from risk where state = 'watched' and not overdue and review_by < ${ctx.now}
               order by review_by limit ${AT_ONCE} for update skip locked) due
       where r.code = due.code and r.district = due.district returning r.*`.execute(ownRisks(ctx))
    if (rows.length === 0) return
    await countRisks(ctx, rows.map((after) => ({ before: { ...after, overdue: false }, after })))
    for (const [district, those] of Map.groupBy(rows, (row) => row.district)) announce(ctx, risksChanged, district, { district, codes: those.map(({ code }) => code) })
  }
}
