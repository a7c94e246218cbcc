// Devices whose clocks are hours ahead or years behind, beside one whose clock is right.

import { inLanes, quantile, round, type Finding } from '../measure.ts'
import { CALM, compare, counted, enter, gauge, meanwhile, sayTimes, Stream, whileUp, type World } from './world.ts'

const MESSAGES = 2_000
const IN_FLIGHT = 25
const HOUR = 3_600_000
const SKEWS = [
  { code: gauge(0), byMs: 2 * HOUR, reason: 'in-future' },
  { code: gauge(1), byMs: 11 * HOUR, reason: 'in-future' },
  { code: gauge(2), byMs: -2 * 366 * 24 * HOUR, reason: 'too-old' },
  { code: gauge(3), byMs: -20 * 366 * 24 * HOUR, reason: 'too-old' },
] as const

export async function measureClocksWrong(world: World): Promise<Finding> {
  return whileUp(world, async () => {
    const before = await counted(world, 'mqtt')
    const calm = await enter(world.mqttPort, CALM, world.keys[CALM])
    const sound = new Stream(CALM, 0)
    let at = 0
    const samples = await meanwhile(
      async () => {
        at = Math.max(at + 1, Date.now())
        const said = at
        await calm.publishAsync(`chengyun/${CALM}/level`, JSON.stringify({ at: said, value: 1 }), { qos: 1 })
        sound.acknowledge([said])
      },
      async () => {
        await Promise.all(
          SKEWS.map(async ({ code, byMs }) => {
            const client = await enter(world.mqttPort, code, world.keys[code])
            await inLanes(IN_FLIGHT, MESSAGES, async (_, i) => void (await client.publishAsync(`chengyun/${code}/level`, JSON.stringify({ at: Date.now() + byMs + i, value: 1 }), { qos: 1 })))
            await client.endAsync()
          }),
        )
      },
    )
    await calm.endAsync()
    const after = await counted(world, 'mqtt')
    const fresh = (reason: string) => (after.counts.get(reason) ?? 0) - (before.counts.get(reason) ?? 0)
    const served = await compare(world, [sound])
    const [ahead, behind] = [fresh('in-future'), fresh('too-old')]
    const due = (reason: string) => MESSAGES * SKEWS.filter((each) => each.reason === reason).length
    return {
      what: 'devices whose clocks are 2 and 11 hours ahead, 2 and 20 years behind',
      goal: 'counted, in quarantine, another served',
      figure: `${ahead} of the future and ${behind} too old counted, ${after.kept - before.kept} kept whole; another device: ${served.acknowledged} acknowledged, ${served.missing.length} lost, ${sayTimes(samples)}`,
      met: ahead === due('in-future') && behind === due('too-old') && after.kept > before.kept && served.missing.length === 0 && served.acknowledged > 0,
      detail: { ahead, behind, kept: after.kept - before.kept, served: served.acknowledged, p99: round(quantile(samples, 0.99)) },
    }
  })
}
