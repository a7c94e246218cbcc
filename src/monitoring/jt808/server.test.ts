// Real connections: terminals of three versions register, prove who they are and report; what was answered is stored.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { hostOf, systemActor, type Kernel } from '../../kernel/index.ts'
import { cityWith } from '../../testing.ts'
import { latestPositions } from '../vehicles/checks.ts'
import { changeVehicle, releaseTerminal } from '../vehicles/vehicles.ts'
import { somewhere } from '../testing.ts'
import { registerVehicles } from '../vehicles/testing.ts'
import type { Sender } from './index.ts'
import { startTerminals, type PortLimits, type TerminalPort } from './server.ts'
import { positionAt, Terminal } from './testing.ts'

const asHouse = { actor: systemActor }
const sender = (version: 2011 | 2013 | 2019, phone: string): Sender => ({ version, protocolVersion: version === 2019 ? 1 : 0, phone: phone.padStart(version === 2019 ? 20 : 12, '0') })

const hostFor = (kernel: Kernel) => kernel.read(asHouse, (ctx) => ctx.caches.get(ctx, hostOf))
const ticked = (kernel: Kernel) => Math.floor(+kernel.clock() / 1000) * 1000
const stored = async (kernel: Kernel) =>
  (await sql<{ plate: string; n: number }>`select v.plate, count(*)::int as n from vehicle_position p join vehicle v on v.number = p.vehicle group by 1 order by 1`.execute(kernel.db)).rows.map(
    ({ plate, n }) => `${plate} ${n}`,
  )
const reasons = async (kernel: Kernel) =>
  (await sql<{ reason: string; device: string }>`select reason, device from reading_quarantine where way = 'jt808' order by reason, device`.execute(kernel.db)).rows.map(({ reason, device }) => `${reason} ${device}`)
const faults = (kernel: Kernel) => kernel.read(asHouse, (ctx) => Array.fromAsync(latestPositions.run(ctx)))

/** Refusals are written behind the answer. */
async function quarantined(kernel: Kernel, count: number): Promise<string[]> {
  for (let tries = 0; ; tries++) {
    const found = await reasons(kernel)
    if (found.length >= count || tries > 500) return found
    await new Promise((over) => setTimeout(over, 20))
  }
}

const withPort = (body: (kernel: Kernel, port: TerminalPort) => Promise<void>, limits: Partial<PortLimits> = {}) =>
  cityWith({}, async (kernel) => {
    const port = await startTerminals(await hostFor(kernel), 0, limits)
    try {
      await body(kernel, port)
    } finally {
      await port.stop()
    }
  })

for (const version of [2011, 2013, 2019] as const) {
  test(`a terminal of ${version} registers, proves who it is, and what it reports is stored when it is answered`, withPort(async (kernel, { port }) => {
    await registerVehicles(kernel, [{ plate: '示A00001', phone: '13900000001' }])
    const { position } = await somewhereIn(kernel)
    const now = ticked(kernel)
    const terminal = await Terminal.dial(port, sender(version, '13900000001'))

    const { result, code } = await terminal.register({ plate: '示A00001' })
    assert.equal(result, 0)
    assert.equal(await terminal.enter(code), 0)
    assert.equal((await terminal.say(0x0002, {})).body.result, 0)
    assert.equal(await terminal.report(positionAt(now - 60_000, position)), 0)
    assert.deepEqual(await stored(kernel), ['示A00001 1'])

    // A batch of sixty in several parts, of which one is known already.
    const locations = Array.from({ length: 60 }, (_, i) => positionAt(now - (i + 1) * 60_000, position))
    assert.equal((await terminal.say(0x0704, { count: 60, late: 1, locations })).body.result, 0)
    assert.deepEqual(await stored(kernel), ['示A00001 60'])
    assert.deepEqual([await reasons(kernel), await faults(kernel)], [[], []])

    assert.equal((await terminal.say(0x0800, { mediaId: 7, type: 0, format: 0, event: 1, channel: 1 })).body.result, 0)
    assert.equal((await sql`select * from vehicle_media where media_id = 7`.execute(kernel.db)).rows.length, 1)
    terminal.close()
  }))
}

const somewhereIn = (kernel: Kernel) => kernel.read(asHouse, somewhere)

