import { sql } from 'kysely'
import { cache, type Context } from '../kernel/index.ts'
import type { HealthShown } from './contract.ts'
import { devicesChanged } from './events.ts'
import { intake } from './intake.ts'
import { SILENT_PERIODS } from './latest.ts'
import { demandCity } from './scope.ts'
import { METRICS_AT_MOST } from './series.ts'
import { own } from './tables.ts'

const SHOWN_MINUTES = 60
const SHOWN_SILENT = 200
/** Silence is a matter of periods: so old may be what is shown of it. */
const LOOKED_UP_MS = 15_000

interface Lines {
  readonly at: Date
  readonly way: string
  readonly reason: string
  readonly n: number
  readonly lagMs: number
  readonly mostLagMs: number
}

/** How readings come in, and who is silent. */
export async function readHealth(ctx: Context): Promise<HealthShown> {
  await demandCity(ctx, 'monitoring.read')
  const since = new Date(+ctx.now - SHOWN_MINUTES * 60_000)
  const { rows: lines } = await sql<Lines>`
    select at, way, reason, n, lag_ms, most_lag_ms from reading_intake where at >= ${since} order by at, way, reason`.execute(own(ctx))
  return {
    ...(await silenceOf(ctx)),
    waiting: (await intake(ctx)).waiting,
    minutes: lines.map(({ at, way, reason, n, lagMs, mostLagMs }) => ({ at: at.toISOString(), way, reason, n, lagMs: lagMs / n, mostLagMs })),
  }
}

type Silence = Pick<HealthShown, 'devices' | 'silent' | 'silence'>

/** Who sees this page sees all of the city: what one has looked up serves all for a while. */
const kept = cache<{ at: number; found: Promise<Silence> | undefined }>({
  name: 'monitoring.silence',
  until: [devicesChanged],
  build: async () => ({ at: 0, found: undefined }),
})

async function silenceOf(ctx: Context): Promise<Silence> {
  const known = await ctx.caches.get(ctx, kept)
  if (known.found === undefined || +ctx.now - known.at >= LOOKED_UP_MS || +ctx.now < known.at) {
    const found = findSilent(ctx)
    known.at = +ctx.now
    known.found = found
    found.catch(() => {
      if (known.found === found) known.found = undefined
    })
  }
  return known.found!
}

interface Row {
  readonly devices: number
  readonly silent: number
  readonly silence: HealthShown['silence']
}

async function findSilent(ctx: Context): Promise<Silence> {
  // Those that fell silent last are the news; those that never spoke come behind.
  const { rows } = await sql<Row>`
    with m as (select p.code as product, x.no, x.code, x.period from product p cross join lateral jsonb_to_recordset(p.metrics) as x (no int, code text, period float8)),
         s as materialized (
           select d.code, d.name, d.product, m.code as metric, l.at from device d
             join m on m.product = d.product
             left join reading_latest l on l.series = d.number * ${METRICS_AT_MOST}::int + m.no
            where d.state = 'in_service' and (l.at is null or l.at < ${ctx.now}::timestamptz - make_interval(secs => ${SILENT_PERIODS}::int * m.period))),
         shown as (select * from s order by at desc nulls last, code, metric limit ${SHOWN_SILENT})
    select (select count(*)::int from device where state = 'in_service') as devices,
           (select count(distinct code)::int from s) as silent,
           (select coalesce(json_agg(json_build_object('code', code, 'name', name, 'product', product, 'metric', metric, 'lastAt', to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
                                     order by at desc nulls last, code, metric), '[]') from shown) as silence`.execute(own(ctx))
  return rows[0]!
}
