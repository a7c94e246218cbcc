// Where devices in service stand, by trade (行业), and which of them ring: gathered where they crowd.

import { sql } from 'kysely'
import type { Context } from '../kernel/index.ts'
import { ownAlarms } from './alarms/tables.ts'
import type { DeviceMap, DeviceMark } from './contract.ts'
import { directory, type KnownDevice } from './directory.ts'
import { latestOf, sayLatest } from './latest.ts'
import { boxOf, MARKS_AT_MOST, squareOf } from './risk/gather-marks.ts'
import { worstBy } from './risk/ringing.ts'
import { reacherOf } from './scope.ts'
import { seriesOf } from './series.ts'
import { own } from './tables.ts'
import { TRADE_CODES, type Trade } from './trades.ts'

interface MapQuestion {
  readonly box: string
  readonly zoom: number
  readonly trade?: Trade | undefined
}

const RINGING_AT_MOST = 100

/** From the memory of this process: a city's devices are too many to read for each look at a map. */
export async function mapDevices(ctx: Context, { box, zoom, trade }: MapQuestion): Promise<DeviceMap> {
  const tradeOf = new Map((await own(ctx).selectFrom('product').select(['code', 'trade']).execute()).map((product) => [product.code, product.trade]))
  const reaches = await reacherOf(ctx, 'monitoring.read')
  const mine = [...(await directory(ctx)).byCode.values()].filter((device) => device.state === 'in_service' && reaches(device))
  const levelOf = await worstLevels(ctx)
  const chosen = trade === undefined ? mine : mine.filter(({ product }) => tradeOf.get(product) === trade)
  const ringing = chosen.flatMap(({ code, name, product }) => (levelOf(code) > 0 ? [{ code, name, product, level: levelOf(code) }] : []))
  return {
    trades: TRADE_CODES.flatMap((code) => {
      const those = mine.filter(({ product }) => tradeOf.get(product) === code)
      return those.length === 0 ? [] : [{ trade: code, devices: those.length, ringing: those.filter((device) => levelOf(device.code) > 0).length }]
    }),
    devices: chosen.length,
    ringing: ringing.toSorted((a, b) => b.level - a.level || a.code.localeCompare(b.code)).slice(0, RINGING_AT_MOST),
    items: await gather(ctx, chosen, { box, zoom, levelOf }),
  }
}

/** What rings and was not shelved; not what a silent gateway explains: as on the desk. */
async function worstLevels(ctx: Context): Promise<(device: string) => number> {
  const { rows } = await sql<{ device: string; level: number }>`
    select device, level from alarm
     where about = 'device' and cleared_at is null and parent is null and level > 0 and (shelved_until is null or shelved_until <= ${ctx.now})`.execute(ownAlarms(ctx))
  return worstBy(rows)
}

async function gather(ctx: Context, devices: readonly KnownDevice[], { box, zoom, levelOf }: { box: string; zoom: number; levelOf: (device: string) => number }): Promise<DeviceMark[]> {
  const [west, south, east, north] = boxOf(box)
  const side = squareOf(zoom)
  const squares = new Map<string, (KnownDevice & { position: readonly [number, number] })[]>()
  for (const device of devices) {
    const { position } = device
    if (!position || position[0] < west || position[0] > east || position[1] < south || position[1] > north) continue
    // What rings is never hidden among others.
    const key = levelOf(device.code) > 0 ? device.code : `${Math.floor(position[0] / side)} ${Math.floor(position[1] / (side * 0.78))}`
    const there = squares.get(key)
    if (there) there.push({ ...device, position })
    else squares.set(key, [{ ...device, position }])
  }
  const heaps = [...squares.values()].map((those) => ({ those, level: Math.max(...those.map(({ code }) => levelOf(code))) })).toSorted((a, b) => b.level - a.level || b.those.length - a.those.length).slice(0, MARKS_AT_MOST)
  const singles = heaps.flatMap(({ those }) => (those.length === 1 ? those : []))
  const latest = await latestOf(ctx, singles.flatMap(({ number, metrics }) => [...metrics.values()].map(({ no }) => seriesOf(number, no))))
  return heaps.map(({ those, level }) => {
    const [one] = those.length === 1 ? those : []
    const mean = (axis: 0 | 1) => those.reduce((sum, { position }) => sum + position[axis], 0) / those.length
    return { lng: mean(0), lat: mean(1), n: those.length, level, code: one?.code ?? null, name: one?.name ?? null, silent: one !== undefined && sayLatest(one.number, [...one.metrics.values()], latest, ctx.now).silent }
  })
}