test('a position is stored with its place, speed and bearing, by the second of Beijing', withPort(async (kernel, { port }) => {
  const [code] = await registerVehicles(kernel, [{ plate: '示A00001', phone: '13900000001' }])
  const now = ticked(kernel)
  const terminal = await enter(port, '13900000001', '示A00001')

  await terminal.report(positionAt(now - 5_000, [112.55, 37.87], { speedKmh: 36.5, courseDeg: 270, altitudeM: 812, alarm: 0x8000_0001, status: 0x8000_0003 }))

  const { rows } = await sql`select at, lng, lat, speed, bearing, altitude, alarm, status from vehicle_position`.execute(kernel.db)
  assert.deepEqual(rows, [
    { at: new Date(now - 5_000), lng: 112_550_000, lat: 37_870_000, speed: 365, bearing: 270, altitude: 812, alarm: 0x8000_0001 | 0, status: 0x8000_0003 | 0 },
  ])
  assert.equal(code, 'V-1')
}))

async function enter(port: number, phone: string, plate: string, version: 2011 | 2013 | 2019 = 2013): Promise<Terminal> {
  const terminal = await Terminal.dial(port, sender(version, phone))
  const { code } = await terminal.register({ plate })
  assert.equal(await terminal.enter(code), 0)
  return terminal
}

test('only terminals of known vehicles register, and none takes the place of another', withPort(async (kernel, { port }) => {
  const [code] = await registerVehicles(kernel, [
    { plate: '示A00001', phone: '13900000001' },
    { plate: '示A00002', phone: '13900000002' },
  ])
  const tries = async (phone: string, plate: string, terminalId = 'T000001') => {
    const terminal = await Terminal.dial(port, sender(2013, phone))
    const { result } = await terminal.register({ plate, terminalId })
    terminal.close()
    return result
  }

  assert.deepEqual(
    [await tries('13900000001', '示A99999'), await tries('13900000009', '示A00001'), await tries('13900000002', '示A00001'), await tries('13900000001', '示A00001')],
    [2, 4, 4, 0],
  )
  assert.deepEqual([await tries('13900000001', '示A00001'), await tries('13900000001', '示A00001', 'T000002')], [0, 1])
  await kernel.transact(asHouse, (ctx) => releaseTerminal(ctx, code!))
  assert.equal(await tries('13900000001', '示A00001', 'T000002'), 0)
  assert.deepEqual(await quarantined(kernel, 4), ['unknown-device 013900000001', 'unknown-device 013900000001', 'unknown-device 013900000002', 'unknown-device 013900000009'])
}))

test('positions of the future, of long ago, without a time or off the globe stand in the quarantine, and the terminal need not say them again', withPort(async (kernel, { port }) => {
  await registerVehicles(kernel, [{ plate: '示A00001', phone: '13900000001' }])
  const now = ticked(kernel)
  const terminal = await enter(port, '13900000001', '示A00001')

  const results = []
  for (const position of [
    positionAt(now + 3_600_000, [112, 37]),
    positionAt(now - 500 * 86_400_000, [112, 37]),
    positionAt(now, [112, 37], { at: null }),
    positionAt(now, [1120, 37]),
    positionAt(now, [112, 37]),
  ])
    results.push(await terminal.report(position))

  assert.deepEqual([results, await stored(kernel)], [[0, 0, 0, 0, 0], ['示A00001 1']])
  assert.deepEqual(await quarantined(kernel, 4), ['damaged', 'in-future', 'out-of-range', 'too-old'].map((reason) => `${reason} 13900000001`))
}))

test('garbage ends its own connection and stands in the quarantine, while another terminal is served', withPort(async (kernel, { port }) => {
  await registerVehicles(kernel, [{ plate: '示A00001', phone: '13900000001' }])
  const now = ticked(kernel)
  const terminal = await enter(port, '13900000001', '示A00001')
  const stranger = await Terminal.dial(port, sender(2013, '13900000009'))
  const browser = await Terminal.dial(port, sender(2013, '13900000008'))

  browser.socket.write('GET / HTTP/1.1\r\n\r\n')
  await browser.closed
  assert.equal(await terminal.report(positionAt(now - 2_000, [112, 37])), 0)
  stranger.socket.write(Buffer.from('7e0002000001390000000900007e'.repeat(20), 'hex'))
  await stranger.closed
  // One damaged frame among sound ones is told, and ends nothing.
  terminal.socket.write(Buffer.from('7e02000000013900000001000100117e', 'hex'))
  assert.equal(await terminal.report(positionAt(now - 1_000, [112, 37])), 0)

  assert.deepEqual(await stored(kernel), ['示A00001 2'])
  const told = await quarantined(kernel, 3)
  assert.ok(told.every((one) => one.startsWith('damaged ')) && told.length >= 3, told.join())
}))

