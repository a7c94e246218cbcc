// The program killed while it sends: no message is lost, and none reaches the gateway under two ids.

import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { Caller } from './caller.ts'
import { cityFolder, dropFolder, faultsIn, startProgram, type Program } from './program.ts'

const KILLS = 8
const LANES = 3
const SMS = {
  kind: 'sms',
  name: '短信网关',
  unit: '',
  enabled: true,
  secrets: { token: 'key-of-the-gateway' },
}
const ENV = { CHENGYUN_OUTBOUND: '127.0.0.1', CHENGYUN_SECRET: 'a secret of this trial' }

/** What a gateway keeps: a message by its id, and how often it was handed over. */
class Gateway {
  readonly taken = new Map<string, { text: string; times: number }>()
  url = ''
  #server = createServer((request, reply) => {
    let text = ''
    request.on('data', (part) => (text += part))
    request.on('end', () => {
      const id = String(request.headers['idempotency-key'])
      const known = this.taken.get(id)
      // Known again by its id: a repetition is answered and not sent a second time.
      if (known) assert.equal(known.text, text, 'a repetition says the same')
      this.taken.set(id, { text, times: (known?.times ?? 0) + 1 })
      // Slow enough that a kill finds many of them handed over and not yet marked.
      setTimeout(() => reply.writeHead(200).end(known ? 'again' : 'taken'), 40)
    })
  })

  async open(): Promise<void> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done))
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`
  }

  close(): void {
    this.#server.close()
    this.#server.closeAllConnections()
  }
}

const gateway = new Gateway()
let folder: string
let program: Program

before(async () => {
  await gateway.open()
  folder = await cityFolder()
  program = await startProgram(folder, { env: ENV, waitMs: 400_000 })
})

after(async () => {
  await program.stop()
  await dropFolder(folder)
  gateway.close()
})

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms))

/** Registers and accepts without end; the numbers of those whose acceptance was acknowledged are kept. */
async function keepAccepting(caller: Caller, accepted: Set<string>, going: () => boolean): Promise<void> {
  while (going()) {
    const report = { category: '2026.m.06010', description: '告知试验', position: [116.3195, 40.0012], source: 'hotline', reporter: { phone: '10000009999' } }
    const reported = await caller.send('POST', '/api/cases', report).catch(() => undefined)
    if (reported?.status === 200) {
      const step = await caller.send('POST', `/api/cases/${reported.body.number}/steps`, { step: 'accept' }).catch(() => undefined)
      if (step?.status === 200) accepted.add(reported.body.number)
    }
    await pause(20)
  }
}

/** All texts, as the outbox has them. */
async function readOutbox(admin: Caller) {
  const items: { id: string; number: string; state: string; rule: string }[] = []
  for (let cursor = ''; ; ) {
    const page = await admin.ask('GET', `/api/messages/outbox?channel=sms&limit=200${cursor && `&cursor=${encodeURIComponent(cursor)}`}`)
    items.push(...page.items)
    if (!page.next) return items
    cursor = page.next
  }
}

test(`after ${KILLS} kills while sending no message is lost, and none goes out under two ids`, { timeout: 1_200_000 }, async () => {
  const admin = new Caller(program.base)
  await admin.signIn('sysadmin')
  // By day and by night.
  const settings = await admin.ask('GET', '/api/messages/settings')
  await admin.ask('PUT', '/api/messages/settings', { ...settings, quiet: null })
  await admin.ask('PUT', '/api/messages/channels/sms', { ...SMS, settings: { url: gateway.url } })
  const operator = new Caller(program.base)
  await operator.signIn('operator')
  const accepted = new Set<string>()
  let going = true
  const lanes = Array.from({ length: LANES }, () => keepAccepting(operator.twin(), accepted, () => going))

  try {
    for (let kill = 0; kill < KILLS; kill++) {
      await pause(1500 + (kill % 4) * 210)
      await program.kill()
      program = await startProgram(folder, { port: program.port, env: ENV })
    }
  } finally {
    going = false
    await Promise.all(lanes)
  }

  const until = Date.now() + 180_000
  let outbox = await readOutbox(admin)
  // The demo city has told of acceptances of its own, before there was a gateway.
  const ofAcceptance = () => outbox.filter(({ rule, number }) => rule === 'reporter-accepted' && accepted.has(number))
  const done = () => ofAcceptance().every(({ state }) => state === 'sent') && new Set(ofAcceptance().map(({ number }) => number)).size >= accepted.size
  while (Date.now() < until && !done()) {
    await pause(1000)
    outbox = await readOutbox(admin)
  }

  assert.ok(accepted.size > KILLS * 5, `only ${accepted.size} were accepted: there was no load`)
  const byNumber = Map.groupBy(ofAcceptance(), ({ number }) => number)
  for (const number of accepted) assert.equal(byNumber.get(number)?.length, 1, `${number} was told ${byNumber.get(number)?.length ?? 0} times`)
  for (const { number, state } of ofAcceptance()) assert.equal(state, 'sent', `${number} is ${state}`)
  // The lamps of the demo city tell their own.
  for (const { id, state, rule } of outbox) if (state === 'sent') assert.ok(gateway.taken.has(id), `${rule} ${id} never reached the gateway`)
  const known = new Set(outbox.map(({ id }) => id))
  for (const id of gateway.taken.keys()) assert.ok(known.has(id), `${id} reached the gateway and is no message`)

  await program.stop()
  assert.equal(faultsIn(folder, { only: 'messages', env: ENV }), '')
  program = await startProgram(folder, { port: program.port, env: ENV })
  const again = [...gateway.taken.values()].filter(({ times }) => times > 1).length
  console.log(`${accepted.size} accepted, ${ofAcceptance().length} messages, ${KILLS} kills, ${again} handed over again under the same id`)
})
