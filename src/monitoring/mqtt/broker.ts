// The embedded broker (MQTT 3.1.1): devices publish, and PUBACK leaves when what they published is committed.

import { Aedes, type AuthenticateError, type Client } from 'aedes'
import { createServer, type Socket } from 'node:net'
import { systemActor, type House, type Running } from '../../kernel/index.ts'
import type { KnownDevice } from '../directory.ts'
import { intake, type Intake } from '../intake.ts'
import { cut, readJson } from '../payload.ts'
import { findSender, mayReport } from '../report-readings.ts'
import { boundPackets } from './bound-packets.ts'
import { readTopic } from './topic.ts'

const BAD_USER_OR_PASSWORD = 4
const ROOT = 'chengyun/'
/** Some ten thousand readings at once. */
const LONGEST_PACKET = 1 << 20

export interface Broker extends Running {
  readonly port: number
}

export async function startBroker(host: House, port: number): Promise<Broker> {
  const into = await host.read({ actor: systemActor }, intake)
  const senders = new WeakMap<Client, KnownDevice>()
  const broker = await Aedes.createBroker({
    async authenticate(client, user, password, done) {
      // Where the database is gone it is refused too, and comes again by itself.
      const sender = await admit(host, into, user ?? '', password?.toString() ?? '').catch(() => undefined)
      if (!sender) return done(refusal(), false)
      senders.set(client, sender)
      done(null, true)
    },
    async authorizePublish(client, packet, done) {
      const sender = client && senders.get(client)
      if (!sender || !packet.topic.startsWith(ROOT)) return done(new Error('this topic is not for devices'))
      // What is kept for later subscribers would grow with the devices.
      packet.retain = false
      const failed = await take(into, sender, packet.topic, String(packet.payload)).then(
        () => null,
        (error: Error) => error,
      )
      done(failed)
    },
    // Devices report here, and hear nothing.
    authorizeSubscribe: (_client, _subscription, done) => done(null, null),
  })
  // A device that breaks off or speaks garbage ends its own connection and no other.
  broker.on('clientError', () => {})
  broker.on('connectionError', () => {})
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    socket.on('error', () => {})
    socket.setNoDelay(true)
    broker.handle(socket)
    boundPackets(socket, LONGEST_PACKET)
  })
  await new Promise<void>((listening, fail) => {
    server.once('error', fail)
    server.listen({ port, host: String(host.settings.host ?? '127.0.0.1') }, listening)
  })
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : port,
    async stop() {
      const closed = new Promise<void>((done) => server.close(() => done()))
      await new Promise<void>((done) => broker.close(() => done()))
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

const refusal = (): AuthenticateError => Object.assign(new Error('unknown device or wrong key'), { returnCode: BAD_USER_OR_PASSWORD }) as AuthenticateError

/** The device or gateway of this name and key; of others is told in the quarantine. */
async function admit(host: House, into: Intake, user: string, key: string): Promise<KnownDevice | undefined> {
  const sender = await host.read({ actor: systemActor }, (ctx) => findSender(ctx, user, key))
  if (sender) return sender
  const device = cut(user, 64)
  await into.take({ way: 'mqtt', pieces: [{ damaged: 'CONNECT', device, reason: 'wrong-key' }], allows: () => false }).catch(() => {})
  return undefined
}

async function take(into: Intake, sender: KnownDevice, topic: string, text: string): Promise<void> {
  const pieces = readJson(text, readTopic(topic))
  // A device cannot be told to come again: its message waits, and so does its PUBACK.
  await into.room(pieces.length)
  await into.take({ way: 'mqtt', pieces, allows: mayReport(sender) })
}
