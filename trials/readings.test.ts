// The program killed in the middle of a stream of readings: whatever was acknowledged is stored, once, has rung if it had to, once, and all
// that is derived from it adds up.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Caller } from './caller.ts'
import { cityFolder, dropFolder, faultsIn, startProgram, type Program } from './program.ts'

const KILLS = 4
const DEVICES = 8
const A_MESSAGE = 20
const PRODUCT = { zh: '试验水位计', en: 'Gauge of the trial', metrics: [{ code: 'level', zh: '水位', en: 'Level', unit: 'm', min: 0, max: 1e6, precision: 0, period: 1 }] }

/** Of fifty seconds the last ten are too high, so that every stream rings, and is over, again and again. */
const CYCLE = 50
const HIGH = 40
const RULE = {
  zh: '试验水位超限', en: 'Too high', product: 'trial', devices: [], measure: { kind: 'threshold', metric: 'level' }, side: 'above', levels: [null, HIGH, null, null], bands: [],
  hysteresis: 0, raiseSeconds: 0, clearSeconds: 0, case: null, active: true,
}

interface Gauge {
  readonly code: string
  readonly authorization: string
  /** Times of readings that were acknowledged, in seconds. */
  readonly acknowledged: Set<number>
  next: number
}

let folder: string
let program: Program
const gauges: Gauge[] = []

before(async () => {
  folder = await cityFolder()
  program = await startProgram(folder, { waitMs: 400_000 })
  const keeper = new Caller(program.base)
  await keeper.signIn('sysadmin')
  assert.equal((await keeper.send('PUT', '/api/products/trial', PRODUCT)).status, 200)
  assert.equal((await keeper.send('PUT', '/api/alarm-rules/TRIAL', RULE)).status, 200)
  const from = Math.floor(Date.now() / 1000) - 80_000
  for (let i = 0; i < DEVICES; i++) {
    const code = `TRIAL-${i}`
    const device = { code, product: 'trial', name: code, district: '999902', position: null, ownerUnit: null, component: null, gateway: null, state: 'in_service' }
    const { status, body } = await keeper.send('POST', '/api/devices', device)
    assert.equal(status, 200, JSON.stringify(body))
    gauges.push({ code, authorization: `Basic ${Buffer.from(`${code}:${body.key}`).toString('base64')}`, acknowledged: new Set(), next: from })
  }
})

after(async () => {
  await program.stop()
  await dropFolder(folder)
})

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms))

/** Sends without end; what got no answer is sent again, as a device would. */
async function report(gauge: Gauge, base: string, going: () => boolean): Promise<void> {
  while (going()) {
    const times = Array.from({ length: A_MESSAGE }, (_, i) => gauge.next + i)
    const lines = times.map((at) => `${gauge.code},level,${at},${at % CYCLE}`).join('\n')
    const headers = { 'content-type': 'text/plain', authorization: gauge.authorization }
    const reply = await fetch(`${base}/api/readings`, { method: 'POST', headers, body: lines }).catch(() => undefined)
    if (reply?.status === 200 && (await reply.json().catch(() => undefined))) {
      for (const at of times) gauge.acknowledged.add(at)
      gauge.next += A_MESSAGE
    }
    await pause(5)
  }
}

/** Alarms of a device, each with the times that it came back. */
async function timesRung(keeper: Caller, device: string): Promise<number> {
  let times = 0
  for (const state of ['open', 'over']) {
    const { status, body } = await keeper.send('GET', `/api/alarms?state=${state}&device=${device}&limit=100`)
    assert.equal(status, 200)
    assert.equal(body.next, null)
    for (const { flaps } of body.items as { flaps: number }[]) times += 1 + flaps
  }
  return times
}

test(`of ${DEVICES} streams of readings nothing that was acknowledged is lost in ${KILLS} kills`, async (t) => {
  for (let kill = 0; kill < KILLS; kill++) {
    let going = true
    const streams = gauges.map((gauge) => report(gauge, program.base, () => going))
    await pause(1_500 + kill * 137)
    await program.kill()
    going = false
    await Promise.all(streams)
    program = await startProgram(folder)
  }

  const keeper = new Caller(program.base)
  await keeper.signIn('sysadmin')
  let acknowledged = 0
  let rung = 0
  for (const gauge of gauges) {
    const first = Math.min(...gauge.acknowledged)
    const stored: number[] = []
    for (let from = first; from <= gauge.next; from += 4_000) {
      const query = new URLSearchParams({ metric: 'level', from: new Date(from * 1000).toISOString(), to: new Date((from + 4_000) * 1000).toISOString(), points: '5000' })
      const { status, body } = await keeper.send('GET', `/api/devices/${gauge.code}/trend?${query}`)
      assert.equal(status, 200)
      stored.push(...(body.points as [number][]).map(([at]) => at / 1000))
    }
    const there = new Set(stored)
    assert.equal(there.size, stored.length, `${gauge.code} holds a reading twice`)
    assert.deepEqual([...gauge.acknowledged].filter((at) => !there.has(at)), [], `${gauge.code} lost readings`)
    acknowledged += gauge.acknowledged.size
    const due = new Set(stored.filter((at) => at % CYCLE >= HIGH).map((at) => Math.floor(at / CYCLE))).size
    rung += due
    assert.equal(await timesRung(keeper, gauge.code), due, `${gauge.code} rings as often as its readings say`)
  }
  t.diagnostic(`${acknowledged} readings were acknowledged, ${KILLS} kills, none lost, none doubled; ${rung} alarms likewise`)
  await program.stop()
  assert.equal(faultsIn(folder, { only: 'readings' }), '')
  assert.equal(faultsIn(folder, { only: 'alarms' }), '')
})
