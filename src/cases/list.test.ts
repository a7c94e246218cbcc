import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { as, inCity, later } from '../testing.ts'
import type { Context } from '../kernel/index.ts'
import type { CaseFilter } from './contract.ts'
import { caseDetail } from './detail.ts'
import { findCase, listCases, listPublicCases } from './list.ts'
import { caseMap } from './map.ts'
import { reportCase } from './report.ts'
import { takeStep } from './take-step.ts'
import { caseIn, litter, LITTER, photo, spot } from './testing.ts'
import { todo, todoCounts } from './todo.ts'

const numbers = async (found: Promise<{ rows: { number: string }[] }>) => (await found).rows.map(({ number }) => number)
/** Page by page: a page may be short where the search stopped to answer in time. */
async function toTheEnd(ctx: Context, filter: CaseFilter): Promise<string[]> {
  const found: string[] = []
  for (let cursor: string | undefined; ; ) {
    const { rows, next } = await listCases(ctx, filter, { limit: 2, cursor })
    found.push(...rows.map(({ number }) => number))
    if (next === null) return found
    cursor = next
  }
}

const minutesOn = (ctx: Context, minutes: number) => later(ctx, new Date(+ctx.now + minutes * 60_000))
/** Cases of the template city would stand among those of the test. */
const emptied = (body: (ctx: Context) => Promise<void>) =>
  inCity(async (ctx) => {
    for (const table of ['case_file', 'case_step', 'case_task', 'case_search']) await sql`delete from ${sql.table(table)}`.execute(ctx.db)
    await body(ctx)
  })

test('a list shows the newest first and goes on where its page ended', emptied(async (ctx) => {
  const made: string[] = []
  for (let i = 0; i < 5; i++) made.push((await reportCase(minutesOn(ctx, i), await litter(ctx, { position: await spot(ctx, i % 2 ? '999902' : '999903') }))).number)

  const first = await listCases(ctx, {}, { limit: 2 })
  const second = await listCases(ctx, {}, { limit: 2, cursor: first.next! })
  const third = await listCases(ctx, {}, { limit: 2, cursor: second.next! })
  assert.deepEqual([...first.rows, ...second.rows, ...third.rows].map(({ number }) => number), made.toReversed())
  assert.equal(third.next, null)
  await assert.rejects(listCases(ctx, {}, { cursor: 'nonsense' }), { code: 'http.cursor-broken' })
}))

for (const [whose, scope, seen] of [
  ['the whole city', {}, true],
  ['the city by its prefix', { region: '9999' }, true],
  ['the district', { region: '999902' }, true],
  ['another district', { region: '999903' }, false],
  ['another street', { region: '999902999' }, false],
  ['another community', { region: '999902001999' }, false],
  ['the major class', { category: '2026.m.06' }, true],
  ['another class', { category: '2026.m.01' }, false],
  ['another unit', { unit: '/C01/U99/' }, false],
] as const) {
  test(`list, map, search and page ${seen ? 'show' : 'hide'} a case to someone of ${whose}`, emptied(async (ctx) => {
    const row = await caseIn(ctx, 'dispatched')
    const reader = as(ctx, { permits: ['case.read', 'case.dispose'], ...scope })
    const n = seen ? 1 : 0

    assert.equal((await listCases(reader, {})).rows.length, n)
    assert.equal((await listCases(reader, { number: row.number })).rows.length, n)
    assert.equal((await listCases(reader, { text: '生活垃圾' })).rows.length, n)
    assert.equal((await caseMap(reader, { box: '-180,-90,180,90' })).features.length, n)
    assert.equal((await todo(reader, {})).items.length, n)
    assert.equal((await todoCounts(reader)).total, n)
    assert.equal((await findCase(reader, row))?.number, seen ? row.number : undefined)
    if (!seen) await assert.rejects(caseDetail(reader, row), { code: 'case.unknown' })
  }))
}

test('scopes of the own street, community and unit show the case', emptied(async (ctx) => {
  const row = await caseIn(ctx, 'dispatched')
  for (const scope of [{ region: row.street! }, { region: row.community! }, { unit: row.unitPath! }, { category: LITTER }]) {
    assert.equal((await listCases(as(ctx, { permits: ['case.read'], ...scope }), {})).rows.length, 1, JSON.stringify(scope))
  }
  assert.equal((await listCases(as(ctx, 'case.report'), {})).rows.length, 0)
  assert.equal((await listPublicCases(as(ctx, 'case.report'), {})).rows.length, 1)
}))

