import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withApp } from './testing.ts'

test('the whole program answers: ready, closed to strangers, open to those who sign in', withApp(async ({ fetchAs }) => {
  const ready = await fetchAs(null, '/readyz')
  const stranger = await fetchAs(null, '/api/cases/todo')
  const operator = await fetchAs('operator', '/api/cases/todo')

  assert.deepEqual([ready.status, stranger.status, operator.status], [200, 401, 200])
}))
