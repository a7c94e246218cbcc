import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Location } from '../../jt808/index.ts'
import { newestPump, pumpOf } from '../../vehicles/pump.ts'
import { nearestTrucks } from './near.ts'
import { lastDue, nextDue, overdueOf, type Timed } from './profile.ts'
import { pumpState } from './pump-state.ts'

const START = Date.parse('2026-07-20T08:00:00+08:00')
const minute = (n: number) => new Date(START + n * 60_000)
const BLANK: Timed = { profile: '103060', orderedAt: minute(0), endedAt: null, receivedAt: null, acceptedAt: null, leftAt: null, arrivedAt: null, finishedAt: null }

for (const { row, now, next, last, overdue, because } of [
  { row: {}, now: 5, next: ['left', 10], last: 60, overdue: false, because: 'a crew leaves within 10 minutes' },
  { row: {}, now: 11, next: ['left', 10], last: 60, overdue: true, because: 'it has not left in time' },
  { row: { leftAt: minute(4), arrivedAt: minute(28) }, now: 59, next: ['finished', 60], last: 60, overdue: false, because: 'it left and came in time' },
  { row: { leftAt: minute(4), arrivedAt: minute(31) }, now: 32, next: ['finished', 60], last: 60, overdue: true, because: 'it came a minute late' },
  { row: { leftAt: minute(4), endedAt: minute(20) }, now: 300, next: undefined, last: 60, overdue: false, because: 'what was cancelled in time is never late' },
  { row: { profile: '135' }, now: 0.5, next: ['received', 1], last: 5, overdue: false, because: 'a patrol receives it within a minute' },
  { row: { profile: '135', receivedAt: minute(0.1) }, now: 2, next: ['left', 3], last: 5, overdue: false, because: 'and sets out within 3' },
  { row: { profile: '135', receivedAt: minute(0.1), leftAt: minute(1), arrivedAt: minute(4) }, now: 600, next: undefined, last: 5, overdue: false, because: 'being there is all that 135 asks' },
  { row: { profile: null }, now: 600, next: undefined, last: undefined, overdue: false, because: 'without a profile nothing is due' },
] as const) {
  test(`clocks: ${because}`, () => {
    const timed: Timed = { ...BLANK, ...row }
    const due = nextDue(timed)
    assert.deepEqual(due && [due.mark, (+due.dueAt - START) / 60_000], next)
    assert.equal(lastDue(timed) && (+lastDue(timed)! - START) / 60_000, last)
    assert.equal(overdueOf(timed, minute(now)), overdue)
  })
}

const said = (status: number, items: Location['items'] = {}, at = '2026-07-20T08:00:00+08:00') => ({ status, items, at }) as Location

for (const { signal, position, running, because } of [
  { signal: 'status:23', position: said(2 ** 23), running: true, because: 'its bit of the status is set' },
  { signal: 'status:23', position: said(3), running: false, because: 'its bit is not set' },
  { signal: 'status:31', position: said(2 ** 31), running: true, because: 'the highest bit is a bit like others' },
  { signal: 'inputs:2', position: said(3, { inputs: 4 }), running: true, because: 'an input is closed' },
  { signal: 'inputs:2', position: said(3), running: undefined, because: 'the item was left out' },
  { signal: 'signals:8', position: said(3, { signals: 255 }), running: false, because: 'other signals say nothing of the pump' },
  { signal: 'item:e1:0', position: said(3, { unknown: [{ id: '0xe1', hex: '0001' }] }), running: true, because: 'the maker counts from the lowest bit of the last byte' },
  { signal: 'item:e1:9', position: said(3, { unknown: [{ id: '0xe1', hex: '0200' }] }), running: true, because: 'and goes on in the byte before' },
  { signal: 'item:e1:16', position: said(3, { unknown: [{ id: '0xe1', hex: 'ffff' }] }), running: undefined, because: 'the item is shorter than that' },
]) {
  test(`the pump ${running === undefined ? 'is not known' : running ? 'runs' : 'stands'}: ${because}`, () => assert.equal(pumpOf(signal, position), running))
}

test('since when a pump runs is told by the first position of those that say so without a break', () => {
  const at = (second: number) => `2026-07-20T08:00:${String(second).padStart(2, '0')}+08:00`
  const told = newestPump('inputs:0', [said(3, { inputs: 1 }, at(30)), said(3, { inputs: 1 }, at(20)), said(3, { inputs: 0 }, at(10)), said(3, {}, at(40))])
  assert.deepEqual(told, { running: true, at: Date.parse(at(30)), since: Date.parse(at(20)) })
})

test('of a silent truck nobody knows whether it pumps', () => {
  const told = { running: true, at: minute(0).toISOString(), since: minute(0).toISOString() }
  assert.deepEqual((['still', 'silent', 'never'] as const).map((doing) => pumpState(told, doing).pump), ['running', 'unknown', 'unknown'])
  assert.equal(pumpState(null, 'still').pump, 'unknown')
})

test('the nearest free truck comes first, and one that was not heard of lately last', () => {
  const trucks = [
    { code: 'A', position: [116.3, 40] as [number, number], free: true, doing: 'silent' },
    { code: 'B', position: [116.31, 40] as [number, number], free: true, doing: 'still' },
    { code: 'C', position: [116.301, 40] as [number, number], free: false, doing: 'still' },
    { code: 'D', position: [116.302, 40] as [number, number], free: true, doing: 'moving' },
  ]
  assert.deepEqual(nearestTrucks([116.3, 40], trucks).map(({ truck, metres }) => [truck.code, metres]), [['D', 170], ['B', 852], ['A', 0]])
})
