import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { systemActor } from '../../kernel/index.ts'
import { findComponent, locate } from '../../atlas/index.ts'
import { monitoring } from '../../monitoring/index.ts'
import { cityWith, TODAY } from '../../testing.ts'
import { DEMO, layCity } from '../city.ts'
import { openWorkshop, type Workshop } from '../history.ts'
import { FLOOD_KINDS } from './basin.ts'
import { layDevices, type Device } from './lay-devices.ts'
import { DEVICE_DAYS, makeDevices } from './make-devices.ts'
import { pastReadings, type PastReading } from './past.ts'
import { PRODUCTS } from './products.ts'

let workshop: Workshop
let devices: readonly Device[]
let readings: readonly PastReading[]
const past = (now: number) => [...pastReadings(devices, { seed: DEMO.seed, now, days: DEVICE_DAYS })]
before(() => {
  // As large as the small city of the tests.
  workshop = openWorkshop(layCity({ ...DEMO, components: 2_000, now: TODAY }))
  devices = layDevices(workshop)
  readings = past(+TODAY)
})

test('the demo city has devices of every product, each with a code and a name of its own', () => {
  assert.equal(devices.length, 180)
  assert.deepEqual(new Set(devices.map(({ product }) => product)), new Set(Object.keys(PRODUCTS)))
  assert.equal(new Set(devices.map(({ code }) => code)).size, devices.length)
  assert.equal(new Set(devices.map(({ name }) => name)).size, devices.length)
  assert.deepEqual(new Set(devices.flatMap(({ flood }) => flood ?? [])), new Set(FLOOD_KINDS))
  assert.deepEqual(layDevices(workshop), devices)
})

test('readings stay within the range of their metric, and none is in the future or there twice', () => {
  const metrics = new Map(devices.flatMap(({ code, product }) => PRODUCTS[product].metrics.map((metric) => [`${code} ${metric.code}`, metric] as const)))

  assert.ok(readings.length > 250_000 && readings.length <= 340_000, `${readings.length}`)
  for (const { device, metric, at, value } of readings) {
    const { min, max } = metrics.get(`${device} ${metric}`)!
    assert.ok(value >= min && value <= max && at <= +TODAY && at > +TODAY - (DEVICE_DAYS + 1) * 86_400_000, `${device} ${metric} ${value}`)
  }
  assert.equal(new Set(readings.map(({ device, metric, at }) => `${device} ${metric} ${at}`)).size, readings.length)
  assert.deepEqual(past(+TODAY), readings)
})

const highest = (metric: string) => readings.filter((each) => each.metric === metric).reduce((high, each) => (each.value > high.value ? each : high))

test('a heavy storm has passed: the deepest water stands after the heaviest rain', () => {
  const [rain, level] = [highest('rain'), highest('level')]

  assert.ok(rain.value > 10 && level.value > 40, `${rain.value} mm, ${level.value} cm`)
  assert.ok(level.at > rain.at && level.at < rain.at + 3 * 3_600_000)
})

for (const [metric, beyond] of [['methane', 20], ['tilt', 20]] as const) {
  test(`something was wrong once: ${metric} beyond ${beyond}`, () => assert.ok(highest(metric).value > beyond))
}

for (const days of [0, 1, 5, 12, 13]) {
  test(`there is one storm in two weeks, whatever the day (${days} days later)`, () => {
    const now = +TODAY + days * 86_400_000
    const heavy = new Set(past(now).filter(({ metric, value }) => metric === 'rain' && value > 8).map(({ at }) => Math.floor((at + 8 * 3_600_000) / 86_400_000)))

    assert.ok(heavy.size === 1 || heavy.size === 2, `${heavy.size} days of heavy rain`)
  })
}

test('the devices are filled into a city with all that is derived from their readings, once', cityWith({}, async (kernel) => {
  assert.equal(await makeDevices(kernel, workshop, +TODAY), readings.length)
  assert.equal(await makeDevices(kernel, workshop, +TODAY), 0)

  await kernel.read({ actor: systemActor }, async (ctx) => {
    assert.deepEqual((await Promise.all(monitoring.checks.map((check) => Array.fromAsync(check.run(ctx))))).flat(), [])
    for (const { code, position, district, component } of devices) {
      assert.equal((await locate(ctx, position!))?.district, district, code)
      if (component !== null) assert.ok(await findComponent(ctx, component), code)
    }
  })
}))
