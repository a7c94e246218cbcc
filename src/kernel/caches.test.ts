import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createCaches } from './caches.ts'
import { announce, cache, type Caches, type Context } from './context.ts'
import { event } from './room.ts'

const changed = event<object>('test.changed')

const contextWith = (caches: Caches): Context => ({
  db: undefined as never,
  actor: { id: 'system', kind: 'system', name: 'system', grants: [] },
  now: new Date(),
  origin: { address: '', requestId: '' },
  caches,
  outbox: { events: [], entries: [], afterCommit: [] },
})

function counting() {
  let built = 0
  return cache({ name: 'test.count', until: [changed], build: async () => ++built })
}

test('it is built once, also for those who ask at the same time, until its event is heard', async () => {
  const caches = createCaches()
  const count = counting()
  const ctx = contextWith(caches)

  assert.deepEqual(await Promise.all([caches.get(ctx, count), caches.get(ctx, count)]), [1, 1])
  caches.drop('test.other')
  assert.equal(await caches.get(ctx, count), 1)
  caches.drop('test.changed')
  assert.equal(await caches.get(ctx, count), 2)
})

test('a transaction that has changed it sees its own view, which nobody else is given', async () => {
  const caches = createCaches()
  const count = counting()
  const reader = contextWith(caches)
  const writer = contextWith(caches)
  assert.equal(await caches.get(reader, count), 1)

  announce(writer, changed, '', {})

  assert.equal(await caches.get(writer, count), 2)
  assert.equal(await caches.get(writer, count), 2)
  assert.equal(await caches.get(reader, count), 1)
})

test('a build that fails is not kept', async () => {
  const caches = createCaches()
  let tries = 0
  const shaky = cache({
    name: 'test.shaky',
    until: [],
    build: async () => {
      if (++tries === 1) throw new Error('gone')
      return tries
    },
  })
  const ctx = contextWith(caches)

  await assert.rejects(caches.get(ctx, shaky), /gone/)
  assert.equal(await caches.get(ctx, shaky), 2)
})
