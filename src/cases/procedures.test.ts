import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findUnits, workingCalendar } from '../registry/index.ts'
import { as, inCity, later } from '../testing.ts'
import { deadline, workingMs } from '../kernel/index.ts'
import { takeSteps } from './bulk.ts'
import { caseDetail } from './detail.ts'
import { listProceedings, myProceedingCounts, myProceedings } from './ledger.ts'
import { proceedingsOf } from './proceedings.ts'
import { readCase } from './store.ts'
import { takeStep } from './take-step.ts'
import { wakeCases } from './wake.ts'
import { act, faults, lead, leader, msLater, person, refused, unit, being, caseIn, photo } from './testing.ts'

const HOUR = 3_600_000
// ── 延期

test('an extension adds one original limit to the deadline; a second goes to the leader, and a third is refused', inCity(async (ctx) => {
  const row = await caseIn(ctx, 'dispatched')
  const calendar = await workingCalendar(ctx)
  const limit = { amount: row.clockAmount!, unit: row.clockUnit as 'work_hour' }

  await act(unit(ctx), row, 'extend', 'open', { reason: 'works' })
  const once = await act(lead(ctx), row, 'extend', 'grant')
  assert.deepEqual(once.dueAt, deadline(calendar, row.dueAt!, limit.amount, limit.unit))
  assert.deepEqual([once.extensions, once.disposeDueAt, once.clockAmount, once.asked], [1, once.dueAt, 2 * limit.amount, []])

  await act(unit(ctx), row, 'extend', 'open', { reason: 'weather' })
  await refused(act(lead(ctx), row, 'extend', 'grant'), 'case.act-not-open')
  await act(lead(ctx), row, 'extend', 'endorse')
  const twice = await act(leader(ctx), row, 'extend', 'grant-high')
  assert.deepEqual(twice.dueAt, deadline(calendar, once.dueAt!, limit.amount, limit.unit))
  await refused(act(unit(ctx), row, 'extend', 'open', { reason: 'other' }), 'case.act-not-open', /最多 2 次/)
  assert.deepEqual(await faults(ctx), [])
}))

test('an extension must be asked for before the deadline, with a reason, and nobody grants their own', inCity(async (ctx) => {
  const row = await caseIn(ctx, 'dispatched')

  await refused(act(msLater(unit(ctx), +row.dueAt! - +ctx.now), row, 'extend', 'open', { reason: 'works' }), 'case.act-not-open', /到期前申请/)
  await refused(act(unit(ctx), row, 'extend', 'open'), 'case.step-needs')
  await refused(act(unit(ctx), row, 'extend', 'open', { reason: 'because' }), 'case.reason-unknown')
  await act(unit(ctx), row, 'extend', 'open', { reason: 'works' })
  await refused(act(unit(ctx), row, 'extend', 'open', { reason: 'works' }), 'case.act-not-open', /已有一项/)
  await refused(act(unit(ctx), row, 'extend', 'grant'), 'case.opener-never-decides')
  await refused(act(as(ctx, 'case.read', 'case.dispose'), row, 'extend', 'grant'), 'access.permit-missing')
}))

test('what is asked for lapses when the case moves on', inCity(async (ctx) => {
  const row = await caseIn(ctx, 'dispatched')
  await act(unit(ctx), row, 'extend', 'open', { reason: 'works' })
  const done = await takeStep(unit(ctx), row, { step: 'dispose', files: [await photo(ctx)] })

  assert.deepEqual(done.asked, [])
  const [extension] = await proceedingsOf(ctx, row)
  assert.deepEqual([extension!.state, extension!.result, extension!.awaits], ['lapsed', 'withdrawn', null])
}))

// ── 挂账

