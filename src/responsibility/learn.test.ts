import assert from 'node:assert/strict'
import { test } from 'node:test'
import { featuresOf, piecesOf } from './features.ts'
import { makeMeter, packModel, suggestBy, unpackModel, type Sample } from './learn.ts'
import { learnSamples, measureLearning } from './learn-samples.ts'
import { seededOrder } from './seeded-order.ts'

for (const { text, pieces } of [
  { text: '路面积水', pieces: ['路面', '路面积', '面积', '面积水', '积水'] },
  { text: 'Pothole on Main St 12', pieces: ['pothole', 'on', 'pothole on', 'main', 'on main', 'st', 'main st'] },
  { text: 'ＡＢ井', pieces: ['ab', '井'] },
  { text: '', pieces: [] },
]) {
  test(`“${text}” falls into ${pieces.length} pieces`, () => assert.deepEqual(piecesOf(text), pieces))
}

test('a text of ten thousand letters is no more work than one of three hundred', () => {
  const told = { text: '井盖破损'.repeat(2_500), category: '2026.m.06001', region: '999903001001', at: 0 }

  assert.ok(featuresOf(told, 'Asia/Shanghai').pieces.length <= 200)
})

const SEED = 20_260_610

/** A city in which the category mostly says who, but words and streets say it better; one in twenty goes astray. */
function history(count: number): Sample[] {
  const chance = seededOrder(count * 4, SEED)
  const words = ['路灯不亮', '井盖破损', '垃圾暴露', '树枝折断']
  return Array.from({ length: count }, (_, i) => {
    const [a, b, c, d] = [0, 1, 2, 3].map((offset) => chance[i * 4 + offset]!) as [number, number, number, number]
    const kind = a % 4
    const street = `99990300${(b % 5) + 1}`
    const word = c % 3 === 0 ? '高压' : '普通'
    const unit = d % 20 === 0 ? 'ASTRAY' : kind === 0 && word === '高压' ? 'POWER' : kind === 2 ? `STREET-${b % 5}` : ['LAMPS', 'COVERS', '', 'TREES'][kind]!
    return { text: `${word}${words[kind]}`, category: `2026.m.0600${kind + 1}`, region: `${street}001`, at: i * 3_600_000, unit }
  })
}

test(`what words and places say is learned beside the category (seed ${SEED})`, async () => {
  const samples = history(4_000)
  const figures = await measureLearning(samples, 'Asia/Shanghai', 3_000)

  assert.ok(figures.top1 > 0.9, `top 1 ${figures.top1}`)
  assert.ok(figures.top3 >= figures.top1)
  assert.ok(figures.byCategory < 0.8 && figures.top1 > figures.byCategory + 0.1, `by category ${figures.byCategory}`)
  assert.ok(figures.majority < figures.byCategory)
})

test('the same history makes the same model, byte for byte', async () => {
  const [one, other] = await Promise.all([1, 2].map(async () => packModel((await learnSamples(history(600), 'Asia/Shanghai')).finish())))

  assert.deepEqual(Buffer.from(one!), Buffer.from(other!))
})

test('a model says the same after it was kept as bytes, which are few', async () => {
  const samples = history(1_000)
  const learner = await learnSamples(samples, 'Asia/Shanghai')
  const bytes = packModel(learner.finish())
  const model = unpackModel(bytes)

  for (const sample of samples.slice(0, 50)) {
    const [before, after] = [learner.suggest(sample)[0]!, suggestBy(model, sample)[0]!]
    assert.equal(after.unit, before.unit)
    assert.ok(Math.abs(after.share - before.share) < 0.02, `${after.share} ${before.share}`)
  }
  assert.ok(bytes.length < 2_500_000, `${bytes.length} bytes`)
})

test('of what was never seen the usual units are suggested, and of nothing learned nothing', async () => {
  const learner = await learnSamples(history(400), 'Asia/Shanghai')
  const strange = learner.suggest({ text: 'zzz', category: '2026.c.09999', region: '110101', at: 0 })
  const shares = strange.reduce((sum, { share }) => sum + share, 0)

  assert.ok(Math.abs(shares - 1) < 1e-9)
  assert.deepEqual(makeMeter([]).figures(), { measured: 0, top1: 0, top3: 0, majority: 0, byCategory: 0 })
})
