import assert from 'node:assert/strict'
import { test } from 'node:test'
import { STATE_SENTENCES, tellProgress, type ToldStep } from './progress.ts'

const at = (time: string) => `2026-06-10T${time}:00+08:00`
const steps = (...list: [string, string][]): ToldStep[] => list.map(([step, time]) => ({ step, at: at(time) }))

const WHOLE: [string, string][] = [
  ['report', '09:49'],
  ['accept', '09:50'],
  ['establish', '09:52'],
  ['dispatch', '10:01'],
  ['dispose', '11:31'],
  ['check', '11:31'],
]
const told = (state: string, list: ToldStep[], more: object = {}) =>
  tellProgress({ state, steps: list, promisedAt: at('12:01'), dueAt: at('13:34'), unit: '清河区市政养护所', ...more })

const picture = (state: string, list: ToldStep[]) =>
  told(state, list)
    .stages.map(({ name, state: stand }) => `${name.zh}:${stand}`)
    .join(' ')

for (const { state, list, shown, because } of [
  {
    state: 'reported',
    list: steps(...WHOLE.slice(0, 1)),
    shown: '已收到:done 等待受理:now 派人处理:later 修好:later 检查:later 办结:later',
    because: 'it only came in',
  },
  {
    state: 'dispatched',
    list: steps(...WHOLE.slice(0, 4)),
    shown: '已收到:done 已立案:done 已派人处理:done 正在处理:now 检查:later 办结:later',
    because: 'a crew has it',
  },
  {
    state: 'checking',
    list: steps(...WHOLE),
    shown: '已收到:done 已立案:done 已派人处理:done 已修好:done 正在检查:now 办结:later',
    because: 'it is fixed and being checked',
  },
  {
    state: 'closed',
    list: steps(...WHOLE, ['pass', '12:00'], ['close', '12:10']),
    shown: '已收到:done 已立案:done 已派人处理:done 已修好:done 检查通过:done 已办结:done',
    because: 'all is done',
  },
  {
    state: 'dispatched',
    list: steps(...WHOLE, ['rework', '12:00']),
    shown: '已收到:done 已立案:done 已派人处理:done 正在处理:now 检查:later 办结:later',
    because: 'the check failed and it is being fixed again',
  },
  {
    state: 'declined',
    list: steps(['report', '09:49'], ['decline', '09:55']),
    shown: '已收到:done 没有立案:done',
    because: 'it went no further',
  },
  {
    state: 'voided',
    list: steps(...WHOLE.slice(0, 3), ['void', '10:30']),
    shown: '已收到:done 已立案:done 已撤销:done',
    because: 'it was withdrawn after it was taken on',
  },
  {
    state: 'self-disposed',
    list: steps(['report', '09:49'], ['self-dispose', '09:50']),
    shown: '已收到:done 已当场处理好:done',
    because: 'it was put right on the spot',
  },
]) {
  test(`a citizen reads ${shown}: ${because}`, () => assert.equal(picture(state, list), shown))
}

test('a crew that was quicker than it promised is said to be', () => {
  const { stages } = told('checking', steps(...WHOLE))

  assert.deepEqual(stages.find(({ code }) => code === 'fixed')?.notes, [{ code: 'earlier', ms: 30 * 60_000 }])
  assert.deepEqual(stages.find(({ code }) => code === 'dispatched')?.notes, [
    { code: 'promise', unit: '清河区市政养护所', at: at('12:01') },
  ])
  assert.deepEqual(stages.find(({ code }) => code === 'checking')?.notes, [{ code: 'expected', at: at('13:34') }, { code: 'by-collector' }])
})

test('a failed check is said in the sentence and counted where it was fixed', () => {
  const { sentence, stages } = told('dispatched', steps(...WHOLE, ['rework', '12:00']))

  assert.equal(sentence.zh, '检查没通过，正在重新处理')
  assert.deepEqual(stages.find(({ code }) => code === 'fixed')?.notes, [{ code: 'rework', times: 1 }])
})

test('after a return to the dispatcher nothing is promised until a crew is found anew', () => {
  const list = steps(...WHOLE.slice(0, 4), ['return', '10:20'])
  const { stages, sentence } = told('established', list, { promisedAt: null, unit: null })

  assert.equal(sentence.zh, '已立案，正在派人')
  assert.equal(stages.find(({ code }) => code === 'dispatched')?.state, 'now')
  assert.deepEqual(stages.find(({ code }) => code === 'dispatched')?.notes, [])
})

test('why a report was not taken on is said in words', () => {
  const reason = { zh: '不属于城市管理范围', en: 'Not a matter of city management' }
  const { stages, open } = told('declined', [...steps(['report', '09:49']), { step: 'decline', at: at('09:55'), reason }])

  assert.equal(open, false)
  assert.deepEqual(stages.at(-1)?.notes, [{ code: 'reason', words: reason }])
})

test('no state is without a sentence, and none speaks of the house', async () => {
  const { default: flow } = (await import('../../cases/flows/standard.json', { with: { type: 'json' } })) as { default: { states: object } }

  for (const state of Object.keys(flow.states)) {
    assert.ok(STATE_SENTENCES[state], state)
    assert.doesNotMatch(STATE_SENTENCES[state].zh, /案卷|派遣|核查|核实中|处置/)
  }
})
