import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Reason } from '../gate.ts'
import type { Location } from '../jt808/index.ts'
import { positionAt } from '../jt808/testing.ts'
import { judgeRegistration } from './admission.ts'
import { doingOf } from './doing.ts'
import { newestOf, readPosition, type PositionRow } from './position.ts'
import { linesOf, placeAt, type TrackPoint } from './replay.ts'
import { metresOf, stopsOf, thinTrack, withoutLeaps, type Fix } from './track.ts'

const vehicle = { phone: '13900000001', state: 'in_service', terminal: null } as const

for (const { known, phone, result, because } of [
  { known: vehicle, phone: '013900000001', result: 0, because: 'it is the terminal of this vehicle, in the version of 2013' },
  { known: vehicle, phone: '00000000013900000001', result: 0, because: 'it is the terminal of this vehicle, in the version of 2019' },
  { known: undefined, phone: '013900000001', result: 2, because: 'the city knows no such plate' },
  { known: { ...vehicle, state: 'retired' as const }, phone: '013900000001', result: 2, because: 'the vehicle is retired' },
  { known: vehicle, phone: '013900000002', result: 4, because: 'it is not the terminal of this vehicle' },
  { known: { ...vehicle, terminal: 'M/1' }, phone: '013900000001', result: 0, because: 'it registers once more' },
  { known: { ...vehicle, terminal: 'M/2' }, phone: '013900000001', result: 1, because: 'another terminal is bound to the vehicle' },
]) {
  test(`a registration is answered with ${result}: ${because}`, () => assert.equal(judgeRegistration(known, phone, 'M/1'), result))
}

const NOW = Date.parse('2026-06-10T10:00:00+08:00')
const said = (over: Partial<Location> = {}, at = NOW) => readPosition(7, positionAt(at, [112.55, 37.87], over), NOW)

for (const { over, at, verdict, because } of [
  { over: { at: null }, at: NOW, verdict: 'damaged', because: 'it has no time' },
  { over: { position: [1125.5, 37.87] }, at: NOW, verdict: 'out-of-range', because: 'it is off the globe' },
  { over: {}, at: NOW + 6 * 60_000, verdict: 'in-future', because: 'its clock runs ahead' },
  { over: {}, at: NOW - 401 * 86_400_000, verdict: 'too-old', because: 'it is older than what is kept' },
] as { over: Partial<Location>; at: number; verdict: Reason; because: string }[]) {
  test(`a position is refused as ${verdict}: ${because}`, () => assert.equal(said(over, at), verdict))
}

test('a position is stored narrow: millionths of degrees, tenths of km/h, words of 32 bits as they came', () => {
  assert.deepEqual(said({ speedKmh: 36.5, courseDeg: 360, status: 0x8000_0003, altitudeM: 60_000 }), [NOW, 7, 112_550_000, 37_870_000, -0x7fff_fffd, 0, 365, 0, 32_767])
})

test('the newest of a vehicle is its newest row, with the newest place that had a fix', () => {
  const row = (vehicle: number, at: number, status: number): PositionRow => [at, vehicle, at, at, status, 0, 0, 0, 0]
  const rows = [row(1, 1, 3), row(1, 2, 1), row(2, 5, 1), row(3, 1, 3)]

  assert.deepEqual(newestOf(rows), [
    { row: rows[1], fixed: rows[0] },
    { row: rows[2], fixed: undefined },
    { row: rows[3], fixed: rows[3] },
  ])
})

for (const { latest, doing } of [
  { latest: undefined, doing: 'never' },
  { latest: { at: new Date(NOW - 11 * 60_000), speed: 300 }, doing: 'silent' },
  { latest: { at: new Date(NOW - 60_000), speed: 300 }, doing: 'moving' },
  { latest: { at: new Date(NOW - 60_000), speed: 20 }, doing: 'still' },
] as const) {
  test(`a vehicle is ${doing} ${latest ? `at ${latest.speed / 10} km/h ${(NOW - +latest.at) / 60_000} min ago` : 'before its first position'}`, () =>
    assert.equal(doingOf(latest, NOW), doing))
}

