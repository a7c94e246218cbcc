import { sql } from 'kysely'
import type { Context } from '../../kernel/index.ts'
import type { DeviceState } from '../tables.ts'
import { fleet } from '../vehicles/directory.ts'
import { note } from './ring.ts'
import { isOfVehicles } from './rule.ts'
import { readRules } from './rules.ts'
import { ownAlarms, type AlarmTable } from './tables.ts'
import { vehiclesOf } from './vehicle-watcher.ts'

interface Standing {
  readonly id: string
  readonly rule: string
  readonly device: string
  readonly moved: boolean
  readonly product: string
  readonly state: DeviceState
}

/** What rings of a device that its rule watches no more, because either was changed, would ring for ever: no reading will end it. */
export async function endOrphans(ctx: Context): Promise<void> {
  const { rows: open } = await sql<Standing>`
    select a.id, a.rule, a.device, d.district <> a.district as moved, d.product, d.state
      from alarm a join device d on d.code = a.device where a.cleared_at is null and a.about = 'device'`.execute(ownAlarms(ctx))
  const gone = await vehiclesGone(ctx)
  if (open.length + gone.length === 0) return
  const rules = new Map((await readRules(ctx)).map((rule) => [rule.code, rule]))
  const orphans: Pick<Standing, 'id' | 'rule' | 'device'>[] = open.filter(({ rule, device, moved, product, state }) => {
    const found = rules.get(rule)
    const watched = found?.active && found.product === product && (found.devices.length === 0 || found.devices.includes(device))
    return moved || state !== 'in_service' || !watched
  })
  orphans.push(...gone)
  if (orphans.length === 0) return
  const { rows } = await sql<AlarmTable>`
    update alarm set level = 0, cleared_at = ${ctx.now}, changed_at = ${ctx.now}, steps = steps + 1
     where id = any(${orphans.map(({ id }) => id)}::uuid[]) and cleared_at is null returning *`.execute(ownAlarms(ctx))
  await note(ctx, rows, 'ended')
  await sql`
    delete from alarm_watch w using (select code, number from device union all select code, number from vehicle) d, unnest(${orphans.map(({ rule }) => rule)}::text[], ${orphans.map(({ device }) => device)}::text[]) as t (rule, device)
     where d.code = t.device and w.rule = t.rule and w.device = d.number`.execute(ownAlarms(ctx))
}

/** Alarms of vehicles that their rules watch no more. */
async function vehiclesGone(ctx: Context): Promise<Pick<Standing, 'id' | 'rule' | 'device'>[]> {
  const { rows } = await sql<{ id: string; rule: string; device: string; district: string }>`
    select id, rule, device, district from alarm where cleared_at is null and about = 'vehicle'`.execute(ownAlarms(ctx))
  if (rows.length === 0) return []
  const known = await fleet(ctx)
  const watched = new Map<string, Set<string>>()
  for (const rule of await readRules(ctx)) {
    if (rule.active && isOfVehicles(rule.measure)) watched.set(rule.code, new Set(vehiclesOf(rule, known).map(({ code, district }) => `${code} ${district}`)))
  }
  return rows.filter(({ rule, device, district }) => !watched.get(rule)?.has(`${device} ${district}`))
}
