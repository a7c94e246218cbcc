// The order of the house (README, "The house"): what may import what, whose tables are whose, and how files are named.

import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { rooms } from './app.ts'
import type { Room } from './kernel/index.ts'

const src = fileURLToPath(new URL('./', import.meta.url))

/** Rooms by folder, with their floors: imports go down only, and neighbours do not know each other. */
const FLOORS: Readonly<Record<string, number>> = {
  kernel: 0,
  atlas: 1,
  registry: 2,
  responsibility: 3,
  cases: 4,
  monitoring: 5,
  messages: 6,
  'channels/public': 7,
  'channels/collector': 7,
  'channels/hotline': 7,
  gather: 8,
  maker: 9,
  web: 10,
  '': 11,
}

interface Import {
  /** Path from `src`, or the name of a package. */
  readonly target: string
  readonly typeOnly: boolean
  /** Loaded when it is needed, by `import()`. */
  readonly lazy: boolean
}

interface Source {
  readonly path: string
  readonly room: string
  readonly text: string
  readonly imports: readonly Import[]
  /** Tests, and what is only for tests. */
  readonly forTests: boolean
  readonly forBrowser: boolean
}

const roomOf = (path: string): string => Object.keys(FLOORS).find((room) => room !== '' && path.startsWith(`${room}/`)) ?? ''

