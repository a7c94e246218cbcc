import { createReadStream } from 'node:fs'
import { parse } from 'csv-parse'
import type { Words } from '../contract.ts'

/** The file cannot be read on: what stands before is read, what follows is not. */
export class Unreadable extends Error {
  readonly line: number
  readonly words: Words

  constructor(line: number, words: Words) {
    super(words.en)
    this.name = 'Unreadable'
    this.line = line
    this.words = words
  }
}

export interface CsvRecord {
  /** Of the last line of the record, as an editor counts. */
  readonly line: number
  readonly cells: string[]
}

/** Text of a file that must be UTF-8; a byte that is not stops it with a word on what it may be. */
async function* utf8(path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let line = 1
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 }) as AsyncIterable<Buffer>) {
    try {
      const text = decoder.decode(chunk, { stream: true })
      for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) line++
      yield text
    } catch {
      throw notUtf8(chunk, line)
    }
  }
  try {
    decoder.decode()
  } catch {
    throw new Unreadable(line, { zh: '文件在一个字的中间结束', en: 'the file ends in the middle of a letter' })
  }
}

function notUtf8(chunk: Buffer, before: number): Unreadable {
  const sound = new TextDecoder().decode(chunk).split('\ufffd', 1)[0]!
  const line = before + sound.split('\n').length - 1
  try {
    // The chunk may begin or end inside a letter, and so its outermost lines prove nothing.
    new TextDecoder('gb18030', { fatal: true }).decode(chunk.subarray(chunk.indexOf(10) + 1, chunk.lastIndexOf(10) + 1 || undefined))
    return new Unreadable(line, {
      zh: '文件不是 UTF-8 编码，看来是 GBK：请另存为 UTF-8',
      en: 'the file is not UTF-8 but seems to be GBK: save it as UTF-8',
    })
  } catch {
    return new Unreadable(line, { zh: '文件不是 UTF-8 编码', en: 'the file is not UTF-8' })
  }
}

/**
 * Reads a CSV file in batches of records, of which the first is its header: to wait for each of 2 million records alone would take longer
 * than to read them. A byte order mark and CRLF are taken as they come.
 */
export async function* readCsv(path: string): AsyncGenerator<CsvRecord[]> {
  const parser = parse({ bom: true, info: true, relax_column_count: true, skip_empty_lines: true, max_record_size: 1_000_000 })
  let failure: unknown
  let batch: CsvRecord[] = []
  parser.on('error', (error) => (failure ??= error))
  parser.on('data', ({ info, record }: { info: { lines: number }; record: string[] }) => batch.push({ line: info.lines, cells: record }))
  const taken = () => {
    const some = batch
    batch = []
    return some
  }

  for await (const text of utf8(path)) {
    await new Promise<void>((done) => parser.write(text, () => done()))
    if (failure) break
    yield taken()
  }
  if (!failure) await new Promise<void>((done) => parser.once('end', done).once('error', () => done()).end())
  yield taken()
  if (failure) throw readable(failure)
}

function readable(failure: unknown): unknown {
  const { code, lines, message } = failure as { code?: string; lines?: number; message: string }
  if (!code?.startsWith('CSV_') && !code?.startsWith('INVALID_')) return failure
  return new Unreadable(lines ?? 1, { zh: `CSV 格式不对：${CSV_FAULTS[code] ?? message}`, en: `is no sound CSV: ${message}` })
}

const CSV_FAULTS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: '引号没有闭合',
  CSV_INVALID_CLOSING_QUOTE: '引号之后还有文字',
  INVALID_OPENING_QUOTE: '引号不在开头',
  CSV_MAX_RECORD_SIZE: '一行过长',
}

/** The text of a whole file, for JSON and GeoJSON. */
export async function readText(path: string): Promise<string> {
  const parts: string[] = []
  for await (const part of utf8(path)) parts.push(part)
  return parts.join('').replace(/^\ufeff/, '')
}
