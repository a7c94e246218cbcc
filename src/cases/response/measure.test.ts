import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Position } from '../../kernel/contract.ts'
import { click, expectedAt, hearPosition, marksChanged, quantile, receive, stamp, type Course } from './measure.ts'
import { markDue, markLate, PROFILES } from './profile.ts'

const PLACE: Position = [116.32, 40]
/** East of the case by metres. */
const east = (metres: number): Position => [PLACE[0] + metres / (111_320 * Math.cos((40 * Math.PI) / 180)), PLACE[1]]
const ordered = new Date('2026-06-10T10:00:00+08:00')
const after = (seconds: number) => new Date(+ordered + seconds * 1000)
const course: Course = {
  place: PLACE,
  geofenceMetres: 50,
  orderedAt: ordered,
  start: null,
  marks: {},
  claims: {},
  seenAt: null,
  seenMetres: null,
  nearing: null,
}
/** Positions by seconds after the order and metres from the case. */
const walked = (...steps: readonly (readonly [seconds: number, metres: number])[]) =>
  steps.reduce((now, [seconds, metres]) => hearPosition(now, east(metres), 10, after(seconds)), course)

for (const { steps, left, arrived, because } of [
  { steps: [[10, 400], [20, 390]], left: undefined, arrived: undefined, because: 'ten metres are the wandering of a signal' },
  { steps: [[10, 400], [60, 330]], left: 60, arrived: undefined, because: 'seventy metres are on the way' },
  { steps: [[10, 400], [60, 330], [150, 49]], left: 60, arrived: 150, because: 'inside of the geofence is there' },
  { steps: [[10, 400], [60, 330], [150, 51]], left: 60, arrived: undefined, because: 'a metre outside is not' },
  { steps: [[10, 20]], left: 10, arrived: 10, because: 'whoever stands there has left and arrived' },
  { steps: [[10, 400], [150, 30], [300, 900], [400, 20]], left: 150, arrived: 150, because: 'the first arrival stays' },
] as const) {
  test(`left ${left ?? 'not'}, arrived ${arrived ?? 'not'}: ${because}`, () => {
    const { marks } = walked(...steps)

    assert.deepEqual([marks.left?.at, marks.arrived?.at], [left && after(left), arrived && after(arrived)])
    for (const mark of Object.values(marks)) assert.equal(mark.how, 'measured')
  })
}

test('a position that the device itself doubts measures nothing', () => {
  assert.equal(hearPosition(course, PLACE, 150, after(10)), course)
  assert.ok(hearPosition(course, PLACE, undefined, after(10)).marks.arrived)
})

test('a word stands until the device measures otherwise, and is kept beside it', () => {
  const said = click(walked([10, 400]), 'arrived', after(60))
  const measured = hearPosition(said, east(10), 5, after(300))

  assert.deepEqual(said.marks.arrived, { at: after(60), how: 'clicked' })
  assert.deepEqual(measured.marks.arrived, { at: after(300), how: 'measured' })
  assert.equal(measured.claims.arrived, after(60).toISOString())
  assert.deepEqual(marksChanged(said, measured), ['left', 'arrived'])
})

test('a word changes nothing that was measured, and a second word nothing that was said', () => {
  const measured = walked([10, 10])
  const said = click(course, 'accepted', after(5))

  assert.deepEqual(click(measured, 'arrived', after(500)).marks.arrived, measured.marks.arrived)
  assert.deepEqual(stamp(said, 'accepted', after(90), 'clicked').marks.accepted?.at, after(5))
})

test('whoever taps has the order on the device', () => {
  assert.deepEqual(click(course, 'accepted', after(20)).marks.received, { at: after(20), how: 'measured' })
  assert.deepEqual(click(receive(course, after(3)), 'accepted', after(20)).marks.received, { at: after(3), how: 'measured' })
})

test('the arrival that is expected follows the pace', () => {
  const going = walked([0, 650], [60, 450], [120, 250])

  assert.equal(Math.round((+expectedAt(going)! - +ordered) / 1000), 180)
  assert.equal(expectedAt(walked([0, 650], [60, 650])), undefined)
  assert.equal(expectedAt(walked([0, 650], [60, 20])), undefined)
})

for (const { profile, mark, seconds, late } of [
  { profile: '135', mark: 'received', seconds: 60, late: false },
  { profile: '135', mark: 'received', seconds: 61, late: true },
  { profile: '135', mark: 'left', seconds: 181, late: true },
  { profile: '135', mark: 'arrived', seconds: 300, late: false },
  { profile: '135', mark: 'finished', seconds: 9999, late: undefined },
  { profile: '103060', mark: 'left', seconds: 600, late: false },
  { profile: '103060', mark: 'arrived', seconds: 1801, late: true },
  { profile: '103060', mark: 'finished', seconds: 3600, late: false },
  { profile: 'filing-24h', mark: 'finished', seconds: 86_401, late: true },
] as const) {
  test(`${mark} of ${profile} after ${seconds} s is ${late ? 'late' : late === undefined ? 'without a limit' : 'in time'}`, () => {
    assert.equal(markLate(profile, mark, ordered, after(seconds), after(99_999)), late)
  })
}

test('a mark that has not come is late when its time is over', () => {
  assert.equal(markLate('135', 'arrived', ordered, null, after(299)), false)
  assert.equal(markLate('135', 'arrived', ordered, null, after(301)), true)
  assert.equal(markDue('135', 'accepted', ordered), undefined)
})

test('every limit of every profile can be measured', () => {
  for (const { minutes } of Object.values(PROFILES)) assert.ok(!Object.hasOwn(minutes, 'accepted'))
})

test('a share of samples lies below a quantile', () => {
  assert.deepEqual([quantile([1, 2, 3, 4], 0.5), quantile([1, 2, 3, 4], 0.9), quantile([], 0.5)], [2, 4, null])
})

/** The same numbers each time: this test must fail twice alike. */
function randomly(seed: number): () => number {
  let state = seed
  return () => (state = (state * 48271) % 2147483647) / 2147483647
}

const SEED = 11_20

test(`of 2,000 crews with a trembling signal every arrival is measured within ten seconds of the truth, seed ${SEED}`, () => {
  const random = randomly(SEED)
  // Twelve uniform numbers make a bell of variance one.
  const bell = () => Array.from({ length: 12 }, random).reduce((sum, each) => sum + each, -6)
  let worst = 0
  for (let crew = 0; crew < 2000; crew++) {
    const pace = 3 + random() * 12
    const begins = 200 + random() * 2000
    const truth = (begins - 50) / pace
    let now = course
    let at = random() * 5
    for (; !now.marks.arrived && at < truth + 120; at += 5) {
      const away = Math.max(0, begins - pace * at)
      // Four metres of noise, the same for a while, as that of a receiver is.
      now = hearPosition(now, east(away + 4 * bell()), 8, after(at))
    }
    assert.ok(now.marks.arrived, `crew ${crew} never arrived`)
    worst = Math.max(worst, Math.abs((+now.marks.arrived.at - +ordered) / 1000 - truth))
  }
  assert.ok(worst <= 10, `${worst} s`)
})
