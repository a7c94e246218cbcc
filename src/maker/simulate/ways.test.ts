import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Point } from '../shape.ts'
import { Sortie } from './sortie.ts'
import { demoWays, wayBetween } from './ways.ts'

/** Four corners of a square of 100 m, of which the street between the first and the last is missing. */
const square = { corners: [[0, 0], [100, 0], [100, 100], [0, 100]] as Point[], next: [[1], [0, 2], [1, 3], [2]] }

test('the way goes along the streets, round where there is none', () => {
  assert.deepEqual(wayBetween(square, [0, -5], [0, 95]), [[0, -5], [0, 0], [100, 0], [100, 100], [0, 100], [0, 95]])
  assert.deepEqual(wayBetween({ ...square, next: [[1, 3], [0, 2], [1, 3], [2, 0]] }, [0, -5], [0, 95]), [[0, -5], [0, 0], [0, 100], [0, 95]])
  assert.deepEqual(wayBetween(square, [9_000, 0], [0, 95]), [[9_000, 0], [0, 95]], 'where there is no street, straight')
})

test('across the demo city a truck drives by many corners, each a little further, and arrives', () => {
  const [from, to] = [[116.3107, 39.9923], [116.3297, 40.0105]] as const
  const way = demoWays()(from, to)
  assert.ok(way.length > 10, String(way.length))
  const truck = new Sortie(from)
  truck.go(way)
  let steps = 0
  for (let before = truck.position; truck.moving && steps < 10_000; before = truck.position, steps++) {
    truck.advance(50)
    assert.ok(Math.hypot((truck.position[0] - before[0]) * 85_000, (truck.position[1] - before[1]) * 111_195) < 52)
  }
  assert.deepEqual(truck.position.map((each) => each.toFixed(6)), to.map((each) => each.toFixed(6)))
  assert.ok(steps > 50 && steps < 200, String(steps))
})
