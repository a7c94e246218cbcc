// Readings taken through the gate and answered after their commit, against plain binary COPY of the same rows into the same table; and
// how quickly the newest of many devices and a year of one are read.

import { sql } from 'kysely'
import { rooms } from '../src/app.ts'
import { readConfig } from '../src/config.ts'
import { copyInto } from '../src/kernel/database/index.ts'
import { createKernel, systemActor, type Kernel } from '../src/kernel/kernel.ts'
import { putRule } from '../src/monitoring/alarms/rules.ts'
import type { RuleBody } from '../src/monitoring/alarms/rule.ts'
import { intake } from '../src/monitoring/intake.ts'
import { latestOf } from '../src/monitoring/latest.ts'
import { makeDays, partitionDay } from '../src/monitoring/partitions.ts'
import { register } from '../src/monitoring/testing.ts'
import { readTrend } from '../src/monitoring/trend.ts'
import { own } from '../src/monitoring/tables.ts'
import { quantile, round, type Finding } from './measure.ts'

const DEVICES = 500
const A_MESSAGE = 20
/** 80,000 readings wait: while some are written, others come. */
const IN_FLIGHT = 4_000
const ROUNDS = 3
/** Every reading is weighed; none rings. */
const RULE: RuleBody = {
  zh: '水位超限', en: 'Too high', product: 'gauge', devices: [], measure: { kind: 'threshold', metric: 'level' }, side: 'above', levels: [1e6, 1e7, null, 1e8], bands: [],
  hysteresis: 0, raiseSeconds: 0, clearSeconds: 0, case: null, active: true,
}
const COLUMNS = { at: 'timestamptz', value: 'float8', series: 'int4', flags: 'int2' } as const
const LATEST = 100_000
const YEAR_MINUTES = 525_600
const asHouse = { actor: systemActor }
const MINUTE_MS = 60_000

export async function measureReadings(folder: string, count: number): Promise<Finding[]> {
  const kernel = await createKernel({ ...readConfig({}), dataFolder: folder, port: 0, say: () => {} }, rooms)
  try {
    const codes = Array.from({ length: DEVICES }, (_, i) => `BENCH-${i}`)
    await register(kernel, codes, [{ code: 'level', zh: '水位', en: 'Level', unit: 'm', min: 0, max: 1e9, precision: 2, period: 60 }])
    await kernel.transact(asHouse, (ctx) => putRule(ctx, 'BENCH', RULE))
    await kernel.settle()
    return [await measureTaking(kernel, codes, count), await measureLatest(kernel), await measureYear(kernel)]
  } finally {
    await kernel.stop()
  }
}

const secondsOf = async (act: () => Promise<unknown>): Promise<number> => {
  const from = performance.now()
  await act()
  return (performance.now() - from) / 1000
}

