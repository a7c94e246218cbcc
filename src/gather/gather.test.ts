import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { findDivisions } from '../atlas/index.ts'
import { caseDetail, cases, findCase, listCases, reportCase, takeAct, takeStep, type CaseRow } from '../cases/index.ts'
import { litter, photo, spot } from '../cases/testing.ts'
import { Problem, systemActor, type Actor, type Context, type Kernel } from '../kernel/index.ts'
import { findUnits } from '../registry/index.ts'
import { as, TODAY, withApp } from '../testing.ts'
import type { Overview } from './contract.ts'
import { countAnew, gather, readCube, readOverview } from './index.ts'

const HOUR = 3_600_000

/** A seeded generator of numbers between 0 and 1, so that a failure can be run again. */
function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 4_294_967_296
  }
}

/** Reports cases and leads each some steps on, by chance, over some days; the last ones are left where they stand. */
async function liveThrough(kernel: Kernel, random: () => number, count: number): Promise<void> {
  const start = TODAY.getTime() - 20 * 24 * HOUR
  const sha256 = await kernel.transact({ actor: systemActor }, (ctx) => photo(ctx))
  for (let n = 0; n < count; n++) {
    let at = start + random() * 15 * 24 * HOUR
    const source = ['collector', 'hotline', 'public'][Math.floor(random() * 3)]!
    const district = random() < 0.5 ? '999902' : '999903'
    const reported = await kernel.transact({ actor: systemActor, now: new Date(at) }, async (ctx) =>
      reportCase(ctx, await litter(ctx, { source, position: await spot(ctx, district) })),
    )
    for (let more = Math.floor(random() * 14); more > 0; more--) {
      at += random() * 30 * HOUR
      const gone = await kernel.transact(
        { actor: PEOPLE[Math.floor(random() * PEOPLE.length)]!, now: new Date(Math.min(at, TODAY.getTime())) },
        (ctx) => stepByChance(ctx, reported, random, sha256),
      ).catch(orRefused)
      if (!gone) break
    }
  }
}

const orRefused = (error: unknown): boolean => {
  if (error instanceof Problem) return true
  throw error
}

/** Whoever asks never decides: the acts of a case are those of three people. */
const PEOPLE = [1, 2, 3].map((n): Actor => ({ ...systemActor, id: `00000000-0000-7000-8000-00000000020${n}`, name: `第 ${n} 人` }))

/** A step of the case, or an act of a procedure, as chance has it; one that is refused leaves everything as it was. */
async function stepByChance(
  ctx: Context,
  key: { number: string; district: string },
  random: () => number,
  sha256: string,
): Promise<boolean> {
  const row = (await findCase(ctx, key)) as CaseRow
  const { openSteps: steps, openActs: acts } = await caseDetail(ctx, key)
  const open = [...steps, ...(random() < 0.4 ? acts.filter(({ hindered }) => !hindered) : [])].filter(({ step }) => step !== 'verify' && step !== 'check')
  const chosen = random() < 0.4 ? open.find(({ primary }) => primary) : open[Math.floor(random() * open.length)]
  if (!chosen) return false
  const { step, procedure, act, proceeding, units, conditions, reasons } = chosen
  const [one, two] = (await findUnits(ctx, { level: 2 })).map(({ code }) => code)
  const inputs = {
    note: '按期处理',
    files: [sha256],
    unit: units?.[0]?.unitCode ?? one,
    condition: conditions?.[0]?.id,
    reason: reasons?.[Math.floor(random() * reasons.length)]?.code,
    until: new Date(+ctx.now + random() * 20 * 24 * HOUR + HOUR).toISOString(),
    units: [one!, two!],
    limit: { amount: 4, unit: 'work_hour' },
    cost: 100,
    outside: '外单位',
    target: await earlier(ctx, row),
  }
  if (procedure && act) await takeAct(ctx, key, { ...inputs, procedure, act, ...(proceeding && { proceeding }) })
  else await takeStep(ctx, key, { ...inputs, step })
  return true
}

/** The number of a case that was reported before: something to be merged into. */
async function earlier(ctx: Context, row: CaseRow): Promise<string | undefined> {
  const { rows } = await listCases(ctx, { region: row.district, open: true }, { limit: 20 })
  return rows.find(({ number }) => number < row.number)?.number
}

/** Until the job has turned every lamp whose moment has come, and all of it is counted. */
async function untilTurned(kernel: Kernel): Promise<void> {
  const waiting = async () => (await sql`select 1 from case_file where next_turn_at <= ${TODAY} limit 1`.execute(kernel.db)).rows.length > 0
  while (await waiting()) await new Promise((done) => setTimeout(done, 100))
  await kernel.settle()
}

async function faultsOf(kernel: Kernel): Promise<string[]> {
  const now = TODAY
  return kernel.transact({ actor: systemActor, now }, async (ctx) => {
    const found: string[] = []
    for (const check of [...gather.checks, ...cases.checks!]) for await (const fault of check.run(ctx)) found.push(fault)
    return found
  })
}

