// The running house: one database, its rooms, and what they share. `transact` is the only way to write.

import type pg from 'pg'
import type { Actor, Caches, Context, Database, Origin, Outbox } from './context.ts'
import { isWorthAgain, migrate, openDatabase, overClient, type OpenedDatabase } from './database/index.ts'
import type { Room } from './room.ts'
import { steadyClock } from './steady-clock.ts'

export interface KernelOptions {
  readonly host: string
  /** 0 for any free one. */
  readonly port: number
  readonly dataFolder: string
  /** A served PostgreSQL; without it the embedded one. */
  readonly databaseUrl?: string | undefined
  readonly connections: number
  /** Sharded tables as partitioned ones, for tests. */
  readonly shadow: boolean
  /** Idle time after which a session ends. */
  readonly idleMinutes: number
  /** Where browsers reach this server, if not by its own host and port. */
  readonly publicUrl?: string | undefined
  /** Whether a proxy of ours sets X-Forwarded-For. */
  readonly trustProxy: boolean
  readonly logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug'
  /** Built pages of the web; none: only the interfaces are served. */
  readonly webFolder?: string | undefined
  /** For the operator's verbs: use the database of a server that already runs on the folder. */
  readonly join?: boolean
  /** Another clock, for replays and drills. */
  readonly clock?: () => Date
  /** Settings of the embedded PostgreSQL; tests switch `fsync` off. */
  readonly databaseSettings?: Readonly<Record<string, string>>
  readonly say: (line: string) => void
}

export interface ActAs {
  readonly actor: Actor
  readonly now?: Date
  readonly origin?: Origin
}

export interface Kernel {
  readonly config: KernelOptions
  readonly url: string
  readonly db: Database
  readonly pool: pg.Pool
  readonly rooms: readonly Room[]
  readonly caches: Caches
  clock(): Date
  /** Runs `act` in one transaction, with what it announces and records; again from the start when the database asks for it. */
  transact<T>(as: ActAs, act: (ctx: Context) => Promise<T>): Promise<T>
  /** Runs `look` outside of a transaction: each statement sees what was committed before it. */
  read<T>(as: ActAs, look: (ctx: Context) => Promise<T>): Promise<T>
  stop(): Promise<void>
}

const ATTEMPTS = 4
const NOWHERE: Origin = { address: '', requestId: '' }

/** Who acts when no person and no machine does. */
export const systemActor: Actor = { id: 'system', kind: 'system', name: 'system', grants: [] }

/** Opens the database and brings its tables up to date. Nothing runs and nobody is answered before `start`. */
export async function createKernel(options: KernelOptions, rooms: readonly Room[]): Promise<Kernel> {
  const database = await openDatabase({
    url: options.databaseUrl,
    dataFolder: options.dataFolder,
    connections: options.connections,
    join: options.join,
    settings: options.databaseSettings,
    say: options.say,
  })
  try {
    await migrate(database.url, rooms, { shadow: options.shadow, say: options.say })
    return build(options, rooms, database)
  } catch (error) {
    await database.close()
    throw error
  }
}

function build(options: KernelOptions, rooms: readonly Room[], database: OpenedDatabase): Kernel {
  const { pool, db } = database
  const clock = options.clock ?? steadyClock(options.say)
  const caches = plainCaches()

  const contextOf = (as: ActAs, over: Context['db']): Context => ({
    db: over,
    actor: as.actor,
    now: as.now ?? clock(),
    origin: as.origin ?? NOWHERE,
    caches,
    outbox: emptyOutbox(),
  })

  async function attempt<T>(as: ActAs, act: (ctx: Context) => Promise<T>): Promise<T> {
    const client = await pool.connect()
    let broken: Error | undefined
    const ctx = contextOf(as, overClient(client))
    let result: T
    try {
      await client.query('begin')
      result = await act(ctx)
      await commit(client)
    } catch (error) {
      // A connection that cannot even roll back is not given to anyone else.
      await client.query('rollback').catch((failure: Error) => (broken = failure))
      throw error
    } finally {
      client.release(broken)
    }
    for (const follow of ctx.outbox.afterCommit) follow()
    return result
  }

  return {
    config: options,
    url: database.url,
    db,
    pool,
    rooms,
    caches,
    clock,
    transact: async (as, act) => {
      for (let attempts = 1; ; attempts++) {
        try {
          return await attempt(as, act)
        } catch (error) {
          if (!isWorthAgain(error) || attempts === ATTEMPTS) throw error
        }
      }
    },
    read: (as, look) => look(contextOf(as, db)),
    stop: () => database.close(),
  }
}

/** PostgreSQL answers COMMIT with ROLLBACK where an earlier statement had failed and the error was swallowed. */
async function commit(client: pg.PoolClient): Promise<void> {
  const { command } = await client.query('commit')
  if (command !== 'COMMIT') throw new Error('the transaction was undone, because a statement in it had failed')
}

export const emptyOutbox = (): Outbox => ({ events: [], entries: [], afterCommit: [] })

function plainCaches(): Caches {
  const built = new Map<string, { until: readonly { name: string }[]; value: Promise<unknown> }>()
  return {
    get: <T>(ctx: Context, cache: { name: string; until: readonly { name: string }[]; build: (ctx: Context) => Promise<T> }) => {
      const found = built.get(cache.name) ?? { until: cache.until, value: cache.build(ctx) }
      built.set(cache.name, found)
      return found.value as Promise<T>
    },
    drop: (name) => {
      for (const [key, { until }] of built) if (until.some((event) => event.name === name)) built.delete(key)
    },
  }
}