const METRE = 1 / 111_195
const fix = (seconds: number, east: number, north: number, kmh = 36): Fix => ({ at: NOW + seconds * 1000, lng: east * METRE, lat: north * METRE, kmh, bearing: 90 })

/** A kilometre east at 10 m/s, five minutes of standing there, a kilometre north. */
const errand = [
  ...Array.from({ length: 101 }, (_, i) => fix(i, i * 10, 0)),
  ...Array.from({ length: 30 }, (_, i) => fix(110 + i * 10, 1000 + (i % 3), i % 2, 0)),
  ...Array.from({ length: 101 }, (_, i) => fix(410 + i, 1000, i * 10)),
]

test('a halt is told with its beginning, its end and its place, and its trembling is no way', () => {
  const stops = stopsOf(errand)

  assert.equal(stops.length, 1)
  const [{ from, to, position }] = stops as [(typeof stops)[0]]
  assert.ok(Math.abs((from - NOW) / 1000 - 96) <= 2 && Math.abs((to - NOW) / 1000 - 414) <= 2, `${from - NOW} ${to - NOW}`)
  assert.ok(Math.abs(position[0] / METRE - 1000) < 10 && Math.abs(position[1] / METRE) < 10)
  // Up to 40 m on either side of a halt count as the halt.
  assert.ok(Math.abs(metresOf(errand, stops) - 2000) < 90, String(metresOf(errand, stops)))
})

test('a track thinned to few points still shows the turn and the halt', () => {
  const thin = thinTrack(errand, 8)

  assert.equal(thin.length, 8)
  assert.deepEqual([thin[0], thin.at(-1)], [errand[0], errand.at(-1)])
  // Wherever one was, the few points say so to some metres.
  for (const { at, lng, lat } of errand) {
    const next = Math.max(1, thin.findIndex((each) => each.at >= at))
    const [a, b] = [thin[next - 1]!, thin[next]!]
    const share = (at - a.at) / (b.at - a.at)
    const away = Math.hypot(a.lng + (b.lng - a.lng) * share - lng, a.lat + (b.lat - a.lat) * share - lat) / METRE
    assert.ok(away < 12, `${away} m after ${(at - NOW) / 1000} s`)
  }
})

test('what is few enough is not thinned, and a stop is kept whatever it weighs', () => {
  assert.equal(thinTrack(errand, 1000).length, errand.length)
  const straight = Array.from({ length: 500 }, (_, i) => fix(i, i * 10, 0))
  assert.ok(thinTrack(straight, 20, [250]).includes(straight[250]!))
})

test('a fix that no vehicle could have reached is left out, and a vehicle that was carried goes on from there', () => {
  const leap = [fix(0, 0, 0), fix(1, 10, 0), fix(2, 90_000, 0), fix(3, 30, 0)]
  assert.deepEqual(withoutLeaps(leap), [leap[0], leap[1], leap[3]])
  const carried = [fix(0, 0, 0), ...Array.from({ length: 10 }, (_, i) => fix(i + 1, 90_000 + i, 0))]
  assert.equal(withoutLeaps(carried).length, 7)
})

const points: TrackPoint[] = [
  [NOW, 112, 37, 30, 90],
  [NOW + 60_000, 112.01, 37, 20, 90],
  [NOW + 60 * 60_000, 112.02, 37, 10, 0],
]

for (const { seconds, lng, kmh, because } of [
  { seconds: -10, lng: 112, kmh: 30, because: 'before its first position it is there' },
  { seconds: 30, lng: 112.005, kmh: 30, because: 'between two it is on the way' },
  { seconds: 600, lng: 112.01, kmh: 20, because: 'in a gap it stays where it was seen last' },
  { seconds: 9_999, lng: 112.02, kmh: 0, because: 'behind the last it has stopped' },
]) {
  test(`a replay shows where a vehicle was: ${because}`, () => {
    const placed = placeAt(points, NOW + seconds * 1000)!

    assert.ok(Math.abs(placed.position[0] - lng) < 1e-9)
    assert.equal(placed.kmh, kmh)
  })
}

test('a line is drawn only where something is known', () => {
  assert.deepEqual(linesOf(points), [[[112, 37], [112.01, 37]]])
  assert.deepEqual([placeAt([], NOW), linesOf([])], [undefined, []])
})
