// How the fields of JT/T 808 lie in bytes, read and written by the same tables. Big-endian, text in GBK, times BCD in GMT+8.
// A reader that runs out of bytes throws nothing: it turns `short`, gives zeros from there on, and lists end.

import { fromGbk, toGbk } from './gbk.ts'

/** 2011 and 2013 share a header; a message of 2019 carries the version flag. */
export type Version = 2011 | 2013 | 2019

export class Reader {
  readonly bytes: Buffer
  version: Version
  at: number
  readonly end: number
  short = false

  constructor(bytes: Buffer, version: Version, at = 0, end = bytes.length) {
    this.bytes = bytes
    this.version = version
    this.at = at
    this.end = end
  }

  get left(): number {
    return this.end - this.at
  }

  /** Where the next `count` bytes begin; undefined where there are fewer. */
  pass(count: number): number | undefined {
    const { at } = this
    if (count <= this.end - at) {
      this.at = at + count
      return at
    }
    this.short = true
    this.at = this.end
    return undefined
  }

  take(count: number): Buffer {
    const at = this.pass(count)
    return at === undefined ? EMPTY : this.bytes.subarray(at, at + count)
  }

  /** A reader of the next `count` bytes alone. */
  inner(count: number): Reader {
    const at = this.pass(count)
    return at === undefined ? new Reader(EMPTY, this.version) : new Reader(this.bytes, this.version, at, at + count)
  }
}

export class Writer {
  readonly version: Version
  readonly pieces: Buffer[] = []

  constructor(version: Version) {
    this.version = version
  }

  put(piece: Buffer): void {
    this.pieces.push(piece)
  }

  bytes(): Buffer {
    return Buffer.concat(this.pieces)
  }
}

const EMPTY = Buffer.alloc(0)

export interface Field<T> {
  read(from: Reader): T
  write(to: Writer, value: T): void
  /** In a record, there only where this bit of an earlier field is set. */
  readonly onBit?: { readonly of: string; readonly bit: number }
}

export type ValueOf<F> = F extends Field<infer T> ? T : never

// ── Numbers

function whole(size: 1 | 2 | 4): Field<number> {
  return {
    read(from) {
      const at = from.pass(size)
      return at === undefined ? 0 : from.bytes.readUIntBE(at, size)
    },
    write(to, value) {
      const bytes = Buffer.alloc(size)
      bytes.writeUIntBE(value, 0, size)
      to.put(bytes)
    },
  }
}

export const u8 = whole(1)
export const u16 = whole(2)
export const u32 = whole(4)

/** The same field, shown in another way. */
export function shown<A, B>(field: Field<A>, show: (wire: A) => B, wire: (shown: B) => A): Field<B> {
  return { read: (from) => show(field.read(from)), write: (to, value) => field.write(to, wire(value)) }
}

export const tenths = (field: Field<number>): Field<number> => shown(field, (wire) => wire / 10, (value) => Math.round(value * 10))

/** 16 bits of which the highest is the sign and the others the amount. */
export const signed16 = shown(u16, (wire) => (wire & 0x8000 ? 0 - (wire & 0x7fff) : wire), (value) => (value < 0 ? 0x8000 | -value : value))

const hexOf = (value: number, digits: number) => `0x${value.toString(16).padStart(digits, '0')}`

/** The number of a message, such as `0x0200`. */
export const messageId = shown(u16, (wire) => hexOf(wire, 4), Number)
export const parameterId = shown(u32, (wire) => hexOf(wire, 4), Number)

// ── Bytes and text

export const hex = (size: number): Field<string> => ({
  read: (from) => from.take(size).toString('hex'),
  write: (to, value) => to.put(fitted(Buffer.from(value, 'hex'), size)),
})

export const hexRest: Field<string> = {
  read: (from) => from.take(from.left).toString('hex'),
  write: (to, value) => to.put(Buffer.from(value, 'hex')),
}

/** Decimal digits, two in a byte. */
export const bcd = (size: number): Field<string> => ({
  read: (from) => from.take(size).toString('hex'),
  write: (to, value) => to.put(Buffer.from(value.padStart(size * 2, '0').slice(-size * 2), 'hex')),
})

function fitted(bytes: Buffer, size: number): Buffer {
  const whole = Buffer.alloc(size)
  bytes.copy(whole, 0, 0, size)
  return whole
}

/** Text in a field of fixed size, filled up with NUL. */
export const text = (size: number): Field<string> => ({
  read: (from) => fromGbk(from.take(size)),
  write: (to, value) => to.put(fitted(toGbk(value), size)),
})

export const textRest: Field<string> = {
  read: (from) => fromGbk(from.take(from.left)),
  write: (to, value) => to.put(toGbk(value)),
}

/** Text with its length before it. */
export const sizedText = (size: Field<number>): Field<string> => sized(size, textRest)

