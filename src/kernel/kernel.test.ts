import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { rooms } from '../app.ts'
import { cityWith, emptyDatabase, testOptions } from '../testing.ts'
import { cache } from './context.ts'
import { createKernel, systemActor } from './kernel.ts'
import type { Service } from './room.ts'

const asHouse = { actor: systemActor }

test('what all transactions wait for is read although they hold every connection', cityWith({ connections: 2 }, async (kernel) => {
  const gate = Promise.withResolvers<void>()
  const counted = cache({
    name: 'test.counted',
    until: [],
    async build({ db }) {
      await gate.promise
      return (await sql<{ n: number }>`select 41 + 1 as n`.execute(db)).rows[0]!.n
    },
  })
  const reader = kernel.read(asHouse, (ctx) => ctx.caches.get(ctx, counted))
  const writer = (which: number) =>
    kernel.transact(asHouse, async (ctx) => {
      await sql`select ${which}::int`.execute(ctx.db)
      if (which === 2) gate.resolve()
      return ctx.caches.get(ctx, counted)
    })

  assert.deepEqual(await Promise.all([reader, writer(1), writer(2)]), [42, 42, 42])
}))

test('what all will see is not built from what one transaction has not committed', cityWith({}, async (kernel) => {
  await sql`create table test_seen (n int)`.execute(kernel.db)
  const seen = cache({
    name: 'test.seen',
    until: [],
    build: async ({ db }) => (await sql<{ n: number }>`select count(*)::int as n from test_seen`.execute(db)).rows[0]!.n,
  })
  await kernel
    .transact(asHouse, async (ctx) => {
      await sql`insert into test_seen values (1)`.execute(ctx.db)
      await ctx.caches.get(ctx, seen)
      throw new Error('undone')
    })
    .catch(() => {})

  assert.equal(await kernel.read(asHouse, (ctx) => ctx.caches.get(ctx, seen)), 0)
}))

test('services start when listeners hear, work with the house, and are stopped in the opposite order', async () => {
  const log: string[] = []
  const one = (name: string): Service => ({
    name,
    async start(host) {
      const [row] = await host.transact(asHouse, async ({ db }) => (await sql<{ n: number }>`select 41 + 1 as n`.execute(db)).rows)
      log.push(`${name} started with ${row!.n}`)
      return { stop: async () => void log.push(`${name} stopped`) }
    },
  })
  const kernel = await createKernel(testOptions({ databaseUrl: await emptyDatabase() }), [...rooms.slice(0, 4), { name: 'test', title: { zh: '试', en: 'Test' }, services: [one('broker'), one('port')] }])
  await kernel.start({ jobs: false })
  await kernel.stop()

  assert.deepEqual(log, ['broker started with 42', 'port started with 42', 'port stopped', 'broker stopped'])
})
