// `npm run bench`: what this machine does, beside its goal. `--json` prints the same for programs; `--cases N` makes the large city
// smaller than 3.6 million; `--clocks N` compares fewer deadlines than a million, `--seed N` others;
// `--readings N` takes fewer of them; `--idle N` opens other than 15,000 idle connections (one process
// may have as many open as `ulimit -n` says); `--stored N` fills fewer than 50 million; `--positions N` fills other than 10 million of vehicles; `--mutations N` damages fewer frames than 10 million;
// `--only NAME,…` runs some parts: cells, clocks, calendar, suggest, responsibility, start, reports, live, lives, import, lists, incident,
// readings, mqtt, sizes, jt808, vehicles, faults.

import { cpus, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { dropFolder, emptyFolder, startProgram, type Program } from '../trials/program.ts'
import { measureCalendar } from './calendar.ts'
import { measureCells } from './cells.ts'
import { measureClocks } from './clocks.ts'
import { measureDecisions, measureLikeness } from './incident/incident.ts'
import { measureDesk } from './desk.ts'
import { measureImport } from './import.ts'
import { measureFaults } from './faults.ts'
import { measureJt808 } from './jt808.ts'
import { measureLists } from './lists.ts'
import { measureLive } from './live.ts'
import { measureLives } from './lives.ts'
import type { Finding } from './measure.ts'
import { measureMessages } from './messages.ts'
import { measureMqtt } from './mqtt.ts'
import { measureReadings } from './readings.ts'
import { measureReports } from './reports.ts'
import { measureResponsibility } from './responsibility.ts'
import { measureSizes } from './sizes.ts'
import { measureStart } from './start.ts'
import { measureTrial } from './trial-run.ts'
import { measureSuggest, SHIPPED } from './suggest.ts'
import { measureVehicles } from './vehicles.ts'

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    cases: { type: 'string', default: '3600000' },
    clocks: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    requests: { type: 'string' },
    readings: { type: 'string', default: '1000000' },
    mutations: { type: 'string', default: '10000000' },
    positions: { type: 'string', default: '10000000' },
    idle: { type: 'string', default: '15000' },
    stored: { type: 'string', default: '50000000' },
  },
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
  clocks: async () => measureClocks(Number(values.clocks), Number(values.seed), say),
  calendar: () => inOwnFolder((own) => measureCalendar(own, say)),
  suggest: () => measureSuggest(values.requests ?? SHIPPED),
  responsibility: () => measureResponsibility(say),
  start: () => measureStart(folder),
  reports: () => whileRunning(measureReports),
  live: () => whileRunning(measureLive),
  lives: () => measureLives(folder),
  messages: () => measureMessages(folder),
  jt808: () => measureJt808(Number(values.mutations), Number(values.seed), say),
  readings: () => inOwnFolder((own) => measureReadings(own, Number(values.readings))),
  mqtt: () => inOwnFolder((own) => measureMqtt(own, Number(values.readings) / 2, Number(values.idle))),
  sizes: () => inOwnFolder((own) => measureSizes(own, Number(values.stored), say)),
  vehicles: () => inOwnFolder((own) => measureVehicles(own, Number(values.positions), say)),
  faults: () => inOwnFolder((own) => measureFaults(own, Number(values.readings), Number(values.seed), say)),
  import: () => measureImport(),
  desk: () => inOwnFolder((own) => measureDesk(own, say)),
  lists: () => inOwnFolder((own) => measureLists(own, Number(values.cases), say)),
  trial: () => inOwnFolder((own) => measureTrial(own, Number(values.cases), say)),
  incident: async () => [...(await measureLikeness()), await inOwnFolder((own) => measureDecisions(own, Number(values.cases), say))],
}

/** Parts that need no city, or one of their own. */
const BARE = new Set(['cells', 'clocks', 'calendar', 'suggest', 'responsibility', 'readings', 'mqtt', 'sizes', 'jt808', 'vehicles', 'faults'])

try {
  if (!wanted?.every((name) => BARE.has(name))) {
    const first = await startProgram(folder)
    say(`first start with the demo city, ready after ${(first.readyMs / 1000).toFixed(1)} s`)
    await first.stop()
  }
  for (const [name, measure] of Object.entries(parts)) {
    if (wanted && !wanted.includes(name)) continue
    say(`${name} …`)
    const found = [await measure()].flat()
    for (const { what, figure, met } of found) say(`  ${what}: ${figure}${met ? '' : ' FALLS SHORT'}`)
    findings.push(...found)
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
