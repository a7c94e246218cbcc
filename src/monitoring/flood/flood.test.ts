import assert from 'node:assert/strict'
import { test } from 'node:test'
import { courseOf, rainOver, spanOf, weightsOf } from './course.ts'
import { binOf, BIN_MS, depthOf, findEvents, mostWithin, rarityOf, yearsOf, type Fallen } from './rain.ts'
import { fit, forecast, isRaining, reaches, type Course } from './response.ts'
import { DEFAULT_SETTINGS } from './settings.ts'

const NOON = Date.parse('2026-07-18T12:00:00+08:00')
const HOUR = 12

/** At a gauge, so many millimetres in each five minutes from a step on. */
const falls = (gauge: string, step: number, ...mm: number[]): Fallen[] => mm.map((each, i) => ({ gauge, at: NOON + (step + i + 1) * BIN_MS, mm: each }))
const asked = (fallen: readonly Fallen[], hours = 48) => ({ fallen, reporting: () => 4, now: NOON + hours * HOUR * BIN_MS })
const steps = (ms: number | null) => (ms === null ? null : (ms - NOON) / BIN_MS)

for (const { fallen, hours, found, because } of [
  { fallen: falls('A', 0, 3, 4, 2), hours: 48, found: [[0, 3]], because: 'one gauge is enough' },
  { fallen: ['A', 'B', 'C', 'D'].flatMap((gauge) => falls(gauge, 2, ...Array.from({ length: 24 }, () => 0.2))), hours: 48, found: [[2, 26]], because: 'it rains a little everywhere' },
  { fallen: falls('A', 0, 0.2, 0.2, 0.2), hours: 48, found: [], because: 'a drizzle at one gauge is no event' },
  { fallen: [...falls('A', 0, 3), ...falls('B', 20, 3)], hours: 48, found: [[0, 21]], because: 'a pause of less than two hours does not end it' },
  { fallen: [...falls('A', 0, 3), ...falls('B', 30, 3)], hours: 48, found: [[0, 1], [30, 31]], because: 'after two dry hours another one begins' },
  { fallen: falls('A', 0, 3), hours: 1, found: [[0, null]], because: 'it is not over yet' },
  { fallen: falls('A', 0, 0.6, 0.6), hours: 48, found: [], because: 'so little in all was no event' },
] as const) {
  test(`rain: ${because}`, () => {
    const events = findEvents(asked(fallen, hours), DEFAULT_SETTINGS)

    assert.deepEqual(events.map(({ beganAt, endedAt }) => [steps(beganAt), steps(endedAt)]), found)
  })
}

test('an event knows what fell at each gauge, and the most of it in 5, 60 and 1,440 minutes', () => {
  const [event] = findEvents(asked([...falls('A', 0, 1, 5, 2), ...falls('A', 14, 4), ...falls('B', 1, 9)]), DEFAULT_SETTINGS)

  assert.deepEqual(event!.stations, [
    { gauge: 'A', total: 12, most: [5, 8, 12] },
    { gauge: 'B', total: 9, most: [9, 9, 9] },
  ])
  assert.equal(mostWithin(falls('A', 0, 1, 1, 1, 1), 10), 2)
})

test('rain that the formula gives for ten years is found to come once in ten years', () => {
  const { storm } = DEFAULT_SETTINGS

  for (const years of [0.5, 1, 10, 50]) assert.ok(Math.abs(yearsOf(storm, 60, depthOf(storm, 60, years))! - years) < 1e-6)
  assert.equal(yearsOf(storm, 60, 1), null, 'less than the formula knows')
  assert.equal(yearsOf(storm, 1440, 100), null, 'longer than the formula is for')
  assert.equal(yearsOf(storm, 60, 500), 200, 'no more than anyone has measured')
  const rarest = rarityOf(storm, [{ gauge: 'A', total: 90, most: [5, depthOf(storm, 60, 3), 90] }, { gauge: 'B', total: 60, most: [4, depthOf(storm, 60, 8), 60] }])
  assert.deepEqual([rarest!.gauge, rarest!.minutes, Math.round(rarest!.years)], ['B', 60, 8])
})

test('a reading belongs to the five minutes that it ends', () => {
  assert.deepEqual([binOf(NOON), binOf(NOON + 1), binOf(NOON + BIN_MS)].map(steps), [0, 1, 1])
})

