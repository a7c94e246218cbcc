import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { systemActor, type Kernel } from '../../kernel/index.ts'
import { cityWith } from '../../testing.ts'
import type { QuarantineLine } from '../contract.ts'
import { positionAt } from '../jt808/testing.ts'
import { listQuarantine, replay } from '../quarantine.ts'
import { somewhere } from '../testing.ts'
import { latestPositions } from './checks.ts'
import { fleet } from './directory.ts'
import { vehicleIntake } from './intake.ts'
import { readKept } from './kept-position.ts'
import { registerVehicles } from './testing.ts'
import { changeVehicle } from './vehicles.ts'

const asHouse = { actor: systemActor }

for (const { payload, because } of [
  { payload: '7e0002000001390000000900007e', because: 'bytes' },
  { payload: 'checksum 7e02', because: 'a fault and bytes' },
  { payload: '{"plate":"示A00001","makerId":"M"}', because: 'a registration' },
  { payload: '[1,2,3]', because: 'too short a row' },
  { payload: '[1,2,3,4,5,6,7,8,null]', because: 'a row with a gap' },
  { payload: 'null', because: 'nothing' },
]) {
  test(`in the quarantine, ${because}: no position to replay`, () => assert.equal(readKept(payload), undefined))
}

test('positions of a truck that was out of service are stored when they are replayed behind its return, and strange bytes cannot be', cityWith({}, async (kernel: Kernel) => {
  const [code] = await registerVehicles(kernel, [{ plate: '示A00001', phone: '13900000001' }])
  const { district, position } = await kernel.read(asHouse, somewhere)
  const put = async (state: 'stopped' | 'in_service') => {
    const body = { plate: '示A00001', phone: '13900000001', kind: 'pump', name: '一号', district, ownerUnit: null, driver: '', state } as const
    await kernel.transact(asHouse, (ctx) => changeVehicle(ctx, code!, body))
    await kernel.settle()
  }
  await put('stopped')
  const [vehicle] = await kernel.read(asHouse, async (ctx) => [...(await fleet(ctx)).values()].filter((each) => each.code === code))
  const into = await kernel.read(asHouse, vehicleIntake)
  const at = Math.floor(+kernel.clock() / 1000) * 1000
  await into.take(vehicle!, [positionAt(at - 2_000, position, { speedKmh: 36.5 }), positionAt(at - 1_000, position)])
  await into.take(vehicle!, [positionAt(at + 3_600_000, position)])
  await into.refuse({ reason: 'damaged', device: '13900000001', payload: 'checksum 7e02' })
  const kept = async (): Promise<QuarantineLine[]> => (await kernel.read(asHouse, (ctx) => listQuarantine(ctx, {}))).items
  while ((await kept()).length < 4) await new Promise((over) => setTimeout(over, 20))
  assert.deepEqual((await kept()).map(({ reason, replays }) => `${reason} ${replays}`).toSorted(), ['damaged false', 'in-future true', 'not-in-service true', 'not-in-service true'])

  const again = async () => kernel.read(asHouse, async (ctx) => replay(ctx, (await listQuarantine(ctx, {})).items.map(({ id }) => id)))
  assert.deepEqual(await again(), { taken: 0, refused: 3 })
  await put('in_service')
  assert.deepEqual(await again(), { taken: 2, refused: 1 })

  const { rows } = await sql<{ at: Date; speed: number }>`select at, speed from vehicle_position order by at`.execute(kernel.db)
  assert.deepEqual(rows.map(({ at: when, speed }) => [+when - at, speed]), [[-2_000, 365], [-1_000, 360]])
  assert.deepEqual((await kept()).map(({ outcome }) => outcome).toSorted(), ['', '', 'in-future', null].toSorted())
  assert.deepEqual(await kernel.read(asHouse, (ctx) => Array.fromAsync(latestPositions.run(ctx))), [])
}))
