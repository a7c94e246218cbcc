import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readSheet } from '../../../kernel/index.ts'
import { withApp, type App } from '../../../testing.ts'
import { metric, register } from '../../testing.ts'
import type { RuleBody } from '../rule.ts'
import type { RulesChecked } from './contract.ts'
import { differences, FORMAT, readRules, VERSION, writeRules } from './rule-file.ts'

const RULE: RuleBody = {
  zh: '积水', en: 'Water', product: 'gauge', devices: [], measure: { kind: 'threshold', metric: 'level' }, side: 'above', levels: [1, null, 3, 5], bands: [], hysteresis: 0,
  raiseSeconds: 0, clearSeconds: 0, case: null, active: true,
}
const file = (rules: readonly unknown[], over: object = {}) => JSON.stringify({ format: FORMAT, version: VERSION, rules, ...over })

const FILES: readonly [says: string, text: string, faults: string[]][] = [
  ['a torn file', '{"format"', ['/ JSON']],
  ['another file', '{"type": "FeatureCollection"}', ['/ alarm rules']],
  ['a file of a later version', file([RULE], { version: 2 }), ['/ version 2']],
  ['a file without rules', file([]), ['/ no rules']],
  ['what is no rule', file([7]), ['#1/ object']],
  ['one code twice', file([{ code: 'A', ...RULE }, { code: 'A', ...RULE }]), ['A/code twice']],
  ['three limits', file([{ code: 'A', ...RULE, levels: [1, 2, 3] }]), ['A/levels at least 4']],
  ['a field that is not known', file([{ code: 'A', ...RULE, colour: 'red' }]), ['A/colour not known']],
  ['a method that is not known', file([{ code: 'A', ...RULE, measure: { kind: 'guess' } }]), ['A/measure.kind one of']],
  ['a method that wants more', file([{ code: 'A', ...RULE, measure: { kind: 'rate', metric: 'level' } }]), ['A/measure.within required']],
  ['products that are no list', file([{ code: 'A', ...RULE }], { products: {} }), ['/ list']],
  ['a product without metrics', file([{ code: 'A', ...RULE }], { products: [{ code: 'gauge', zh: '计', en: 'Gauge', metrics: [] }] }), ['gauge/metrics at least 1']],
  ['a product whose range is none', file([{ code: 'A', ...RULE }], { products: [{ code: 'gauge', zh: '计', en: 'Gauge', metrics: [metric({ min: 3, max: 3 })] }] }), ['gauge/metrics.0.min least']],
  ['faults of several rules', file([{ code: 'A', ...RULE, side: 'left' }, { code: 'B', ...RULE }, { ...RULE }]), ['A/side one of', '#3/code required']],
]
for (const [says, text, wanted] of FILES) {
  test(`a file of rules is refused: ${says}`, () => {
    const { faults } = readRules(text)
    assert.equal(faults.length, wanted.length, JSON.stringify(faults))
    for (const [i, want] of wanted.entries()) {
      const [where, ...words] = want.split(' ')
      const { rule, at, reason, remedy } = faults[i]!
      assert.equal(`${rule}/${at}`, where)
      assert.ok(reason.en.includes(words.join(' ')), reason.en)
      assert.ok(reason.zh !== '' && remedy.zh !== '' && remedy.en !== '')
    }
  })
}

test('what is written is read as it was', () => {
  const rules = [{ code: 'A', body: RULE }, { code: 'B', body: { ...RULE, case: { level: 2, category: 'x', unit: null } } }]
  assert.deepEqual(readRules(writeRules(rules, { city: '110000', at: new Date() })), { products: [], rules, faults: [] })
})

test('two rules differ by what they say, not by how it is ordered', () => {
  const { zh, en, ...rest } = RULE
  assert.deepEqual(differences(RULE, { ...rest, en, zh } as RuleBody), [])
  assert.deepEqual(differences(RULE, { ...RULE, levels: [2, null, 3, 5], active: false }).map((each) => each.en), ['Limits', 'In force'])
})

const send = async (app: App, text: string, apply: boolean, account = 'sysadmin') => {
  const reply = await app.fetchAs(account, '/api/alarm-rules/file', { json: { text, apply } })
  return { status: reply.status, json: (await reply.json()) as RulesChecked & { code?: string } }
}
const brief = ({ rules }: RulesChecked) => rules.map(({ code, what, fields }) => [code, what, ...fields.map(({ zh }) => zh)].join(' '))
const versions = async (app: App) => {
  const { items } = (await (await app.fetchAs('sysadmin', '/api/alarm-rules')).json()) as { items: { code: string; version: number }[] }
  return items.map(({ code, version }) => `${code} ${version}`)
}

