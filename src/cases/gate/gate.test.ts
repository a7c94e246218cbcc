// Floods: what counts as one, and that nothing of it is lost.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { publicActor, type Context } from '../../kernel/index.ts'
import { as, inCity, later } from '../../testing.ts'
import { caseKey } from '../number.ts'
import { takeStep } from '../take-step.ts'
import { litter } from '../testing.ts'
import { todo } from '../todo.ts'
import { lately, oneMore, type Tally } from './count-in-window.ts'
import { setSetting } from '../../registry/settings.ts'
import { FLOOD_LIMITS } from '../settings.ts'
import { reportThroughGate } from './report-through-gate.ts'

const MINUTE = 60_000

/** How many are counted at `at` after one came at each of `moments`. */
function counted(moments: readonly number[], at: number): number {
  let tally: Tally | undefined
  for (const moment of moments) tally = oneMore(tally, moment, MINUTE)
  return lately(tally, at, MINUTE)
}

for (const { moments, at, n, because } of [
  { moments: [], at: 0, n: 0, because: 'nothing came' },
  { moments: [0, 1000, 2000], at: 3000, n: 3, because: 'all came in this span' },
  { moments: [0, 30_000], at: 90_000, n: 1, because: 'half of the span before still counts' },
  { moments: [0, 30_000], at: 119_999, n: 0.00003, because: 'almost nothing of the span before counts at the end of this one' },
  { moments: [0, 30_000], at: 200_000, n: 0, because: 'what came two spans ago is forgotten' },
  { moments: [0, 61_000, 62_000], at: 62_000, n: 2 + 58 / 60, because: 'both spans count' },
] as const) {
  test(`${n} lately: ${because}`, () => assert.ok(Math.abs(counted(moments, at) - n) < 0.001, String(counted(moments, at))))
}

const anyone = (ctx: Context): Context => ({ ...ctx, actor: publicActor })

test(
  'a flood from one address waits to be sifted, with numbers and query words, and the desk is not flooded',
  inCity(async (ctx) => {
    const { shipped: most } = FLOOD_LIMITS.address
    const made: Awaited<ReturnType<typeof reportThroughGate>>[] = []
    for (let i = 0; i < most + 5; i++) {
      const report = { ...(await litter(ctx)), source: 'public', description: `第 ${i} 处垃圾堆放在路口` }
      made.push(await reportThroughGate(anyone(ctx), report, { address: '203.0.113.9' }))
    }

    assert.deepEqual(made.map(({ held }) => held), [...Array<boolean>(most).fill(false), ...Array<boolean>(5).fill(true)])
    const last = made.at(-1)!
    assert.match(last.number, /^\d{20}$/)
    assert.match(last.queryWord, /^\w{4}$/)
    const desk = await todo(as(ctx, 'case.read', 'case.accept'), { limit: 200 })
    assert.equal(desk.items.filter(({ number }) => made.some((each) => each.number === number)).length, most)
    const { rows } = await sql<{ outcome: string; lamp: string }>`select outcome, lamp from case_file where number = ${last.number}`.execute(ctx.db)
    assert.deepEqual(rows, [{ outcome: 'pending', lamp: 'grey' }])

    const released = await takeStep(as(ctx, 'case.read', 'case.accept'), caseKey(last.number), { step: 'release' })
    assert.deepEqual([released.state, released.clock], ['reported', 'accept'])
    assert.equal((await reportThroughGate(anyone(ctx), await litter(ctx, { source: 'public' }), { address: '203.0.113.10' })).held, false)
    const afterwards = later(anyone(ctx), new Date(+ctx.now + 20 * MINUTE))
    assert.equal((await reportThroughGate(afterwards, await litter(ctx, { source: 'public' }), { address: '203.0.113.9' })).held, false)
  }),
)

test(
  'the very same words from everywhere are one group, however they are spaced; short names of things are not',
  inCity(async (ctx) => {
    const { shipped: most } = FLOOD_LIMITS.text
    const send = async (description: string, i: number) =>
      reportThroughGate(anyone(ctx), { ...(await litter(ctx)), source: 'public', description }, { address: `198.51.100.${i}` })
    const made = []
    for (let i = 0; i <= most + 1; i++) made.push(await send(i % 2 === 0 ? '关注某小区的垃圾问题！' : ' 关注 某小区的，垃圾问题', i))

    const groups = made.map(({ row }) => row.attributes['heldGroup'])
    assert.deepEqual(groups.filter(Boolean).length, 2)
    assert.equal(new Set(groups.slice(-2)).size, 1)
    for (let i = 0; i <= most + 1; i++) assert.equal((await send('垃圾', i)).held, false)
  }),
)

test(
  'a city sets its own limits, and takes the shipped ones back',
  inCity(async (ctx) => {
    const send = async () => reportThroughGate(anyone(ctx), { ...(await litter(ctx)), source: 'public' }, { phone: '13812342211' })
    await setSetting(ctx, FLOOD_LIMITS.phone.code, 2)
    assert.deepEqual([(await send()).held, (await send()).held, (await send()).held], [false, false, true])

    await setSetting(ctx, FLOOD_LIMITS.phone.code, null)
    assert.equal((await send()).held, false)
    await assert.rejects(setSetting(ctx, FLOOD_LIMITS.phone.code, 0), { code: 'registry.setting-outside' })
    await assert.rejects(setSetting(ctx, 'cases.flood-nothing', 5), { code: 'registry.setting-unknown' })
  }),
)

test(
  'the same report sent again is no flood',
  inCity(async (ctx) => {
    const report = { ...(await litter(ctx)), source: 'public', key: 'the-same-draft-0001' }
    let last
    for (let i = 0; i < FLOOD_LIMITS.phone.shipped + 5; i++) last = await reportThroughGate(anyone(ctx), report, { phone: '13812342207' })

    assert.deepEqual([last!.repeated, last!.held], [true, false])
  }),
)
