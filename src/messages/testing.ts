// A gateway and a mail server of our own, for the tests of this room: real ones, on this machine.

import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { caseStepped, type CaseStepped } from '../cases/index.ts'
import { createOutward, outwardOf, type Context, type Heard } from '../kernel/index.ts'
import { messagesHeard } from './hear.ts'
import { sendDue } from './sender.ts'
import { own, type MessageTable } from './tables.ts'

export interface Got {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

export interface Gateway {
  readonly url: string
  readonly got: Got[]
  /** How it answers; 200 until it is told otherwise. */
  answer: (got: Got) => { status: number; text?: string } | Promise<{ status: number; text?: string }>
}

export async function openGateway(): Promise<Gateway> {
  const got: Got[] = []
  const gateway = { url: '', got, answer: () => ({ status: 200, text: '{"errcode":0,"code":"OK"}' }) } as Gateway
  const server = createServer((request, reply) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const one = { path: request.url ?? '', headers: request.headers, text: Buffer.concat(parts).toString() }
      got.push(one)
      void Promise.resolve(gateway.answer(one)).then(({ status, text = '' }) => reply.writeHead(status, { 'content-type': 'application/json' }).end(text))
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  // Whoever listens here ends with the process, and never keeps it.
  server.unref()
  return Object.assign(gateway, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/send` })
}

/** The same context, which may also send to this machine. */
export function reaching(ctx: Context, allowed: readonly string[] = ['127.0.0.1']): Context {
  const outward = createOutward({ dataFolder: '/tmp', host: '127.0.0.1', port: 8080, publicUrl: 'https://city.example', secret: 'a secret of tests', outbound: allowed })
  const { caches } = ctx
  return {
    ...ctx,
    caches: {
      get: async (asked, cache) => (cache.name === outwardOf.name ? (outward as never) : caches.get(asked, cache)),
      drop: (name) => caches.drop(name),
    },
  }
}

let heardSoFar = 0

/** What this transaction has announced since the last call, as the log would tell it after the commit. */
export function newsIn(ctx: Context, from = 0): Heard[] {
  return ctx.outbox.events.slice(from).map(({ name, district, body }) => ({
    position: `000000000001-${String(++heardSoFar).padStart(16, '0')}`,
    name,
    district,
    at: name === caseStepped.name ? new Date((body as CaseStepped).at) : ctx.now,
    body,
  }))
}

export interface Told {
  readonly events: Heard[]
  readonly rows: MessageTable[]
}

/** Lets the room hear all that this transaction has announced. */
export async function tellAll(ctx: Context, from = 0): Promise<Told> {
  const events = newsIn(ctx, from).filter(({ name }) => messagesHeard.hears.includes(name))
  await messagesHeard.hear(ctx, events)
  return { events, rows: await allMessages(ctx) }
}

export const allMessages = (ctx: Context): Promise<MessageTable[]> => own(ctx).selectFrom('message').selectAll().orderBy('at').orderBy('rule').orderBy('channel').orderBy('receiver').execute()

/** Runs the sender until nothing is due. */
export async function sendAllDue(ctx: Context): Promise<void> {
  while ((await sendDue(ctx)) > 0);
}
