// Random bytes on every port, some of them beginning as its protocol does.

import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { positionAt, Terminal } from '../../src/monitoring/jt808/testing.ts'
import { inLanes, memoryMib, quantile, round, seeded, type Finding } from '../measure.ts'
import { CALM, compare, enter, meanwhile, PHONE, PLATE, sayTimes, Stream, whileUp, type World } from './world.ts'

const ROUNDS = 5
const CONNECTIONS = 1_500
const LANES = 30
const MOST_BYTES = 4_096
/** So long a port may wait for more of what it was sent. */
const PATIENCE_MS = 200
/** What collections leave behind. */
const MOST_GROWTH_MIB = 64

export async function measureGarbage(world: World, seed: number): Promise<Finding> {
  return whileUp(world, async ({ pid, port: http, base }) => {
    const chance = seeded(seed)
    const within = (count: number) => Math.floor(chance() * count)
    const ports = [
      { port: world.mqttPort, beginnings: [[0x10, 0x20, 0x00, 0x04, 0x4d, 0x51, 0x54, 0x54, 0x04], [0x30, 0x0a], [0x82, 0xff]] },
      { port: http, beginnings: [[...Buffer.from('POST /api/readings HTTP/1.1\r\n')], [...Buffer.from('GET / HTTP/1.1\r\nHost: ')], [0x16, 0x03]] },
      { port: world.jt808Port, beginnings: [[0x7e], [0x7e, 0x01, 0x00], [0x7e, 0x02, 0x00, 0x00]] },
    ]
    const noise = (i: number): Buffer => {
      const beginning = chance() < 0.5 ? [] : ports[i]!.beginnings[within(ports[i]!.beginnings.length)]!
      return Buffer.from([...beginning, ...Array.from({ length: 1 + within(MOST_BYTES) }, () => within(256))])
    }
    let bytes = 0
    const round1 = () =>
      inLanes(LANES, CONNECTIONS, async (_lane, turn) => {
        const said = noise(turn % ports.length)
        bytes += said.length
        await speak(ports[turn % ports.length]!.port, said)
      })

    const calm = await enter(world.mqttPort, CALM, world.keys[CALM])
    const stream = new Stream(CALM, Date.now() - 50_000_000)
    const terminal = await Terminal.dial(world.jt808Port, { version: 2013, protocolVersion: 0, phone: PHONE })
    const { code } = await terminal.register({ plate: PLATE })
    if ((await terminal.enter(code)) !== 0) throw new Error('the terminal was not let in')
    let wrong = 0
    let at = Math.floor(Date.now() / 1_000) * 1_000 - 50_000_000
    const over = { mqtt: [] as number[], http: [] as number[], jt808: [] as number[] }
    const asked = async (way: keyof typeof over, ask: () => Promise<boolean>) => {
      const from = performance.now()
      if (!(await ask())) wrong++
      over[way].push(performance.now() - from)
    }

    await round1()
    const before = memoryMib(pid)
    await meanwhile(
      async () => {
        await asked('mqtt', async () => {
          const times = stream.take(1)
          await calm.publishAsync(`chengyun/${CALM}/level`, JSON.stringify({ at: times[0], value: 1 }), { qos: 1 })
          stream.acknowledge(times)
          return true
        })
        await asked('http', async () => (await fetch(`${base}/healthz`)).ok)
        await asked('jt808', async () => (await terminal.report(positionAt((at += 1_000), [112.5, 37.8]))) === 0)
      },
      async () => {
        for (let i = 0; i < ROUNDS; i++) await round1()
      },
    )
    await sleep(1_000)
    const after = memoryMib(pid)
    terminal.close()
    await calm.endAsync()
    const served = await compare(world, [stream])
    const count = CONNECTIONS * ROUNDS
    return {
      what: `${count.toLocaleString('en')} connections that speak garbage to the ports of MQTT, HTTP and JT/T 808, seed ${seed}`,
      goal: `others served, memory grows < ${MOST_GROWTH_MIB} MiB`,
      figure: `${round(bytes / 2 ** 20, 1)} MiB of noise, program ${before} → ${after} MiB; meanwhile MQTT ${sayTimes(over.mqtt)}, HTTP ${sayTimes(over.http)}, JT/T 808 ${sayTimes(over.jt808)}; ${wrong + served.missing.length} not served`,
      met: wrong === 0 && served.missing.length === 0 && after - before < MOST_GROWTH_MIB,
      detail: { connections: count, seed, before, after, wrong, mqttP99: round(quantile(over.mqtt, 0.99)), httpP99: round(quantile(over.http, 0.99)), jt808P99: round(quantile(over.jt808, 0.99)) },
    }
  })
}

/** Says it, and waits until it is hung up on, or for a moment. */
async function speak(port: number, said: Buffer): Promise<void> {
  const socket = connect({ port, host: '127.0.0.1' })
  socket.on('error', () => {})
  socket.resume()
  const closed = new Promise<void>((done) => socket.once('close', () => done()))
  socket.write(said)
  await Promise.race([closed, sleep(PATIENCE_MS)])
  socket.destroy()
  await closed
}
