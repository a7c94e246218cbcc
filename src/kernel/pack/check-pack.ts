// A pack is checked whole before a row of it is written. Files that are too large to hold pass by once for the check and once for the load.

import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Words } from '../contract.ts'
import type { Fault } from '../problem.ts'
import type { PackFile } from '../room.ts'
import { keyOf, KeySet } from './key-set.ts'
import { Unreadable } from './read-csv.ts'
import { readRows, type Row } from './read-file.ts'

export const MOST_FAULTS = 100

export interface CheckedPack {
  readonly faults: readonly Fault[]
  /** Whether there are faults beyond those that are named. */
  readonly more: boolean
  /** Rows of each file that is there. */
  readonly counts: Readonly<Record<string, number>>
  /** Rows of the files that are held, the given ones before them. */
  readonly rows: ReadonlyMap<string, readonly Row[]>
}

/** What stands beside the files of a pack without being one. */
const BESIDE = /^\.|\.(md|txt)$|^(readme|licen[cs]e|notice)/i

const isLarge = (file: PackFile) => file.loadEach !== undefined

class Findings {
  readonly faults: Fault[] = []
  more = false

  add(at: string, reason: Words): void {
    if (this.faults.length < MOST_FAULTS) this.faults.push({ at, reason })
    else this.more = true
  }
}

/** Checks a pack in a folder; writes nothing and needs no database. */
export async function checkPack(folder: string, files: readonly PackFile[]): Promise<CheckedPack> {
  const found = new Findings()
  const counts: Record<string, number> = {}
  const rows = new Map<string, Row[]>()
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    found.add(folder, { zh: '没有这个文件夹', en: 'there is no such folder' })
    return { faults: found.faults, more: false, counts, rows }
  }
  checkListing(folder, files, found)

  const lines = new Map<string, number[]>()
  const unsound = new Set<string>()
  for (const file of files.filter((one) => !isLarge(one))) {
    const held: Row[] = []
    const at: number[] = []
    rows.set(file.file, held)
    lines.set(file.file, at)
    if (!existsSync(join(folder, file.file))) continue
    const sound = await eachRow(folder, file, found, ({ line, row }) => {
      held.push(row)
      at.push(line)
    })
    if (!sound) unsound.add(file.file)
    counts[file.file] = held.length
  }
  const own = new Map([...rows].map(([name, held]) => [name, [...held]]))
  for (const file of files.filter((one) => !isLarge(one))) {
    const held = rows.get(file.file)!
    const keys = new Set(file.key && held.map((row) => keyOf(row, file.key!)))
    held.unshift(...((file.given?.(rows) ?? []) as Row[]).filter((row) => !file.key || !keys.has(keyOf(row, file.key))))
  }

  const targets = new Targets(files, rows)
  for (const file of files.filter((one) => !isLarge(one))) {
    checkHeld(file, own.get(file.file)!, lines.get(file.file)!, unsound.has(file.file), rows, targets, found)
  }
  for (const file of files.filter(isLarge)) {
    if (existsSync(join(folder, file.file))) counts[file.file] = await checkLarge(folder, file, rows, targets, found)
  }
  return { faults: found.faults, more: found.more, counts, rows }
}

function checkListing(folder: string, files: readonly PackFile[], found: Findings): void {
  const names = readdirSync(folder)
  for (const name of names) {
    if (BESIDE.test(name) || files.some(({ file }) => file === name)) continue
    found.add(name, { zh: '城市包没有这种文件', en: 'is no file of a city pack' })
  }
  for (const { file, optional } of files) {
    if (!optional && !names.includes(file)) found.add(file, { zh: '缺少此文件', en: 'is missing' })
  }
}

/** Reads the rows of a file and notes their own faults; whether there were none. */
async function eachRow(
  folder: string,
  file: PackFile,
  found: Findings,
  take: (read: { line: number; row: Row; sound: boolean }) => void,
): Promise<boolean> {
  let sound = true
  try {
    for await (const rows of readRows(folder, file)) {
      for (const { line, row, faults } of rows) {
        for (const { column, reason } of faults) found.add(place(file, line, column), reason)
        if (faults.length > 0) sound = false
        take({ line, row, sound: faults.length === 0 })
      }
    }
    return sound
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    found.add(place(file, error.line, ''), error.words)
    return false
  }
}

