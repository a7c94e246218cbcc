// What the caller sees of devices and products, in memory.

import { cache, type Context } from '../../kernel/index.ts'
import type { Language } from '../../kernel/contract.ts'
import { devicesChanged } from '../events.ts'
import { reacherOf } from '../scope.ts'
import { deviceOf } from '../series.ts'
import { own, type DeviceState, type Metric } from '../tables.ts'

export interface Product {
  readonly code: string
  readonly zh: string
  readonly en: string
  readonly metrics: readonly Metric[]
}

export interface Device {
  readonly code: string
  readonly number: number
  readonly name: string
  readonly product: Product
  readonly district: string
  readonly cell: string | null
  readonly position: readonly [number, number] | null
  readonly ownerUnit: string | null
  readonly component: string | null
  readonly gateway: string | null
  readonly state: DeviceState
}

export interface World {
  readonly devices: readonly Device[]
  readonly byCode: ReadonlyMap<string, Device>
  readonly bySeries: (series: number) => Device | undefined
  readonly products: ReadonlyMap<string, Product>
  readonly language: Language
  /** `https://city.example/sensorthings/v1.1` */
  readonly base: string
  readonly now: number
  /** What one question may still cost: entities that it follows links to, and entities that it shows. */
  readonly budget: { followed: number; shown: number }
}

/** So that no question keeps a process from all others. */
export const FOLLOWED_AT_MOST = 1_000_000
export const SHOWN_AT_MOST = 20_000

const describedOf = cache<{ devices: readonly Device[]; products: ReadonlyMap<string, Product> }>({
  name: 'monitoring.described',
  until: [devicesChanged],
  async build(ctx: Context) {
    const rows = await own(ctx).selectFrom('product').select(['code', 'zh', 'en', 'metrics']).orderBy('code').execute()
    const products = new Map(rows.map((row) => [row.code, row as Product]))
    const found = await own(ctx)
      .selectFrom('device')
      .select(['code', 'number', 'name', 'product', 'district', 'cell', 'position', 'ownerUnit', 'component', 'gateway', 'state'])
      .orderBy('code')
      .execute()
    const devices = found.map(({ position, product, ...row }): Device => {
      const place = position as { x: number; y: number } | null
      return { ...row, product: products.get(product)!, position: place && [place.x, place.y] }
    })
    return { devices, products }
  },
})

export async function worldOf(ctx: Context, language: Language, base: string): Promise<World> {
  const { devices: all, products } = await ctx.caches.get(ctx, describedOf)
  const reaches = await reacherOf(ctx, 'monitoring.read')
  const devices = all.filter(reaches)
  const byCode = new Map(devices.map((device) => [device.code, device]))
  const byNumber = new Map(devices.map((device) => [device.number, device]))
  const bySeries = (series: number) => byNumber.get(deviceOf(series))
  return { devices, byCode, bySeries, products, language, base, now: +ctx.now, budget: { followed: FOLLOWED_AT_MOST, shown: SHOWN_AT_MOST } }
}
