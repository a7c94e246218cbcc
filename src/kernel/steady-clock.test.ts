import assert from 'node:assert/strict'
import { test } from 'node:test'
import { steadyClock } from './steady-clock.ts'

test('our clock never steps back, says once that the machine’s did, and waits for it at half pace', () => {
  const said: string[] = []
  let wall = 1_000_000
  let tick = 0
  const clock = steadyClock((line) => said.push(line), () => wall, () => tick)
  const pass = (ms: number, set = wall + ms) => {
    wall = set
    tick += ms
    return clock().getTime()
  }

  assert.equal(pass(100), 1_000_100)
  assert.equal(pass(100, 940_200), 1_000_150)
  assert.equal(pass(1_000), 1_000_650)
  assert.equal(said.length, 1)
  assert.match(said[0]!, /stepped back by 60 s/)
  assert.equal(pass(120_000), 1_061_200)
})
