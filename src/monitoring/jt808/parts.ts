// Parts of long bodies (分包), put together again. What waits is bounded in bytes, in number and in time.

import type { Frame, Header } from './frame.ts'

export interface PartLimits {
  /** Bytes of all that waits on this connection. */
  readonly maxBytes: number
  /** Messages that may wait at once. */
  readonly maxWaiting: number
  /** How long a message waits for its next part before it is asked for again. */
  readonly waitMs: number
  /** How often it is asked for. */
  readonly asks: number
}

export const PART_LIMITS: PartLimits = { maxBytes: 1_048_576, maxWaiting: 4, waitMs: 15_000, asks: 2 }

/** Bytes that all connections of a process together may let wait. */
export interface Budget {
  left: number
}

interface Waiting {
  readonly first: Header
  readonly parts: Map<number, Buffer>
  /** The serial number that its first part had or will have. */
  readonly firstSerial: number
  bytes: number
  heardAt: number
  asked: number
}

export interface Unfinished {
  readonly header: Header
  readonly firstSerial: number
  readonly missing: readonly number[]
}

/** A part brings a whole message, or none yet, or makes others give way. */
export interface Gathered {
  readonly whole?: Frame
  readonly lost: readonly Unfinished[]
}

export class Parts {
  readonly #limits: PartLimits
  readonly #budget: Budget
  readonly #waiting = new Map<string, Waiting>()
  #bytes = 0

  constructor(limits: PartLimits = PART_LIMITS, budget: Budget = { left: Number.POSITIVE_INFINITY }) {
    this.#limits = limits
    this.#budget = budget
  }

  /** How many bytes wait. */
  get bytes(): number {
    return this.#bytes
  }

  take({ header, body }: Frame, now: number): Gathered {
    const { part } = header
    if (!part) return { whole: { header, body }, lost: [] }
    const lost: Unfinished[] = []
    const key = `${header.phone}/${header.id}/${part.total}`
    const before = this.#waiting.get(key)
    // The same part with other bytes begins another message; what came of the former would otherwise be mixed into it.
    const known = before?.parts.get(part.index)
    if (before && known && !known.equals(body)) lost.push(this.#drop(key, before))
    const waiting = this.#waiting.get(key) ?? this.#begin(key, header, lost)
    waiting.heardAt = now
    if (!waiting.parts.has(part.index)) this.#keep(waiting, part.index, body)
    if (waiting.parts.size === part.total) return { whole: this.#end(key, waiting), lost }
    if (this.#bytes > this.#limits.maxBytes || this.#budget.left < 0) lost.push(this.#drop(key, waiting))
    return { lost }
  }

  /** Messages that waited too long: those still worth asking for, and those given up. */
  late(now: number): { readonly ask: readonly Unfinished[]; readonly lost: readonly Unfinished[] } {
    const ask: Unfinished[] = []
    const lost: Unfinished[] = []
    for (const [key, waiting] of this.#waiting) {
      if (now - waiting.heardAt < this.#limits.waitMs) continue
      if (waiting.asked >= this.#limits.asks) {
        lost.push(this.#drop(key, waiting))
        continue
      }
      waiting.asked++
      waiting.heardAt = now
      ask.push(unfinished(waiting))
    }
    return { ask, lost }
  }

  /** Gives up all that waits. */
  clear(): Unfinished[] {
    return [...this.#waiting].map(([key, waiting]) => this.#drop(key, waiting))
  }

  #begin(key: string, header: Header, lost: Unfinished[]): Waiting {
    if (this.#waiting.size >= this.#limits.maxWaiting) {
      const [oldest] = this.#waiting
      lost.push(this.#drop(oldest![0], oldest![1]))
    }
    const waiting = { first: header, parts: new Map(), firstSerial: (header.serial - header.part!.index + 1) & 0xffff, bytes: 0, heardAt: 0, asked: 0 }
    this.#waiting.set(key, waiting)
    return waiting
  }

  #keep(waiting: Waiting, index: number, body: Buffer): void {
    // A copy, so that no chunk of the socket is held for a few of its bytes; an empty part is counted too, or they would cost nothing.
    waiting.parts.set(index, Buffer.from(body))
    this.#count(waiting, body.length + OVERHEAD)
  }

  #count(waiting: Waiting, bytes: number): void {
    waiting.bytes += bytes
    this.#bytes += bytes
    this.#budget.left -= bytes
  }

  #end(key: string, waiting: Waiting): Frame {
    const { first, parts } = waiting
    this.#drop(key, waiting)
    const { part, ...header } = first
    return { header, body: Buffer.concat(Array.from({ length: part!.total }, (_, i) => parts.get(i + 1)!)) }
  }

  #drop(key: string, waiting: Waiting): Unfinished {
    this.#waiting.delete(key)
    this.#count(waiting, -waiting.bytes)
    return unfinished(waiting)
  }
}

/** What one kept part costs beside its bytes. */
const OVERHEAD = 256
/** As many as one request for parts holds. */
const MOST_MISSING = 255

function unfinished({ first, parts, firstSerial }: Waiting): Unfinished {
  const missing: number[] = []
  for (let index = 1; index <= first.part!.total && missing.length < MOST_MISSING; index++) if (!parts.has(index)) missing.push(index)
  return { header: first, firstSerial, missing }
}
