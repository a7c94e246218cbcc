import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { lockFolder } from './kernel/database/lock.ts'
import { withApp } from './testing.ts'

const folder = mkdtempSync(join(tmpdir(), 'chengyun-main-'))
after(() => rmSync(folder, { recursive: true, force: true }))

/** The real program with these settings; all of these end before anything is opened. */
function start(settings: Record<string, string>) {
  const env = { PATH: process.env.PATH, CHENGYUN_DATA: folder, CHENGYUN_PORT: '0', ...settings }
  const { status, stdout, stderr } = spawnSync(process.execPath, [fileURLToPath(new URL('./main.ts', import.meta.url))], { env, encoding: 'utf8', timeout: 60_000 })
  return { status, stdout, lines: stderr.trim().split('\n') }
}

test('the whole program answers: ready, closed to strangers, open to those who sign in', withApp(async ({ fetchAs }) => {
  const ready = await fetchAs(null, '/readyz')
  const stranger = await fetchAs(null, '/api/cases/todo')
  const operator = await fetchAs('operator', '/api/cases/todo')

  assert.deepEqual([ready.status, stranger.status, operator.status], [200, 401, 200])
}))

test('a setting that is unknown stops the start with one line', () => {
  const { status, lines } = start({ CHENGYUN_PROT: '80' })

  assert.equal(status, 1)
  assert.deepEqual(lines, ['chengyun: CHENGYUN_PROT is not a setting; is CHENGYUN_PORT meant?'])
})

test('a port that is taken stops the start with one line, before anything is made', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const port = String((other.address() as AddressInfo).port)

  const { status, lines, stdout } = start({ CHENGYUN_PORT: port })
  other.close()

  assert.equal(status, 1)
  assert.equal(lines.length, 1)
  assert.match(lines[0]!, new RegExp(`port ${port} is taken`))
  assert.equal(stdout, '')
})

test('a folder that another process holds stops the start with one line', () => {
  const lock = lockFolder(folder)

  const { status, lines } = start({})
  lock.release()

  assert.equal(status, 1)
  assert.equal(lines.length, 1)
  assert.match(lines[0]!, new RegExp(`in use by process ${process.pid}`))
})

test('a data folder that cannot be written stops the start with one line', () => {
  const file = join(folder, 'no-folder')
  writeFileSync(file, '')

  const { status, lines } = start({ CHENGYUN_DATA: file })

  assert.equal(status, 1)
  assert.equal(lines.length, 1)
  assert.match(lines[0]!, /is not a folder; check CHENGYUN_DATA/)
})

test('a database that cannot be reached stops the start with one line, without its password', () => {
  const { status, lines } = start({ DATABASE_URL: 'postgres://city:s3cret@127.0.0.1:1/city' })

  assert.equal(status, 1)
  assert.equal(lines.length, 1)
  assert.match(lines[0]!, /the database of DATABASE_URL cannot be reached/)
  assert.doesNotMatch(lines[0]!, /s3cret/)
})
