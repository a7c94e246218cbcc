import assert from 'node:assert/strict'
import { test } from 'node:test'
import { flowFaults } from './check-flow.ts'
import { answerStep, follow, giveStep, stepsFrom, type Flow } from './flow.ts'
import { countyFlow, mergedFlow, standardFlow } from './flows.ts'

const states = Object.keys(standardFlow.states)

for (const [step, open] of [
  ['accept', { reported: 'accepted' }],
  ['decline', { reported: 'declined', accepted: 'declined', held: 'declined' }],
  ['verify', { reported: 'verifying', verifying: 'verifying' }],
  ['verified', { verifying: 'accepted' }],
  ['refuted', { verifying: 'reported' }],
  ['self-dispose', { reported: 'self-disposed', verifying: 'self-disposed' }],
  ['establish', { accepted: 'established' }],
  ['dispatch', { established: 'dispatched' }],
  ['return', { dispatched: 'established' }],
  ['dispose', { dispatched: 'disposed' }],
  ['check', { disposed: 'checking', checking: 'checking' }],
  ['pass', { checking: 'checked' }],
  ['rework', { checking: 'dispatched' }],
  ['close', { checked: 'closed' }],
  [
    'void',
    {
      established: 'voided',
      dispatched: 'voided',
      suspended: 'voided',
      transferred: 'voided',
      disposed: 'voided',
      checking: 'voided',
      checked: 'voided',
    },
  ],
  ['suspend', { dispatched: 'suspended' }],
  ['wake', { suspended: 'dispatched' }],
  ['reopen', { closed: 'dispatched' }],
  ['answer', { reported: 'answered', accepted: 'answered' }],
  ['pass-down', { dispatched: 'dispatched' }],
  ['rate', { closed: 'closed' }],
] as const) {
  test(`${step} is open only from ${Object.keys(open).join(', ')}`, () => {
    for (const state of states) assert.equal(follow(standardFlow, state, step), (open as Record<string, string>)[state], state)
    assert.equal(follow(standardFlow, null, step), undefined)
  })
}

test('a case begins by a report and by nothing else', () => {
  for (const step of Object.keys(standardFlow.steps)) assert.equal(follow(standardFlow, null, step), step === 'report' ? 'reported' : undefined)
})

test('a case that has ended is only rated, excused, reopened or taken out of another', () => {
  const open: Record<string, string[]> = { closed: ['reopen', 'excuse', 'rate'], merged: ['unmerge'] }
  for (const state of states.filter((name) => standardFlow.states[name]!.ended)) assert.deepEqual(stepsFrom(standardFlow, state), open[state] ?? [], state)
})

test('what was merged goes back to where it stood', () => {
  assert.equal(follow(standardFlow, 'merged', 'unmerge', 'dispatched'), 'dispatched')
  assert.equal(follow(standardFlow, 'merged', 'unmerge', null), 'reported')
  assert.equal(follow(standardFlow, 'merged', 'unmerge', 'constructor'), 'reported')
})

test('a word that is no step of the flow leads nowhere', () => {
  assert.equal(follow(standardFlow, 'reported', 'constructor'), undefined)
  assert.equal(follow(standardFlow, 'reported', ''), undefined)
})

test('a step whose permit no role grants is a fault of the city, and not of the flow', () => {
  const held = new Set(Object.values(standardFlow.steps).flatMap(({ permit }) => permit ?? []))
  held.delete('case.close')
  assert.deepEqual(flowFaults(standardFlow, held).map(({ at }) => at), ['steps.close.permit'])
})

test('the answers to a task are found by what they say', () => {
  assert.equal(answerStep(standardFlow, 'verifying', true), 'verified')
  assert.equal(answerStep(standardFlow, 'verifying', false), 'refuted')
  assert.equal(answerStep(standardFlow, 'checking', true), 'pass')
  assert.equal(answerStep(standardFlow, 'checking', false), 'rework')
  assert.equal(answerStep(standardFlow, 'reported', true), undefined)
  assert.equal(giveStep(standardFlow, 'disposed', 'check'), 'check')
})

for (const flow of [standardFlow, mergedFlow, countyFlow]) {
  test(`the shipped flow “${flow.code}” has no fault`, () => assert.deepEqual(flowFaults(flow), []))
}

const broken = (change: (flow: { -readonly [K in keyof Flow]: Record<string, never> }) => void): string[] => {
  const copy = structuredClone(standardFlow) as unknown as { -readonly [K in keyof Flow]: Record<string, never> }
  change(copy)
  return flowFaults(copy as unknown as Flow).map(({ at }) => at)
}

for (const { because, at, change } of [
  { because: 'a step leads to no state', at: 'steps.accept', change: { steps: { accept: { to: 'gone' } } } },
  { because: 'a permit is not known', at: 'steps.close.permit', change: { steps: { close: { permit: 'case.everything' } } } },
  { because: 'a clock is not known', at: 'steps.accept.clock', change: { steps: { accept: { clock: 'gone' } } } },
  { because: 'a state cannot be reached', at: 'states.voided', change: { steps: { void: { to: 'declined' } } } },
  { because: 'a state leads to no end', at: 'states.checked', change: { steps: { close: { from: [] }, void: { from: ['established'] }, merge: { from: ['reported'] } } } },
  { because: 'no limit runs where someone is waited for', at: 'steps.establish.clock', change: { steps: { establish: { clock: undefined } } } },
  { because: 'nobody can take a step', at: 'steps.void.permit', change: { steps: { void: { permit: null } } } },
  { because: 'whoever disposed could check', at: 'steps.pass.byDisposer', change: { steps: { pass: { byDisposer: undefined } } } },
  { because: 'the disposer’s own permit closes', at: 'steps.close.permit', change: { steps: { close: { permit: 'case.dispose' } } } },
  { because: 'an act of a procedure leads nowhere', at: 'procedures.extend.acts.grant.to', change: { procedures: { extend: { acts: { grant: { words: { zh: '同意', en: 'Grant' }, permit: 'case.approve', from: ['asked'], to: 'gone' } } } } } },
  { because: 'a procedure has a dead end', at: 'procedures.extend.states.asked', change: { procedures: { extend: { acts: {} } } } },
  { because: 'a limit is nothing', at: 'clocks.verify.amount', change: { clocks: { verify: { amount: 0 } } } },
] as const) {
  test(`a flow is refused where ${because}`, () => {
    const faults = broken((flow) => {
      for (const [part, named] of Object.entries(change)) {
        for (const [name, fields] of Object.entries(named)) Object.assign((flow as unknown as Record<string, Record<string, object>>)[part]![name]!, fields)
      }
    })
    assert.ok(faults.includes(at), faults.join(' '))
  })
}
