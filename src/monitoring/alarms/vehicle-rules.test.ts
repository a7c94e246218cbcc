import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { systemActor, type Kernel } from '../../kernel/index.ts'
import { findUnits } from '../../registry/index.ts'
import { as, withApp, type App } from '../../testing.ts'
import { VehicleBody, type AlarmShown, type RuleBody } from '../contract.ts'
import type { Location } from '../jt808/index.ts'
import { somewhere } from '../testing.ts'
import { fleet } from '../vehicles/directory.ts'
import { VehicleIntake, vehicleIntake } from '../vehicles/intake.ts'
import { registerVehicles } from '../vehicles/testing.ts'
import { hostOf } from '../../kernel/context.ts'
import { listAlarms } from './alarms.ts'
import { alarmsFold } from './check.ts'
import { endOrphans } from './end-orphans.ts'
import { vehiclesRing } from './try-vehicles.ts'

const asHouse = { actor: systemActor }
const METRE = 1 / 111_195
const rule = (over: Partial<RuleBody>): RuleBody => ({
  zh: '车辆', en: 'Vehicle', product: null, devices: [], measure: { kind: 'speed' }, side: 'above', levels: [null, null, null, null], bands: [], hysteresis: 0, raiseSeconds: 0, clearSeconds: 0,
  case: null, active: true, ...over,
})
const YARD: [number, number][] = [[116, 40], [116.001, 40], [116.001, 40.001], [116, 40.001]]

/** Fixes [minute, metres north of the south-west corner of the yard, km/h]; the yard is 111 m deep. */
const course = (...rows: [minute: number, metres: number, kmh?: number][]) =>
  rows.map(([minute, metres, kmh = 0]) => ({ vehicle: 1, at: Date.parse('2026-06-10T00:00:00+08:00') + minute * 60_000, position: [116.0005, 40 + metres * METRE] as [number, number], kmh }))

const night = { from: '22:00', to: '06:00', months: [] }
const TRIALS: readonly [says: string, over: Partial<RuleBody>, fixes: ReturnType<typeof course>, rung: string][] = [
  ['too quick for a minute', { levels: [60, null, 80, null], raiseSeconds: 60, hysteresis: 5 }, course([0, 0, 70], [1, 0, 71], [2, 0, 90], [3, 0, 91], [4, 0, 57], [5, 0, 50]), '3@1-5'],
  ['too quick for a moment', { levels: [60, null, null, null], raiseSeconds: 60 }, course([0, 0, 70], [0.5, 0, 40], [1, 0, 70]), ''],
  ['quick before a silence and after it is not quick all along', { levels: [60, null, null, null], raiseSeconds: 60 }, course([0, 0, 70], [30, 0, 70], [30.5, 0, 20]), ''],
  ['inside at once', { measure: { kind: 'fence', when: 'inside', areas: [YARD] }, levels: [1, null, null, null] }, course([0, -50], [1, 50], [2, 60], [3, 200]), '1@1-3'],
  ['outside of all for two minutes', { measure: { kind: 'fence', when: 'outside', areas: [YARD] }, levels: [null, 120, null, null] }, course([0, 50], [1, 200], [2, 210], [3, 220], [4, 50]), '2@3-4'],
  ['at the edge it is damped', { measure: { kind: 'fence', when: 'inside', areas: [YARD] }, levels: [1, null, null, null], clearSeconds: 180 }, course([0, 50], [1, 115], [2, 105], [3, 115], [7, 116]), '1@0-7'],
  ['at night only', { measure: { kind: 'fence', when: 'inside', areas: [YARD] }, bands: [{ ...night, levels: [1, null, null, null] }] }, course([350, 50], [361, 50], [1310, 50], [1325, 50]), '1@350-361 1@1325-'],
  ['a long stop', { measure: { kind: 'stop', areas: [] }, levels: [600, null, 1200, null] }, course([0, 300], [5, 310], [11, 320], [20, 300], [21, 800]), '3@11-21'],
  ['a stop where it may', { measure: { kind: 'stop', areas: [YARD] }, levels: [600, null, null, null] }, course([0, 50], [20, 55], [25, 300], [30, 900]), ''],
  ['creeping is no stop', { measure: { kind: 'stop', areas: [] }, levels: [600, null, null, null] }, course([0, 0], [5, 30], [10, 60], [15, 90], [20, 120]), ''],
]
for (const [says, over, fixes, rung] of TRIALS) {
  test(`a rule of vehicles: ${says}`, () => {
    const minute = (at: number) => (at - Date.parse('2026-06-10T00:00:00+08:00')) / 60_000
    const found = vehiclesRing(rule(over), fixes, 'Asia/Shanghai')
    assert.equal(found.map(({ level, raisedAt, clearedAt }) => `${level}@${minute(raisedAt)}-${clearedAt === null ? '' : minute(clearedAt)}`).join(' '), rung)
  })
}

