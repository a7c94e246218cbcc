import assert from 'node:assert/strict'
import { test } from 'node:test'
import { afterFailure, minutesLocked, type Failures } from './lock-out.ts'

const at = (minutes: number) => new Date(Date.UTC(2026, 5, 10, 2, minutes))

const fail = (times: number, known?: Failures) => {
  for (let time = 0; time < times; time++) known = afterFailure(known, at(0))
  return known!
}

test('four failures do not lock, the fifth locks for fifteen minutes', () => {
  assert.equal(minutesLocked(fail(4), at(0)), undefined)
  assert.equal(minutesLocked(fail(5), at(0)), 15)
})

test('a lock opens by itself, and the count begins again', () => {
  const locked = fail(5)

  assert.equal(minutesLocked(locked, at(14)), 1)
  assert.equal(minutesLocked(locked, at(15)), undefined)
  assert.equal(afterFailure(locked, at(16)).failures, 1)
})

test('failures a quarter of an hour apart are not a row', () => {
  assert.equal(afterFailure(fail(4), at(16)).failures, 1)
  assert.equal(afterFailure(fail(4), at(10)).failures, 5)
})
