// A sheet as a stream: rows are asked for as fast as the reader takes them, and none is held.

import { PassThrough, Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import { DAY_MS, offsetMs } from '../calendar/index.ts'
import { fixedParts, sheetFoot, sheetHead, STYLE } from './parts.ts'
import { columnName, escaped } from './xml.ts'

export type SheetValue = string | number | Date | null | undefined

export interface SheetColumn {
  readonly title: string
  /** `text` keeps leading zeros; `moment` and `date` are shown on the city's wall clock. */
  readonly kind: 'text' | 'number' | 'moment' | 'date'
  /** In characters. */
  readonly width?: number
}

/** A sheet holds 1,048,576 rows; what is exported at once is bounded well below. */
export const MOST_ROWS = 100_000
const CELL_MOST = 32_767
const CHUNK = 64 * 1024
/** Days from the first of 1900, as sheets count them, to 1970. */
const EPOCH_DAYS = 25_569

/** A workbook of one sheet with a head that stays in sight; errors of `rows` end the stream. */
export function writeSheet(sheet: { name: string; columns: readonly SheetColumn[]; zone: string }, rows: AsyncIterable<readonly SheetValue[]>): Readable {
  const zip = new ZipFile()
  const out = new PassThrough()
  for (const [path, body] of fixedParts(sheet.name)) zip.addBuffer(Buffer.from(body), path)
  const data = Readable.from(chunked(linesOf(sheet.columns, sheet.zone, rows)))
  const fail = (error: Error) => void out.destroy(error)
  data.on('error', fail)
  zip.on('error', fail)
  // Whoever goes away before the end leaves nothing running.
  out.on('close', () => data.destroy())
  zip.addReadStream(data, 'xl/worksheets/sheet1.xml')
  zip.outputStream.pipe(out)
  zip.end()
  return out
}

async function* linesOf(columns: readonly SheetColumn[], zone: string, rows: AsyncIterable<readonly SheetValue[]>): AsyncGenerator<string> {
  const names = columns.map((_, i) => columnName(i))
  yield sheetHead(columns.map(({ width = 16 }) => width))
  yield `<row r="1">${columns.map(({ title }, i) => textCell(`${names[i]}1`, title, STYLE.head)).join('')}</row>`
  let line = 1
  for await (const row of rows) {
    line++
    yield `<row r="${line}">${columns.map((column, i) => cellOf(`${names[i]}${line}`, column, row[i], zone)).join('')}</row>`
    if (line > MOST_ROWS) break
  }
  yield sheetFoot(`${names.at(-1)}${line}`)
}

function cellOf(at: string, { kind }: SheetColumn, value: SheetValue, zone: string): string {
  if (value === null || value === undefined || value === '') return ''
  if (kind === 'number') return `<c r="${at}"><v>${Number(value)}</v></c>`
  if (kind === 'text') return textCell(at, String(value), STYLE.text)
  const moment = +new Date(value)
  return `<c r="${at}" s="${STYLE[kind]}"><v>${EPOCH_DAYS + (moment + offsetMs(moment, zone)) / DAY_MS}</v></c>`
}

// Inline: a table of all strings would have to be held until the end. Never a formula, whatever it begins with.
const textCell = (at: string, text: string, style: number): string =>
  `<c r="${at}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(text.slice(0, CELL_MOST))}</t></is></c>`

async function* chunked(lines: AsyncIterable<string>): AsyncGenerator<Buffer> {
  let held = ''
  for await (const line of lines) {
    held += line
    if (held.length < CHUNK) continue
    yield Buffer.from(held)
    held = ''
  }
  if (held) yield Buffer.from(held)
}
