// The PostgreSQL that the program starts itself: set up at the first start, stopped with it, started again if it dies.

import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chownSync, closeSync, existsSync, lstatSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { findBinaries, type Binaries, type RunAs } from './binaries.ts'
import { openHome } from './cluster-home.ts'
import { openClient } from './connect.ts'
import { isDatabaseGone } from './gone.ts'
import { clearOrphans } from './orphan.ts'

const MAJOR = '18'
// By code point on every machine, so that an order of texts never depends on where the program runs.
const LOCALE = ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
const LOG_KEPT_BYTES = 20_000_000
// A socket's path holds 107 bytes, of which `/.s.PGSQL.5432` takes 14.
const SOCKET_FOLDER_MAX = 90

const SETTINGS = {
  listen_addresses: '',
  max_connections: '200',
  shared_buffers: '256MB',
  max_wal_size: '2GB',
  wal_compression: 'on',
  checkpoint_completion_target: '0.9',
  log_checkpoints: 'off',
  log_timezone: 'UTC',
  timezone: 'UTC',
}

export interface EmbeddedOptions {
  readonly dataFolder: string
  /** Settings of PostgreSQL beside ours; tests switch `fsync` off. */
  readonly settings?: Readonly<Record<string, string>>
  readonly say?: (line: string) => void
}

export class EmbeddedServer {
  readonly #cluster: string
  readonly #socketFolder: string
  readonly #logFile: string
  readonly #binaries: Binaries
  readonly #runAs: RunAs
  readonly #settings: Readonly<Record<string, string>>
  readonly #say: (line: string) => void
  #child: ChildProcess | undefined
  #stopping = false
  #mending: Promise<void> | undefined

  /** Sets up the folder, and the cluster if there is none yet. The caller holds the lock of `dataFolder`. */
  constructor({ dataFolder, settings = {}, say = () => {} }: EmbeddedOptions) {
    const home = openHome(dataFolder)
    if (home.note !== undefined) say(home.note)
    this.#runAs = home.runAs
    this.#cluster = join(home.folder, MAJOR)
    this.#logFile = join(home.folder, 'postgresql.log')
    this.#socketFolder = socketFolder(home.folder, home.runAs)
    this.#binaries = findBinaries(home.runAs, home.folder)
    this.#settings = { ...SETTINGS, ...settings, unix_socket_directories: this.#socketFolder }
    this.#say = say
  }

