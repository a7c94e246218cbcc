import { sql } from 'kysely'
import type { Context } from '../kernel/index.ts'
import type { HealthShown } from './contract.ts'
import { intake } from './intake.ts'
import { isSilent } from './latest.ts'
import { demandCity, seenBy } from './scope.ts'
import { seriesOf } from './series.ts'
import { own, type Metric } from './tables.ts'

const SHOWN_MINUTES = 60
const SHOWN_SILENT = 200

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
  const { devices, silence } = await findSilent(ctx)
  return {
    devices,
    silent: new Set(silence.map(({ code }) => code)).size,
    waiting: (await intake(ctx)).waiting,
    minutes: lines.map(({ at, way, reason, n, lagMs, mostLagMs }) => ({ at: at.toISOString(), way, reason, n, lagMs: lagMs / n, mostLagMs })),
    silence: silence.slice(0, SHOWN_SILENT),
  }
}

interface InService {
  readonly code: string
  readonly name: string
  readonly number: number
  readonly product: string
}

async function findSilent(ctx: Context) {
  const { rows: products } = await sql<{ code: string; metrics: Metric[] }>`select code, metrics from product`.execute(own(ctx))
  const { rows } = await sql<InService>`
    select code, name, number, product from device where state = 'in_service' and ${await seenBy(ctx, 'monitoring.read')}`.execute(own(ctx))
  const { rows: latest } = await sql<{ series: number; at: Date }>`select series, at from reading_latest`.execute(own(ctx))
  const newest = new Map(latest.map((row) => [row.series, row]))
  const metrics = new Map(products.map((product) => [product.code, product.metrics]))
  const silence = rows.flatMap(({ code, name, number, product }) =>
    metrics.get(product)!.flatMap((metric) => {
      const last = newest.get(seriesOf(number, metric.no))
      return isSilent(last, metric.period, ctx.now) ? [{ code, name, product, metric: metric.code, lastAt: last?.at.toISOString() ?? null }] : []
    }),
  )
  // Those that fell silent last are the news; those that never spoke come behind.
  silence.sort((one, other) => (other.lastAt ?? '').localeCompare(one.lastAt ?? ''))
  return { devices: rows.length, silence }
}