const overview = (kernel: Kernel, asked: Parameters<typeof readOverview>[1] = {}, to: (ctx: Context) => Context = (ctx) => ctx) =>
  kernel.read({ actor: systemActor, now: TODAY }, (ctx) => readOverview(to(ctx), asked, 'en'))

const YEAR = { from: '2026-01-01', to: '2026-06-10' }

test('through hundreds of steps the cubes equal the history, and the overview adds up', (t) => {
  const seed = Number(process.env.TEST_SEED ?? Date.now() % 1_000_000)
  t.diagnostic(`seed ${seed}`)
  return withApp(
    async ({ kernel, fetchAs }) => {
      await liveThrough(kernel, seeded(seed), 40)
      await untilTurned(kernel)

      assert.deepEqual(await faultsOf(kernel), [])
      const whole = await overview(kernel, YEAR)
      const { sum, areas, standing, sources, line } = whole
      assert.equal(sum.reported, 40)
      assert.equal(sum.pending + sum.declined + sum.voided + sum.selfDisposed + sum.merged + sum.answered + sum.established, sum.reported)
      assert.equal(sources.reduce((all, { count }) => all + count, 0), 40)
      assert.equal(line.reduce((all, { reported }) => all + reported, 0), 40)
      assert.equal(areas.find(({ level }) => level === 'city')!.reported, 40)
      assert.equal(areas.filter(({ level }) => level === 'district').reduce((all, { reported }) => all + reported, 0), 40)
      assert.equal(standing.states.reduce((all, { count }) => all + count, 0), standing.open)
      const { items } = await kernel.read(
        { actor: systemActor, now: TODAY },
        (ctx) => readCube(ctx, { from: '2026-04-01', to: '2026-06-10', by: 'district,outcome', limit: 50 }),
      )
      assert.equal(items.reduce((all, { reported }) => all + reported, 0), 40)

      await tellsApart(kernel, whole)
      await findsChanges(kernel)

      const reply = await fetchAs('leader', '/api/gather/overview?period=year')
      assert.equal(reply.status, 200)
      assert.equal(((await reply.json()) as Overview).figures.length, 6)
      assert.equal((await fetchAs('operator', '/api/gather/cube?by=nonsense')).status >= 400, true)
      assert.equal((await fetchAs(null, '/api/gather/overview')).status, 401)
      assert.equal((await fetchAs('auditor', '/api/gather/overview')).status, 403)
    },
    { clock: () => TODAY },
  )()
})

/** Whoever sees one district is told of that district alone. */
async function tellsApart(kernel: Kernel, whole: Overview): Promise<void> {
  const within = (region: string) => overview(kernel, YEAR, (ctx) => as(ctx, { permits: ['gather.read'], region }))
  const north = await within('999902')
  const south = await within('999903')
  const districts = await kernel.read({ actor: systemActor }, (ctx) => findDivisions(ctx, { level: 'district' }))
  assert.equal(districts.length, 2)
  assert.equal(north.sum.reported + south.sum.reported, whole.sum.reported)
  assert.equal(north.standing.open + south.standing.open, whole.standing.open)
  assert.ok(north.areas.every(({ code }) => code.startsWith('999902')))
  const street = north.areas.find(({ level, reported }) => level === 'street' && reported > 0)!
  assert.equal((await within(street.code)).sum.reported, street.reported)

  const unit = whole.units[0]!
  const own = await overview(kernel, YEAR, (ctx) => as(ctx, { permits: ['gather.read'], unit: unit.code }))
  assert.equal(own.areas.find(({ level }) => level === 'city')!.due, unit.due)
  assert.deepEqual(own.sources, [])
  await assert.rejects(overview(kernel, YEAR, (ctx) => as(ctx, 'case.read')), { code: 'access.permit-missing' })
  await assert.rejects(within('999902001001'), { code: 'gather.too-narrow' })
  await assert.rejects(overview(kernel, { from: '2026-06-10', to: '2026-06-01' }), { code: 'gather.span-too-long' })
}

/** What is changed behind the program's back is named, and a count from the beginning mends it. */
async function findsChanges(kernel: Kernel): Promise<void> {
  await sql`update case_tally set established = established + 1 where axis = 'all' and grain = 'month' and major = ''`.execute(kernel.db)
  await sql`update case_fact set source = 'media' where number = (select min(number) from case_fact)`.execute(kernel.db)
  await sql`delete from case_cube where day = (select min(day) from case_cube)`.execute(kernel.db)
  const named = await faultsOf(kernel)
  assert.ok(named.some((fault) => /differs from its history in source/.test(fault)))
  assert.ok(named.some((fault) => /tally .* holds/.test(fault)))
  assert.ok(named.some((fault) => /cube .* is missing/.test(fault)))

  await kernel.transact({ actor: systemActor, now: TODAY }, countAnew)
  assert.deepEqual(await faultsOf(kernel), [])
}
