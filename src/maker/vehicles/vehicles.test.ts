import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemActor } from '../../kernel/index.ts'
import { sql } from 'kysely'
import { cityWith, TODAY } from '../../testing.ts'
import { DEMO, layCity } from '../city.ts'
import { randomFrom } from '../random.ts'
import { driveDays } from './drive.ts'
import { layFleet } from './fleet.ts'
import { makeVehicles } from './make-vehicles.ts'
import { streetsOf } from './streets.ts'

const city = layCity({ ...DEMO, components: 2_000, now: TODAY })
const streets = streetsOf(city.roads)
const HOUR = 3_600_000
const midnight = Math.floor((+TODAY + 8 * HOUR) / (24 * HOUR)) * 24 * HOUR - 8 * HOUR

for (const { vehicle, day } of layFleet(city)) {
  test(`${vehicle.name} drives along the streets, halts and never leaps`, () => {
    const drive = () => [...driveDays(streets, day, midnight - 24 * HOUR, midnight, randomFrom(7, vehicle.code))]
    const told = drive()

    assert.deepEqual(drive(), told)
    assert.ok(told.length > 1_000 && told.some(({ kmh }) => kmh === 0))
    for (const [i, { at, point, kmh }] of told.entries()) {
      const before = told[i - 1]
      if (before) assert.ok(at > before.at && Math.hypot(point[0] - before.point[0], point[1] - before.point[1]) < 200, `${vehicle.code} at ${i}`)
      assert.ok(kmh < 60 && point[0] > -10 && point[0] < city.ground.width + 10)
    }
  })
}

test('the demo city has nine vehicles with their ways of two days, made once', cityWith({}, async (kernel) => {
  assert.equal(await makeVehicles(kernel, city), 9)
  assert.equal(await makeVehicles(kernel, city), 0)

  const { rows } = await kernel.read({ actor: systemActor }, (ctx) => sql<{ n: number; latest: number }>`
    select count(distinct vehicle)::int as n, (select count(*)::int from vehicle_latest) as latest from vehicle_position`.execute(ctx.db))
  assert.deepEqual(rows, [{ n: 9, latest: 9 }])
}))
