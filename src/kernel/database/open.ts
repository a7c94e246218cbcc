import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import type { Database } from '../context.ts'
import { openClient, openPool, overPool } from './connect.ts'
import { EmbeddedServer, urlOfRunning } from './embedded.ts'
import { findHolder, FolderTaken, lockFolder } from './lock.ts'

export interface OpenOptions {
  /** A served PostgreSQL 15 or newer; without it, one of our own under `dataFolder`. */
  readonly url?: string | undefined
  readonly dataFolder: string
  readonly connections?: number
  /** Where another process runs on the folder: use its server instead of refusing. For the operator's verbs. */
  readonly join?: boolean
  readonly settings?: Readonly<Record<string, string>>
  readonly say?: (line: string) => void
}

export interface OpenedDatabase {
  readonly url: string
  readonly pool: pg.Pool
  readonly db: Database
  /** The same over a few connections of their own, for what a transaction waits for: it may be had when all of `pool` are held. */
  readonly side: Database
  /** Undefined for a served database, and for one that another process runs. */
  readonly server: EmbeddedServer | undefined
  close(): Promise<void>
}

const OLDEST = 150_000

/** Opens the database named by `url`, or starts the embedded one and holds its folder until `close`. */
export async function openDatabase(options: OpenOptions): Promise<OpenedDatabase> {
  if (options.url !== undefined) return openServed(options, options.url)
  if (options.join && findHolder(options.dataFolder) !== undefined) return openServed(options, urlOfRunning(options.dataFolder))
  return openEmbedded(options)
}

async function openServed({ connections = 20 }: OpenOptions, url: string): Promise<OpenedDatabase> {
  const client = await openClient(url)
  try {
    const { rows } = await client.query<{ version: number; words: string }>(
      `select current_setting('server_version_num')::int as version, current_setting('server_version') as words`,
    )
    if (rows[0]!.version < OLDEST) throw new Error(`PostgreSQL ${rows[0]!.words} is too old: 15 or newer is needed`)
  } finally {
    await client.end()
  }
  const { close, ...pools } = openPools(url, connections)
  return { url, ...pools, server: undefined, close }
}

async function openEmbedded(options: OpenOptions): Promise<OpenedDatabase> {
  const { dataFolder, connections = 20, settings, say } = options
  const lock = lockFolder(dataFolder)
  let server: EmbeddedServer | undefined
  try {
    server = new EmbeddedServer({ dataFolder, settings, say })
    await server.start()
    await ensureDatabase(server)
  } catch (error) {
    await server?.stop()
    lock.release()
    throw error
  }

  const started = server
  const url = started.url()
  const { close, ...pools } = openPools(url, connections)
  return {
    url,
    ...pools,
    server: started,
    close: async () => {
      await close()
      await started.stop()
      lock.release()
    },
  }
}

const SIDE_CONNECTIONS = 3

function openPools(url: string, connections: number) {
  const [pool, side] = [openPool(url, connections), openPool(url, SIDE_CONNECTIONS)]
  return {
    pool,
    db: overPool(pool),
    side: overPool(side),
    close: async () => {
      await Promise.all([endPool(pool), endPool(side)])
    },
  }
}

const LAST_WORDS_MS = 5_000

/** Lets what is under way end, but not for ever: what is cut off was not committed. */
async function endPool(pool: pg.Pool): Promise<void> {
  await Promise.race([pool.end(), pause(LAST_WORDS_MS, undefined, { ref: false })])
}

async function ensureDatabase(server: EmbeddedServer): Promise<void> {
  const client = await openClient(server.url('postgres'))
  try {
    const { rowCount } = await client.query(`select 1 from pg_database where datname = 'chengyun'`)
    if (rowCount === 0) await client.query('create database chengyun')
  } finally {
    await client.end()
  }
}

export { FolderTaken }
