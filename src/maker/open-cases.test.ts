import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { sql } from 'kysely'
import { photo } from '../cases/testing.ts'
import { systemActor, type Kernel } from '../kernel/index.ts'
import { cityKernel, TODAY } from '../testing.ts'
import { workingMs } from '../kernel/index.ts'
import { ordinaryCalendar } from './catalogue.ts'
import { makeCity } from './make-city.ts'
import { openWorkshop } from './history.ts'
import { makeOpenCases, startBefore } from './open-cases.ts'
import { PROBLEMS } from './problem-mix.ts'

const calendar = ordinaryCalendar()

for (const { now, because } of [
  { now: '2026-11-20T15:30:00+08:00', because: 'in the afternoon' },
  { now: '2026-11-21T04:00:00+08:00', because: 'in the night of a Saturday' },
  { now: '2026-10-05T12:00:00+08:00', because: 'in the middle of National Day' },
]) {
  for (const unit of ['urgent_hour', 'work_hour', 'work_day'] as const) {
    test(`a clock that has counted 50 minutes ${because} began exactly then, by ${unit}`, () => {
      const start = startBefore(calendar, unit, new Date(now), 50 * 60_000)

      assert.equal(workingMs(calendar, unit, start, new Date(now)), 50 * 60_000)
      assert.equal(workingMs(calendar, unit, new Date(+start + 60_000), new Date(now)), 49 * 60_000)
    })
  }
}

test('open cases whose making was broken off are finished by the next start, each once', async () => {
  const kernel = await cityKernel()
  const folder = mkdtempSync(join(tmpdir(), 'chengyun-open-'))
  const { city } = await makeCity({ folder, ground: 'mapped', components: 2_000, now: TODAY })
  rmSync(folder, { recursive: true })
  const sha256 = await kernel.transact({ actor: systemActor }, (ctx) => photo(ctx))
  const pictures = PROBLEMS.flatMap(({ picture }) => picture ?? [])
  const workshop = openWorkshop(city, new Map(pictures.map((picture) => [picture, { before: sha256, after: sha256 }])))
  const breakingAfter = (acts: number): Kernel => ({
    ...kernel,
    transact: async (as, act) => {
      if (acts-- === 0) throw new Error('killed')
      return kernel.transact(as, act)
    },
  })

  for (const acts of [1, 60, 130]) await assert.rejects(makeOpenCases(breakingAfter(acts), workshop), /killed/)
  const made = await makeOpenCases(kernel, workshop)

  const { rows } = await sql<{ state: string; n: number }>`select state, count(*)::int as n from case_file group by state order by state`.execute(kernel.db)
  assert.equal(rows.reduce((sum, { n }) => sum + n, 0), made)
  assert.deepEqual(
    Object.fromEntries(rows.map(({ state, n }) => [state, n])),
    { accepted: 4, checked: 4, checking: 5, dispatched: 17, disposed: 3, established: 4, reported: 5, verifying: 5 },
  )
})
