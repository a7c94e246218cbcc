import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Context } from '../../kernel/index.ts'
import { as, inCity, later } from '../../testing.ts'
import { caseKey } from '../number.ts'
import { reportCase } from '../report.ts'
import { readCase } from '../store.ts'
import { litter, spot } from '../testing.ts'
import { answerCandidates } from './candidates.ts'
import { dismissStorm, listStorms, mergeStorm, stormDetail } from './storms.ts'
import { watchStorms } from './watch-storms.ts'

const WORDS = ['水管爆了，水流了一街', '路面冒水', '停水了，说是爆管', '自来水喷出来', '水管漏了没人管', '路上哗哗流水', '爆管了']

/** So many tell of a burst pipe, 40 m and two minutes from each other. */
async function burst(ctx: Context, n: number, from = 0): Promise<{ ctx: Context; numbers: string[] }> {
  const numbers: string[] = []
  let now = ctx
  for (let i = from; i < from + n; i++) {
    now = later(ctx, new Date(+ctx.now + i * 120_000))
    const category = i % 2 === 0 ? '2026.m.01001' : '2026.m.06013'
    numbers.push((await reportCase(now, await litter(ctx, { category, description: WORDS[i % WORDS.length]!, position: await spot(ctx, '999902', i * 40) }))).number)
  }
  return { ctx: now, numbers }
}

const open = async (ctx: Context) => (await listStorms(ctx, { state: 'open' })).items

test('a crowd of reports is proposed as a storm, and merged only by people', inCity(async (start) => {
  const { ctx, numbers } = await burst(start, 8)
  await watchStorms(ctx)
  await watchStorms(ctx)
  const [storm, ...more] = await open(ctx)

  assert.equal(more.length, 0)
  assert.deepEqual([storm!.reports, storm!.words.zh.split('：')[0], storm!.root], [8, '供排水', null])
  assert.equal((await readCase(ctx, caseKey(numbers[0]!)))!.state, 'reported')
}))

test('what comes later joins it, and a report that is being written is offered it at once', inCity(async (start) => {
  const first = await burst(start, 7)
  await watchStorms(first.ctx)
  const { ctx } = await burst(start, 3, 7)
  const draft = { category: '2026.m.01001', lng: (await spot(start, '999902', 100))[0], lat: (await spot(start, '999902'))[1], description: '水管爆了' }
  const offered = await answerCandidates(ctx, draft, caseKey)
  const other = await answerCandidates(ctx, { ...draft, category: '2026.m.06010', description: '垃圾没人清理' }, caseKey)
  await watchStorms(ctx)

  assert.equal(offered.storms.length, 1)
  assert.equal(other.storms.length, 0)
  assert.equal((await open(ctx))[0]!.reports, 10)
}))

test('its reports are merged into one of them, with a verdict for each', inCity(async (start) => {
  const { ctx, numbers } = await burst(start, 7)
  await watchStorms(ctx)
  const [storm] = await open(ctx)
  const key = { district: storm!.district, storm: storm!.id }
  const before = await stormDetail(ctx, key)
  const { verdicts, reports } = await mergeStorm(ctx, key, before.proposedRoot!, numbers)
  const after = await stormDetail(ctx, key)

  assert.equal(before.curve.reduce((sum, { reports: n }) => sum + n, 0), 7)
  assert.deepEqual([verdicts.length, verdicts.every(({ merged }) => merged), reports], [6, true, 7])
  assert.deepEqual([after.storm.root, after.storm.merged], [before.proposedRoot, 6])
  await assert.rejects(mergeStorm(ctx, key, before.proposedRoot!, [(await reportCase(ctx, await litter(ctx))).number]), { code: 'case.not-of-storm' })
}))

test('what was no storm is not proposed again', inCity(async (start) => {
  const first = await burst(start, 7)
  await watchStorms(first.ctx)
  const [storm] = await open(first.ctx)
  await dismissStorm(first.ctx, { district: storm!.district, storm: storm!.id }, '消防演练放水')
  const { ctx } = await burst(start, 5, 7)
  await watchStorms(ctx)

  assert.deepEqual(await open(ctx), [])
  assert.deepEqual((await listStorms(ctx, { state: 'dismissed' })).items.map(({ reports }) => reports), [12])
}))

test('a storm that is silent is over', inCity(async (start) => {
  const { ctx } = await burst(start, 7)
  await watchStorms(ctx)
  await watchStorms(later(ctx, new Date(+ctx.now + 7 * 3_600_000)))

  assert.deepEqual((await listStorms(ctx, {})).items.map(({ state }) => state), ['over'])
}))

test('a storm is seen by those who see the whole district', inCity(async (start) => {
  const { ctx } = await burst(start, 7)
  await watchStorms(ctx)
  const [storm] = await open(ctx)
  const key = { district: storm!.district, storm: storm!.id }

  assert.deepEqual(await open(as(ctx, { permits: ['case.read'], region: '999903' })), [])
  await assert.rejects(stormDetail(as(ctx, { permits: ['case.read'], unit: '/C01/' }), key), { code: 'case.storm-unknown' })
  assert.equal((await open(as(ctx, { permits: ['case.read'], region: '999902' }))).length, 1)
}))
