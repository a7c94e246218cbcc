// The world of tests: a real database with a whole small city in it.

import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { after } from 'node:test'
import { rooms } from './app.ts'
import { createCaches } from './kernel/caches.ts'
import type { Actor, Context, Scope } from './kernel/context.ts'
import { overClient } from './kernel/database/index.ts'
import { filesOf } from './kernel/files/index.ts'
import { createHttp } from './kernel/http/index.ts'
import { createKernel, emptyOutbox, systemActor, type Kernel } from './kernel/kernel.ts'
import { hubOf } from './kernel/log/index.ts'
import type { KernelOptions } from './kernel/options.ts'
import { createOutward, outwardOf } from './kernel/outward/index.ts'
import { DEMO_PASSWORD } from './maker/index.ts'
import { copyOf, drop, makeTemplate, newDatabase, optionsForTests, startCluster, TODAY } from './test-city.ts'

export { QUICK, TODAY, withDatabase } from './test-city.ts'

// What this process has opened, closed behind its last test.
const atEnd: (() => Promise<void>)[] = []
after(async () => {
  for (const close of atEnd.splice(0).toReversed()) await close()
})

/** For a kernel of one's own; its folder goes with the process. */
export function testOptions(over: Partial<KernelOptions> = {}): KernelOptions {
  const options = optionsForTests(over)
  if (over.dataFolder === undefined) atEnd.unshift(async () => rmSync(options.dataFolder, { recursive: true, force: true }))
  return options
}

let template: Promise<string> | undefined
let city: Promise<Kernel> | undefined

/** What `npm test` has made ready; a test that is run by itself makes its own. */
const cityTemplate = (): Promise<string> => (template ??= process.env.TEST_CITY_URL ? Promise.resolve(process.env.TEST_CITY_URL) : ownTemplate())

async function ownTemplate(): Promise<string> {
  const served = process.env.TEST_DATABASE_URL
  const cluster = served ? undefined : await startCluster()
  if (cluster) atEnd.push(cluster.stop)
  const url = await makeTemplate(served ?? cluster!.url, process.env.TEST_SHADOW === '1')
  atEnd.push(() => drop(url))
  return url
}

/** The kernel over this process' own copy of the small city. */
export const cityKernel = (): Promise<Kernel> =>
  (city ??= openCity().then(({ kernel, close }) => {
    atEnd.push(close)
    return kernel
  }))

async function openCity(over: Partial<KernelOptions> = {}): Promise<{ kernel: Kernel; close: () => Promise<void> }> {
  const databaseUrl = await copyOf(await cityTemplate())
  const options = testOptions({ databaseUrl, ...over })
  const kernel = await createKernel(options, rooms)
  const close = async () => {
    await kernel.stop()
    await drop(databaseUrl)
  }
  return { kernel, close }
}

/** A test of a kernel of its own over the small city, of which nothing runs before its `start`. */
export const cityWith = (over: Partial<KernelOptions>, body: (kernel: Kernel) => Promise<void>) => async () => {
  const { kernel, close } = await openCity(over)
  try {
    await body(kernel)
  } finally {
    await close()
  }
}

/** A new database with nothing in it, dropped behind the last test of this process. */
export async function emptyDatabase(): Promise<string> {
  const url = await newDatabase(await cityTemplate())
  atEnd.push(() => drop(url))
  return url
}

/** A test over the small city, in one transaction that is undone at its end. The actor may do everything. */
export const inCity = (body: (ctx: Context) => Promise<void>) => async () => {
  const kernel = await cityKernel()
  const client = await kernel.pool.connect()
  try {
    await client.query('begin')
    await body({
      db: overClient(client),
      actor: systemActor,
      now: TODAY,
      origin: { address: '127.0.0.1', requestId: 'test' },
      // Of its own, so that what it builds from rows that are undone is never seen by the next.
      caches: createCaches({ [hubOf.name]: kernel.hub, [filesOf.name]: kernel.files, [outwardOf.name]: createOutward(kernel.config) }),
      outbox: emptyOutbox(),
    })
  } finally {
    await client.query('rollback')
    client.release()
  }
}

interface Holding extends Partial<Scope> {
  readonly id?: string
  readonly name?: string
  readonly permits: readonly string[]
}

/** The same context as another person, who holds these permits and no others. */
export function as(ctx: Context, ...held: string[] | [Holding]): Context {
  const [first] = held
  const { id = randomUUID(), name = '测试员', permits, region = '', unit = '', category = '' }: Holding =
    typeof first === 'object' ? first : { permits: held as string[] }
  const actor: Actor = {
    id,
    kind: 'person',
    name,
    grants: [{ role: 'test', roleName: { zh: '测试', en: 'Test' }, permits: new Set(permits), region, unit, category }],
  }
  return { ...ctx, actor }
}

/** The same context some time later. */
export const later = (ctx: Context, now: Date): Context => ({ ...ctx, now })

// ── The whole program

export interface Request extends Omit<RequestInit, 'body'> {
  /** Sent as JSON. */
  readonly json?: unknown
  /** Sent as it is: a form, a text. */
  readonly body?: RequestInit['body']
}

export interface App {
  readonly kernel: Kernel
  /** Where it listens. */
  readonly base: string
  /** Asks as someone of the city, by account; `null`: without a session. Writes get an Idempotency-Key unless they bring one. */
  fetchAs(account: string | null, path: string, request?: Request): Promise<Response>
}

/** A test of the whole program, on a free port and a database of its own. */
export const withApp = (body: (app: App) => Promise<void>, over: Partial<KernelOptions> = {}) => async () => {
  const { kernel, close } = await openCity(over)
  const http = createHttp(kernel)
  await kernel.start()
  const base = await http.listen({ host: '127.0.0.1', port: 0 })
  const cookies = new Map<string, Promise<string>>()

  const signIn = async (account: string): Promise<string> => {
    const reply = await ask(base, '/api/sign-in', { method: 'POST', json: { account, password: DEMO_PASSWORD } })
    if (!reply.ok) throw new Error(`${account} cannot sign in: ${await reply.text()}`)
    return reply.headers.getSetCookie()[0]!.split(';')[0]!
  }
  try {
    await body({
      kernel,
      base,
      async fetchAs(account, path, request = {}) {
        if (account === null) return ask(base, path, request)
        if (!cookies.has(account)) cookies.set(account, signIn(account))
        return ask(base, path, request, await cookies.get(account))
      },
    })
  } finally {
    await http.close()
    await close()
  }
}

function ask(base: string, path: string, { json, ...request }: Request, cookie?: string): Promise<Response> {
  const headers = new Headers(request.headers)
  if (cookie) headers.set('cookie', cookie)
  headers.set('origin', base)
  if (json !== undefined) headers.set('content-type', 'application/json')
  const method = request.method ?? (json === undefined ? 'GET' : 'POST')
  if (method !== 'GET' && !headers.has('idempotency-key')) headers.set('idempotency-key', randomUUID())
  return fetch(`${base}${path}`, { ...request, method, headers, ...(json !== undefined && { body: JSON.stringify(json) }) })
}
