// What crosses the wire, and nothing else: this file and each room's `contract.ts` are read by the server and by the browser.

import { Type, type Static, type TSchema } from 'typebox'

export * from './calendar/index.ts'
export { distanceMetres } from './geometry/metres.ts'
export { Type }
export type { Static, TSchema }

/** A word or sentence in both languages. */
export interface Words {
  readonly zh: string
  readonly en: string
}

export type Language = keyof Words

/** `anyone`: no session needed. `signed-in`: any session. Otherwise the code of a permit that some room declares. */
export type Entry = 'anyone' | 'signed-in' | (string & {})

export interface EndpointShape {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** `:name` is one part of it, `/*` at its end all the rest; both are parameters. */
  readonly path: string
  readonly permit: Entry
  readonly summary: Words
  readonly params?: TSchema
  readonly query?: TSchema
  readonly body?: TSchema
  readonly reply?: TSchema
  /**
   * `files`: a multipart form whose fields are `body` and whose files reach the handler as stored files. `form`: also url-encoded.
   * `text`: JSON or plain text, which reaches the handler as the text that came, sound or not.
   */
  readonly takes?: 'json' | 'files' | 'form' | 'text'
  /** What leaves: `json` by default; `raw` for XML, images, tiles, spreadsheets and streams, which the handler makes itself. */
  readonly gives?: 'json' | 'raw'
  /** A stricter rate limit than the ordinary one, per address and, where known, per account. */
  readonly limit?: 'sign-in' | 'public-write' | 'public-read' | 'device'
  /** A body that may be longer than others, such as a list; for those who hold the permit alone. */
  readonly mostBytes?: number
  /** A write that may be repeated without harm and so takes no Idempotency-Key, such as a position or a sign-out. */
  readonly repeatable?: boolean
  /** A write whose verb commits by itself, together with those of others: it is called outside of a transaction. */
  readonly commits?: boolean
}

export type Endpoint<P = unknown, Q = unknown, B = unknown, R = unknown> = EndpointShape & {
  /** Never set: carries the types to the handler and to the web client. */
  readonly types?: { params: P; query: Q; body: B; reply: R }
}

type StaticOf<T> = T extends TSchema ? Static<T> : undefined

/** One constant for each thing that can be asked over HTTP: the server validates by it, OpenAPI is printed from it, the web is typed by it. */
export function endpoint<const E extends EndpointShape>(
  shape: E,
): E & Endpoint<StaticOf<E['params']>, StaticOf<E['query']>, StaticOf<E['body']>, StaticOf<E['reply']>> {
  return shape
}

/** Paging by cursor: `cursor` is opaque, comes from the page before, and is absent for the first page. */
export const PageQuery = {
  cursor: Type.Optional(Type.String({ maxLength: 500 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
}

export const page = <T extends TSchema>(item: T) =>
  Type.Object({ items: Type.Array(item), next: Type.Union([Type.String(), Type.Null()]) })

/** `application/problem+json` (RFC 9457). `code` never changes; `detail` is a sentence for people in their language. */
export const ProblemBody = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  code: Type.String(),
  detail: Type.String(),
  faults: Type.Optional(
    Type.Array(Type.Object({ at: Type.String({ description: 'file:row:column, or the path of a field' }), reason: Type.String() })),
  ),
})

/** WGS84 (equal to CGCS2000 within a centimetre or so), degrees, longitude first. */
export const Position = Type.Tuple([Type.Number({ minimum: -180, maximum: 180 }), Type.Number({ minimum: -90, maximum: 90 })])
export type Position = Static<typeof Position>

/** A moment as ISO 8601 text in UTC. */
export const Moment = Type.String({ format: 'date-time' })
