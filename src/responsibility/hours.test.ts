import assert from 'node:assert/strict'
import { test } from 'node:test'
import { holdsAt, readHours, sayHours, type WallMoment } from './hours.ts'

/** A moment of a week without holidays. */
const moment = (weekday: number, time: string): WallMoment => {
  const [hour, minute] = time.split(':').map(Number) as [number, number]
  const before = weekday === 1 ? 7 : weekday - 1
  const day = (number: number) => ({ weekday: number, workday: number <= 5 })
  return { minute: hour * 60 + minute, today: day(weekday), yesterday: day(before) }
}

for (const { hours, at, holds } of [
  { hours: '', at: moment(7, '03:00'), holds: true },
  { hours: 'daily', at: moment(7, '23:59'), holds: true },
  { hours: 'work 08:00-18:00', at: moment(5, '08:00'), holds: true },
  { hours: 'work 08:00-18:00', at: moment(5, '18:00'), holds: false },
  { hours: 'work 08:00-18:00', at: moment(6, '10:00'), holds: false },
  { hours: 'work 08:00-18:00', at: { ...moment(6, '10:00'), today: { weekday: 6, workday: true } }, holds: true },
  { hours: 'rest', at: moment(6, '10:00'), holds: true },
  { hours: 'work 08:00-12:00,14:00-18:00; 6-7 09:00-12:00', at: moment(2, '13:00'), holds: false },
  { hours: 'work 08:00-12:00,14:00-18:00; 6-7 09:00-12:00', at: moment(7, '11:59'), holds: true },
  { hours: '5 22:00-06:00', at: moment(6, '05:59'), holds: true },
  { hours: '5 22:00-06:00', at: moment(5, '05:59'), holds: false },
  { hours: '5 22:00-06:00', at: moment(6, '22:00'), holds: false },
  { hours: '1,3,5', at: moment(3, '12:00'), holds: true },
  { hours: '1,3,5', at: moment(4, '12:00'), holds: false },
]) {
  test(`“${hours}” ${holds ? 'holds' : 'does not hold'} on day ${at.today.weekday} at minute ${at.minute}`, () => {
    assert.equal(holdsAt(readHours(hours)!, at), holds)
  })
}

for (const text of ['sometimes', 'work 8:00-18:00', 'work 08:00-08:00', 'work 08:00-25:00', '5-1 08:00-18:00', '0', '8', 'work 08:00-18:00 again', 'work 08:70-09:00']) {
  test(`“${text}” cannot be read`, () => assert.equal(readHours(text), undefined))
}

test('hours are said in words', () => {
  assert.deepEqual(sayHours(readHours('work 08:00-12:00,14:00-18:00; 6-7 22:00-06:00')!), {
    zh: '工作日 08:00–12:00、14:00–18:00；周六、周日 22:00–06:00',
    en: 'workdays 08:00–12:00, 14:00–18:00; Sat, Sun 22:00–06:00',
  })
  assert.equal(sayHours(readHours('1-5')!).zh, '周一至周五')
  assert.equal(sayHours([]).en, 'at any time')
})
