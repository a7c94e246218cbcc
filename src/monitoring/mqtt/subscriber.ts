// Readings from a broker of others, by MQTT 5. What a connection has been given is acknowledged when it is committed.

import mqtt, { type MqttClient } from 'mqtt'
import { systemActor, type House, type Running } from '../../kernel/index.ts'
import { intake } from '../intake.ts'
import { readJson } from '../payload.ts'
import { readTopic } from './topic.ts'

/** A connection has one message in hand at a time, so several share a subscription; one that cannot be shared has one. */
const CONNECTIONS = 16
const AGAIN_MS = 1_000
/** Soon: a broker that forgot who shares a subscription gives what comes until then to nobody. */
const BACK_MS = 250
/** So long a broker keeps what comes while the program is away. */
const KEPT_SECONDS = 86_400

export interface Source {
  readonly url: string
  readonly topic: string
  /** By which the broker knows the program again: what came in between it gives then. */
  readonly name: string
}

export async function startSubscriber(host: House, { url, topic, name }: Source): Promise<Running> {
  const into = await host.read({ actor: systemActor }, intake)
  let stopped = false

  async function take(from: string, text: string): Promise<void> {
    const pieces = readJson(text, readTopic(from))
    for (;;) {
      await into.room(pieces.length)
      try {
        await into.take({ way: 'broker', pieces, allows: () => true })
        return
      } catch (error) {
        if (stopped) throw error
        host.say(`MQTT ${topic}: ${error instanceof Error ? error.message : String(error)}`)
        await new Promise((over) => setTimeout(over, AGAIN_MS))
      }
    }
  }

  const open = (i: number): MqttClient => {
    const client = mqtt.connect(url, {
      protocolVersion: 5,
      clientId: `${name}-${i}`,
      clean: false,
      properties: { sessionExpiryInterval: KEPT_SECONDS },
      reconnectPeriod: BACK_MS,
      resubscribe: false,
      async customHandleAcks(from, message, _packet, done) {
        const taken = await take(from, message.toString()).then(
          () => true,
          () => false,
        )
        // Unanswered when the program ends: the broker gives it to another.
        if (taken) done(0)
      },
    })
    // It connects again by itself; until then nothing comes, which the page of the intake shows.
    client.on('error', () => {})
    // Each time: a broker may know the session and have forgotten its shared subscription, as Mosquitto 2.0 does over a restart.
    client.on('connect', () => client.subscribe(topic, { qos: 1 }))
    return client
  }
  const clients = Array.from({ length: topic.startsWith('$share/') ? CONNECTIONS : 1 }, (_, i) => open(i + 1))
  return {
    async stop() {
      stopped = true
      await Promise.all(clients.map((client) => client.endAsync(true)))
    },
  }
}
