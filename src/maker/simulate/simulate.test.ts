import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { TODAY } from '../../test-city.ts'
import { DEMO, layCity } from '../city.ts'
import { layDevices, type Device } from '../devices/lay-devices.ts'
import { PRODUCTS } from '../devices/products.ts'
import { openWorkshop } from '../history.ts'
import { floodKindOf, SimulatedCity, type SimulatedReading } from './simulated-city.ts'
import { timeline } from './timeline.ts'

const products = Object.entries(PRODUCTS).map(([code, { metrics }]) => ({ code, metrics: [...metrics] }))
let devices: readonly Device[]
before(() => (devices = layDevices(openWorkshop(layCity({ ...DEMO, components: 2_000, now: TODAY })))))

const cityOf = (seed: number, stormMinutes?: number) => new SimulatedCity({ seed, products, devices, from: +TODAY, stormMinutes })
/** A run in steps of so many minutes. */
function run(city: SimulatedCity, step = 1): SimulatedReading[] {
  const readings: SimulatedReading[] = []
  for (let minute = step; minute <= city.minutes; minute += step) readings.push(...city.until(minute))
  return readings
}
const of = (readings: readonly SimulatedReading[], metric: string) => readings.filter((each) => each.metric === metric)
const highest = (readings: readonly SimulatedReading[]) => Math.max(...readings.map(({ value }) => value))

test('the same seed is the same storm with the same readings, another seed another', () => {
  assert.deepEqual(run(cityOf(3, 90)), run(cityOf(3, 90)))
  assert.notDeepEqual(run(cityOf(3, 90)), run(cityOf(4, 90)))
})

test('a run in larger steps tells the same', () => {
  const order = (readings: SimulatedReading[]) => readings.filter(({ metric }) => metric === 'level').toSorted((a, b) => a.minute - b.minute || a.device.localeCompare(b.device))
  const [city, other] = [cityOf(3, 90), cityOf(3, 90)]
  const small = order(run(city, 1)).filter(({ minute }) => minute <= 150)

  assert.deepEqual(order(run(other, 10)).filter(({ minute }) => minute <= 150), small)
})

for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
  test(`in a storm some points go beyond 15, 27 and 40 cm, behind the rain, and all are drained in the end (seed ${seed})`, () => {
    const city = cityOf(seed, 90)
    const readings = run(city)
    const points = [...Map.groupBy(of(readings, 'level'), ({ device }) => device).values()]
    const peaks = points.map(highest)

    for (const depth of [15, 27, 40]) assert.ok(peaks.filter((peak) => peak > depth).length >= 2, `${depth} cm: ${peaks}`)
    assert.ok(peaks.some((peak) => peak < 27), `not all of them: ${peaks}`)
    const heaviest = of(readings, 'rain').reduce((high, each) => (each.value > high.value ? each : high)).minute
    const deepest = of(readings, 'level').reduce((high, each) => (each.value > high.value ? each : high)).minute
    assert.ok(deepest > heaviest - 5, `${deepest} ${heaviest}`)
    for (const levels of points) assert.ok(levels.at(-1)!.value < Math.max(20, 0.5 * highest(levels)), `${levels.at(-1)!.device} ${levels.at(-1)!.value}`)
  })

  test(`a gauge tells of all the rain that fell on it (seed ${seed})`, () => {
    const city = cityOf(seed, 90)
    const gauges = [...Map.groupBy(of(run(city), 'rain'), ({ device }) => device).values()].map((readings) => readings.reduce((sum, { value }) => sum + value, 0))

    // Each reading is rounded to a tenth.
    for (const sum of gauges) assert.ok(sum > city.storm!.total * 0.4 && sum < city.storm!.total + 1.5, `${sum} of ${city.storm!.total} mm`)
  })

  test(`a cover is lifted and gas leaks (seed ${seed})`, () => {
    const readings = run(cityOf(seed, 90))

    assert.ok(highest(of(readings, 'tilt')) > 20)
    assert.ok(highest(of(readings, 'methane')) > 15)
  })
}

test('without a storm it does not rain, and each device reports at its period', () => {
  const city = cityOf(1)
  const readings = city.until(60)

  assert.equal(highest(of(readings, 'rain')), 0)
  assert.equal(of(readings, 'rain').length, 12 * 12)
  assert.equal(of(readings, 'level').length, 16 * 60)
  assert.equal(of(readings, 'methane').length, 18 * 6)
})

test('one round has one reading of every metric in service', () => {
  const round = cityOf(1, 90).round()

  assert.equal(new Set(round.map(({ device, metric }) => `${device} ${metric}`)).size, round.length)
  assert.equal(round.length, devices.filter(({ state }) => state === 'in_service').reduce((sum, { product }) => sum + PRODUCTS[product].metrics.length, 0))
})

test('what a point is can be told by its name', () => {
  for (const { name, flood } of devices) if (flood) assert.equal(floodKindOf(name), flood)
})

const HOUR = 3_600_000
for (const { because, speed, newest, first, last } of [
  { because: 'at the speed of life each reading is of now', speed: 1, newest: -HOUR, first: 0, last: HOUR },
  { because: 'a quick run ends now and lies behind', speed: 60, newest: -24 * HOUR, first: -59 * 60_000, last: 60_000 },
  { because: 'a quick run is drawn together behind the newest reading', speed: 60, newest: -60_000, first: -59_000, last: 60_000 },
  { because: 'a reading of the future does not move it there', speed: 60, newest: HOUR, first: 0, last: 60_000 },
] as const) {
  test(`a run has its times: ${because}`, () => {
    const start = +TODAY
    const at = timeline({ start, speed, minutes: 60, newest: start + newest })

    assert.deepEqual([at(0) - start, at(60) - start], [first, last])
    for (let minute = 0; minute <= 60; minute++) assert.ok(at(minute) <= start + (minute * 60_000) / speed, 'in the future')
  })
}
