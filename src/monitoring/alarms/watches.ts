import { sql } from 'kysely'
import type { Context } from '../../kernel/index.ts'
import { isQuiet, QUIET, type Watch } from './advance.ts'
import { ownAlarms } from './tables.ts'

/** Of a rule and the number of a device. */
export const watchKey = (rule: string, device: number): string => `${rule} ${device}`

/** What is remembered of a rule, by the number of the device. */
export type Watches = Map<number, Watch>

/** What is remembered of each of these rules: open alarms, and what is on its way to one or back. */
export async function readWatches(ctx: Context, rules: readonly string[]): Promise<ReadonlyMap<string, Watches>> {
  const into = new Map(rules.map((rule): [string, Watches] => [rule, new Map()]))
  if (rules.length === 0) return into
  const { rows: open } = await sql<{ rule: string; number: number | null; level: number }>`
    select a.rule, coalesce(d.number, v.number) as number, a.level from alarm a
      left join device d on a.about = 'device' and d.code = a.device left join vehicle v on a.about = 'vehicle' and v.code = a.device
     where a.cleared_at is null and a.rule = any(${rules as string[]}::text[])`.execute(ownAlarms(ctx))
  for (const { rule, number, level } of open) if (number !== null) into.get(rule)!.set(number, { ...QUIET, level })
  const kept = await ownAlarms(ctx).selectFrom('alarmWatch').selectAll().where('rule', 'in', [...rules]).execute()
  for (const { rule, device, state } of kept) {
    const watches = into.get(rule)!
    watches.set(device, { level: watches.get(device)?.level ?? 0, ...state })
  }
  return into
}

/** What has changed of them. */
export async function writeWatches(ctx: Context, changed: ReadonlyMap<string, { rule: string; device: number; watch: Watch }>): Promise<void> {
  if (changed.size === 0) return
  const all = [...changed.values()]
  const gone = all.filter(({ watch }) => isQuiet(watch))
  const kept = all.filter(({ watch }) => !isQuiet(watch))
  if (gone.length > 0) {
    await sql`
      delete from alarm_watch w using unnest(${gone.map(({ rule }) => rule)}::text[], ${gone.map(({ device }) => device)}::int[]) as t (rule, device)
       where w.rule = t.rule and w.device = t.device`.execute(ownAlarms(ctx))
  }
  if (kept.length === 0) return
  const states = kept.map(({ watch: { since, backSince } }) => JSON.stringify({ since, backSince }))
  await sql`
    insert into alarm_watch (rule, device, state)
    select * from unnest(${kept.map(({ rule }) => rule)}::text[], ${kept.map(({ device }) => device)}::int[], ${states}::jsonb[]) as t (rule, device, state) order by 1, 2
    on conflict (rule, device) do update set state = excluded.state`.execute(ownAlarms(ctx))
}
