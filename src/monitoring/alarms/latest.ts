import { sql } from 'kysely'
import type { Context } from '../../kernel/index.ts'
import { seriesOf } from '../series.ts'
import { own } from '../tables.ts'
import { kmhOf } from '../vehicles/position.ts'
import type { AlarmShown } from './contract.ts'
import { metricOf, type Measure } from './rule.ts'
import type { Subject } from './subject.ts'

export type Latest = NonNullable<AlarmShown['latest']>

interface Asked {
  /** Of the alarm. */
  readonly id: string
  readonly subject: Subject | undefined
  readonly measure: Measure
}

/** What was measured last of what alarms are about, by alarm. */
export async function latestOf(ctx: Context, asked: readonly Asked[]): Promise<Map<string, Latest>> {
  const found = new Map<string, Latest>()
  const metrics = asked.flatMap(({ id, subject, measure }) => {
    const metric = subject?.device?.metrics.get(metricOf(measure) ?? '')
    return metric ? [{ id, metric, series: seriesOf(subject!.device!.number, metric.no) }] : []
  })
  if (metrics.length > 0) {
    const rows = await own(ctx).selectFrom('readingLatest').select(['series', 'at', 'value']).where('series', 'in', metrics.map(({ series }) => series)).execute()
    const bySeries = new Map(rows.map((row) => [row.series, row]))
    for (const { id, metric: { unit, precision }, series } of metrics) {
      const row = bySeries.get(series)
      if (row) found.set(id, { value: row.value, at: row.at.toISOString(), unit, precision })
    }
  }
  const vehicles = new Map(asked.flatMap(({ id, subject }) => (subject && !subject.device ? [[id, subject.code] as const] : [])))
  if (vehicles.size === 0) return found
  const { rows } = await sql<{ code: string; at: Date; speed: number }>`
    select v.code, l.at, l.speed from vehicle v join vehicle_latest l on l.vehicle = v.number where v.code = any(${[...vehicles.values()]}::text[])`.execute(own(ctx))
  const byCode = new Map(rows.map((row) => [row.code, row]))
  for (const [id, code] of vehicles) {
    const row = byCode.get(code)
    if (row) found.set(id, { value: kmhOf(row.speed), at: row.at.toISOString(), unit: 'km/h', precision: 0 })
  }
  return found
}
