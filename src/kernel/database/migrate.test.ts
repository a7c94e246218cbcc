import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { emptyDatabase } from '../../testing.ts'
import type { Room, TableKind } from '../room.ts'
import { openClient } from './connect.ts'
import { countOpen, migrate, migrationsOf } from './migrate.ts'

const folder = mkdtempSync(join(tmpdir(), 'chengyun-migrations-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const house: Room = { name: 'house', title: { zh: '屋', en: 'House' } }

function room(files: Record<string, string>, tables: Record<string, TableKind> = {}): Room {
  const own = join(folder, String(Math.random()).slice(2))
  mkdirSync(own)
  for (const [file, text] of Object.entries(files)) writeFileSync(join(own, file), text)
  return { ...house, tables, migrations: pathToFileURL(`${own}/`) }
}

const first = { '0001-house.sql': 'create table house (id int primary key);' }
const second = { '0002-door.sql': 'create table door (id int primary key references house);' }

test('each migration runs once, in order, and rooms that start at the same moment do not cross', async () => {
  const url = await emptyDatabase()
  const rooms = [room({ ...second, ...first })]

  const counts = await Promise.all([migrate(url, rooms), migrate(url, rooms), migrate(url, rooms)])

  assert.deepEqual(counts.toSorted(), [0, 0, 2])
  const client = await openClient(url)
  assert.equal(await countOpen(client, rooms), 0)
  await client.end()
})

for (const { now, says } of [
  { now: { '0001-house.sql': 'create table house (id bigint primary key);' }, says: /house\/0001-house.sql was changed after it had run/ },
  { now: {}, says: /0001-house.sql, which this program does not know/ },
  { now: { ...first, '0000-earlier.sql': 'select 1;' }, says: /house\/0000-earlier.sql was added before others/ },
]) {
  test(`the start is refused: ${says.source}`, async () => {
    const url = await emptyDatabase()
    await migrate(url, [room(first)])
    const changed = room({ ...now, '0009-last.sql': 'create table last (id int);' })

    await assert.rejects(migrate(url, [changed]), { name: 'MigrationRefused', message: says })
  })
}

test('line ends of another system are not a change', async () => {
  const url = await emptyDatabase()
  await migrate(url, [room({ '0001-house.sql': 'create table house (\n  id int\n);\n' })])

  assert.equal(await migrate(url, [room({ '0001-house.sql': 'create table house (\r\n  id int\r\n);\r\n' })]), 0)
})

test('a migration that fails leaves nothing of itself and says in which line it failed', async () => {
  const url = await emptyDatabase()

  await assert.rejects(migrate(url, [room({ '0001-house.sql': 'create table house (id int);\n\ncreate table door (id nonsense);' })]), {
    message: /migration house\/0001-house.sql: type "nonsense" does not exist \(line 3\)/,
  })
  assert.equal(await migrate(url, [room(first)]), 1)
})

// ── Shadow mode

const sharded = { case_file: 'sharded', unit: 'reference' } as const satisfies Record<string, TableKind>

test('in shadow mode a sharded table is partitioned by district and others are not', async () => {
  const url = await emptyDatabase()
  const text = `
    -- create table commented (a int);
    create table unit (code text primary key);
    create table case_file (
      number   text not null check (number <> ');'),
      district text not null,
      primary key (number, district)
    );
    create index on case_file (district);`
  await migrate(url, [room({ '0001-cases.sql': text }, sharded)], { shadow: true })

  const client = await openClient(url)
  const { rows } = await client.query(`
    select c.relname, count(i.inhrelid) as parts from pg_class c left join pg_inherits i on i.inhparent = c.oid
     where c.relname in ('unit', 'case_file') group by c.relname order by c.relname`)
  const plan = await client.query(`explain select * from case_file where district = '999902' and number = '1'`)
  await client.end()

  assert.deepEqual(rows, [
    { relname: 'case_file', parts: 4 },
    { relname: 'unit', parts: 0 },
  ])
  assert.equal(plan.rows.filter((row) => / on case_file/.test(row['QUERY PLAN'])).length, 1)
})

test('in shadow mode a unique key without the district is refused', async () => {
  const url = await emptyDatabase()
  const keyless = room({ '0001-cases.sql': 'create table case_file (number text primary key, district text not null);' }, sharded)

  await assert.rejects(migrate(url, [keyless], { shadow: true }), { message: /must include all partitioning columns/ })
  assert.equal(await migrate(url, [keyless]), 1)
})

test('two migrations of one number are refused, for which of them comes first would be chance', () => {
  assert.throws(() => migrationsOf([room({ ...first, '0001-window.sql': 'select 1;' })]), /house: two migrations have the number 0001/)
})
