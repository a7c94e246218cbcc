import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fill, templateFaults, type Facts } from './template.ts'
import { parentOf, nearest } from './audience.ts'
import { messageId } from './message-id.ts'
import { afterQuiet, nextDigest, waitAfter } from './quiet.ts'
import { hasMoved, isAbout, isFor, AUDIENCE_CODES, type Rule } from './rule.ts'
import { SHIPPED_RULES } from './shipped-rules.ts'
import { SHIPPED_TEMPLATES } from './shipped-templates.ts'
import { isOurs, signatureOf } from './signature.ts'
import { smsParts } from './sms-parts.ts'
import { bodyWith, USUAL_BODY } from './drivers/sms.ts'
import { dingtalkSign } from './drivers/robots.ts'

const at = (text: string) => new Date(`2026-06-${text}:00+08:00`)
const ZONE = 'Asia/Shanghai'
const night = { from: '22:00', to: '07:00' }
const noon = { from: '12:00', to: '14:00' }

for (const { quiet, from, to, because } of [
  { quiet: night, from: '10T21:59', to: '10T21:59', because: 'the evening has not begun' },
  { quiet: night, from: '10T22:00', to: '11T07:00', because: 'the first minute is quiet' },
  { quiet: night, from: '10T23:59', to: '11T07:00', because: 'before midnight' },
  { quiet: night, from: '11T00:00', to: '11T07:00', because: 'at midnight' },
  { quiet: night, from: '11T06:59', to: '11T07:00', because: 'the hours began yesterday' },
  { quiet: night, from: '11T07:00', to: '11T07:00', because: 'the last minute is over' },
  { quiet: noon, from: '11T12:30', to: '11T14:00', because: 'within one day' },
  { quiet: noon, from: '11T14:00', to: '11T14:00', because: 'after them' },
  { quiet: noon, from: '11T03:00', to: '11T03:00', because: 'by night nothing is quiet where noon is' },
  { quiet: null, from: '11T03:00', to: '11T03:00', because: 'there are no quiet hours' },
  { quiet: { from: '08:00', to: '08:00' }, from: '11T08:00', to: '11T08:00', because: 'hours of no length' },
  { quiet: { from: '00:00', to: '23:59' }, from: '11T12:00', to: '11T23:59', because: 'nearly always' },
]) {
  test(`quiet hours: ${because}`, () => assert.deepEqual(afterQuiet(at(from), quiet, ZONE), at(to)))
}

for (const { hours, from, to, because } of [
  { hours: ['08:30', '17:30'], from: '10T08:00', to: '10T08:30', because: 'the morning’s is the next' },
  { hours: ['17:30', '08:30'], from: '10T08:30', to: '10T17:30', because: 'at its very minute it is over, whatever their order' },
  { hours: ['08:30'], from: '10T18:00', to: '11T08:30', because: 'tomorrow’s' },
  { hours: [], from: '10T18:00', to: '10T18:00', because: 'there is none' },
]) {
  test(`digest: ${because}`, () => assert.deepEqual(nextDigest(at(from), hours, ZONE), at(to)))
}

test('another try waits twice as long as the last, and never more than an hour', () => {
  assert.deepEqual([1, 2, 3, 4, 20].map(waitAfter), [15_000, 30_000, 60_000, 120_000, 3_600_000])
})

