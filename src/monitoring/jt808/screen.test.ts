// What a pump truck is ordered stands on the screen of its terminal; and a terminal that was let go of is hung up on.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hostOf, systemActor, type Kernel } from '../../kernel/index.ts'
import { cityWith } from '../../testing.ts'
import { orderTruck } from '../flood/command/testing.ts'
import { ownCommand } from '../flood/command/tables.ts'
import { floodPoint } from '../flood/testing.ts'
import { metric, register } from '../testing.ts'
import { registerVehicles } from '../vehicles/testing.ts'
import { releaseTerminal } from '../vehicles/vehicles.ts'
import { startTerminals } from './server.ts'
import { Terminal, type Heard } from './testing.ts'

const asHouse = { actor: systemActor }
const PHONE = '13900000001'
const PLATE = '示A00001'

async function until<T>(there: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 500; tries++) {
    const found = await there()
    if (found !== undefined) return found
    await new Promise((over) => setTimeout(over, 20))
  }
  throw new Error('it never came')
}

const withTruck = (body: (kernel: Kernel, port: number, code: string) => Promise<void>) =>
  cityWith({}, async (kernel) => {
    await register(kernel, ['WL-1', 'WL-2'], [metric({ unit: 'cm', max: 300 })])
    for (const point of ['WL-1', 'WL-2']) await floodPoint(kernel, point)
    const [code] = await registerVehicles(kernel, [{ plate: PLATE, phone: PHONE }])
    const port = await startTerminals(await kernel.read(asHouse, (ctx) => ctx.caches.get(ctx, hostOf)), 0)
    try {
      await body(kernel, port.port, code!)
    } finally {
      await port.stop()
    }
  })

async function enter(port: number, version: 2013 | 2019, secret?: string): Promise<{ terminal: Terminal; secret: string }> {
  const terminal = await Terminal.dial(port, { version, protocolVersion: version === 2019 ? 1 : 0, phone: PHONE.padStart(version === 2019 ? 20 : 12, '0') })
  const code = secret ?? (await terminal.register({ plate: PLATE })).code
  assert.equal(await terminal.enter(code), 0)
  return { terminal, secret: code }
}

const textIn = (terminal: Terminal) => until(() => terminal.heard.find(({ id }) => id === 0x8300))
const received = (kernel: Kernel, id: string) =>
  kernel.read(asHouse, async (ctx) => (await ownCommand(ctx).selectFrom('floodAssignment').select(['receivedAt', 'receivedHow']).where('id', '=', id).executeTakeFirstOrThrow()))
const answer = (terminal: Terminal, { serial }: Heard, result: number) => terminal.tell(0x0001, { answers: serial, answersId: '0x8300', result })

for (const { version, body } of [
  { version: 2013, body: { flags: 0b1101, text: '防汛指令：WL-1。抽排' } },
  { version: 2019, body: { flags: 0b1110, type: 1, text: '防汛指令：WL-1。抽排' } },
] as const) {
  test(`what a truck is ordered comes to its screen in the layout of ${version}, and its answer is the receipt`, withTruck(async (kernel, port, code) => {
    const { terminal } = await enter(port, version)
    const { id } = await orderTruck(kernel, 'WL-1', code)
    await kernel.settle()

    const text = await textIn(terminal)
    assert.deepEqual(text.body, body)
    answer(terminal, text, 3)
    assert.equal((await terminal.say(0x0002, {})).body.result, 0)
    assert.deepEqual(await received(kernel, id), { receivedAt: null, receivedHow: null })

    answer(terminal, text, 0)
    assert.equal((await until(async () => ((await received(kernel, id)).receivedAt ? received(kernel, id) : undefined))).receivedHow, 'measured')
    assert.equal(terminal.heard.filter((heard) => heard.id === 0x8300).length, 1)
    terminal.close()
  }))
}

test('an order that nobody has yet is shown when the terminal comes, and one that it has is not shown again', withTruck(async (kernel, port, code) => {
  const { id } = await orderTruck(kernel, 'WL-1', code)
  const { terminal, secret } = await enter(port, 2013)
  answer(terminal, await textIn(terminal), 0)
  await until(async () => (await received(kernel, id)).receivedAt ?? undefined)
  await kernel.settle()
  terminal.close()

  const again = await enter(port, 2013, secret)
  // Whatever there is to say comes within a second.
  await new Promise((over) => setTimeout(over, 2_500))
  assert.deepEqual(again.terminal.heard.filter((heard) => heard.id === 0x8300), [])
  again.terminal.close()
}))

test('a terminal that was let go of is hung up on, and enters no more', withTruck(async (kernel, port, code) => {
  const { terminal, secret } = await enter(port, 2013)
  await kernel.transact(asHouse, (ctx) => releaseTerminal(ctx, code))
  await kernel.settle()

  await terminal.closed
  const again = await Terminal.dial(port, { version: 2013, protocolVersion: 0, phone: PHONE.padStart(12, '0') })
  assert.equal(await again.enter(secret), 1)
  again.close()
}))
