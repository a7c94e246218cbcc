import { sql } from 'kysely'
import type { Context } from '../kernel/index.ts'
import type { TrendShown } from './contract.ts'
import { hasMinutes } from './batch.ts'
import { getRow } from './devices.ts'
import { KEEP_DAYS } from './gate.ts'
import { metricUnknown } from './problems.ts'
import { thin, type Point } from './thin.ts'
import { seriesOf } from './series.ts'
import { own } from './tables.ts'

/** Rows that are read for one picture at most, by their expected number. */
const ROWS_READ = 12_000

const SOURCES = {
  minute: { table: sql.table('reading_minute'), ms: 60_000 },
  hour: { table: sql.table('reading_hour'), ms: 3_600_000 },
  day: { table: sql.table('reading_day'), ms: 86_400_000 },
} as const

type Source = TrendShown['source']

/** The finest rows of which no more than can be read lie in the span; `whole`: its readings are still kept one by one. */
export function sourceOf(spanMs: number, period: number, whole = true): Source {
  if (whole && spanMs / (period * 1000) <= ROWS_READ) return 'reading'
  if (hasMinutes(period) && spanMs / SOURCES.minute.ms <= ROWS_READ) return 'minute'
  return spanMs / SOURCES.hour.ms <= ROWS_READ ? 'hour' : 'day'
}

interface Question {
  readonly metric: string
  readonly from: string
  readonly to: string
  readonly points?: number | undefined
}

/** One metric of a device over time, with at most so many points. */
export async function readTrend(ctx: Context, code: string, { metric, from, to, points = 1_000 }: Question): Promise<TrendShown> {
  const { number, metrics } = await getRow(ctx, code, 'monitoring.read')
  const found = metrics.find((each) => each.code === metric)
  if (!found) throw metricUnknown({ code: metric })
  const series = seriesOf(number, found.no)
  const [begin, end] = [new Date(from), new Date(to)]
  const source = sourceOf(Math.max(0, +end - +begin), found.period, +begin > +ctx.now - (found.keepDays ?? KEEP_DAYS) * 86_400_000)
  const rows = await readPoints(ctx, series, source, begin, end)
  return { metric, source, points: thin(rows, points).map(({ at, sum, n, low, high }) => [at, sum / n, low, high]), readings: rows.reduce((total, { n }) => total + n, 0) }
}

/** Of a device that sends more often than it should the newest are shown, and no more than can be read. */
async function readPoints(ctx: Context, series: number, source: Source, from: Date, to: Date): Promise<Point[]> {
  const most = ROWS_READ * 2
  const query =
    source === 'reading'
      ? sql<Point>`
          select (extract(epoch from at) * 1000)::float8 as at, 1 as n, value as sum, value as low, value as high
            from reading where series = ${series} and at >= ${from} and at < ${to} order by at desc limit ${most}`
      : sql<Point>`
          select (extract(epoch from at) * 1000)::float8 as at, n, sum, low, high
            from ${SOURCES[source].table} where series = ${series} and at >= ${from} and at < ${to} order by at desc limit ${most}`
  const { rows } = await query.execute(own(ctx))
  return rows.toReversed()
}
