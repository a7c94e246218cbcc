import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { countByDay } from './by-day.ts'
import { calendarFrom, deadline, isOpen, momentAtShare, unitMs, workdays, workingMs, type Calendar, type Clock } from './calendar.ts'
import { addDays, startOfDay, wallDay, wallText } from './wall-time.ts'

const holidays = (year: number): { date: string; off: boolean }[] =>
  JSON.parse(readFileSync(new URL(`../../registry/calendars/${year}.json`, import.meta.url), 'utf8')).days.map(
    ({ date, isOffDay }: { date: string; isOffDay: boolean }) => ({ date, off: isOffDay }),
  )

const YEARS = [2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026]
const china = calendarFrom({
  hours: [
    [8 * 60, 12 * 60],
    [14 * 60, 18 * 60],
  ],
  days: YEARS.flatMap(holidays),
})
const at = (text: string): Date => new Date(`${text.replace(' ', 'T')}:00+08:00`)

for (const { from, amount, unit, until, because } of [
  { from: '2026-11-20 23:30', amount: 2, unit: 'urgent_hour', until: '2026-11-21 01:30', because: 'urgent hours run through the night' },
  { from: '2026-10-01 10:00', amount: 24, unit: 'urgent_hour', until: '2026-10-02 10:00', because: 'urgent hours run on National Day' },
  { from: '2026-11-19 09:00', amount: 2, unit: 'work_hour', until: '2026-11-19 11:00', because: 'it stays within the morning' },
  { from: '2026-11-19 11:30', amount: 0.5, unit: 'work_hour', until: '2026-11-19 12:00', because: 'it ends when the morning ends' },
  { from: '2026-11-19 11:30', amount: 1, unit: 'work_hour', until: '2026-11-19 14:30', because: 'noon does not count' },
  { from: '2026-11-19 13:00', amount: 4, unit: 'work_hour', until: '2026-11-19 18:00', because: 'it starts with the afternoon' },
  { from: '2026-11-19 20:00', amount: 0.5, unit: 'work_hour', until: '2026-11-20 08:30', because: 'the night does not count' },
  { from: '2026-11-20 17:00', amount: 2, unit: 'work_hour', until: '2026-11-23 09:00', because: 'the weekend does not count' },
  { from: '2026-11-20 08:00', amount: 1, unit: 'work_day', until: '2026-11-20 18:00', because: 'a working day is eight hours of service' },
  { from: '2026-11-20 10:00', amount: 1, unit: 'work_day', until: '2026-11-23 10:00', because: 'a day begun on Friday ends on Monday' },
  { from: '2026-09-30 17:00', amount: 1, unit: 'work_day', until: '2026-10-08 17:00', because: 'National Day lasts seven days' },
  { from: '2026-10-09 17:00', amount: 1, unit: 'work_day', until: '2026-10-10 17:00', because: 'Saturday 10 October is made up' },
  { from: '2024-02-09 09:00', amount: 1, unit: 'work_hour', until: '2024-02-09 10:00', because: 'New Year’s Eve was a working day' },
  { from: '2024-02-09 17:30', amount: 1, unit: 'work_hour', until: '2024-02-18 08:30', because: 'Sunday 18 February 2024 was made up' },
  { from: '2021-05-01 12:00', amount: 3, unit: 'work_day', until: '2021-05-08 18:00', because: 'Labour Day of 2021 lasted five days' },
  { from: '2019-12-31 16:00', amount: 3, unit: 'work_hour', until: '2020-01-02 09:00', because: 'New Year 2020 was one day' },
] as const) {
  test(`${amount} ${unit} from ${from}: ${because}`, () => {
    assert.equal(wallText(deadline(china, at(from), amount, unit)), until)
  })
}

test('every official holiday and make-up workday of 2019 to 2026 is obeyed', () => {
  for (const { date, off } of YEARS.flatMap(holidays)) assert.equal(china.isWorkday(date), !off, date)
})

test('2026 has 248 working days', () => {
  assert.equal(workdays(china, '2026-01-01', '2026-12-31').length, 248)
})

const boston = calendarFrom({ hours: [[540, 1020]], days: [{ date: '2011-11-24', off: true }], zone: 'America/New_York' })

/** The same numbers each time: this test must fail twice alike. */
function* randomly(count: number): Generator<number> {
  let seed = 42
  for (let i = 0; i < count; i++) yield (seed = (seed * 48271) % 2147483647) / 2147483647
}

