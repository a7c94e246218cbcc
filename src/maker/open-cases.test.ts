import assert from 'node:assert/strict'
import { test } from 'node:test'
import { workingMs } from '../kernel/index.ts'
import { ordinaryCalendar } from './catalogue.ts'
import { startBefore } from './open-cases.ts'

const calendar = ordinaryCalendar()

for (const { now, because } of [
  { now: '2026-11-20T15:30:00+08:00', because: 'in the afternoon' },
  { now: '2026-11-21T04:00:00+08:00', because: 'in the night of a Saturday' },
  { now: '2026-10-05T12:00:00+08:00', because: 'in the middle of National Day' },
]) {
  for (const unit of ['urgent_hour', 'work_hour', 'work_day'] as const) {
    test(`a clock that has counted 50 minutes ${because} began exactly then, by ${unit}`, () => {
      const start = startBefore(calendar, unit, new Date(now), 50 * 60_000)

      assert.equal(workingMs(calendar, unit, start, new Date(now)), 50 * 60_000)
      assert.equal(workingMs(calendar, unit, new Date(+start + 60_000), new Date(now)), 49 * 60_000)
    })
  }
}
