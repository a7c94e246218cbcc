// Real processes killed under load: nothing acknowledged is lost, nothing is doubled, and `chengyun verify` is clean.

import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { glob, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { Caller } from './caller.ts'
import { cityFolder, dropFolder, faultsIn, startProgram, type Program } from './program.ts'

const KILLS = 20
const LANES = 6
const served = process.env.DATABASE_URL !== undefined

let folder: string
let program: Program

before(async () => {
  folder = await cityFolder()
  program = await startProgram(folder)
})

after(async () => {
  await program.stop()
  await dropFolder(folder)
})

/** What one report came to: the keys that were sent, and every number that was ever acknowledged for each. */
class Ledger {
  readonly acknowledged = new Map<string, Set<string>>()
  readonly steps = new Map<string, number>()
  refusals = 0

  note(key: string, number: string): void {
    const numbers = this.acknowledged.get(key) ?? new Set()
    this.acknowledged.set(key, numbers.add(number))
  }
}

/** Reports, and accepts, without end; what was not answered is sent again with the same key, as a phone on a poor line would. */
async function keepReporting(caller: Caller, ledger: Ledger, going: () => boolean): Promise<void> {
  while (going()) {
    const key = randomUUID()
    const report = { category: '2026.m.06010', description: `断电试验 ${key}`, position: [116.3195, 40.0012], source: 'hotline', key }
    const reported = await untilAnswered(caller, '/api/cases', report, key, ledger)
    ledger.note(key, reported.number)
    const accepted = await untilAnswered(caller, `/api/cases/${reported.number}/steps`, { step: 'accept' }, randomUUID(), ledger)
    ledger.steps.set(reported.number, accepted.version)
  }
}

async function untilAnswered(caller: Caller, path: string, body: unknown, key: string, ledger: Ledger) {
  for (;;) {
    const reply = await caller.send('POST', path, body, key).catch(() => undefined)
    if (reply && reply.status < 300) return reply.body
    // 503 while the database is away, or no answer at all while the program is: anything else is a fault of the program.
    assert.ok(reply === undefined || reply.status === 503, `${path}: ${reply?.status} ${JSON.stringify(reply?.body)}`)
    if (reply) assert.ok(reply.headers['retry-after'], 'a 503 says when to try again')
    ledger.refusals++
    await new Promise((done) => setTimeout(done, 50))
  }
}

async function killDatabase(): Promise<void> {
  const [found] = await Array.fromAsync(glob('postgresql/*/postmaster.pid', { cwd: folder }))
  assert.ok(found, 'the embedded database runs')
  const [pid] = (await readFile(join(folder, found), 'utf8')).split('\n')
  process.kill(Number(pid), 'SIGKILL')
}

async function untilReady(): Promise<void> {
  const until = Date.now() + 60_000
  while (Date.now() < until) {
    const ready = await fetch(`${program.base}/readyz`).then(
      (reply) => reply.ok,
      () => false,
    )
    if (ready) return
    await new Promise((done) => setTimeout(done, 50))
  }
  throw new Error(`not ready again within a minute:\n${program.output()}`)
}

test(`after ${KILLS} kills under load nothing acknowledged is lost and no case is doubled`, { timeout: 1_200_000 }, async () => {
  const ledger = new Ledger()
  const first = new Caller(program.base)
  await first.signIn('operator')
  let going = true
  const lanes = Array.from({ length: LANES }, () => keepReporting(first.twin(), ledger, () => going))

  try {
    for (let kill = 0; kill < KILLS; kill++) {
      await new Promise((done) => setTimeout(done, 700 + (kill % 5) * 150))
      if (kill % 2 === 0 || served) {
        await program.kill()
        program = await startProgram(folder, { port: program.port })
      } else {
        await killDatabase()
        // The server must notice before it can be asked whether all is well again.
        await new Promise((done) => setTimeout(done, 200))
        await untilReady()
      }
    }
  } finally {
    going = false
  }
  await Promise.all(lanes)

  assert.ok(ledger.acknowledged.size > KILLS, `only ${ledger.acknowledged.size} reports were taken: there was no load`)
  for (const [key, numbers] of ledger.acknowledged) assert.equal(numbers.size, 1, `${key} became ${[...numbers].join(', ')}`)
  for (const [number, version] of ledger.steps) {
    const found = await first.ask('GET', `/api/cases/${number}`)
    assert.ok(found.brief.version >= version, `${number} has lost a step`)
  }
  let stored = 0
  for (let cursor = ''; ; ) {
    const found = await first.ask('GET', `/api/cases?text=${encodeURIComponent('断电试验')}&limit=200${cursor && `&cursor=${encodeURIComponent(cursor)}`}`)
    stored += found.items.length
    if (!found.next) break
    cursor = found.next
  }
  assert.equal(stored, ledger.acknowledged.size, 'as many cases as reports')

  await program.stop()
  assert.equal(faultsIn(folder), '')
  program = await startProgram(folder, { port: program.port })
  console.log(`${ledger.acknowledged.size} reports, ${KILLS} kills, ${ledger.refusals} attempts refused and sent again`)
})
