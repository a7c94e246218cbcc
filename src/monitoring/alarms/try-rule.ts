// A trial run: the same meter and the same steps as live, over readings of the past. It touches nothing.

import { sql } from 'kysely'
import type { Context } from '../../kernel/index.ts'
import { directory } from '../directory.ts'
import { reacherOf } from '../scope.ts'
import { deviceOf, seriesOf } from '../series.ts'
import { own } from '../tables.ts'
import { advance, QUIET, type Watch } from './advance.ts'
import { limitsAt } from './limits.ts'
import { meterOf } from './meter.ts'
import { ruleFaulty, trialTooLong } from './problems.ts'
import { isOfVehicles, metricOf, type RuleBody } from './rule.ts'
import { ruleFaults } from './rules.ts'
import { rungBy, type Rung } from './rung.ts'
import { tryVehicles } from './try-vehicles.ts'
import { watchedBy } from './watcher.ts'

const DAYS_AT_MOST = 31
const ROWS_AT_MOST = 300_000
const SHOWN_AT_MOST = 200

/** A reading, in the order of time. */
export type Sample = readonly [at: number, value: number, device: number, metric: string]

export async function tryRule(ctx: Context, { rule: body, from, to }: { rule: RuleBody; from: string; to: string }) {
  const faults = await ruleFaults(ctx, body)
  if (faults.length > 0) throw ruleFaulty(undefined, { faults })
  const [begin, end] = [new Date(from), new Date(to)]
  if (+end - +begin > DAYS_AT_MOST * 86_400_000 || end <= begin) throw trialTooLong({ days: DAYS_AT_MOST })
  const { watched, samples, whole, rung, of } = isOfVehicles(body.measure) ? await tryVehicles(ctx, body, begin, end) : await tryDevices(ctx, body, begin, end)
  return {
    devices: watched,
    readings: samples,
    whole,
    rung: rung.length,
    alarms: rung.slice(-SHOWN_AT_MOST).toReversed().map(({ device, level, raisedAt, clearedAt, worst }) => {
      const { code, name } = of(device)
      return { device: code, name, level, raisedAt: new Date(raisedAt).toISOString(), clearedAt: clearedAt === null ? null : new Date(clearedAt).toISOString(), worst }
    }),
  }
}

async function tryDevices(ctx: Context, body: RuleBody, begin: Date, end: Date) {
  const known = await directory(ctx)
  const reaches = await reacherOf(ctx, 'monitoring.read')
  const rule = { ...body, code: '', version: 0 }
  const devices = watchedBy(rule, known).filter(reaches)
  const { measure } = body
  const inputs = measure.kind === 'formula' ? measure.inputs.flatMap(({ device, metric }) => ({ device: known.byCode.get(device)!, metric })) : devices.map((device) => ({ device, metric: metricOf(measure)! }))
  const series = new Map(inputs.filter(({ device }) => reaches(device)).map(({ device, metric }) => [seriesOf(device.number, device.metrics.get(metric)!.no), metric]))
  const { rows } = await sql<{ at: number; value: number; series: number }>`
    select (extract(epoch from at) * 1000)::float8 as at, value, series from reading
     where series = any(${[...series.keys()]}::int[]) and at >= ${begin} and at < ${end} order by at desc limit ${ROWS_AT_MOST + 1}`.execute(own(ctx))
  const samples = rows.slice(0, ROWS_AT_MOST).toReversed().map(({ at, value, series: of }): Sample => [at, value, deviceOf(of), series.get(of)!])
  const rung = ringOver(body, samples, measure.kind === 'formula' ? [...known.byNumber.values()] : devices, Math.min(+end, +ctx.now))
  return { watched: devices.length, samples: samples.length, whole: rows.length <= ROWS_AT_MOST, rung, of: (number: number) => known.byNumber.get(number)! }
}

/** When a rule would have rung. Pure. Silence is weighed at the next reading and at the end. */
export function ringOver(rule: RuleBody, samples: readonly Sample[], devices: Parameters<typeof meterOf>[1], end: number): Rung[] {
  const meter = meterOf(rule, devices)
  const watches = new Map<number, Watch>()
  const rung = rungBy(rule.side)
  const weigh = (device: number, x: number, at: number) => {
    const after = advance(watches.get(device) ?? QUIET, x, at, limitsAt(rule, at))
    watches.set(device, after)
    rung.note(device, after.level, x, at)
  }
  const last = new Map<number, number>()
  for (const [at, value, device, metric] of samples) {
    if (rule.measure.kind === 'absence') {
      const before = last.get(device)
      if (before !== undefined) weigh(device, (at - before) / 1000, at)
      last.set(device, at)
      weigh(device, 0, at)
      continue
    }
    const found = meter.feed(device, metric, at, value)
    if (found) weigh(found.device, found.x, at)
  }
  if (rule.measure.kind === 'absence') for (const [device, at] of last) weigh(device, (end - at) / 1000, end)
  return rung.all
}
