// One program on one data folder. The lock is a file with the holder's process; a holder that is gone leaves it behind, and the next takes it over.

import { execFileSync } from 'node:child_process'
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface FolderLock {
  release(): void
}

interface Holder {
  pid: number
  /** When the process began: a number is used again by another process, this pair is not. */
  since: string
}

/** Thrown where another live process holds the folder. */
export class FolderTaken extends Error {
  readonly pid: number

  constructor(folder: string, pid: number) {
    super(`the data folder ${folder} is in use by process ${pid}`)
    this.name = 'FolderTaken'
    this.pid = pid
  }
}

/** Takes the folder for this process, or throws `FolderTaken`. */
export function lockFolder(folder: string): FolderLock {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, 'lock')
  const own = join(folder, `lock.${process.pid}`)
  writeFileSync(own, JSON.stringify({ pid: process.pid, since: sinceWhen(process.pid) } satisfies Holder))
  try {
    for (let attempt = 0; attempt < 10; attempt++) {
      if (tryLink(own, path)) return { release: () => releaseOwn(path) }
      const holder = readHolder(path)
      if (holder && isAlive(holder)) throw new FolderTaken(folder, holder.pid)
      setAside(path, holder)
    }
    throw new Error(`the lock ${path} could not be taken`)
  } finally {
    rmSync(own, { force: true })
  }
}

/** The live process that holds the folder, if any. */
export function findHolder(folder: string): number | undefined {
  const holder = readHolder(join(folder, 'lock'))
  return holder && isAlive(holder) ? holder.pid : undefined
}

// A hard link is made by one process alone, where writing the file could be done by two.
function tryLink(own: string, path: string): boolean {
  try {
    linkSync(own, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** Moves a dead holder's lock away; puts it back if another process took the folder in between. */
function setAside(path: string, dead: Holder | undefined): void {
  const aside = `${path}.dead.${process.pid}`
  try {
    renameSync(path, aside)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw error
  }
  const moved = readHolder(aside)
  if (moved && (moved.pid !== dead?.pid || moved.since !== dead.since)) tryLink(aside, path)
  rmSync(aside, { force: true })
}

function releaseOwn(path: string): void {
  if (readHolder(path)?.pid === process.pid) rmSync(path, { force: true })
}

function readHolder(path: string): Holder | undefined {
  try {
    const { pid, since } = JSON.parse(readFileSync(path, 'utf8')) as Holder
    return { pid, since }
  } catch {
    return undefined
  }
}

const isAlive = ({ pid, since }: Holder): boolean => sinceWhen(pid) === since && since !== ''

/** When the process with this number began, as text to compare; '' where there is none. */
function sinceWhen(pid: number): string {
  if (process.platform === 'linux') {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      // The name in brackets may hold spaces; the start is the 22nd field, so the 20th behind the bracket.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
      return fields[0] === 'Z' ? '' : `${boot} ${fields[19]}`
    } catch {
      return ''
    }
  }
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim()
  } catch {
    return ''
  }
}
