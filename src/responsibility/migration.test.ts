import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rooms } from '../app.ts'
import { migrate, openClient } from '../kernel/database/index.ts'
import { emptyDatabase } from '../testing.ts'

test('the list of a city that stood before becomes numbered rules, whose next number follows', async () => {
  const url = await emptyDatabase()
  const below = rooms.slice(0, rooms.findIndex(({ name }) => name === 'responsibility'))
  await migrate(url, below)
  const client = await openClient(url)
  try {
    await client.query(`insert into unit (code, path, level, kind, name) values ('C01', '/C01/', 1, 'centre', '中心')`)
    await client.query(`insert into responsibility values ('2026.m', '999900', 'owner', 'C01', null), ('', '999903001', 'locality', 'C01', '三定方案')`)
    await migrate(url, rooms)

    const { rows } = await client.query('select number, category, region, basis, roads, hours, unit_code, note, valid_to from responsibility_rule order by ordinal')
    const common = { roads: [], hours: '', unit_code: 'C01', valid_to: null }
    assert.deepEqual(rows, [
      { ...common, number: 'R-0001', category: '', region: '999903001', basis: 'locality', note: '三定方案' },
      { ...common, number: 'R-0002', category: '2026.m', region: '9999', basis: 'owner', note: null },
    ])
    assert.deepEqual((await client.query('select kind, district, taken from responsibility_count')).rows, [{ kind: 'rule', district: '', taken: 2 }])
    assert.equal((await client.query(`select to_regclass('responsibility') as gone`)).rows[0].gone, null)
  } finally {
    await client.end()
  }
})
