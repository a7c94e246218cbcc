// Brings the tables to the state the program needs: numbered plain SQL per room, forward only, each run once and never changed after.

import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type pg from 'pg'
import type { Room } from '../room.ts'
import { openClient } from './connect.ts'
import { inShadow } from './shadow.ts'

export interface Migration {
  readonly room: string
  readonly file: string
  readonly checksum: string
  readonly text: string
}

/** Stops the start: this program and this database do not belong together. */
export class MigrationRefused extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'MigrationRefused'
  }
}

// One number for all processes on the database; any will do, so long as nobody else uses it.
const LOCK = 20_260_401

const FILE = /^\d{4}-[a-z0-9-]+\.sql$/

/** All migrations of the rooms, in the order of their floors. */
export const migrationsOf = (rooms: readonly Room[]): Migration[] =>
  rooms.flatMap(({ name, migrations }) => {
    if (!migrations) return []
    const folder = fileURLToPath(migrations)
    if (!existsSync(folder)) return []
    const files = readdirSync(folder).filter((file) => file.endsWith('.sql'))
    for (const file of files) if (!FILE.test(file)) throw new Error(`${name}: ${file} is not named like 0001-what-it-makes.sql`)
    const numbers = files.map((file) => file.slice(0, 4))
    const twice = numbers.find((number, at) => numbers.indexOf(number) !== at)
    if (twice) throw new Error(`${name}: two migrations have the number ${twice}`)
    return files.toSorted().map((file) => {
      // A checkout on another system may have changed the line ends, which changes nothing.
      const text = readFileSync(new URL(file, migrations), 'utf8').replaceAll('\r\n', '\n')
      return { room: name, file, text, checksum: createHash('sha256').update(text).digest('hex') }
    })
  })

export interface MigrateOptions {
  readonly shadow?: boolean
  readonly say?: (line: string) => void
}

/** Runs what has not run yet; the answer is how many did. Several processes may start at once: one runs, the others wait. */
export async function migrate(url: string, rooms: readonly Room[], { shadow = false, say = () => {} }: MigrateOptions = {}): Promise<number> {
  const client = await openClient(url)
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK])
    const open = await findOpen(client, migrationsOf(rooms))
    const tables = Object.assign({}, ...rooms.map((room) => room.tables ?? {}))
    for (const migration of open) {
      await run(client, { ...migration, text: shadow ? inShadow(migration.text, tables) : migration.text })
      say(`migration ${migration.room}/${migration.file}`)
    }
    return open.length
  } finally {
    await client.end()
  }
}

/** How many migrations are still to run, for /readyz. */
export async function countOpen(client: pg.Pool | pg.Client, rooms: readonly Room[]): Promise<number> {
  const { rows } = await client.query<{ key: string }>(`select room || '/' || file as key from migration`)
  const done = new Set(rows.map(({ key }) => key))
  return migrationsOf(rooms).filter(({ room, file }) => !done.has(`${room}/${file}`)).length
}

async function findOpen(client: pg.Client, migrations: readonly Migration[]): Promise<Migration[]> {
  await client.query(`
    create table if not exists migration (
      room     text        not null,
      file     text        not null,
      checksum text        not null,
      run_at   timestamptz not null default now(),
      primary key (room, file)
    )`)
  const { rows } = await client.query<Omit<Migration, 'text'>>('select room, file, checksum from migration')
  const wanted = new Map(migrations.map((migration) => [`${migration.room}/${migration.file}`, migration]))
  const rooms = new Set(migrations.map(({ room }) => room))
  for (const { room, file, checksum } of rows) {
    const now = wanted.get(`${room}/${file}`)
    if (!now && rooms.has(room)) throw new MigrationRefused(`the database holds migration ${room}/${file}, which this program does not know: it is older than the database`)
    if (now && now.checksum !== checksum) throw new MigrationRefused(`migration ${room}/${file} was changed after it had run on this database; undo the change and add a new one`)
    wanted.delete(`${room}/${file}`)
  }
  const open = [...wanted.values()]
  const late = open.find(({ room, file }) => rows.some((done) => done.room === room && done.file > file))
  if (late) throw new MigrationRefused(`migration ${late.room}/${late.file} was added before others that have already run; give it the next number`)
  return open
}

async function run(client: pg.Client, { room, file, checksum, text }: Migration): Promise<void> {
  await client.query('begin')
  try {
    await client.query(text)
    await client.query('insert into migration (room, file, checksum) values ($1, $2, $3)', [room, file, checksum])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw new Error(`migration ${room}/${file}: ${(error as Error).message}${whereIn(text, error)}`, { cause: error })
  }
}

function whereIn(text: string, error: unknown): string {
  const position = Number((error as { position?: string }).position)
  return position > 0 ? ` (line ${text.slice(0, position).split('\n').length})` : ''
}
