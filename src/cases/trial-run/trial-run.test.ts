import assert from 'node:assert/strict'
import { test } from 'node:test'
import { calendarFrom, type Clock, type Context } from '../../kernel/index.ts'
import { decideUnits } from '../../responsibility/index.ts'
import { calendarBody, findCondition, findConditions } from '../../registry/index.ts'
import { as, inCity, later, withApp } from '../../testing.ts'
import { rowAfter } from '../changes.ts'
import type { Limit } from '../deadline.ts'
import { BLANK } from '../fold.ts'
import { follow, type Flow } from '../flow.ts'
import { countyFlow, mergedFlow, standardFlow } from '../flows.ts'
import { caseKey } from '../number.ts'
import { readSteps } from '../store.ts'
import { takeAct } from '../take-act.ts'
import { takeStep } from '../take-step.ts'
import { being, caseIn, photo, spot } from '../testing.ts'
import { own, type CaseRow } from '../tables.ts'
import { changedLimit, type LimitChange, type TrialPlan } from './plan.ts'
import { runTrial } from './run-trial.ts'
import { cancelTrial, listTrials, runStored, showTrial, startTrial, trialTable } from './trials.ts'
import { plainLegs, walk } from './walk.ts'

const HOUR = 3_600_000
const SEED = 20_260_610

function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
}

const person = (nth: number) => ({ id: `00000000-0000-7000-8000-00000000020${nth}`, kind: 'system' as const, name: `人${nth}`, grants: [] })

/** Lives of cases by the verbs themselves: some extended, some suspended, some returned, some reworked, some still open. */
async function live(ctx: Context, count: number): Promise<void> {
  const random = seeded(SEED)
  const files = [await photo(ctx)]
  const collector = (await being(ctx, 'collector01')).actor.id
  for (let i = 0; i < count; i++) {
    let now = +ctx.now - 20 * 24 * HOUR + i * 7 * HOUR
    const at = (hours: number): Context => later(ctx, new Date((now += Math.round(hours * HOUR))))
    const dispatched = await caseIn(at(0), 'established', { position: await spot(ctx, i % 2 ? '999902' : '999903', (i % 9) * 12), description: `第 ${i} 处堆放垃圾` })
    const key = caseKey(dispatched.number)
    const unit = (await unitOf(ctx, dispatched))!
    const dispatch = () => takeStep(at(random() * 2), key, { step: 'dispatch', unit })
    await dispatch()
    const kind = i % 6
    const ask = (procedure: string, act: string, nth: number, more: object = {}) => takeAct({ ...at(0.1), actor: person(nth) }, key, { procedure, act, note: '说明', ...more })
    if (kind === 1) {
      await ask('extend', 'open', 1, { reason: 'works' })
      await ask('extend', 'grant', 2)
    }
    if (kind === 2) {
      await ask('suspend', 'open', 1, { reason: 'season', until: new Date(now + 40 * 24 * HOUR).toISOString() })
      await ask('suspend', 'endorse', 2)
      await ask('suspend', 'grant', 3)
      await takeStep(at(random() * 30), key, { step: 'wake' })
    }
    if (kind === 3) {
      await ask('return', 'open', 1, { reason: 'not-ours' })
      await ask('return', 'grant', 2)
      await dispatch()
    }
    if (kind === 5 && i > count - 4) continue
    const dispose = () => takeStep({ ...at(random() * 30), actor: person(1) }, key, { step: 'dispose', files, note: '已清运' })
    if ((await dispose()).state === 'disposed') await takeStep(at(random()), key, { step: 'check', collector })
    if (kind === 4) {
      await takeStep(at(random() * 3), key, { step: 'rework', files, note: '未清干净' })
      if ((await dispose()).state === 'disposed') await takeStep(at(random()), key, { step: 'check', collector })
    }
    await takeStep(at(random() * 3), key, { step: 'pass', files })
    await takeStep(at(random()), key, { step: 'close' })
  }
}

