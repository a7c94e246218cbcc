import { LRUCache } from 'lru-cache'
import { cache, type Actor } from '../context.ts'
import { accessChanged } from './events.ts'

/** Another node may have ended a session; so long at most it is believed here. */
const BELIEVED_FOR_MS = 5_000

export interface KnownSession {
  readonly kind: 'session'
  readonly id: string
  readonly account: string
  readonly actor: Actor
  readonly mustChangePassword: boolean
  readonly startedAt: number
  readonly last: { readonly at: string; readonly address: string } | null
  /** Of the newest request, and of the newest that was written down. */
  seenAt: number
  writtenAt: number
  readAt: number
}

export interface KnownMachine {
  readonly kind: 'machine'
  readonly actor: Actor
  readonly expiresAt: number
  writtenAt: number
  readAt: number
}

type Ended = { readonly kind: 'ended' }

/** Who stands behind a digest, so that a request costs no query. */
export class SessionMemory {
  readonly #known = new LRUCache<string, KnownSession | KnownMachine | Ended>({ max: 20_000 })

  find(digest: string, now: number): KnownSession | KnownMachine | undefined {
    const found = this.#known.get(digest)
    if (!found || found.kind === 'ended') return undefined
    // A clock set by a drill may stand before the reading.
    return Math.abs(now - found.readAt) < BELIEVED_FOR_MS ? found : undefined
  }

  /** Even when too old to be believed: when it was last used is still true. */
  lastSeen(digest: string): number {
    const found = this.#known.get(digest)
    return found?.kind === 'session' ? found.seenAt : 0
  }

  /** A look-up that began before the end of its session must not bring it back. */
  keep(digest: string, known: KnownSession | KnownMachine): void {
    if (this.#known.get(digest)?.kind !== 'ended') this.#known.set(digest, known)
  }

  end(digest: string): void {
    this.#known.set(digest, { kind: 'ended' })
  }
}

/** A change of access empties the whole memory; it fills again with one query for each session. */
export const sessionMemory = cache({
  name: 'access.sessions',
  build: async () => new SessionMemory(),
  until: [accessChanged],
})
