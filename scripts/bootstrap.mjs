// Makes a fresh clone ready: installs what the lockfile names, and with `--web` builds the pages when their sources have changed.
// Runs before start, test and the operator's verbs, on whatever Node the machine has (20 or newer), and so needs no package.

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const modules = join(root, 'node_modules')
const WANTED_NODE = 24

/** The Node that runs the source: the pinned one of node_modules, or the machine's own where it is new enough. */
export function findNode() {
  const pinned = join(modules, '.bin', 'node')
  if (existsSync(pinned)) return pinned
  if (Number(process.versions.node.split('.')[0]) >= WANTED_NODE) return process.execPath
  fail(`this needs Node ${WANTED_NODE} or newer; here is ${process.version}, and no pinned Node exists for ${process.platform}-${process.arch}`)
}

function fail(line) {
  console.error(`chengyun: ${line}`)
  process.exit(1)
}

// ── Packages

export function ensurePackages() {
  if (!isInstalled()) {
    console.error('chengyun: installing packages')
    const { command, first } = npm()
    const { status } = spawnSync(command, [...first, 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      // The tools of the tests are packages too, however the machine is set.
      env: { ...process.env, NODE_ENV: 'development', npm_config_omit: '', npm_config_include: 'dev,optional' },
    })
    if (status !== 0) fail('the packages could not be installed (npm ci); is the registry reachable?')
  }
  linkOwnVerb()
}

function npm() {
  const path = process.env.npm_execpath
  if (path && /\.[cm]?js$/.test(path)) return { command: process.execPath, first: [path] }
  return { command: process.platform === 'win32' ? 'npm.cmd' : 'npm', first: [] }
}

/** Compares the lockfile with npm's own record of what it has installed; a stamp spares the comparison the next time. */
function isInstalled() {
  const lockfile = readFileSync(join(root, 'package-lock.json'))
  const digest = createHash('sha256').update(lockfile).update(`${process.platform}-${process.arch}`).digest('hex')
  const stamp = join(modules, '.chengyun-packages')
  if (readText(stamp) === digest) return true

  const record = readText(join(modules, '.package-lock.json'))
  if (record === undefined || !holdsAll(JSON.parse(lockfile.toString()).packages, JSON.parse(record).packages)) return false
  writeIfAllowed(stamp, digest)
  return true
}

function holdsAll(wanted, installed) {
  return Object.entries(wanted).every(([path, { version, optional, os, cpu, libc }]) => {
    if (path === '' || installed[path]?.version === version) return true
    if (installed[path] || !optional) return false
    // Left out by right: what is for another machine. What names this one must be there.
    return !os?.includes(process.platform) || !cpu?.includes(process.arch) || libc !== undefined
  })
}

/** `npx chengyun …` finds it beside the programs of other packages. */
function linkOwnVerb() {
  const link = join(modules, '.bin', 'chengyun')
  if (existsSync(link)) return
  try {
    symlinkSync(join('..', '..', 'scripts', 'chengyun.mjs'), link)
  } catch {
    // Not ours to write: `npm run cli --` works all the same.
  }
}

// ── Pages

export function ensureWeb() {
  const out = join(root, 'dist', 'web')
  const stamp = join(out, '.sources')
  const digest = digestOfWeb()
  if (readText(stamp) === digest) return

  console.error('chengyun: building the pages')
  const next = join(root, 'dist', `web.${process.pid}`)
  try {
    mkdirSync(next, { recursive: true })
  } catch {
    if (existsSync(out)) return console.error('chengyun: the pages have changed, but dist/ is not writable; the older ones are served')
    fail('dist/ is not writable, so the pages cannot be built')
  }
  const build = ['build', '--config', join(root, 'src/web/vite.config.ts'), '--outDir', next, '--logLevel', 'warn']
  const { status } = spawnSync(findNode(), [join(modules, 'vite/bin/vite.js'), ...build], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
  if (status !== 0) {
    rmSync(next, { recursive: true, force: true })
    fail('the pages could not be built')
  }
  writeFileSync(join(next, '.sources'), digest)
  // Swapped whole, so that a running server never serves half a build.
  const old = `${next}.old`
  if (existsSync(out)) renameSync(out, old)
  renameSync(next, out)
  rmSync(old, { recursive: true, force: true })
}

/** Of every file in a `web` folder and all that these import from the rest of the house. */
function digestOfWeb() {
  const seen = new Set()
  const queue = filesBelow(join(root, 'src')).filter((path) => /[\\/]web[\\/]/.test(path) && !/\.(test|browser)\.tsx?$/.test(path))
  while (queue.length > 0) {
    const path = queue.pop()
    if (seen.has(path)) continue
    seen.add(path)
    if (/\.[cm]?tsx?$/.test(path)) queue.push(...importsOf(path))
  }
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')))
  for (const path of [...seen].sort()) hash.update(relative(root, path)).update('\0').update(readFileSync(path)).update('\0')
  return hash.digest('hex')
}

function importsOf(path) {
  const text = readFileSync(path, 'utf8')
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'/g)]
    .map(([, target]) => resolve(dirname(path), target.split('?')[0]))
    .filter((target) => existsSync(target) && statSync(target).isFile())
}

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? filesBelow(path) : [path]
  })
}

// ── Files

function readText(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

function writeIfAllowed(path, text) {
  try {
    writeFileSync(path, text)
  } catch {
    // The comparison is made again the next time.
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  ensurePackages()
  findNode()
  if (process.argv.includes('--web')) ensureWeb()
}
