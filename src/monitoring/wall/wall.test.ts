import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemActor } from '../../kernel/index.ts'
import { cityWith } from '../../testing.ts'
import { intake } from '../intake.ts'
import { metric, register } from '../testing.ts'
import { keepStanding } from './keep-standing.ts'
import { readWall } from './read-wall.ts'

const asHouse = { actor: systemActor }
const HOUR_MS = 3_600_000

test('the wall tells who is heard and what came in as the devices and the intake have it', cityWith({}, async (kernel) => {
  await register(kernel, ['WL-1', 'WL-2', 'WL-3'], [metric({ period: 60 })])
  const now = +kernel.clock()
  const into = await kernel.read(asHouse, intake)
  // One speaks, one has fallen silent, one never spoke; one says what cannot be.
  const pieces = [{ device: 'WL-1', at: now, value: 1 }, { device: 'WL-2', at: now - 181_000, value: 1 }, { device: 'WL-3', at: now, value: 99 }]
  await into.take({ way: 'http', pieces: pieces.map((piece) => ({ ...piece, metric: 'level' })), allows: () => true })
  const countAt = (at: number) => kernel.transact({ ...asHouse, now: new Date(at) }, keepStanding)
  const readAt = (at: number) => kernel.read({ ...asHouse, now: new Date(at) }, readWall)

  await countAt(now)
  // The minute that runs is left out.
  const wall = await readAt(+kernel.clock() + 60_000)
  const sum = (key: 'taken' | 'refused') => wall.minutes.reduce((total, minute) => total + minute[key], 0)
  assert.deepEqual(wall.products.map(({ devices, silent, levels }) => [devices, silent, levels]), [[3, 2, [0, 0, 0, 0]]])
  assert.deepEqual([wall.minutes.length, sum('taken'), sum('refused')], [60, 2, 1])
  assert.deepEqual(wall.today, { raised: 0, open: 0, cases: 0 })

  await countAt(now + HOUR_MS)
  const later = await readAt(now + 3 * HOUR_MS)
  assert.deepEqual([later.products[0]!.silent, later.lagMs], [3, null])
  await into.stop()
}))
