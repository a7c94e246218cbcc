import { sql } from 'kysely'
import type { Check } from '../../kernel/index.ts'
import { ownAlarms } from './tables.ts'

/** Every alarm stands as its own steps tell. */
export const alarmsFold: Check = {
  name: 'alarms',
  proves: { zh: '每条告警的等级与状态都等于其历史', en: 'Every alarm stands as its steps tell' },
  async *run(ctx) {
    const { rows } = await sql<{ id: string; device: string }>`
      select a.id, a.device from alarm a
        left join lateral (select count(*) as n, max(s.ordinal) as last, max(s.level) as peak, (array_agg(s.level order by s.ordinal desc))[1] as level
                             from alarm_step s where s.alarm = a.id and s.district = a.district) h on true
       where h.n is distinct from a.steps or h.last is distinct from a.steps or h.level is distinct from a.level or h.peak is distinct from a.peak
          or (a.level = 0) <> (a.cleared_at is not null)
       limit 100`.execute(ownAlarms(ctx))
    for (const { id, device } of rows) yield `alarms: ${id} of ${device} is not what its steps tell`
  },
}
