// All devices in the memory of a process, for the gate.

import { cache, type Context, type Position } from '../kernel/index.ts'
import { devicesChanged } from './events.ts'
import { own, type DeviceState, type DeviceTable, type Metric } from './tables.ts'

export interface KnownDevice {
  readonly code: string
  readonly number: number
  readonly name: string
  readonly product: string
  readonly district: string
  readonly position: Position | null
  readonly ownerUnit: string | null
  readonly gateway: string | null
  readonly state: DeviceState
  readonly digest: string | null
  /** Of its product, shared by all of them. */
  readonly metrics: ReadonlyMap<string, Metric>
}

export interface Directory {
  readonly byCode: ReadonlyMap<string, KnownDevice>
  readonly byNumber: ReadonlyMap<number, KnownDevice>
}

export const directoryOf = cache<Directory>({
  name: 'monitoring.directory',
  until: [devicesChanged],
  build: (ctx) => readDirectory(ctx),
})

/** As it stands in the open transaction. */
export async function readDirectory(ctx: Context): Promise<Directory> {
  const products = await own(ctx).selectFrom('product').select(['code', 'metrics']).execute()
  const metrics = new Map(products.map((product) => [product.code, new Map(product.metrics.map((metric) => [metric.code, metric]))]))
  const rows = await own(ctx)
    .selectFrom('device')
    .select(['code', 'number', 'name', 'product', 'district', 'position', 'ownerUnit', 'gateway', 'state', 'digest'])
    .execute()
  const known = rows.map((row): KnownDevice => ({ ...row, position: placeOf(row.position), metrics: metrics.get(row.product)! }))
  return { byCode: new Map(known.map((each) => [each.code, each])), byNumber: new Map(known.map((each) => [each.number, each])) }
}

/** A point as the database gives it. */
const placeOf = (point: DeviceTable['position']): Position | null => (point === null || typeof point === 'string' ? null : [point.x, point.y])

export const directory = (ctx: Context): Promise<Directory> => ctx.caches.get(ctx, directoryOf)
