// A city with gauges of its own for the faults, its program, and what its tables hold in the end.

import { glob, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import mqtt, { type MqttClient } from 'mqtt'
import { rooms } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { createKernel } from '../../src/kernel/kernel.ts'
import { metric, register } from '../../src/monitoring/testing.ts'
import { registerVehicles } from '../../src/monitoring/vehicles/testing.ts'
import { freePort, startProgram, type Program } from '../../trials/program.ts'
import { memoryMib, quantile } from '../measure.ts'
import { bareClient } from '../record.ts'

export const GAUGES = 16
export const gauge = (i: number): string => `FAULT-${i}`
/** It goes on reporting whatever befalls the others. */
export const CALM = 'FAULT-CALM'
export const PLATE = '示A09999'
export const PHONE = '013900009999'
export const A_MESSAGE = 20
const SECOND = 1_000

export interface World {
  readonly folder: string
  readonly mqttPort: number
  readonly jt808Port: number
  readonly keys: Readonly<Record<string, string>>
}

export async function makeWorld(folder: string): Promise<World> {
  const kernel = await createKernel({ ...readConfig({}), dataFolder: folder, port: 0, say: () => {} }, rooms)
  try {
    const keys = await register(kernel, [...Array.from({ length: GAUGES }, (_, i) => gauge(i)), CALM], [metric({ max: 1e9, precision: 0, period: 1 })])
    await registerVehicles(kernel, [{ code: 'FAULT-V', plate: PLATE, phone: PHONE }])
    await kernel.settle()
    return { folder, keys, mqttPort: await freePort(), jt808Port: await freePort() }
  } finally {
    await kernel.stop()
  }
}

export async function whileUp<T>({ folder, mqttPort, jt808Port }: World, act: (program: Program) => Promise<T>, env: Readonly<Record<string, string>> = {}): Promise<T> {
  const program = await startProgram(folder, { env: { CHENGYUN_MQTT_PORT: String(mqttPort), CHENGYUN_JT808_PORT: String(jt808Port), ...env } })
  try {
    return await act(program)
  } finally {
    await program.stop()
  }
}

/** A client that comes again by itself, and sends again what was not acknowledged. */
export async function enter(port: number, code: string, password: string | undefined): Promise<MqttClient> {
  const client = mqtt.connect(`mqtt://127.0.0.1:${port}`, { username: code, ...(password !== undefined && { password }), clientId: `${code}-${port}`, clean: false, reconnectPeriod: 100, keepalive: 600 })
  client.on('error', () => {})
  await new Promise<void>((done) => client.once('connect', () => done()))
  return client
}

/** Readings of one gauge, a second apart; each message tells when it was acknowledged. */
export class Stream {
  readonly code: string
  readonly acknowledged = new Map<number, number>()
  next: number

  constructor(code: string, from: number) {
    this.code = code
    this.next = from - (from % SECOND)
  }

  take(count: number): number[] {
    const times = Array.from({ length: count }, (_, i) => this.next + i * SECOND)
    this.next += count * SECOND
    return times
  }

  acknowledge(times: readonly number[]): void {
    for (const at of times) this.acknowledged.set(at, Date.now())
  }
}

export const jsonOf = (times: readonly number[]): string => JSON.stringify(times.map((at) => ({ metric: 'level', at, value: 1 })))
export const linesOf = (code: string, times: readonly number[]): string => times.map((at) => `${code},level,${at},1`).join('\n')

export interface Compared {
  readonly acknowledged: number
  readonly stored: number
  readonly doubled: number
  /** When what is missing was acknowledged. */
  readonly missing: number[]
}

/** What was acknowledged against what the table holds. */
export async function compare({ folder }: World, streams: readonly Stream[]): Promise<Compared> {
  const client = await bareClient(`postgresql://postgres@localhost/chengyun?host=${encodeURIComponent(join(folder, 'postgresql/socket'))}`)
  try {
    const sum = { acknowledged: 0, stored: 0, doubled: 0, missing: [] as number[] }
    for (const { code, acknowledged } of streams) {
      const { rows } = await client.query<{ ms: number }>('select extract(epoch from at)::float8 * 1000 as ms from reading r join device d on r.series = d.number * 64 where d.code = $1', [code])
      const there = new Set(rows.map(({ ms }) => ms))
      sum.acknowledged += acknowledged.size
      sum.stored += [...acknowledged.keys()].filter((at) => there.has(at)).length
      sum.doubled += rows.length - there.size
      for (const [at, when] of acknowledged) if (!there.has(at)) sum.missing.push(when)
    }
    return sum
  } finally {
    await client.end()
  }
}

/** How the gate counted, by reason ('' for taken), and how much of it the quarantine holds whole. */
export async function counted({ folder }: World, way: string): Promise<{ counts: Map<string, number>; kept: number }> {
  const client = await bareClient(`postgresql://postgres@localhost/chengyun?host=${encodeURIComponent(join(folder, 'postgresql/socket'))}`)
  try {
    const { rows } = await client.query<{ reason: string; n: number }>('select reason, sum(n)::float8 as n from reading_intake where way = $1 group by reason', [way])
    const { rows: kept } = await client.query<{ n: number }>('select count(*)::int as n from reading_quarantine where way = $1', [way])
    return { counts: new Map(rows.map(({ reason, n }) => [reason, n])), kept: kept[0]!.n }
  } finally {
    await client.end()
  }
}

export async function killDatabase(folder: string): Promise<void> {
  const [found] = await Array.fromAsync(glob('postgresql/*/postmaster.pid', { cwd: folder }))
  if (found === undefined) throw new Error('the embedded database does not run')
  const [pid] = (await readFile(join(folder, found), 'utf8')).split('\n')
  process.kill(Number(pid), 'SIGKILL')
}

/** The most that a process held while something was done. */
export async function mostMemory<T>(pid: number, act: () => Promise<T>): Promise<{ before: number; most: number; after: number; done: T }> {
  const before = memoryMib(pid)
  let most = before
  const watch = setInterval(() => (most = Math.max(most, memoryMib(pid))), 100)
  try {
    const done = await act()
    return { before, most, after: memoryMib(pid), done }
  } finally {
    clearInterval(watch)
  }
}

/** Asks one thing after the other while something else is done; how long each took, in milliseconds. */
export async function meanwhile(ask: () => Promise<unknown>, act: () => Promise<void>): Promise<number[]> {
  let going = true
  const samples: number[] = []
  const asking = (async () => {
    while (going) {
      const from = performance.now()
      await ask()
      samples.push(performance.now() - from)
    }
  })()
  try {
    await act()
  } finally {
    going = false
  }
  await asking
  return samples
}

export const sayTimes = (samples: readonly number[]): string => `p50 ${quantile(samples, 0.5).toFixed(1)} ms, p99 ${quantile(samples, 0.99).toFixed(1)} ms (of ${samples.length})`
