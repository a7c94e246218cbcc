// 3.6 million cases: those of the demo city, again and again on earlier days, written by the database itself.

import type pg from 'pg'
import { bareClient } from './record.ts'

const OPEN_COPIES = 60

/** Copies every closed case onto each of many earlier days, and every open one some times beside itself, until there are `cases`. */
export async function growTo(url: string, cases: number, say: (line: string) => void): Promise<number> {
  const client = await bareClient(url)
  try {
    const { n } = (await client.query('select count(*)::int as n from case_file')).rows[0]
    if (n >= cases) return n
    const { closed, most } = (
      await client.query("select count(*) filter (where ended_at is not null)::int as closed, max(right(number, 6)::int)::int as most from case_file")
    ).rows[0]
    const copies = Math.ceil((cases - n) / closed)
    const step = Math.floor(999_999 / (copies + OPEN_COPIES + 2))
    if (most >= step) throw new Error(`numbers of a day go up to ${most}: ${copies} copies of them do not fit into six digits`)

    await withoutIndexes(client, ['case_file', 'case_search'], async () => {
      await copyCases(client, 'ended_at is not null', [1, copies], step, 'k')
      await copyCases(client, 'ended_at is null', [copies + 1, copies + OPEN_COPIES], step, '0')
    })
    say('  cases copied; indexes again')
    await copyTallies(client, copies)
    await client.query('vacuum (analyze) case_file')
    await client.query('vacuum (analyze) case_search')
    await client.query('vacuum (analyze) case_tally')
    return (await client.query('select count(*)::int as n from case_file')).rows[0].n
  } finally {
    await client.end()
  }
}

const columnsOf = async (client: pg.Client, table: string) =>
  (
    await client.query(
      `select column_name as name, data_type as type from information_schema.columns
        where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER' order by ordinal_position`,
      [table],
    )
  ).rows as { name: string; type: string }[]

async function copyCases(client: pg.Client, which: string, [from, to]: readonly [number, number], step: number, days: string): Promise<void> {
  const columns = await columnsOf(client, 'case_file')
  const number = `left(c.number, 6) || to_char(to_date(substr(c.number, 7, 8), 'YYYYMMDD') - (${days})::int, 'YYYYMMDD')
                  || lpad((k * ${step} + right(c.number, 6)::int)::text, 6, '0')`
  const value = ({ name, type }: { name: string; type: string }) => {
    if (name === 'number') return number
    return type.startsWith('timestamp') ? `c.${name} - make_interval(days => (${days})::int)` : `c.${name}`
  }
  await client.query(
    `insert into case_file (${columns.map(({ name }) => name).join(', ')})
     select ${columns.map(value).join(', ')} from generate_series(${from}, ${to}) k, case_file c
      where ${which} and right(c.number, 6)::int < ${step}`,
  )
  // The month and the tail of the number stand among the words: both are those of the new number.
  await client.query(
    `insert into case_search (number, district, words)
     select n.number, c.district,
            array_replace(array_replace(s.words, '@' || substr(c.number, 7, 6), '@' || substr(n.number, 7, 6)),
                          '#' || right(c.number, 6), '#' || right(n.number, 6))
       from generate_series(${from}, ${to}) k, case_file c
       join case_search s on s.number = c.number and s.district = c.district,
            lateral (select ${number} as number) n
      where ${which} and right(c.number, 6)::int < ${step}`,
  )
}

/** What the listener would have counted: each day's tallies again on each earlier day, and months and years from the days. */
async function copyTallies(client: pg.Client, copies: number): Promise<void> {
  const columns = await columnsOf(client, 'case_tally')
  const isCounter = ({ type }: { type: string }) => type === 'integer' || type === 'bigint'
  const keys = columns.filter((column) => !isCounter(column) && column.name !== 'start' && column.name !== 'grain').map(({ name }) => name)
  const counters = columns.filter(isCounter)
  const sums = counters.map(({ name, type }) => `sum(${name})::${type === 'bigint' ? 'bigint' : 'integer'} as ${name}`).join(', ')
  const list = [...keys, 'grain', 'start', ...counters.map(({ name }) => name)].join(', ')
  await client.query('begin')
  await client.query(
    `create temp table day_tally on commit drop as
     select ${keys.join(', ')}, (start - k)::date as start, ${sums}
       from case_tally, generate_series(0, ${copies}) k where grain = 'day' group by ${keys.join(', ')}, (start - k)::date`,
  )
  await client.query('delete from case_tally')
  for (const grain of ['day', 'month', 'year']) {
    await client.query(
      `insert into case_tally (${list})
       select ${keys.join(', ')}, '${grain}', date_trunc('${grain}', start)::date, ${sums}
         from day_tally group by ${keys.join(', ')}, date_trunc('${grain}', start)`,
    )
  }
  await client.query('commit')
}

/** Rows are quicker to write in bulk where no index is kept up meanwhile. */
async function withoutIndexes(client: pg.Client, tables: string[], write: () => Promise<void>): Promise<void> {
  const { rows } = await client.query(
    `select i.indexname as name, i.indexdef as made from pg_indexes i
      where i.tablename = any($1) and not exists (select 1 from pg_constraint c where c.conname = i.indexname)`,
    [tables],
  )
  await client.query("set maintenance_work_mem = '1GB'")
  for (const { name } of rows) await client.query(`drop index ${name}`)
  await write()
  for (const { made } of rows) await client.query(made)
}
