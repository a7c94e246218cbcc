import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cityKernel, as, inCity, later } from '../testing.ts'
import { createCaches, publicActor, systemActor, type Context } from '../kernel/index.ts'
import { caseKey, nextNumber } from './number.ts'
import { findByQueryWord, rateCase } from './query-word.ts'
import { reportCase } from './report.ts'
import { readCase, readReporter } from './store.ts'
import { caseIn, litter, photo, spot } from './testing.ts'
import { turnLamps } from './turn-lamps.ts'

const anyone = (ctx: Context): Context => ({ ...ctx, actor: publicActor })

test('a report becomes a case with a number, a query word, a place and a limit for its acceptance', inCity(async (ctx) => {
  const { number, queryWord, state } = await reportCase(ctx, await litter(ctx))
  const row = (await readCase(ctx, caseKey(number)))!

  assert.match(number, /^99990220260610\d{6}$/)
  assert.match(queryWord, /^[34679ACDEFGHJKMNPQRTUVWXY]{4}$/)
  assert.equal(state, 'reported')
  assert.deepEqual([row.district, row.outcome, row.clock, row.lamp, row.stage], ['999902', 'pending', 'accept', 'green', 1])
  assert.equal(row.community?.slice(0, 9), row.street)
  assert.ok(row.cell?.startsWith(row.community!))
  assert.deepEqual(row.dueAt, new Date('2026-06-10T10:30:00+08:00'))
  assert.deepEqual(row.nextTurnAt, new Date('2026-06-10T10:24:00+08:00'))
}))

test('the numbers of a day follow each other', inCity(async (ctx) => {
  const numbers: number[] = []
  for (let i = 0; i < 3; i++) numbers.push(Number((await reportCase(ctx, await litter(ctx))).number.slice(-6)))

  assert.deepEqual(numbers, [numbers[0], numbers[0]! + 1, numbers[0]! + 2])
}))

test('many who report at once get numbers of their own, also when some of them fail', async () => {
  const kernel = await cityKernel()
  const now = new Date('2031-03-03T10:00:00+08:00')
  const caches = createCaches()
  const numbers: string[] = []
  await Promise.allSettled(
    Array.from({ length: 60 }, (_, i) =>
      kernel.transact({ actor: systemActor, now }, async (ctx) => {
        const number = await nextNumber({ ...ctx, caches }, '999902', 'Asia/Shanghai')
        if (i % 3 === 0) throw new Error('undone')
        numbers.push(number)
      }),
    ),
  )

  assert.equal(new Set(numbers).size, 40)
  assert.ok(numbers.every((number) => number.startsWith('99990220310303')))
})

test('one report sent twice is one case', inCity(async (ctx) => {
  const report = await litter(ctx, { key: 'c0ffee00-1234' })
  const first = await reportCase(ctx, report)
  const again = await reportCase(ctx, report)

  assert.deepEqual([again.number, again.queryWord, again.repeated], [first.number, first.queryWord, true])
  const other = await reportCase(as(ctx, 'case.report'), report)
  assert.notEqual(other.number, first.number)
}))

test('a report sent twice at the same moment is one case', async () => {
  const kernel = await cityKernel()
  const key = `twin-${Math.random()}`
  const both = await Promise.all(
    [1, 2].map(() => kernel.transact({ actor: systemActor, now: new Date('2026-06-11T10:00:00+08:00') }, async (ctx) => reportCase(ctx, await litter(ctx, { key })))),
  )

  assert.equal(both[0]!.number, both[1]!.number)
  assert.deepEqual(both.map(({ repeated }) => repeated).sort(), [false, true])
})

test('the public may report without a permit, everyone else needs it there', inCity(async (ctx) => {
  const row = (await reportCase(anyone(ctx), await litter(ctx, { source: undefined }))).row
  assert.deepEqual([row.source, row.reporterId], ['public', publicActor.id])

  await assert.rejects(reportCase(as(ctx, 'case.read'), await litter(ctx)), { code: 'access.permit-missing' })
  await assert.rejects(reportCase(as(ctx, { permits: ['case.report'], region: '999903' }), await litter(ctx)), { code: 'access.permit-missing' })
}))

for (const [because, change, code] of [
  ['its place lies outside the city', { position: [10, 50] }, 'case.outside-city'],
  ['its source is unknown', { source: 'rumour' }, 'case.source-unknown'],
  ['its component is unknown', { componentCode: '99990201001999999' }, 'case.component-unknown'],
] as const) {
  test(`a report is refused because ${because}`, inCity(async (ctx) => {
    await assert.rejects(reportCase(ctx, await litter(ctx, change as object)), { code })
  }))
}

test('personal data stand apart, and the query word is no part of the news', inCity(async (ctx) => {
  const { number, queryWord } = await reportCase(ctx, await litter(ctx, { reporter: { name: '王小明', phone: '13812342207' } }))

  assert.equal((await readReporter(ctx, caseKey(number)))?.phone, '13812342207')
  const news = JSON.stringify(ctx.outbox)
  for (const secret of ['王小明', '13812342207', `"${queryWord}"`]) assert.ok(!news.includes(secret), secret)
}))

test('number and query word together open the progress, and nothing else does', inCity(async (ctx) => {
  const { number, queryWord } = await reportCase(anyone(ctx), await litter(ctx, { source: undefined }))

  assert.equal((await findByQueryWord(anyone(ctx), number, queryWord.toLowerCase()))?.row.number, number)
  assert.equal((await findByQueryWord(anyone(ctx), number, 'AAAA')), undefined)
  assert.equal((await findByQueryWord(anyone(ctx), '1', queryWord)), undefined)
}))

test('a citizen rates a closed case once', inCity(async (ctx) => {
  const open = await reportCase(ctx, await litter(ctx))
  await assert.rejects(rateCase(anyone(ctx), open.number, open.queryWord, 5), { code: 'case.step-not-open' })
  const closed = await caseIn(ctx, 'closed')
  const { queryWord } = (await readReporter(ctx, closed))!

  assert.equal((await rateCase(anyone(ctx), closed.number, queryWord, 4, '很快')).rating, 4)
  await assert.rejects(rateCase(anyone(ctx), closed.number, queryWord, 1), { code: 'case.rated-already' })
  await assert.rejects(rateCase(anyone(ctx), closed.number, 'AAAA', 1), { code: 'case.unknown' })
}))

test('lamps turn at their moments, and each turn is told once', inCity(async (ctx) => {
  const { number } = await reportCase(ctx, await litter(ctx, { position: await spot(ctx, '999903'), files: [await photo(ctx)] }))
  const lampAfter = async (minutes: number) => {
    const then = { ...later(ctx, new Date(+ctx.now + minutes * 60_000)), outbox: { events: [], entries: [], afterCommit: [] } as Context['outbox'] }
    await turnLamps(then)
    const told = then.outbox.events.filter(({ body }) => (body as { number: string }).number === number)
    return [(await readCase(ctx, caseKey(number)))!.lamp, ...told.map(({ body }) => (body as { at: string }).at)]
  }

  assert.deepEqual(await lampAfter(23), ['green'])
  assert.deepEqual(await lampAfter(25), ['yellow', '2026-06-10T02:24:00.000Z'])
  assert.deepEqual(await lampAfter(26), ['yellow'])
  assert.deepEqual(await lampAfter(90), ['red', '2026-06-10T02:30:00.000Z'])
  assert.deepEqual(await lampAfter(900), ['red'])
}))
