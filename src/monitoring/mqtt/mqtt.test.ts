// Real clients: Mosquitto's own, against the embedded broker; and a real Mosquitto, from which the program takes. Where Mosquitto
// is not installed these are left out, and say so.

import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { existsSync } from 'node:fs'
import { sql } from 'kysely'
import { hostOf, systemActor, type Kernel } from '../../kernel/index.ts'
import { cityWith } from '../../testing.ts'
import { register } from '../testing.ts'
import { startBroker } from './broker.ts'
import { startSubscriber } from './subscriber.ts'
import { readTopic } from './topic.ts'

const run = promisify(execFile)
const find = (name: string) => [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'].map((folder) => join(folder, name)).find((path) => existsSync(path))
const PUBLISH = find('mosquitto_pub')
const MOSQUITTO = find('mosquitto')
const asHouse = { actor: systemActor }

const stored = async (kernel: Kernel) => (await sql<{ value: number }>`select value from reading order by value`.execute(kernel.db)).rows.map(({ value }) => value)
const reasons = async (kernel: Kernel) => (await sql<{ reason: string }>`select reason from reading_quarantine order by id`.execute(kernel.db)).rows.map(({ reason }) => reason)
const hostFor = (kernel: Kernel) => kernel.read(asHouse, (ctx) => ctx.caches.get(ctx, hostOf))

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

for (const { topic, names } of [
  { topic: 'chengyun/WL-1', names: { device: 'WL-1' } },
  { topic: 'chengyun/WL-1/level', names: { device: 'WL-1', metric: 'level' } },
  { topic: 'city/east/chengyun/WL-1/level', names: { device: 'WL-1', metric: 'level' } },
  { topic: 'chengyun/WL-1/level/more', names: {} },
  { topic: 'other/WL-1', names: {} },
]) {
  test(`the topic ${topic} names ${JSON.stringify(names)}`, () => assert.deepEqual(readTopic(topic), names))
}

test('what mosquitto_pub publishes is stored when it is acknowledged', { skip: PUBLISH ? false : 'mosquitto_pub is not installed' }, cityWith({}, async (kernel) => {
  const keys = await register(kernel, ['GW-1'])
  Object.assign(keys, await register(kernel, ['WL-1'], undefined, 'GW-1'), await register(kernel, ['WL-2']))
  const broker = await startBroker(await hostFor(kernel), 0)
  const publish = (user: string, key: string, topic: string, message: string) =>
    run(PUBLISH!, ['-h', '127.0.0.1', '-p', String(broker.port), '-u', user, '-P', key, '-q', '1', '-t', topic, '-m', message])
  const now = +kernel.clock()

  await publish('WL-1', keys['WL-1']!, 'chengyun/WL-1/level', '1.5')
  await publish('GW-1', keys['GW-1']!, 'chengyun/WL-1', JSON.stringify([{ at: now - 20_000, values: { level: 2 } }, { metric: 'level', at: now - 10_000, value: 3 }]))
  assert.deepEqual(await stored(kernel), [1.5, 2, 3])

  await publish('WL-1', keys['WL-1']!, 'chengyun/WL-2/level', '4')
  await publish('WL-1', keys['WL-1']!, 'chengyun/WL-1', 'gar{bage')
  await assert.rejects(publish('WL-1', keys['WL-2']!, 'chengyun/WL-1/level', '5'), /not authori[sz]ed|bad user|refused/i)
  assert.deepEqual(await stored(kernel), [1.5, 2, 3])
  assert.deepEqual(await reasons(kernel), ['wrong-key', 'damaged', 'wrong-key'])
  await broker.stop()
}))

test('readings are taken from a real Mosquitto, each by one of those who share the subscription', { skip: MOSQUITTO && PUBLISH ? false : 'Mosquitto is not installed' }, cityWith({}, async (kernel) => {
  await register(kernel, ['WL-1'], undefined)
  const folder = mkdtempSync(join(tmpdir(), 'chengyun-mosquitto-'))
  const port = await freePort()
  writeFileSync(join(folder, 'mosquitto.conf'), `listener ${port} 127.0.0.1\nallow_anonymous true\n`)
  const mosquitto = spawn(MOSQUITTO!, ['-c', join(folder, 'mosquitto.conf')], { stdio: 'ignore' })
  const subscriber = await startSubscriber(await hostFor(kernel), `mqtt://127.0.0.1:${port}`, '$share/city/chengyun/#')
  try {
    const now = +kernel.clock()
    // Published until someone is there to hear it: a broker forgets what nobody has subscribed.
    for (let i = 1; (await stored(kernel)).length === 0; i++) {
      await run(PUBLISH!, ['-h', '127.0.0.1', '-p', String(port), '-q', '1', '-t', 'chengyun/WL-1/level', '-m', '1']).catch(() => {})
      await new Promise((over) => setTimeout(over, 100))
      assert.ok(i < 200, 'nothing came from the broker')
    }
    const before = (await stored(kernel)).length
    const lines = Array.from({ length: 100 }, (_, i) => JSON.stringify({ metric: 'level', at: now - 1e6 + i * 1_000, value: 2 }))
    const all = spawn(PUBLISH!, ['-h', '127.0.0.1', '-p', String(port), '-q', '1', '-t', 'chengyun/WL-1', '-l'], { stdio: ['pipe', 'ignore', 'ignore'] })
    all.stdin.end(`${lines.join('\n')}\n`)
    await once(all, 'close')
    for (let i = 1; (await stored(kernel)).filter((value) => value === 2).length < 100; i++) {
      await new Promise((over) => setTimeout(over, 100))
      assert.ok(i < 200, `${(await stored(kernel)).length - before} of 100 came`)
    }
    assert.equal((await stored(kernel)).filter((value) => value === 2).length, 100)
  } finally {
    await subscriber.stop()
    mosquitto.kill()
    rmSync(folder, { recursive: true, force: true })
  }
}))
