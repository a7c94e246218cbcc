import { sql } from 'kysely'
import { dayNumber, DAY_MS, offsetMs, type Context } from '../../kernel/index.ts'
import { ownAlarms } from '../alarms/tables.ts'
import { directory } from '../directory.ts'
import { demandCity } from '../scope.ts'
import { own } from '../tables.ts'
import type { WallShown } from './contract.ts'

const SHOWN_MINUTES = 60
const LAG_MINUTES = 5
const MINUTE_MS = 60_000

export async function readWall(ctx: Context): Promise<WallShown> {
  await demandCity(ctx, 'monitoring.read')
  const standing = await readStanding(ctx)
  const levels = await readLevels(ctx)
  const { minutes, lagMs } = await readIntake(ctx)
  return {
    at: ctx.now.toISOString(),
    countedAt: standing[0]?.at.toISOString() ?? null,
    products: standing.map(({ code, zh, en, devices, silent }) => ({ code, words: { zh, en }, devices, silent, levels: levels.get(code) ?? [0, 0, 0, 0] })),
    minutes,
    lagMs,
    today: await readToday(ctx),
  }
}

async function readStanding(ctx: Context) {
  const { rows } = await sql<{ code: string; zh: string; en: string; devices: number; silent: number; at: Date }>`
    select p.code, p.zh, p.en, sum(s.devices)::int as devices, sum(s.silent)::int as silent, max(s.at) as at
      from device_standing s join product p on p.code = s.product group by p.code, p.zh, p.en order by devices desc, p.code`.execute(own(ctx))
  return rows
}

/** Open alarms by product and level. Those that a silent gateway explains do not count, nor those that were shelved: as on the desk. */
async function readLevels(ctx: Context): Promise<Map<string, number[]>> {
  const { byCode } = await directory(ctx)
  const { rows } = await sql<{ device: string; level: number }>`
    select device, level from alarm
     where about = 'device' and cleared_at is null and parent is null and level > 0 and (shelved_until is null or shelved_until <= ${ctx.now})`.execute(ownAlarms(ctx))
  const found = new Map<string, number[]>()
  for (const { device, level } of rows) {
    const product = byCode.get(device)?.product
    if (product === undefined) continue
    const counts = found.get(product) ?? [0, 0, 0, 0]
    counts[level - 1]!++
    found.set(product, counts)
  }
  return found
}

async function readIntake(ctx: Context): Promise<Pick<WallShown, 'minutes' | 'lagMs'>> {
  const end = Math.floor(+ctx.now / MINUTE_MS) * MINUTE_MS
  const begin = end - SHOWN_MINUTES * MINUTE_MS
  const { rows } = await sql<{ at: Date; reason: string; n: number; lagMs: number }>`
    select at, reason, sum(n)::float8 as n, sum(lag_ms)::float8 as lag_ms from reading_intake
     where at >= ${new Date(begin)} group by at, reason`.execute(own(ctx))
  const minutes = Array.from({ length: SHOWN_MINUTES }, (_, i) => ({ at: new Date(begin + i * MINUTE_MS).toISOString(), taken: 0, refused: 0 }))
  let [late, taken] = [0, 0]
  for (const { at, reason, n, lagMs } of rows) {
    const minute = minutes[(+at - begin) / MINUTE_MS]
    if (minute) minute[reason === '' ? 'taken' : 'refused'] += n
    if (reason !== '' || +at < end - LAG_MINUTES * MINUTE_MS) continue
    taken += n
    late += lagMs
  }
  return { minutes, lagMs: taken > 0 ? late / taken : null }
}

async function readToday(ctx: Context): Promise<WallShown['today']> {
  const midnight = new Date(dayNumber(ctx.now) * DAY_MS - offsetMs(+ctx.now))
  const { rows } = await sql<WallShown['today']>`
    select count(*)::int as raised, count(*) filter (where cleared_at is null)::int as open, count(case_number)::int as cases
      from alarm where district in (select district from device_standing) and raised_at >= ${midnight}`.execute(ownAlarms(ctx))
  return rows[0]!
}
