import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withApp } from '../testing.ts'

test('the catalogue, the calendar and the dictionaries are for anyone; units and people need a permit', withApp(async ({ fetchAs }) => {
  const categories = await (await fetchAs(null, '/api/categories?kind=component')).json()
  const calendar = await (await fetchAs(null, '/api/calendar')).json()
  const units = await fetchAs('operator', '/api/units?limit=2')
  const page = await units.json()
  const next = await (await fetchAs('operator', `/api/units?limit=2&cursor=${page.next}`)).json()
  const people = await (await fetchAs('operator', '/api/people?text=operator')).json()

  assert.equal(categories.version, '2026')
  assert.ok(categories.items.length >= 153)
  assert.deepEqual(calendar.hours[0].length, 2)
  assert.equal(page.items.length, 2)
  assert.notEqual(next.items[0].code, page.items[0].code)
  assert.equal(people.items[0].account, 'operator')
  assert.equal((await fetchAs(null, '/api/units')).status, 401)
  assert.equal((await fetchAs('auditor', '/api/people')).status, 403)
  assert.equal((await fetchAs(null, '/api/dictionary/colour')).status, 400)
  assert.equal((await (await fetchAs('operator', '/api/categories/2026.m.99999/conditions')).json()).code, 'registry.category-unknown')
  assert.equal((await (await fetchAs('operator', '/api/units?cursor=x')).json()).code, 'http.cursor-broken')
}))

test('a person is added by the system administrator alone, once for one key', withApp(async ({ fetchAs }) => {
  const [unit] = (await (await fetchAs('operator', '/api/units?limit=1')).json()).items
  const add = (account: string) =>
    fetchAs(account, '/api/people', {
      method: 'POST',
      json: { account: 'zhou.min', name: '周敏', unit: unit.code },
      headers: { 'idempotency-key': 'add-zhou-min-1' },
    })
  const first = await add('sysadmin')
  const again = await add('sysadmin')

  assert.equal(first.status, 200)
  assert.deepEqual(await again.json(), await first.json())
  assert.equal((await add('operator')).status, 403)
}))
