// The running house: one database, its rooms, and what they share. `transact` is the only way to write.

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import { createCaches } from './caches.ts'
import { hostOf, type ActAs, type Actor, type Caches, type Context, type Database, type House, type Origin, type Outbox } from './context.ts'
import { isWorthAgain, migrate, openDatabase, overClient, setAhead, type OpenedDatabase } from './database/index.ts'
import { createFileStore, filesOf, type FileStore } from './files/index.ts'
import { migrateQueue, startJobs } from './jobs/index.ts'
import { houseActor } from './log/host.ts'
import { createHub, flushOutbox, hubOf, startPump, startSealer, type Pump, type StreamHub } from './log/index.ts'
import type { KernelOptions } from './options.ts'
import { createOutward, outwardOf } from './outward/index.ts'
import type { Room, Running } from './room.ts'
import { steadyClock } from './steady-clock.ts'

export type { ActAs } from './context.ts'

export interface Kernel {
  readonly config: KernelOptions
  /** Of the database in use. */
  readonly url: string
  readonly db: Database
  readonly pool: pg.Pool
  readonly rooms: readonly Room[]
  readonly caches: Caches
  readonly files: FileStore
  readonly hub: StreamHub
  clock(): Date
  /** Runs `act` in one transaction, with what it announces and records; again from the start when the database asks for it. */
  transact<T>(as: ActAs, act: (ctx: Context) => Promise<T>): Promise<T>
  /** Runs `look` outside of a transaction: each statement sees what was committed before it. */
  read<T>(as: ActAs, look: (ctx: Context) => Promise<T>): Promise<T>
  /** Lets listeners hear and the sealer seal, and starts services; with `jobs` also what runs by the clock. Answering over HTTP is `createHttp`'s. */
  start(parts?: { jobs?: boolean }): Promise<void>
  /** Waits until every listener has heard all that was committed before, and all of the trail is sealed. */
  settle(): Promise<void>
  stop(): Promise<void>
}

const ATTEMPTS = 4
const NOWHERE: Origin = { address: '', requestId: '' }

/** Who acts when no person and no machine does. */
export const systemActor: Actor = houseActor

/** Opens the database and brings its tables up to date. Nothing runs and nobody is answered before `start`. */
export async function createKernel(config: KernelOptions, rooms: readonly Room[]): Promise<Kernel> {
  const database = await openDatabase({
    url: config.databaseUrl,
    dataFolder: config.dataFolder,
    connections: config.connections,
    join: config.join,
    settings: config.databaseSettings,
    say: config.say,
  })
  try {
    const ran = await migrate(database.url, rooms, { shadow: config.shadow })
    if (ran > 0) config.say(`数据库表已更新 / tables brought up to date: ${ran} migrations`)
    await migrateQueue(database.pool)
    return build(config, rooms, database, await openFiles(config.dataFolder))
  } catch (error) {
    await database.close()
    throw error
  }
}

/** Photos of people's homes and names: for this program's user alone. */
function openFiles(dataFolder: string): Promise<FileStore> {
  const folder = join(dataFolder, 'files')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return createFileStore(folder)
}

function build(config: KernelOptions, rooms: readonly Room[], database: OpenedDatabase, files: FileStore): Kernel {
  const { pool, db, side } = database
  const clock = config.clock ?? steadyClock(config.say)
  const hub = createHub(rooms)
  const house: House = {
    settings: config.services ?? {},
    get caches() {
      return caches
    },
    clock,
    say: config.say,
    transact: (as, act) => kernel.transact(as, act),
    read: (as, look) => kernel.read(as, look),
  }
  const caches: Caches = createCaches({ [hubOf.name]: hub, [filesOf.name]: files, [outwardOf.name]: createOutward(config), [hostOf.name]: house })
  const running: Running[] = []
  let pump: Pump | undefined
  let sealNow = async () => {}

  const contextOf = (as: ActAs, over: Database): Context => ({
    db: over,
    actor: as.actor,
    now: as.now ?? clock(),
    origin: as.origin ?? NOWHERE,
    caches,
    outbox: emptyOutbox(),
    aside: side,
  })

  async function attempt<T>(as: ActAs, act: (ctx: Context) => Promise<T>): Promise<T> {
    const client = await pool.connect()
    const ctx = contextOf(as, overClient(client))
    let broken: Error | undefined
    let result: T
    try {
      // The first statement follows the beginning, and the end the last one, without waiting for an answer in between.
      setAhead(client, true)
      const begun = client.query('begin')
      begun.catch(() => {})
      result = await act(ctx)
      await Promise.all([begun, flushOutbox(ctx, () => pump?.wake()), commit(client)])
    } catch (error) {
      // A connection that cannot even roll back is not given to anyone else.
      await client.query('rollback').catch((failure: Error) => (broken = failure))
      throw error
    } finally {
      client.release(broken)
    }
    for (const follow of ctx.outbox.afterCommit) hint(follow)
    return result
  }

  // What was committed stays so, whatever becomes of a hint.
  function hint(follow: () => void): void {
    try {
      follow()
    } catch (error) {
      config.say(`after a commit: ${error instanceof Error ? error.message : String(error)}`)
    }
  }

  const kernel: Kernel = {
    config,
    url: database.url,
    db,
    pool,
    rooms,
    caches,
    files,
    hub,
    clock,
    async transact(as, act) {
      for (let attempts = 1; ; attempts++) {
        try {
          return await attempt(as, act)
        } catch (error) {
          if (!isWorthAgain(error) || attempts === ATTEMPTS) throw error
        }
      }
    },
    read: (as, look) => look(contextOf(as, db)),
    async start({ jobs = true } = {}) {
      pump = await startPump(kernel)
      const sealer = startSealer(kernel)
      sealNow = () => sealer.sealNow()
      running.push(sealer, pump)
      if (jobs) running.push(await startJobs(kernel))
      for (const service of rooms.flatMap((room) => room.services ?? [])) running.push(await service.start(house))
    },
    async settle() {
      await pump?.settle()
      await sealNow()
    },
    async stop() {
      hub.close()
      for (const part of running.splice(0).toReversed()) await part.stop()
      await database.close()
    },
  }
  return kernel
}

/** PostgreSQL answers COMMIT with ROLLBACK where a statement had failed and its error was swallowed. */
async function commit(client: pg.PoolClient): Promise<void> {
  const { command } = await client.query('commit')
  if (command !== 'COMMIT') throw new Error('the transaction was undone, because a statement in it had failed')
}

export const emptyOutbox = (): Outbox => ({ events: [], entries: [], afterCommit: [] })
