import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Position, Type } from '../contract.ts'
import { fieldsOf, readNested } from './form.ts'
import { languageOf } from './language.ts'
import { neighbourhood } from './limit.ts'
import { plain } from './openapi.ts'
import { seal, unseal } from './sealed-answer.ts'
import { createValidators } from './validate.ts'

for (const { asked, accepted, language } of [
  { asked: undefined, accepted: undefined, language: 'zh' },
  { asked: undefined, accepted: 'en-GB,en;q=0.9', language: 'en' },
  { asked: undefined, accepted: 'zh-CN,zh;q=0.9,en;q=0.8', language: 'zh' },
  { asked: undefined, accepted: 'de,en;q=0.7,zh;q=0.3', language: 'en' },
  { asked: undefined, accepted: 'en;q=0, zh', language: 'zh' },
  { asked: undefined, accepted: ';;,,q=x', language: 'zh' },
  { asked: 'en', accepted: 'zh-CN', language: 'en' },
  { asked: ['en'], accepted: 'zh-CN', language: 'zh' },
] as const) {
  test(`${accepted ?? 'nothing'} with ?lang=${asked ?? ''} is answered in ${language}`, () =>
    assert.equal(languageOf(asked, accepted), language))
}

for (const [address, shown] of [
  ['203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:aaaa::1', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
  ['::ffff:203.0.113.7', '::ffff:203.0.113.7'],
] as const) {
  test(`${address} is counted as ${shown}`, () => assert.equal(neighbourhood(address), shown))
}

const Report = Type.Object({
  title: Type.String({ minLength: 2, maxLength: 10 }),
  level: Type.Optional(Type.Integer({ minimum: 1, maximum: 3 })),
  at: Type.Optional(Type.String({ format: 'date-time' })),
  place: Type.Union([Position, Type.Null()]),
  kind: Type.Optional(Type.Enum(['component', 'matter'])),
})

const said = (faults: readonly { at: string; reason: { en: string } }[]) => faults.map(({ at, reason }) => `${at} ${reason.en}`)

test('each fault of a body is named in both languages', () => {
  const check = createValidators().json(Report)

  assert.deepEqual(said(check({ title: 'x', level: 9, at: 'yesterday', place: null, kind: 'thing' })), [
    'title has at least 2 characters',
    'level must be 3 or less',
    'at must be a date and time such as 2026-05-01T08:30:00+08:00',
    'kind must be one of component, matter',
  ])
  assert.deepEqual(said(check({ place: [116, 'x'] })), ['title is required', 'place.1 must be a number'])
  assert.deepEqual(
    check({}).map(({ at, reason }) => `${at} ${reason.zh}`),
    ['title 必填', 'place 必填'],
  )
  assert.deepEqual(check({ title: '井盖破损', place: [116.1, 39.2] }), [])
})

test('JSON is taken as it is written, a query and a form as what the schema wants', () => {
  const validators = createValidators()
  const Counted = Type.Object({ count: Type.Integer(), tags: Type.Optional(Type.Array(Type.String())) })

  assert.deepEqual(said(validators.json(Counted)({ count: '5' })), ['count must be a whole number'])
  const query = { count: '5', tags: 'a' }
  assert.deepEqual(validators.text(Counted, 'query')(query), [])
  assert.deepEqual(query, { count: 5, tags: ['a'] })
  assert.deepEqual(said(validators.text(Counted, 'query')({ count: 'x' })), ['?count must be a whole number'])
})

test('a large body is told its first fault and no more', () => {
  const check = createValidators().json(Type.Array(Type.Integer()))

  assert.equal(check(Array(10_000).fill('x')).length, 1)
  assert.equal(check(Array(500).fill('x')).length, 100)
})

test('defaults are filled in', () => {
  const query = {}

  assert.deepEqual(createValidators().text(Type.Object({ limit: Type.Integer({ default: 50 }) }), 'query')(query), [])
  assert.deepEqual(query, { limit: 50 })
})

test('a form is its fields, a repeated one a list, a written list a list', () => {
  const fields = fieldsOf([
    ['title', '井盖'],
    ['tag', 'a'],
    ['tag', 'b'],
    ['place', '[116.1,39.2]'],
    ['note', '[sic]'],
  ])

  assert.deepEqual(readNested(fields, Type.Object({ place: Type.Union([Position, Type.Null()]), note: Type.String() })), {
    title: '井盖',
    tag: ['a', 'b'],
    place: [116.1, 39.2],
    note: '[sic]',
  })
})

for (const [what, pairs] of [
  ['reaches behind its object', [['__proto__', 'x']]],
  ['has half a character', [['note', '\ud800']]],
  ['has NUL in it', [['note', 'a\0b']]],
  ['has a thousand fields', Array.from({ length: 1000 }, (_, n) => [`f${n}`, 'x'])],
] as [string, [string, string][]][]) {
  test(`a form that ${what} is refused`, () => assert.throws(() => fieldsOf(pairs), { status: 400 }))
}

test('a remembered answer opens to its own key only', () => {
  const sealed = seal('key-0001', { password: '河边的猫' })

  assert.ok(!Buffer.from(sealed, 'base64').toString().includes('password'))
  assert.deepEqual(unseal('key-0001', sealed), { password: '河边的猫' })
  assert.throws(() => unseal('key-0002', sealed))
})

test('a tuple is written as OpenAPI 3.1 reads it', () => {
  const { prefixItems, items } = plain(Position) as { prefixItems: unknown[]; items: unknown }

  assert.equal(prefixItems.length, 2)
  assert.equal(items, false)
})
