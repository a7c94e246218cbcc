// The pure rules of the room, each as a table.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { limitOf } from './deadline.ts'
import { standardFlow } from './flows.ts'
import { lampAt, nextTurn } from './lamp.ts'
import { maskEmail, maskName, maskPhone } from './mask.ts'
import { momentReader, mapper, mappingFaults } from './import/mapping.ts'
import { pastCaseOf } from './import/past-case.ts'
import { wordsOf } from './search-words.ts'
import { daysAround, monthsBetween, spansBack } from './months.ts'

const at = (minutes: number) => new Date(Date.UTC(2026, 5, 10, 2) + minutes * 60_000)
const running = { yellowAt: at(80), dueAt: at(100) }

for (const { minutes, lamp, next } of [
  { minutes: 0, lamp: 'green', next: 80 },
  { minutes: 79.99, lamp: 'green', next: 80 },
  { minutes: 80, lamp: 'yellow', next: 100 },
  { minutes: 99.99, lamp: 'yellow', next: 100 },
  { minutes: 100, lamp: 'red', next: null },
  { minutes: 5000, lamp: 'red', next: null },
] as const) {
  test(`of a limit of 100 minutes the lamp is ${lamp} after ${minutes}`, () => {
    assert.equal(lampAt(running, at(minutes)), lamp)
    assert.deepEqual(nextTurn(running, lamp), next === null ? null : at(next))
  })
}

test('the lamp is grey where no clock runs', () => {
  assert.equal(lampAt({ yellowAt: null, dueAt: null }, at(0)), 'grey')
  assert.equal(nextTurn({ yellowAt: null, dueAt: null }, 'grey'), null)
})

const { dispose, rework, accept } = standardFlow.clocks
for (const { clock, condition, limit, because } of [
  { clock: accept, condition: { amount: 7, unit: 'work_day' }, limit: { amount: 0.5, unit: 'work_hour' }, because: '受理 has its own limit' },
  { clock: dispose, condition: { amount: 2, unit: 'urgent_hour' }, limit: { amount: 2, unit: 'urgent_hour' }, because: '处置 has that of its condition' },
  { clock: dispose, condition: undefined, limit: { amount: 1, unit: 'work_day' }, because: '处置 without a condition has one day' },
  { clock: rework, condition: { amount: 4, unit: 'work_hour' }, limit: { amount: 2, unit: 'work_hour' }, because: '返工 has half' },
  { clock: rework, condition: { amount: 1, unit: 'work_day' }, limit: { amount: 1, unit: 'work_day' }, because: 'but at least one unit' },
  { clock: rework, condition: { amount: 1.5, unit: 'work_day' }, limit: { amount: 1, unit: 'work_day' }, because: 'also where half is less' },
  { clock: rework, condition: { amount: 0.5, unit: 'work_hour' }, limit: { amount: 0.5, unit: 'work_hour' }, because: 'and never more than the whole' },
] as const) {
  test(`a limit is ${limit.amount} ${limit.unit}: ${because}`, () => assert.deepEqual(limitOf(clock!, condition), limit))
}

for (const { text, words } of [
  { text: '雨水井盖', words: ['雨水', '水井', '井盖'] },
  { text: '人民路 88 号', words: ['人民', '民路', '88'] },
  { text: 'Street Light Outages', words: ['street', 'light', 'outages'] },
  { text: '井', words: [] },
  { text: 'ＡＢＣ１２', words: ['abc12'] },
] as const) {
  test(`“${text}” is found under ${words.join(' ') || 'nothing'}`, () => assert.deepEqual(wordsOf(text), words))
}

test('a search goes back in time in spans that grow, with the months that they touch', () => {
  const spans = [...spansBack(new Date('2026-06-10T00:00:00Z'), new Date('2026-05-20T00:00:00Z'))]
  assert.deepEqual(
    spans.map(([from, to]) => [from.toISOString().slice(0, 10), to.toISOString().slice(0, 10)]),
    [
      ['2026-06-08', '2026-06-10'],
      ['2026-06-04', '2026-06-08'],
      ['2026-05-27', '2026-06-04'],
      ['2026-05-11', '2026-05-27'],
    ],
  )
  assert.deepEqual(daysAround(spans[2]!), ['20260526', '20260605'])
  assert.deepEqual(monthsBetween('20251130', '20260201'), ['202511', '202512', '202601', '202602'])
})

test('personal data lose their middle', () => {
  assert.deepEqual([maskName('王小明'), maskName('李'), maskPhone('13812342207'), maskPhone('12345'), maskEmail('wang@example.org')], [
    '王**',
    '*',
    '138****2207',
    '*****',
    'w***@example.org',
  ])
})

