import assert from 'node:assert/strict'
import { test } from 'node:test'
import { groupNumber, interval, sayCount, sayRate, sayShort, saySigned } from './say-number.ts'

test('a count is written in full, with a true minus and a dash for none', () => {
  assert.equal(sayCount(12345), '12,345')
  assert.equal(sayCount(-3), '−3')
  assert.equal(sayCount(null), '—')
  assert.equal(sayCount(0), '0')
})

test('tiles shorten from ten thousand on, to three digits', () => {
  assert.equal(sayShort(9999, 'zh'), '9,999')
  assert.equal(sayShort(12_800, 'zh'), '1.28\u2009万')
  assert.equal(sayShort(1_170_000_000, 'zh'), '11.7\u2009亿')
  assert.equal(sayShort(12_800, 'en'), '12.8\u2009k')
})

test('a rate without a denominator is a dash, not nought', () => {
  assert.equal(sayRate(5842, 6120), '95.46')
  assert.equal(sayRate(0, 0), '—')
})

test('a change carries its sign', () => {
  assert.equal(saySigned(1.12), '+1.12')
  assert.equal(saySigned(-0.21), '−0.21')
})

test('a case number is read in groups of six, eight and six', () => {
  assert.equal(groupNumber('99990220261120000417'), '999902 20261120 000417')
})

test('the interval of a rate narrows as more cases were due and never leaves 0 … 1', () => {
  const [low, high] = interval(45, 50)!
  const [lower, higher] = interval(4500, 5000)!

  assert.ok(low < 0.9 && high > 0.9)
  assert.ok(higher - lower < high - low)
  assert.deepEqual(interval(10, 10)![1], 1)
  assert.equal(interval(0, 0), undefined)
})
