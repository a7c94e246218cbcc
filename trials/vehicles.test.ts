// The program killed in the middle of positions of vehicle terminals: whatever was acknowledged is stored, once, also where it was said again.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { positionAt, Terminal } from '../src/monitoring/jt808/testing.ts'
import { Caller } from './caller.ts'
import { cityFolder, dropFolder, faultsIn, freePort, startProgram, type Program } from './program.ts'

const KILLS = 4
const VEHICLES = 8
const A_BATCH = 5

interface Truck {
  readonly code: string
  readonly phone: string
  /** By which its terminal enters, across all kills. */
  secret: string
  /** Times of positions that were acknowledged, in seconds. */
  readonly acknowledged: Set<number>
  next: number
}

let folder: string
let port: number
let program: Program
const start = async () => (program = await startProgram(folder, { waitMs: 400_000, env: { CHENGYUN_JT808_PORT: String(port) } }))
const trucks: Truck[] = []

before(async () => {
  folder = await cityFolder()
  port = await freePort()
  await start()
  const keeper = new Caller(program.base)
  await keeper.signIn('sysadmin')
  const from = Math.floor(Date.now() / 1000) - 80_000
  for (let i = 0; i < VEHICLES; i++) {
    const [code, phone, plate] = [`TRIAL-${i}`, `01390000010${i}`, `示T0000${i}`]
    const vehicle = { code, plate, phone, kind: 'other', name: code, district: '999902', ownerUnit: null, driver: '', state: 'in_service' }
    const { status, body } = await keeper.send('POST', '/api/vehicles', vehicle)
    assert.equal(status, 200, JSON.stringify(body))
    const terminal = await Terminal.dial(port, { version: 2013, protocolVersion: 0, phone })
    const { code: secret } = await terminal.register({ plate })
    terminal.close()
    trucks.push({ code, phone, secret, acknowledged: new Set(), next: from })
  }
})

after(async () => {
  await program.stop()
  await dropFolder(folder)
})

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms))

/** Sends until the connection breaks; what got no answer is said again on the next one, as a terminal does. */
async function drive(truck: Truck): Promise<void> {
  const terminal = await Terminal.dial(port, { version: 2013, protocolVersion: 0, phone: truck.phone })
  const broken = terminal.closed.then(() => undefined)
  assert.equal(await Promise.race([terminal.enter(truck.secret), broken]), 0)
  for (;;) {
    const times = Array.from({ length: A_BATCH }, (_, i) => truck.next + i)
    const locations = times.map((at) => positionAt(at * 1000, [116.3, 39.9]))
    const answer = await Promise.race([terminal.say(0x0704, { count: A_BATCH, late: 0, locations }), broken])
    if (!answer) return
    assert.equal(answer.body.result, 0)
    for (const at of times) truck.acknowledged.add(at)
    truck.next += A_BATCH
  }
}

test(`of ${VEHICLES} vehicles no position that was acknowledged is lost or doubled in ${KILLS} kills`, async (t) => {
  for (let kill = 0; kill < KILLS; kill++) {
    const drives = trucks.map(drive)
    await pause(1_000 + kill * 137)
    await program.kill()
    await Promise.all(drives)
    await start()
  }

  const keeper = new Caller(program.base)
  await keeper.signIn('sysadmin')
  let acknowledged = 0
  for (const { code, acknowledged: said, next } of trucks) {
    const stored: number[] = []
    for (let from = Math.min(...said); from <= next + A_BATCH; from += 4_000) {
      const query = new URLSearchParams({ from: new Date(from * 1000).toISOString(), to: new Date((from + 4_000) * 1000).toISOString() })
      const { status, body } = await keeper.send('GET', `/api/vehicles/${code}/track?${query}`)
      assert.equal(status, 200)
      stored.push(...(body.points as [number][]).map(([at]) => at / 1000))
    }
    const there = new Set(stored)
    assert.equal(there.size, stored.length, `${code} was at two places at once`)
    assert.deepEqual([...said].filter((at) => !there.has(at)), [], `${code} lost positions`)
    acknowledged += said.size
  }
  t.diagnostic(`${acknowledged} positions were acknowledged, ${KILLS} kills, none lost, none doubled`)
  await program.stop()
  assert.equal(faultsIn(folder, { only: 'vehicles' }), '')
})