/** In rounds, ours and the floor by turns, each into an empty table: the machine is not as quick at one moment as at the next. */
async function measureTaking(kernel: Kernel, codes: readonly string[], count: number): Promise<Finding> {
  const into = await kernel.read(asHouse, intake)
  const times = Math.floor(count / DEVICES / A_MESSAGE)
  const spanMs = times * A_MESSAGE * MINUTE_MS
  // The first round warms both up and is not counted.
  const begin = +kernel.clock() - (ROUNDS + 1) * spanMs
  const days = new Set<number>()
  for (let at = begin; at < +kernel.clock() + MINUTE_MS; at += 60 * MINUTE_MS) days.add(partitionDay(at))
  await kernel.transact(asHouse, (ctx) => makeDays(ctx, days))
  // Those of the demo city would be copied too.
  await sql`truncate reading`.execute(kernel.db)
  const [ours, floor]: [number[], number[]] = [[], []]
  let taken = 0
  for (let turn = 0; turn <= ROUNDS; turn++) {
    const from = begin + turn * spanMs
    const messages = Array.from({ length: times * DEVICES }, (_, which) => ({ device: codes[which % DEVICES]!, from: from + Math.floor(which / DEVICES) * A_MESSAGE * MINUTE_MS }))
    let next = 0
    const lane = async () => {
      for (let which = next++; which < messages.length; which = next++) {
        const { device, from: at } = messages[which]!
        const pieces = Array.from({ length: A_MESSAGE }, (_, i) => ({ device, metric: 'level', value: i, at: at + i * MINUTE_MS }))
        const verdict = await into.take({ way: 'mqtt', pieces, allows: () => true })
        taken += verdict.taken
      }
    }
    ours.push(await secondsOf(() => Promise.all(Array.from({ length: IN_FLIGHT }, lane))))
    const { rows } = await sql<{ at: Date; value: number; series: number; flags: number }>`select at, value, series, flags from reading`.execute(kernel.db)
    if (rows.length !== messages.length * A_MESSAGE) throw new Error(`${rows.length} of ${messages.length * A_MESSAGE} readings were stored`)
    await sql`truncate reading`.execute(kernel.db)
    floor.push(await secondsOf(() => kernel.transact(asHouse, (ctx) => copyInto(ctx, 'reading', COLUMNS, rows))))
    await sql`truncate reading`.execute(kernel.db)
  }
  const sum = (seconds: readonly number[]) => seconds.slice(1).reduce((all, each) => all + each, 0)
  const measured = times * DEVICES * A_MESSAGE * ROUNDS
  if (taken !== (measured / ROUNDS) * (ROUNDS + 1)) throw new Error(`${taken} readings were taken, and not all`)
  const rate = measured / sum(ours)
  const ratio = sum(floor) / sum(ours)
  return {
    what: 'readings through the gate in process, 20 a message, rules on, answered after commit, /s (and plain COPY)',
    goal: '≥ 150,000, ratio ≥ 0.6',
    figure: `${Math.round(rate)} (${Math.round(measured / sum(floor))})`,
    ratio: round(ratio, 2),
    met: rate >= 150_000 && ratio >= 0.6,
    detail: { measured, rounds: ROUNDS, seconds: round(sum(ours)), copySeconds: round(sum(floor)), lowest: round(Math.min(...floor.slice(1).map((each, i) => each / ours[i + 1]!)), 2), devices: DEVICES, inFlight: IN_FLIGHT },
  }
}

async function measureLatest(kernel: Kernel): Promise<Finding> {
  await sql`insert into reading_latest select i * 64, now(), i, 0 from generate_series(100001, ${100_000 + LATEST}::int) i on conflict do nothing`.execute(kernel.db)
  const series = Array.from({ length: LATEST }, (_, i) => (100_001 + i) * 64)
  let found = 0
  const took: number[] = []
  for (let turn = 0; turn < 9; turn++) took.push((await secondsOf(async () => (found = (await kernel.read(asHouse, (ctx) => latestOf(ctx, series))).size))) * 1000)
  const ms = quantile(took, 0.5)
  if (found !== LATEST) throw new Error(`${found} of ${LATEST} latest values were found`)
  return { what: `latest value of ${LATEST} devices from the table, ms`, goal: '< 200', figure: String(Math.round(ms)), met: ms < 200, detail: { found, first: round(took[0]!) } }
}

async function measureYear(kernel: Kernel): Promise<Finding> {
  const to = +kernel.clock()
  const from = to - YEAR_MINUTES * MINUTE_MS
  const { rows } = await sql<{ number: number }>`select number from device where code = 'BENCH-0'`.execute(own(kernel))
  await sql`
    insert into reading_hour
    select ${rows[0]!.number * 64}::int, to_timestamp((extract(epoch from h))::bigint / 3600 * 3600), 60, 60.0, 0, 2
      from generate_series(${new Date(from)}::timestamptz, ${new Date(to)}::timestamptz, '1 hour') h
    on conflict do nothing`.execute(own(kernel))
  const question = { metric: 'level', from: new Date(from).toISOString(), to: new Date(to).toISOString(), points: 2_000 }
  let points = 0
  const ms = (await secondsOf(async () => (points = (await kernel.read(asHouse, (ctx) => readTrend(ctx, 'BENCH-0', question))).points.length))) * 1000
  return { what: `a year of one metric of every minute, as ${points} points from its hours, ms`, goal: '< 150', figure: String(Math.round(ms)), met: ms < 150 && points > 1_000 && points <= 2_000, detail: { points } }
}
