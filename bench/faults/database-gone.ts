// The database killed with -9 again and again while readings come in.

import { setTimeout as sleep } from 'node:timers/promises'
import { round, type Finding } from '../measure.ts'
import { A_MESSAGE, compare, enter, gauge, GAUGES, jsonOf, killDatabase, Stream, whileUp, type World } from './world.ts'

const KILLS = 5
const BETWEEN_MS = 2_000
const IN_FLIGHT = 2
const PACE_MS = 100

export async function measureDatabaseGone(world: World): Promise<Finding> {
  // Behind what the burst has sent.
  const streams = Array.from({ length: GAUGES }, (_, i) => new Stream(gauge(i), Date.now() - 55_000_000))
  return whileUp(world, async ({ base }) => {
    let going = true
    const lanes = streams.map(async (stream) => {
      const client = await enter(world.mqttPort, stream.code, world.keys[stream.code])
      const lane = async () => {
        while (going) {
          const times = stream.take(A_MESSAGE)
          await client.publishAsync(`chengyun/${stream.code}`, jsonOf(times), { qos: 1 })
          stream.acknowledge(times)
          await sleep(PACE_MS)
        }
      }
      await Promise.all(Array.from({ length: IN_FLIGHT }, lane))
      await client.endAsync()
    })
    const away: number[] = []
    for (let kill = 0; kill < KILLS; kill++) {
      await sleep(BETWEEN_MS + kill * 137)
      await killDatabase(world.folder)
      const from = performance.now()
      await sleep(100)
      while (!(await fetch(`${base}/readyz`).then((reply) => reply.ok, () => false))) await sleep(50)
      away.push(performance.now() - from)
    }
    await sleep(BETWEEN_MS)
    going = false
    await Promise.all(lanes)
    const found = await compare(world, streams)
    return {
      what: `the database killed with -9 ${KILLS} times under load of ${GAUGES} devices`,
      goal: 'acknowledged = stored',
      figure: `${found.acknowledged.toLocaleString('en')} acknowledged, ${found.missing.length} of them lost, ${found.doubled} doubled; back after ${round(Math.max(...away) / 1_000, 1)} s at most`,
      met: found.acknowledged > 0 && found.missing.length === 0 && found.doubled === 0,
      detail: { acknowledged: found.acknowledged, stored: found.stored, doubled: found.doubled, kills: KILLS, backMs: Math.round(Math.max(...away)) },
    }
  })
}