const inverse = (calendar: Calendar, start: number, unit: Clock) => () => {
  const numbers = [...randomly(6000)]
  for (let i = 0; i + 1 < numbers.length; i += 2) {
    const from = new Date(start + Math.floor(numbers[i]! * 300 * 86_400_000))
    const amount = Math.ceil(numbers[i + 1]! * 400) / 16
    const until = deadline(calendar, from, amount, unit)
    assert.equal(workingMs(calendar, unit, from, until), amount * unitMs(calendar, unit), `${from.toISOString()} ${amount}`)
    const again = deadline(calendar, from, workingMs(calendar, unit, from, until) / unitMs(calendar, unit), unit)
    assert.equal(+again, +until)
    assert.equal(workingMs(calendar, unit, until, from), -workingMs(calendar, unit, from, until))
  }
}

for (const unit of ['urgent_hour', 'work_hour', 'work_day'] as const) {
  test(`deadline and workingMs undo each other by ${unit}`, inverse(china, +at('2026-01-01 00:00'), unit))
  test(`deadline and workingMs undo each other by ${unit} over a change to winter time`, inverse(boston, Date.UTC(2011, 5, 1), unit))
}

test('the counted-out workdays say what a walk from day to day says', () => {
  const facts = { hours: china.hours, days: YEARS.flatMap(holidays) }
  // Of the same time as China, but not known to be without jumps, and so walked.
  const walked = calendarFrom({ ...facts, zone: 'Asia/Chongqing' })
  const numbers = [...randomly(4000)]
  assert.notEqual(china.table(), undefined)
  assert.equal(walked.table(), undefined)
  for (let i = 0; i + 1 < numbers.length; i += 2) {
    const from = new Date(Math.floor(+at('2019-01-01 00:00') + numbers[i]! * 7 * 365 * 86_400_000))
    const amount = Math.ceil(numbers[i + 1]! * 500) / 8
    for (const unit of ['work_hour', 'work_day'] as const) {
      const until = deadline(china, from, amount, unit)
      assert.equal(+until, +deadline(walked, from, amount, unit), `${from.toISOString()} ${amount} ${unit}`)
      assert.equal(workingMs(china, unit, from, until), workingMs(walked, unit, from, until))
    }
  }
})

test('a deadline beyond the counted-out workdays is walked to', () => {
  assert.equal(wallText(deadline(china, at('2099-12-31 17:00'), 2, 'work_hour')), '2100-01-01 09:00')
})

test('a limit is shown day by day, with what was counted of each', () => {
  const from = at('2026-09-30 16:20')
  const days = countByDay(china, 'work_hour', [
    [from, at('2026-10-08 09:00')],
    [at('2026-10-09 14:00'), at('2026-10-09 15:30')],
  ])
  assert.deepEqual(
    days.filter(({ ms }) => ms > 0).map(({ date, ms, sumMs, spans }) => [date, ms / 60_000, sumMs / 60_000, spans.map(([a, b]) => `${wallText(a).slice(11)}-${wallText(b).slice(11)}`).join(' ')]),
    [
      ['2026-09-30', 100, 100, '16:20-18:00'],
      ['2026-10-08', 60, 160, '08:00-09:00'],
      ['2026-10-09', 90, 250, '14:00-15:30'],
    ],
  )
  assert.deepEqual(days.map(({ works }) => works), [true, false, false, false, false, false, false, false, true, true])
})

test('a lamp turns yellow after 80 % of the time that counts', () => {
  const from = at('2026-11-20 16:00')

  assert.equal(wallText(momentAtShare(china, from, 10, 'work_hour', 0.8)), '2026-11-23 16:00')
  assert.equal(wallText(momentAtShare(china, from, 10, 'urgent_hour', 0.8)), '2026-11-21 00:00')
})

test('the office is open on a made-up Saturday and closed at noon', () => {
  assert.equal(isOpen(china, at('2026-10-10 09:00')), true)
  assert.equal(isOpen(china, at('2026-11-20 12:00')), false)
  assert.equal(isOpen(china, at('2026-11-21 09:00')), false)
})

test('a calendar whose hours overlap is refused', () => {
  assert.throws(
    () =>
      calendarFrom({
        hours: [
          [480, 720],
          [700, 1080],
        ],
        days: [],
      }),
    RangeError,
  )
})

test('the day on the wall is that of the place', () => {
  const moment = new Date('2011-07-01T02:30:00Z')

  assert.equal(wallDay(moment), '2011-07-01')
  assert.equal(wallText(moment, 'America/New_York'), '2011-06-30 22:30')
  assert.equal(startOfDay('2011-12-01', 'America/New_York').toISOString(), '2011-12-01T05:00:00.000Z')
  assert.equal(addDays('2028-02-28', 2), '2028-03-01')
})