test('a stranger who says positions or a wrong code is refused, and goes after some tries', withPort(async (kernel, { port }) => {
  await registerVehicles(kernel, [{ plate: '示A00001', phone: '13900000001' }])
  const now = ticked(kernel)
  const stranger = await Terminal.dial(port, sender(2019, '13900000001'))

  assert.deepEqual([await stranger.report(positionAt(now, [112, 37])), await stranger.enter('wrong')], [1, 1])
  for (let i = 0; i < 10; i++) void stranger.enter('wrong')
  await stranger.closed

  assert.deepEqual([await stored(kernel), (await quarantined(kernel, 2))[0]], [[], 'wrong-key 00000000013900000001'])
}))

test('a vehicle out of service enters no more, and what it still says is kept apart', withPort(async (kernel, { port }) => {
  const [code] = await registerVehicles(kernel, [{ plate: '示A00001', phone: '13900000001' }])
  const { district } = await somewhereIn(kernel)
  const now = ticked(kernel)
  const terminal = await enter(port, '13900000001', '示A00001')
  const body = { plate: '示A00001', phone: '13900000001', kind: 'pump', name: '一号', district, ownerUnit: null, driver: '', state: 'stopped' } as const

  await kernel.transact(asHouse, (ctx) => changeVehicle(ctx, code!, body))
  await kernel.settle()
  await terminal.report(positionAt(now, [112, 37]))

  assert.deepEqual([await stored(kernel), await quarantined(kernel, 1)], [[], ['not-in-service 13900000001']])
  const again = await Terminal.dial(port, sender(2013, '13900000001'))
  assert.equal((await again.register({ plate: '示A00001' })).result, 2)
  again.close()
}))

test('a terminal that comes anew takes the place of its own connection of before', withPort(async (kernel, server) => {
  await registerVehicles(kernel, [{ plate: '示A00001', phone: '13900000001' }])
  const before = await enter(server.port, '13900000001', '示A00001')
  const after = await enter(server.port, '13900000001', '示A00001')

  await before.closed

  assert.equal(await after.report(positionAt(ticked(kernel), [112, 37])), 0)
}))

test('connections are bounded: of strangers the first goes, and above the most none is let in', withPort(async (_kernel, server) => {
  const first = await Terminal.dial(server.port, sender(2013, '1'))
  await Terminal.dial(server.port, sender(2013, '2'))
  await Terminal.dial(server.port, sender(2013, '3'))
  await first.closed
  assert.equal(server.connections <= 3, true)
}, { strangers: 2, connections: 3 }))

test('a stop and a start keep codes and positions, and a position said again is stored once', cityWith({}, async (kernel) => {
  await registerVehicles(kernel, [{ plate: '示A00001', phone: '13900000001' }])
  const host = await hostFor(kernel)
  const now = ticked(kernel)
  const first = await startTerminals(host, 0)
  const terminal = await Terminal.dial(first.port, sender(2013, '13900000001'))
  const { code } = await terminal.register({ plate: '示A00001' })
  await terminal.enter(code)
  await terminal.report(positionAt(now - 1_000, [112, 37]))
  await first.stop()
  await terminal.closed

  const second = await startTerminals(host, 0)
  const again = await Terminal.dial(second.port, sender(2013, '13900000001'))
  assert.equal(await again.enter(code), 0)
  assert.deepEqual([await again.report(positionAt(now - 1_000, [112, 37])), await again.report(positionAt(now, [112, 37]))], [0, 0])
  assert.deepEqual([await stored(kernel), await faults(kernel)], [['示A00001 2'], []])
  await second.stop()
}))
