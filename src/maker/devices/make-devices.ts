import type { Kernel } from '../../kernel/index.ts'
import { fillDevices, fillFlood, type Filling, type Scene } from '../../monitoring/index.ts'
import type { Workshop } from '../history.ts'
import type { FloodKind } from './basin.ts'
import { layDevices } from './lay-devices.ts'
import { pastReadings } from './past.ts'
import { PRODUCTS } from './products.ts'
import { rulesFor } from './rules.ts'

/** Of the demo city: two weeks of readings. */
export const DEVICE_DAYS = 14

const MINUTE = 60_000

/** A few that no city is spared: a device nobody registered, a broken probe, a clock that runs ahead. */
function refusedOf(now: number): NonNullable<Filling['refused']> {
  const line = (reason: 'unknown-device' | 'out-of-range' | 'in-future', minutes: number, piece: { device: string; metric: string; value: number }, aheadMs = 0) => {
    const cameAt = now - minutes * MINUTE
    return { reason, device: piece.device, payload: JSON.stringify({ ...piece, at: new Date(cameAt + aheadMs).toISOString() }), cameAt }
  }
  return [
    line('unknown-device', 47, { device: 'WL-21', metric: 'level', value: 2.4 }),
    line('unknown-device', 32, { device: 'WL-21', metric: 'level', value: 2.4 }),
    line('out-of-range', 26, { device: 'PR-07', metric: 'pressure', value: 6.553 }),
    line('in-future', 14, { device: 'CC-03', metric: 'people', value: 88 }, 8 * 60 * MINUTE),
    line('out-of-range', 11, { device: 'PR-07', metric: 'pressure', value: 6.553 }),
  ]
}

const SCENES: Readonly<Record<FloodKind, Scene>> = {
  车辆下穿通道: 'vehicle-underpass',
  人行下穿通道: 'foot-underpass',
  低洼地段: 'low-ground',
  缓洪池: 'retention-basin',
  排洪渠: 'flood-channel',
  雨污水泵站: 'pumping-station',
}

/** Devices of every product on the ground of the city, with what they reported before; the readings that were written. */
export async function makeDevices(kernel: Kernel, workshop: Workshop, now = +kernel.clock()): Promise<number> {
  const devices = layDevices(workshop)
  const written = await fillDevices(kernel, {
    products: PRODUCTS,
    devices,
    readings: pastReadings(devices, { seed: workshop.city.plan.seed, now, days: DEVICE_DAYS }),
    rules: rulesFor(devices),
    refused: refusedOf(now),
  })
  if (written > 0) await fillFlood(kernel, new Map(devices.flatMap(({ code, flood }) => (flood ? [[code, SCENES[flood]] as const] : []))))
  return written
}
