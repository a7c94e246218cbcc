import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { systemActor, type Kernel } from '../../kernel/index.ts'
import { withApp, type App } from '../../testing.ts'
import { intake } from '../intake.ts'
import { metric, register } from '../testing.ts'
import type { FloodCurve, FloodShown, RainEventShown } from './contract.ts'
import { keepEvents, rainRecounted } from './keep-events.ts'
import { keepFits } from './keep-fits.ts'
import { floodPoint } from './testing.ts'

const asHouse = { actor: systemActor }
const MINUTE = 60_000
const RAIN = metric({ code: 'rain', zh: '雨量', en: 'Rain', unit: 'mm', max: 60, period: 300 })
const LEVEL = metric({ unit: 'cm', max: 300 })

async function say(kernel: Kernel, pieces: readonly { device: string; metric: string; at: number; value: number }[]): Promise<void> {
  const into = await kernel.read(asHouse, intake)
  const { quarantined } = await into.take({ way: 'http', pieces: [...pieces], allows: () => true })
  assert.deepEqual(quarantined, [])
}

const json = async <T>(reply: Promise<Response>): Promise<T> => {
  const found = await reply
  assert.ok(found.ok, `${found.status} ${found.ok ? '' : await found.text()}`)
  return found.json() as Promise<T>
}

/** A storm over two gauges of the day before, with the water that it brought to one point. */
async function storm(kernel: Kernel): Promise<{ from: number; to: number }> {
  await register(kernel, ['RG-1', 'RG-2', 'WL-1'], [RAIN, LEVEL])
  const from = Math.floor((+kernel.clock() - 30 * 60 * MINUTE) / (5 * MINUTE)) * 5 * MINUTE
  const steps = Array.from({ length: 60 }, (_, i) => Math.max(0, 9 * (1 - Math.abs(i - 18) / 8)))
  let cm = 0
  const levels = steps.map((_, i) => (cm = cm * 0.93 + Math.max(0, (steps[i - 1] ?? 0) - 2) * 1.5))
  await say(kernel, [
    ...steps.flatMap((mm, i) => ['RG-1', 'RG-2'].map((device, k) => ({ device, metric: 'rain', at: from + (i + 1) * 5 * MINUTE, value: Number((mm * (1 - 0.2 * k)).toFixed(1)) }))),
    ...levels.map((value, i) => ({ device: 'WL-1', metric: 'level', at: from + (i + 1) * 5 * MINUTE, value: Number(value.toFixed(1)) })),
  ])
  return { from, to: from + 60 * 5 * MINUTE }
}

const rows = (kernel: Kernel) => kernel.read(asHouse, async (ctx) => (await sql`select began_at, ended_at, stations from rain_event order by began_at`.execute(ctx.db)).rows)
const keepAt = (kernel: Kernel, now: number) => kernel.transact({ ...asHouse, now: new Date(now) }, keepEvents)
const faults = (kernel: Kernel) => kernel.read(asHouse, (ctx) => Array.fromAsync(rainRecounted.run(ctx)))

test('rain kept up minute by minute is the same as a recount, and a changed figure is found', withApp(async ({ kernel }: App) => {
  const { from, to } = await storm(kernel)
  for (let now = from; now <= to + 180 * MINUTE; now += 7 * MINUTE) await keepAt(kernel, now)
  const kept = await rows(kernel)
  assert.equal(kept.length, 1)
  assert.deepEqual(await faults(kernel), [])

  await kernel.transact(asHouse, (ctx) => sql`delete from rain_event`.execute(ctx.db))
  await kernel.transact(asHouse, (ctx) => sql`delete from rain_mark`.execute(ctx.db))
  await kernel.transact(asHouse, keepEvents)
  assert.deepEqual(await rows(kernel), kept)

  await kernel.transact(asHouse, (ctx) => sql`update rain_event set stations = jsonb_set(stations, '{0,total}', '999')`.execute(ctx.db))
  assert.equal((await faults(kernel)).length, 1)
}))

