// Readings by the million at one moment, in messages of 20 to 1,000, from several connections.

import { setTimeout as sleep } from 'node:timers/promises'
import { quantile, round, seeded, type Finding } from '../measure.ts'
import { CALM, compare, enter, gauge, GAUGES, jsonOf, linesOf, meanwhile, mostMemory, sayTimes, Stream, whileUp, type World } from './world.ts'

const SIZES = [20, 50, 100, 200, 500, 1_000]
const MOST_MIB = 1_024

export async function measureBurst(world: World, readings: number, seed: number): Promise<Finding> {
  const chance = seeded(seed)
  const each = Math.ceil(readings / GAUGES)
  const streams = Array.from({ length: GAUGES }, (_, i) => new Stream(gauge(i), Date.now() - (each + 60_000) * 1_000))
  const messages = streams.map((stream) => {
    const sizes: number[] = []
    for (let left = each; left > 0; left -= sizes.at(-1)!) sizes.push(Math.min(left, SIZES[Math.floor(chance() * SIZES.length)]!))
    return sizes.map((size) => stream.take(size))
  })
  return whileUp(world, async ({ pid, base }) => {
    let again = 0
    const startedAt = performance.now()
    const calm = await enter(world.mqttPort, CALM, world.keys[CALM])
    const { before, most, after, done } = await mostMemory(pid, () =>
      meanwhile(
        () => calm.publishAsync(`chengyun/${CALM}/level`, '1', { qos: 1 }),
        async () => {
          // Half over MQTT, all at once; half over HTTP, one request after the other on each of the connections.
          const overMqtt = streams.slice(0, GAUGES / 2).map(async (stream, i) => {
            const client = await enter(world.mqttPort, stream.code, world.keys[stream.code])
            await Promise.all(
              messages[i]!.map(async (times) => {
                await client.publishAsync(`chengyun/${stream.code}`, jsonOf(times), { qos: 1 })
                stream.acknowledge(times)
              }),
            )
            await client.endAsync()
          })
          const overHttp = streams.slice(GAUGES / 2).map(async (stream, i) => {
            for (const times of messages[GAUGES / 2 + i]!) again += await post(base, stream, world.keys[stream.code]!, times)
          })
          await Promise.all([...overMqtt, ...overHttp])
        },
      ),
    )
    await calm.endAsync()
    const seconds = (performance.now() - startedAt) / 1_000
    const found = await compare(world, streams)
    const count = each * GAUGES
    return {
      what: `${count.toLocaleString('en')} readings in one burst, 20–1,000 a message, ${GAUGES} connections, half of them MQTT`,
      goal: `acknowledged = stored, < ${MOST_MIB} MiB`,
      figure: `${found.acknowledged.toLocaleString('en')} acknowledged, ${found.stored.toLocaleString('en')} stored, ${found.doubled} doubled, in ${round(seconds, 1)} s; program ${before} → at most ${most} MiB; another device meanwhile: ${sayTimes(done)}`,
      met: found.acknowledged === count && found.stored === count && found.doubled === 0 && most < MOST_MIB,
      detail: { acknowledged: found.acknowledged, stored: found.stored, doubled: found.doubled, before, most, after, toldToComeAgain: again, p99: round(quantile(done, 0.99)) },
    }
  })
}

/** Sends until it is taken; how often it was told to come again. */
async function post(base: string, stream: Stream, key: string, times: readonly number[]): Promise<number> {
  const headers = { 'content-type': 'text/plain', authorization: `Basic ${Buffer.from(`${stream.code}:${key}`).toString('base64')}` }
  for (let again = 0; ; again++) {
    const reply = await fetch(`${base}/api/readings`, { method: 'POST', headers, body: linesOf(stream.code, times) })
    const body = (await reply.json()) as { taken?: number }
    if (reply.status === 200 && body.taken === times.length) {
      stream.acknowledge(times)
      return again
    }
    if (reply.status !== 429) throw new Error(`${reply.status} ${JSON.stringify(body)}`)
    await sleep(Number(reply.headers.get('retry-after')) * 1_000)
  }
}
