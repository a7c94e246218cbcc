// Calls: from their ringing to what came of them, and what is known of a number.

import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { sql } from 'kysely'
import { reportCase } from '../../cases/index.ts'
import { being, litter, spot } from '../../cases/testing.ts'
import type { Context } from '../../kernel/index.ts'
import { as, inCity, later } from '../../testing.ts'
import { keepCallers, findCaller, showPhone } from './callers.ts'
import { answerCall, endWithoutCase, hearBridge, setNumber, takeUnannounced } from './calls.ts'
import { callFigures, figuresOfToday, talliesEqualCalls } from './figures.ts'
import { listCalls, readDesk } from './list-calls.ts'
import { joinCase, makeCase, replyAtOnce } from './outcomes.ts'
import { plainPhone } from './phones.ts'

const PHONE = '13812342207'

const operator = (ctx: Context) => being(ctx, 'operator')
const bridge = (ctx: Context) => as(ctx, { id: 'exchange', permits: ['hotline.bridge'] })
const seconds = (ctx: Context, n: number) => later(ctx, new Date(+ctx.now + n * 1000))

for (const { written, plain } of [
  { written: '138 1234 2207', plain: PHONE },
  { written: '+86 138-1234-2207', plain: PHONE },
  { written: '008613812342207', plain: PHONE },
  { written: '(010) 6234-5678', plain: '01062345678' },
  { written: '86-10-62345678', plain: '1062345678' },
  { written: '12345', plain: '12345' },
  { written: '8613', plain: '8613' },
]) {
  test(`${written} is ${plain}`, () => assert.equal(plainPhone(written), plain))
}

test('what no telephone has is refused', () => {
  for (const written of ['1', '+', '12345678901234567']) assert.throws(() => plainPhone(written), { code: 'hotline.phone-broken' })
})

test(
  'a call rings at the desk, is answered once, and counts as answered in time within 15 seconds',
  inCity(async (ctx) => {
    const { id } = await hearBridge(bridge(ctx), { id: 'a-1', event: 'ringing', number: PHONE })
    const mine = await operator(seconds(ctx, 9))

    assert.deepEqual((await readDesk(mine)).ringing.map((call) => [call.id, call.masked]), [[id, '138****2207']])
    assert.equal((await answerCall(mine, id)).state, 'talking')
    await assert.rejects(answerCall({ ...mine, actor: { ...mine.actor, id: randomUUID() } }, id), { code: 'hotline.call-taken' })
    const { ringing, mine: held, today } = await readDesk(mine)
    assert.deepEqual([ringing.length, held.length, today.rang, today.answered, today.inTime, today.waitMs], [0, 1, 1, 1, 1, 9000])
  }),
)

test(
  'the exchange may say the same twice, and hang up before anyone answers',
  inCity(async (ctx) => {
    const at = bridge(ctx)
    const one = await hearBridge(at, { id: 'b-1', event: 'ringing', number: PHONE })
    const again = await hearBridge(at, { id: 'b-1', event: 'ringing', number: PHONE })
    const gone = await hearBridge(seconds(at, 20), { id: 'b-1', event: 'ended' })

    assert.deepEqual([again.id, gone.state, gone.result], [one.id, 'ended', 'abandoned'])
    assert.equal((await hearBridge(seconds(at, 30), { id: 'b-1', event: 'ended' })).result, 'abandoned')
    await assert.rejects(answerCall(await operator(ctx), one.id), { code: 'hotline.call-taken' })
    assert.deepEqual((await callFigures(ctx, {})).total.results.abandoned, 1)
  }),
)

test(
  'an end that comes first, a moment in the future, and a line of no district do no harm',
  inCity(async (ctx) => {
    const at = bridge(ctx)
    const early = await hearBridge(at, { id: 'c-1', event: 'ended', number: PHONE })
    const ahead = await hearBridge(at, { id: 'c-2', event: 'ringing', at: '2099-01-01T00:00:00Z' })

    assert.equal(early.result, 'abandoned')
    assert.equal(+ahead.rangAt, +ctx.now)
    await assert.rejects(hearBridge(at, { id: 'c-3', event: 'ringing', district: '110101' }), { code: 'hotline.district-unknown' })
  }),
)

test(
  'an exchange that hangs up leaves the operator the time to say what came of the call',
  inCity(async (ctx) => {
    const { id } = await hearBridge(bridge(ctx), { id: 'd-1', event: 'ringing', number: PHONE })
    const mine = await operator(ctx)
    await answerCall(mine, id)
    await hearBridge(seconds(bridge(ctx), 60), { id: 'd-1', event: 'ended' })

    assert.equal((await endWithoutCase(seconds(mine, 80), id, 'silent')).result, 'silent')
    await assert.rejects(endWithoutCase(seconds(mine, 90), id, 'other'), { code: 'hotline.call-over' })
    const { talkMs, results } = await figuresOfToday(ctx)
    assert.deepEqual([talkMs, results.silent, results.other], [60_000, 1, 0])
  }),
)

