// What devices send, read: JSON of one or many readings, or lines of text. Nothing here reads a clock or a database.

import type { Reason } from './gate.ts'

/** One reading as it was named. */
export interface Item {
  readonly device: string
  readonly metric: string
  readonly value: number
  /** Milliseconds; left out: when it came. */
  readonly at?: number | undefined
}

/** A piece that could not be read, as it came. */
export interface Broken {
  readonly damaged: string
  readonly device: string
  /** Where it is sound but was refused before it was read. */
  readonly reason?: Reason
}

export type Piece = Item | Broken

/** Pieces of one message at most; what follows is one damaged piece. */
export const PIECES_AT_MOST = 5_000
/** Of a payload so much is kept in the quarantine. */
export const PAYLOAD_KEPT = 2_000
const NAME_AT_MOST = 64
/** No date is later. */
const LAST_MOMENT = 8.64e15

export const cut = (text: string, most: number): string => {
  // Half of a pair of surrogates, and the null letter, cannot be stored.
  const clean = text.replaceAll('\0', '\u{fffd}').toWellFormed()
  return clean.length > most ? clean.slice(0, most).toWellFormed() : clean
}

const broken = (text: string, device: string): Broken => ({ damaged: cut(text, PAYLOAD_KEPT), device: cut(device, NAME_AT_MOST) })
const isName = (value: unknown): value is string => typeof value === 'string' && value !== '' && value.length <= NAME_AT_MOST && !value.includes('\0')

/** Seconds since 1970 are told from milliseconds by their size; a text is ISO 8601 with its offset. */
function momentOf(value: unknown): number | undefined {
  if (typeof value === 'number') {
    const at = Math.round(Math.abs(value) < 1e11 ? value * 1000 : value)
    return Math.abs(at) <= LAST_MOMENT ? at : undefined
  }
  if (typeof value !== 'string' || value.length > 40) return undefined
  if (/^\d{9,14}(\.\d+)?$/.test(value)) return momentOf(Number(value))
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/.test(value)) return undefined
  const at = Date.parse(value)
  return Number.isNaN(at) ? undefined : at
}

interface Named {
  readonly device?: string | undefined
  readonly metric?: string | undefined
}

/**
 * JSON: `{"device", "metric", "at", "value"}`; `{"device", "at", "values": {metric: value}}`; a list of these; or a bare number
 * where device and metric are named beside it, as by a topic.
 */
export function readJson(text: string, beside: Named = {}): Piece[] {
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    return [broken(text, beside.device ?? '')]
  }
  const list = Array.isArray(body) ? body : [body]
  if (list.length === 0) return [broken(text, beside.device ?? '')]
  const pieces: Piece[] = []
  for (const one of list) {
    if (pieces.length >= PIECES_AT_MOST) {
      pieces.push(broken(`… ${list.length} entries, of which ${PIECES_AT_MOST} readings are taken at once`, beside.device ?? ''))
      break
    }
    readOne(one, beside, pieces)
  }
  return pieces
}

function readOne(one: unknown, beside: Named, into: Piece[]): void {
  if (typeof one === 'number' && beside.device !== undefined && beside.metric !== undefined) {
    into.push({ device: beside.device, metric: beside.metric, value: one })
    return
  }
  const refuse = (device: unknown) => void into.push(broken(JSON.stringify(one) ?? '', typeof device === 'string' ? device : (beside.device ?? '')))
  if (typeof one !== 'object' || one === null || Array.isArray(one)) return refuse(undefined)
  const { device = beside.device, metric = beside.metric, at: when, value, values } = one as Record<string, unknown>
  const at = when === undefined || when === null ? undefined : momentOf(when)
  if (!isName(device) || (at === undefined && when !== undefined && when !== null)) return refuse(device)
  if (values === undefined) {
    if (!isName(metric) || typeof value !== 'number') return refuse(device)
    into.push({ device, metric, value, at })
    return
  }
  if (typeof values !== 'object' || values === null || Array.isArray(values)) return refuse(device)
  for (const [name, number] of Object.entries(values)) {
    if (isName(name) && typeof number === 'number') into.push({ device, metric: name, value: number, at })
    else into.push(broken(JSON.stringify({ device, metric: name, at: when, value: number }), device))
  }
}

/** Lines of `device,metric,at,value`; an empty time is when it came, an empty line is none. */
export function readLines(text: string): Piece[] {
  const pieces: Piece[] = []
  const lines = text.split('\n')
  for (const [index, whole] of lines.entries()) {
    const line = whole.trim()
    if (line === '') continue
    if (pieces.length >= PIECES_AT_MOST) {
      pieces.push(broken(`… ${lines.length - index} lines, ${PIECES_AT_MOST} are taken at once`, ''))
      break
    }
    const [device, metric, when, number, more] = line.split(',').map((part) => part.trim())
    const at = when === '' ? undefined : momentOf(when)
    const sound = isName(device) && isName(metric) && (when === '' || at !== undefined) && /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(number ?? '') && more === undefined
    pieces.push(sound ? { device, metric, value: Number(number), at } : broken(line, device ?? ''))
  }
  return pieces.length > 0 ? pieces : [broken(text, '')]
}