test('the rain at a point is that of its gauges, the near ones before the far', () => {
  const weights = weightsOf([{ gauge: 'A', metres: 1_000 }, { gauge: 'B', metres: 2_000 }])

  assert.deepEqual(weights, [{ gauge: 'A', weight: 0.8 }, { gauge: 'B', weight: 0.2 }])
  const rain = rainOver([...falls('A', 0, 5), ...falls('B', 0, 10), ...falls('C', 0, 99)], weights, NOON, NOON + 2 * BIN_MS)
  assert.deepEqual(rain, [0, 6, 0])
})

// ── Water

/** Water under a bridge: half of the rain of the last quarter of an hour beyond 2 mm stands, a tenth of it runs off in each step. */
function underBridge(peak: number, length = 72): Course {
  const rain = Array.from({ length }, (_, i) => Math.max(0, peak * (1 - Math.abs(i - 20) / 8)))
  let cm = 0
  const level = rain.map((_, i) => (cm = cm * 0.9 + 0.5 * Math.max(0, (rain[i]! + (rain[i - 1] ?? 0) + (rain[i - 2] ?? 0)) / 3 - 2) * 4))
  return { rain, level, base: 0 }
}

test('no forecast is made where the past tells nothing', () => {
  assert.equal(fit([]), 'no-rain')
  assert.equal(fit([underBridge(1)]), 'never-rose')
  const { rain, level } = underBridge(10)
  assert.equal(fit([{ rain: rain.toReversed(), level, base: 0 }]), 'unlike', 'the water was there before the rain')
})

test('what was learned of some storms foretells another: most of it lies within the bounds', () => {
  const fitted = fit([underBridge(6), underBridge(9), underBridge(12)])
  assert.ok(typeof fitted !== 'string')
  const { rain, level } = underBridge(10.5)

  let [inside, all] = [0, 0]
  for (let now = 15; now < 50; now++) {
    for (const [lead, { low, high }] of forecast(fitted, rain.slice(0, now + 1), level[now]!, 0).entries()) {
      all++
      if (level[now + lead + 1]! >= low && level[now + lead + 1]! <= high) inside++
    }
  }
  assert.equal(fitted.rains, 3)
  assert.ok(inside / all >= 0.75, `${inside} of ${all}`)
})

test('of one storm alone less is known than of three', () => {
  const [one, three] = [fit([underBridge(9)]), fit([underBridge(6), underBridge(9), underBridge(12)])]
  assert.ok(typeof one !== 'string' && typeof three !== 'string')
  const { rain, level } = underBridge(10)
  const wide = (fitted: typeof one) => {
    const { low, high } = forecast(fitted, rain.slice(0, 19), level[18]!, 0)[3]!
    return high - low
  }

  assert.ok(wide(one) > wide(three))
})

test('a dry point in dry weather stays dry', () => {
  const fitted = fit([underBridge(9)])
  assert.ok(typeof fitted !== 'string')

  const foreseen = forecast(fitted, Array.from({ length: 36 }, () => 0), 0, 0)
  assert.ok(foreseen.every(({ value, high }) => value === 0 && high < 1))
  assert.ok(!isRaining([0.2, 0.3, 0.4]))
  assert.ok(isRaining([0.2, 0.3, 0.6]))
})

test('minutes to a limit are read between the steps, with the soonest and the latest', () => {
  const foreseen = [5, 10, 15, 20].map((minutes) => ({ minutes, value: 10 + minutes, low: 10 + minutes / 2, high: 10 + minutes * 2 }))

  assert.deepEqual(reaches([8, 17, 27, 60], 10, foreseen), [
    { limit: 8, minutes: 0, soonest: 0, latest: 0 },
    { limit: 17, minutes: 7, soonest: 4, latest: 14 },
    { limit: 27, minutes: 17, soonest: 9, latest: null },
    { limit: 60, minutes: null, soonest: null, latest: null },
  ])
})

test('a course begins an hour before its rain, and its base is what stood there then', () => {
  const [from, to] = spanOf({ beganAt: NOON, endedAt: NOON + HOUR * BIN_MS })
  const { level, base } = courseOf(rainOver([], [], from, to), [{ at: NOON - 1, cm: 6 }, { at: NOON - 4 * BIN_MS, cm: 4 }, { at: NOON - 8 * BIN_MS, cm: 5 }, { at: NOON + 1, cm: 30 }], from)

  assert.deepEqual([steps(from), steps(to), base, level[13]], [-12, 48, 5, 30])
})
