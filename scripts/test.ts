// `npm test`: types, lint, every test over the small city on a database of its own, the same with its large tables partitioned,
// and the pages in a real browser. `npm test -- PATH…` runs only tests whose path begins so.
// `--served`: on the PostgreSQL of TEST_DATABASE_URL, what a database can change. `--quick`: without the trials that kill real processes

import { spawn } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { run } from 'node:test'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { drop, makeTemplate, startCluster } from '../src/test-city.ts'
import { dropFolder, emptyFolder, startProgram, untilCounted } from '../trials/program.ts'

const root = fileURLToPath(new URL('../', import.meta.url))
const LOCAL_SERVED = 'postgres://postgres@127.0.0.1:5432/postgres'
const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable']
/** More than there are processors: much of a test is waiting. */
const AT_ONCE = 3
const WHOLE_AT_ONCE = 3
const FILE_TIMEOUT_MS = 25 * 60_000

const { values: options, positionals: only } = parseArgs({
  allowPositionals: true,
  options: { served: { type: 'boolean', default: false }, quick: { type: 'boolean', default: false } },
})

const total = { passed: 0, failed: 0 }
const leftOut: string[] = []

function note(passed: boolean, what: string, because = ''): void {
  total[passed ? 'passed' : 'failed']++
  if (!passed) console.log(`✖ ${what}\n${because.trimEnd().replaceAll(/^/gm, '    ')}`)
}

// ── Types and lint

const tool = (name: string) => join(root, 'node_modules/.bin', name)

async function check(what: string, command: string, args: string[]): Promise<void> {
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout.on('data', (text) => (output += text))
  child.stderr.on('data', (text) => (output += text))
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  note(code === 0, what, output)
  if (code === 0) console.log(`✔ ${what}`)
}

// ── Tests

interface Failure {
  readonly name: string
  readonly line?: number | undefined
  readonly details: { readonly error?: { readonly cause?: unknown; readonly message?: string; readonly failureType?: string } }
}

/** A suite that failed for a test in it, which was counted by itself. */
const isOfParts = ({ details }: Failure): boolean => details.error?.failureType === 'subtestsFailed'

const sayFailure = ({ details }: Failure): string => {
  const cause = details.error?.cause ?? details.error
  if (cause instanceof Error) return cause.stack ?? cause.message
  return typeof cause === 'string' ? cause : (details.error?.message ?? 'no reason given')
}

/** Runs files of tests, so many processes at a time, and says a line for each. */
async function runFiles(title: string, files: string[], concurrency: number): Promise<void> {
  if (files.length === 0) return
  console.log(`\n${title}`)
  const began = performance.now()
  const counts = new Map<string, { passed: number; failed: number }>()
  const of = (file: string) => counts.get(file) ?? counts.set(file, { passed: 0, failed: 0 }).get(file)!
  const shown = (file = '') => relative(root, file)

  // What a failed test has left running must not hold up the others.
  for await (const { type, data } of run({ files, concurrency, timeout: FILE_TIMEOUT_MS, forceExit: true, cwd: root })) {
    if (type === 'test:stderr' || type === 'test:stdout') {
      if (process.env.TEST_OUTPUT) process.stdout.write(data.message)
    } else if (type === 'test:pass' || type === 'test:fail') {
      // A suite, and the file itself, are counted by what is in them; unless the file fails as a whole.
      const isWhole = data.details.type === 'suite' || data.name === data.file || data.name === shown(data.file)
      const passed = type === 'test:pass'
      if (data.skip !== undefined && data.skip !== false) {
        leftOut.push(`${data.name}: ${typeof data.skip === 'string' ? data.skip : 'left out by the test'}`)
        continue
      }
      if (isWhole && passed) continue
      if (isWhole && (of(data.file ?? '').failed > 0 || isOfParts(data as Failure))) continue
      of(data.file ?? '')[passed ? 'passed' : 'failed']++
      note(passed, `${shown(data.file)}:${data.line} ${data.name}`, passed ? '' : sayFailure(data as Failure))
    } else if (type === 'test:summary' && data.file !== undefined) {
      const { passed, failed } = of(data.file)
      console.log(`${failed === 0 ? '✔' : '✖'} ${shown(data.file)}  ${passed}${failed > 0 ? ` passed, ${failed} failed` : ''}  ${(data.duration_ms / 1000).toFixed(1)} s`)
    }
  }
  console.log(`  ${files.length} files in ${((performance.now() - began) / 1000).toFixed(0)} s`)
}

