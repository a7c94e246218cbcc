// A real Mosquitto, from which the city takes, ended and killed again and again while readings come in.

import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../../trials/program.ts'
import type { Finding } from '../measure.ts'
import { A_MESSAGE, compare, enter, gauge, jsonOf, Stream, whileUp, type World } from './world.ts'

const PUBLISHERS = 4
const RESTARTS = 4
const BETWEEN_MS = 3_000
const PACE_MS = 50
/** Until the city has found that the broker is back. */
const CITY_BACK_MS = 3_000
const UNSAVED_MS = 500
const MOSQUITTO = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'].map((folder) => join(folder, 'mosquitto')).find((path) => existsSync(path))

export async function measureBrokerGone(world: World, say: (line: string) => void): Promise<Finding[]> {
  if (!MOSQUITTO) {
    say('  Mosquitto is not installed: a broker that goes is left out')
    return []
  }
  return [await measureTopic(world, 'chengyun/#'), await measureTopic(world, '$share/city/chengyun/#')]
}

async function measureTopic(world: World, topic: string): Promise<Finding> {
  const shared = topic.startsWith('$share')
  const folder = await mkdtemp(join(tmpdir(), 'chengyun-broker-'))
  const port = await freePort()
  const lines = [`listener ${port} 127.0.0.1`, 'allow_anonymous true', 'user root', 'persistence true', `persistence_location ${folder}/`, 'autosave_on_changes true', 'autosave_interval 1', 'max_queued_messages 0']
  await writeFile(join(folder, 'mosquitto.conf'), `${lines.join('\n')}\n`)
  const start = () => spawn(MOSQUITTO!, ['-c', join(folder, 'mosquitto.conf')], { stdio: 'ignore' })
  let mosquitto = start()
  const killed: number[] = []
  const back: number[] = []
  const streams = Array.from({ length: PUBLISHERS }, (_, i) => new Stream(gauge(i), Date.now() - (shared ? 20_000_000 : 40_000_000)))
  try {
    return await whileUp(
      world,
      async () => {
        await sleep(CITY_BACK_MS)
        let going = true
        const lanes = streams.map(async (stream) => {
          const client = await enter(port, stream.code, undefined)
          while (going) {
            const times = stream.take(A_MESSAGE)
            await client.publishAsync(`chengyun/${stream.code}`, jsonOf(times), { qos: 1 })
            stream.acknowledge(times)
            await sleep(PACE_MS)
          }
          await client.endAsync()
        })
        for (let i = 0; i < RESTARTS; i++) {
          await sleep(BETWEEN_MS)
          if (i % 2 !== 0) killed.push(Date.now())
          await end(mosquitto, i % 2 === 0 ? 'SIGTERM' : 'SIGKILL')
          await sleep(500)
          mosquitto = start()
          back.push(Date.now())
        }
        await sleep(BETWEEN_MS)
        going = false
        await Promise.all(lanes)
        return tell(world, topic, streams, { killed, back })
      },
      { CHENGYUN_MQTT_URL: `mqtt://127.0.0.1:${port}`, CHENGYUN_MQTT_TOPIC: topic },
    )
  } finally {
    await end(mosquitto, 'SIGKILL')
    await rm(folder, { recursive: true, force: true })
  }
}

async function end(mosquitto: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (mosquitto.exitCode !== null || mosquitto.signalCode !== null) return
  const ended = once(mosquitto, 'exit')
  mosquitto.kill(signal)
  await ended
}

async function tell(world: World, topic: string, streams: readonly Stream[], { killed, back }: { readonly killed: readonly number[]; readonly back: readonly number[] }): Promise<Finding> {
  let found = await compare(world, streams)
  // What waits at the broker comes yet.
  for (let tries = 0; tries < 60 && found.missing.length > 0; tries++) {
    const before = found.missing.length
    await sleep(1_000)
    found = await compare(world, streams)
    if (tries > 5 && found.missing.length === before) break
  }
  const shared = topic.startsWith('$share')
  // It writes its memory to the disk now and then: killed with -9 it loses what it took a moment before and had not handed on.
  const within = (moments: readonly number[], from: number, to: number) => (at: number) => moments.some((moment) => at >= moment + from && at <= moment + to)
  const isUnsaved = within(killed, -UNSAVED_MS, 0)
  const isOrphaned = within(shared ? back : [], 0, CITY_BACK_MS)
  const unsaved = found.missing.filter(isUnsaved).length
  const orphaned = found.missing.filter((at) => isOrphaned(at) && !isUnsaved(at)).length
  const lost = found.missing.length - unsaved - orphaned
  return {
    what: `Mosquitto ended ${RESTARTS / 2} times and killed with -9 ${RESTARTS / 2} times under QoS 1 load, the city subscribes ${topic}`,
    goal: 'the city loses none',
    figure: `${found.acknowledged.toLocaleString('en')} readings acknowledged by Mosquitto, ${lost} lost by the city, ${found.doubled} doubled; by Mosquitto itself ${unsaved} not yet on its disk when killed${shared ? `, ${orphaned} while it had forgotten the shared subscription` : ''}`,
    met: found.acknowledged > 0 && lost === 0 && found.doubled === 0,
    detail: { acknowledged: found.acknowledged, stored: found.stored, lost, unsaved, orphaned, doubled: found.doubled },
  }
}
