import { sql } from 'kysely'
import type { Context } from '../../kernel/index.ts'
import { alarmsSeen } from './alarms.ts'
import type { RuleShown } from './contract.ts'
import { ownAlarms, type RuleTable } from './tables.ts'

const show = ({ code, version, body, changedAt, changedBy }: RuleTable, ringing: number): RuleShown => ({ ...body, code, version, changedAt: changedAt.toISOString(), changedBy, ringing })

export async function listRules(ctx: Context): Promise<{ items: RuleShown[] }> {
  const rows = await ownAlarms(ctx).selectFrom('alarmRule').selectAll().where('endedAt', 'is', null).orderBy('code').execute()
  const { rows: counts } = await sql<{ rule: string; n: number }>`
    select a.rule, count(*)::int as n from alarm a where a.cleared_at is null and ${await alarmsSeen(ctx)} group by 1`.execute(ownAlarms(ctx))
  const ringing = new Map(counts.map(({ rule, n }) => [rule, n]))
  return { items: rows.map((row) => show(row, ringing.get(row.code) ?? 0)) }
}
