import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Position } from '../../kernel/contract.ts'
import { findStorms, fitsStorm, poissonTail, type Arrival } from './storm.ts'
import { wordingOf } from './wording.ts'

const NOON = +new Date('2026-06-10T12:00:00+08:00')
const CENTRE: Position = [116.3, 40]

let next = 0
const arrival = (words: string, category: string, east: number, minutes: number, collector: string | null = null): Arrival => ({
  collector,
  number: `9999022026061${String(next++).padStart(7, '0')}`,
  category,
  at: [CENTRE[0] + east / 85_000, CENTRE[1]],
  reportedAt: new Date(NOON + minutes * 60_000),
  wording: wordingOf(words, null, category),
})

const BURST = ['水管爆了', '路面冒水', '家里没水了，路上冒水', '自来水喷出来', '哗哗地流水', '停水了，说是爆管', '水管漏了']
const burst = () => BURST.map((words, i) => arrival(words, i % 2 === 0 ? '2026.m.01001' : '2026.m.06013', i * 60, i * 5))
const calm = () => 0.3

test('many who tell of a burst pipe in one street are one storm', async () => {
  const others = [arrival('垃圾没人清理', '2026.m.06010', 100, 3), arrival('路灯不亮', '2026.m.01037', 50, 9)]
  const [storm, ...more] = await findStorms([...burst(), ...others], calm)

  assert.equal(more.length, 0)
  assert.deepEqual([storm!.family, storm!.members.length, storm!.wide], ['water', BURST.length, false])
  assert.ok(storm!.aspects.includes('spouting'))
  assert.ok(storm!.metres > 100 && storm!.metres < 400)
})

test('as many as are usual are no storm', async () => assert.deepEqual(await findStorms(burst(), () => 5), []))

test('few are no storm, however unusual', async () => assert.deepEqual(await findStorms(burst().slice(0, 5), () => 0.001), []))

test('one collector who goes along a street is no storm', async () => {
  const round = BURST.map((words, i) => arrival(words, '2026.m.01001', i * 60, i, 'c1'))

  assert.deepEqual(await findStorms(round, calm), [])
})

test('those who say different things are no storm', async () => {
  const said = ['井盖破损', '积水', '路面有坑', '污水外溢', '井盖缺失', '水管漏了', '箅子没了', '井盖松动作响']
  const crowd = said.map((words, i) => arrival(words, '2026.m.01003', i * 60, i))

  assert.deepEqual(await findStorms(crowd, calm), [])
})

test('trees all over a district in one night are one wide storm', async () => {
  const trees = Array.from({ length: 30 }, (_, i) => arrival(i % 3 === 0 ? '树枝断了' : '大树倒了', '2026.m.04002', i * 1000, i * 3))
  const [storm] = await findStorms(trees, calm)

  assert.deepEqual([storm?.wide, storm?.family, storm?.members.length], [true, 'trees', 30])
})

test('a storm that stands takes what fits, and leaves what does not', async () => {
  const [storm] = await findStorms(burst(), calm)
  const fits = (words: string, category: string, east: number, minutes: number) => fitsStorm({ ...storm!, recent: 7 }, arrival(words, category, east, minutes))

  assert.ok(fits('又冒水了', '2026.m.06013', 200, 60))
  assert.ok(fits('麻烦来看看', '2026.m.01003', 200, 60))
  assert.ok(!fitsStorm({ ...storm!, recent: 2 }, arrival('又冒水了', '2026.m.06013', 200, 60)))
  assert.ok(!fits('又冒水了', '2026.m.06013', 2000, 60))
  assert.ok(!fits('又冒水了', '2026.m.06013', 200, 400))
  assert.ok(!fits('路灯不亮', '2026.m.01037', 200, 60))
  assert.ok(!fits('井盖缺失', '2026.m.01003', 200, 60))
})

for (const { n, expected, chance } of [
  { n: 0, expected: 3, chance: 1 },
  { n: 1, expected: 1, chance: 0.6321 },
  { n: 5, expected: 2, chance: 0.0527 },
  { n: 20, expected: 5, chance: 3.45e-7 },
  { n: 300, expected: 1, chance: 0 },
]) {
  test(`${n} where ${expected} are usual have a chance of ${chance}`, () => {
    assert.ok(Math.abs(poissonTail(n, expected) - chance) < Math.max(1e-4 * chance, 5e-9) + (n === 1 || n === 5 ? 1e-4 : 0), String(poissonTail(n, expected)))
  })
}
