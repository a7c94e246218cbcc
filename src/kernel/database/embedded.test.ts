// Real processes, really killed.

import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { openClient } from './connect.ts'
import { isDatabaseGone } from './gone.ts'
import { lockFolder } from './lock.ts'
import { openDatabase } from './open.ts'

const folders: string[] = []
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

const freshFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'chengyun-kill-'))
  chmodSync(folder, 0o755)
  folders.push(folder)
  return folder
}

const postmasterOf = (folder: string) => Number(readFileSync(join(folder, 'postgresql/18/postmaster.pid'), 'utf8').split('\n')[0])

/** A dead process whose parent has not asked after it still has its number. */
const alive = (pid: number) => {
  try {
    process.kill(pid, 0)
    return process.platform !== 'linux' || !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')
  } catch {
    return false
  }
}

/** A program that opens the folder, writes row after row and says the number of each once it is committed. */
const WRITER = `
  import { openDatabase } from ${JSON.stringify(new URL('./open.ts', import.meta.url).href)}
  const { pool, close } = await openDatabase({ dataFolder: process.argv[1] })
  await pool.query('create table if not exists written (n int primary key)')
  const { rows } = await pool.query('select coalesce(max(n), 0) as n from written')
  process.on('SIGTERM', () => close().then(() => process.exit(0)))
  for (let n = rows[0].n + 1; ; n++) {
    await pool.query('insert into written values ($1)', [n]).then(() => console.log(n), () => new Promise((done) => setTimeout(done, 20)))
  }`

async function startWriter(folder: string): Promise<{ child: ChildProcess; last: () => number; writes: (more: number) => Promise<void> }> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', WRITER, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout!.on('data', (text) => (output += text))
  const last = () => Number(output.slice(0, output.lastIndexOf('\n')).split('\n').at(-1) ?? 0)
  const writes = async (more: number) => {
    const until = last() + more
    while (last() < until) {
      if (child.exitCode !== null) throw new Error('the writer has ended')
      await pause(5)
    }
  }
  await writes(50)
  return { child, last, writes }
}

const ended = (child: ChildProcess) => new Promise<void>((resolve) => child.once('exit', () => resolve()))

test('a killed program leaves PostgreSQL behind; the next start ends it, takes the folder over and misses no committed row', async () => {
  const folder = freshFolder()
  for (let round = 0; round < 3; round++) {
    const { child, last, writes } = await startWriter(folder)
    await writes(20)
    const orphan = postmasterOf(folder)
    child.kill('SIGKILL')
    await ended(child)
    assert.ok(alive(orphan))

    const said: string[] = []
    const { pool, close } = await openDatabase({ dataFolder: folder, say: (line) => said.push(line) })
    const { rows } = await pool.query('select count(*) as count, max(n) as max from written')
    await close()

    assert.ok(!alive(orphan))
    assert.ok(said.some((line) => line.includes('left behind')))
    assert.ok(rows[0].max >= last())
    assert.equal(rows[0].count, rows[0].max)
  }
})

test('a killed PostgreSQL is started again under the running program, which goes on writing', async () => {
  const folder = freshFolder()
  const { child, last, writes } = await startWriter(folder)
  for (let round = 0; round < 3; round++) {
    process.kill(postmasterOf(folder), 'SIGKILL')
    await writes(20)
  }
  child.kill('SIGTERM')
  await ended(child)

  const { pool, close } = await openDatabase({ dataFolder: folder })
  const { rows } = await pool.query('select max(n) as max from written')
  await close()

  assert.ok(rows[0].max >= last())
})

test('both killed at once: what was committed is there at the next start', async () => {
  const folder = freshFolder()
  const { child, last } = await startWriter(folder)
  process.kill(postmasterOf(folder), 'SIGKILL')
  child.kill('SIGKILL')
  await ended(child)

  const { pool, close } = await openDatabase({ dataFolder: folder })
  const { rows } = await pool.query('select max(n) as max from written')
  await close()

  assert.ok(rows[0].max >= last())
})

test('SIGTERM ends PostgreSQL with the program, and nothing is left behind', async () => {
  const folder = freshFolder()
  const { child } = await startWriter(folder)
  const postmaster = postmasterOf(folder)
  child.kill('SIGTERM')
  await ended(child)

  assert.equal(child.exitCode, 0)
  assert.ok(!alive(postmaster))
  assert.ok(!existsSync(join(folder, 'postgresql/18/postmaster.pid')))
  assert.ok(!existsSync(join(folder, 'lock')))
})

test('a second program on the same folder is refused, and told which process holds it', async () => {
  const folder = freshFolder()
  const { child, writes } = await startWriter(folder)

  await assert.rejects(openDatabase({ dataFolder: folder }), { name: 'FolderTaken', pid: child.pid })
  await writes(20)

  // An operator's verb does not start a second server but joins the one that runs.
  const joined = await openDatabase({ dataFolder: folder, join: true })
  const { rows } = await joined.pool.query('select count(*) as count from written')
  await joined.close()
  assert.ok(rows[0].count > 0)

  child.kill('SIGKILL')
  await ended(child)
  await (await openDatabase({ dataFolder: folder })).close()
})

test('a lock of a process that is gone is taken over, even when its number now belongs to another', async () => {
  const folder = freshFolder()
  writeFileSync(join(folder, 'lock'), JSON.stringify({ pid: process.ppid, since: 'another time' }))

  const lock = lockFolder(folder)

  assert.throws(() => lockFolder(folder), { name: 'FolderTaken', pid: process.pid })
  lock.release()
  lockFolder(folder).release()
})

test('a postmaster.pid that names a living stranger does not stop the start', async () => {
  const folder = freshFolder()
  await (await openDatabase({ dataFolder: folder })).close()
  writeFileSync(join(folder, 'postgresql/18/postmaster.pid'), `${process.pid}\n`)

  await (await openDatabase({ dataFolder: folder })).close()
})

test('a folder whose path is too long for a socket still works', async () => {
  const folder = join(freshFolder(), 'a-folder-with-a-rather-long-name'.repeat(3))

  const { pool, close } = await openDatabase({ dataFolder: folder })
  const { rows } = await pool.query('select 1 as one')
  await close()

  assert.equal(rows[0].one, 1)
})

const asRoot = process.getuid?.() === 0
test('root’s data behind a folder closed to others: PostgreSQL keeps its files elsewhere and finds them again', { skip: asRoot ? false : 'only as root' }, async () => {
  const closed = freshFolder()
  chmodSync(closed, 0o700)
  const folder = join(closed, 'data')
  const said: string[] = []

  const first = await openDatabase({ dataFolder: folder, say: (line) => said.push(line) })
  await first.pool.query('create table kept (n int)')
  await first.close()
  folders.push(realpathSync(join(folder, 'postgresql')))
  const second = await openDatabase({ dataFolder: folder })
  const { rowCount } = await second.pool.query(`select from pg_class where relname = 'kept'`)
  await second.close()

  assert.equal(rowCount, 1)
  assert.match(said.join('\n'), /is closed to uid \d+.*its files are in \/var\/lib\/chengyun/)
})

test('a database that cannot be reached is told from a mistake in a statement', async () => {
  const gone = await openClient('postgres://postgres@/none?host=/nowhere').catch((error: unknown) => error)
  const { pool, close } = await openDatabase({ dataFolder: freshFolder() })
  const mistake = await pool.query('select 1 from nothing').catch((error: unknown) => error)
  await close()

  assert.ok(isDatabaseGone(gone))
  assert.ok(!isDatabaseGone(mistake))
})
