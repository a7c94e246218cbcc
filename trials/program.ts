// The real program as a child process, on a free port and a data folder of its own.

import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../', import.meta.url))

export interface Program {
  readonly base: string
  readonly dataFolder: string
  readonly port: number
  readonly pid: number
  /** From the start of the process to the first 200 of /readyz, in milliseconds. */
  readonly readyMs: number
  readonly output: () => string
  stop(): Promise<void>
  /** As a power cut for the process: no handler of its own runs. */
  kill(): Promise<void>
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  await new Promise((done) => server.close(done))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

export const emptyFolder = () => mkdtemp(join(tmpdir(), 'chengyun-'))

/** Holds the demo city as TEST_CITY_FOLDER, a program's folder after its first start, does; without it the first start makes it. */
export async function cityFolder(): Promise<string> {
  const folder = await emptyFolder()
  const made = process.env.TEST_CITY_FOLDER
  // Owners and all: PostgreSQL does not start on files of another's.
  if (made) execFileSync('cp', ['-a', '--reflink=auto', `${made}/.`, folder])
  return folder
}
export const dropFolder = (folder: string) => rm(folder, { recursive: true, force: true })

const gone = (child: ChildProcess) =>
  child.exitCode !== null || child.signalCode !== null ? Promise.resolve() : new Promise<void>((done) => child.once('exit', () => done()))

/** What `chengyun verify` finds in the folder of a program that is stopped; nothing where all adds up. */
export function faultsIn(dataFolder: string, { only, env = {} }: { only?: string; env?: Record<string, string> } = {}): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['src/cli.ts', 'verify', ...(only ? ['--only', only] : [])], {
    cwd: root,
    env: { ...process.env, ...env, CHENGYUN_DATA: dataFolder },
    encoding: 'utf8',
  })
  return status === 0 ? '' : stdout + stderr
}

export async function startProgram(dataFolder: string, more: { port?: number; env?: Record<string, string>; waitMs?: number } = {}): Promise<Program> {
  const port = more.port ?? (await freePort())
  const env = { ...process.env, CHENGYUN_DATA: dataFolder, CHENGYUN_PORT: String(port), ...more.env }
  const startedAt = performance.now()
  const child = spawn(process.execPath, ['src/main.ts'], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout.on('data', (text) => (output += text))
  child.stderr.on('data', (text) => (output += text))
  const base = `http://127.0.0.1:${port}`

  const until = startedAt + (more.waitMs ?? 180_000)
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`the program ended before it was ready:\n${output}`)
    if (performance.now() > until) {
      child.kill('SIGKILL')
      throw new Error(`the program was not ready in time:\n${output}`)
    }
    const ready = await fetch(`${base}/readyz`).then(
      (reply) => reply.ok,
      () => false,
    )
    if (ready) break
    await new Promise((done) => setTimeout(done, 20))
  }

  return {
    base,
    dataFolder,
    port,
    pid: child.pid!,
    readyMs: performance.now() - startedAt,
    output: () => output,
    async stop() {
      child.kill('SIGTERM')
      await gone(child)
    },
    async kill() {
      child.kill('SIGKILL')
      await gone(child)
    },
  }
}

/** The past of the demo city is counted in the background when it is new. */
export async function untilCounted(base: string): Promise<void> {
  for (const until = Date.now() + 120_000; Date.now() < until; ) {
    const ready = (await fetch(`${base}/readyz`).then((reply) => reply.json())) as { events?: { lagMs: number } }
    if ((ready.events?.lagMs ?? 0) < 1000) return
    await new Promise((done) => setTimeout(done, 250))
  }
  throw new Error('the past of the demo city is not counted yet')
}
