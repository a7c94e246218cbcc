import assert from 'node:assert/strict'
import { test } from 'node:test'
import { attributesOf, listOf, LONGEST_SPAN, momentOf, positionOf, spanOf, statusesOf, textOf, wholeOf, type Given } from './read.ts'

const NOW = new Date('2026-06-10T02:00:00Z')
const wrong = { code: 'open311.field-wrong' }

test('an empty argument is one that was not given', () => {
  assert.equal(textOf({ phone: ' ' }, 'phone'), undefined)
  assert.deepEqual(listOf({ status: '' }, 'status', 3), [])
  assert.equal(positionOf({ lat: '', long: '' }), undefined)
})

test('several values come with commas, several times, or both', () => {
  assert.deepEqual(listOf({ service_code: ['a,b', 'b, c'] }, 'service_code', 5), ['a', 'b', 'c'])
  assert.throws(() => listOf({ service_code: 'a,b,c' }, 'service_code', 2), wrong)
})

for (const { given, because } of [
  { given: { start_date: '2026-06-01' }, because: 'a day alone is no moment' },
  { given: { start_date: '2026-06-01T00:00:00' }, because: 'the zone must be said' },
  { given: { start_date: '2026-13-01T00:00:00Z' }, because: 'there is no such month' },
  { given: { start_date: '2026-06-02T00:00:00Z', end_date: '2026-06-01T00:00:00Z' }, because: 'it ends before it starts' },
  { given: { start_date: '2026-01-01T00:00:00Z', end_date: '2026-06-01T00:00:00Z' }, because: 'it spans more than 90 days' },
] as { given: Given; because: string }[]) {
  test(`${JSON.stringify(given)} is refused: ${because}`, () => assert.throws(() => spanOf(given, NOW), wrong))
}

for (const { given, from, to, because } of [
  { given: {}, from: +NOW - LONGEST_SPAN, to: +NOW, because: 'by itself the last 90 days' },
  {
    given: { end_date: '2026-05-01T00:00:00Z' },
    from: Date.parse('2026-05-01T00:00:00Z') - LONGEST_SPAN,
    to: Date.parse('2026-05-01T00:00:00Z'),
    because: '90 days up to the end',
  },
  {
    given: { start_date: '2026-06-01T08:00:00+08:00' },
    from: Date.parse('2026-06-01T00:00:00Z'),
    to: +NOW,
    because: 'from the start until now',
  },
  {
    given: { start_date: '2025-01-01T00:00:00Z' },
    from: Date.parse('2025-01-01T00:00:00Z'),
    to: Date.parse('2025-01-01T00:00:00Z') + LONGEST_SPAN,
    because: 'never longer than 90 days',
  },
] as { given: Given; from: number; to: number; because: string }[]) {
  test(`the span of ${JSON.stringify(given)} is ${because}`, () => {
    const span = spanOf(given, NOW)
    assert.deepEqual([+span.from, +span.to], [from, to])
  })
}

test('a plus sign that a form has turned into a blank is read as a plus', () => {
  assert.equal(+momentOf({ end_date: '2026-06-01T08:00:00 08:00' }, 'end_date')!, Date.parse('2026-06-01T00:00:00Z'))
})

test('lat and long come together and lie on the earth', () => {
  assert.deepEqual(positionOf({ lat: '40.01', long: '116.32' }), [116.32, 40.01])
  for (const given of [{ lat: '40' }, { lat: 'x', long: '1' }, { lat: '91', long: '1' }]) assert.throws(() => positionOf(given), wrong)
})

test('a status is open or closed', () => {
  assert.deepEqual(statusesOf({ status: 'open,closed' }), ['open', 'closed'])
  assert.throws(() => statusesOf({ status: 'done' }), wrong)
})

test('pages are whole numbers', () => {
  assert.equal(wholeOf({ page: '2' }, 'page', 1, 9), 2)
  for (const page of ['0', '1.5', 'x', '10']) assert.throws(() => wholeOf({ page }, 'page', 1, 9), wrong)
})

test('answers to attributes are read with and without the brackets of a list', () => {
  const answers = attributesOf({ 'attribute[condition]': 'a', 'attribute[many][]': ['x', 'y'], 'attribute[empty]': '', other: '1' })

  assert.deepEqual(
    [...answers],
    [
      ['condition', ['a']],
      ['many', ['x', 'y']],
    ],
  )
})
