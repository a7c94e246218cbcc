import { announce, record, type Context } from '../kernel/index.ts'
import type { ProductBody, ProductShown } from './contract.ts'
import { devicesChanged } from './events.ts'
import { KEEP_DAYS } from './gate.ts'
import { productFaults } from './product-faults.ts'
import { productFaulty } from './problems.ts'
import { demandCity } from './scope.ts'
import { METRICS_AT_MOST } from './series.ts'
import { own, type Metric, type ProductTable } from './tables.ts'

export const showProduct = ({ code, zh, en, trade, metrics, changedAt }: Omit<ProductTable, 'changedBy'>): ProductShown => ({
  code,
  zh,
  en,
  trade,
  metrics: metrics.map(({ code: of, zh: name, en: nameEn, unit, min, max, precision, period, keepDays = KEEP_DAYS }) => ({ code: of, zh: name, en: nameEn, unit, min, max, precision, period, keepDays })),
  changedAt: changedAt.toISOString(),
})

export async function listProducts(ctx: Context): Promise<{ items: ProductShown[] }> {
  const rows = await own(ctx).selectFrom('product').selectAll().orderBy('code').execute()
  return { items: rows.map(showProduct) }
}

/** A metric keeps its number as long as there is one of its code; a new one never gets a number that another had. */
function numbered(before: readonly Metric[], body: ProductBody): Metric[] {
  const known = new Map(before.map((metric) => [metric.code, metric.no]))
  let next = Math.max(-1, ...before.map(({ no }) => no)) + 1
  return body.metrics.map((metric) => ({ no: known.get(metric.code) ?? next++, ...metric }))
}

/** Sets a product; of a trade that is not said it stays. A metric that has readings cannot be taken out: they would belong to nothing. */
export async function putProduct(ctx: Context, code: string, body: ProductBody): Promise<ProductShown> {
  await demandCity(ctx, 'monitoring.edit')
  const before = await own(ctx).selectFrom('product').selectAll().where('code', '=', code).forUpdate().executeTakeFirst()
  const gone = (before?.metrics ?? []).filter((metric) => !body.metrics.some((each) => each.code === metric.code))
  const faults = productFaults(body)
  for (const metric of gone) faults.push({ at: 'metrics', reason: { zh: `指标 ${metric.code} 已在使用，不能去掉`, en: `the metric ${metric.code} is in use and cannot be left out` } })
  const metrics = numbered(before?.metrics ?? [], body)
  if (metrics.some(({ no }) => no >= METRICS_AT_MOST)) faults.push({ at: 'metrics', reason: { zh: `最多 ${METRICS_AT_MOST} 个指标`, en: `at most ${METRICS_AT_MOST} metrics` } })
  if (faults.length > 0) throw productFaulty(undefined, { faults })

  const row = { code, zh: body.zh, en: body.en, trade: body.trade === undefined ? (before?.trade ?? null) : body.trade, metrics: JSON.stringify(metrics) as never, changedAt: ctx.now, changedBy: ctx.actor.id }
  await own(ctx)
    .insertInto('product')
    .values(row)
    .onConflict((clash) => clash.column('code').doUpdateSet({ zh: row.zh, en: row.en, trade: row.trade, metrics: row.metrics, changedAt: row.changedAt, changedBy: row.changedBy }))
    .execute()
  record(ctx, before ? 'monitoring.product-changed' : 'monitoring.product-made', code, '', body)
  announce(ctx, devicesChanged, '', { codes: [] })
  return showProduct({ ...row, metrics })
}