const IMPORT = /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[\w*{}\s,]+?\s+from\s+)?'([^']+)'|import\(\s*'([^']+)'\s*\)/g

function read(path: string): Source {
  const text = readFileSync(join(src, path), 'utf8')
  const imports = [...text.matchAll(IMPORT)].map(([, type, from, dynamic]) => {
    const name = (from ?? dynamic)!.split('?')[0]!
    return { target: name.startsWith('.') ? relative(src, join(src, dirname(path), name)) : name, typeOnly: type !== undefined, lazy: from === undefined }
  })
  const forTests = /\.(test|browser)\.tsx?$|(^|\/)(testing|test-city|sample|small-pack)\.ts$|^web\/browser\//.test(path)
  return { path, room: roomOf(path), text, imports, forTests, forBrowser: /(^|\/)web\//.test(path) }
}

const sources = globSync('**/*.{ts,tsx}', { cwd: src })
  .filter((path) => !path.endsWith('.d.ts'))
  .toSorted()
  .map(read)
const byPath = new Map(sources.map((source) => [source.path, source]))
const shipped = sources.filter(({ forTests }) => !forTests)
const isOurs = ({ target }: Import) => byPath.has(target)

/** Fails with every line found, so that one run shows all. */
const none = (found: readonly string[], rule: string) => assert.equal(found.join('\n'), '', rule)

const edges = shipped.flatMap((from) => from.imports.filter(isOurs).map(({ target, typeOnly }) => ({ from, to: byPath.get(target)!, typeOnly })))
const between = edges.filter(({ from, to }) => from.room !== to.room)

test('imports go down the floors, and neighbours do not import each other', () => {
  const upward = between.filter(({ from, to }) => FLOORS[to.room]! >= FLOORS[from.room]!)
  none(upward.map(({ from, to }) => `${from.path} -> ${to.path}`), 'a higher floor hears of something by an event')
})

test('a room is entered by its doors', () => {
  // The folders of the kernel are rooms in themselves: some are for the browser too, which cannot pass through the one great door.
  const inside = ({ room, path }: Source) => path.slice(room.length + 1).replace(room === 'kernel' ? /^[a-z]+\/(?=index\.ts$|contract\.ts$)/ : '', '')
  const door = (to: Source) => ['index.ts', 'contract.ts', 'web/index.ts', 'web/index.tsx'].includes(inside(to))
  const throughWalls = between.filter(({ to }) => to.room !== '' && !door(to))
  none(throughWalls.map(({ from, to }) => `${from.path} -> ${to.path}`), 'export it in index.ts or contract.ts')
})

test('the server never imports pages', () => {
  const wrong = edges.filter(({ from, to }) => !from.forBrowser && to.forBrowser)
  none(wrong.map(({ from, to }) => `${from.path} -> ${to.path}`), 'what both need belongs in a pure file')
})

/** What the browser loads: the pages and all they import, but for types. */
function loadedByBrowser(): Source[] {
  const seen = new Set(shipped.filter(({ forBrowser, path }) => forBrowser && path !== 'web/vite.config.ts'))
  for (const source of seen) {
    for (const { target, typeOnly } of source.imports) {
      const next = byPath.get(target)
      if (next && !typeOnly) seen.add(next)
    }
  }
  return [...seen]
}

const SERVER_ONLY = /^(node:.*|pg|docx|pdfkit|fontkit|woff2-encoder\/.*|pg-copy-streams|kysely|fastify|@fastify\/.*|graphile-worker|sharp|exifr|file-type|csv-parse.*|csv-stringify.*|prom-client|commander|rate-limiter-flexible)$/

test('the browser loads nothing of the server', () => {
  const found = loadedByBrowser().flatMap(({ path, imports }) =>
    imports.filter(({ target, typeOnly }) => !typeOnly && SERVER_ONLY.test(target)).map(({ target }) => `${path} -> ${target}`),
  )
  none(found, 'a page imports contracts, pure files and pages')
})

test('pages also work where a city has no https yet', () => {
  const secure = /\bcrypto\.(randomUUID|subtle)\b/
  const found = loadedByBrowser().filter(({ text }) => secure.test(text.replaceAll(/\/\*[^]*?\*\/|\/\/.*/g, '')))
  none(found.map(({ path }) => path), 'browsers give these to secure pages alone: `makeKey` makes keys everywhere')
})

test('the portal and the collector’s page load no part of the workbench', () => {
  const seen = new Set(['web/portal/main.tsx', 'web/collector/main.tsx'].flatMap((path) => byPath.get(path) ?? []))
  for (const source of seen) {
    for (const { target, typeOnly, lazy } of source.imports) if (!typeOnly && !lazy && byPath.has(target)) seen.add(byPath.get(target)!)
  }
  const heavy = [...seen].flatMap(({ path, imports }) =>
    imports.filter(({ target, typeOnly }) => !typeOnly && /^(antd|@ant-design\/|echarts)/.test(target)).map(({ target }) => `${path} -> ${target}`),
  )
  none(heavy, 'phones on a street pay for every byte')
})

const CLOCK = /\bnew Date\(\)|\bDate\.now\(\)/

test('rules that the browser shares are pure: no clock, no chance, no database', () => {
  const shared = loadedByBrowser().filter(({ forBrowser }) => !forBrowser)
  none(shared.filter(({ text }) => CLOCK.test(text) || /\bMath\.random\(\)/.test(text)).map(({ path }) => path), 'the time comes in as an argument')
})

test('rooms take the time from their context', () => {
  const timeless = shipped.filter(({ room, forBrowser }) => room !== '' && room !== 'kernel' && room !== 'maker' && !forBrowser)
  none(timeless.filter(({ text }) => CLOCK.test(text)).map(({ path }) => path), 'ctx.now, so that a replay can set it')
})

// ── Tables and permits

const ownerOf = new Map<string, string>()
for (const room of rooms) for (const table of Object.keys(room.tables ?? {})) ownerOf.set(table, roomOf(`${folderOf(room.migrations)}/`))

function folderOf(migrations: URL | undefined): string {
  return migrations ? relative(src, dirname(fileURLToPath(migrations))) : ''
}

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
const TEMPLATE = /\bsql(?:<[^`]*?>)?`([\s\S]*?)`/g
const NAMED_IN_SQL = /\b(?:from|join|into|update|truncate|table|only)\s+"?([a-z_]+)"?/gi
const NAMED_IN_BUILDER = /\b(?:selectFrom|insertInto|updateTable|deleteFrom|innerJoin|leftJoin|fullJoin|using)\(\s*'(\w+)/g
const NAMED_IN_COPY = /\bcopyInto\(\s*\w+,\s*'(\w+)'/g

test('the SQL of a room names only its own tables', () => {
  const found = shipped
    .filter(({ room }) => room !== '' && room !== 'kernel')
    .flatMap(({ path, room, text }) => {
      const sql = [...text.matchAll(TEMPLATE)].flatMap(([, body]) => [...body!.matchAll(NAMED_IN_SQL)].map(([, name]) => name!.toLowerCase()))
      const built = [...text.matchAll(NAMED_IN_BUILDER), ...text.matchAll(NAMED_IN_COPY)].map(([, name]) => snake(name!))
      return [...sql, ...built].filter((name) => ownerOf.has(name) && ownerOf.get(name) !== room).map((name) => `${path}: ${name} of ${ownerOf.get(name)}`)
    })
  none(found, 'ask its room, or listen to its events')
})

const sqlOf = ({ migrations }: Pick<Room, 'migrations'>): string =>
  globSync('*.sql', { cwd: fileURLToPath(migrations!) })
    .map((file) => readFileSync(new URL(file, migrations), 'utf8').replace(/--[^\n]*/g, ''))
    .join('\n')

test('every table that a migration makes is declared by its room, and the other way round', () => {
  // A table may move to another room, whose migration takes its rows over and drops it.
  const dropped = new Set(
    rooms
      .filter(({ migrations }) => migrations)
      .flatMap((room) => [...sqlOf(room).matchAll(/\bdrop\s+table\s+"?(\w+)"?/gi)].map(([, name]) => name!)),
  )
  for (const room of rooms.filter(({ migrations }) => migrations)) {
    const made = [...sqlOf(room).matchAll(/\bcreate\s+(?:unlogged\s+)?table\s+(?:if\s+not\s+exists\s+)?"?(\w+)"?\s*\(/gi)].map(([, name]) => name!).filter((name) => !dropped.has(name))
    assert.deepEqual(made.toSorted(), Object.keys(room.tables ?? {}).toSorted(), room.name)
  }
})

test('every endpoint asks for a permit that some room declares', () => {
  const declared = new Set(['anyone', 'signed-in', ...rooms.flatMap((room) => Object.keys(room.permits ?? {}))])
  const endpoints = rooms.flatMap((room) => room.routes ?? []).map(({ endpoint }) => endpoint)
  none(endpoints.filter(({ permit }) => !declared.has(permit)).map(({ method, path, permit }) => `${method} ${path}: ${permit}`), 'declare it in room.ts')
})

test('names are not used twice: rooms, tables, permits, endpoints, listeners, jobs', () => {
  const names = [
    ...rooms.map(({ name }) => `room ${name}`),
    ...rooms.flatMap((room) => Object.keys(room.tables ?? {}).map((name) => `table ${name}`)),
    ...rooms.flatMap((room) => Object.keys(room.permits ?? {}).map((name) => `permit ${name}`)),
    ...rooms.flatMap((room) => (room.routes ?? []).map(({ endpoint }) => `${endpoint.method} ${endpoint.path}`)),
    ...rooms.flatMap((room) => (room.listeners ?? []).map(({ name }) => `listener ${name}`)),
    ...rooms.flatMap((room) => (room.jobs ?? []).map(({ name }) => `job ${name}`)),
  ]
  none(names.filter((name, i) => names.indexOf(name) !== i), 'each has one owner')
})

// ── Files

const written = globSync('{src,scripts,bench,trials}/**/*.{ts,tsx,mjs,css,sql}', { cwd: join(src, '..') }).map((path) => ({
  path,
  lines: readFileSync(join(src, '..', path), 'utf8').split('\n'),
}))

test('no file is longer than 400 lines', () => {
  none(written.filter(({ lines }) => lines.length > 401).map(({ path, lines }) => `${path}: ${lines.length}`), 'look for the second subject in it')
})

test('files are named in kebab-case for what they do', () => {
  const wrong = written.filter(({ path }) => {
    const name = basename(path)
    return !/^[a-z0-9]+([-.][a-z0-9]+)*$/.test(name) || /(^|[-.])(utils?|helpers?|common|managers?|service|misc|dto|impl)([-.]|$)/.test(name)
  })
  none(wrong.map(({ path }) => path), 'no utils, helpers, managers')
})

test('nothing is left for later in the source', () => {
  const marks = new RegExp(['TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX', 'not imple' + 'mented'].map((mark) => `\\b${mark}\\b`).join('|'))
  none(written.flatMap(({ path, lines }) => lines.flatMap((line, i) => (marks.test(line) ? [`${path}:${i + 1}`] : []))), 'do it or leave it')
})

test('a default export is for what is found by its folder or loaded when needed', () => {
  const allowed = /^(channels|industry)\/[\w-]+\/(room|index)\.ts$|^web\/vite\.config\.ts$/
  const lazy = new Set(shipped.flatMap(({ imports }) => imports.filter((one) => one.lazy).map(({ target }) => target)))
  const found = shipped.filter(({ path, text }) => /\nexport default /.test(`\n${text}`) && !allowed.test(path) && !lazy.has(path))
  none(found.map(({ path }) => path), 'named exports')
})
