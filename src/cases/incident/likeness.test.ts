import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bitsApart, compare, PROPOSE_FROM, reasonsOf, scoreOf, scoreOfAll, type Told } from './likeness.ts'
import { rarityIn, wordingOf } from './wording.ts'

const at = (text: string) => new Date(`2026-06-10T${text}:00+08:00`)
const rarity = rarityIn(['路灯不亮', '垃圾没人清理', '井盖破损', '路灯不亮', '共享单车乱停'])

interface Said {
  readonly category?: string
  readonly words: string
  readonly at?: string
  readonly component?: string
  readonly print?: string
  readonly collector?: string
  readonly done?: string
}

const told = ({ category = '2026.m.01037', words, at: time = '10:00', component, print, collector, done }: Said): Told => ({
  category,
  componentCode: component ?? null,
  reportedAt: at(time),
  wording: wordingOf(words, '人民路 88 号', category),
  prints: print ? [print] : [],
  collector: collector ?? null,
  doneAt: done ? at(done) : null,
})

const lamp = { words: '人民路88号路灯不亮', at: '09:00' }

for (const { other, metres, same, because } of [
  { other: { words: '这边灯不亮，黑漆漆的，请尽快处理' }, metres: 8, same: true, because: 'two say in their own words that it is dark' },
  { other: { words: '路灯杆歪斜' }, metres: 12, same: false, because: 'a leaning pole is another trouble than a dark lamp' },
  { other: { words: '路灯不亮', collector: 'c1' }, metres: 12, same: true, because: 'a collector came after a citizen' },
  { other: { words: '路灯灭了' , category: '2026.m.01060' }, metres: 6, same: true, because: 'it was filed as the switch box of the lamps' },
  { other: { words: '路灯不亮', category: '2026.m.06010' }, metres: 5, same: false, because: 'the class has nothing to do with lamps' },
  { other: { words: '路灯不亮' }, metres: 49, same: false, because: 'it is another lamp further on' },
] as const) {
  test(`${same ? 'the same' : 'another'}: ${because}`, () => {
    const { features } = compare(told(other), told(lamp), metres, rarity)

    assert.equal(scoreOf(features) >= PROPOSE_FROM, same, String(scoreOf(features)))
  })
}

test('what was put right before is not the same when it comes again', () => {
  const rubbish = { category: '2026.m.06010', words: '垃圾没人清理' }
  const before = scoreOf(compare(told(rubbish), told({ ...rubbish, at: '08:00' }), 6, rarity).features)
  const after = scoreOf(compare(told(rubbish), told({ ...rubbish, at: '08:00', done: '09:00' }), 6, rarity).features)

  assert.ok(before >= PROPOSE_FROM && after < 0.2, `${before} ${after}`)
})

test('one collector who reports twice tells of two things', () => {
  const first = told({ ...lamp, collector: 'c1' })
  const second = told({ words: '路灯不亮', at: '09:04', collector: 'c1' })

  assert.ok(scoreOf(compare(second, first, 20, rarity).features) < 0.2)
})

test('the same component speaks for it, another against it', () => {
  const score = (component: string | undefined) =>
    scoreOf(compare(told({ words: '灯不亮', ...(component && { component }) }), told({ ...lamp, component: 'L1' }), 20, rarity).features)

  assert.ok(score('L1') > score(undefined) && score('L2') < score(undefined))
})

test('more than one report that is alike speaks louder than one', () => {
  assert.equal(scoreOfAll([0.9]), 0.9)
  assert.equal(scoreOfAll([0.9, 0.2]), 0.9)
  assert.ok(scoreOfAll([0.9, 0.8]) > 0.9 && scoreOfAll([0.9, 0.8, 0.7]) < 1)
  assert.equal(scoreOfAll([]), 0)
})

test('prints are compared bit by bit', () => {
  assert.equal(bitsApart('0000000000000000', '0000000000000000'), 0)
  assert.equal(bitsApart('8000000000000001', '0000000000000000'), 2)
  assert.equal(bitsApart('ffffffffffffffff', '0000000000000000'), 64)
})

test('the reasons say what is alike, how near and how soon', () => {
  const [one, other] = [told({ words: '灯不亮', print: 'f0f0f0f0f0f0f0f0' }), told({ ...lamp, at: '09:57', print: 'f0f0f0f0f0f0f0f1' })]
  const reasons = reasonsOf(compare(one, other, 12.3, rarity), one, other)

  assert.deepEqual(reasons.for.map(({ zh }) => zh), ['同类', '相距 12 米', '相差 3 分钟', '都说“不亮”', '照片相似'])
  assert.deepEqual(reasons.for.map(({ en }) => en).slice(0, 3), ['same class', '12 m apart', '3 min apart'])
  assert.deepEqual(reasons.against, [])
})

test('what speaks against it is said too', () => {
  const [one, other] = [told({ words: '路灯杆歪斜，3号楼前', component: 'L2' }), told({ words: '路灯不亮，5号楼前', at: '07:00', component: 'L1' })]
  const reasons = reasonsOf(compare(one, other, 30, rarity), one, other)

  assert.deepEqual(reasons.against.map(({ zh }) => zh), ['不是同一部件', '说法不同：歪斜 / 不亮', '楼号或方位不同'])
})

test('words of the address say nothing about the problem', () => {
  const { words } = wordingOf('人民路88号路灯不亮', '人民路 88 号', '2026.m.01037')

  assert.ok(!words.has('人民') && words.has('路灯'))
})

test('a special trouble silences the general one, and the name of a thing is no trouble', () => {
  const aspects = (text: string, category = '2026.m.01037') => [...wordingOf(text, null, category).aspects]

  assert.deepEqual(aspects('装修垃圾堆在路边'), ['spoil'])
  assert.deepEqual(aspects('垃圾桶倒在地上'), ['fallen'])
  assert.deepEqual(aspects('请来看看', '2026.m.06010'), ['rubbish'])
  assert.deepEqual(aspects('请来看看'), [])
})