async function unitOf(ctx: Context, row: CaseRow): Promise<string | undefined> {
  return (await decideUnits(ctx, { category: row.category, region: row.community! })).answers[0]?.unitCode
}

/** Slow and plain: every step of a case taken anew by the rules of the program itself, with another limit in the hand. */
async function lateAnew(ctx: Context, row: CaseRow, flow: Flow, changes: readonly LimitChange[]): Promise<boolean | null> {
  const calendar = calendarFrom(await calendarBody(ctx))
  let now: CaseRow | undefined
  for (const step of await readSteps(ctx, row)) {
    if (!Object.hasOwn(flow.steps, step.step)) continue
    const conditionId = (step.changes['conditionId'] as string | undefined) ?? now?.conditionId ?? undefined
    const condition = conditionId === undefined ? undefined : await findCondition(ctx, conditionId)
    const grade = row.grade === 'B' || row.grade === 'C' ? row.grade : 'A'
    const limit = condition && changedLimit(condition.limits[grade] as Limit, condition.category, grade, changes)
    const before = now ?? ({ ...BLANK, number: row.number, district: row.district, ordinal: 0, state: '', category: row.category, reportedAt: step.takenAt, lamp: 'grey', nextTurnAt: null } as CaseRow)
    const to = follow(flow, now ? before.state : null, step.step, before.cameFrom)
    if (to === undefined) continue
    const until = step.changes['suspendedUntil']
    now = rowAfter(flow, before, step.step, to, { actorId: step.actorId, now: step.takenAt, calendar, limit, conditionId, ...(typeof until === 'string' && { until: new Date(until) }) })
  }
  return now?.disposedLate ?? null
}

for (const { what, flow, limits } of [
  { what: 'a quarter of every limit', flow: null, limits: [{ category: '', factor: 0.25 }] },
  { what: 'three times every limit, and one class on the clock round the day', flow: null, limits: [{ category: '', factor: 3 }, { category: '2026.m.06', amount: 5, unit: 'urgent_hour' as const }] },
  { what: 'the same limits', flow: null, limits: [] },
  { what: 'a flow in which a rework has the whole limit again', flow: wholeRework(), limits: [{ category: '', factor: 0.5 }] },
] satisfies { what: string; flow: Flow | null; limits: LimitChange[] }[]) {
  test(`${what}: the trial finds what taking every step anew finds (seed ${SEED})`, inCity(async (ctx) => {
    await live(ctx, 30)
    const plan: TrialPlan = { name: '试', months: 2, limits }
    const result = (await runTrial(ctx, plan, { flow }))!

    const rows = (await own(ctx).selectFrom('caseFile').selectAll().where('disposedLate', 'is not', null).execute()).filter(({ endedAt, disposedAt }) => endedAt !== null || disposedAt !== null)
    const expected = { disposed: 0, inBefore: 0, inAfter: 0, newlyLate: 0, newlyIn: 0 }
    const byUnit = new Map<string, typeof expected>()
    for (const row of rows) {
      const after = (await lateAnew(ctx, row, flow ?? standardFlow, limits))!
      const unit = byUnit.get(row.unitCode!) ?? { disposed: 0, inBefore: 0, inAfter: 0, newlyLate: 0, newlyIn: 0 }
      byUnit.set(row.unitCode!, unit)
      for (const sums of [expected, unit]) {
        sums.disposed++
        if (!row.disposedLate) sums.inBefore++
        if (!after) sums.inAfter++
        if (after && !row.disposedLate) sums.newlyLate++
        if (!after && row.disposedLate) sums.newlyIn++
      }
    }
    const { disposed, inBefore, inAfter, newlyLate, newlyIn, kept, reworks, returns } = result.totals
    assert.deepEqual({ disposed, inBefore, inAfter, newlyLate, newlyIn }, expected)
    assert.ok(disposed > 15 && reworks > 0 && returns > 0 && result.walked >= reworks + returns, `${disposed} ${reworks} ${returns} ${result.walked}`)
    assert.equal(kept, 0)
    for (const unit of result.units) {
      const found = byUnit.get(unit.code)!
      assert.deepEqual([unit.disposed, unit.inBefore, unit.inAfter, unit.newlyLate, unit.newlyIn], [found.disposed, found.inBefore, found.inAfter, found.newlyLate, found.newlyIn])
    }
    assert.equal(result.flips.length, newlyLate + newlyIn)
    if (limits.length === 0) assert.equal(newlyLate + newlyIn, 0)
    else assert.ok(newlyLate + newlyIn > 0)
  }))
}

