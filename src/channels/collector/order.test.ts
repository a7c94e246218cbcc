import assert from 'node:assert/strict'
import { test } from 'node:test'
import { byTimeLeft } from './order.ts'

test('a collector does what is overdue first, then what soon will be, then by the time left', () => {
  const task = (id: string, lamp: 'green' | 'yellow' | 'red' | 'grey', dueAt: string | null) => ({ id, lamp, dueAt })
  const list = [
    task('no clock', 'grey', null),
    task('tomorrow', 'green', '2026-06-11T00:00:00Z'),
    task('late', 'red', '2026-06-10T00:00:00Z'),
    task('today', 'green', '2026-06-10T09:00:00Z'),
    task('soon', 'yellow', '2026-06-10T12:00:00Z'),
    task('very late', 'red', '2026-06-09T00:00:00Z'),
  ]

  assert.deepEqual(
    list.toSorted(byTimeLeft).map(({ id }) => id),
    ['very late', 'late', 'soon', 'today', 'tomorrow', 'no clock'],
  )
})
