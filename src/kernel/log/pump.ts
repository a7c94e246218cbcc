import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Database } from '../context.ts'
import type { Heard, Listener, Room } from '../room.ts'
import { enrolListeners, hearNext, type Outcome } from './hear.ts'
import type { LogHost } from './host.ts'
import { START } from './position.ts'
import { cutWindow, raiseEpoch, readEvents, readTail } from './window.ts'

const IDLE_MS = 100
const BUSY_MS = 15
const RECOVER_MS = 1000
const TAIL_BATCH = 1000
const EVERYONE_MS = 5000
const RETRY_MS = 1000

export interface Pump {
  /** Something was committed in this process: look at once. */
  wake(): void
  /** Waits until every listener has heard all that was committed before the call; listeners that fail are not waited for. */
  settle(): Promise<void>
  stop(): Promise<void>
}

/** Reads the log as it grows, feeds the live streams and the caches of this process, and lets the listeners hear. */
export async function startPump(host: LogHost, { retryMs = RETRY_MS }: { retryMs?: number } = {}): Promise<Pump> {
  await raiseEpoch(host.db)
  const listeners = host.rooms.flatMap((room) => room.listeners ?? [])
  await enrolListeners(host.db, listeners)
  const running = new PumpLoop(host, listeners, await readTail(host.db), retryMs)
  running.start()
  return running
}

class PumpLoop implements Pump {
  readonly #host: LogHost
  readonly #listeners: readonly Listener[]
  /** Those with something to hear, as far as this process knows. */
  readonly #behind: Set<Listener>
  readonly #hearing = new Map<Listener, Promise<void>>()
  readonly #failing = new Set<Listener>()
  readonly #stop = new AbortController()
  readonly #retryMs: number
  #tail: string
  #ended: Promise<void> = Promise.resolve()
  #nudge: (() => void) | undefined
  #nudged = false
  #everyoneAt = 0
  #still = 0

  constructor(host: LogHost, listeners: readonly Listener[], tail: string, retryMs: number) {
    this.#retryMs = retryMs
    this.#host = host
    this.#listeners = listeners
    this.#behind = new Set(listeners)
    this.#tail = tail
  }

  start(): void {
    this.#ended = this.#run()
  }

  wake(): void {
    this.#nudged = true
    this.#nudge?.()
  }

  async settle(): Promise<void> {
    // Two rounds that both began after the call and found nothing: the second sees what the first's listeners announced.
    for (let still = 0; still < 2 && !this.#stop.signal.aborted; ) {
      const before = this.#still
      this.wake()
      await sleep(5)
      if (this.#still > before) still++
      else if (this.#still === 0) still = 0
    }
  }

  async stop(): Promise<void> {
    this.#stop.abort()
    this.wake()
    await this.#ended
    await Promise.all(this.#hearing.values())
  }

  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      this.#nudged = false
      const wait = await this.#round().catch(() => RECOVER_MS)
      await this.#rest(wait)
    }
  }

  /** Waits; a wake ends it early, but never before the shortest pause, so that a busy log is read in batches. */
  async #rest(wait: number): Promise<void> {
    if (this.#stop.signal.aborted) return
    await sleep(Math.min(wait, BUSY_MS))
    if (wait <= BUSY_MS || this.#nudged) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, wait - BUSY_MS)
      this.#nudge = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    this.#nudge = undefined
  }

  async #round(): Promise<number> {
    const cut = await cutWindow(this.#host.db)
    const heard = await this.#follow()
    const now = performance.now()
    if (now - this.#everyoneAt > EVERYONE_MS) {
      // Hears also what another node left undone.
      this.#everyoneAt = now
      for (const listener of this.#listeners) this.#behind.add(listener)
    }
    for (const listener of this.#behind) this.#startHearing(listener)

    if (!cut && heard === 0 && [...this.#hearing.keys()].every((listener) => this.#failing.has(listener))) {
      this.#still++
      return IDLE_MS
    }
    this.#still = 0
    return BUSY_MS
  }

  /** Reads what is new at the end of the log. */
  async #follow(): Promise<number> {
    let count = 0
    for (;;) {
      const { events, position, more } = await readEvents(this.#host.db, this.#tail, undefined, TAIL_BATCH)
      this.#tail = position
      count += events.length
      this.#tell(events)
      if (!more) return count
    }
  }

  #tell(events: readonly Heard[]): void {
    const names = new Set(events.map((event) => event.name))
    for (const name of names) this.#host.caches.drop(name)
    for (const listener of this.#listeners) {
      if (listener.hears.some((name) => names.has(name))) this.#behind.add(listener)
    }
    this.#host.hub.push(events)
  }

  /** Each listener goes at its own pace: a slow or failing one never holds up another. */
  #startHearing(listener: Listener): void {
    if (this.#hearing.has(listener)) return
    this.#behind.delete(listener)
    const hearing = this.#hearAll(listener).finally(() => {
      this.#hearing.delete(listener)
    })
    this.#hearing.set(listener, hearing)
  }

  async #hearAll(listener: Listener): Promise<void> {
    let outcome: Outcome = 'heard'
    while (outcome === 'heard' && !this.#stop.signal.aborted) {
      outcome = await hearNext(this.#host, listener, this.#retryMs).catch((): Outcome => 'failed')
    }
    if (outcome !== 'failed' && outcome !== 'waiting') return void this.#failing.delete(listener)
    this.#failing.add(listener)
    setTimeout(() => {
      this.#behind.add(listener)
      this.wake()
    }, this.#retryMs).unref()
  }
}

export interface ListenerLag {
  readonly name: string
  readonly position: string
  /** Age of the oldest event it has not heard; 0 when it has heard all. */
  readonly lagMs: number
  readonly failures: number
  readonly error: string | null
}

/** How far each listener is behind the log, for /readyz and /metrics. */
export async function readLags(db: Database, rooms: readonly Room[], now: Date): Promise<ListenerLag[]> {
  const lags: ListenerLag[] = []
  for (const listener of rooms.flatMap((room) => room.listeners ?? [])) lags.push(await lagOf(db, listener, now))
  return lags
}

/** How far one listener is behind; one that has never run is behind by everything. */
export async function lagOf(db: Database, { name, hears }: Pick<Listener, 'name' | 'hears'>, now: Date): Promise<ListenerLag> {
  const { rows } = await sql<{ position: string; failures: number; error: string | null }>`
    select position, failures, error from listener where name = ${name}`.execute(db)
  const row = rows[0] ?? { position: START, failures: 0, error: null }
  const { events } = await readEvents(db, row.position, hears, 1)
  const lagMs = events[0] ? Math.max(0, now.getTime() - events[0].at.getTime()) : 0
  return { name, ...row, lagMs }
}