/** A field with its length before it; what it leaves unread of that length is passed over. */
export function sized<T>(size: Field<number>, field: Field<T>): Field<T> {
  return {
    read(from) {
      const inner = from.inner(size.read(from))
      const value = field.read(inner)
      if (inner.short) from.short = true
      return value
    },
    write(to, value) {
      const inner = new Writer(to.version)
      field.write(inner, value)
      const bytes = inner.bytes()
      size.write(to, bytes.length)
      to.put(bytes)
    },
  }
}

// ── Times

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** YYMMDDhhmmss of GMT+8 as `2026-09-30T16:20:00+08:00`; null where it is no time (most often all zeros: none was set). */
export const time = shown(
  bcd(6),
  (digits): string | null => {
    if (!/^\d{12}$/.test(digits)) return null
    const pair = (at: number) => digits.slice(at, at + 2)
    const [year, month, day] = [Number(pair(0)), Number(pair(2)), Number(pair(4))]
    const real = month >= 1 && month <= 12 && day >= 1 && day <= DAYS[month - 1]! && !(month === 2 && day === 29 && year % 4 !== 0)
    if (!real || pair(6) > '23' || pair(8) > '59' || pair(10) > '59') return null
    return `20${pair(0)}-${pair(2)}-${pair(4)}T${pair(6)}:${pair(8)}:${pair(10)}+08:00`
  },
  (at) => (at === null ? '0'.repeat(12) : new Date(Date.parse(at) + 8 * 3_600_000).toISOString().replaceAll(/\D/g, '').slice(2, 14)),
)

// ── What is made of fields

type Fields = Readonly<Record<string, Field<unknown>>>
type RecordOf<F extends Fields> = { readonly [Name in keyof F]: ValueOf<F[Name]> }

/** Fields one after the other. A field that is absent at the end of a body (see `optional`) is not named. */
export function record<F extends Fields>(fields: F): Field<RecordOf<F>> {
  const list = Object.entries(fields)
  return {
    read(from) {
      const value: Record<string, unknown> = {}
      for (const [name, field] of list) {
        if (field.onBit && !(Number(value[field.onBit.of]) & (1 << field.onBit.bit))) continue
        const found = field.read(from)
        if (found !== undefined) value[name] = found
      }
      return value as RecordOf<F>
    },
    write(to, value) {
      for (const [name, field] of list) field.write(to, (value as Record<string, unknown>)[name])
    },
  }
}

/** A field that a bit of an earlier field of its record brings in. */
export const onBit = <T>(of: string, bit: number, field: Field<T>): Field<T | undefined> => ({
  read: (from) => field.read(from),
  write: (to, value) => value !== undefined && field.write(to, value),
  onBit: { of, bit },
})

/** A field that may be left out where the body ends. */
export const optional = <T>(field: Field<T>): Field<T | undefined> => ({
  read: (from) => (from.left > 0 ? field.read(from) : undefined),
  write: (to, value) => value !== undefined && field.write(to, value),
})

/** A count, and as many items. */
export function list<T>(count: Field<number>, item: Field<T>): Field<readonly T[]> {
  return {
    read(from) {
      const items: T[] = []
      for (let more = count.read(from); more > 0 && !from.short; more--) items.push(item.read(from))
      return items
    },
    write(to, items) {
      count.write(to, items.length)
      for (const one of items) item.write(to, one)
    },
  }
}

/** A count, and as many items or fewer: some terminals count more than they send. */
export const listUpTo = <T>(count: Field<number>, item: Field<T>): Field<readonly T[]> => ({
  read(from) {
    const items: T[] = []
    for (let more = count.read(from); more > 0 && from.left > 0 && !from.short; more--) items.push(item.read(from))
    return items
  },
  write: (to, items) => list(count, item).write(to, items),
})

/** Items until the body ends. */
export function listRest<T>(item: Field<T>): Field<readonly T[]> {
  return {
    read(from) {
      const items: T[] = []
      while (from.left > 0 && !from.short) items.push(item.read(from))
      return items
    },
    write(to, items) {
      for (const one of items) item.write(to, one)
    },
  }
}

export const NOTHING = record({})

/** One layout before 2019 and one since. */
export const since2019 = <A, B>(before: Field<A>, since: Field<B>): Field<A | B> => ({
  read: (from): A | B => (from.version === 2019 ? since.read(from) : before.read(from)),
  write: (to, value) => (to.version === 2019 ? since.write(to, value as B) : before.write(to, value as A)),
})

/** A layout only of 2019: not there before. */
export const only2019 = <T>(field: Field<T>): Field<T | undefined> => ({
  ...(field.onBit && { onBit: field.onBit }),
  read: (from) => (from.version === 2019 ? field.read(from) : undefined),
  write: (to, value) => to.version === 2019 && value !== undefined && field.write(to, value),
})
