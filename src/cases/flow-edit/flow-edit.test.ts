import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { as, inCity, later, withApp } from '../../testing.ts'
import type { Context } from '../../kernel/index.ts'
import { casesFold, lampsRight } from '../checks.ts'
import { flowKey, type Flow } from '../flow.ts'
import { currentFlow, mergedFlow, standardFlow } from '../flows.ts'
import { caseKey } from '../number.ts'
import { reportCase } from '../report.ts'
import { readCase, readSteps } from '../store.ts'
import { takeStep } from '../take-step.ts'
import { turnLamps } from '../turn-lamps.ts'
import { being, caseIn, litter, spot } from '../testing.ts'
import { checkDraft, dropDraft, publishDraft, saveDraft, showDraft, startDraft, useFlow } from './drafts.ts'
import { findFlow, listFlows } from './list-flows.ts'
import { naturalTarget, targetFault } from './mapping.ts'
import { listMappings, previewMapping, startMapping } from './mappings.ts'
import { moveBatch } from './move-cases.ts'
import { flowChanges } from './flow-changes.ts'

type Loose = { -readonly [K in keyof Flow]: Flow[K] extends Readonly<Record<string, infer V>> ? Record<string, V> : Flow[K] }
const copy = (flow: Flow) => structuredClone(flow) as unknown as Loose

/** What is announced in a transaction is heard after its commit; here, at once. */
const heard = (ctx: Context) => ctx.caches.drop('cases.flow-loaded')

/** The draft of the next version of `standard`, whose accept limit is `amount` working hours. */
async function draftWith(ctx: Context, amount: number): Promise<{ revision: number; flow: Flow }> {
  await startDraft(ctx, { code: 'standard', from: 'standard.1' })
  const flow = copy((await showDraft(ctx, 'standard')).flow as Flow)
  flow.clocks['accept'] = { ...flow.clocks['accept']!, amount }
  const { revision } = await saveDraft(ctx, 'standard', { revision: 1, flow: flow as unknown as Flow })
  return { revision, flow: flow as unknown as Flow }
}

test('a published flow is followed by the next case, and an open case keeps its own', inCity(async (ctx) => {
  const old = await reportCase(ctx, await litter(ctx))
  const { revision } = await draftWith(ctx, 2)

  const published = await publishDraft(ctx, 'standard', { revision, note: '放宽受理时限', use: { district: '' } })
  heard(ctx)
  const next = await reportCase(ctx, await litter(ctx, { position: await spot(ctx, '999902', 90) }))

  assert.equal(published.key, 'standard.2')
  assert.equal(next.row.flow, 'standard.2')
  assert.equal(next.row.clockAmount, 2)
  assert.equal(old.row.flow, 'standard.1')
  assert.equal((await takeStep(ctx, caseKey(old.number), { step: 'accept' })).flow, 'standard.1')
  const { items, drafts, uses } = await listFlows(ctx)
  assert.deepEqual(drafts, [])
  assert.deepEqual(items.filter(({ code }) => code === 'standard').map(({ key, shipped, openCases }) => [key, shipped, openCases]), [['standard.2', false, 1], ['standard.1', true, 1]])
  assert.deepEqual(uses.map(({ flow, state }) => [flow, state]), [['standard.2', 'now']])
  const entry = ctx.outbox.entries.find(({ act }) => act === 'case.flow-published')
  assert.match(JSON.stringify(entry?.detail), /受理.*0\.5.*2/)
}))

test('a district follows its own flow where one was chosen for it, until it goes with the city again', inCity(async (ctx) => {
  await useFlow(ctx, { flow: 'county.1', district: '999903' })
  await useFlow(ctx, { flow: 'merged.1', district: '', since: new Date(+ctx.now + 3_600_000).toISOString() })
  heard(ctx)
  const soon = later(ctx, new Date(+ctx.now + 7_200_000))

  assert.equal((await currentFlow(ctx)).code, 'standard')
  assert.equal((await currentFlow(ctx, '999902')).code, 'standard')
  assert.equal((await currentFlow(ctx, '999903')).code, 'county')
  assert.equal((await currentFlow(soon, '999902')).code, 'merged')
  assert.equal((await currentFlow(soon, '999903')).code, 'county')
  const there = await reportCase(ctx, await litter(ctx, { position: await spot(ctx, '999903') }))
  assert.equal(there.row.flow, 'county.1')

  await useFlow(soon, { flow: null, district: '999903' })
  heard(soon)
  assert.equal((await currentFlow(soon, '999903')).code, 'merged')
}))