const json = async <T>(reply: Response | Promise<Response>): Promise<T> => {
  const found = await reply
  assert.ok(found.ok, `${found.status} ${found.ok ? '' : await found.text()}`)
  return found.json() as Promise<T>
}
const setRule = ({ fetchAs }: App, over: Partial<RuleBody>, code = 'FAST') => fetchAs('sysadmin', `/api/alarm-rules/${code}`, { method: 'PUT', json: rule(over) })
const open = async ({ fetchAs }: App) => (await json<{ items: AlarmShown[] }>(fetchAs('lead', '/api/alarms'))).items
const brief = (alarms: readonly AlarmShown[]) => alarms.map(({ about, device, level, value }) => `${about} ${device} ${level} ${value}`)

type Told = [seconds: number, metres: number, kmh?: number]
async function tell(kernel: Kernel, into: VehicleIntake, base: number, ...rows: Told[]): Promise<void> {
  const [vehicle] = [...(await kernel.read(asHouse, fleet)).values()]
  const { position: [lng, lat] } = await kernel.read(asHouse, somewhere)
  const locations = rows.map(([seconds, metres, kmh = 0]) => ({
    at: new Date(base + seconds * 1000).toISOString(), position: [lng, lat + metres * METRE], status: 3, alarm: 0, speedKmh: kmh, courseDeg: 0, altitudeM: 0,
  }))
  await into.take(vehicle!, locations as unknown as Location[])
}