function wholeRework(): Flow {
  const { share: _, least: __, ...rework } = standardFlow.clocks['rework']!
  return { ...standardFlow, version: 9, clocks: { ...standardFlow.clocks, rework } }
}

test('joined stages have the limit of the joined stage: from the acceptance to the dispatch', inCity(async (ctx) => {
  const row = await caseIn(ctx, 'accepted')
  const at = (minutes: number) => later(ctx, new Date(+ctx.now + minutes * 60_000))
  await caseIn(ctx, 'reported', { position: await spot(ctx, '999902', 60) })
  const { condition, unit } = await choices(ctx, row)
  // Twenty minutes for each of two limits of half an hour; together longer than the one of the merged flow.
  await takeStep(at(20), caseKey(row.number), { step: 'establish', condition })
  await takeStep(at(40), caseKey(row.number), { step: 'dispatch', unit })
  await takeStep({ ...at(60), actor: person(1) }, caseKey(row.number), { step: 'dispose', files: [await photo(ctx)] })

  const result = (await runTrial(at(120), { name: '合并', months: 1 }, { flow: mergedFlow }))!

  const late = (side: string, clock: string) => result.stages.find((stage) => stage.side === side && stage.clock === clock)
  assert.deepEqual([late('before', 'establish')?.late, late('before', 'dispatch')?.late], [0, 0])
  assert.deepEqual([late('after', 'establish')?.n, late('after', 'establish')?.late, late('after', 'dispatch')], [1, 1, undefined])
}))

async function choices(ctx: Context, row: CaseRow): Promise<{ condition: string; unit: string }> {
  return { condition: (await findConditions(ctx, row.category))[0]!.id, unit: (await unitOf(ctx, row))! }
}

test('the usual way of each flow, as a row tells it', () => {
  const legs = (flow: Flow, target: Flow) => plainLegs(flow, target).map(({ clock, from, to }) => `${clock} ${from}-${to}`)

  assert.deepEqual(legs(standardFlow, standardFlow), ['accept 0-1', 'establish 1-2', 'dispatch 2-3', 'dispose 3-4', 'check 4-5', 'close 5-6'])
  assert.deepEqual(legs(standardFlow, mergedFlow), ['accept 0-1', 'establish 1-3', 'dispose 3-4', 'check 4-5'])
  assert.deepEqual(legs(mergedFlow, standardFlow).slice(0, 4), ['accept 0-1', 'establish 1-3', 'dispose 3-4', 'check 4-5'])
  assert.ok(legs(standardFlow, countyFlow).some((leg) => leg.endsWith('3-4')))
})

test('a history walked along its own flow has a leg for each limit that ran', () => {
  const at = (minutes: number) => minutes * 60_000
  const legs = walk(standardFlow, standardFlow, [
    { step: 'report', at: 0 },
    { step: 'accept', at: at(10) },
    { step: 'establish', at: at(20) },
    { step: 'dispatch', at: at(30) },
    { step: 'extend.open', at: at(35) },
    { step: 'extended', at: at(40) },
    { step: 'dispose', at: at(90) },
    { step: 'check', at: at(90) },
    { step: 'rework', at: at(120) },
    { step: 'dispose', at: at(150) },
  ])

  assert.deepEqual(
    legs.map(({ clock, from, to, moved, disposal }) => [clock, from / 60_000, to / 60_000, moved.length, disposal]),
    [
      ['accept', 0, 10, 0, false],
      ['establish', 10, 20, 0, false],
      ['dispatch', 20, 30, 0, false],
      ['dispose', 30, 90, 1, true],
      ['check', 90, 120, 0, false],
      ['rework', 120, 150, 0, true],
    ],
  )
})

