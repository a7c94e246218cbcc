import assert from 'node:assert/strict'
import { test } from 'node:test'
import { calendarFrom, wallText } from '../../kernel/index.ts'
import { extendClock, pauseClock, resumeClock, startClock } from '../deadline.ts'
import { isPlain, moveClock, runsByCalendar, type ClockColumns } from './move-clock.ts'

const HOURS: [number, number][] = [
  [480, 720],
  [840, 1080],
]
const at = (text: string) => new Date(`${text.replace(' ', 'T')}:00+08:00`)
const ordinary = calendarFrom({ hours: HOURS, days: [] })
/** Thursday 11 and Friday 12 June are off after a typhoon, and Saturday 13 is worked. */
const typhoon = calendarFrom({
  hours: HOURS,
  days: [
    { date: '2026-06-11', off: true },
    { date: '2026-06-12', off: true },
    { date: '2026-06-13', off: false },
  ],
})
const longer = calendarFrom({ hours: [[480, 1080]], days: [] })
const calendars = { before: ordinary, after: typhoon }

const started = startClock('dispose', { amount: 2, unit: 'work_day' }, ordinary, at('2026-06-10 10:00'))
const row = (change: Partial<ClockColumns> = {}): ClockColumns => ({ ...started, disposeDueAt: started.dueAt, lamp: 'green', endedAt: null, ...change })
const now = at('2026-06-10 11:00')
const text = (moment: Date | null | undefined) => moment && wallText(moment)

for (const { change, after, due, yellow, because } of [
  { change: {}, after: typhoon, due: '2026-06-15 10:00', yellow: '2026-06-13 16:48', because: 'two days off and one made up move two working days' },
  { change: {}, after: longer, due: '2026-06-12 10:00', yellow: '2026-06-11 16:00', because: 'longer days make a working day longer too' },
  { change: { clockUnit: 'work_hour', clockAmount: 4, dueAt: at('2026-06-10 16:00'), yellowAt: at('2026-06-10 15:12') }, after: longer, due: '2026-06-10 14:00', yellow: '2026-06-10 13:12', because: 'an open noon is counted in working hours' },
] as const) {
  test(`a limit moves to ${due}: ${because}`, () => {
    const moved = moveClock(row(change), { before: ordinary, after }, [], now)

    assert.deepEqual([text(moved?.dueAt), text(moved?.yellowAt)], [due, yellow])
  })
}

test('the limit that a unit is judged by moves with the clock, and one of an earlier clock does not', () => {
  assert.equal(text(moveClock(row(), calendars, [], now)?.disposeDueAt), '2026-06-15 10:00')
  assert.equal(text(moveClock(row({ disposeDueAt: at('2026-06-01 10:00') }), calendars, [], now)?.disposeDueAt), '2026-06-01 10:00')
})

test('a lamp that was red may be green again, and turns when the new limit says', () => {
  const moved = moveClock(row({ lamp: 'red' }), calendars, [], at('2026-06-12 11:00'))

  assert.deepEqual([moved?.lamp, text(moved?.nextTurnAt)], ['green', '2026-06-13 16:48'])
})

for (const { change, because } of [
  { change: { clockUnit: 'urgent_hour' }, because: 'urgent hours know no calendar' },
  { change: { dueAt: null, yellowAt: null }, because: 'what stands still has a remainder and no deadline' },
  { change: { endedAt: now }, because: 'what has ended stays as it was judged' },
  { change: { clockAmount: null, clockUnit: null }, because: 'another system gave the deadline' },
] as const) {
  test(`a limit is left alone where ${because}`, () => assert.equal(runsByCalendar(row(change)), false))
}

test('nothing moves where the days in question are over or far away', () => {
  const early = startClock('dispose', { amount: 1, unit: 'work_hour' }, ordinary, at('2026-06-10 10:00'))

  assert.equal(moveClock(row({ ...early, disposeDueAt: early.dueAt }), calendars, [], now), undefined)
})

test('an extension is part of the limit', () => {
  const extended = { ...row(), ...(extendClock({ ...started, clockLeftMs: null }, 2, ordinary, now) as Partial<ClockColumns>) }

  assert.equal(isPlain(extended, ordinary), true)
  assert.equal(text(moveClock(extended, calendars, [], now)?.dueAt), '2026-06-17 10:00')
})

test('what was left when a clock stood still is never reckoned anew, and what was added since comes on top', () => {
  const stopped = pauseClock({ ...started, clockLeftMs: null }, ordinary, at('2026-06-10 15:00'))
  const resumed = resumeClock({ ...started, ...stopped }, ordinary, at('2026-06-10 17:00'))
  const steps = [
    { takenAt: started.clockFrom, changes: { clockFrom: started.clockFrom.toISOString(), clockAmount: 2 } },
    { takenAt: at('2026-06-10 15:00'), changes: { clockLeftMs: stopped.clockLeftMs, dueAt: null } },
    { takenAt: at('2026-06-10 17:00'), changes: { clockLeftMs: null, dueAt: resumed.dueAt!.toISOString() } },
  ]
  const held = { ...row(), ...resumed, clockFrom: started.clockFrom }
  const extended = { ...held, ...(extendClock(resumed as never, 2, ordinary, now) as Partial<ClockColumns>) }
  const more = [...steps, { takenAt: at('2026-06-10 18:00'), changes: { clockAmount: 4 } }]

  assert.equal(isPlain(held, ordinary), false)
  // Thirteen hours were left on Wednesday at five: one then, eight on the made-up Saturday, four on Monday.
  assert.equal(stopped.clockLeftMs, 13 * 3_600_000)
  assert.equal(text(moveClock(held, calendars, steps, now)?.dueAt), '2026-06-15 12:00')
  assert.equal(text(moveClock({ ...extended, clockUnit: 'work_day', clockAmount: 4 }, calendars, more, now)?.dueAt), '2026-06-17 12:00')
})

test('a clock that began after a pause starts from the beginning', () => {
  const steps = [
    { takenAt: at('2026-06-08 10:00'), changes: { clockFrom: '2026-06-08T02:00:00.000Z', clockAmount: 1 } },
    { takenAt: at('2026-06-08 15:00'), changes: { clockLeftMs: 5_000_000 } },
    { takenAt: at('2026-06-10 10:00'), changes: { clockLeftMs: null, clockFrom: started.clockFrom.toISOString(), clockAmount: 2 } },
  ]

  assert.equal(text(moveClock(row(), calendars, steps, now)?.dueAt), '2026-06-15 10:00')
})
