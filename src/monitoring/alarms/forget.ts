import { sql } from 'kysely'
import { hostOf, type Context } from '../../kernel/index.ts'
import { findDivisions } from '../../atlas/index.ts'
import { ownAlarms } from './tables.ts'

const DAY_MS = 86_400_000
export const ALARM_DAYS = 1_000
/** In one turn: more than come to an end in an hour. */
const AT_ONCE = 20_000

/** Alarms that have been over for so long go with all their steps; one that became a case or was told to the public stays, as those do. */
export async function forgetAlarms(ctx: Context): Promise<number> {
  const { alarmDays } = (await ctx.caches.get(ctx, hostOf)).settings
  const before = new Date(+ctx.now - Number(alarmDays ?? ALARM_DAYS) * DAY_MS)
  const districts = (await findDivisions(ctx, { level: 'district' })).map(({ code }) => code)
  const { rows } = await sql<{ id: string; district: string }>`
    select a.id, a.district from alarm a
     where a.district = any(${districts}::text[]) and a.raised_at < ${before} and a.cleared_at < ${before} and a.case_number is null
       and not exists (select from public_warning w where w.alarm = a.id and w.district = a.district)
     order by a.raised_at limit ${AT_ONCE} for update of a`.execute(ownAlarms(ctx))
  if (rows.length === 0) return 0
  const gone = sql`unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ district }) => district)}::text[]) as g (id, district)`
  await sql`delete from alarm_step s using ${gone} where s.alarm = g.id and s.district = g.district`.execute(ownAlarms(ctx))
  await sql`delete from alarm a using ${gone} where a.id = g.id and a.district = g.district`.execute(ownAlarms(ctx))
  return rows.length
}
