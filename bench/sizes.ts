// What a year of Hangzhou's readings (1.4 million a day) takes on the disk, from as many days as are asked for, filled in the order in which they come.

import { sql } from 'kysely'
import { rooms } from '../src/app.ts'
import { readConfig } from '../src/config.ts'
import { createKernel, systemActor } from '../src/kernel/kernel.ts'
import { makeDays, partitionDay } from '../src/monitoring/partitions.ts'
import { register } from '../src/monitoring/testing.ts'
import { readTrend } from '../src/monitoring/trend.ts'
import { own } from '../src/monitoring/tables.ts'
import { oneByOne, quantile, round, type Finding } from './measure.ts'

const A_YEAR = 511_000_000
const A_DAY = 1_400_000
const MINUTES = 1440
const DAY_MS = 86_400_000
const METRIC = { code: 'level', zh: '水位', en: 'Level', unit: 'm', min: 0, max: 1e9, precision: 2, period: 60 }
const asHouse = { actor: systemActor }

export async function measureSizes(folder: string, readings: number, say: (line: string) => void): Promise<Finding> {
  const kernel = await createKernel({ ...readConfig({}), dataFolder: folder, port: 0, say: () => {} }, rooms)
  try {
    await register(kernel, ['BENCH-0'], [METRIC])
    const { rows } = await sql<{ number: number }>`select number from device where code = 'BENCH-0'`.execute(own(kernel))
    const devices = Math.round(A_DAY / MINUTES)
    const days = Math.max(1, Math.round(readings / A_DAY))
    const last = partitionDay(+kernel.clock()) - 1
    const all = Array.from({ length: days }, (_, i) => last - i)
    await kernel.transact(asHouse, (ctx) => makeDays(ctx, all))
    const startedAt = performance.now()
    // All devices, then all again a minute later; the first of them is the one that is read.
    for (const day of all) {
      await sql`
        insert into reading select to_timestamp(${(day * DAY_MS) / 1000} + m * 60 + i % 60), (m * 7 + i) % 500 / 100.0, (${rows[0]!.number} + i) * 64, 0
          from generate_series(0, ${MINUTES - 1}) m cross join generate_series(0, ${devices - 1}::int) i`.execute(own(kernel))
    }
    const filled = days * devices * MINUTES
    say(`  ${filled.toLocaleString('en')} readings of ${days} days filled in ${Math.round((performance.now() - startedAt) / 1000)} s`)
    await sql`analyze reading`.execute(kernel.db)
    const { rows: sizes } = await sql<{ heap: number; indexes: number }>`
      select sum(pg_table_size(inhrelid))::float8 as heap, sum(pg_indexes_size(inhrelid))::float8 as indexes
        from pg_inherits where inhparent = 'reading'::regclass`.execute(kernel.db)
    const { heap, indexes } = sizes[0]!
    const bytes = (heap + indexes) / filled
    const samples = await oneByOne(40, (turn) => {
      const from = all[turn % days]! * DAY_MS
      const question = { metric: 'level', from: new Date(from).toISOString(), to: new Date(from + DAY_MS).toISOString(), points: 2_000 }
      return kernel.read(asHouse, (ctx) => readTrend(ctx, 'BENCH-0', question))
    })
    const p95 = quantile(samples, 0.95)
    return {
      what: `a reading on the disk, of ${filled.toLocaleString('en')}; a year of 511 million`,
      goal: 'computed',
      figure: `${round(bytes, 1)} bytes (${round(heap / filled, 1)} + index ${round(indexes / filled, 1)}); ${round((bytes * A_YEAR) / 1e9, 1)} GB a year; a day of one metric p95 ${Math.round(p95)} ms`,
      met: true,
      detail: { bytes: round(bytes), filled, gigabytesAYear: round((bytes * A_YEAR) / 1e9), p95: round(p95) },
    }
  } finally {
    await kernel.stop()
  }
}
