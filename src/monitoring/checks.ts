// Proofs of `chengyun verify`.

import { sql } from 'kysely'
import type { Check, Context } from '../kernel/index.ts'
import { getCityFacts } from '../atlas/index.ts'
import { directory } from './directory.ts'
import { KEEP_DAYS } from './gate.ts'
import { shortKept } from './old-days.ts'
import { own } from './tables.ts'

const DAY_MS = 86_400_000

const SPANS = { hour: sql.table('reading_hour'), day: sql.table('reading_day') } as const

/** Sums of floating numbers depend on their order in the last digits. */
const differs = sql`(k.n is distinct from c.n or k.low is distinct from c.low or k.high is distinct from c.high
                     or abs(k.sum - c.sum) > 1e-9 * greatest(abs(c.sum), c.n * greatest(abs(c.low), abs(c.high)), 1e-9))`

async function* days(ctx: Context, zone: string): AsyncGenerator<[Date, Date]> {
  const kept = new Date(+ctx.now - (KEEP_DAYS - 1) * DAY_MS)
  const { rows } = await sql<{ first: Date; last: Date }>`
    select date_trunc('day', least(min(r.at), min(d.at)), ${zone}) as first, greatest(max(r.at), max(d.at)) as last
      from (select min(at) as at from reading union all select max(at) from reading) r
      full join (select min(at) as at from reading_day union all select max(at) from reading_day) d on true`.execute(own(ctx))
  const { first, last } = rows[0]!
  if (!first) return
  for (let from = +first; from <= +last; from += DAY_MS) if (from >= +kept) yield [new Date(from), new Date(from + DAY_MS)]
}

/** Hours and days, kept up batch by batch, against a recount of the readings themselves. */
export const readingsRolled: Check = {
  name: 'readings',
  proves: { zh: '分时、分日汇总与最新值都等于由原始读数重算的结果', en: 'Hours, days and latest values equal a recount of the readings' },
  async *run(ctx) {
    const { zone } = await getCityFacts(ctx)
    const short = shortKept(await directory(ctx), +ctx.now)
    for await (const [from, to] of days(ctx, zone)) {
      const gone = short.series.filter((_, i) => short.from[i]! > +from)
      const kept = sql`not (series = any(${gone}::int[]))`
      for (const span of ['hour', 'day'] as const) {
        const { rows } = await sql<{ series: number; at: Date; kept: number | null; counted: number | null }>`
          with c as (select series, date_trunc(${span}, at, ${zone}) as at, count(*)::int as n, sum(value) as sum, min(value) as low, max(value) as high
                       from reading where at >= ${from} and at < ${to} and ${kept} group by 1, 2),
               k as (select * from ${SPANS[span]} where at >= ${from} and at < ${to} and ${kept})
          select series, at, k.n as kept, c.n as counted from k full join c using (series, at) where ${differs} limit 100`.execute(own(ctx))
        for (const { series, at, kept, counted } of rows) yield `readings: the ${span} ${at.toISOString()} of series ${series} holds ${kept ?? 0}, and ${counted ?? 0} were stored`
      }
      yield* minutes(ctx, from, to, gone)
    }
    yield* latest(ctx, short)
  },
}

/** Minutes are kept of those that report often; each that is there must be right. */
async function* minutes(ctx: Context, from: Date, to: Date, gone: number[]): AsyncGenerator<string> {
  const { rows } = await sql<{ series: number; at: Date }>`
    with k as (select * from reading_minute where at >= ${from} and at < ${to} and not (series = any(${gone}::int[]))),
         c as (select series, date_trunc('minute', at) as at, count(*)::int as n, sum(value) as sum, min(value) as low, max(value) as high
                 from reading where at >= ${from} and at < ${to} and series in (select series from k) group by 1, 2)
    select series, at from k left join c using (series, at) where ${differs} limit 100`.execute(own(ctx))
  for (const { series, at } of rows) yield `readings: the minute ${at.toISOString()} of series ${series} is not what was stored`
}

async function* latest(ctx: Context, short: { series: number[]; from: number[] }): AsyncGenerator<string> {
  const { rows } = await sql<{ series: number }>`
    select l.series from reading_latest l
     where l.at > ${new Date(+ctx.now - (KEEP_DAYS - 1) * DAY_MS)}
       and not exists (select from unnest(${short.series}::int[], ${short.from}::float8[]) as s (series, ms) where s.series = l.series and l.at < to_timestamp(s.ms / 1000))
       and (not exists (select from reading r where r.series = l.series and r.at = l.at and r.value = l.value)
            or exists (select from reading r where r.series = l.series and r.at > l.at))
     limit 100`.execute(own(ctx))
  for (const { series } of rows) yield `readings: the latest value of series ${series} is not the newest that was stored`
}