const wanted = (path: string) => only.length === 0 || only.some((prefix) => relative(root, path).startsWith(prefix.replace(/^\.\//, '')))
const find = (pattern: string) => globSync(pattern, { cwd: root }).map((path) => join(root, path)).filter(wanted).toSorted()

/** Those that ask the tables of the city. */
const usesCity = (path: string) => /\binCity\b|\bcityWith\b|\bwithApp\b/.test(readFileSync(path, 'utf8'))

async function withTemplate(url: string, shadow: boolean, body: () => Promise<void>): Promise<void> {
  const template = await makeTemplate(url, shadow)
  process.env.TEST_CITY_URL = template
  process.env.TEST_SHADOW = shadow ? '1' : '0'
  try {
    await body()
  } finally {
    await drop(template)
  }
}

async function runAll(url: string): Promise<void> {
  const tests = find('src/**/*.test.ts')
  // These start the program as a newcomer would, which is on a database of its own.
  const browser = options.served ? [] : find('trials/*.browser.ts')
  const trials = options.served ? [] : find('trials/*.test.ts')
  const chromium = [process.env.TEST_CHROMIUM, ...CHROMIUM].find((path) => path !== undefined && existsSync(path))
  if (browser.length > 0 && !chromium) leftOut.push(`${browser.length} browser tests: no chromium on this machine (TEST_CHROMIUM names one elsewhere)`)
  if (options.quick && trials.length > 0) leftOut.push('the trials that kill real processes: --quick was asked for')

  if (tests.length > 0) await withTemplate(url, false, () => runFiles('Tests', tests, AT_ONCE))
  // The layout is proven on the embedded one; what a served one is asked besides is its version.
  const sharded = options.served ? [] : tests.filter(usesCity)
  if (sharded.length > 0) await withTemplate(url, true, () => runFiles('The same on tables partitioned by district', sharded, AT_ONCE))
  if (chromium) process.env.TEST_CHROMIUM = chromium
  // The longest first.
  const whole = [...(chromium ? browser.toReversed() : []), ...(options.quick ? [] : trials)]
  await withCityFolder(whole.length > 1, () => runFiles('The whole program: pages in a browser, and real processes killed', whole, WHOLE_AT_ONCE))
}

/** The demo city is made once, and each program starts on a copy of its folder. */
async function withCityFolder(wanted: boolean, body: () => Promise<void>): Promise<void> {
  if (!wanted) return body()
  const folder = await emptyFolder()
  try {
    const program = await startProgram(folder, { waitMs: 400_000 })
    await untilCounted(program.base).finally(program.stop)
    process.env.TEST_CITY_FOLDER = folder
    await body()
  } finally {
    delete process.env.TEST_CITY_FOLDER
    await dropFolder(folder)
  }
}

// ── The run

// Types and words of the source are the same on whatever PostgreSQL.
if (only.length === 0 && !options.served) {
  await Promise.all([
    check('types', tool('tsc'), ['--noEmit']),
    check('lint', tool('oxlint'), ['--type-aware', '--deny-warnings', 'src', 'scripts', 'bench', 'trials']),
  ])
}

// Every file of tests reads the whole program; what was made of its source is read again in half the time.
process.env.NODE_COMPILE_CACHE ??= join(root, 'node_modules/.cache/compiled')

// Settings of the machine's own program are not for the tests.
for (const name of Object.keys(process.env)) if (name.startsWith('CHENGYUN_') || name === 'DATABASE_URL') delete process.env[name]

const cluster = options.served
  ? { url: process.env.TEST_DATABASE_URL || LOCAL_SERVED, stop: async () => {} }
  : await startCluster()
const stop = () => void cluster.stop().finally(() => process.exit(1))
process.once('SIGINT', stop)
process.once('SIGTERM', stop)
try {
  await runAll(cluster.url)
} finally {
  await cluster.stop()
}

console.log('')
for (const line of leftOut) console.log(`left out: ${line}`)
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exit(total.failed > 0 ? 1 : 0)
