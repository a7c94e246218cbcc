import {
  CamelCasePlugin,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
} from 'kysely'
import pg from 'pg'
import { types } from './types.ts'
import type { Database } from '../context.ts'
import { nameOf } from './prepared.ts'

type Client = pg.PoolClient | pg.Client

/** Connections to one database. An idle one that breaks is dropped and opened anew at the next need. */
export function openPool(url: string, max: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    types,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    application_name: 'chengyun',
    options: '-c TimeZone=UTC -c jit=off',
  })
  // The statement that was running fails by itself; without these, the broken connection would end the process.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

/** One connection of its own, for sessions that hold something: a lock, a listener. */
export async function openClient(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, types, application_name: 'chengyun', options: '-c TimeZone=UTC' })
  client.on('error', () => {})
  await client.connect()
  return client
}

// ── The query builder over a pool, or over the one connection of a transaction

class Connection implements DatabaseConnection {
  readonly client: Client
  readonly inTransaction: boolean

  constructor(client: Client, inTransaction: boolean) {
    this.client = client
    this.inTransaction = inTransaction
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const values = query.parameters as unknown[]
    const name = nameOf(query.sql, values.length)
    const result = await this.client.query<pg.QueryResultRow>(name ? { name, text: query.sql, values } : { text: query.sql, values })
    const rows = (result.rows ?? []) as R[]
    if (result.rowCount === null || result.command === 'SELECT') return { rows }
    return { rows, numAffectedRows: BigInt(result.rowCount) }
  }

  /** Rows in pieces through a cursor of the server, so that a long export never stands in memory. */
  async *streamQuery<R>(query: CompiledQuery, chunkSize = 1000): AsyncIterableIterator<QueryResult<R>> {
    if (!this.inTransaction) await this.client.query('begin')
    try {
      await this.client.query({ text: `declare rows_in_pieces no scroll cursor for ${query.sql}`, values: query.parameters as unknown[] })
      for (;;) {
        const { rows } = await this.client.query(`fetch ${chunkSize} from rows_in_pieces`)
        if (rows.length === 0) break
        yield { rows }
      }
      await this.client.query('close rows_in_pieces')
    } finally {
      if (!this.inTransaction) await this.client.query('rollback')
    }
  }
}

const statement = async (connection: DatabaseConnection, text: string) => {
  await (connection as Connection).client.query(text)
}

function dialect(acquire: () => Promise<Connection>, release: (connection: Connection) => void): Dialect {
  const driver: Driver = {
    init: async () => {},
    acquireConnection: acquire,
    beginTransaction: (connection) => statement(connection, 'begin'),
    commitTransaction: (connection) => statement(connection, 'commit'),
    rollbackTransaction: (connection) => statement(connection, 'rollback'),
    releaseConnection: async (connection) => release(connection as Connection),
    destroy: async () => {},
  }
  return {
    createDriver: () => driver,
    createAdapter: () => new PostgresAdapter(),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createIntrospector: (db) => new PostgresIntrospector(db),
  }
}

const kysely = (over: Dialect): Database =>
  new Kysely({ dialect: over, plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })] })

/** A query builder that takes a connection of the pool for each statement. */
export function overPool(pool: pg.Pool): Database {
  return kysely(
    dialect(
      async () => new Connection(await pool.connect(), false),
      ({ client }) => (client as pg.PoolClient).release(),
    ),
  )
}

const builders = new WeakMap<Client, Database>()
const clients = new WeakMap<Database, Client>()

/** A query builder bound to one connection, made once for each connection and kept with it. */
export function overClient(client: Client): Database {
  const known = builders.get(client)
  if (known) return known

  const connection = new Connection(client, true)
  const db = kysely(
    dialect(
      async () => connection,
      () => {},
    ),
  )
  builders.set(client, db)
  clients.set(db, client)
  return db
}

/**
 * Whether statements may be sent over a connection before those ahead of them are answered. What is sent behind a failed
 * statement of a transaction fails too, so nothing is done that should not be. Returns whether it was so before.
 */
export function setAhead(client: Client, ahead: boolean): boolean {
  const connection = client as { pipeline?: boolean }
  const before = connection.pipeline === true
  connection.pipeline = ahead
  return before
}

/** Whether its statements stand in line over one connection, as in a transaction. */
export const isOneConnection = (db: Database): boolean => clients.has(db)

/** The connection of an open transaction, for what the query builder cannot say, such as COPY. */
export function clientOf(db: Database): Client {
  const client = clients.get(db)
  if (!client) throw new Error('this needs the connection of an open transaction')
  return client
}