test('filters narrow a list', emptied(async (ctx) => {
  const row = await caseIn(ctx, 'dispatched')
  const other = await reportCase(minutesOn(ctx, 60), await litter(ctx, { source: 'video', position: await spot(ctx, '999903'), category: '2026.m.06028' }))

  for (const [filter, found] of [
    [{ state: 'dispatched' }, [row.number]],
    [{ state: 'dispatched,reported' }, [other.number, row.number]],
    [{ source: 'video' }, [other.number]],
    [{ category: '2026.m.06' }, [other.number, row.number]],
    [{ category: LITTER }, [row.number]],
    [{ unit: row.unitPath! }, [row.number]],
    [{ region: '999903' }, [other.number]],
    [{ region: row.community! }, [row.number]],
    [{ lamp: 'green', open: true }, [other.number, row.number]],
    [{ open: false }, []],
    [{ from: new Date(+ctx.now + 1).toISOString() }, [other.number]],
    [{ to: new Date(+ctx.now + 1).toISOString() }, [row.number]],
    [{ state: 'dispatched', source: 'video', category: '2026.m' }, []],
  ] as const) {
    assert.deepEqual(await numbers(listCases(ctx, filter)), found, JSON.stringify(filter))
  }
}))

test('a case is found by its words, its number, the end of its number', emptied(async (ctx) => {
  const { number } = await reportCase(ctx, await litter(ctx, { description: '雨水井盖裂开，有坠落隐患', address: '学府大道 12 号' }))
  await reportCase(ctx, await litter(ctx))

  for (const text of ['井盖', '井盖 坠落', '学府大道', '暴露垃圾 雨水']) assert.deepEqual(await numbers(listCases(ctx, { text })), [number], text)
  assert.deepEqual(await numbers(listCases(ctx, { text: '路灯' })), [])
  await assert.rejects(listCases(ctx, { text: '井' }), { code: 'case.text-too-short' })
  for (const asked of [number, number.slice(-6), Number(number.slice(-6)).toString(), `${number.slice(0, 6)} ${number.slice(6, 14)} ${number.slice(14)}`]) {
    assert.deepEqual(await numbers(listCases(ctx, { number: asked })), [number], asked)
  }
  assert.equal((await listCases(ctx, { number: number.slice(0, 14) })).rows.length, 2)
}))

test('a search goes back over months', emptied(async (ctx) => {
  const made: string[] = []
  for (const day of ['2025-07-01', '2026-02-28', '2026-05-31', '2026-06-09']) {
    made.unshift((await reportCase(later(ctx, new Date(`${day}T20:00:00+08:00`)), await litter(ctx))).number)
  }

  for (const filter of [{ text: '生活垃圾' }, { state: 'reported,closed' }, { source: 'hotline', region: '9999' }]) {
    assert.deepEqual(await toTheEnd(ctx, filter), made, JSON.stringify(filter))
  }
}))

test('the to-do list shows what waits for the caller: red, then yellow, then by the time left', emptied(async (ctx) => {
  const late = await reportCase(minutesOn(ctx, -200), await litter(ctx))
  const calm = await reportCase(ctx, await litter(ctx))
  const soon = await reportCase(minutesOn(ctx, -25), await litter(ctx))
  await sql`update case_file set lamp = 'red' where number = ${late.number}`.execute(ctx.db)
  await sql`update case_file set lamp = 'yellow' where number = ${soon.number}`.execute(ctx.db)
  await caseIn(ctx, 'established')
  const operator = as(ctx, 'case.read', 'case.accept')

  const { items, next } = await todo(operator, { limit: 2 })
  assert.deepEqual(items.map(({ number }) => number), [late.number, soon.number])
  assert.deepEqual(items[0]!.steps.toSorted(), ['accept', 'answer', 'decline', 'verify'])
  assert.deepEqual((await todo(operator, { limit: 2, cursor: next! })).items.map(({ number }) => number), [calm.number])
  assert.deepEqual((await todo(operator, { lamp: 'yellow' })).items.map(({ number }) => number), [soon.number])
  const { total, more, byLamp, byState } = await todoCounts(operator)
  assert.deepEqual([total, more, byLamp], [3, false, { red: 1, yellow: 1, green: 1, grey: 0 }])
  assert.deepEqual(byState.filter(({ n }) => n > 0).map(({ state, n }) => [state, n]), [['reported', 3]])
  assert.equal((await todoCounts(as(ctx, 'case.read', 'case.dispatch'))).total, 1)
  assert.equal((await todoCounts(as(ctx, 'case.read'))).total, 0)
}))

