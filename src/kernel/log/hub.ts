import { Readable } from 'node:stream'
import { accessChanged, sessionEnded } from '../access/events.ts'
import { cache, holds, type Actor, type Context } from '../context.ts'
import type { Heard, Room, Stream } from '../room.ts'
import { isPosition, START } from './position.ts'
import { readEvents, readTail } from './window.ts'

const RESUMED_AT_MOST = 1000
const HEARTBEAT_MS = 15_000
/** A browser comes back by itself; coming back shows the session again, so one that was idle too long ends within this time. */
const LIFETIME_MS = 5 * 60_000
/** One that reads too slowly is sent away and resumes from the log. */
const UNREAD_BYTES = 256 * 1024

export interface StreamHub {
  /** Events in the order of the log, from the pump. */
  push(events: readonly Heard[]): void
  /** A stream for `ctx.actor`, resumed after `last` where that is known; it holds no connection of the database. */
  open(ctx: Context, last: string | undefined, topics?: readonly string[]): Readable
  readonly size: number
  close(): void
}

class Client extends Readable {
  readonly actor: Actor
  readonly topics: ReadonlySet<string> | undefined
  readonly endsAt: number
  /** Until it has resumed, what comes live waits here. */
  waiting: Heard[] | undefined = []
  last = START
  #ended = false

  constructor(actor: Actor, topics: readonly string[] | undefined) {
    super({ highWaterMark: UNREAD_BYTES })
    this.actor = actor
    this.topics = topics && new Set(topics)
    this.endsAt = performance.now() + LIFETIME_MS * (0.8 + Math.random() * 0.4)
  }

  override _read(): void {}

  send(text: string): void {
    if (this.destroyed || this.#ended) return
    this.push(text)
    if (this.readableLength > UNREAD_BYTES) this.destroy()
  }

  /** Says no more; the browser comes back by itself. */
  end(): void {
    if (!this.#ended) this.push(null)
    this.#ended = true
  }
}

/** Shows events to the live screens of those who may see them; one for each process. */
export function createHub(rooms: readonly Room[]): StreamHub {
  const streams = new Map<string, Stream[]>()
  for (const stream of rooms.flatMap((room) => room.streams ?? [])) {
    streams.set(stream.hears, [...(streams.get(stream.hears) ?? []), stream])
  }
  const clients = new Set<Client>()

  const heartbeat = setInterval(() => {
    const now = performance.now()
    for (const client of clients) {
      if (now < client.endsAt) client.send(': beat\n\n')
      else client.end()
    }
  }, HEARTBEAT_MS)
  heartbeat.unref()

  const shown = new WeakMap<Stream, { position: string; text: string }>()
  const textOf = (stream: Stream, heard: Heard): string => {
    const known = shown.get(stream)
    if (known?.position === heard.position) return known.text
    const text = `id: ${heard.position}\nevent: ${heard.name}\ndata: ${JSON.stringify(stream.show(heard))}\n\n`
    shown.set(stream, { position: heard.position, text })
    return text
  }

  const give = (client: Client, heard: Heard) => {
    if (heard.position <= client.last) return
    client.last = heard.position
    if (client.topics && !client.topics.has(heard.name)) return
    for (const stream of streams.get(heard.name) ?? []) {
      if (stream.to && !stream.to(heard).includes(client.actor.id)) continue
      if (holds(client, stream.permit, stream.place(heard))) client.send(textOf(stream, heard))
    }
  }

  const resume = async (client: Client, ctx: Context, last: string | undefined) => {
    const names = client.topics ? [...client.topics] : [...streams.keys()]
    const tail = await readTail(ctx.db)
    if (last === undefined || !isPosition(last)) {
      client.last = tail
      client.send(`retry: 2000\nid: ${tail}\nevent: ${last === undefined ? 'ready' : 'reset'}\ndata: {}\n\n`)
    } else {
      await replay(client, ctx, last, names, tail)
    }
    for (const heard of client.waiting ?? []) give(client, heard)
    client.waiting = undefined
  }

  const replay = async (client: Client, ctx: Context, last: string, names: string[], tail: string) => {
    const missed: Heard[] = []
    for (let from = last, more = true; more && missed.length <= RESUMED_AT_MOST; ) {
      const reading = await readEvents(ctx.db, from, names, RESUMED_AT_MOST + 1)
      missed.push(...reading.events)
      from = reading.position
      more = reading.more
    }
    if (missed.length > RESUMED_AT_MOST) {
      client.last = tail
      client.send(`retry: 2000\nid: ${tail}\nevent: reset\ndata: {}\n\n`)
      return
    }
    client.send('retry: 2000\n: resumed\n\n')
    client.last = last
    for (const heard of missed) give(client, heard)
  }

  /** Whose rights changed or whose session ended is sent away; whoever still may comes back at once, as who they now are. */
  const sendAway = ({ name, body }: Heard) => {
    if (name !== accessChanged.name && name !== sessionEnded.name) return
    const { accountId } = body as { accountId: string | null }
    for (const client of clients) if (accountId === null || client.actor.id === accountId) client.end()
  }

  return {
    push(events) {
      for (const heard of events) sendAway(heard)
      const news = events.filter((heard) => streams.has(heard.name))
      if (news.length === 0) return
      for (const client of clients) {
        if (client.waiting) client.waiting.push(...news)
        else for (const heard of news) give(client, heard)
      }
    },
    open(ctx, last, topics) {
      const client = new Client(ctx.actor, topics)
      clients.add(client)
      client.once('close', () => clients.delete(client))
      resume(client, ctx, last).catch((error: unknown) => client.destroy(error as Error))
      return client
    },
    get size() {
      return clients.size
    },
    close() {
      clearInterval(heartbeat)
      for (const client of clients) client.end()
    },
  }
}

/** The hub of this process, as `createCaches` was given it. */
export const hubOf = cache<StreamHub>({
  name: 'kernel.hub',
  until: [],
  build: async () => {
    throw new Error('this process was started without a hub of streams')
  },
})