const red = SHIPPED_RULES.find(({ code }) => code === 'lamp-red')!
const upper = SHIPPED_RULES.find(({ code }) => code === 'lamp-red-upper')!
for (const { rule, happening, meant, because } of [
  { rule: red, happening: { on: 'lamp', about: 'red', clock: 'dispose' }, meant: true, because: 'a disposal that is late' },
  { rule: red, happening: { on: 'lamp', about: 'yellow', clock: 'dispose' }, meant: false, because: 'not late yet' },
  { rule: red, happening: { on: 'lamp', about: 'red', clock: 'accept' }, meant: false, because: 'the limit of the desk is no unit’s' },
  { rule: red, happening: { on: 'step', about: 'red' }, meant: false, because: 'a step, and no lamp' },
  { rule: { ...red, enabled: false }, happening: { on: 'lamp', about: 'red', clock: 'dispose' }, meant: false, because: 'switched off' },
  { rule: { ...red, on: 'step', about: ['extend.*'], clocks: [] }, happening: { on: 'step', about: 'extend.grant' }, meant: true, because: 'any act of a procedure' },
  { rule: { ...red, on: 'step', about: ['extend.*'], clocks: [] }, happening: { on: 'step', about: 'extended' }, meant: false, because: 'a step is no act' },
] as { rule: Rule; happening: Parameters<typeof isAbout>[1]; meant: boolean; because: string }[]) {
  test(`rule ${meant ? 'holds' : 'does not hold'}: ${because}`, () => assert.equal(isAbout(rule, happening), meant))
}

test('escalation by level: the unit above is told of units of level 3 and 4, and of no department', () => {
  assert.deepEqual([1, 2, 3, 4, null].map((level) => isFor(upper, { level, source: 'public' })), [false, false, true, true, false])
})

for (const { step, moved, because } of [
  { step: { fromState: 'dispatched', toState: 'disposed', changes: {} }, moved: true, because: 'it stands elsewhere' },
  { step: { fromState: 'dispatched', toState: 'dispatched', changes: { dueAt: '2026-06-12T00:00:00Z' } }, moved: true, because: 'its deadline was moved' },
  { step: { fromState: 'dispatched', toState: 'dispatched', changes: { urges: 1 } }, moved: false, because: 'it was only urged' },
]) {
  test(`a chain ${moved ? 'ends' : 'goes on'}: ${because}`, () => assert.equal(hasMoved(step), moved))
}

test('every rule that comes with the program has a template for its readers, and a name of its own', () => {
  const templates = new Map(SHIPPED_TEMPLATES.map((template) => [template.code, template]))
  for (const rule of SHIPPED_RULES) {
    assert.ok(AUDIENCE_CODES.includes(rule.audience))
    assert.equal(templates.get(rule.template)?.reader, rule.audience === 'reporter' ? 'reporter' : 'staff', rule.code)
  }
  assert.equal(new Set(SHIPPED_RULES.map(({ code }) => code)).size, SHIPPED_RULES.length)
})

test('every template that comes with the program holds only what its readers may know, and is used', () => {
  for (const template of SHIPPED_TEMPLATES) {
    assert.deepEqual(templateFaults(template, template.reader), [], template.code)
    assert.ok(SHIPPED_RULES.some((rule) => rule.template === template.code), `${template.code} is used by no rule`)
  }
})

const text = (body: string) => ({ zh: { subject: '', body }, en: { subject: '', body: 'fine' } })
for (const { body, reader, says } of [
  { body: '{numbr}', reader: 'staff', says: '没有占位符 {numbr}' },
  { body: '查询码 {queryWord}', reader: 'staff', says: '给工作人员的消息不能用 {queryWord}' },
  { body: '{note}', reader: 'reporter', says: '给反映人的消息不能用 {note}' },
  { body: '{number', reader: 'staff', says: '大括号不成对' },
  { body: '{__proto__}', reader: 'staff', says: '没有占位符 {__proto__}' },
] as const) {
  test(`a template is refused: ${says}`, () => assert.deepEqual(templateFaults(text(body), reader).map(({ at: where, reason }) => [where, reason.zh]), [['zh.body', says]]))
}

const facts: Facts = { number: { zh: '1', en: '1' }, category: { zh: '暴露垃圾', en: 'Litter' } }
for (const { given, becomes } of [
  { given: '{number} {category}', becomes: '1 暴露垃圾' },
  { given: '{ category }（{address}）已受理', becomes: '暴露垃圾已受理' },
  { given: '{category}，{unit}，时限 {due}', becomes: '暴露垃圾，时限' },
  { given: '返工：{note}，{number} https://city.example/08:30', becomes: '返工，1 https://city.example/08:30' },
  { given: 'Here. {unit}: due {number}', becomes: 'Here. due 1' },
  { given: '{note}{constructor}', becomes: '' },
]) {
  test(`“${given}” becomes “${becomes}”`, () => assert.equal(fill(given, facts, 'zh'), becomes))
}

