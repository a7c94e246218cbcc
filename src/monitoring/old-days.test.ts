import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { systemActor } from '../kernel/index.ts'
import { withApp } from '../testing.ts'
import { readingsRolled } from './checks.ts'
import { intake } from './intake.ts'
import { writeOldDay } from './old-days.ts'
import { putProduct } from './products.ts'
import { metric, register } from './testing.ts'

const asHouse = { actor: systemActor }
const DAY_MS = 86_400_000

test('an old day is written anew in order, without what a metric keeps no longer; its hours stay and all agrees', withApp(async ({ kernel, fetchAs }) => {
  await register(kernel, ['WL-1', 'WL-2'], [metric(), metric({ code: 'battery', zh: '电量', en: 'Battery', unit: '%', max: 100 })])
  await kernel.settle()
  const into = await kernel.read(asHouse, intake)
  const today = Math.floor(+kernel.clock() / DAY_MS) * DAY_MS
  const say = async (days: number) => {
    const pieces = [0, 1, 2].flatMap((minute) => ['WL-1', 'WL-2'].flatMap((device) => ['level', 'battery'].map((of) => ({ device, metric: of, value: minute, at: today - days * DAY_MS + 6 * 3_600_000 + minute * 60_000 }))))
    return (await into.take({ way: 'http', pieces, allows: () => true })).quarantined.length
  }
  for (const days of [20, 10, 1]) assert.equal(await say(days), 0)
  const counts = async () => (await kernel.read(asHouse, ({ db }) => sql<{ day: string; n: number }>`select to_char(at, 'YYYY-MM-DD') as day, count(*)::int as n from reading group by 1 order by 1`.execute(db))).rows.map(({ n }) => n)
  assert.deepEqual(await counts(), [12, 12, 12])
  const turn = () => kernel.transact(asHouse, writeOldDay)
  const done: (string | undefined)[] = []
  for (let name = await turn(); name !== undefined; name = await turn()) done.push(name)
  assert.ok(done.length >= 2 && new Set(done).size === done.length, String(done))
  assert.deepEqual(await counts(), [12, 12, 12], 'nothing is lost')

  await kernel.transact(asHouse, (ctx) => putProduct(ctx, 'gauge', { zh: '水位计', en: 'Gauge', metrics: [metric(), metric({ code: 'battery', zh: '电量', en: 'Battery', unit: '%', max: 100, keepDays: 15 })] }))
  await kernel.settle()
  assert.match(String(await turn()), /^reading_\d{8}$/)
  assert.equal(await turn(), undefined)
  assert.deepEqual(await counts(), [6, 12, 12])
  assert.equal(await say(20), 12, 'what is kept no longer is not taken, and what is there already not again')
  const from = new Date(today - 20 * DAY_MS).toISOString()
  const trend = (await (await fetchAs('lead', `/api/devices/WL-1/trend?${new URLSearchParams({ metric: 'battery', from, to: new Date(today - 19 * DAY_MS).toISOString() })}`)).json()) as { source: string; readings: number }
  assert.deepEqual([trend.source, trend.readings], ['hour', 3])
  assert.deepEqual(await kernel.read(asHouse, (ctx) => Array.fromAsync(readingsRolled.run(ctx))), [])
}))
