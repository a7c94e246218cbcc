// The city that tests are given, and the databases it stands in.

import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rooms } from './app.ts'
import { openClient, openDatabase } from './kernel/database/index.ts'
import { createKernel, systemActor, type Kernel } from './kernel/kernel.ts'
import type { KernelOptions } from './kernel/options.ts'
import { loadPack } from './kernel/pack/index.ts'
import { DEMO_PASSWORD, makeCity } from './maker/index.ts'

/** Settings that make a throw-away cluster quick. */
export const QUICK = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', shared_buffers: '64MB', max_wal_size: '512MB' }

/** Now, in every test: a Wednesday morning in the middle of working hours. */
export const TODAY = new Date('2026-06-10T10:00:00+08:00')

export const optionsForTests = (over: Partial<KernelOptions> = {}): KernelOptions => ({
  host: '127.0.0.1',
  port: 0,
  dataFolder: mkdtempSync(join(tmpdir(), 'chengyun-test-')),
  connections: 8,
  shadow: process.env.TEST_SHADOW === '1',
  idleMinutes: 30,
  trustProxy: false,
  logLevel: 'silent',
  say: () => {},
  databaseSettings: QUICK,
  ...over,
})

export interface Cluster {
  /** Of a database in it, from which others are made. */
  readonly url: string
  stop(): Promise<void>
}

/** A PostgreSQL of our own that forgets: for one run of tests. */
export async function startCluster(): Promise<Cluster> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'chengyun-cluster-'))
  const { url, close } = await openDatabase({ dataFolder, settings: QUICK, connections: 1 })
  return {
    url,
    stop: async () => {
      await close()
      rmSync(dataFolder, { recursive: true, force: true })
    },
  }
}

/** Makes a database beside `url` with all tables and the small city, for `copyOf`. */
export async function makeTemplate(url: string, shadow: boolean): Promise<string> {
  const databaseUrl = await newDatabase(url)
  const options = optionsForTests({ databaseUrl, shadow })
  const kernel = await createKernel(options, rooms)
  try {
    await loadSmallCity(kernel)
  } finally {
    await kernel.stop()
    rmSync(options.dataFolder, { recursive: true, force: true })
  }
  return databaseUrl
}

/** The demo city with few components and no past: what every test finds. All its accounts have the demo password. */
async function loadSmallCity(kernel: Kernel): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'chengyun-city-'))
  const files = kernel.rooms.flatMap((room) => room.pack ?? [])
  try {
    await makeCity({ folder, ground: 'mapped', components: 2_000, password: DEMO_PASSWORD, now: TODAY })
    await kernel.transact({ actor: systemActor, now: TODAY }, (ctx) => loadPack(ctx, folder, files))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

// ── Databases

const freshName = () => `test_${randomUUID().replaceAll('-', '').slice(0, 16)}`

/** A new database beside `url` with nothing in it. Its order of texts is that of bytes, as in the embedded one. */
export async function newDatabase(url: string): Promise<string> {
  const name = freshName()
  await administer(url, `create database "${name}" template template0 encoding 'UTF8' locale 'C'`)
  return withDatabase(url, name)
}

/** A new database with all that is in `template`. */
export async function copyOf(template: string): Promise<string> {
  const name = freshName()
  await administer(template, `create database "${name}" template "${databaseOf(template)}"`)
  return withDatabase(template, name)
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
/** The same server, another database. */
export const withDatabase = (url: string, name: string): string => url.replace(/^(\w+:\/\/[^/]*\/)([^?]*)/, `$1${name}`)
