// The knowledge base: two people let an answer out, and words find it.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { as, inCity, later } from '../../../testing.ts'
import type { Context } from '../../../kernel/index.ts'
import { findAnswers } from '../suggest.ts'
import { takeUnannounced } from '../calls.ts'
import { replyAtOnce } from '../outcomes.ts'
import { being } from '../../../cases/testing.ts'
import { actOnArticle, changeArticle, findArticle, writeArticle } from './edit.ts'
import { publishArticles } from './publish-articles.ts'
import { actsOpen } from './review.ts'
import { noteUseless } from './use.ts'

const BODY = { question: '居住证在哪里办理', answer: '到居住地街道便民服务中心办理，带身份证和租房合同。', keywords: ['暂住证'], source: '公安局' }

const writer = (ctx: Context) => as(ctx, { name: '甲', permits: ['knowledge.edit'] })
const reviewer = (ctx: Context) => as(ctx, { name: '乙', permits: ['knowledge.edit', 'knowledge.review'] })

async function published(ctx: Context, body: Partial<typeof BODY> & object = {}) {
  const { id } = await writeArticle(writer(ctx), { ...BODY, ...body })
  await actOnArticle(writer(ctx), id, { act: 'submit', version: 1 })
  return actOnArticle(reviewer(ctx), id, { act: 'publish', version: 1 })
}

for (const { state, mine, permits, acts } of [
  { state: 'draft', mine: true, permits: ['knowledge.edit'], acts: ['submit'] },
  { state: 'review', mine: true, permits: ['knowledge.edit', 'knowledge.review'], acts: [] },
  { state: 'review', mine: false, permits: ['knowledge.edit', 'knowledge.review'], acts: ['publish', 'send-back'] },
  { state: 'review', mine: false, permits: ['knowledge.edit'], acts: [] },
  { state: 'published', mine: true, permits: ['knowledge.review'], acts: ['withdraw'] },
  { state: 'withdrawn', mine: false, permits: ['knowledge.edit', 'knowledge.review'], acts: [] },
] as const) {
  test(`${mine ? 'the author' : 'another'} with ${permits.join(' and ')} may ${acts.join(', ') || 'do nothing'} in ${state}`, () =>
    assert.deepEqual(actsOpen(state, permits, mine), acts))
}

test(
  'whoever wrote an answer does not let it out, and only what is let out is found',
  inCity(async (ctx) => {
    const author = reviewer(ctx)
    const { id } = await writeArticle(author, BODY)
    await actOnArticle(author, id, { act: 'submit', version: 1 })

    await assert.rejects(actOnArticle(author, id, { act: 'publish', version: 1 }), { code: 'knowledge.author-reviews' })
    await assert.rejects(actOnArticle(writer(ctx), id, { act: 'publish', version: 1 }), { code: 'access.permit-missing' })
    assert.deepEqual(await findAnswers(ctx, '居住证怎么办'), [])
    await assert.rejects(actOnArticle(reviewer(ctx), id, { act: 'send-back', version: 1 }), { code: 'knowledge.remark-needed' })
    await actOnArticle(reviewer(ctx), id, { act: 'publish', version: 1 })
    assert.deepEqual((await findAnswers(ctx, '居住证怎么办')).map((each) => each.id), [id])
  }),
)

test(
  'a new version replaces the old one only when it is let out, and a withdrawn one is found no more',
  inCity(async (ctx) => {
    const { id } = await published(ctx)
    const draft = await changeArticle(writer(ctx), id, { ...BODY, answer: '已可网上办理。', version: 1 })
    assert.deepEqual([draft.version, draft.state], [2, 'draft'])
    assert.match((await findAnswers(ctx, '居住证'))[0]!.answer, /街道/)
    await assert.rejects(changeArticle(writer(ctx), id, { ...BODY, version: 1 }), { code: 'knowledge.article-moved' })

    await actOnArticle(writer(ctx), id, { act: 'submit', version: 2 })
    await assert.rejects(changeArticle(writer(ctx), id, { ...BODY, version: 2 }), { code: 'knowledge.act-not-open' })
    await actOnArticle(reviewer(ctx), id, { act: 'publish', version: 2 })
    assert.equal((await findAnswers(ctx, '居住证'))[0]!.answer, '已可网上办理。')
    assert.deepEqual((await findArticle(reviewer(ctx), id)).versions.map(({ version, state }) => [version, state]), [[2, 'published'], [1, 'replaced']])

    await actOnArticle(reviewer(ctx), id, { act: 'withdraw', version: 2, remark: '政策停止' })
    assert.deepEqual(await findAnswers(ctx, '居住证'), [])
  }),
)

test(
  'an answer holds from a day to a day, and in its own district',
  inCity(async (ctx) => {
    await published(ctx, { validFrom: '2026-06-11' } as object)
    assert.equal((await findAnswers(ctx, '居住证办理')).length, 0)
    assert.equal((await findAnswers(later(ctx, new Date(+ctx.now + 86_400_000)), '居住证办理')).length, 1)
    await published(ctx, { question: '学院区养犬证办理', region: '999902' } as object)
    assert.equal((await findAnswers(ctx, '养犬证', '999902001')).length, 1)
    assert.equal((await findAnswers(ctx, '养犬证', '999903')).length, 0)
    assert.equal((await findAnswers(ctx, '养犬证')).length, 1)
    await assert.rejects(writeArticle(writer(ctx), { ...BODY, validFrom: '2026-07-01', validTo: '2026-06-01' }), { code: 'knowledge.validity-reversed' })
  }),
)

test(
  'a rare word says more than one that stands everywhere, and keywords count like the question',
  inCity(async (ctx) => {
    const given = Array.from({ length: 40 }, (_, i) => ({ ...BODY, question: `办理第${i}种证件需要哪些材料`, answer: '带身份证。', keywords: [], author: '甲', reviewer: '乙' }))
    await publishArticles(ctx, [...given, { ...BODY, question: '犬只登记需要哪些材料', answer: '带免疫证明。', keywords: ['狗证'], author: '甲', reviewer: '乙' }])

    assert.equal((await findAnswers(ctx, '给狗登记犬只需要哪些材料'))[0]!.question, '犬只登记需要哪些材料')
    assert.equal((await findAnswers(ctx, '狗证'))[0]!.question, '犬只登记需要哪些材料')
    assert.equal((await findAnswers(ctx, '路灯不亮')).length, 0)
  }),
)

test(
  'each use is counted, and so is what did not help',
  inCity(async (ctx) => {
    const { id } = await published(ctx)
    const operator = await being(ctx, 'operator')
    const call = await takeUnannounced(operator, '13812342207')
    await replyAtOnce(operator, call.id, { article: id })
    assert.equal(await noteUseless(operator, id), 1)

    const [version] = (await findArticle(reviewer(ctx), id)).versions
    assert.deepEqual([version!.used, version!.useless], [1, 1])
    await assert.rejects(noteUseless(operator, '00000000-0000-7000-8000-000000000000'), { code: 'knowledge.article-unknown' })
  }),
)
