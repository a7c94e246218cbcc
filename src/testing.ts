// The world of tests: a real database with a whole small city in it.

import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { rooms } from './app.ts'
import { createCaches } from './kernel/caches.ts'
import type { Actor, Context, Scope } from './kernel/context.ts'
import { openClient, overClient } from './kernel/database/index.ts'
import { filesOf } from './kernel/files/index.ts'
import { createKernel, emptyOutbox, systemActor, type Kernel } from './kernel/kernel.ts'
import { hubOf } from './kernel/log/index.ts'
import type { KernelOptions } from './kernel/options.ts'

/** Settings that make a throw-away cluster quick. */
export const QUICK = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', shared_buffers: '64MB' }

/** Now, in every test: a Wednesday morning in the middle of working hours. */
export const TODAY = new Date('2026-06-10T10:00:00+08:00')

const quiet = () => {}

export const testOptions = (over: Partial<KernelOptions> = {}): KernelOptions => ({
  host: '127.0.0.1',
  port: 0,
  dataFolder: mkdtempSync(join(tmpdir(), 'chengyun-test-')),
  connections: 8,
  shadow: process.env.TEST_SHADOW === '1',
  idleMinutes: 30,
  trustProxy: false,
  logLevel: 'silent',
  say: quiet,
  databaseSettings: QUICK,
  ...over,
})

// What this process has opened, closed behind its last test.
const atEnd: (() => Promise<void>)[] = []
after(async () => {
  for (const close of atEnd.toReversed()) await close()
})

// ── A database for this process, made once from the template

let city: Promise<Kernel> | undefined

/** The kernel over this process' own copy of the small city. */
export const cityKernel = (): Promise<Kernel> => (city ??= openCity())

async function openCity(): Promise<Kernel> {
  const template = process.env.TEST_CITY_URL
  const options = testOptions()
  const databaseUrl = template ? await copyOf(template) : undefined
  const kernel = await createKernel({ ...options, databaseUrl }, rooms)
  atEnd.push(async () => {
    await kernel.stop()
    if (databaseUrl) await drop(databaseUrl)
    rmSync(options.dataFolder, { recursive: true, force: true })
  })
  return kernel
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
      caches: createCaches({ [hubOf.name]: kernel.hub, [filesOf.name]: kernel.files }),
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

// ── Databases

/** A new database beside `template`, with all that is in it. */
export async function copyOf(template: string): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '').slice(0, 16)}`
  const from = databaseOf(template)
  await administer(template, `create database "${name}" template "${from}"`)
  return withDatabase(template, name)
}

/** A new database with nothing in it, dropped behind the last test of this process. */
export async function emptyDatabase(): Promise<string> {
  const beside = process.env.TEST_CITY_URL ?? (await cityKernel()).url
  const name = `test_${randomUUID().replaceAll('-', '').slice(0, 16)}`
  await administer(beside, `create database "${name}" template template0`)
  const url = withDatabase(beside, name)
  atEnd.push(() => drop(url))
  return url
}

export const drop = (url: string): Promise<void> => administer(url, `drop database if exists "${databaseOf(url)}" with (force)`)

async function administer(url: string, statement: string): Promise<void> {
  const client = await openClient(withDatabase(url, 'postgres'))
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

// A URL whose host is a folder is none by the standard, so it is taken apart by hand.
const databaseOf = (url: string): string => /^\w+:\/\/[^/]*\/([^?]*)/.exec(url)?.[1] ?? ''
export const withDatabase = (url: string, name: string): string => url.replace(/^(\w+:\/\/[^/]*\/)([^?]*)/, `$1${name}`)

