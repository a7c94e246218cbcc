import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { as, inCity, later } from '../testing.ts'
import { answerTask } from './answer-task.ts'
import { casesFold, lampsRight } from './checks.ts'
import { stepsFrom } from './flow.ts'
import { standardFlow } from './flows.ts'
import { foldCase } from './fold.ts'
import { caseKey } from './number.ts'
import { readCase, readSteps } from './store.ts'
import type { StepRequest } from './step-request.ts'
import { takeStep } from './take-step.ts'
import { findTask, myTasks } from './tasks.ts'
import { being, caseIn, onDuty, photo, spot, usualSteps } from './testing.ts'
import type { Context } from '../kernel/index.ts'
import type { CaseRow } from './tables.ts'

const faults = async (ctx: Context) => [...(await Array.fromAsync(casesFold.run(ctx))), ...(await Array.fromAsync(lampsRight.run(ctx)))]
const minutesOn = (ctx: Context, minutes: number) => later(ctx, new Date(+ctx.now + minutes * 60_000))

/** Everything that any step may need, so that a refusal is for the reason that is tested. */
async function fullRequest(ctx: Context, row: CaseRow, step: string): Promise<StepRequest> {
  const [, establish, dispatch] = await usualSteps(ctx, row)
  const rule = standardFlow.steps[step]!
  return {
    step,
    note: '说明',
    files: [await photo(ctx)],
    condition: establish!.condition,
    unit: dispatch!.unit,
    collector: (await being(ctx, 'collector02')).actor.id,
    ...(rule.reasons && { reason: 'other' }),
  }
}

test('a case goes from its report to its close, and its row is the fold of its steps', inCity(async (ctx) => {
  const row = await caseIn(ctx, 'closed')

  assert.equal(row.state, 'closed')
  assert.equal(row.outcome, 'established')
  assert.equal(row.stage, 7)
  assert.deepEqual(row.endedAt, ctx.now)
  assert.equal(row.disposedLate, false)
  const steps = await readSteps(ctx, row)
  assert.deepEqual(steps.map(({ step }) => step), ['report', 'accept', 'establish', 'dispatch', 'dispose', 'check', 'pass', 'close'])
  const { lamp, nextTurnAt, urgency, ...stored } = (await readCase(ctx, row)) as CaseRow & { urgency: number }
  assert.deepEqual(foldCase(steps), stored)
  assert.deepEqual([lamp, nextTurnAt, urgency], ['grey', null, 3])
  assert.deepEqual(await faults(ctx), [])
}))

for (const state of ['reported', 'accepted', 'established', 'dispatched', 'disposed', 'checking', 'checked', 'closed']) {
  test(`from ${state} no step may be taken that the flow does not open`, inCity(async (ctx) => {
    const row = await caseIn(ctx, state)
    const open = stepsFrom(standardFlow, state)

    for (const step of Object.keys(standardFlow.steps).filter((name) => !open.includes(name))) {
      await assert.rejects(takeStep(ctx, row, await fullRequest(ctx, row, step)), { code: 'case.step-not-open' }, step)
    }
    assert.equal((await readCase(ctx, row))!.ordinal, row.ordinal)
  }))

  test(`from ${state} each step needs its own permit`, inCity(async (ctx) => {
    const row = await caseIn(ctx, state)

    for (const step of stepsFrom(standardFlow, state).filter((name) => standardFlow.steps[name]!.permit !== null)) {
      const others = Object.values(standardFlow.steps).flatMap(({ permit }) => (permit && permit !== standardFlow.steps[step]!.permit ? [permit] : []))
      await assert.rejects(takeStep(as(ctx, 'case.read', ...others), row, await fullRequest(ctx, row, step)), { code: 'access.permit-missing' }, step)
    }
  }))
}

for (const [what, scope] of [
  ['another district', { region: '999903' }],
  ['another street', { region: '999902999' }],
  ['another unit', { unit: '/C01/U99/' }],
  ['another category', { category: '2026.m.01' }],
] as const) {
  test(`a case is not there for someone of ${what}`, inCity(async (ctx) => {
    const row = await caseIn(ctx, 'dispatched')
    const stranger = as(ctx, { permits: ['case.read', 'case.dispose'], ...scope })

    await assert.rejects(takeStep(stranger, row, await fullRequest(ctx, row, 'dispose')), { code: 'case.unknown' })
  }))
}

test('a unit disposes of the cases of its own subtree', inCity(async (ctx) => {
  const row = await caseIn(ctx, 'dispatched')
  const handler = as(ctx, { permits: ['case.read', 'case.dispose'], unit: row.unitPath! })

  assert.equal((await takeStep(handler, row, { step: 'dispose', files: [await photo(ctx)] })).state, 'disposed')
}))

