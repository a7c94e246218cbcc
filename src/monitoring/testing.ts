// A product and devices of it, for the tests of this room.

import { systemActor, type Context, type Kernel } from '../kernel/index.ts'
import { locate } from '../atlas/index.ts'
import { sql } from 'kysely'
import { raise } from './alarms/ring.ts'
import type { RuleBody } from './alarms/rule.ts'
import { putRule } from './alarms/rules.ts'
import { ownAlarms } from './alarms/tables.ts'
import { addDevice } from './devices.ts'
import { directory } from './directory.ts'
import { intake } from './intake.ts'
import type { Piece } from './payload.ts'
import { putProduct } from './products.ts'
import type { MetricBody } from './shapes.ts'
import { own } from './tables.ts'

export const metric = (over: Partial<MetricBody> = {}): MetricBody => ({ code: 'level', zh: '水位', en: 'Water level', unit: 'm', min: 0, max: 10, precision: 2, period: 60, ...over })

/** Where a thing of the city stands. */
export async function somewhere(ctx: Context): Promise<{ position: [number, number]; district: string }> {
  const { rows } = await sql<{ position: { x: number; y: number } }>`select position from component order by code limit 1`.execute(ctx.db)
  const { x, y } = rows[0]!.position
  return { position: [x, y], district: (await locate(ctx, [x, y]))!.district }
}

/** Registers devices of one product; their keys by code. */
export const register = (kernel: Kernel, codes: readonly string[], metrics: readonly MetricBody[] = [metric()], gateway?: string): Promise<Record<string, string>> =>
  kernel.transact({ actor: systemActor }, async (ctx) => {
    const known = await own(ctx).selectFrom('product').select('code').where('code', '=', 'gauge').executeTakeFirst()
    if (!known) await putProduct(ctx, 'gauge', { zh: '水位计', en: 'Gauge', metrics: [...metrics] })
    const place = await somewhere(ctx)
    const keys: Record<string, string> = {}
    for (const code of codes) {
      const body = { code, product: 'gauge', name: code, ...place, ownerUnit: null, component: null, gateway: gateway ?? null, state: 'in_service' as const }
      keys[code] = (await addDevice(ctx, body)).key
    }
    return keys
  })

/** Readings of any devices, stored and weighed; none may be refused. */
export async function take(kernel: Kernel, pieces: readonly Piece[]): Promise<void> {
  const into = await kernel.read({ actor: systemActor }, intake)
  const { quarantined } = await into.take({ way: 'http', pieces, allows: () => true })
  if (quarantined.length > 0) throw new Error(JSON.stringify(quarantined.slice(0, 5)))
}

/** A rule over the devices of `register`, and one alarm of a device by it. */
export const ringOnce = (kernel: Kernel, device: string): Promise<{ rule: RuleBody; district: string; id: string }> =>
  kernel.transact({ actor: systemActor }, async (ctx) => {
    const body: RuleBody = {
      zh: '水位超限', en: 'Water too high', product: 'gauge', devices: [], measure: { kind: 'threshold', metric: 'level' }, side: 'above', levels: [5, null, null, null], bands: [],
      hysteresis: 0, raiseSeconds: 0, clearSeconds: 0, case: null, active: true,
    }
    const rule = await putRule(ctx, 'WALKED', body)
    const { district } = (await directory(ctx)).byCode.get(device)!
    await raise(ctx, [{ rule, device: { code: device, district }, from: 0, level: 1, x: 6, at: +ctx.now, beganAt: +ctx.now }])
    const { id } = await ownAlarms(ctx).selectFrom('alarm').select('id').where('device', '=', device).executeTakeFirstOrThrow()
    return { rule: body, district, id }
  })
