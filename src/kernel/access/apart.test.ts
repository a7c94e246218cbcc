import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clashOf } from './apart.ts'

const rules = [
  { one: 'case.dispose', other: 'case.check', zh: '处置者不能核查', en: 'Who disposes never checks' },
  { one: 'access.grants', other: 'access.audit', zh: '不能是同一人', en: 'never the same person' },
]

for (const { permits, clash } of [
  { permits: ['case.dispose', 'case.read'], clash: undefined },
  { permits: ['case.check', 'case.dispose'], clash: 'Who disposes never checks' },
  { permits: ['access.audit', 'case.read', 'access.grants'], clash: 'never the same person' },
  { permits: [], clash: undefined },
]) {
  test(`holding ${permits.join(' and ') || 'nothing'} is ${clash ? 'refused' : 'fine'}`, () =>
    assert.equal(clashOf(permits, rules)?.en, clash))
}
