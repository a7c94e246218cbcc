import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Position } from '../../contract.ts'
import { findWay, wayLength } from './way.ts'

// Metres east and north of a corner of the city.
const at = (x: number, y: number): Position => [116.3 + x / 111_195 / Math.cos((40 * Math.PI) / 180), 40 + y / 111_195]
const road = (...points: [number, number][]) => points.map(([x, y]) => at(x, y))

for (const { because, roads, metres } of [
  { because: 'it follows the corner', roads: [road([0, 0], [100, 0]), road([100, 0], [100, 100])], metres: 200 },
  { because: 'roads cross without a common point', roads: [road([0, 0], [200, 0]), road([100, -50], [100, 100])], metres: 200 },
  {
    because: 'a road cut by the edge of a tile is whole',
    roads: [road([0, 0], [50, 0]), road([51, 0], [100, 0]), road([100, 0], [100, 100])],
    metres: 200,
  },
  {
    because: 'the shorter of two ways is taken',
    roads: [road([0, 0], [100, 0], [100, 100]), road([0, 0], [0, 300], [100, 300], [100, 100])],
    metres: 200,
  },
]) {
  test(`the way to a task is along the roads: ${because}`, () => {
    const way = findWay(roads, at(0, 0), at(100, 100))

    assert.ok(way)
    assert.ok(Math.abs(wayLength(way) - metres) < 3, `${wayLength(way)}`)
  })
}

test('where no road leads to the task there is no way along roads', () => {
  assert.equal(findWay([road([0, 0], [50, 0]), road([100, 60], [100, 100])], at(0, 0), at(100, 100)), undefined)
  assert.equal(findWay([], at(0, 0), at(100, 100)), undefined)
})
