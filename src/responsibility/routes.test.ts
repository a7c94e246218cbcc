import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withApp } from '../testing.ts'

interface Listed {
  readonly items: { number: string; unit: { code: string } }[]
  readonly total: number
}

test('rules are listed, added, exported and taken back over the wire; a list of a megabyte and more too', withApp(async ({ fetchAs }) => {
  const listed = (await (await fetchAs('lead', '/api/responsibility/rules?limit=1')).json()) as Listed
  const unit = listed.items[0]!.unit.code
  const body = { category: '2026.m.06', region: '999902', basis: 'owner', roads: ['arterial'], hours: 'daily 22:00-06:00', unit, note: null }
  const added = await fetchAs('lead', '/api/responsibility/rules', { json: body })
  const again = await fetchAs('lead', '/api/responsibility/rules', { json: body })
  const csv = await (await fetchAs('dispatcher', '/api/responsibility/rules.csv')).text()
  const looked = await fetchAs('lead', '/api/responsibility/rules/import', { json: { text: csv.padEnd(1_200_000, '\n'), mode: 'whole', apply: false } })
  const sheet = await fetchAs('dispatcher', '/api/responsibility/rules.xlsx')

  assert.equal(added.status, 200)
  assert.deepEqual([again.status, ((await again.json()) as { code: string }).code], [409, 'responsibility.rule-stands'])
  assert.match(csv, /daily 22:00-06:00/)
  assert.deepEqual(await looked.json(), { rows: listed.total + 1, added: 0, same: listed.total + 1, ended: 0, refused: [], more: false, applied: false })
  assert.match(sheet.headers.get('content-type')!, /spreadsheetml/)
  assert.equal((await fetchAs('dispatcher', '/api/responsibility/rules', { json: body })).status, 403)
}))