for (const [step, state, left, missing] of [
  ['decline', 'reported', 'reason', 'reason'],
  ['establish', 'accepted', 'condition', 'condition'],
  ['dispatch', 'established', 'unit', 'unit'],
  ['dispose', 'dispatched', 'files', 'files'],
  ['rework', 'checking', 'note', 'note'],
] as const) {
  test(`${step} is refused without its ${left}`, inCity(async (ctx) => {
    const row = await caseIn(ctx, state)
    const request = { ...(await fullRequest(ctx, row, step)), [left]: undefined }

    await assert.rejects(takeStep(ctx, row, request), (problem: { code: string; faults: { at: string }[] }) => {
      assert.equal(problem.code, 'case.step-needs')
      assert.deepEqual(problem.faults.map(({ at }) => at), [missing])
      return true
    })
  }))
}

test('what a step names must be there', inCity(async (ctx) => {
  const accepted = await caseIn(ctx, 'accepted')
  await assert.rejects(takeStep(ctx, accepted, { step: 'establish', condition: '2026.m.01001.01' }), { code: 'case.condition-of-other' })
  await assert.rejects(takeStep(ctx, accepted, { step: 'decline', reason: 'because' }), { code: 'case.reason-unknown' })
  const dispatched = await caseIn(ctx, 'dispatched')
  await assert.rejects(takeStep(ctx, dispatched, { step: 'dispose', files: ['0'.repeat(64)] }), { code: 'case.not-a-photo' })
}))

test('a step is refused where someone was quicker', inCity(async (ctx) => {
  const row = await caseIn(ctx, 'reported')
  await takeStep(ctx, row, { step: 'accept', version: row.ordinal })

  await assert.rejects(takeStep(ctx, row, { step: 'accept', version: row.ordinal }), { code: 'case.moved' })
}))

test('whoever disposed of a case neither checks nor closes it, and is never sent to check', inCity(async (ctx) => {
  const row = await caseIn(ctx, 'dispatched')
  const disposer = await being(ctx, 'collector03')
  const grants = as(ctx, { id: disposer.actor.id, permits: ['case.read', 'case.dispose', 'case.check', 'case.close', 'case.accept'] })
  await onDuty(ctx, 'collector03', [row.lng!, row.lat!])
  const disposed = await takeStep(grants, row, { step: 'dispose', files: [await photo(ctx)] })

  assert.equal(disposed.state, 'disposed')
  await assert.rejects(takeStep(ctx, row, { step: 'check', collector: disposer.actor.id }), { code: 'case.disposer-never-checks' })
  await takeStep(ctx, row, { step: 'check', collector: (await being(ctx, 'collector04')).actor.id })
  await assert.rejects(takeStep(grants, row, { step: 'pass', files: [await photo(ctx)] }), { code: 'case.disposer-never-checks' })
  await takeStep(ctx, row, { step: 'pass', files: [await photo(ctx)] })
  await assert.rejects(takeStep(grants, row, { step: 'close' }), { code: 'case.disposer-never-checks' })
}))

test('after a disposal the nearest collector on duty is sent to check', inCity(async (ctx) => {
  await onDuty(ctx, 'collector05', await spot(ctx, '999903'))
  const near = await onDuty(ctx, 'collector06', await spot(ctx, '999902', 30))
  const row = await caseIn(ctx, 'checking')

  assert.equal(row.state, 'checking')
  assert.equal(row.collectorId, near.actor.id)
  const [mine] = await myTasks(near)
  assert.equal(mine?.row.number, row.number)
  assert.equal(mine?.task.kind, 'check')
  assert.deepEqual(mine?.task.dueAt, new Date(+ctx.now + 2 * 3_600_000))
  assert.equal(await findTask(await being(ctx, 'collector05'), mine!.task.id, row.district), undefined)
}))

test('whoever could not answer a task is not given one', inCity(async (ctx) => {
  const near = await onDuty(ctx, 'collector06', await spot(ctx, '999902'))
  const next = await onDuty(ctx, 'collector07', await spot(ctx, '999902', 200))
  const far = await being(ctx, 'collector08')
  await sql`update account set state = 'disabled' where id = ${near.actor.id}`.execute(ctx.db)
  await sql`update access_grant set region = '999903' where account_id = ${far.actor.id}`.execute(ctx.db)
  const row = await caseIn(ctx, 'checking')

  assert.equal(row.collectorId, next.actor.id)
  for (const collector of [near.actor.id, far.actor.id, 'collector07']) {
    await assert.rejects(takeStep(ctx, row, { step: 'check', collector }), { code: 'case.collector-unfit' })
  }
}))

test('a case goes on when a new catalogue no longer knows its condition', inCity(async (ctx) => {
  const row = await caseIn(ctx, 'dispatched')
  await sql`update case_file set condition_id = '2026.m.06010.99' where number = ${row.number}`.execute(ctx.db)

  assert.equal((await takeStep(ctx, row, { step: 'dispose', files: [await photo(ctx)] })).stage >= 5, true)
}))

test('with nobody on duty the case waits for an operator', inCity(async (ctx) => {
  await sql`update person_duty set on_duty = false`.execute(ctx.db)
  const row = await caseIn(ctx, 'disposed')

  await assert.rejects(takeStep(ctx, row, { step: 'check' }), { code: 'case.nobody-on-duty' })
  assert.equal((await takeStep(ctx, row, { step: 'check', collector: (await being(ctx, 'collector01')).actor.id })).state, 'checking')
}))

