import assert from 'node:assert/strict'
import { test } from 'node:test'
import { daysOf, monthsOf, rowsOf, runningSpan, spanBefore } from './period.ts'
import { quantile, spanOf } from './span.ts'
import { wilson } from './wilson.ts'

for (const { period, span, before } of [
  { period: 'today', span: ['2026-11-20', '2026-11-20'], before: ['2026-11-19', '2026-11-19'] },
  { period: 'week', span: ['2026-11-16', '2026-11-20'], before: ['2026-11-09', '2026-11-13'] },
  { period: 'month', span: ['2026-11-01', '2026-11-20'], before: ['2026-10-01', '2026-10-20'] },
  { period: 'quarter', span: ['2026-10-01', '2026-11-20'], before: ['2026-07-01', '2026-08-20'] },
  { period: 'year', span: ['2026-01-01', '2026-11-20'], before: ['2025-01-01', '2025-11-20'] },
] as const) {
  test(`on Friday 2026-11-20 the running ${period} is ${span.join(' to ')}`, () => {
    const running = runningSpan(period, '2026-11-20')
    assert.deepEqual([running.from, running.to], span)
    const earlier = spanBefore(period, running)
    assert.deepEqual([earlier.from, earlier.to], before)
  })
}

test('a month that is over is compared with the whole month before', () => {
  assert.deepEqual(spanBefore('month', { from: '2026-02-01', to: '2026-02-28' }), { from: '2026-01-01', to: '2026-01-31' })
  assert.deepEqual(spanBefore('month', { from: '2026-03-01', to: '2026-03-30' }), { from: '2026-02-01', to: '2026-02-28' })
})

test('a span is summed from the fewest rows', () => {
  assert.deepEqual(
    rowsOf({ from: '2025-12-30', to: '2026-11-20' }, '2026-11-20'),
    { year: ['2026-01-01'], month: [], day: ['2025-12-30', '2025-12-31'] },
  )
  assert.deepEqual(
    rowsOf({ from: '2026-10-01', to: '2026-11-20' }, '2026-11-20'),
    { year: [], month: ['2026-10-01', '2026-11-01'], day: [] },
  )
  assert.deepEqual(
    rowsOf({ from: '2026-10-01', to: '2026-11-02' }, '2026-11-20'),
    { year: [], month: ['2026-10-01'], day: ['2026-11-01', '2026-11-02'] },
  )
})

test('days and months of a span are listed whole', () => {
  assert.deepEqual(daysOf({ from: '2026-02-27', to: '2026-03-01' }), ['2026-02-27', '2026-02-28', '2026-03-01'])
  assert.deepEqual(monthsOf({ from: '2025-12-31', to: '2026-01-01' }), ['2025-12-01', '2026-01-01'])
})

test('the interval of Wilson is that of the tables, and of no cases there is none', () => {
  const [low, high] = wilson(81, 263)!
  assert.equal(low.toFixed(4), '0.2553')
  assert.equal(high.toFixed(4), '0.3662')
  assert.equal(wilson(0, 0), null)
  assert.deepEqual(wilson(10, 10)!.map((limit) => limit.toFixed(3)), ['0.722', '1.000'])
})

test('a median read from classes is within a tenth of the true one', () => {
  const lengths = Array.from({ length: 2001 }, (_, i) => 600 + i * 37)
  const counts = new Map<string, number>()
  for (const length of lengths) counts.set(spanOf(length), (counts.get(spanOf(length)) ?? 0) + 1)

  for (const share of [0.5, 0.9]) {
    const truth = lengths[Math.floor(share * 2000)]!
    assert.ok(Math.abs(quantile(counts, share)! / truth - 1) < 0.1)
  }
  assert.equal(quantile(new Map(), 0.5), undefined)
})