test('a suspension stops the clock until its day, wakes by itself, and gives back exactly what was left', inCity(async (ctx) => {
  const row = await caseIn(ctx, 'dispatched')
  const calendar = await workingCalendar(ctx)
  const until = new Date(+ctx.now + 30 * 24 * HOUR)

  await act(unit(ctx), row, 'suspend', 'open', { reason: 'season', until: until.toISOString() })
  await act(lead(ctx), row, 'suspend', 'endorse')
  const some = msLater(leader(ctx), HOUR)
  const left = workingMs(calendar, row.clockUnit as 'work_hour', some.now, row.dueAt!)
  const resting = await act(some, row, 'suspend', 'grant')
  assert.deepEqual(
    [resting.state, resting.lamp, resting.dueAt, resting.disposeDueAt, resting.clockLeftMs, resting.suspendedUntil],
    ['suspended', 'grey', null, null, left, until],
  )

  await wakeCases(later(ctx, new Date(+until - 1)))
  assert.equal((await readCase(ctx, row))!.state, 'suspended')
  await wakeCases(later(ctx, until))
  const awake = (await readCase(ctx, row))!
  assert.equal(awake.state, 'dispatched')
  assert.equal(workingMs(calendar, row.clockUnit as 'work_hour', until, awake.dueAt!), left)
  assert.deepEqual([awake.clockLeftMs, awake.suspendedUntil, awake.disposeDueAt], [null, null, awake.dueAt])
  await refused(act(later(unit(ctx), until), row, 'suspend', 'open', { reason: 'season', until: new Date(+until + HOUR).toISOString() }), 'case.act-not-open', /最多 1 次/)
  assert.deepEqual(await faults(later(ctx, until)), [])
}))

for (const [until, code] of [
  [-HOUR, 'case.until-passed'],
  [366 * 24 * HOUR, 'case.until-too-far'],
] as const) {
  test(`a suspension of ${until / HOUR} hours is refused`, inCity(async (ctx) => {
    const row = await caseIn(ctx, 'dispatched')
    await refused(act(unit(ctx), row, 'suspend', 'open', { reason: 'season', until: new Date(+ctx.now + until).toISOString() }), code)
  }))
}

// ── 回退, 推诿

test('a return that the shift lead grants counts, clears the unit and starts the clock of the dispatch', inCity(async (ctx) => {
  const row = await caseIn(ctx, 'dispatched')
  const asked = await act(unit(ctx), row, 'return', 'open', { reason: 'not-ours' })
  assert.deepEqual([asked.state, asked.asked, asked.unitCode], ['dispatched', ['return'], row.unitCode])
  const back = await act(lead(ctx), row, 'return', 'grant')

  assert.deepEqual(
    [back.state, back.returns, back.unitCode, back.unitPath, back.dispatchedAt, back.disposeDueAt, back.clock, back.reason, back.asked],
    ['established', 1, null, null, null, null, 'dispatch', 'not-ours', []],
  )
  assert.deepEqual(await faults(ctx), [])
}))

test('a refused return stays with the unit, and may be ruled as shirking; a unit asks once only and in its window', inCity(async (ctx) => {
  const row = await caseIn(ctx, 'dispatched')
  await act(unit(ctx), row, 'return', 'open', { reason: 'not-ours' })
  const ruled = await act(lead(ctx), row, 'return', 'shirk')

  assert.deepEqual([ruled.state, ruled.shirks, ruled.unitCode], ['dispatched', 1, row.unitCode])
  await refused(act(unit(ctx), row, 'return', 'open', { reason: 'not-ours' }), 'case.act-not-open', /每个单位最多 1 次/)
  const other = await caseIn(ctx, 'dispatched')
  const window = deadline(await workingCalendar(ctx), other.dispatchedAt!, 2, 'work_hour')
  await refused(act(later(unit(ctx), new Date(+window + 1)), other, 'return', 'open', { reason: 'not-ours' }), 'case.act-not-open', /超过可申请的时间/)
  assert.deepEqual(await faults(ctx), [])
}))

test('a ruling on shirking hears the unit first', inCity(async (ctx) => {
  const row = await caseIn(ctx, 'dispatched')
  await act(unit(ctx), row, 'shirk', 'open')
  await act(as(ctx, { permits: ['case.dispose', 'case.read'], unit: row.unitPath! }), row, 'shirk', 'state', { note: '我单位已到场' })
  await refused(act(as(ctx, { permits: ['case.dispose', 'case.read'], unit: '/C01/U99/' }), row, 'shirk', 'state'), 'case.unknown')

  assert.equal((await act(lead(ctx), row, 'shirk', 'uphold')).shirks, 1)
}))

