import { sql } from 'kysely'
import type { Context } from '../../kernel/index.ts'
import { note } from './ring.ts'
import { ownAlarms, type AlarmTable } from './tables.ts'

/** All that rings by a rule is over, because the rule is. */
export async function endAlarmsOf(ctx: Context, rule: string): Promise<void> {
  const { rows } = await sql<AlarmTable>`
    update alarm set level = 0, cleared_at = ${ctx.now}, changed_at = ${ctx.now}, steps = steps + 1
     where rule = ${rule} and cleared_at is null returning *`.execute(ownAlarms(ctx))
  await note(ctx, rows, 'ended')
  await ownAlarms(ctx).deleteFrom('alarmWatch').where('rule', '=', rule).execute()
}