test('a flow cannot be put in use in a time that has passed, in no district, or as none for the whole city', inCity(async (ctx) => {
  await assert.rejects(useFlow(ctx, { flow: 'merged.1', district: '', since: '2026-01-01T00:00:00Z' }), { code: 'case.flow-use-in-past' })
  await assert.rejects(useFlow(ctx, { flow: 'merged.1', district: '110101' }), { code: 'case.flow-district-unknown' })
  await assert.rejects(useFlow(ctx, { flow: null, district: '' }), { code: 'case.flow-unknown' })
  await assert.rejects(useFlow(ctx, { flow: 'none.1', district: '' }), { code: 'case.flow-unknown' })
}))

test('whoever keeps the flows of a part of the city changes none', inCity(async (ctx) => {
  const part = as(ctx, { permits: ['case.flow'], region: '999902' })

  await assert.rejects(startDraft(part, { code: 'ours', from: 'standard.1' }), { code: 'access.permit-missing' })
  await assert.rejects(listFlows(as(ctx, 'case.read')), { code: 'access.permit-missing' })
}))

for (const { fault, at, spoil } of [
  { fault: 'a state that no step reaches', at: 'states.lost', spoil: (flow: Loose) => void (flow.states['lost'] = { words: { zh: '无人', en: 'Lost' }, stage: 2, awaits: 'case.accept' }) },
  {
    fault: 'a dead end',
    at: 'states.stuck',
    spoil: (flow: Loose) => {
      flow.states['stuck'] = { words: { zh: '卡住', en: 'Stuck' }, stage: 2, awaits: 'case.accept' }
      flow.steps['stick'] = { words: { zh: '卡', en: 'Stick' }, from: ['accepted'], to: 'stuck', permit: 'case.accept', clock: 'accept' }
    },
  },
  { fault: 'a step that nobody may take', at: 'steps.close.permit', spoil: (flow: Loose) => void (flow.steps['close'] = { ...flow.steps['close']!, permit: null }) },
  { fault: 'a permit that no role grants', at: 'steps.void.permit', spoil: (_: Loose, ctx: Context) => sql`update role set permits = array_remove(permits, 'case.void')`.execute(ctx.db) },
  { fault: 'a disposer who could check', at: 'steps.pass.byDisposer', spoil: (flow: Loose) => { const { byDisposer: _, ...open } = flow.steps['pass']!; flow.steps['pass'] = open } },
  { fault: 'a stage without a limit', at: 'steps.accept.clock', spoil: (flow: Loose) => { const { clock: _, ...open } = flow.steps['accept']!; flow.steps['accept'] = open } },
  { fault: 'no first step', at: 'steps', spoil: (flow: Loose) => void delete flow.steps['report'] },
]) {
  test(`what has ${fault} is not published, and it says where`, inCity(async (ctx) => {
    await startDraft(ctx, { code: 'ours', from: 'standard.1' })
    const flow = copy((await showDraft(ctx, 'ours')).flow as Flow)
    await spoil(flow, ctx)
    await saveDraft(ctx, 'ours', { revision: 1, flow: flow as unknown as Flow })
    const check = await checkDraft(ctx, 'ours')

    assert.ok(check.faults.some((one) => one.at === at), JSON.stringify(check.faults))
    await assert.rejects(publishDraft(ctx, 'ours', { revision: 2, note: '试' }), { code: 'case.flow-faulty' })
  }))
}

