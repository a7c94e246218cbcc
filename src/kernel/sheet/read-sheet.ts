// Reads the first sheet of a workbook row by row. What unfolds to too much is refused before it is read.

import { StringDecoder } from 'node:string_decoder'
import type { Readable } from 'node:stream'
import { SaxesParser } from 'saxes'
import { fromBuffer, type Entry, type ZipFile } from 'yauzl'
import { DAY_MS, offsetMs } from '../calendar/index.ts'
import { notASheet, sheetTooLarge } from './problems.ts'
import { columnIndex } from './xml.ts'

export type Cell = string | number | boolean | Date | null

export interface ReadRow {
  /** As the sheet counts them, from 1. */
  readonly row: number
  readonly cells: readonly Cell[]
}

const MOST_MEGABYTES = 256
const EPOCH_DAYS = 25_569

/** Rows of the first sheet, those that are empty left out. Dates are moments of `zone`. */
export async function* readSheet(bytes: Buffer, zone: string): AsyncGenerator<ReadRow> {
  const { zip, entries } = await open(bytes)
  try {
    const path = [...entries.keys()].filter((name) => /^xl\/worksheets\/[^/]+\.xml$/.test(name)).toSorted(byNumber)[0]
    if (!path) throw notASheet()
    const strings = await stringsOf(zip, entries.get('xl/sharedStrings.xml'))
    const dates = await datesOf(zip, entries.get('xl/styles.xml'))
    yield* rowsOf(await streamOf(zip, entries.get(path)!), strings, dates, zone)
  } finally {
    zip.close()
  }
}

const numberIn = (name: string) => Number(/(\d+)\.xml$/.exec(name)?.[1] ?? 0)
const byNumber = (a: string, b: string) => numberIn(a) - numberIn(b)

/** `parse` throws for what is no XML. */
function guarded<T>(parse: () => T): T {
  try {
    return parse()
  } catch {
    throw notASheet()
  }
}

async function open(bytes: Buffer): Promise<{ zip: ZipFile; entries: Map<string, Entry> }> {
  const zip = await new Promise<ZipFile>((done, fail) =>
    fromBuffer(bytes, { lazyEntries: true }, (error, opened) => (error ? fail(notASheet()) : done(opened))),
  )
  const entries = new Map<string, Entry>()
  let unfolded = 0
  await new Promise<void>((done, fail) => {
    zip.on('entry', (entry: Entry) => {
      unfolded += entry.uncompressedSize
      if (unfolded > MOST_MEGABYTES * 1024 * 1024) return fail(sheetTooLarge({ megabytes: MOST_MEGABYTES }))
      entries.set(entry.fileName, entry)
      zip.readEntry()
    })
    zip.on('end', done)
    zip.on('error', () => fail(notASheet()))
    zip.readEntry()
  })
  return { zip, entries }
}

const streamOf = (zip: ZipFile, entry: Entry): Promise<Readable> =>
  new Promise((done, fail) => zip.openReadStream(entry, (error, stream) => (error ? fail(notASheet()) : done(stream))))

interface Hears {
  readonly open?: (name: string, attributes: Readonly<Record<string, string>>) => void
  readonly text?: (text: string) => void
  readonly close?: (name: string) => void
}

/** Feeds a part of the workbook to `hears`; yields after each piece, so that what was found can be taken. */
async function* parsed(stream: Readable, hears: Hears): AsyncGenerator<void> {
  const parser = new SaxesParser()
  const local = (name: string) => name.slice(name.indexOf(':') + 1)
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }) => hears.open?.(local(name), attributes as Record<string, string>))
  parser.on('text', (text) => hears.text?.(text))
  parser.on('closetag', ({ name }) => hears.close?.(local(name)))
  const decoder = new StringDecoder('utf8')
  const pieces = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  for (;;) {
    const piece = await pieces.next().catch(() => {
      throw notASheet()
    })
    guarded(() => (piece.done ? parser.close() : parser.write(decoder.write(piece.value))))
    yield
    if (piece.done) return
  }
}

async function stringsOf(zip: ZipFile, entry: Entry | undefined): Promise<string[]> {
  const strings: string[] = []
  if (!entry) return strings
  let [now, within] = ['', false]
  const hears: Hears = {
    open: (name) => {
      if (name === 'si') now = ''
      // Readings above the letters (rPh) are no part of the text.
      if (name === 't' || name === 'rPh') within = name === 't'
    },
    text: (text) => void (within && (now += text)),
    close: (name) => {
      if (name === 't') within = false
      if (name === 'si') strings.push(now)
    },
  }
  for await (const _ of parsed(await streamOf(zip, entry), hears)) continue
  return strings
}

/** Which styles show a number as a date. */
async function datesOf(zip: ZipFile, entry: Entry | undefined): Promise<boolean[]> {
  const dates: boolean[] = []
  if (!entry) return dates
  const own = new Map<number, boolean>()
  let within = false
  const hears: Hears = {
    open: (name, attributes) => {
      if (name === 'numFmt') own.set(Number(attributes['numFmtId']), /[ymdh]/i.test(attributes['formatCode']!.replaceAll(/"[^"]*"|\[[^\]]*\]|\\./g, '')))
      if (name === 'cellXfs') within = true
      if (name === 'xf' && within) {
        const format = Number(attributes['numFmtId'] ?? 0)
        dates.push(own.get(format) ?? ((format >= 14 && format <= 22) || (format >= 27 && format <= 36) || (format >= 45 && format <= 47) || (format >= 50 && format <= 58)))
      }
    },
    close: (name) => void (name === 'cellXfs' && (within = false)),
  }
  for await (const _ of parsed(await streamOf(zip, entry), hears)) continue
  return dates
}

async function* rowsOf(stream: Readable, strings: readonly string[], dates: readonly boolean[], zone: string): AsyncGenerator<ReadRow> {
  const found: ReadRow[] = []
  let [row, cells, at, type, style, text, within]: [number, Cell[], number, string, number, string, boolean] = [0, [], 0, 'n', 0, '', false]
  const hears: Hears = {
    open: (name, { r, t, s }) => {
      if (name === 'row') [row, cells] = [Number(r ?? row + 1), []]
      if (name === 'c') [at, type, style, text] = [r ? columnIndex(r) : cells.length, t ?? 'n', Number(s ?? 0), '']
      if (name === 'v' || name === 't') within = true
    },
    text: (more) => void (within && (text += more)),
    close: (name) => {
      if (name === 'v' || name === 't') within = false
      if (name === 'c') {
        while (cells.length < at) cells.push(null)
        cells[at] = valueOf(type, text, strings, dates[style] === true, zone)
      }
      if (name === 'row' && cells.some((cell) => cell !== null && cell !== '')) found.push({ row, cells })
    },
  }
  for await (const _ of parsed(stream, hears)) yield* found.splice(0)
}

function valueOf(type: string, text: string, strings: readonly string[], date: boolean, zone: string): Cell {
  if (type === 's') return strings[Number(text)] ?? null
  if (type === 'b') return text === '1'
  if (type === 'e' || text === '') return type === 'inlineStr' || type === 'str' ? text : null
  if (type !== 'n') return text
  const value = Number(text)
  if (!date) return value
  const wall = Math.round((value - EPOCH_DAYS) * DAY_MS)
  return new Date(wall - offsetMs(wall - offsetMs(wall, zone), zone))
}