for (const { pattern, zone, text, iso, because } of [
  { pattern: 'YYYY-MM-DD HH:mm:ss', zone: 'America/New_York', text: '2011-07-01 01:32:33', iso: '2011-07-01T05:32:33.000Z', because: 'summer time' },
  { pattern: 'YYYY-MM-DD HH:mm:ss', zone: 'America/New_York', text: '2011-12-01 01:32:33', iso: '2011-12-01T06:32:33.000Z', because: 'winter time' },
  { pattern: 'YYYY-MM-DD HH:mm:ss', zone: 'America/New_York', text: '2011-11-06 01:30:00', iso: '2011-11-06T05:30:00.000Z', because: 'the hour that comes twice is the first' },
  { pattern: 'DD/MM/YYYY HH:mm', zone: 'Asia/Shanghai', text: '3/6/2026 8:05', iso: '2026-06-03T00:05:00.000Z', because: 'short parts' },
  { pattern: 'YYYY-MM-DD', zone: 'Asia/Shanghai', text: '2026-06-31', iso: undefined, because: 'June has no 31st' },
  { pattern: 'YYYY-MM-DD', zone: 'Asia/Shanghai', text: 'soon', iso: undefined, because: 'it is no date' },
  { pattern: 'iso', zone: 'Asia/Shanghai', text: '2026-06-10T10:00:00+08:00', iso: '2026-06-10T02:00:00.000Z', because: 'it says its zone' },
  { pattern: 'iso', zone: 'Asia/Shanghai', text: '2026-06-10 10:00:00', iso: '2026-06-10T02:00:00.000Z', because: 'the zone is that of the source' },
] as const) {
  test(`${text} in ${zone} is ${iso ?? 'refused'}: ${because}`, () => assert.equal(momentReader(pattern, zone)(text)?.toISOString(), iso))
}

const mapping = {
  system: 'old',
  zone: 'Asia/Shanghai',
  dates: 'YYYY-MM-DD HH:mm',
  columns: {
    key: 'id',
    source: { from: 'channel', values: { 电话: 'hotline' }, otherwise: 'department' },
    category: { from: 'type', form: 'slug', before: 'old.m.' },
    description: { from: ['title', 'text'], join: '：' },
    district: { constant: '999902' },
    reported_at: 'opened',
  },
} as const

test('a mapping fills the columns of a past case', () => {
  assert.deepEqual(mappingFaults(mapping), [])
  const record = { id: ' 7 ', channel: '电话', type: 'Street Lights', title: '路灯', text: '不亮', opened: '2026-06-01 08:00' }
  assert.deepEqual(mapper(mapping)(record), {
    row: {
      key: '7',
      source: 'hotline',
      category: 'old.m.street-lights',
      description: '路灯：不亮',
      district: '999902',
      reported_at: '2026-06-01T00:00:00.000Z',
    },
  })
})

test('a mapping says which column it cannot read', () => {
  const refused = mapper(mapping)({ id: '7', channel: '', type: 'x', title: 'x', text: '', opened: 'yesterday' })
  assert.equal('column' in refused && refused.column, 'reported_at')
})

test('a mapping is refused where a column, a zone or a date is unknown', () => {
  const bad = { ...mapping, zone: 'Mars/Base', dates: 'whenever', columns: { ...mapping.columns, colour: 'x' } }
  assert.deepEqual(mappingFaults(bad as never).map((fault) => fault.at), ['zone', 'dates', 'columns.colour'])
})

const past = { key: '1', source: 'hotline', category: 'x', description: 'x', reported_at: '2026-06-01T08:00:00+08:00' }

for (const { because, row, column } of [
  { because: 'it has no key', row: { ...past, key: ' ' }, column: 'key' },
  { because: 'its time has no zone', row: { ...past, reported_at: '2026-06-01 08:00' }, column: 'reported_at' },
  { because: 'it was closed before it was reported', row: { ...past, closed_at: '2026-05-01T08:00:00Z' }, column: 'closed_at' },
  { because: 'half of its position is missing', row: { ...past, longitude: '116.3' }, column: 'latitude' },
  { because: 'it was both declined and closed', row: { ...past, declined_at: past.reported_at, closed_at: past.reported_at }, column: 'closed_at' },
  { because: 'its rating is none', row: { ...past, rating: '6' }, column: 'rating' },
] as const) {
  test(`a past case is refused because ${because}`, () => {
    const faults = pastCaseOf(row)
    assert.ok(Array.isArray(faults) && faults.some((fault) => fault.column === column), JSON.stringify(faults))
  })
}

