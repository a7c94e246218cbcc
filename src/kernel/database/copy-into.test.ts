import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { inCity } from '../../testing.ts'
import { copyInto, type CopyColumns } from './copy-into.ts'

const columns = {
  word: 'text',
  small: 'int2',
  whole: 'int4',
  long: 'int8',
  real: 'float8',
  yes: 'bool',
  at: 'timestamptz',
  day: 'date',
  key: 'uuid',
  body: 'jsonb',
  place: 'point',
  word_list: 'text[]',
  counts: 'int4[]',
  search: 'tsvector',
  bytes: 'bytea',
} as const satisfies CopyColumns

const full = {
  word: '积水内涝 “引号” \\ 换行\n😀',
  small: -7,
  whole: 2_000_000_000,
  long: 9_000_000_000_000,
  real: 120.123456789,
  yes: true,
  at: new Date('2026-06-10T10:00:00.123+08:00'),
  day: '2026-02-28',
  key: '0190b5a2-7c1e-7000-8000-0123456789ab',
  body: { zh: '道路破损', n: [1, null, { deep: true }] },
  place: { x: 116.39, y: 39.9 },
  wordList: ['甲', '乙"丙', null, ''],
  counts: [1, -2, 3],
  bytes: Buffer.from([0, 255, 7]),
}

const makeTable = sql`
  create temporary table copied (word text, small int2, whole int4, long int8, real float8, yes bool, at timestamptz, day date, key uuid,
    body jsonb, place point, word_list text[], counts int4[], search tsvector, bytes bytea) on commit drop`

test('what is copied in comes out the same', inCity(async (ctx) => {
  await makeTable.execute(ctx.db)

  const count = await copyInto(ctx, 'copied', columns, [{ ...full, search: ['水', '积水', '水'] }])

  const { rows } = await sql<typeof full & { search: string }>`select * from copied`.execute(ctx.db)
  const { search, ...rest } = rows[0]!
  assert.equal(count, 1)
  assert.deepEqual({ ...rest, place: { ...rest.place } }, full)
  assert.equal(search.split(' ').toSorted().join(' '), `'水' '积水'`)
}))

test('a row may be a list in the order of the columns, and what is missing is null', inCity(async (ctx) => {
  await makeTable.execute(ctx.db)

  await copyInto(ctx, 'copied', { word: 'text', long: 'int8', word_list: 'text[]' }, [['a', 1, []], ['b', undefined, null]])

  const { rows } = await sql`select word, long, word_list from copied order by word`.execute(ctx.db)
  assert.deepEqual(rows, [
    { word: 'a', long: 1, wordList: [] },
    { word: 'b', long: null, wordList: null },
  ])
}))

test('many rows from a source that must be awaited arrive whole', inCity(async (ctx) => {
  await makeTable.execute(ctx.db)
  async function* rows() {
    for (let i = 0; i < 30_000; i++) yield { whole: i, word: `第${i}行` }
  }

  const count = await copyInto(ctx, 'copied', { whole: 'int4', word: 'text' }, rows())

  const { rows: sums } = await sql`select count(*) as n, sum(whole) as sum, max(length(word)) as longest from copied`.execute(ctx.db)
  assert.equal(count, 30_000)
  assert.deepEqual(sums, [{ n: 30_000, sum: (30_000 * 29_999) / 2, longest: 7 }])
}))

test('a refused row fails the copy with the reason, and the source is not read to its end', inCity(async (ctx) => {
  await makeTable.execute(ctx.db)
  await sql`alter table copied add check (whole < 10)`.execute(ctx.db)

  await assert.rejects(copyInto(ctx, 'copied', { whole: 'int4' }, [[1], [20]]), { code: '23514' })
}))

test('times of any age arrive to the millisecond', inCity(async (ctx) => {
  await makeTable.execute(ctx.db)
  const times = ['0001-01-01T00:00:00.000Z', '1969-07-20T20:17:40.123Z', '2026-11-21T20:30:00.001Z', '9999-12-31T23:59:59.999Z']

  await copyInto(ctx, 'copied', { at: 'timestamptz' }, times.map((at) => [at]))

  const { rows } = await sql<{ ms: string }>`select (extract(epoch from at) * 1000)::bigint::text as ms from copied order by at`.execute(ctx.db)
  assert.deepEqual(rows.map(({ ms }) => Number(ms)), times.map((at) => Date.parse(at)))
}))

for (const [type, value] of [['timestamptz', 'no time'], ['timestamptz', 1.5], ['int8', 1.5], ['int8', Number.NaN]] as const) {
  test(`${value} is no ${type}`, inCity(async (ctx) => {
    await makeTable.execute(ctx.db)
    await assert.rejects(copyInto(ctx, 'copied', { [type === 'int8' ? 'long' : 'at']: type }, [[value]]), RangeError)
  }))
}