test(
  'a call becomes a case that is accepted at once, with the number of the caller, and never two',
  inCity(async (ctx) => {
    const mine = await operator(ctx)
    const call = await takeUnannounced(mine, PHONE)
    const report = { category: '2026.m.06010', description: '路口堆放垃圾', position: await spot(ctx, '999902') }
    const { number, state, queryWord } = await makeCase(mine, call.id, report)

    assert.equal(state, 'accepted')
    assert.match(queryWord, /^[0-9A-Z]{4}$/)
    const { rows } = await sql<{ phone: string; source: string }>`
      select r.phone, c.source from case_reporter r join case_file c using (number, district) where number = ${number}`.execute(ctx.db)
    assert.deepEqual(rows, [{ phone: PHONE, source: 'hotline' }])
    await assert.rejects(makeCase(mine, call.id, report), { code: 'hotline.call-over' })
  }),
)

test(
  'who calls again is known by the number: earlier calls and cases of every channel, masked, and whole only with a trace',
  inCity(async (ctx) => {
    const mine = await operator(ctx)
    const before = await takeUnannounced(mine, '138-1234-2207')
    await endWithoutCase(mine, before.id, 'nuisance', '骂人')
    const { number } = await reportCase(ctx, { ...(await litter(ctx)), reporter: { phone: `+86 ${PHONE}` } })
    await keepCallers.hear(ctx, [{ position: '', name: 'cases.stepped', district: '', at: ctx.now, body: { number, ordinal: 1, at: ctx.now.toISOString() } }])
    const call = await takeUnannounced(seconds(mine, 60), PHONE)
    const caller = await findCaller(mine, call.id)

    assert.deepEqual([caller.masked, caller.calls, caller.nuisances, caller.earlier.length], ['138****2207', 1, 1, 1])
    assert.deepEqual(caller.cases.map((each) => each.number), [number])
    assert.ok(!JSON.stringify(caller).includes(PHONE))
    const entries = mine.outbox.entries.length
    assert.equal(await showPhone(mine, call.id), PHONE)
    assert.equal(mine.outbox.entries[entries]!.act, 'hotline.phone-shown')
    await assert.rejects(findCaller(as(ctx, 'hotline.desk'), call.id), { code: 'hotline.call-of-another' })
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from caller where sealed like ${`%${PHONE}%`} or hash like ${`%${PHONE}%`}`.execute(ctx.db)
    assert.equal(rows[0]!.n, 0)
  }),
)

test(
  'a number may be said late, and a call without any has no past',
  inCity(async (ctx) => {
    const mine = await operator(ctx)
    const call = await takeUnannounced(mine, undefined)

    assert.deepEqual((await findCaller(mine, call.id)).cases, [])
    assert.equal((await setNumber(mine, call.id, PHONE)).masked, '138****2207')
    assert.equal(await showPhone(mine, call.id), PHONE)
  }),
)

test(
  'a question is answered at once and makes no case; with a place it is a report that was answered',
  inCity(async (ctx) => {
    const mine = await operator(ctx)
    const asked = await takeUnannounced(mine, PHONE)
    await assert.rejects(replyAtOnce(mine, asked.id, {}), { code: 'hotline.reply-empty' })
    assert.equal((await replyAtOnce(mine, asked.id, { note: '居住证在街道办理' })).number, null)
    const told = await takeUnannounced(mine, PHONE)
    const place = { category: '2026.m.06010', description: '垃圾几点清运', position: await spot(ctx, '999902') }
    const { number } = await replyAtOnce(mine, told.id, { note: '每日两次', place })

    const { rows } = await sql<{ outcome: string }>`select outcome from case_file where number = ${number}`.execute(ctx.db)
    assert.deepEqual(rows, [{ outcome: 'answered' }])
    assert.equal((await figuresOfToday(ctx)).results.answered, 2)
  }),
)

test(
  'who tells of what is known joins the open case, and is counted as one more report',
  inCity(async (ctx) => {
    const { number } = await reportCase(ctx, await litter(ctx))
    const mine = await operator(ctx)
    const call = await takeUnannounced(mine, PHONE)
    const joined = await joinCase(mine, call.id, { number })

    assert.equal(joined.number, number)
    const { rows } = await sql<{ outcome: string; mergedInto: string }>`
      select outcome, merged_into from case_file where number = ${joined.call.number}`.execute(ctx.db)
    assert.deepEqual(rows, [{ outcome: 'merged', mergedInto: number }])
    const again = await takeUnannounced(mine, PHONE)
    assert.ok((await findCaller(mine, again.id)).cases.some((each) => each.number === number))
    await assert.rejects(joinCase(mine, again.id, { number: '99990220200101000001' }), { code: 'hotline.case-not-open' })
  }),
)

test(
  'the list of calls is filtered, pages, and its figures equal the calls',
  inCity(async (ctx) => {
    const mine = await operator(ctx)
    for (let i = 0; i < 5; i++) {
      const { id } = await takeUnannounced(seconds(mine, i), PHONE)
      await endWithoutCase(seconds(mine, i + 30), id, i === 0 ? 'nuisance' : 'other')
    }
    const first = await listCalls(ctx, { limit: 3 })
    const second = await listCalls(ctx, { limit: 3, cursor: first.next! })

    assert.deepEqual([first.items.length, second.items.length, second.next], [3, 2, null])
    assert.equal((await listCalls(ctx, { result: 'nuisance' })).items.length, 1)
    assert.equal((await listCalls(as(ctx, { permits: ['hotline.calls'], region: '110101' }), {})).items.length, 0)
    const faults = []
    for await (const fault of talliesEqualCalls.run(ctx)) faults.push(fault)
    assert.deepEqual(faults, [])
  }),
)