test('two who edit one draft: the second is told, and nothing is overwritten', inCity(async (ctx) => {
  await startDraft(ctx, { code: 'ours', from: 'merged.1' })
  const { flow } = await showDraft(ctx, 'ours')
  await saveDraft(ctx, 'ours', { revision: 1, flow: flow as Flow })

  await assert.rejects(saveDraft(ctx, 'ours', { revision: 1, flow: flow as Flow }), { code: 'case.flow-draft-moved' })
  await assert.rejects(startDraft(ctx, { code: 'ours', from: 'merged.1' }), { code: 'case.flow-draft-there' })
  await dropDraft(ctx, 'ours')
  await assert.rejects(showDraft(ctx, 'ours'), { code: 'case.flow-draft-unknown' })
}))

test('the difference between two flows is said in words', () => {
  const flow = copy(standardFlow)
  flow.clocks['accept'] = { ...flow.clocks['accept']!, amount: 4 }
  flow.states['reviewing'] = { words: { zh: '复核', en: 'Reviewing' }, stage: 2 }
  const changes = flowChanges(standardFlow, flow as unknown as Flow)

  assert.deepEqual(changes.map(({ words }) => words.zh), ['新增状态“复核”', '时限“受理”的时限：0.5 → 4'])
  assert.deepEqual(flowChanges(standardFlow, standardFlow), [])
})

// ── Mappings

test('a state goes to its namesake, or to where the same is waited for', () => {
  assert.equal(naturalTarget(standardFlow, mergedFlow, 'dispatched'), 'dispatched')
  assert.equal(naturalTarget(standardFlow, mergedFlow, 'accepted'), 'accepted')
  assert.equal(naturalTarget(standardFlow, mergedFlow, 'established'), 'accepted')
  assert.equal(naturalTarget(standardFlow, mergedFlow, 'checked'), null)
  assert.equal(naturalTarget(mergedFlow, standardFlow, 'accepted'), 'accepted')
  assert.equal(targetFault(standardFlow, mergedFlow, 'dispatched', { to: 'closed', clock: 'keep' })?.en, 'An open case cannot be moved to an end')
  assert.ok(targetFault(standardFlow, mergedFlow, 'reported', { to: 'checking', clock: 'keep' }))
  assert.ok(targetFault(standardFlow, mergedFlow, 'reported', { to: 'suspended', clock: 'keep' }))
  assert.equal(targetFault(standardFlow, mergedFlow, 'reported', { to: null, clock: 'keep' }), undefined)
})

const all = async (found: AsyncIterable<string>) => {
  const list: string[] = []
  for await (const one of found) list.push(one)
  return list
}

test('open cases move by a named mapping, each with a step of it; what has no target stays, and the proof is clean', inCity(async (ctx) => {
  const at = async (metres: number) => ({ position: await spot(ctx, '999902', metres / 10) })
  const dispatched = await caseIn(ctx, 'dispatched')
  const established = await caseIn(ctx, 'established', await at(700))
  const reported = await caseIn(ctx, 'reported', await at(1400))
  const closed = await caseIn(ctx, 'closed', await at(2100))
  const states = { established: { to: 'accepted', clock: 'anew' as const }, reported: { to: null, clock: 'keep' as const } }
  const preview = await previewMapping(ctx, { from: 'standard.1', to: 'merged.1', states })
  const count = (state: string) => preview.rows.find((row) => row.state === state)?.cases

  const { id } = await startMapping(ctx, { name: '合并立案与派遣', from: 'standard.1', to: 'merged.1', states })
  const afterwards = later(ctx, new Date(+ctx.now + 3_600_000))
  while (await moveBatch(afterwards, { mapping: id, district: '999902' }, 1));
  await moveBatch(afterwards, { mapping: id, district: '999903' })

  assert.deepEqual([count('dispatched'), count('established'), count('reported'), preview.without], [1, 1, 1, 1])
  const now = async (row: { number: string }) => (await readCase(ctx, caseKey(row.number)))!
  const [moved, anew, stayed, ended] = [await now(dispatched), await now(established), await now(reported), await now(closed)]
  assert.deepEqual([moved.flow, moved.state, moved.stage, moved.dueAt, moved.clock], ['merged.1', 'dispatched', 3, dispatched.dueAt, 'dispose'])
  assert.deepEqual([anew.flow, anew.state, anew.clock, anew.clockFrom], ['merged.1', 'accepted', 'establish', afterwards.now])
  assert.deepEqual([stayed.flow, ended.flow], ['standard.1', 'standard.1'])
  const steps = await readSteps(ctx, caseKey(dispatched.number))
  assert.deepEqual([steps.at(-1)!.step, steps.at(-1)!.note], ['moved-flow', '合并立案与派遣：standard.1 → merged.1'])
  const [listed] = (await listMappings(ctx)).items
  assert.deepEqual([listed!.seen, listed!.moved, listed!.stayed, listed!.endedAt !== null], [3, 2, 1, true])
  assert.deepEqual(await all(casesFold.run(ctx)), [])
  await turnLamps(afterwards)
  assert.deepEqual(await all(lampsRight.run(afterwards)), [])

  const answered = await takeStep(ctx, caseKey(established.number), { step: 'answer', note: '已答复' })
  assert.equal(answered.state, 'answered')
}))

