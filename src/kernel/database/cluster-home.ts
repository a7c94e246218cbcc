// Where the embedded PostgreSQL keeps its files, and as whom it runs.

import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmdirSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { join } from 'node:path'
import type { RunAs } from './binaries.ts'

export interface ClusterHome {
  readonly folder: string
  readonly runAs: RunAs
  /** Set where the files had to be kept outside the data folder: a line for people. */
  readonly note: string | undefined
}

const ELSEWHERE = '/var/lib/chengyun'

/** `postgresql` in the data folder; as root, given to an unprivileged user, since PostgreSQL refuses to run as root. */
export function openHome(dataFolder: string): ClusterHome {
  const path = join(dataFolder, 'postgresql')
  const isNew = !existsSync(path)
  if (isNew && lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) {
    throw new Error(`${path} points to a folder that is gone`)
  }
  mkdirSync(path, { recursive: true, mode: 0o700 })
  // Where it is a link, the folders before the link need not be open to the one who runs PostgreSQL.
  const folder = realpathSync(path)
  if (process.getuid?.() !== 0) return { folder, runAs: undefined, note: undefined }

  const runAs = ownerOf(folder) ?? unprivileged()
  give(folder, runAs)
  letThrough(dataFolder)
  if (reaches(folder, runAs)) return { folder, runAs, note: undefined }
  if (!isNew) throw new Error(`the folder ${path} can no longer be reached by uid ${runAs.uid}, under which PostgreSQL runs`)

  const elsewhere = keepElsewhere(path, runAs)
  return { folder: elsewhere, runAs, note: `${dataFolder} is closed to uid ${runAs.uid}, as which PostgreSQL runs: its files are in ${elsewhere}` }
}

/** The data folder is ours: others may pass through it, but neither list nor read it. Folders above it are not ours to change. */
function letThrough(dataFolder: string): void {
  chmodSync(dataFolder, (statSync(dataFolder).mode & 0o777) | 0o011)
}

/** Behind a folder closed to others, such as the home of root: the files go elsewhere, and a link in the data folder shows where. */
function keepElsewhere(path: string, runAs: NonNullable<RunAs>): string {
  mkdirSync(ELSEWHERE, { recursive: true, mode: 0o755 })
  const folder = mkdtempSync(join(ELSEWHERE, 'postgresql-'))
  give(folder, runAs)
  if (!reaches(folder, runAs)) throw new Error(`uid ${runAs.uid}, as which PostgreSQL runs, can reach neither ${path} nor ${folder}`)
  rmdirSync(path)
  symlinkSync(folder, path)
  return folder
}

function give(folder: string, { uid, gid }: NonNullable<RunAs>): void {
  chownSync(folder, uid, gid)
  chmodSync(folder, 0o700)
}

const reaches = (folder: string, runAs: RunAs): boolean =>
  spawnSync('/bin/sh', ['-c', 'cd "$1" && test -w .', 'sh', folder], { ...runAs, cwd: '/', stdio: 'ignore' }).status === 0

function ownerOf(folder: string): RunAs {
  const { uid, gid } = statSync(folder)
  return uid === 0 ? undefined : { uid, gid }
}

/** PostgreSQL looks its user up by name, so the uid must be one of the machine's own. */
function unprivileged(): NonNullable<RunAs> {
  const users = readFileSync('/etc/passwd', 'utf8').split('\n')
  for (const name of ['nobody', 'postgres', 'daemon']) {
    const fields = users.find((line) => line.startsWith(`${name}:`))?.split(':')
    if (fields?.[2] !== undefined && fields[3] !== undefined && Number(fields[2]) > 0) return { uid: Number(fields[2]), gid: Number(fields[3]) }
  }
  throw new Error('PostgreSQL does not run as root, and this machine has no unprivileged user; set DATABASE_URL')
}
