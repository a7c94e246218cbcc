// How long it takes from a step to the bell of whoever is told of it, and how many texts a second are handed to a gateway, against bare
// clients that do what cannot be left out: an insert, an HTTP request and an update for each.

import { Agent, createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { randomUUID } from 'node:crypto'
import { rooms } from '../src/app.ts'
import { readConfig } from '../src/config.ts'
import { createHttp } from '../src/kernel/http/index.ts'
import { createKernel, systemActor, type Kernel } from '../src/kernel/kernel.ts'
import { Caller } from '../trials/caller.ts'
import { inLanes, quantile, round, type Finding } from './measure.ts'
import { bareClient } from './record.ts'

const STEPS = 60
const TEXTS = 3000
const FLOOR_LANES = 16
const CASE = { category: '2026.m.06010', description: '路口堆放垃圾', position: [116.3195, 40.0012], source: 'hotline' }

async function openGateway() {
  const taken = new Set<string>()
  const server = createServer((asked, reply) => {
    asked.resume()
    asked.on('end', () => {
      taken.add(String(asked.headers['idempotency-key']))
      reply.writeHead(200).end('ok')
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return { taken, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => server.close() }
}

export async function measureMessages(folder: string): Promise<Finding[]> {
  const gateway = await openGateway()
  const kernel = await createKernel({ ...readConfig({}), dataFolder: folder, port: 0, outbound: ['127.0.0.1'], say: () => {} }, rooms)
  const http = createHttp(kernel)
  try {
    await kernel.start()
    const base = await http.listen({ host: '127.0.0.1', port: 0 })
    const found = [await measureBell(base)]
    return [...found, await measureTexts(kernel, base, gateway)]
  } finally {
    await http.close()
    await kernel.stop()
    gateway.close()
  }
}

// ── From a step to the bell

/** The moments at which the stream of events tells this caller of something new. */
async function listen(base: string, cookie: string, hear: () => void): Promise<() => void> {
  const stopping = new AbortController()
  const reply = await fetch(`${base}/events?topics=messages.arrived`, { headers: { cookie }, signal: stopping.signal })
  const read = async () => {
    for await (const piece of reply.body!.pipeThrough(new TextDecoderStream())) if (piece.includes('event: messages.arrived')) hear()
  }
  read().catch(() => {})
  return () => stopping.abort()
}

/** A return is told to dispatchers, so each round is a report, taken on, sent to a unit, of which the unit hears. */
async function measureBell(base: string): Promise<Finding> {
  const sign = async (account: string) => {
    const caller = new Caller(base)
    await caller.signIn(account)
    return caller
  }
  const [operator, lead, dispatcher] = [await sign('operator'), await sign('lead'), await sign('dispatcher')]
  const { items } = await operator.ask('GET', '/api/categories/2026.m.06010/conditions')
  const number = async () => {
    const made = await operator.ask('POST', '/api/cases', { ...CASE, key: randomUUID() })
    await operator.ask('POST', `/api/cases/${made.number}/steps`, { step: 'accept' })
    await lead.ask('POST', `/api/cases/${made.number}/steps`, { step: 'establish', condition: items[0].id })
    return made.number as string
  }
  const first = await number()
  const { openSteps } = await dispatcher.ask('GET', `/api/cases/${first}`)
  const unit = openSteps.find(({ step }: { step: string }) => step === 'dispatch').units[0].unitCode as string
  const handler = await sign(`handler-${unit.toLowerCase()}`)
  let heard = () => {}
  const stop = await listen(base, handler.cookie, () => heard())
  const samples: number[] = []
  for (let turn = 0; turn < STEPS; turn++) {
    const one = await number()
    const arrived = new Promise<void>((done) => (heard = done))
    const began = performance.now()
    await dispatcher.ask('POST', `/api/cases/${one}/steps`, { step: 'dispatch', unit })
    await arrived
    samples.push(performance.now() - began)
  }
  stop()
  const p95 = quantile(samples, 0.95)
  return {
    what: 'step sent, until the bell of the unit',
    goal: 'p95 < 1 s',
    figure: `p50 ${round(quantile(samples, 0.5), 0)} ms, p95 ${round(p95, 0)} ms`,
    met: p95 < 1000,
    detail: { p50: round(quantile(samples, 0.5)), p95: round(p95), steps: samples.length },
  }
}

// ── Texts a second

async function measureTexts(kernel: Kernel, base: string, gateway: Awaited<ReturnType<typeof openGateway>>): Promise<Finding> {
  const admin = new Caller(base)
  await admin.signIn('sysadmin')
  await admin.ask('PUT', '/api/messages/channels/sms', { kind: 'sms', name: '网关', unit: '', enabled: true, settings: { url: gateway.url } })
  const before = gateway.taken.size
  await queueTexts(kernel, new Date(Date.now() + 500))
  const startedAt = performance.now() + 500
  while (gateway.taken.size < before + TEXTS) await new Promise((done) => setTimeout(done, 5))
  const ours = TEXTS / ((performance.now() - startedAt) / 1000)
  const floor = await measureFloor(kernel, gateway.url)
  return {
    what: 'texts handed to a gateway',
    goal: '≥ 0.5 of bare',
    figure: `${round(ours, 0)}/s, bare insert + HTTP + update ${round(floor, 0)}/s`,
    ratio: round(ours / floor),
    met: ours >= floor * 0.5,
    detail: { perSecond: round(ours), floorPerSecond: round(floor), texts: TEXTS },
  }
}

/** Puts texts into the outbox as a storm of steps would, all due at once. */
async function queueTexts(kernel: Kernel, dueAt: Date): Promise<void> {
  const { writeMessages } = await import('../src/messages/index.ts')
  const at = new Date()
  await kernel.transact({ actor: systemActor }, async (ctx) => {
    await writeMessages(
      ctx,
      Array.from({ length: TEXTS }, () => ({
        cause: `bench ${randomUUID()}`,
        rule: 'bench',
        channel: 'sms',
        receiver: 'trial',
        kind: 'trial' as const,
        about: 'bench',
        district: '999902',
        name: '',
        address: '10000009999',
        words: { zh: { subject: '', body: '您反映的问题已受理' }, en: { subject: '', body: 'Accepted' } },
        at,
        dueAt,
      })),
    )
  })
}

/** The same by bare clients in as many lanes as the sender has: nothing is claimed, reckoned or looked up. */
async function measureFloor(kernel: Kernel, url: string): Promise<number> {
  const clients = await Promise.all(Array.from({ length: FLOOR_LANES }, () => bareClient(kernel.url)))
  await clients[0]!.query('create table if not exists floor_message (id uuid primary key, body jsonb, state text)')
  const agent = new Agent({ keepAlive: true, maxSockets: FLOOR_LANES })
  const body = JSON.stringify({ phone: '10000009999', text: '您反映的问题已受理' })
  const post = (id: string) =>
    new Promise<void>((done, fail) => {
      const asked = request(url, { method: 'POST', agent, headers: { 'idempotency-key': id, 'content-length': Buffer.byteLength(body) } }, (reply) => {
        reply.resume()
        reply.on('end', done)
      })
      asked.on('error', fail)
      asked.end(body)
    })
  const seconds = await inLanes(FLOOR_LANES, TEXTS, async (lane) => {
    const id = randomUUID()
    await clients[lane]!.query({ name: 'floor-in', text: `insert into floor_message values ($1, $2, 'waiting')`, values: [id, body] })
    await post(id)
    await clients[lane]!.query({ name: 'floor-out', text: `update floor_message set state = 'sent' where id = $1`, values: [id] })
  })
  await clients[0]!.query('drop table floor_message')
  await Promise.all(clients.map((client) => client.end()))
  agent.destroy()
  return TEXTS / seconds
}
