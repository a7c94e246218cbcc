// The file's own figures, counted straight from its rows and by nothing of the program.

import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { parse } from 'csv-parse'

export const COLUMNS = ['opened', 'closed', 'open', 'inTime', 'overdue', 'unjudged'] as const
export type Column = (typeof COLUMNS)[number]
export type Cell = Record<Column, number>

export interface Unjudged {
  readonly key: string
  readonly department: string
  readonly opened: string
  readonly target: string
  readonly closed: string
}

export interface FileFigures {
  readonly rows: number
  /** `department month`, by the month in which the request was opened. */
  readonly byOpening: Map<string, Cell>
  /** `department month` -> closed in that month. */
  readonly byClosing: Map<string, number>
  /** Rows whose column `ontime` is empty: the file itself does not say. */
  readonly unjudged: Unjudged[]
}

const none = (): Cell => ({ opened: 0, closed: 0, open: 0, inTime: 0, overdue: 0, unjudged: 0 })

export async function readFileFigures(file: string): Promise<FileFigures> {
  const figures: FileFigures = { rows: 0, byOpening: new Map(), byClosing: new Map(), unjudged: [] }
  const raw = createReadStream(file)
  const text = file.endsWith('.gz') ? raw.pipe(createGunzip()) : raw
  let rows = 0
  for await (const row of text.pipe(parse({ columns: true })) as AsyncIterable<Record<string, string>>) {
    rows++
    add(figures, row)
  }
  return { ...figures, rows }
}

function add({ byOpening, byClosing, unjudged }: FileFigures, row: Record<string, string>): void {
  const { case_enquiry_id: key = '', department = '', open_dt = '', closed_dt = '', target_dt = '', ontime = '' } = row
  const at = `${department} ${open_dt.slice(0, 7)}`
  const cell = byOpening.get(at) ?? none()
  byOpening.set(at, cell)
  cell.opened++
  if (closed_dt === '') cell.open++
  else cell.closed++
  if (ontime === 'ONTIME') cell.inTime++
  else if (ontime === 'OVERDUE') cell.overdue++
  else {
    cell.unjudged++
    unjudged.push({ key, department, opened: open_dt, target: target_dt, closed: closed_dt })
  }
  if (closed_dt === '') return
  const closing = `${department} ${closed_dt.slice(0, 7)}`
  byClosing.set(closing, (byClosing.get(closing) ?? 0) + 1)
}