for (const { changes, category, grade, is } of [
  { changes: [{ category: '', factor: 2 }], category: '2026.m.06010', grade: 'A', is: { amount: 4, unit: 'work_hour' } },
  { changes: [{ category: '2026.m.06', factor: 3 }, { category: '', factor: 2 }], category: '2026.m.06010', grade: 'A', is: { amount: 6, unit: 'work_hour' } },
  { changes: [{ category: '2026.m', amount: 1, unit: 'work_day' as const, grade: 'B' as const }], category: '2026.m.06010', grade: 'B', is: { amount: 1, unit: 'work_day' } },
  { changes: [{ category: '2026.m', amount: 1, unit: 'work_day' as const, grade: 'B' as const }], category: '2026.m.06010', grade: 'A', is: { amount: 2, unit: 'work_hour' } },
]) {
  test(`a limit of two hours becomes ${is.amount} ${is.unit} by ${JSON.stringify(changes)} in an area of grade ${grade}`, () => {
    assert.deepEqual(changedLimit({ amount: 2, unit: 'work_hour' as Clock }, category, grade, changes), is)
  })
}

test('one trial at a time, kept with its result, for those who keep the flows', inCity(async (ctx) => {
  await live(ctx, 6)
  const plan: TrialPlan = { name: '缩短一半', months: 1, limits: [{ category: '', factor: 0.5 }], weights: { inTime: 80, firstTime: 10, notReturned: 10 } }
  const { id } = await startTrial(ctx, plan)
  await assert.rejects(startTrial(ctx, plan), { code: 'case.trial-runs' })
  await assert.rejects(startTrial(as(ctx, 'case.read'), plan), { code: 'access.permit-missing' })
  await runStored(ctx, id)

  const { state, result } = await showTrial(ctx, id)
  assert.equal(state, 'done')
  assert.ok(result!.totals.scoreBefore !== null && result!.totals.scoreAfter! <= result!.totals.scoreBefore)
  assert.ok((await Array.fromAsync((await trialTable(ctx, id, 'zh')).body)).length > 0)

  const second = await startTrial(later(ctx, new Date(+ctx.now + 1000)), { ...plan, flow: 'merged.1' })
  assert.equal((await cancelTrial(ctx, second.id)).state, 'cancelled')
  await runStored(ctx, second.id)
  assert.deepEqual((await listTrials(ctx)).items.map(({ state: stood }) => stood), ['cancelled', 'done'])
  await assert.rejects(startTrial(ctx, { ...plan, flow: 'nothing' }), { code: 'case.trial-flow' })
}))

test('the wire: a trial runs in the background and is shown with its progress', withApp(async ({ fetchAs }) => {
  const begun = await fetchAs('sysadmin', '/api/trial-runs', { json: { name: '试', months: 3, limits: [{ category: '', factor: 2 }] } })
  assert.equal(begun.status, 200, await begun.clone().text())
  const { id } = (await begun.json()) as { id: string }
  for (;;) {
    const shown = (await (await fetchAs('sysadmin', `/api/trial-runs/${id}`)).json()) as { state: string; note: string | null; result: { cases: number } | null }
    if (shown.state === 'waiting' || shown.state === 'running') {
      await new Promise((done) => setTimeout(done, 100))
      continue
    }
    assert.deepEqual([shown.state, shown.note, shown.result?.cases], ['done', null, 0])
    break
  }
  assert.equal((await fetchAs('operator', '/api/trial-runs')).status, 403)
}))
