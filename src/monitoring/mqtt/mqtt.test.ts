// Real clients: Mosquitto's own, against the embedded broker; and a real Mosquitto, from which the program takes. Where Mosquitto
// is not installed these are left out, and say so.

import assert from 'node:assert/strict'
import { execFile, spawn, type ChildProcess } from 'node:child_process'
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
const times = async (kernel: Kernel, value: number) => (await sql<{ at: Date }>`select at from reading where value = ${value}`.execute(kernel.db)).rows.map(({ at }) => +at)
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

/** A Mosquitto of its own, which keeps what it has over a restart. */
class Mosquitto {
  readonly #folder = mkdtempSync(join(tmpdir(), 'chengyun-mosquitto-'))
  readonly #port: number
  #child: ChildProcess

  private constructor(port: number) {
    this.#port = port
    const lines = [`listener ${port} 127.0.0.1`, 'allow_anonymous true', 'persistence true', `persistence_location ${this.#folder}/`, 'user root']
    writeFileSync(join(this.#folder, 'mosquitto.conf'), `${lines.join('\n')}\n`)
    this.#child = this.#spawn()
  }

  static start = async () => new Mosquitto(await freePort())

  #spawn = () => spawn(MOSQUITTO!, ['-c', join(this.#folder, 'mosquitto.conf')], { stdio: 'ignore' })

  get url(): string {
    return `mqtt://127.0.0.1:${this.#port}`
  }

  /** Publishes lines one after the other, each acknowledged; false where the broker is not there. */
  async publish(topic: string, lines: readonly string[]): Promise<boolean> {
    const all = spawn(PUBLISH!, ['-h', '127.0.0.1', '-p', String(this.#port), '-q', '1', '-t', topic, '-l'], { stdio: ['pipe', 'ignore', 'ignore'] })
    all.stdin.on('error', () => {})
    all.stdin.end(`${lines.join('\n')}\n`)
    const [code] = await once(all, 'close')
    return code === 0
  }

  async restart(): Promise<void> {
    await this.#end()
    this.#child = this.#spawn()
  }

  async #end(): Promise<void> {
    const ended = once(this.#child, 'exit')
    this.#child.kill()
    await ended
  }

  async drop(): Promise<void> {
    await this.#end()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

const WITHOUT = MOSQUITTO && PUBLISH ? false : 'Mosquitto is not installed'

async function until(what: string, there: () => Promise<boolean>): Promise<void> {
  for (let tries = 1; !(await there()); tries++) {
    assert.ok(tries < 200, what)
    await new Promise((over) => setTimeout(over, 100))
  }
}

test('readings are taken from a real Mosquitto, each by one of those who share the subscription', { skip: WITHOUT }, cityWith({}, async (kernel) => {
  await register(kernel, ['WL-1'], undefined)
  const mosquitto = await Mosquitto.start()
  const subscriber = await startSubscriber(await hostFor(kernel), { url: mosquitto.url, topic: '$share/city/chengyun/#', name: 'city' })
  try {
    const now = +kernel.clock()
    const all = (value: number) => async () => (await stored(kernel)).filter((each) => each === value).length >= 100
    // Published until someone is there to hear it: a broker forgets what nobody has subscribed.
    await until('nothing came from the broker', async () => {
      await mosquitto.publish('chengyun/WL-1/level', ['1'])
      return (await stored(kernel)).length > 0
    })
    await mosquitto.publish('chengyun/WL-1', Array.from({ length: 100 }, (_, i) => JSON.stringify({ metric: 'level', at: now - 1e6 + i * 1_000, value: 2 })))
    await until('not all came', all(2))
    assert.equal((await stored(kernel)).filter((value) => value === 2).length, 100)
  } finally {
    await subscriber.stop()
    await mosquitto.drop()
  }
}))

for (const { topic, restarts } of [
  { topic: 'chengyun/#', restarts: 'and over a restart of its own' },
  // Mosquitto 2.0 forgets shared subscriptions over a restart: what it takes before they are there again is nobody's.
  { topic: '$share/city/chengyun/#', restarts: undefined },
]) {
  test(`what a broker takes for ${topic} while the city is away comes when it is back${restarts ? `, ${restarts}` : ''}`, { skip: WITHOUT }, cityWith({}, async (kernel) => {
    await register(kernel, ['WL-1'], undefined)
    const mosquitto = await Mosquitto.start()
    const enter = async () => startSubscriber(await hostFor(kernel), { url: mosquitto.url, topic, name: 'city' })
    let subscriber = await enter()
    const heard = (value: number) =>
      until(`nothing of ${value} came from the broker`, async () => {
        await mosquitto.publish('chengyun/WL-1/level', [String(value)])
        return (await stored(kernel)).includes(value)
      })
    try {
      await heard(1)
      await subscriber.stop()
      const from = +kernel.clock() - 1e6
      const lines = Array.from({ length: 100 }, (_, i) => JSON.stringify({ metric: 'level', at: from + i * 1_000, value: 2 }))
      assert.ok(await mosquitto.publish('chengyun/WL-1', lines.slice(0, 50)))
      if (restarts) await mosquitto.restart()
      await until('the broker did not come back', () => mosquitto.publish('chengyun/WL-1', lines.slice(50)))
      subscriber = await enter()
      await until('not all came', async () => new Set(await times(kernel, 2)).size === 100)

      await mosquitto.restart()
      await heard(3)
    } finally {
      await subscriber.stop()
      await mosquitto.drop()
    }
  }))
}