test('the last hour of a gauge is the last sixty minutes, whatever five minutes they end in', withApp(async (app: App) => {
  await register(app.kernel, ['RG-1'], [RAIN])
  const now = +app.kernel.clock()
  await say(app.kernel, [[-62, 16], [-59, 2], [-4, 1], [-190, 8]].map(([minutes, value]) => ({ device: 'RG-1', metric: 'rain', at: now + minutes! * MINUTE, value: value! })))

  const { gauges } = await json<FloodShown>(app.fetchAs('lead', '/api/flood'))
  const [{ now: five, hour, hours3, day }] = gauges.filter(({ device }) => device === 'RG-1') as [FloodShown['gauges'][number]]
  assert.deepEqual([five, hour, hours3, day], [1, 3, 19, 27])
}))

test('a point learns from its rain, and says what was to come', withApp(async (app: App) => {
  const { kernel } = app
  const { from } = await storm(kernel)
  await floodPoint(kernel, 'WL-1')
  await kernel.transact(asHouse, keepEvents)
  await kernel.settle()
  assert.equal(await kernel.transact(asHouse, keepFits), 1)
  assert.equal(await kernel.transact(asHouse, keepFits), 0, 'it knows all there is')

  const at = encodeURIComponent(new Date(from + 20 * 5 * MINUTE).toISOString())
  const then = await json<FloodShown>(app.fetchAs('lead', `/api/flood?at=${at}`))
  const [point] = then.points
  assert.deepEqual([then.past, then.points.length, then.gauges.map(({ device }) => device), then.event?.most.device], [true, 1, ['RG-1', 'RG-2', 'WL-1'], 'RG-1'])
  assert.ok(point!.level! > 10 && point!.state > 0 && point!.refused === null && point!.trend! > 0)
  assert.deepEqual(point!.reaches[0], { limit: 10, minutes: 0, soonest: 0, latest: 0 })

  const curve = await json<FloodCurve>(app.fetchAs('lead', `/api/flood/points/WL-1?at=${at}`))
  assert.equal(curve.forecast.length, 12)
  assert.ok(curve.forecast.every(([, value, low, high]) => low <= value && value <= high))
  assert.equal(curve.rests?.rains, 1)

  const now = await json<FloodShown>(app.fetchAs('lead', '/api/flood'))
  assert.deepEqual([now.past, now.event, now.points[0]!.silent, now.points[0]!.refused, now.points[0]!.state], [false, null, true, 'no-level', 0])
  const { items } = await json<{ items: RainEventShown[] }>(app.fetchAs('lead', '/api/flood/events'))
  assert.deepEqual(items.map(({ most, gauges }) => [most.device, gauges]), [['RG-1', 2]])
}))

test('who may not set rules sets no point; levels must rise, and the device must measure a level', withApp(async (app: App) => {
  await register(app.kernel, ['WL-1'], [LEVEL])
  const put = (account: string, levels: number[], device = 'WL-1') => app.fetchAs(account, `/api/flood/points/${device}`, { method: 'PUT', json: { scene: 'low-ground', levels } })

  assert.equal((await put('lead', [10, 15, 27, 40])).status, 403)
  assert.equal((await put('sysadmin', [10, 15, 15, 40])).status, 422)
  assert.equal((await put('sysadmin', [10, 15, 27, 40], 'NONE')).status, 404)
  assert.equal((await put('sysadmin', [5, 15, 27, 40])).status, 200)
  assert.equal((await app.fetchAs('lead', '/api/flood/points/WL-1')).status, 200)
  assert.equal((await app.fetchAs('lead', '/api/flood?at=2099-01-01T00:00:00Z')).status, 422)
  assert.equal((await app.fetchAs('sysadmin', '/api/flood/points/WL-1', { method: 'DELETE' })).status, 200)
  assert.equal((await app.fetchAs('lead', '/api/flood/points/WL-1')).status, 404)
}))
