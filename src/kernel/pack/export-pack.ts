import { createWriteStream, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { stringify } from 'csv-stringify'
import type { Context } from '../context.ts'
import type { PackFile } from '../room.ts'
import { folderNotEmpty } from './problems.ts'
import type { Row } from './read-file.ts'

/** Writes the city as it stands into an empty folder; what comes out checks clean and loads to the same rows. */
export async function exportPack(ctx: Context, folder: string, files: readonly PackFile[]): Promise<Readonly<Record<string, number>>> {
  if (existsSync(folder) && readdirSync(folder).length > 0) throw folderNotEmpty({ folder })
  mkdirSync(folder, { recursive: true })

  const counts: Record<string, number> = {}
  for (const file of files) {
    const counted = counting(file.export(ctx) as AsyncIterable<Row>)
    const first = await counted.rows.next()
    // An optional file without rows is left out, as a pack made by hand would.
    if (first.done && file.optional) continue
    await write(join(folder, file.file), file, andThen(first, counted.rows))
    counts[file.file] = counted.count()
  }
  return counts
}

function counting(rows: AsyncIterable<Row>) {
  let count = 0
  const pass = async function* () {
    for await (const row of rows) {
      count++
      yield row
    }
  }
  return { rows: pass(), count: () => count }
}

async function* andThen(first: IteratorResult<Row>, rest: AsyncGenerator<Row>): AsyncGenerator<Row> {
  if (first.done) return
  yield first.value
  yield* rest
}

async function write(path: string, file: PackFile, rows: AsyncGenerator<Row>): Promise<void> {
  const sink = createWriteStream(path)
  if (file.format === 'csv') {
    const columns = Object.keys(file.columns ?? {})
    const cast = { boolean: String }
    await pipeline(Readable.from(rows), stringify({ header: true, columns, cast }), sink)
    return
  }
  await pipeline(Readable.from(file.format === 'geojson' ? features(rows) : documents(rows)), sink)
}

/** A feature a line, so that two exports can be compared. */
async function* features(rows: AsyncGenerator<Row>): AsyncGenerator<string> {
  let before = '{"type":"FeatureCollection","features":[\n'
  for await (const { geometry, ...properties } of rows) {
    yield `${before}${JSON.stringify({ type: 'Feature', properties, geometry })}`
    before = ',\n'
  }
  yield before.startsWith('{') ? `${before}]}\n` : '\n]}\n'
}

async function* documents(rows: AsyncGenerator<Row>): AsyncGenerator<string> {
  for await (const row of rows) yield `${JSON.stringify(row, null, 2)}\n`
}
