import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { CaseBrief, Flow, OpenStep } from '../contract.ts'
import { groupsOf, isBeside } from './act-groups.ts'
import { inputsOf, keyOf, readyFor, valueOf } from './draft.ts'
import { ledgersOf } from './ledger-kinds.ts'

const flow = JSON.parse(readFileSync(new URL('../flows/standard.json', import.meta.url), 'utf8')) as Flow
const words = { zh: '名', en: 'name' }
const act = (more: Partial<OpenStep>): OpenStep => ({ step: 'x', words, needs: [], takes: [], primary: false, ...more })
const asked = (kind: string, more: Partial<OpenStep> = {}) => act({ step: `${kind}.open`, procedure: kind, act: 'open', ...more })

test('what is under way stands first in the menu, then by what it is about, and what a city has added last', () => {
  const acts = [asked('appeal'), asked('extend'), asked('dance'), act({ step: 'urge' }), asked('extend', { step: 'extend.withdraw', act: 'withdraw', proceeding: 'p1' })]

  assert.deepEqual(
    groupsOf(acts).map(({ key, acts: of }) => [key, of.map(({ step }) => step)]),
    [
      ['now', ['extend.withdraw']],
      ['time', ['extend.open']],
      ['press', ['urge']],
      ['after', ['appeal.open']],
      ['others', ['dance.open']],
    ],
  )
})

for (const [step, needs, beside] of [
  ['urge', [], true],
  ['pass-down', ['unit'], true],
  ['unmerge', [], true],
  ['merge', ['target'], true],
  ['void', ['reason'], false],
  ['dispatch', ['unit'], false],
] as const) {
  test(`${step} ${beside ? 'stands in the menu' : 'is a button'}`, () => assert.equal(isBeside(flow, act({ step, needs: [...needs] })), beside))
}

test('the usual step is a button, also where it leads back', () => assert.equal(isBeside(flow, act({ step: 'wake', primary: true })), false))

test('only what an act asks for is sent with it', () => {
  const brief = { category: { id: '2026.m.06010' } } as CaseBrief
  const draft = { files: [], note: ' 说明 ', reason: 'works', cost: 0, helpers: [], category: '2026.m.06010', unit: 'U01' }

  assert.deepEqual(inputsOf(act({ needs: ['note', 'cost'], takes: ['helpers', 'category'] }), draft, brief), { note: '说明', cost: 0 })
  assert.deepEqual([valueOf(draft, 'helpers'), valueOf(draft, 'cost'), valueOf({ files: [], note: '  ' }, 'note')], [undefined, 0, undefined])
})

test('a unit stands ready only where one must be named, and a reason where there is no other', () => {
  const units = [{ unitCode: 'U01' }] as OpenStep['units']
  const reasons = [{ code: 'late', words }]
  assert.equal(readyFor(act({ needs: ['unit'], units })).unit, 'U01')
  assert.equal(readyFor(act({ takes: ['unit'], units })).unit, undefined)
  assert.equal(readyFor(act({ needs: ['reason'], reasons })).reason, 'late')
  assert.equal(readyFor(act({ needs: ['reason'], reasons: [...reasons, { code: 'rework', words }] })).reason, undefined)
})

test('the same act on two proceedings is two acts', () => {
  assert.notEqual(keyOf({ step: 'supervise.lift', proceeding: 'a' }), keyOf({ step: 'supervise.lift', proceeding: 'b' }))
})

test('every procedure of the flow has a ledger, and the steps of the rules have theirs', () => {
  const kinds = ledgersOf(flow).map(({ kind }) => kind)
  assert.deepEqual(kinds.slice(0, 3), ['return', 'extend', 'suspend'])
  for (const kind of [...Object.keys(flow.procedures), 'void', 'decline', 'self-dispose', 'rework', 'urge', 'reopen']) assert.ok(kinds.includes(kind), kind)
})
