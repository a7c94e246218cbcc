// `npm run bench`: what this machine does, beside its goal. `--json` prints the same for programs; `--cases N` makes the large city
// smaller than 3.6 million; `--only NAME,…` runs some parts: cells, start, reports, live, lives, import, lists.

import { cpus, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { dropFolder, emptyFolder, startProgram, type Program } from '../trials/program.ts'
import { measureCells } from './cells.ts'
import { measureImport } from './import.ts'
import { measureLists } from './lists.ts'
import { measureLive } from './live.ts'
import { measureLives } from './lives.ts'
import type { Finding } from './measure.ts'
import { measureReports } from './reports.ts'
import { measureStart } from './start.ts'

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, cases: { type: 'string', default: '3600000' }, only: { type: 'string' } },
})
const wanted = values.only?.split(',')
const say = (line: string) => console.error(line)

const folder = await emptyFolder()
const findings: Finding[] = []

/** A running program over the bench's own folder, ended whatever happens. */
async function whileRunning(measure: (program: Program) => Promise<Finding>): Promise<Finding> {
  const program = await startProgram(folder)
  try {
    return await measure(program)
  } finally {
    await program.stop()
  }
}

/** The demo city as it was made, and none of the cases that the other parts leave behind. */
async function inOwnFolder<T>(measure: (own: string) => Promise<T>): Promise<T> {
  const own = await emptyFolder()
  try {
    const made = await startProgram(own)
    await made.stop()
    return await measure(own)
  } finally {
    await dropFolder(own)
  }
}

const parts: Record<string, () => Promise<Finding | Finding[]>> = {
  cells: async () => measureCells(),
  start: () => measureStart(folder),
  reports: () => whileRunning(measureReports),
  live: () => whileRunning(measureLive),
  lives: () => measureLives(folder),
  import: () => measureImport(),
  lists: () => inOwnFolder((own) => measureLists(own, Number(values.cases), say)),
}

try {
  const first = await startProgram(folder)
  say(`first start with the demo city, ready after ${(first.readyMs / 1000).toFixed(1)} s`)
  await first.stop()
  for (const [name, measure] of Object.entries(parts)) {
    if (wanted && !wanted.includes(name)) continue
    say(`${name} …`)
    findings.push(...[await measure()].flat())
  }
} finally {
  await dropFolder(folder)
}

if (values.json) {
  console.log(JSON.stringify({ machine: machine(), findings }, null, 2))
} else {
  console.log(machine())
  console.table(findings.map(({ what, goal, figure, ratio, met }) => ({ what, goal, figure, ratio: ratio ?? '', met: met ? 'yes' : 'FALLS SHORT' })))
}

function machine(): string {
  return `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}, embedded PostgreSQL`
}