// ── 督办, 催办

test('a supervision order has a deadline and a reply of its own; one of the media is marked', inCity(async (ctx) => {
  const row = await caseIn(ctx, 'dispatched')
  const until = new Date(+ctx.now + 24 * HOUR)
  const ordered = await act(leader(ctx), row, 'supervise', 'open', { reason: 'media', until: until.toISOString() })
  assert.deepEqual([ordered.orders, ordered.mediaOrders, ordered.dueAt, ordered.asked], [1, 1, row.dueAt, ['supervise']])

  const handler = as(ctx, { permits: ['case.read', 'case.dispose'], unit: row.unitPath! })
  const [waiting] = (await myProceedings(handler, {})).items
  assert.deepEqual([waiting!.kind, waiting!.dueAt, waiting!.acts.map(({ act: name }) => name)], ['supervise', until.toISOString(), ['reply']])
  await act(handler, row, 'supervise', 'reply')
  assert.deepEqual((await myProceedings(handler, {})).items, [])
  await act(leader(ctx), row, 'supervise', 'insist')
  await act(handler, row, 'supervise', 'reply')
  assert.deepEqual((await act(leader(ctx), row, 'supervise', 'lift')).asked, [])
}))

test('two orders may stand in one case, and it is marked until the last is lifted', inCity(async (ctx) => {
  const row = await caseIn(ctx, 'dispatched')
  const until = new Date(+ctx.now + 24 * HOUR).toISOString()
  await act(leader(ctx), row, 'supervise', 'open', { reason: 'leader', until })
  await act(leader(ctx), row, 'supervise', 'open', { reason: 'upper', until })
  const [first, second] = await proceedingsOf(ctx, row)

  assert.deepEqual((await act(leader(ctx), row, 'supervise', 'lift', { proceeding: first!.id })).asked, ['supervise'])
  assert.deepEqual((await act(leader(ctx), row, 'supervise', 'lift', { proceeding: second!.id })).asked, [])
}))

test('urging counts and leaves the clock alone', inCity(async (ctx) => {
  const row = await caseIn(ctx, 'dispatched')
  const urged = await takeStep(ctx, row, { step: 'urge' })
  assert.deepEqual([urged.urges, urged.dueAt, urged.state, urged.lamp], [1, row.dueAt, 'dispatched', row.lamp])
}))

// ── 会商, 兜底, 转办, 补充材料

test('a conference hears its units and its decision sends the case to one of them', inCity(async (ctx) => {
  const row = await caseIn(ctx, 'established')
  const [one, two] = (await findUnits(ctx, { level: 2 })).slice(0, 2)
  await act(lead(ctx), row, 'confer', 'open', { units: [one!.code, two!.code] })
  const speaker = as(ctx, { permits: ['case.read', 'case.dispose'], unit: two!.path })
  await act(speaker, row, 'confer', 'opine', { note: '不属我方' })
  await refused(act(as(ctx, { permits: ['case.read', 'case.dispose'], unit: '/C01/U99/' }), row, 'confer', 'opine'), 'case.unknown')
  await refused(act(lead(ctx), row, 'confer', 'decide'), 'case.step-needs')
  const decided = await act(lead(ctx), row, 'confer', 'decide', { unit: one!.code, note: '由其处置' })

  assert.deepEqual([decided.state, decided.unitCode, decided.clock, decided.asked], ['dispatched', one!.code, 'dispose', []])
  const [first] = (await caseDetail(ctx, await caseIn(ctx, 'established'))).responsibility.proposals
  assert.deepEqual([first!.unitCode, first!.ground], [one!.code, 'precedent'])
  assert.deepEqual(await faults(ctx), [])
}))

