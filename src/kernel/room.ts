import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Readable } from 'node:stream'
import type { Endpoint, EndpointShape, Words } from './contract.ts'
import type { Context, House, Scope } from './context.ts'
import type { Problem } from './problem.ts'

/**
 * How a table grows: with the city (`sharded` by its home district), hardly (`reference`), as machinery of this deployment (`local`),
 * or with time (`telemetry`): partitions of a day, rows spread by what sent them.
 */
export type TableKind = 'sharded' | 'reference' | 'local' | 'telemetry'

/** What a room offers the house; `app.ts` reads it. */
export interface Room {
  readonly name: string
  readonly title: Words
  readonly permits?: Readonly<Record<string, Words>>
  readonly tables?: Readonly<Record<string, TableKind>>
  /** Folder of numbered `.sql` files: `new URL('./migrations/', import.meta.url)`. */
  readonly migrations?: URL
  readonly routes?: readonly Route[]
  readonly listeners?: readonly Listener[]
  readonly streams?: readonly Stream[]
  readonly jobs?: readonly Job[]
  readonly services?: readonly Service[]
  readonly pack?: readonly PackFile[]
  readonly checks?: readonly Check[]
}

// ── Routes

export interface StoredFile {
  readonly sha256: string
  readonly name: string
  readonly type: string
  readonly bytes: number
  readonly takenAt: Date | null
  readonly position: readonly [number, number] | null
  /** Of a picture: 64 bits in hex that stay nearly the same when it is made smaller, packed anew or lit a little differently. */
  readonly print?: string | null
}

export interface Input<P, Q, B> {
  readonly params: P
  readonly query: Q
  readonly body: B
  /** Files of a `takes: 'files'` request, already stored and checked. */
  readonly files: readonly StoredFile[]
  readonly language: 'zh' | 'en'
  readonly raw: { request: FastifyRequest; reply: FastifyReply }
}

/** The answer of an endpoint that `gives: 'raw'`. */
export interface RawReply {
  readonly status?: number
  readonly type: string
  readonly body: string | Uint8Array | Readable
  readonly headers?: Readonly<Record<string, string>>
}

export interface Route {
  readonly endpoint: EndpointShape
  // oxlint-disable-next-line no-explicit-any
  readonly handle: (ctx: Context, input: Input<any, any, any>) => Promise<unknown> | unknown
  /** How an open standard says no, where that is not `application/problem+json`; also for what never reaches `handle`. */
  readonly refuse?: (problem: Problem, request: FastifyRequest) => RawReply
}

/** Joins an endpoint to the verb that answers it. A write runs in one transaction and its reply leaves after the commit; a read runs outside one. */
export function answer<P, Q, B, R>(
  endpoint: Endpoint<P, Q, B, R>,
  handle: (ctx: Context, input: Input<P, Q, B>) => Promise<R> | R,
): Route {
  return { endpoint, handle }
}

/** As `answer`, for an endpoint that `gives: 'raw'`. */
export function serve<P, Q, B, R>(
  endpoint: Endpoint<P, Q, B, R>,
  handle: (ctx: Context, input: Input<P, Q, B>) => Promise<RawReply> | RawReply,
  refuse?: Route['refuse'],
): Route {
  return { endpoint, handle, ...(refuse && { refuse }) }
}

// ── Events

export interface EventType<B = unknown> {
  readonly name: string
  readonly types?: B
}

/** Declares an event once: `export const caseStepped = event<CaseStepped>('cases.stepped')`. */
export const event = <B>(name: string): EventType<B> => ({ name })

export interface Heard<B = unknown> {
  /** Where it stands in the log: comparable as text, the `Last-Event-ID` of streams. */
  readonly position: string
  readonly name: string
  readonly district: string
  readonly at: Date
  readonly body: B
}

/** Hears events after their transactions commit, in order, at least once; the position is stored in the transaction of `hear`. */
export interface Listener {
  readonly name: string
  readonly hears: readonly string[]
  readonly batch: number
  // oxlint-disable-next-line no-explicit-any
  readonly hear: (ctx: Context, events: Heard<any>[]) => Promise<void>
}

/** A listener to one event, called for each. */
export const on = <B>(type: EventType<B>, name: string, hear: (ctx: Context, body: B, heard: Heard<B>) => Promise<void>): Listener => ({
  name,
  hears: [type.name],
  batch: 100,
  hear: async (ctx, events) => {
    for (const heard of events) await hear(ctx, heard.body, heard)
  },
})