test('the page of a case shows stages, history, limits, responsibility and only the buttons one may press', emptied(async (ctx) => {
  const row = await caseIn(ctx, 'checking', { reporter: { name: '王小明', phone: '13812342207' }, files: [await photo(ctx, 20)] })
  const twin = await reportCase(ctx, await litter(ctx, { position: await spot(ctx, '999902', 20) }))
  await reportCase(ctx, await litter(ctx, { position: await spot(ctx, '999902', 80) }))
  const detail = await caseDetail(minutesOn(as(ctx, 'case.read', 'case.accept'), 14), row)

  assert.deepEqual(detail.stages[0]!.map(({ state }) => state), ['done', 'done', 'done', 'done', 'done', 'now', 'later'])
  assert.equal(detail.stages[0]![5]!.spentMs, 14 * 60_000)
  assert.equal(detail.stages[0]![5]!.who, row.collectorName)
  assert.deepEqual(detail.history.map(({ step }) => step), ['report', 'accept', 'establish', 'dispatch', 'dispose', 'check'])
  assert.equal(detail.history[4]!.note, '已清运')
  assert.equal(detail.history[4]!.files.length, 1)
  assert.equal(detail.history[4]!.stopped?.late, false)
  assert.ok(detail.history[3]!.facts.some(({ zh }) => zh.startsWith('派至 ')))
  assert.deepEqual(detail.limits.map(({ clock, running }) => [clock, running]), [
    ['accept', false],
    ['establish', false],
    ['dispatch', false],
    ['dispose', false],
    ['check', true],
  ])
  assert.equal(detail.limits[4]!.usedMs, 14 * 60_000)
  assert.ok(detail.responsibility.proposals.length > 0)
  assert.deepEqual(detail.reporter, { name: '王**', phone: '138****2207', email: null, queryWord: null, masked: true })
  assert.deepEqual(detail.duplicates.map(({ number, metres }) => [number, Math.round(metres)]), [[twin.number, 20]])
  assert.deepEqual(detail.openSteps.map(({ step }) => step), ['check'])
  assert.equal((await caseDetail(as(ctx, 'case.read', 'case.reporter'), row)).reporter?.name, '王小明')
  assert.deepEqual((await caseDetail(as(ctx, 'case.read'), row)).openSteps, [])
}))

test('a button comes with what has to be chosen for it', emptied(async (ctx) => {
  const accepted = await caseDetail(as(ctx, 'case.read', 'case.establish'), await caseIn(ctx, 'accepted'))
  assert.ok(accepted.openSteps[0]!.conditions!.length > 0)
  const established = await caseDetail(as(ctx, 'case.read', 'case.dispatch'), await caseIn(ctx, 'established'))
  assert.deepEqual([established.openSteps[0]!.step, established.openSteps[0]!.primary, established.openSteps[0]!.needs], ['dispatch', true, ['unit']])
  assert.ok(established.openSteps[0]!.units![0]!.words.zh.length > 0)
  const reported = await caseDetail(as(ctx, 'case.read', 'case.accept'), await caseIn(ctx, 'reported'))
  assert.deepEqual(reported.openSteps.map(({ step }) => step), ['accept', 'decline', 'verify', 'answer'])
  assert.ok(reported.openSteps[1]!.reasons!.length > 3)
}))

test('a rework draws a further row of stages and leaves the first', emptied(async (ctx) => {
  const row = await caseIn(ctx, 'checking')
  await takeStep(ctx, row, { step: 'rework', note: '未清理', files: [await photo(ctx)] })
  const { stages } = await caseDetail(ctx, row)

  assert.deepEqual(stages.map((track) => track.map(({ state }) => state)), [
    ['done', 'done', 'done', 'done', 'done', 'done', 'later'],
    ['skipped', 'skipped', 'skipped', 'now', 'later', 'later', 'later'],
  ])
}))