const place = ({ file, format }: PackFile, line: number, column: string): string =>
  [file, ...(format === 'json' ? [] : [line]), ...(column === '' ? [] : [column])].join(':')

/** Values that other files may refer to. */
class Targets {
  private readonly values = new Map<string, KeySet>()

  constructor(files: readonly PackFile[], rows: ReadonlyMap<string, readonly Row[]>) {
    for (const target of new Set(files.flatMap((file) => Object.values(file.columns ?? {}).flatMap((column) => column.refers ?? [])))) {
      const [name, column] = target.split(':') as [string, string]
      const set = new KeySet()
      for (const row of rows.get(name) ?? []) if (row[column] !== null && row[column] !== undefined) set.add(String(row[column]))
      this.values.set(target, set)
    }
  }

  has = (target: string, value: unknown): boolean => this.values.get(target)?.has(String(value)) ?? false

  /** Values of a file that is not held, as its rows pass by. */
  collect(file: string, row: Row): void {
    for (const [target, set] of this.values) {
      if (!target.startsWith(`${file}:`)) continue
      const value = row[target.slice(file.length + 1)]
      if (value !== null && value !== undefined) set.add(String(value))
    }
  }
}

/** Columns that refer elsewhere, found once for a file and not for each row. */
const linksOf = (file: PackFile) =>
  Object.entries(file.columns ?? {}).flatMap(([name, { refers }]) =>
    refers === undefined ? [] : [{ name, refers, in: refers.split(':')[0]! }],
  )

function checkLinks(links: ReturnType<typeof linksOf>, row: Row, targets: Targets, say: (column: string, reason: Words) => void): void {
  for (const { name, refers, in: file } of links) {
    const value = row[name]
    if (value === null || value === undefined || targets.has(refers, value)) continue
    say(name, { zh: `${file} 中没有“${value}”`, en: `"${value}" does not stand in ${file}` })
  }
}

const TWICE: Words = { zh: '与前面一行重复', en: 'stands twice' }

function checkHeld(
  file: PackFile,
  own: readonly Row[],
  lines: readonly number[],
  unsound: boolean,
  pack: ReadonlyMap<string, readonly Row[]>,
  targets: Targets,
  found: Findings,
): void {
  const keys = new KeySet()
  const links = linksOf(file)
  const each = unsound ? undefined : file.checkEach?.(pack)
  own.forEach((row, index) => {
    const say = (column: string, reason: Words) => found.add(place(file, lines[index]!, column), reason)
    if (file.key && row[file.key[0]!] !== null && !keys.add(keyOf(row, file.key))) say(file.key[0]!, TWICE)
    checkLinks(links, row, targets, say)
    for (const { column, reason } of each?.(row) ?? []) say(column, reason)
  })
  if (unsound || !file.check) return
  for (const { row, column, reason } of file.check(own, pack)) found.add(place(file, lines[row - 1] ?? row, column), reason)
}

async function checkLarge(
  folder: string,
  file: PackFile,
  pack: ReadonlyMap<string, readonly Row[]>,
  targets: Targets,
  found: Findings,
): Promise<number> {
  const keys = new KeySet()
  const links = linksOf(file)
  const each = file.checkEach?.(pack)
  let count = 0
  await eachRow(folder, file, found, ({ line, row, sound }) => {
    count++
    const say = (column: string, reason: Words) => found.add(place(file, line, column), reason)
    if (file.key && row[file.key[0]!] !== null && !keys.add(keyOf(row, file.key))) say(file.key[0]!, TWICE)
    checkLinks(links, row, targets, say)
    targets.collect(file.file, row)
    if (sound && each) for (const { column, reason } of each(row)) say(column, reason)
  })
  return count
}