test('a task is answered once, by whom it was given to, after a photo', inCity(async (ctx) => {
  const collector = await onDuty(ctx, 'collector07', await spot(ctx, '999902', 5))
  const row = await caseIn(ctx, 'checking')
  const { task } = (await myTasks(collector))[0]!

  await assert.rejects(answerTask(await being(ctx, 'collector08'), task, { passed: true, files: [await photo(ctx)] }), { code: 'case.task-of-another' })
  await assert.rejects(answerTask(collector, task, { passed: true, files: [] }), { code: 'case.step-needs' })
  assert.equal((await answerTask(collector, task, { passed: true, files: [await photo(ctx)] })).state, 'checked')
  await assert.rejects(answerTask(collector, task, { passed: true, files: [await photo(ctx)] }), { code: 'case.task-ended' })
  assert.deepEqual(await myTasks(collector), [])
  assert.equal((await findTask(collector, task.id, row.district))?.task.passed, true)
}))

test('a task that was given to someone else is no longer the first one’s', inCity(async (ctx) => {
  const first = await being(ctx, 'collector01')
  const row = await caseIn(ctx, 'checking')
  const { task } = (await myTasks(first)).find((mine) => mine.row.number === row.number)!
  await takeStep(ctx, row, { step: 'check', collector: (await being(ctx, 'collector02')).actor.id })

  await assert.rejects(answerTask(first, task, { passed: true, files: [await photo(ctx)] }), { code: 'case.task-ended' })
}))

test('核实 comes before filing: what is not found goes back to the operator', inCity(async (ctx) => {
  const collector = await onDuty(ctx, 'collector09', await spot(ctx, '999902', 3))
  const row = await caseIn(ctx, 'reported')
  const verifying = await takeStep(ctx, row, { step: 'verify' })
  assert.equal(verifying.collectorId, collector.actor.id)
  assert.equal(verifying.clock, 'verify')

  const { task } = (await myTasks(collector))[0]!
  const back = await answerTask(collector, task, { passed: false, files: [await photo(ctx)], note: '未发现' })
  assert.deepEqual([back.state, back.collectorId, back.outcome], ['reported', null, 'pending'])
  await takeStep(ctx, row, { step: 'verify' })
  const accepted = await answerTask(collector, (await myTasks(collector))[0]!.task, { passed: true, files: [await photo(ctx)] })
  assert.deepEqual([accepted.state, accepted.acceptedAt], ['accepted', ctx.now])
  assert.deepEqual(await faults(ctx), [])
}))

test('a rework has half of the limit, and the lateness of the second disposal counts by it', inCity(async (ctx) => {
  const row = await caseIn(ctx, 'checking')
  const whole = +(await readCase(ctx, row))!.disposeDueAt! - +ctx.now
  const afternoon = minutesOn(ctx, 30)
  const back = await takeStep(afternoon, row, { step: 'rework', note: '未清理干净', files: [await photo(ctx)] })

  assert.deepEqual([back.state, back.clock, back.reworks, back.disposedAt, back.unitCode], ['dispatched', 'rework', 1, null, row.unitCode])
  assert.ok(back.clockAmount! <= whole / 3_600_000)
  const late = later(ctx, new Date(+back.disposeDueAt! + 1000))
  assert.equal((await takeStep(late, row, { step: 'dispose', files: [await photo(ctx)] })).disposedLate, true)
}))

test('a case that ends early has its outcome and no clock', inCity(async (ctx) => {
  const declined = await takeStep(ctx, await caseIn(ctx, 'reported'), { step: 'decline', reason: 'duplicate' })
  const voided = await takeStep(ctx, await caseIn(ctx, 'dispatched'), { step: 'void', reason: 'mistaken' })
  const own = await takeStep(ctx, await caseIn(ctx, 'reported'), { step: 'self-dispose', files: [await photo(ctx)] })

  for (const [row, outcome] of [[declined, 'declined'], [voided, 'void'], [own, 'self-disposed']] as const) {
    assert.deepEqual([row.outcome, row.lamp, row.dueAt, row.endedAt], [outcome, 'grey', null, ctx.now])
  }
  assert.deepEqual(await faults(ctx), [])
}))

test('the check finds a row that was changed behind the back of its steps', inCity(async (ctx) => {
  const row = await caseIn(ctx, 'dispatched')
  await sql`update case_file set unit_code = 'U99' where number = ${row.number} and district = ${row.district}`.execute(ctx.db)
  assert.deepEqual(await faults(ctx), [`cases: ${row.number} differs from its steps in unitCode`])
  await sql`delete from case_step where number = ${row.number} and district = ${row.district} and ordinal = 2`.execute(ctx.db)
  assert.ok((await faults(ctx)).includes(`cases: ${row.number} lacks a step before 3`))
}))

test('a number is one of twenty digits', () => {
  assert.deepEqual(caseKey('999902 20260610 000417'), { number: '99990220260610000417', district: '999902' })
  for (const bad of ['', '123', '9999022026061000041x', '999902202606100004170']) assert.throws(() => caseKey(bad), { code: 'case.unknown' })
})
