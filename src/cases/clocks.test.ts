// Deadlines, extensions, pauses and reworks against a walk over every minute. `npm run bench -- --only clocks` compares a million.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compareLives } from '../../bench/clock-lives.ts'
import { slowCalendar, slowMoments } from '../../bench/slow-clock.ts'
import { calendarFrom, wallText } from '../kernel/calendar/index.ts'
import { reckonClock } from './reckon.ts'

const SEED = 20_261_120

test(`3,000 lives of clocks agree with a walk minute by minute, seed ${SEED}`, () => {
  const { lives, extensions, pauses, reworks, differences } = compareLives(3000, SEED)

  assert.deepEqual(differences.slice(0, 3), [])
  assert.ok(lives === 3000 && extensions > 500 && pauses > 500 && reworks > 300)
})

const HOURS: [number, number][] = [
  [480, 720],
  [840, 1080],
]
const at = (text: string) => new Date(`${text.replace(' ', 'T')}:00+08:00`)
const HOLIDAY = [1, 2, 5, 6, 7].map((day) => ({ date: `2026-10-0${day}`, off: true }))

test('the walk is right where a clerk can count along', () => {
  const slow = slowCalendar({ hours: HOURS, days: [...HOLIDAY, { date: '2026-10-10', off: false }] }, 1096)
  const due = (from: string, minutes: number) => slowMoments(slow, 'work_hour', +at(from), [minutes * 60_000])[0]!

  assert.equal(wallText(new Date(due('2026-09-30 16:20', 120))), '2026-10-08 08:20')
  assert.equal(wallText(new Date(due('2026-10-09 17:30', 60))), '2026-10-10 08:30')
  assert.equal(wallText(new Date(due('2026-10-08 11:00', 60))), '2026-10-08 12:00')
})

test('the walk would show a holiday that was forgotten', () => {
  const right = slowCalendar({ hours: HOURS, days: HOLIDAY }, 1096)
  const wrong = slowCalendar({ hours: HOURS, days: HOLIDAY.slice(1) }, 1096)
  const due = (calendar: typeof right) => slowMoments(calendar, 'work_hour', +at('2026-09-30 16:20'), [7_200_000])[0]

  assert.notEqual(due(right), due(wrong))
})

const china = calendarFrom({ hours: HOURS, days: HOLIDAY })
const question = { from: at('2026-09-30 16:20'), amount: 12, unit: 'work_hour', extensions: 0, pauses: [], share: 0.8 } as const

for (const { change, due, yellow, because } of [
  { change: {}, due: '2026-10-09 10:20', yellow: '2026-10-08 17:56', because: 'seven days of National Day do not count' },
  { change: { extensions: 1 }, due: '2026-10-12 16:20', yellow: '2026-10-12 09:32', because: 'an extension adds the limit once more' },
  { change: { pauses: [[at('2026-10-08 09:00'), at('2026-10-20 14:00')]] as const }, due: '2026-10-21 15:20', yellow: '2026-10-21 10:56', because: 'a pause moves what is left' },
  { change: { pauses: [[at('2026-10-10 09:00'), at('2026-10-20 14:00')]] as const }, due: '2026-10-09 10:20', yellow: '2026-10-08 17:56', because: 'a pause after the deadline changes nothing' },
  { change: { share: 0.5 }, due: '2026-10-09 10:20', yellow: '2026-10-08 14:20', because: 'the lamp may turn at another share' },
] as const) {
  test(`twelve working hours from the eve of National Day end on ${due}: ${because}`, () => {
    const { dueAt, yellowAt } = reckonClock({ ...question, ...change }, china)

    assert.deepEqual([wallText(dueAt), wallText(yellowAt)], [due, yellow])
  })
}
