import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sayAside, sayClauses, sayLabelled, sayList } from './marks.ts'

test('marks are full-width in Chinese and half-width in English', () => {
  assert.deepEqual([sayList(['甲', '乙'], 'zh'), sayList(['A', 'B'], 'en')], ['甲、乙', 'A, B'])
  assert.deepEqual([sayClauses(['甲', '乙'], 'zh'), sayClauses(['A', 'B'], 'en')], ['甲；乙', 'A; B'])
  assert.deepEqual([sayLabelled('甲', '乙', 'zh'), sayLabelled('A', 'B', 'en')], ['甲：乙', 'A: B'])
  assert.deepEqual([sayAside('甲', '乙', 'zh'), sayAside('A', 'B', 'en')], ['甲（乙）', 'A (B)'])
})