test('the emergency crew goes at once, and the cost is settled afterwards', inCity(async (ctx) => {
  const row = await caseIn(ctx, 'established')
  const [crew] = await findUnits(ctx, { level: 2 })
  const sent = await act(ctx, row, 'backstop', 'open', { unit: crew!.code })
  assert.deepEqual([sent.state, sent.unitCode, sent.asked], ['dispatched', crew!.code, ['backstop']])
  await takeStep(unit(ctx), row, { step: 'dispose', files: [await photo(ctx)] })
  await refused(act(ctx, row, 'backstop', 'settle'), 'case.step-needs')
  await act(ctx, row, 'backstop', 'settle', { cost: 3260.5, outside: '供水公司承担' })

  const [settled] = await proceedingsOf(ctx, row)
  assert.deepEqual([settled!.cost, settled!.outside, settled!.result], [3260.5, '供水公司承担', 'done'])
}))

for (const [name, state] of [['reply', 'disposed'], ['back', 'established']] as const) {
  test(`a case passed outside comes back by “${name}”`, inCity(async (ctx) => {
    const row = await caseIn(ctx, 'established')
    const sent = await act(ctx, row, 'transfer', 'open', { outside: '铁路局 2026-118' })
    assert.deepEqual([sent.state, sent.clock], ['transferred', 'transfer'])
    assert.equal((await act(ctx, row, 'transfer', name)).state, state)
    assert.deepEqual(await faults(ctx), [])
  }))
}

test('waiting for further material stops the clock of accepting', inCity(async (ctx) => {
  const row = await caseIn(ctx, 'reported')
  const asked = await act(ctx, row, 'supplement', 'open')
  assert.deepEqual([asked.state, asked.lamp, asked.dueAt], ['supplementing', 'grey', null])
  const next = msLater(ctx, 24 * HOUR)
  const supplied = await act(next, row, 'supplement', 'supply')
  assert.deepEqual([supplied.state, supplied.clock, supplied.clockLeftMs], ['reported', 'accept', null])
  assert.ok(supplied.dueAt! > row.dueAt!)
  assert.deepEqual(await faults(next), [])
}))

// ── 申诉, 回访, 重开

test('an appeal has two reviews; upheld, the fact stays and is excused, once', inCity(async (ctx) => {
  const dispatched = await caseIn(ctx, 'dispatched')
  const late = later(ctx, new Date(+dispatched.dueAt! + HOUR))
  await takeStep(unit(late), dispatched, { step: 'dispose', files: [await photo(ctx)] })
  const collector = { ...late, actor: person('采集员', 4) }
  const checking = await takeStep(late, dispatched, { step: 'check', collector: (await being(ctx, 'collector01')).actor.id })
  const passed = await takeStep({ ...collector, actor: { ...collector.actor, id: checking.collectorId! } }, dispatched, { step: 'pass', files: [await photo(ctx)] })
  const row = await takeStep(lead(late), passed, { step: 'close' })
  assert.equal(row.disposedLate, true)

  await refused(act(unit(late), row, 'appeal', 'open', { reason: 'rework' }), 'case.act-not-open')
  await act(unit(late), row, 'appeal', 'open', { reason: 'late' })
  await refused(act(late, row, 'appeal', 'grant'), 'case.act-not-open')
  await act(lead(late), row, 'appeal', 'endorse')
  const granted = await act(leader(late), row, 'appeal', 'grant')
  assert.deepEqual([granted.disposedLate, granted.excused, granted.state], [true, ['late'], 'closed'])
  await refused(act(unit(late), row, 'appeal', 'open', { reason: 'late' }), 'case.act-not-open')
  assert.deepEqual(await faults(late), [])
}))

test('a reporter who left a number is called back; not satisfied, the case goes back once', inCity(async (ctx) => {
  const row = await caseIn(ctx, 'closed', { reporter: { name: '李女士', phone: '10000001234' } })
  assert.deepEqual((await readCase(ctx, row))!.asked, ['callback'])
  await act(ctx, row, 'callback', 'missed')
  const again = await act(ctx, row, 'callback', 'unsatisfied', { note: '仍有积水' })
  assert.deepEqual([again.state, again.reopens, again.outcome, again.endedAt, again.clock], ['dispatched', 1, 'established', null, 'rework'])

  await takeStep(unit(ctx), row, { step: 'dispose', files: [await photo(ctx)] })
  const checking = (await readCase(ctx, row))!
  const given = checking.state === 'checking' ? checking : await takeStep(ctx, row, { step: 'check', collector: (await being(ctx, 'collector01')).actor.id })
  await takeStep({ ...ctx, actor: { ...person('采集员', 4), id: given.collectorId! } }, row, { step: 'pass', files: [await photo(ctx)] })
  const closed = await takeStep(lead(ctx), row, { step: 'close' })
  assert.deepEqual(closed.asked, ['callback'])
  await refused(act(ctx, row, 'callback', 'unsatisfied'), 'case.act-not-open')
  assert.equal((await act(ctx, row, 'callback', 'still-unsatisfied')).state, 'closed')
  assert.deepEqual(await faults(ctx), [])
}))