/** A listener to several events, called with batches of them in the order of the log. */
export const onBatch = (types: readonly EventType[], name: string, batch: number, hear: Listener['hear']): Listener => ({
  name,
  hears: types.map((type) => type.name),
  batch,
  hear,
})

/** Shows an event to the live screens of those who may see it. */
export interface Stream {
  readonly hears: string
  readonly permit: string
  // oxlint-disable-next-line no-explicit-any
  readonly place: (heard: Heard<any>) => Partial<Scope>
  /** What the browser gets: no personal data, no more than it needs to know what to fetch again. */
  // oxlint-disable-next-line no-explicit-any
  readonly show: (heard: Heard<any>) => unknown
  /** The accounts that it is meant for; left out: all who hold the permit there. */
  // oxlint-disable-next-line no-explicit-any
  readonly to?: (heard: Heard<any>) => readonly string[]
}

export const stream = <B>(
  type: EventType<B>,
  rest: { permit: string; place: (heard: Heard<B>) => Partial<Scope>; show: (heard: Heard<B>) => unknown; to?: (heard: Heard<B>) => readonly string[] },
): Stream => ({ hears: type.name, ...rest })

// ── Jobs

/** Background work on `graphile-worker`. `every`: seconds between the end of one run and the start of the next, on one node of many. */
export interface Job {
  readonly name: string
  readonly every?: number
  /** Each statement is committed by itself, not all together: for long work that others watch, or that sends what cannot be called back. */
  readonly piecewise?: boolean
  // oxlint-disable-next-line no-explicit-any
  readonly run: (ctx: Context, payload: any) => Promise<void>
}

// ── Services

/** What listens or works beside HTTP as long as the program runs: a broker, a port of vehicles, a buffer to be emptied at the end. */
export interface Service {
  readonly name: string
  /** Begun when listeners already hear; stopped before anything else is. */
  readonly start: (house: House) => Promise<Running> | Running
}

/** Something that runs until it is stopped. */
export interface Running {
  stop(): Promise<void>
}

// ── City packs

export interface PackColumn {
  readonly type: 'text' | 'code' | 'integer' | 'number' | 'boolean' | 'date' | 'moment' | 'longitude' | 'latitude'
  readonly required?: boolean
  readonly maxLength?: number
  readonly pattern?: RegExp
  readonly oneOf?: readonly string[]
  /** `units.csv:code`: the value must stand in that column of that file. */
  readonly refers?: string
  readonly means: Words
}

/** Where a fault stands and why: `row` counts the rows of the file from 1, as they came. */
export interface PackFault {
  readonly row: number
  readonly column: string
  readonly reason: Words
}

/** The rows of the other files, by file name; those of large files are left out. */
export type PackRows = ReadonlyMap<string, readonly unknown[]>

/**
 * One file of a city pack. CSV has `columns`; GeoJSON has them as properties, with `geometry` beside them in the row; a JSON file is
 * one row, its whole document. An absent optional file has no rows.
 */
// oxlint-disable-next-line no-explicit-any
export interface PackFile<Row = any> {
  readonly file: string
  readonly format: 'csv' | 'geojson' | 'json'
  readonly means: Words
  readonly optional?: boolean
  readonly columns?: Readonly<Record<string, PackColumn>>
  readonly geometry?: 'Point' | 'Polygon' | 'any'
  /** Columns that together must be unique. */
  readonly key?: readonly string[]
  /** Rows that stand without being in the file, such as a shipped catalogue that `city.json` asks for; others may refer to them. */
  readonly given?: (pack: PackRows) => readonly Row[]
  /** Rules over all rows that a column alone cannot say. Only for files that are held whole. */
  readonly check?: (rows: readonly Row[], pack: PackRows) => readonly PackFault[]
  /** Rules of one row; made once, when all files that are held have been read. */
  readonly checkEach?: (pack: PackRows) => (row: Row) => readonly Omit<PackFault, 'row'>[]
  /** Writes all rows, the given ones among them, replacing those of the same key; in the transaction of the whole load. */
  readonly load?: (ctx: Context, rows: readonly Row[]) => Promise<void>
  /** In place of `load` for a file too large to hold: its rows pass by once for the check and once here. */
  readonly loadEach?: (ctx: Context, rows: AsyncIterable<Row>) => Promise<void>
  /** All rows as they stand, for `chengyun city export`. */
  readonly export: (ctx: Context) => AsyncIterable<Row>
}

// ── Proof

/** One proof of `chengyun verify`: yields a sentence for each thing that differs; none means it holds. */
export interface Check {
  readonly name: string
  readonly proves: Words
  readonly run: (ctx: Context) => AsyncIterable<string>
}