test('a mapping that leads to an end, or to the same flow, does not begin', inCity(async (ctx) => {
  await caseIn(ctx, 'dispatched')

  await assert.rejects(startMapping(ctx, { name: '错', from: 'standard.1', to: 'merged.1', states: { dispatched: { to: 'closed', clock: 'keep' } } }), { code: 'case.flow-mapping-faulty' })
  await assert.rejects(previewMapping(ctx, { from: 'standard.1', to: 'standard.1' }), { code: 'case.flow-mapping-same' })
}))

test('the wire: copy, save, check, publish, and the next case follows it', withApp(async ({ fetchAs, kernel }) => {
  const { actor } = await kernel.transact({ actor: { id: 'system', kind: 'system', name: '系统', grants: [] } }, async (ctx) => being(ctx, 'sysadmin'))
  assert.ok(actor.grants.some(({ permits }) => permits.has('case.flow')), 'the system administrator keeps the flows')
  const made = await fetchAs('sysadmin', '/api/flow-drafts', { json: { code: 'ours', from: 'merged.1' } })
  assert.equal(made.status, 200, await made.clone().text())
  const draft = (await (await fetchAs('sysadmin', '/api/flow-drafts/ours')).json()) as { flow: Flow; revision: number; held: string[] }
  const saved = await fetchAs('sysadmin', '/api/flow-drafts/ours', { method: 'PUT', json: { revision: 1, flow: draft.flow } })
  assert.equal(saved.status, 200, await saved.clone().text())
  const broken = await fetchAs('sysadmin', '/api/flow-drafts/ours', { method: 'PUT', json: { revision: 2, flow: { ...draft.flow, states: { 'a b': {} } } } })
  assert.equal(broken.status, 400, await broken.clone().text())
  const check = (await (await fetchAs('sysadmin', '/api/flow-drafts/ours/check')).json()) as { faults: unknown[]; against: string }
  assert.deepEqual([check.faults, check.against], [[], 'standard.1'])

  const published = await fetchAs('sysadmin', '/api/flow-drafts/ours/publish', { json: { revision: 2, note: '本市流程', use: { district: '' } } })
  assert.equal(published.status, 200, await published.clone().text())
  const { key } = (await published.json()) as { key: string }
  await kernel.settle()
  const flow = (await (await fetchAs('operator', '/api/flow')).json()) as Flow

  assert.equal(key, 'ours.1')
  assert.equal(flowKey(flow), 'ours.1')
}))

test('a draft and a version name their states in the order in which they were written', inCity(async (ctx) => {
  await startDraft(ctx, { code: 'ours', from: 'standard.1' })
  const { key } = await publishDraft(ctx, 'ours', { revision: 1, note: '沿用' })
  heard(ctx)

  const flow = await findFlow(ctx, key)
  assert.deepEqual([Object.keys(flow.states), Object.keys(flow.steps)], [Object.keys(standardFlow.states), Object.keys(standardFlow.steps)])
}))