test('nobody is called back who left no number', inCity(async (ctx) => {
  assert.deepEqual((await readCase(ctx, await caseIn(ctx, 'closed')))!.asked, [])
}))

// ── Ledgers, lists, selections

test('the ledger shows what lies in one’s scope, page by page, and what waits by kind', inCity(async (ctx) => {
  const rows = [await caseIn(ctx, 'dispatched'), await caseIn(ctx, 'dispatched'), await caseIn(ctx, 'dispatched')]
  for (const row of rows) await act(unit(ctx), row, 'extend', 'open', { reason: 'works' })

  const numbers = (items: readonly { number: string }[]) => items.map(({ number }) => number)
  const first = await listProceedings(ctx, { kind: 'extend' }, { limit: 2 })
  const second = await listProceedings(ctx, { kind: 'extend' }, { limit: 2, cursor: first.next! })
  assert.deepEqual([...numbers(first.items), ...numbers(second.items)].toSorted(), rows.map(({ number }) => number).toSorted())
  assert.deepEqual((await myProceedingCounts(lead(ctx))).byKind.map(({ kind, n }) => [kind, n]), [['extend', 3]])
  assert.deepEqual((await listProceedings(as(ctx, { permits: ['case.read'], region: '999903' }), {}, {})).items, [])
  assert.deepEqual((await listProceedings(as(ctx, { permits: ['case.read'], unit: '/C01/U99/' }), {}, {})).items, [])
  assert.deepEqual((await myProceedings(as(ctx, 'case.read'), {})).items, [])
}))

test('a selection gets a verdict for each case, and what is refused leaves nothing behind', inCity(async (ctx) => {
  const [open, other, closed] = [await caseIn(ctx, 'dispatched'), await caseIn(ctx, 'dispatched'), await caseIn(ctx, 'closed')]
  const events = ctx.outbox.events.length
  const cases = [open, other, closed].map(({ number }) => ({ number }))
  const told = await takeSteps(unit(ctx), { procedure: 'extend', act: 'open', reason: 'works', note: '雨季', cases: [...cases, { number: open.number, version: 1 }] })

  assert.deepEqual([told.done, told.refused], [2, 2])
  assert.deepEqual(new Set(told.verdicts.flatMap(({ code }) => code ?? [])), new Set(['case.act-not-open', 'case.moved']))
  assert.equal(ctx.outbox.events.length, events + 2)
  assert.deepEqual((await readCase(ctx, closed))!.ordinal, closed.ordinal)
  await refused(takeSteps(ctx, { cases }), 'case.bulk-needs-one')
}))

test('whoever comes second hears what the first has done, and what is possible now', inCity(async (ctx) => {
  const row = await caseIn(ctx, 'dispatched')
  await takeStep({ ...unit(ctx) }, row, { step: 'urge' })

  await assert.rejects(takeStep(ctx, row, { step: 'void', reason: 'mistaken', version: row.ordinal }), (problem: { code: string; faults: { reason: { zh: string } }[] }) => {
    assert.equal(problem.code, 'case.moved')
    assert.match(problem.faults[0]!.reason.zh, /处置单位：催办/)
    return true
  })
  await assert.rejects(takeStep(ctx, row, { step: 'close' }), (problem: { code: string; faults: { at: string }[] }) => {
    assert.equal(problem.code, 'case.step-not-open')
    assert.ok(problem.faults.some(({ at }) => at === 'possible.dispose'))
    return true
  })
}))
