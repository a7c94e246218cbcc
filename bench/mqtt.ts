// Readings as devices send them, one a message, over real connections to the embedded broker of the real program; and how long it takes from
// such a reading to its alarm on an open screen while ten thousand others come in each second.

import { request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { rooms } from '../src/app.ts'
import { readConfig } from '../src/config.ts'
import { createKernel, systemActor } from '../src/kernel/kernel.ts'
import type { RuleBody } from '../src/monitoring/alarms/rule.ts'
import { putRule } from '../src/monitoring/alarms/rules.ts'
import { register } from '../src/monitoring/testing.ts'
import { Caller } from '../trials/caller.ts'
import { freePort, startProgram, type Program } from '../trials/program.ts'
import { dial, publish, type Device } from './mqtt-device.ts'
import { memoryMib, oneByOne, quantile, round, type Finding } from './measure.ts'

const CONNECTIONS = 50
/** Not yet acknowledged, of one connection. */
const IN_FLIGHT = 100
const ALARMS = 200
const PACED = 10_000
const PACE_MS = 10
const GATEWAY = 'BENCH-GW'
const METRIC = { code: 'level', zh: '水位', en: 'Level', unit: 'm', min: 0, max: 1e9, precision: 2, period: 60 }
const RULE: RuleBody = {
  zh: '水位超限', en: 'Too high', product: 'gauge', devices: [], measure: { kind: 'threshold', metric: 'level' }, side: 'above', levels: [5, null, null, null], bands: [],
  hysteresis: 0, raiseSeconds: 0, clearSeconds: 0, case: null, active: true,
}

export async function measureMqtt(folder: string, messages: number, idle: number): Promise<Finding[]> {
  const load = Array.from({ length: CONNECTIONS }, (_, i) => `BENCH-M${i}`)
  const ringing = Array.from({ length: ALARMS }, (_, i) => `BENCH-A${i}`)
  const kernel = await createKernel({ ...readConfig({}), dataFolder: folder, port: 0, say: () => {} }, rooms)
  let keys: Record<string, string>
  try {
    keys = await register(kernel, [...load, GATEWAY], [METRIC])
    await register(kernel, ringing, [METRIC], GATEWAY)
    await kernel.transact({ actor: systemActor }, (ctx) => putRule(ctx, 'BENCH-MQTT', RULE))
    await kernel.settle()
  } finally {
    await kernel.stop()
  }
  const port = await freePort()
  const program = await startProgram(folder, { env: { CHENGYUN_MQTT_PORT: String(port) } })
  try {
    const devices = await Promise.all(load.map((code) => dial(port, code, keys[code]!)))
    const rate = await measureRate(devices, messages)
    const gateway = await dial(port, GATEWAY, keys[GATEWAY]!)
    const alarm = await measureAlarm(program, devices, gateway, ringing)
    return [rate, alarm, await measureIdle(program, devices[0]!, idle, (i) => dial(port, load[i % CONNECTIONS]!, keys[load[i % CONNECTIONS]!]!, `idle-${i}`))]
  } finally {
    await program.stop()
  }
}

// ── What is measured

async function measureRate(devices: readonly Device[], messages: number): Promise<Finding> {
  const each = Math.floor(messages / devices.length)
  const begin = Date.now() - each * 1000
  const startedAt = performance.now()
  await Promise.all(
    devices.map(
      (device) =>
        new Promise<void>((done) => {
          device.onAcknowledged = () => {
            while (device.sent < each && device.sent - device.acknowledged < IN_FLIGHT) publish(device, device.code, begin + device.sent * 1000, 1)
            if (device.acknowledged >= each) done()
          }
          device.onAcknowledged()
        }),
    ),
  )
  const seconds = (performance.now() - startedAt) / 1000
  const rate = (each * devices.length) / seconds
  return {
    what: `MQTT messages with one reading, PUBACK after commit, ${devices.length} connections, /s`,
    goal: '≥ 25,000',
    figure: String(Math.round(rate)),
    met: rate >= 25_000,
    detail: { messages: each * devices.length, seconds: round(seconds), inFlight: IN_FLIGHT },
  }
}

async function measureAlarm(program: Program, devices: readonly Device[], gateway: Device, ringing: readonly string[]): Promise<Finding> {
  const leader = new Caller(program.base)
  await leader.signIn('leader')
  let heard = () => {}
  const stream = request(`${program.base}/events`, { headers: { Cookie: leader.cookie, Accept: 'text/event-stream' } })
  const opened = new Promise<void>((done, fail) => {
    stream.on('error', fail)
    stream.on('response', (reply) => {
      reply.on('data', (part) => String(part).includes('"raised"') && heard())
      reply.on('error', () => {})
      done()
    })
  })
  stream.end()
  await opened

  // The pace is kept by the clock: what one tick could not send the next does.
  const sentBefore = devices.reduce((sum, { sent }) => sum + sent, 0)
  const startedAt = performance.now()
  for (const device of devices) device.onAcknowledged = () => {}
  let sent = 0
  const load = setInterval(() => {
    const due = ((performance.now() - startedAt) / 1000) * PACED
    for (; sent < due; sent++) {
      const device = devices[sent % devices.length]!
      publish(device, device.code, Date.now() - 60_000 + (sent % 50_000), 1)
    }
  }, PACE_MS)
  const samples: number[] = []
  let lost = 0
  for (const code of ringing) {
    const from = performance.now()
    const seen = new Promise<void>((done) => (heard = done))
    publish(gateway, code, Date.now(), 9)
    const ms = await Promise.race([seen.then(() => performance.now() - from), sleep(5_000).then(() => undefined)])
    if (ms === undefined) lost++
    else samples.push(ms)
    await sleep(20)
  }
  clearInterval(load)
  const seconds = (performance.now() - startedAt) / 1000
  stream.destroy()
  const taken = devices.reduce((sum, { acknowledged }) => sum + acknowledged, 0) - sentBefore
  const p99 = lost > 0 ? Infinity : quantile(samples, 0.99)
  return {
    what: `reading in → alarm on an open screen, beside ${PACED} messages/s`,
    goal: 'p99 < 300 ms',
    figure: `p50 ${round(quantile(samples, 0.5), 1)} ms, p99 ${round(p99, 1)} ms (${Math.round(taken / seconds)} messages/s taken)`,
    met: p99 < 300 && taken / seconds > 0.95 * PACED,
    detail: { p50: round(quantile(samples, 0.5)), p99: round(p99), heard: samples.length, lost, taken: Math.round(taken / seconds) },
  }
}

const CALM_TURNS = 500

/** Connections that say nothing, and how one that speaks is served beside them. */
async function measureIdle(program: Program, speaker: Device, count: number, open: (i: number) => Promise<Device>): Promise<Finding> {
  const before = memoryMib(program.pid)
  const idle: Device[] = []
  for (let from = 0; from < count; from += 100) idle.push(...(await Promise.all(Array.from({ length: 100 }, (_, i) => open(from + i)))))
  const after = memoryMib(program.pid)
  const samples = await oneByOne(CALM_TURNS, (turn) => {
    const upTo = speaker.acknowledged + 1
    return new Promise<void>((done) => {
      speaker.onAcknowledged = () => speaker.acknowledged >= upTo && done()
      publish(speaker, speaker.code, Date.now() - 1_000_000 + turn * 1000, 1)
    })
  })
  const broken = idle.filter(({ socket }) => socket.destroyed).length
  for (const { socket } of idle) socket.destroy()
  const p99 = quantile(samples, 0.99)
  return {
    what: `${idle.length.toLocaleString('en')} idle MQTT connections, and one that speaks`,
    goal: 'served',
    figure: `${round(((after - before) * 1024) / idle.length, 1)} KiB each (${before} → ${after} MiB), reading to PUBACK p99 ${round(p99, 1)} ms, ${broken} broken`,
    met: broken === 0,
    detail: { before, after, broken, p99: round(p99) },
  }
}
