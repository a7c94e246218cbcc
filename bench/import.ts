// Past cases through the importer, against plain binary COPY of the very rows it wrote, into the same tables with the same indexes.

import { createReadStream, createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { createGunzip } from 'node:zlib'
import { parse } from 'csv-parse'
import { stringify } from 'csv-stringify'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { rooms } from '../src/app.ts'
import { importCases } from '../src/cases/index.ts'
import { readConfig } from '../src/config.ts'
import { createKernel, loadPack, systemActor } from '../src/kernel/index.ts'
import { dropFolder, emptyFolder } from '../trials/program.ts'
import { round, type Finding } from './measure.ts'
import { bareClient } from './record.ts'

const boston = fileURLToPath(new URL('../examples/boston/', import.meta.url))
const TIMES = 10
const TABLES = ['case_file', 'case_step', 'case_search', 'case_origin']

export async function measureImport(): Promise<Finding> {
  const folder = await emptyFolder()
  const kernel = await createKernel({ ...readConfig({ ...process.env, CHENGYUN_DATA: folder }), say: () => {} }, rooms)
  try {
    const files = rooms.flatMap((room) => room.pack ?? [])
    await kernel.transact({ actor: systemActor }, (ctx) => loadPack(ctx, join(boston, 'pack'), files))
    const file = join(folder, 'requests.csv')
    await writeManyRequests(file)

    const startedAt = performance.now()
    const { taken, refused } = await importCases(kernel, { file, mapping: join(boston, 'mapping.json') })
    const perSecond = taken / ((performance.now() - startedAt) / 1000)

    const { seconds, rows } = await copyAgain(kernel.url, folder)
    const floorPerSecond = taken / seconds
    return {
      what: 'import of history, against binary COPY of the same rows',
      goal: '>= 0.25 of the floor',
      figure: `${Math.round(perSecond).toLocaleString('en')} against ${Math.round(floorPerSecond).toLocaleString('en')} cases/s`,
      ratio: round(perSecond / floorPerSecond),
      met: perSecond / floorPerSecond >= 0.25,
      detail: { casesPerSecond: Math.round(perSecond), floorPerSecond: Math.round(floorPerSecond), cases: taken, refused, rowsOfAllTables: rows },
    }
  } finally {
    await kernel.stop()
    await dropFolder(folder)
  }
}

/** The shipped requests of Boston several times over, each time with other numbers. */
async function writeManyRequests(file: string): Promise<void> {
  const source = createReadStream(join(boston, 'boston-311-2011H2-5000.csv.gz')).pipe(createGunzip()).pipe(parse({ columns: true }))
  await pipeline(
    source,
    async function* (records: AsyncIterable<Record<string, string>>) {
      for await (const record of records) {
        for (let i = 0; i < TIMES; i++) yield { ...record, case_enquiry_id: `${record.case_enquiry_id}-${i}` }
      }
    },
    stringify({ header: true }),
    createWriteStream(file),
  )
}

/** Takes the rows out, empties the tables, and copies them in again: only the copying in is timed. */
async function copyAgain(url: string, folder: string): Promise<{ seconds: number; rows: number }> {
  const client = await bareClient(url)
  const listOf = async (table: string) => {
    const { rows } = await client.query(
      `select string_agg(quote_ident(column_name), ', ' order by ordinal_position) as list from information_schema.columns
        where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER'`,
      [table],
    )
    return rows[0].list as string
  }
  const lists = new Map<string, string>()
  let rows = 0
  for (const table of TABLES) {
    lists.set(table, await listOf(table))
    rows += (await client.query(`select count(*)::int as n from ${table}`)).rows[0].n
    await pipeline(client.query(copyTo(`copy (select ${lists.get(table)} from ${table}) to stdout binary`)), createWriteStream(join(folder, table)))
  }
  await client.query(`truncate ${TABLES.join(', ')}`)
  const startedAt = performance.now()
  for (const table of TABLES) {
    await pipeline(createReadStream(join(folder, table)), client.query(copyFrom(`copy ${table} (${lists.get(table)}) from stdin binary`)))
  }
  const seconds = (performance.now() - startedAt) / 1000
  await client.end()
  return { seconds, rows }
}
