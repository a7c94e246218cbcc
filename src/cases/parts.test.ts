import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findUnits, workingCalendar } from '../registry/index.ts'
import { as, inCity, later } from '../testing.ts'
import { deadline } from '../kernel/index.ts'
import { caseDetail } from './detail.ts'
import { listParts } from './ledger.ts'
import { answerPart, partsOfCase } from './parts.ts'
import { proceedingsOf } from './proceedings.ts'
import { takeStep } from './take-step.ts'
import { act, faults, lead, msLater, refused, unit, caseIn, photo } from './testing.ts'

test('a joint case: the leading unit gives feedback when every assisting unit has', inCity(async (ctx) => {
  const row = await caseIn(ctx, 'established')
  const [first, second, third] = await findUnits(ctx, { level: 2 })
  await refused(takeStep(ctx, row, { step: 'dispatch', unit: first!.code, helpers: [first!.code] }), 'case.helper-twice')
  const joint = await takeStep(ctx, row, { step: 'dispatch', unit: first!.code, helpers: [second!.code, third!.code], note: '疏通与围挡' })
  assert.deepEqual(joint.helpers, [second!.path, third!.path])

  const helper = as(ctx, { permits: ['case.read', 'case.dispose'], unit: second!.path })
  const mine = (await listParts(helper, {})).items.filter(({ number }) => number === row.number)
  assert.deepEqual(mine.map(({ task, mine: own }) => [task, own]), [['疏通与围挡', true]])
  assert.equal((await caseDetail(helper, row)).brief.number, row.number)
  await refused(takeStep(unit(ctx), row, { step: 'dispose', files: [await photo(ctx)] }), 'case.parts-open', new RegExp(second!.name.zh))
  await answerPart(helper, row, { id: mine[0]!.id, result: 'done', note: '已围挡', files: [await photo(ctx)] })
  const rest = (await partsOfCase(ctx, row)).find(({ unitPath }) => unitPath === third!.path)!
  await refused(answerPart(helper, row, { id: rest.id, result: 'done', note: '代填', files: [await photo(ctx)] }), 'case.permit-of-unit')
  await answerPart(ctx, row, { id: rest.id, result: 'returned', note: '无我方设施' })
  await refused(answerPart(ctx, row, { id: rest.id, result: 'done', note: '', files: [await photo(ctx)] }), 'case.part-ended')

  assert.equal((await takeStep(unit(ctx), row, { step: 'dispose', files: [await photo(ctx)] })).disposedAt !== null, true)
  assert.deepEqual(await faults(ctx), [])
}))

test('a case goes down a unit’s own subtree with an inner deadline, and climbs back', inCity(async (ctx) => {
  const units = await findUnits(ctx)
  const child = units.find(({ level, parentCode }) => level === 3 && units.some(({ code, level: above }) => code === parentCode && above === 2))!
  const parent = units.find(({ code }) => code === child.parentCode)!
  const stranger = units.find(({ path }) => !path.startsWith(parent.path))!
  const row = await takeStep(ctx, await caseIn(ctx, 'established'), { step: 'dispatch', unit: parent.code })
  const above = as(ctx, { permits: ['case.read', 'case.dispose'], unit: parent.path })

  await refused(takeStep(above, row, { step: 'pass-down', unit: stranger.code }), 'case.unit-not-below')
  const down = await takeStep(above, row, { step: 'pass-down', unit: child.code, limit: { amount: 4, unit: 'work_hour' } })
  assert.deepEqual([down.unitCode, down.dueAt, down.state], [child.code, row.dueAt, 'dispatched'])
  assert.deepEqual(down.innerDueAt, deadline(await workingCalendar(ctx), ctx.now, 4, 'work_hour'))
  const below = as(ctx, { permits: ['case.read', 'case.dispose'], unit: child.path })
  const up = await takeStep(below, row, { step: 'climb', note: '无设备' })
  assert.deepEqual([up.unitCode, up.innerDueAt], [parent.code, null])
  await refused(takeStep(above, row, { step: 'climb', note: '不是我们的' }), 'case.unit-not-above')

  await takeStep(msLater(above, 1), row, { step: 'pass-down', unit: child.code, limit: { amount: 4, unit: 'work_hour' } })
  const late = later(below, new Date(+down.innerDueAt! + 1000))
  await takeStep(late, row, { step: 'dispose', files: [await photo(ctx)] })
  assert.deepEqual((await partsOfCase(ctx, row)).map(({ role, result, late: overran }) => [role, result, overran]), [['inner', 'returned', false], ['inner', 'done', true]])
  assert.deepEqual(await faults(late), [])
}))

test('where a conference gives a case on the way to another, what the former unit had passed down ends, and who assisted and now leads assists no more', inCity(async (ctx) => {
  const units = await findUnits(ctx)
  const child = units.find(({ level, parentCode }) => level === 3 && units.some(({ code, level: above }) => code === parentCode && above === 2))!
  const parent = units.find(({ code }) => code === child.parentCode)!
  const [second, third] = units.filter(({ level, code }) => level === 2 && code !== parent.code)
  const row = await takeStep(ctx, await caseIn(ctx, 'established'), { step: 'dispatch', unit: parent.code, helpers: [second!.code, third!.code] })
  await takeStep(as(ctx, { permits: ['case.read', 'case.dispose'], unit: parent.path }), row, { step: 'pass-down', unit: child.code, limit: { amount: 4, unit: 'work_hour' } })
  await act(lead(ctx), row, 'confer', 'open', { units: [second!.code, third!.code] })
  const given = await act(lead(ctx), row, 'confer', 'decide', { unit: second!.code })

  assert.deepEqual([given.unitCode, given.innerDueAt, given.helpers], [second!.code, null, [third!.path]])
  assert.deepEqual(
    (await partsOfCase(ctx, row)).map(({ unitCode, role, result }) => [unitCode, role, result]).toSorted(),
    [[child.code, 'inner', 'withdrawn'], [second!.code, 'assist', 'withdrawn'], [third!.code, 'assist', null]].toSorted(),
  )
  assert.deepEqual(await faults(ctx), [])
}))

test('a reason for an act that takes none is left aside', inCity(async (ctx) => {
  const row = await caseIn(ctx, 'dispatched')
  await act(unit(ctx), row, 'extend', 'open', { reason: 'works' })
  await act(lead(ctx), row, 'extend', 'refuse', { reason: 'made up' })

  assert.equal((await proceedingsOf(ctx, row))[0]!.reason, 'works')
  assert.ok(!(await caseDetail(ctx, row)).history.some(({ reason }) => JSON.stringify(reason ?? '').includes('made up')))
}))