test('a vehicle that is too quick rings on the desk where it was, becomes a case there, and is over by itself', withApp(async (app) => {
  const { kernel } = app
  await registerVehicles(kernel, [{ plate: '示A00001', phone: '13900000001', kind: 'muck', ownerUnit: 'U03' }])
  await kernel.settle()
  const into = await kernel.read(asHouse, vehicleIntake)
  const base = Math.floor(+kernel.clock() / 1000) * 1000 - 600_000
  await tell(kernel, into, base, [0, 0, 95])
  assert.deepEqual(await open(app), [], 'without a rule nothing is weighed')

  assert.equal((await setRule(app, { levels: [60, null, 80, null], product: 'gauge', devices: ['V-9'] })).status, 422)
  await json(setRule(app, { levels: [60, null, 80, null], hysteresis: 5, vehicleKinds: ['muck'], case: { level: 3, category: '2026.m.06010', unit: 'U03' } }))
  await kernel.settle()
  await tell(kernel, into, base, [10, 0, 70], [20, 100, 70])
  const [blue] = await open(app)
  assert.deepEqual([brief([blue!]), blue!.metric?.unit, blue!.deviceName, blue!.position !== null], [['vehicle V-1 1 70'], 'km/h', '示A00001 1 号', true])
  // Live, an alarm is shown by its district and by the unit that owns what rings.
  const { rows: told } = await kernel.read(asHouse, ({ db }) => sql<{ unit: string }>`select body->>'unit' as unit from event where name = 'monitoring.alarm-changed'`.execute(db))
  const path = (await kernel.read(asHouse, findUnits)).find(({ code }) => code === 'U03')!.path
  assert.deepEqual(told, [{ unit: path }])
  await tell(kernel, into, base, [30, 200, 85], [40, 300, 85])
  await kernel.settle()
  const number = await (async () => {
    for (const end = Date.now() + 20_000; Date.now() < end; await new Promise((over) => setTimeout(over, 100))) {
      const found = (await open(app))[0]?.caseNumber
      if (found) return found
    }
    throw new Error('the case did not come')
  })()
  const { brief: made } = await json<{ brief: { description: string; state: string } }>(app.fetchAs('lead', `/api/cases/${number}`))
  assert.match(made.description, /示A00001.*85 公里\/小时，限值 80 公里\/小时（车辆 V-1）/)

  // A late position is stored and not weighed; a killed process has forgotten nothing.
  const anew = new VehicleIntake(await kernel.read(asHouse, (ctx) => ctx.caches.get(ctx, hostOf)))
  await tell(kernel, anew, base, [35, 250, 10])
  assert.deepEqual(brief(await open(app)), ['vehicle V-1 3 85'])
  await tell(kernel, anew, base, [50, 400, 40])
  assert.deepEqual(await open(app), [])
  await tell(kernel, anew, base, [60, 500, 70])
  assert.deepEqual((await open(app)).map(({ id, flaps }) => [id, flaps]), [[blue!.id, 1]], 'what comes back at once is the same alarm')
  await anew.stop()

  const seenBy = (region: string) => kernel.read(asHouse, async (ctx) => (await listAlarms(as(ctx, { permits: ['monitoring.read'], region }), {})).items.length)
  assert.deepEqual([await seenBy(blue!.district), await seenBy('110101')], [1, 0])

  const vehicle = await json<Record<string, unknown>>(app.fetchAs('sysadmin', '/api/vehicles/V-1'))
  const body = Object.fromEntries(Object.keys(VehicleBody.properties).map((name) => [name, vehicle[name]]))
  await json(app.fetchAs('sysadmin', '/api/vehicles/V-1', { method: 'PUT', json: { ...body, state: 'stopped' } }))
  await kernel.settle()
  await kernel.transact(asHouse, endOrphans)
  assert.deepEqual(await open(app), [], 'a vehicle out of service takes its alarm along')
  assert.deepEqual(await kernel.read(asHouse, (ctx) => Array.fromAsync(alarmsFold.run(ctx))), [])
}))

test('a stop goes on over the end of a process, and a trial run says when it would have rung', withApp(async (app) => {
  const { kernel } = app
  await registerVehicles(kernel, [{ plate: '示A00001', phone: '13900000001' }])
  const stop: Partial<RuleBody> = { measure: { kind: 'stop', areas: [] }, levels: [300, null, null, null] }
  await json(setRule(app, stop, 'LONG'))
  await kernel.settle()
  const host = await kernel.read(asHouse, (ctx) => ctx.caches.get(ctx, hostOf))
  const base = Math.floor(+kernel.clock() / 1000) * 1000 - 3_000_000
  const first = new VehicleIntake(host)
  await tell(kernel, first, base, [0, 0], [120, 5], [240, 5])
  await first.stop()
  const second = new VehicleIntake(host)
  await tell(kernel, second, base, [310, 5])
  assert.deepEqual(brief(await open(app)), ['vehicle V-1 1 310'])
  await tell(kernel, second, base, [400, 900])
  assert.deepEqual(await open(app), [])
  await second.stop()

  const trial = await json<{ devices: number; readings: number; alarms: { device: string; level: number; worst: number }[] }>(
    app.fetchAs('sysadmin', '/api/alarm-rules/trial', { json: { rule: rule(stop), from: new Date(base - 1000).toISOString(), to: new Date(base + 1_000_000).toISOString() } }),
  )
  assert.deepEqual([trial.devices, trial.readings, trial.alarms.map(({ device, level, worst }) => [device, level, worst])], [1, 5, [['V-1', 1, 310]]])
}))
