import assert from 'node:assert/strict'
import { test } from 'node:test'
import { beginOf, inOrder, newest, roll, type Row } from './batch.ts'
import { judge } from './gate.ts'
import { readJson, readLines } from './payload.ts'
import { deviceOf, DEVICES_AT_MOST, metricOf, METRICS_AT_MOST, seriesOf } from './series.ts'
import { thin } from './thin.ts'
import { sourceOf } from './trend.ts'

const NOW = Date.parse('2026-06-10T02:00:00Z')
const MINUTE = 60_000
const DAY = 1440 * MINUTE

for (const { value = 5, at = NOW, newestAt = 0, verdict, because } of [
  { verdict: 0, because: 'it is the first of its series' },
  { newestAt: NOW - MINUTE, verdict: 0, because: 'it follows the one before' },
  { value: 10, verdict: 0, because: 'the end of the range belongs to it' },
  { value: 10.01, verdict: 'out-of-range', because: 'it is above the range' },
  { value: -0.01, verdict: 'out-of-range', because: 'it is below the range' },
  { value: Number.NaN, verdict: 'out-of-range', because: 'it is no number' },
  { at: NOW + 5 * MINUTE, verdict: 0, because: 'a clock may run five minutes ahead' },
  { at: NOW + 5 * MINUTE + 1, verdict: 'in-future', because: 'a clock may not run further ahead' },
  { at: NOW - 400 * DAY, verdict: 0, because: 'it is as old as the oldest that are kept' },
  { at: NOW - 400 * DAY - 1, verdict: 'too-old', because: 'it would be dropped at once' },
  { newestAt: NOW, verdict: 'duplicate', because: 'there is one of that moment' },
  { newestAt: NOW + MINUTE, verdict: 1, because: 'a later one came before it' },
]) {
  test(`${verdict}: ${because}`, () => assert.equal(judge({ min: 0, max: 10 }, value, at, NOW, newestAt), verdict))
}

const at = NOW
for (const { text, pieces } of [
  { text: '{"device":"A","metric":"m","at":"2026-06-10T10:00:00+08:00","value":1}', pieces: [{ device: 'A', metric: 'm', value: 1, at }] },
  { text: `[{"device":"A","metric":"m","at":${NOW},"value":1},{"device":"B","metric":"m","at":${NOW / 1000},"value":2}]`, pieces: [{ device: 'A', metric: 'm', value: 1, at }, { device: 'B', metric: 'm', value: 2, at }] },
  { text: '{"device":"A","values":{"m":1,"n":2}}', pieces: [{ device: 'A', metric: 'm', value: 1, at: undefined }, { device: 'A', metric: 'n', value: 2, at: undefined }] },
  { text: '{"device":"A","values":{"m":"1"}}', pieces: [{ damaged: '{"device":"A","metric":"m","value":"1"}', device: 'A' }] },
  { text: '{"device":"A","metric":"m","value":1', pieces: [{ damaged: '{"device":"A","metric":"m","value":1', device: '' }] },
  { text: '{"device":"A","metric":"m","at":"yesterday","value":1}', pieces: [{ damaged: '{"device":"A","metric":"m","at":"yesterday","value":1}', device: 'A' }] },
  { text: '{"device":"A","metric":"m","at":1e300,"value":1}', pieces: [{ damaged: '{"device":"A","metric":"m","at":1e+300,"value":1}', device: 'A' }] },
  { text: '[]', pieces: [{ damaged: '[]', device: '' }] },
  { text: '7', pieces: [{ damaged: '7', device: '' }] },
]) {
  test(`JSON is read: ${text}`, () => assert.deepEqual(readJson(text), pieces))
}

test('a bare number stands for the device and metric that are named beside it', () => {
  assert.deepEqual(readJson('7', { device: 'A', metric: 'm' }), [{ device: 'A', metric: 'm', value: 7 }])
})

for (const { text, pieces } of [
  { text: 'A,m,2026-06-10T02:00:00Z,1.5\r\nB,m,,2\n\n', pieces: [{ device: 'A', metric: 'm', value: 1.5, at }, { device: 'B', metric: 'm', value: 2, at: undefined }] },
  { text: 'A,m,1781056800,1e-3', pieces: [{ device: 'A', metric: 'm', value: 0.001, at }] },
  { text: 'A,m,2026-06-10 02:00,1', pieces: [{ damaged: 'A,m,2026-06-10 02:00,1', device: 'A' }] },
  { text: 'A,m,,', pieces: [{ damaged: 'A,m,,', device: 'A' }] },
  { text: 'A,m,,1,2', pieces: [{ damaged: 'A,m,,1,2', device: 'A' }] },
  { text: 'garbage\0', pieces: [{ damaged: 'garbage\u{fffd}', device: 'garbage\u{fffd}' }] },
]) {
  test(`lines are read: ${JSON.stringify(text)}`, () => assert.deepEqual(readLines(text), pieces))
}

test('a series is its device and its metric', () => {
  for (const [device, metric] of [[1, 0], [77, 63], [DEVICES_AT_MOST, METRICS_AT_MOST - 1]] as const) {
    const series = seriesOf(device, metric)
    assert.deepEqual([deviceOf(series), metricOf(series)], [device, metric])
    assert.ok(series < 2 ** 31)
  }
})

test('a day begins at midnight of the city', () => {
  assert.equal(new Date(beginOf('day', Date.parse('2026-06-10T15:59:59.999Z'))).toISOString(), '2026-06-09T16:00:00.000Z')
  assert.equal(new Date(beginOf('day', Date.parse('2026-06-10T16:00:00Z'))).toISOString(), '2026-06-10T16:00:00.000Z')
  assert.equal(new Date(beginOf('hour', Date.parse('2026-06-10T15:59:59.999Z'))).toISOString(), '2026-06-10T15:00:00.000Z')
})

test('readings are summed up by series and hour', () => {
  const rows: Row[] = [[NOW, 3, 64, 0], [NOW - 1, 5, 64, 0], [NOW + 1, 1, 64, 0], [NOW, 7, 65, 0]]
  const { series, n, sum, low, high } = roll(inOrder(rows), 'hour')

  assert.deepEqual({ series, n, sum, low, high }, { series: [64, 64, 65], n: [1, 2, 1], sum: [5, 4, 7], low: [5, 1, 7], high: [5, 3, 7] })
  assert.deepEqual(newest(inOrder(rows)).map(([, value]) => value), [1, 7])
})

test('of many points no peak is lost', () => {
  const points = Array.from({ length: 525_600 }, (_, i) => ({ at: i * MINUTE, n: 1, sum: i === 400_000 ? 99 : 1, low: i === 300_000 ? -9 : 1, high: i === 400_000 ? 99 : 1 }))
  const few = thin(points, 2_000)

  assert.ok(few.length <= 2_000)
  assert.deepEqual([Math.max(...few.map(({ high }) => high)), Math.min(...few.map(({ low }) => low))], [99, -9])
  assert.equal(few.reduce((total, { n }) => total + n, 0), 525_600)
})

for (const { days, period, source } of [
  { days: 1, period: 60, source: 'reading' },
  { days: 1, period: 5, source: 'minute' },
  { days: 30, period: 60, source: 'hour' },
  { days: 366, period: 60, source: 'hour' },
  { days: 3_000, period: 60, source: 'day' },
  { days: 3_000, period: 86_400, source: 'reading' },
] as const) {
  test(`${days} days of a metric of every ${period} s are drawn from ${source}`, () => assert.equal(sourceOf(days * DAY, period), source))
}
