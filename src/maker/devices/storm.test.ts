import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomFrom } from '../random.ts'
import type { Point } from '../shape.ts'
import { DRY, FLOOD_KINDS, layBasin, minuteOn } from './basin.ts'
import { fallen, lasts, layStorm, rainAt, reaches, shareAt, type Storm } from './storm.ts'

const PLACES: readonly Point[] = [[0, 0], [2_400, 300], [1_200, 2_100], [200, 1_800]]
const stormOf = (seed: number): Storm => layStorm(PLACES, { minutes: 90 }, randomFrom(seed, 'storm'))
const minutesOf = (storm: Storm) => Array.from({ length: Math.ceil(lasts(storm, PLACES)) + 1 }, (_, minute) => minute)

test('the same seed is the same storm, another seed another', () => {
  assert.deepEqual(stormOf(7), stormOf(7))
  assert.notDeepEqual(stormOf(7), stormOf(8))
})

for (const seed of [1, 2, 3]) {
  test(`what falls minute by minute is all that the storm brings (seed ${seed})`, () => {
    const storm = stormOf(seed)

    for (const place of PLACES) {
      const sum = minutesOf(storm).reduce((total, minute) => total + rainAt(storm, place, minute, minute + 1), 0)
      assert.ok(Math.abs(sum - storm.total * shareAt(storm, place)) < 1e-6, `${sum} mm`)
    }
  })

  test(`the rain is heaviest at its peak, and comes to each place in turn (seed ${seed})`, () => {
    const storm = stormOf(seed)

    for (const place of PLACES) {
      const rain = minutesOf(storm).map((minute) => rainAt(storm, place, minute, minute + 1))
      const peak = reaches(storm, place) + storm.peak * storm.minutes
      assert.ok(Math.abs(rain.indexOf(Math.max(...rain)) - peak) <= 1.5, `${peak}`)
    }
    assert.ok(Math.min(...PLACES.map((place) => reaches(storm, place))) >= 0)
  })
}

test('a design storm of twenty years brings some hundred millimetres in ninety minutes', () => {
  const { total } = stormOf(1)

  assert.ok(total > 80 && total < 120, `${total} mm`)
})

test('a storm has not begun before its first minute, and is over after its last', () => {
  const storm = stormOf(5)

  assert.deepEqual([fallen(storm, -1), fallen(storm, 0), fallen(storm, 90), fallen(storm, 500)], [0, 0, 1, 1])
})

for (const kind of FLOOD_KINDS) {
  test(`at a flood point (${kind}) the water rises behind the rain and drains away`, () => {
    const storm = stormOf(11)
    const basin = layBasin(kind, randomFrom(11, kind))
    const rain = Array.from({ length: 12 * 60 }, (_, minute) => rainAt(storm, storm.from, minute, minute + 1) * 1.4)
    let water = DRY
    const levels = rain.map((fell) => (water = minuteOn(basin, water, fell)).standing)

    const highest = Math.max(...levels)
    assert.ok(highest > 2 && highest <= basin.most, `${highest} cm`)
    assert.ok(levels.indexOf(highest) > rain.indexOf(Math.max(...rain)), 'behind the rain')
    assert.equal(levels.at(-1), 0)
  })
}

test('water that runs in stands or is drained, and none is made up', () => {
  const basin = { ratio: 10, delay: 10, drains: 0, base: 0, most: 1e9 }
  let water = DRY
  for (let minute = 0; minute < 5_000; minute++) water = minuteOn(basin, water, minute < 60 ? 1 : 0)

  // 60 mm on ten times its area.
  assert.ok(Math.abs(water.standing - 60) < 1e-6, `${water.standing} cm`)
})
