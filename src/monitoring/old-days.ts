// Days that are over: each is written anew once, in the order of its index, so that its index is full and a series lies together; and again without the
// readings of metrics that are kept for a shorter time. What was rolled up of them stays.

import { sql } from 'kysely'
import { getCityFacts } from '../atlas/index.ts'
import { offsetMs } from '../kernel/calendar/index.ts'
import type { Context } from '../kernel/index.ts'
import { directory, type Directory } from './directory.ts'
import { KEEP_DAYS } from './gate.ts'
import { partitionDay } from './partitions.ts'
import { seriesOf } from './series.ts'
import { own } from './tables.ts'

const DAY_MS = 86_400_000
/** By then what comes late has come. */
const OVER_DAYS = 3
/** Hours of the city in which few look. */
const [FIRST_HOUR, LAST_HOUR] = [1, 5]

const KINDS = [
  { table: 'reading', key: 'series, at', unique: false },
  { table: 'vehicle_position', key: 'vehicle, at', unique: true },
] as const
type Kind = (typeof KINDS)[number]

/** What is no longer kept of a day: the metrics by product and number, and their series. */
export interface Expired {
  readonly text: string
  readonly series: readonly number[]
}

export function expiredOf({ byCode }: Directory, day: number, today: number): Expired {
  const keys = new Set<string>()
  const series: number[] = []
  for (const { product, number, metrics } of byCode.values()) {
    for (const { no, code, keepDays = KEEP_DAYS } of metrics.values()) {
      if (day >= today - keepDays - 1) continue
      keys.add(`${product}/${code}`)
      series.push(seriesOf(number, no))
    }
  }
  return { text: [...keys].toSorted().join(' '), series }
}

const NOTHING: Expired = { text: '', series: [] }
/** Stands as the comment of a day that was written anew. */
const markOf = ({ text }: Expired): string => `in order${text === '' ? '' : ` without ${text}`}`

/** The job: at night, one day at a turn. */
export async function keepOldDays(ctx: Context): Promise<void> {
  const { zone } = await getCityFacts(ctx)
  const hour = new Date(+ctx.now + offsetMs(+ctx.now, zone)).getUTCHours()
  if (hour >= FIRST_HOUR && hour < LAST_HOUR) await writeOldDay(ctx)
}

/** Writes one old day anew, the oldest that needs it; its name, or nothing. */
export async function writeOldDay(ctx: Context): Promise<string | undefined> {
  const today = partitionDay(+ctx.now)
  const known = await directory(ctx)
  for (const kind of KINDS) {
    for (const { name, day, mark } of await daysOf(ctx, kind)) {
      if (day > today - OVER_DAYS) break
      const expired = kind.table === 'reading' ? expiredOf(known, day, today) : NOTHING
      if (mark === markOf(expired)) continue
      if (await writeAnew(ctx, kind, { name, day }, expired)) return name
    }
  }
  return undefined
}

async function daysOf(ctx: Context, { table }: Kind): Promise<{ name: string; day: number; mark: string | null }[]> {
  const { rows } = await sql<{ name: string; mark: string | null }>`
    select c.relname as name, obj_description(c.oid, 'pg_class') as mark
      from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = ${table}::regclass order by 1`.execute(own(ctx))
  return rows.map((row) => ({ ...row, day: Date.parse(row.name.slice(-8).replace(/(....)(..)(..)/, '$1-$2-$3')) / DAY_MS }))
}

/** False where something came into the day meanwhile: then it is left for another turn. */
async function writeAnew(ctx: Context, { table, key, unique }: Kind, { name, day }: { name: string; day: number }, expired: Expired): Promise<boolean> {
  const run = (text: string) => sql.raw(text).execute(own(ctx))
  const fresh = `${name}_anew`
  const [from, to] = [day, day + 1].map((each) => `${new Date(each * DAY_MS).toISOString().slice(0, 10)}Z`)
  const before = await countOf(ctx, name)
  await run(`create table ${fresh} (like ${table} including defaults)`)
  const kept = expired.series.length === 0 ? sql`` : sql`where not (series = any(${expired.series as number[]}::int[]))`
  await sql`insert into ${sql.table(fresh)} select * from ${sql.table(name)} ${kept} order by ${sql.raw(key)}`.execute(own(ctx))
  await run(`create ${unique ? 'unique ' : ''}index on ${fresh} (${key}) with (fillfactor = 100)`)
  // Known to hold, so that it need not be looked for while others wait.
  await run(`alter table ${fresh} add constraint ${fresh}_day check (at is not null and at >= '${from}' and at < '${to}')`)
  await run(`set local lock_timeout = '3s'`)
  await run(`lock table ${table} in access exclusive mode`)
  if ((await countOf(ctx, name)) !== before) {
    await run(`drop table ${fresh}`)
    return false
  }
  await run(`drop table ${name}`)
  await run(`alter table ${table} attach partition ${fresh} for values from ('${from}') to ('${to}')`)
  await run(`alter table ${fresh} drop constraint ${fresh}_day`)
  await run(`alter table ${fresh} rename to ${name}`)
  await run(`comment on table ${name} is '${markOf(expired).replaceAll("'", "''")}'`)
  return true
}

async function countOf(ctx: Context, name: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::float8 as n from ${sql.table(name)}`.execute(own(ctx))
  return rows[0]!.n
}

/** The series that are not kept for so long as all others, by the moment from which on they are surely there. */
export function shortKept({ byCode }: Directory, now: number): { series: number[]; from: number[] } {
  const found: { series: number[]; from: number[] } = { series: [], from: [] }
  for (const { number, metrics } of byCode.values()) {
    for (const { no, keepDays } of metrics.values()) {
      if (keepDays === undefined || keepDays >= KEEP_DAYS) continue
      found.series.push(seriesOf(number, no))
      found.from.push(now - (keepDays - 2) * DAY_MS)
    }
  }
  return found
}
