// `chengyun cases import`: past cases of another system with their own times. What cannot be taken is told, with its line and reason.

import { createReadStream, createWriteStream, readFileSync } from 'node:fs'
import { finished } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { parse } from 'csv-parse'
import { stringify } from 'csv-stringify/sync'
import { systemActor, type Kernel, type Language } from '../../kernel/index.ts'
import { mappingDamaged } from '../problems.ts'
import { mapper, mappingFaults, type Mapping } from './mapping.ts'
import { beginImport, takeBatch, type Refusal, type SourceRow } from './take-batch.ts'

export interface ImportOptions {
  /** A CSV file with a header, also compressed (.gz). */
  readonly file: string
  /** The mapping file, or the mapping itself. */
  readonly mapping: string | Mapping
  /** Where the rows that cannot be taken are written, as they came, with the reason beside them. */
  readonly refused?: string | undefined
  readonly language?: Language | undefined
  readonly atOnce?: number | undefined
  /** Called after each batch. */
  readonly onProgress?: ((so: ImportResult) => void) | undefined
}

export interface ImportResult {
  rows: number
  taken: number
  /** Taken by an earlier import; nothing of them was changed. */
  repeated: number
  refused: number
  /** The first refusals, for the screen. */
  readonly first: { readonly line: number; readonly reason: string }[]
}

type SourceRecord = Record<string, string>
type Read = { readonly line: number; readonly record: SourceRecord }

const AT_ONCE = 2000
const SHOWN = 20

export async function importCases(kernel: Kernel, options: ImportOptions): Promise<ImportResult> {
  const mapping = typeof options.mapping === 'string' ? readMapping(options.mapping) : options.mapping
  const faults = mappingFaults(mapping)
  if (faults.length > 0) throw mappingDamaged({ count: faults.length }, { faults })

  const toRow = mapper(mapping)
  const run = beginImport(mapping.system)
  const result: ImportResult = { rows: 0, taken: 0, repeated: 0, refused: 0, first: [] }
  const sink = options.refused === undefined ? undefined : refusalFile(options.refused, options.language ?? 'zh')

  const takePiece = async (piece: readonly Read[]) => {
    const rows: SourceRow[] = []
    const refusals: Refusal[] = []
    for (const { line, record } of piece) {
      const mapped = toRow(record)
      if ('row' in mapped) rows.push({ line, row: mapped.row })
      else refusals.push({ line, faults: [mapped] })
    }
    const batch = await kernel.transact({ actor: systemActor }, (ctx) => takeBatch(ctx, run, rows))
    return { piece, ...batch, refused: [...refusals, ...batch.refused].sort((a, b) => a.line - b.line) }
  }

  for await (const { piece, taken, repeated, refused } of twoAtOnce(inPieces(records(options.file), options.atOnce ?? AT_ONCE), takePiece)) {
    result.rows += piece.length
    result.taken += taken
    result.repeated += repeated
    result.refused += refused.length
    const byLine = new Map(piece.map(({ line, record }) => [line, record]))
    for (const refusal of refused) {
      if (result.first.length < SHOWN) result.first.push({ line: refusal.line, reason: sayRefusal(refusal, options.language ?? 'zh') })
      sink?.write(refusal, byLine.get(refusal.line)!)
    }
    options.onProgress?.(result)
  }
  await sink?.end()
  return result
}

/** The next piece is read and looked up here while the database still writes the one before; the answers come in order. */
async function* twoAtOnce<T, R>(pieces: AsyncIterable<T>, take: (piece: T) => Promise<R>): AsyncGenerator<R> {
  let before: Promise<R> | undefined
  for await (const piece of pieces) {
    const now = take(piece)
    // A failure of this one is met when its turn comes, or not at all if the one before has failed.
    now.catch(() => {})
    if (before) yield await before
    before = now
  }
  if (before) yield await before
}

function readMapping(file: string): Mapping {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Mapping
  } catch (error) {
    const why = (error as Error).message
    throw mappingDamaged({ count: 1 }, { faults: [{ at: file, reason: { zh: why, en: why } }] })
  }
}

async function* records(file: string): AsyncGenerator<Read> {
  const raw = createReadStream(file)
  const text = file.endsWith('.gz') ? raw.pipe(createGunzip()) : raw
  const parser = parse({ columns: true, bom: true, info: true, relax_column_count: true, skip_empty_lines: true })
  const fail = (error: Error) => parser.destroy(error)
  raw.on('error', fail)
  text.on('error', fail)
  text.pipe(parser)
  for await (const { record, info } of parser as AsyncIterable<{ record: SourceRecord; info: { lines: number } }>) {
    yield { line: info.lines, record }
  }
}

async function* inPieces<T>(source: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let piece: T[] = []
  for await (const item of source) {
    piece.push(item)
    if (piece.length < size) continue
    yield piece
    piece = []
  }
  if (piece.length > 0) yield piece
}

const sayRefusal = ({ faults }: Refusal, language: Language): string =>
  faults.map(({ column, reason }) => `${column} ${reason[language]}`).join('; ')

/** The refused rows with all their columns, so that they can be mended and imported again. */
function refusalFile(file: string, language: Language) {
  const stream = createWriteStream(file)
  let columns: string[] | undefined
  return {
    write(refusal: Refusal, record: SourceRecord) {
      if (!columns) {
        columns = Object.keys(record)
        stream.write(stringify([['refused_line', 'refused_reason', ...columns]]))
      }
      stream.write(stringify([[refusal.line, sayRefusal(refusal, language), ...columns.map((name) => record[name] ?? '')]]))
    },
    async end() {
      stream.end()
      await finished(stream)
    },
  }
}