test('rules go out as a file, are changed there and come back whole or not at all', withApp(async (app) => {
  await register(app.kernel, ['WL-1'])
  const both = file([{ code: 'DEEP', ...RULE }, { code: 'FAST', ...RULE, measure: { kind: 'rate', metric: 'level', within: 600 } }])
  assert.deepEqual(brief((await send(app, both, false)).json), ['DEEP new', 'FAST new'])
  assert.deepEqual(await versions(app), [], 'nothing was written')
  assert.equal((await send(app, both, true, 'lead')).status, 403)
  assert.equal((await send(app, both, true)).json.applied, true)
  assert.deepEqual(await versions(app), ['DEEP 1', 'FAST 1'])

  const out = await (await app.fetchAs('sysadmin', '/api/alarm-rules/file')).text()
  assert.deepEqual(brief((await send(app, out, true)).json), ['DEEP same', 'FAST same'])
  const mended = JSON.parse(out) as { rules: Record<string, unknown>[] }
  mended.rules[0] = { ...mended.rules[0], levels: [1, 2, 3, 5] }
  mended.rules[1] = { ...mended.rules[1], product: 'none', case: { level: 3, category: 'nothing', unit: null } }
  const torn = await send(app, JSON.stringify(mended), false)
  assert.deepEqual(torn.json.faults.map(({ rule, at }) => `${rule} ${at}`), ['FAST product', 'FAST case.category'])
  assert.deepEqual([(await send(app, JSON.stringify(mended), true)).json.code, await versions(app)], ['monitoring.rules-unsound', ['DEEP 1', 'FAST 1']])

  mended.rules.pop()
  assert.deepEqual(brief((await send(app, JSON.stringify(mended), true)).json), ['DEEP changed 限值'])
  assert.deepEqual(await versions(app), ['DEEP 2', 'FAST 1'])

  const sheet = await (await app.fetchAs('sysadmin', '/api/alarm-rules/file?format=xlsx')).arrayBuffer()
  const rows = await Array.fromAsync(readSheet(Buffer.from(sheet), 'Asia/Shanghai'))
  assert.deepEqual(rows.map(({ cells }) => cells[0]), ['编号', 'DEEP', 'FAST'])
}))

test('a trade goes out as a pack of its products and rules, and comes into a city that has none of them', withApp(async (app) => {
  await register(app.kernel, ['WL-1'])
  await app.kernel.settle()
  const put = (path: string, json: object) => app.fetchAs('sysadmin', path, { method: 'PUT', json })
  await put('/api/products/gauge', { zh: '水位计', en: 'Gauge', trade: 'drainage', metrics: [metric()] })
  await put('/api/products/valve', { zh: '阀门井', en: 'Valve', trade: 'gas', metrics: [metric({ code: 'methane' })] })
  const formula = { kind: 'formula', expression: 'a', inputs: [{ name: 'a', device: 'WL-1', metric: 'level' }] }
  const gas = { ...RULE, product: 'valve', measure: { kind: 'threshold', metric: 'methane' } }
  assert.equal((await send(app, file([{ code: 'DEEP', ...RULE }, { code: 'NAMED', ...RULE, devices: ['WL-1'] }, { code: 'SUM', ...RULE, measure: formula }, { code: 'LEAK', ...gas }]), true)).status, 200)

  const pack = JSON.parse(await (await app.fetchAs('sysadmin', '/api/alarm-rules/file?trade=drainage')).text()) as { trade: string; products: { code: string; trade: string }[]; rules: { code: string; product: string }[] }
  assert.deepEqual([pack.trade, pack.products.map(({ code }) => code), pack.rules.map(({ code }) => code)], ['drainage', ['gauge'], ['DEEP']])
  const here = await send(app, JSON.stringify(pack), true)
  assert.deepEqual([here.json.products, brief(here.json)], [[], ['DEEP same']], 'what the city has stays')

  pack.products[0]!.code = pack.rules[0]!.product = 'other'
  pack.rules[0]!.code = 'OTHER'
  const checked = await send(app, JSON.stringify(pack), false)
  assert.deepEqual([checked.json.products.map(({ code }) => code), brief(checked.json), checked.json.faults], [['other'], ['OTHER new'], []])
  assert.equal((await send(app, JSON.stringify(pack), true)).json.applied, true)
  const { items } = (await (await app.fetchAs('sysadmin', '/api/products')).json()) as { items: { code: string; trade: string | null }[] }
  assert.deepEqual(items.filter(({ trade }) => trade === 'drainage').map(({ code }) => code), ['gauge', 'other'])
}))