test('the same cause, rule, channel and receiver make the same id, and anything else another', () => {
  const one = { cause: '000000000001-0000000000000002', rule: 'urged', channel: 'sms', receiver: 'reporter', at: at('10T10:00') }

  assert.equal(messageId(one), messageId({ ...one }))
  assert.equal(new Set([one, { ...one, cause: 'x' }, { ...one, rule: 'x' }, { ...one, channel: 'app' }, { ...one, receiver: 'x' }].map(messageId)).size, 5)
  assert.match(messageId(one), /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  assert.ok(messageId(one) < messageId({ ...one, at: at('10T10:01') }))
})

const holder = (id: string, unit: string, region = '') => ({ id, name: id, unit, region, category: '' })
const place = { region: '999902001001', unit: '/C01/U01/T03/', category: '2026.m.06010' }
for (const { holders, unit, told, because } of [
  { holders: [holder('a', '/C01/U01/T03/'), holder('b', '/C01/U01/')], unit: place.unit, told: ['a'], because: 'those of the unit itself' },
  { holders: [holder('b', '/C01/U01/'), holder('c', '/C01/')], unit: place.unit, told: ['b'], because: 'the nearest above, where nobody is below' },
  { holders: [holder('d', '')], unit: place.unit, told: [], because: 'whoever reaches all units is of none' },
  { holders: [holder('e', '/C01/U01/', '110101')], unit: place.unit, told: [], because: 'not in another region' },
  { holders: [holder('b', '/C01/U01/')], unit: '', told: [], because: 'there is no unit above the first' },
]) {
  test(`of a unit are told: ${because}`, () => assert.deepEqual(nearest(holders, place, unit).map(({ id }) => id), told))
}

test('the unit above', () => assert.deepEqual(['/C01/U01/T03/', '/C01/', ''].map(parentOf), ['/C01/U01/', '', '']))

test('a signature covers the moment, the id and the body', () => {
  const [secret, body, now] = ['whsec_of-a-test', '{"number":"1"}', new Date(1_770_000_000_000)]
  const push = { time: 1_770_000_000, id: 'a', body, signature: signatureOf(secret, 1_770_000_000, 'a', body) }

  // Reckoned by another program (Python's hmac).
  assert.equal(push.signature, 'v1=d5a705b9bec175ffa1fc6a7e366479d6adf19f360452ba9287070fe27bd9fcdd')
  assert.ok(isOurs(secret, now, push))
  assert.ok(!isOurs(secret, now, { ...push, body: '{"number":"2"}' }))
  assert.ok(!isOurs(secret, now, { ...push, id: 'b' }))
  assert.ok(!isOurs('another', now, push))
  assert.ok(!isOurs(secret, new Date(+now + 301_000), push), 'an old push that somebody kept is not believed')
})

test('texts stand within a gateway’s JSON whatever is in them', () => {
  const body = bodyWith(USUAL_BODY, { id: '1', phone: '138', text: '他说“"好"”\n{id} \\' })

  assert.deepEqual(JSON.parse(body), { id: '1', phone: '138', text: '他说“"好"”\n{id} \\' })
})

test('a robot of DingTalk is signed for as its manual says', () => {
  // Reckoned by another program (Python's hmac).
  assert.equal(dingtalkSign('SECabc', 1_577_262_236_757), 'I5TKCOTTj6fad4sJ4q9RsIffw0PAChVQZQGTdtRbNEQ=')
})

for (const { given, parts } of [
  { given: '中'.repeat(70), parts: 1 },
  { given: '中'.repeat(71), parts: 2 },
  { given: '中'.repeat(135), parts: 3 },
  { given: 'a'.repeat(160), parts: 1 },
  { given: 'a'.repeat(161), parts: 2 },
]) {
  test(`${given.length} characters are ${parts} SMS`, () => assert.equal(smsParts(given), parts))
}
