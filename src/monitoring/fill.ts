import { systemActor, type Context, type Kernel } from '../kernel/index.ts'
import { findCity, getCityFacts, locator } from '../atlas/index.ts'
import type { Rule, RuleBody } from './alarms/rule.ts'
import { putRule } from './alarms/rules.ts'
import { Watcher } from './alarms/watcher.ts'
import { readDirectory } from './directory.ts'
import { hasMinutes, inOrder, sumUp, type Refused, type Row } from './batch.ts'
import { count, lagOf, writeCounts, type Counted } from './counts.ts'
import { makeDays, partitionDay } from './partitions.ts'
import { putProduct } from './products.ts'
import { seriesOf } from './series.ts'
import type { NewDevice, ProductBody } from './shapes.ts'
import { sendReadings, writeRefused, writeSums } from './store.ts'
import { own } from './tables.ts'
import { insertDevices, tellOfDevices } from './write-devices.ts'

export interface Reported {
  readonly device: string
  readonly metric: string
  readonly at: number
  readonly value: number
}

export interface Filling {
  readonly products: Readonly<Record<string, ProductBody>>
  readonly devices: readonly NewDevice[]
  /** At most once for each moment of a metric. */
  readonly readings: Iterable<Reported>
  /** By these they are weighed; no alarm of the past becomes a case. */
  readonly rules?: Readonly<Record<string, RuleBody>>
  readonly refused?: readonly Omit<Refused, 'district' | 'way'>[]
}

/** So much of the past is told on the page of the intake. */
const COUNTED_MS = 60 * 60_000

/**
 * Devices without keys, with what they reported before, written at once into a city that has none yet; returns how many readings there were.
 * The process that does it must not have taken readings before.
 */
export const fillDevices = (kernel: Kernel, filling: Filling): Promise<number> =>
  kernel.transact({ actor: systemActor }, async (ctx) => {
    if (await own(ctx).selectFrom('device').select('code').limit(1).executeTakeFirst()) return 0
    for (const [code, body] of Object.entries(filling.products)) await putProduct(ctx, code, body)
    const cellAt = await locator(ctx)
    await insertDevices(ctx, filling.devices.map(({ code, ...body }) => ({ code, body: bodyOf(body), cell: (body.position && cellAt(body.position)?.cell) ?? null })))
    const city = (await findCity(ctx))?.code ?? ''
    tellOfDevices(ctx, 'monitoring.devices-filled', city, filling.devices.map(({ code }) => code))
    return fillReadings(ctx, filling, city)
  })

/** What is a device's own, and nothing that its maker knows besides. */
const bodyOf = ({ product, name, district, position, ownerUnit, component, gateway, state }: Omit<NewDevice, 'code'>) => ({ product, name, district, position, ownerUnit, component, gateway, state })

async function fillReadings(ctx: Context, { readings, rules = {}, refused = [] }: Filling, city: string): Promise<number> {
  const known = await own(ctx).selectFrom('device').innerJoin('product', 'product.code', 'device.product').select(['device.code', 'device.number', 'product.metrics']).execute()
  const devices = new Map(known.map(({ code, number, metrics }) => [code, { number, metrics: new Map(metrics.map((metric) => [metric.code, metric])) }]))
  const often = new Set<number>()
  const counts = new Map<string, Counted>()
  const rows: Row[] = []
  for (const { device, metric, at, value } of readings) {
    const { number, metrics } = devices.get(device)!
    const { no, period } = metrics.get(metric)!
    const series = seriesOf(number, no)
    if (hasMinutes(period)) often.add(series)
    rows.push([at, value, series, 0])
    if (at > +ctx.now - COUNTED_MS) count(counts, at, 'http', '', lagOf(Math.floor(LEAST_LAG_MS + ((series * 37 + at / 1000) % 1_100))))
  }
  await makeDays(ctx, new Set(rows.map(([at]) => partitionDay(at))))
  const { zone } = await getCityFacts(ctx)
  const ordered = inOrder(rows)
  await (await sendReadings(ctx, ordered)).stored
  await writeSums(ctx, sumUp(ordered, zone, (series) => often.has(series)))
  const set: Rule[] = []
  for (const [code, body] of Object.entries(rules)) set.push(await putRule(ctx, code, body))
  await new Watcher({ rules: set.map((rule) => ({ ...rule, case: null })), known: await readDirectory(ctx) }).weigh(ctx, rows, zone)
  for (const { cameAt, reason } of refused) count(counts, cameAt, 'http', reason)
  await writeCounts(ctx, [...counts.values()])
  await writeRefused(ctx, refused.map((each) => ({ ...each, way: 'http', district: city })))
  return rows.length
}

/** From a device to the city it takes at least so long, and a second more at times. */
const LEAST_LAG_MS = 300
