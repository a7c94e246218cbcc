import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays, drawnAt, sayDuration, sayMoment, sayNear, setZone, startOfDay } from './say-time.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

for (const [ms, zh, en] of [
  [9 * MINUTE + 48 * SECOND, '9 分 48 秒', '9 min 48 s'],
  [3 * HOUR + 12 * MINUTE + 5 * SECOND, '3 时 12 分', '3 h 12 min'],
  [51 * HOUR, '2 天 3 时', '2 d 3 h'],
  [-41 * MINUTE - 6 * SECOND, '41 分 06 秒', '41 min 06 s'],
  [7 * SECOND, '7 秒', '7 s'],
] as const) {
  test(`${ms} ms is said as ${zh}`, () => {
    assert.equal(sayDuration(ms, 'zh'), zh)
    assert.equal(sayDuration(ms, 'en'), en)
  })
}

test('a moment is told on the wall clock of the city, not of the machine', () => {
  assert.equal(sayMoment('2026-11-20T06:32:08Z'), '2026-11-20 14:32:08')
  assert.equal(sayMoment(null), '—')
})

test('a moment of today is told by its time alone', () => {
  const now = Date.parse('2026-11-20T08:00:00Z')

  assert.equal(sayNear('2026-11-20T06:32:08Z', now), '14:32:08')
  assert.equal(sayNear('2026-11-18T06:32:08Z', now), '11-18 14:32')
  assert.equal(sayNear('2025-11-18T06:32:08Z', now), '2025-11-18 14:32')
})

test('a day begins at midnight of its city', () => {
  assert.equal(startOfDay('2026-11-20'), '2026-11-19T16:00:00.000Z')
  setZone('America/New_York')
  assert.equal(startOfDay('2011-07-01'), '2011-07-01T04:00:00.000Z')
  setZone('Asia/Shanghai')
})

test('the day after the last of a month is the first of the next', () => {
  assert.equal(addDays('2026-11-30', 1), '2026-12-01')
})

test('a chart that draws by UTC shows the clock of the city, in summer time too', () => {
  const shown = (at: string) => new Date(drawnAt(at)).toISOString().slice(0, 19)

  assert.equal(shown('2026-11-20T06:32:08Z'), '2026-11-20T14:32:08')
  setZone('America/New_York')
  assert.deepEqual([shown('2011-07-01T06:32:08Z'), shown('2011-12-01T06:32:08Z')], ['2011-07-01T02:32:08', '2011-12-01T01:32:08'])
  setZone('Asia/Shanghai')
})
