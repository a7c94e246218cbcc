// The binary format of COPY. Nothing here reads a database.

/** Types that `copyInto` can write; `[]` for arrays of those in `ELEMENTS`. */
export type CopyType = keyof typeof WRITERS

export type CopyColumns = Readonly<Record<string, CopyType>>

/** A row: its values in the order of the columns, or under the columns' names in camelCase. */
export type CopyRow = readonly unknown[] | Readonly<Record<string, unknown>>

const HEADER = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1')
const CHUNK = 1 << 18
const EPOCH_MS = Date.UTC(2000, 0, 1)
const DAY_MS = 86_400_000

/** Bytes that grow as they are written, and leave in pieces. */
class Out {
  bytes = Buffer.allocUnsafe(CHUNK * 2)
  length = 0

  room(more: number): void {
    if (this.length + more <= this.bytes.length) return
    const wider = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, this.length + more))
    this.bytes.copy(wider, 0, 0, this.length)
    this.bytes = wider
  }

  int16(value: number): void {
    this.room(2)
    this.length = this.bytes.writeInt16BE(value, this.length)
  }

  int32(value: number): void {
    this.room(4)
    this.length = this.bytes.writeInt32BE(value, this.length)
  }

  int64(value: number | bigint): void {
    this.room(8)
    // What is no whole number is refused by BigInt.
    if (typeof value === 'bigint' || !Number.isSafeInteger(value)) {
      this.length = this.bytes.writeBigInt64BE(BigInt(value), this.length)
      return
    }
    const high = Math.floor(value / 2 ** 32)
    this.bytes.writeInt32BE(high, this.length)
    this.length = this.bytes.writeUInt32BE(value - high * 2 ** 32, this.length + 4)
  }

  float8(value: number): void {
    this.room(8)
    this.length = this.bytes.writeDoubleBE(value, this.length)
  }

  byte(value: number): void {
    this.room(1)
    this.bytes[this.length++] = value
  }

  /** Text without its length; the answer is the number of bytes. */
  text(value: string): number {
    this.room(value.length * 3)
    const written = this.bytes.write(value, this.length, 'utf8')
    this.length += written
    return written
  }

  raw(value: Uint8Array): void {
    this.room(value.length)
    this.bytes.set(value, this.length)
    this.length += value.length
  }

  /** Writes a length before what `body` writes. */
  sized(body: () => void): void {
    const at = this.length
    this.int32(0)
    body()
    this.bytes.writeInt32BE(this.length - at - 4, at)
  }

  take(): Buffer {
    const piece = this.bytes.subarray(0, this.length)
    this.bytes = Buffer.allocUnsafe(CHUNK * 2)
    this.length = 0
    return piece
  }
}

type Write = (out: Out, value: never) => void

function text(out: Out, value: unknown): void {
  const at = out.length
  out.int32(0)
  const written = out.text(String(value))
  out.bytes.writeInt32BE(written, at)
}

function array(oid: number, write: Write): Write {
  return (out, value: readonly unknown[]) =>
    out.sized(() => {
      out.int32(value.length === 0 ? 0 : 1)
      out.int32(value.includes(null) ? 1 : 0)
      out.int32(oid)
      if (value.length === 0) return
      out.int32(value.length)
      out.int32(1)
      for (const item of value) field(out, write, item)
    })
}

const int4: Write = (out, value: number) => {
  out.int32(4)
  out.int32(value)
}

const int8: Write = (out, value: number | bigint) => {
  out.int32(8)
  out.int64(value)
}

const float8: Write = (out, value: number) => {
  out.int32(8)
  out.float8(value)
}

const uuid: Write = (out, value: string) => {
  out.int32(16)
  out.raw(Buffer.from(value.replaceAll('-', ''), 'hex'))
}

const WRITERS = {
  text,
  int2: (out: Out, value: number) => {
    out.int32(2)
    out.int16(value)
  },
  int4,
  int8,
  float8,
  uuid,
  bool: (out: Out, value: boolean) => {
    out.int32(1)
    out.byte(value ? 1 : 0)
  },
  timestamptz: (out: Out, value: Date | string | number) => {
    out.int32(8)
    const ms = (typeof value === 'number' ? value : new Date(value).getTime()) - EPOCH_MS
    out.int64(Number.isSafeInteger(ms * 1000) && Number.isInteger(ms) ? ms * 1000 : BigInt(ms) * 1000n)
  },
  /** 'YYYY-MM-DD'. */
  date: (out: Out, value: string) => {
    out.int32(4)
    out.int32((Date.parse(`${value.slice(0, 10)}T00:00:00Z`) - EPOCH_MS) / DAY_MS)
  },
  jsonb: (out: Out, value: unknown) =>
    out.sized(() => {
      out.byte(1)
      out.text(JSON.stringify(value))
    }),
  bytea: (out: Out, value: Uint8Array) => {
    out.int32(value.length)
    out.raw(value)
  },
  /** `[x, y]` or `{ x, y }`. */
  point: (out: Out, value: readonly [number, number] | { x: number; y: number }) => {
    const [x, y] = 'x' in value ? [value.x, value.y] : value
    out.int32(16)
    out.float8(x)
    out.float8(y)
  },
  /** Lexemes without positions. */
  tsvector: (out: Out, value: readonly string[]) =>
    out.sized(() => {
      const lexemes = [...new Set(value)]
      out.int32(lexemes.length)
      for (const lexeme of lexemes) {
        out.text(lexeme)
        out.byte(0)
        out.int16(0)
      }
    }),
  'text[]': array(25, text),
  'int4[]': array(23, int4),
  'int8[]': array(20, int8),
  'float8[]': array(701, float8),
  'uuid[]': array(2950, uuid),
} as const satisfies Record<string, Write>

function field(out: Out, write: Write, value: unknown): void {
  if (value === null || value === undefined) return out.int32(-1)
  write(out, value as never)
}

const camel = (name: string) => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())

/** The rows as pieces of a binary COPY. */
export async function* encode(columns: CopyColumns, rows: Iterable<CopyRow> | AsyncIterable<CopyRow>): AsyncGenerator<Buffer, number> {
  const names = Object.keys(columns)
  const keys = names.map(camel)
  const writers = Object.values(columns).map((type) => WRITERS[type] as Write)
  const out = new Out()
  let count = 0
  out.raw(HEADER)

  const add = (row: CopyRow) => {
    out.int16(writers.length)
    if (Array.isArray(row)) {
      for (let i = 0; i < writers.length; i++) field(out, writers[i]!, row[i])
    } else {
      const byName = row as Readonly<Record<string, unknown>>
      for (let i = 0; i < writers.length; i++) field(out, writers[i]!, byName[keys[i]!])
    }
    count++
  }

  // A loop that awaits each row costs more than the encoding, so only a source that must be awaited is.
  if (Symbol.iterator in rows) {
    for (const row of rows) {
      add(row)
      if (out.length >= CHUNK) yield out.take()
    }
  } else {
    for await (const row of rows) {
      add(row)
      if (out.length >= CHUNK) yield out.take()
    }
  }
  out.int16(-1)
  yield out.take()
  return count
}
