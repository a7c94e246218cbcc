import assert from 'node:assert/strict'
import { createServer, request, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { accessChanged, sessionEnded } from '../access/events.ts'
import { announce, type Actor, type Context } from '../context.ts'
import { event, stream, type Room } from '../room.ts'
import { asHouse, withLog, type Node } from './testing.ts'

const told = event<{ n: number; secret: string }>('test.told')
const room: Room = {
  name: 'test',
  title: { zh: '测试', en: 'Test' },
  streams: [stream(told, { permit: 'test.read', place: ({ district }) => ({ region: district }), show: ({ body }) => ({ n: body.n }) })],
}

const reader = (region: string, ...permits: string[]): Actor => ({
  id: 'a',
  kind: 'person',
  name: 'a',
  grants: [{ role: 'r', roleName: { zh: 'r', en: 'r' }, permits: new Set(permits), region, unit: '', category: '' }],
})

const contextOf = (node: Node, actor: Actor): Context => ({
  db: node.db,
  actor,
  now: new Date(),
  origin: { address: '', requestId: '' },
  caches: node.caches,
  outbox: { events: [], entries: [], afterCommit: [] },
})

const tell = (node: Node, district: string, ...numbers: number[]) =>
  node.transact(asHouse, async (ctx) => {
    for (const n of numbers) announce(ctx, told, district, { n, secret: 'x' })
  })

/** Opens a stream and keeps what it says. */
function listen(node: Node, actor: Actor, last?: string) {
  const readable = node.hub.open(contextOf(node, actor), last)
  const lines: string[] = []
  readable.on('data', (chunk: Buffer) => lines.push(...String(chunk).split('\n')))
  readable.on('error', () => {})
  return {
    readable,
    numbers: () => lines.filter((line) => line.startsWith('data: {"n"')).map((line) => (JSON.parse(line.slice(6)) as { n: number }).n),
    events: () => lines.filter((line) => line.startsWith('event: ')).map((line) => line.slice(7)),
    last: () => lines.filter((line) => line.startsWith('id: ')).at(-1)?.slice(4),
    text: () => lines.join('\n'),
  }
}

async function until(true_: () => boolean) {
  for (let i = 0; i < 500 && !true_(); i++) await sleep(10)
  assert.ok(true_())
}

test('a stream shows what its reader may see, and no more of it than it should', withLog([room], async ({ pumping }) => {
  const node = await pumping()
  const here = listen(node, reader('999901', 'test.read'))
  const elsewhere = listen(node, reader('999902', 'test.read'))
  const without = listen(node, reader('', 'other.read'))
  await until(() => here.last() !== undefined && elsewhere.last() !== undefined && without.last() !== undefined)

  await tell(node, '999901', 1, 2)
  await until(() => here.numbers().length === 2)

  assert.deepEqual(here.numbers(), [1, 2])
  assert.deepEqual(elsewhere.numbers(), [])
  assert.deepEqual(without.numbers(), [])
  assert.doesNotMatch(here.text(), /secret/)
}))

test('a stream goes on by Last-Event-ID with exactly what it missed, while more happens', withLog([room], async ({ pumping }) => {
  const node = await pumping()
  const first = listen(node, reader('9999', 'test.read'))
  await until(() => first.last() !== undefined)
  await tell(node, '999901', 1)
  await until(() => first.numbers().length === 1)
  first.readable.destroy()
  await tell(node, '999901', 2, 3)
  await tell(node, '999902', 4)

  const writing = (async () => {
    for (let n = 5; n < 60; n++) await tell(node, '999901', n)
  })()
  const second = listen(node, reader('9999', 'test.read'), first.last())
  await writing
  await until(() => second.numbers().length >= 58)

  assert.deepEqual(second.numbers(), Array.from({ length: 58 }, (_, i) => i + 2))
}))

for (const { event: happened, accountId, ended } of [
  { event: accessChanged, accountId: 'a', ended: true },
  { event: sessionEnded, accountId: 'a', ended: true },
  { event: accessChanged, accountId: null, ended: true },
  { event: accessChanged, accountId: 'b', ended: false },
]) {
  test(`a stream of a ${ended ? 'ends' : 'goes on'} after ${happened.name} of ${accountId ?? 'everyone'}`, withLog([room], async ({ pumping }) => {
    const node = await pumping()
    const mine = listen(node, reader('', 'test.read'))
    await until(() => mine.last() !== undefined)

    await node.transact(asHouse, async (ctx) => announce(ctx, happened as typeof accessChanged, '', { accountId }))
    await tell(node, '999901', 1)
    await until(() => (ended ? mine.readable.destroyed : mine.numbers().length === 1))

    assert.equal(node.hub.size, ended ? 0 : 1)
    assert.deepEqual(mine.numbers(), ended ? [] : [1])
  }))
}

test('one that missed more than a thousand events is told to fetch everything again', withLog([room], async ({ pumping }) => {
  const node = await pumping()
  const first = listen(node, reader('', 'test.read'))
  await until(() => first.last() !== undefined)
  first.readable.destroy()
  for (let i = 0; i < 11; i++) await tell(node, '999901', ...Array.from({ length: 100 }, (_, n) => n))
  await node.pump.settle()

  const second = listen(node, reader('', 'test.read'), first.last())
  await until(() => second.events().length > 0)

  assert.deepEqual(second.events(), ['reset'])
  assert.deepEqual(second.numbers(), [])
}))

test('five thousand open streams take no connection of the database, and all hear', withLog([room], async ({ pumping }) => {
  const STREAMS = 5000
  const node = await pumping()
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    node.hub.open(contextOf(node, reader('', 'test.read')), undefined).pipe(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  let ready = 0
  let heard = 0
  const open = () =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port, agent: false }, (response) => {
        response.on('error', () => {})
        response.on('data', (chunk: Buffer) => {
          if (String(chunk).includes('event: ready')) ready++
          if (String(chunk).includes('"n":7')) heard++
        })
        resolve(response)
      })
      asked.on('error', reject)
      asked.end()
    })
  const streams: IncomingMessage[] = []
  for (let i = 0; i < STREAMS; i += 100) streams.push(...(await Promise.all(Array.from({ length: 100 }, open))))
  await until(() => ready === STREAMS)

  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from pg_stat_activity where datname = current_database()`.execute(node.db)
  await tell(node, '999901', 7)
  await until(() => heard === STREAMS)

  assert.equal(node.hub.size, STREAMS)
  assert.ok(rows[0]!.n <= 8, `${rows[0]!.n} connections`)
  for (const one of streams) one.destroy()
  server.closeAllConnections()
  server.close()
}))