  /** Ready to answer; true where the cluster was made just now. */
  async start(): Promise<boolean> {
    const isNew = !existsSync(join(this.#cluster, 'PG_VERSION'))
    if (isNew) this.#setUp()
    if (await clearOrphans(this.#cluster, this.#socketFolder)) this.#say('ended a PostgreSQL that an earlier run had left behind')
    await this.#launch()
    return isNew
  }

  url(database = 'chengyun'): string {
    return socketUrl(this.#socketFolder, database)
  }

  /** Ends all sessions and waits until everything is on disk. */
  async stop(): Promise<void> {
    this.#stopping = true
    await this.#mending?.catch(() => {})
    await this.#end()
    if (!this.#cluster.startsWith(dirname(this.#socketFolder))) rmSync(this.#socketFolder, { recursive: true, force: true })
  }

  async #end(): Promise<void> {
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    child.kill('SIGINT')
    if (await Promise.race([ended.then(() => true), pause(30_000, false, { ref: false })])) return
    child.kill('SIGQUIT')
    await ended
  }

  get pid(): number | undefined {
    return this.#child?.pid
  }

  /** Made beside and renamed, so that a set-up cut short is never taken for a whole one. */
  #setUp(): void {
    const part = `${this.#cluster}.part`
    rmSync(part, { recursive: true, force: true })
    const { status, error, stderr } = spawnSync(
      this.#binaries.initdb,
      ['-D', part, '-U', 'postgres', '-E', 'UTF8', '--auth-local=trust', '--auth-host=reject', '--no-instructions', ...LOCALE],
      { ...this.#runAs, cwd: '/', env: environment(), encoding: 'utf8' },
    )
    if (error) throw error
    if (status !== 0) throw new Error(`PostgreSQL could not be set up: ${lastLines(stderr)}`)
    renameSync(part, this.#cluster)
  }

  async #launch(): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const failure = await this.#tryLaunch()
      if (failure === undefined) return
      // Sessions of a killed server let go of its memory a moment after it.
      if (!/pre-existing shared memory block/.test(failure) || attempt === 50) throw new Error(`PostgreSQL did not start: ${failure}`)
      await pause(200)
      await clearOrphans(this.#cluster, this.#socketFolder)
    }
  }

  async #tryLaunch(): Promise<string | undefined> {
    const log = openLog(this.#logFile)
    const from = statSync(this.#logFile).size
    const settings = Object.entries(this.#settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
    // In a group of its own: Ctrl-C in a terminal is for us, and we stop it when our own work has ended.
    const child = spawn(this.#binaries.postgres, ['-D', this.#cluster, ...settings], {
      ...this.#runAs,
      cwd: '/',
      env: environment(),
      detached: true,
      stdio: ['ignore', log, log],
    })
    closeSync(log)
    this.#child = child
    const failed = new Promise<string>((resolve) => {
      child.once('error', (error) => resolve(error.message))
      child.once('exit', () => resolve(lastLines(readFileSync(this.#logFile).subarray(from).toString('utf8')) || 'no reason given'))
    })
    const failure = await Promise.race([failed, this.#answers(child)])
    if (failure !== undefined) return failure

    child.once('exit', () => this.#mend())
    return undefined
  }

  /** Waits until a session can be opened; a recovery after a crash takes as long as it takes. */
  async #answers(child: ChildProcess): Promise<undefined> {
    while (child.exitCode === null && child.signalCode === null) {
      try {
        const client = await openClient(this.url('postgres'))
        await client.end()
        return undefined
      } catch (error) {
        if (!isDatabaseGone(error)) throw error
        await pause(15)
      }
    }
    return new Promise(() => {})
  }

  /** It died under us: clear up and start it again, as often as it takes. */
  #mend(): void {
    if (this.#stopping) return
    this.#say('PostgreSQL has died; starting it again')
    this.#mending = (async () => {
      for (let wait = 100; !this.#stopping; wait = Math.min(wait * 2, 5_000)) {
        try {
          await clearOrphans(this.#cluster, this.#socketFolder)
          await this.#launch()
          return this.#say('PostgreSQL is back')
        } catch (error) {
          this.#say(String((error as Error).message))
          await pause(wait)
        }
      }
    })()
  }
}

const socketUrl = (folder: string, database: string) => `postgres://postgres@/${database}?host=${encodeURIComponent(folder)}`

/** The URL of a server that another process of ours runs on this data folder. */
export function urlOfRunning(dataFolder: string): string {
  const home = openHome(dataFolder)
  return socketUrl(socketFolder(home.folder, home.runAs), 'chengyun')
}

/** Beside the cluster; where that path is too long for a socket, a folder of its owner's in the temporary one. */
function socketFolder(home: string, runAs: RunAs): string {
  const near = join(home, 'socket')
  const folder = near.length <= SOCKET_FOLDER_MAX ? near : join(tmpdir(), `chengyun-${createHash('sha256').update(home).digest('hex').slice(0, 16)}`)
  const owner = runAs ?? { uid: process.getuid?.() ?? -1, gid: process.getgid?.() ?? -1 }
  if (!existsSync(folder)) {
    mkdirSync(folder, { mode: 0o700 })
    chownSync(folder, owner.uid, owner.gid)
  }
  const { uid } = lstatSync(folder)
  if (uid !== owner.uid) throw new Error(`${folder} belongs to another user`)
  return folder
}

/** Ours less what would steer PostgreSQL another way. */
const environment = (): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG|LD_)/.test(name))),
  LC_ALL: 'C',
  TZ: 'UTC',
})

function openLog(path: string): number {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (size > LOG_KEPT_BYTES) renameSync(path, `${path}.old`)
  return openSync(path, 'a', 0o600)
}

/** What PostgreSQL gave as its reason: its FATAL and PANIC lines, or else its last ones. */
function lastLines(text: string): string {
  const lines = text.trim().split('\n')
  const fatal = lines.filter((line) => /\b(FATAL|PANIC|error):/.test(line))
  return (fatal.length > 0 ? fatal : lines).slice(-2).join(' ')
}
