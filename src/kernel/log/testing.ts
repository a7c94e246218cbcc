// A log of its own for tests: an empty database, the rooms of the test, and as many kernels over it as nodes are wanted.

import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import type pg from 'pg'
import { testOptions, withDatabase } from '../../testing.ts'
import type { Context } from '../context.ts'
import { migrate, openClient, openDatabase, openPool, overClient, overPool } from '../database/index.ts'
import { createCaches } from '../caches.ts'
import type { Room } from '../room.ts'
import { houseActor, type LogHost } from './host.ts'
import { createHub, hubOf } from './hub.ts'
import { flushOutbox } from './outbox.ts'
import { startPump, type Pump } from './pump.ts'
import { logRoom } from './room.ts'

export interface Node extends LogHost {
  readonly pool: pg.Pool
  /** Set once the pump runs: a commit wakes it, as in the program. */
  pump: Pump | undefined
}

export interface LogWorld {
  readonly url: string
  /** Another process, as far as the log can tell. */
  node(rooms?: readonly Room[], connections?: number): Node
  pumping(rooms?: readonly Room[]): Promise<Node & { pump: Pump }>
}

/** A seeded generator of numbers between 0 and 1 (mulberry32), so that a failure can be run again. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

export const withLog = (rooms: readonly Room[], body: (world: LogWorld) => Promise<void>) => async () => {
  const { url, close } = await emptyDatabase()
  const nodes: Node[] = []
  try {
    await migrate(url, [logRoom, ...rooms])
    const node = (own: readonly Room[] = rooms, connections = 8) => {
      const made = buildNode(url, own, connections)
      nodes.push(made)
      return made
    }
    await body({
      url,
      node,
      pumping: async (own) => {
        const made = node(own)
        const pump = await startPump(made, { retryMs: 20 })
        made.pump = pump
        return made as Node & { pump: Pump }
      },
    })
  } finally {
    for (const { pump, hub, pool } of nodes) {
      await pump?.stop()
      hub.close()
      await pool.end()
    }
    await close()
  }
}

async function emptyDatabase(): Promise<{ url: string; close: () => Promise<void> }> {
  const served = process.env.TEST_CITY_URL
  if (!served) {
    const options = testOptions()
    const database = await openDatabase({
      url: undefined,
      dataFolder: options.dataFolder,
      connections: 2,
      settings: options.databaseSettings,
      say: () => {},
    })
    return {
      url: database.url,
      close: async () => {
        await database.close()
        rmSync(options.dataFolder, { recursive: true, force: true })
      },
    }
  }
  const name = `log_${randomUUID().replaceAll('-', '').slice(0, 16)}`
  await administer(served, `create database "${name}"`)
  return { url: withDatabase(served, name), close: () => administer(served, `drop database "${name}" with (force)`) }
}

async function administer(url: string, statement: string): Promise<void> {
  const client = await openClient(withDatabase(url, 'postgres'))
  await client.query(statement)
  await client.end()
}

function buildNode(url: string, rooms: readonly Room[], connections: number): Node {
  const pool = openPool(url, connections)
  const hub = createHub(rooms)
  const caches = createCaches({ [hubOf.name]: hub })
  const db = overPool(pool)
  const contextOf = (as: Parameters<Node['read']>[0], over: Context['db']): Context => ({
    db: over,
    actor: as.actor,
    now: as.now ?? new Date(),
    origin: as.origin ?? { address: '', requestId: '' },
    caches,
    outbox: { events: [], entries: [], afterCommit: [] },
  })
  const node: Node = {
    db,
    pool,
    rooms,
    caches,
    hub,
    pump: undefined,
    clock: () => new Date(),
    read: (as, look) => look(contextOf(as, db)),
    transact: async (as, act) => {
      const client = await pool.connect()
      const ctx = contextOf(as, overClient(client))
      try {
        await client.query('begin')
        const result = await act(ctx)
        await flushOutbox(ctx, () => node.pump?.wake())
        await client.query('commit')
        for (const follow of ctx.outbox.afterCommit) follow()
        return result
      } catch (error) {
        await client.query('rollback').catch(() => {})
        throw error
      } finally {
        client.release()
      }
    },
  }
  return node
}

export const asHouse = { actor: houseActor }
