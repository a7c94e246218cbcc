// The port for vehicle terminals. What is answered as done is committed; whoever speaks garbage ends its own connection and no other.

import { createServer, type Server } from 'node:net'
import { systemActor, type House, type Running } from '../../kernel/index.ts'
import { vehicleIntake } from '../vehicles/intake.ts'
import { Connection, CONNECTION_LIMITS, type ConnectionLimits, type Port } from './connection.ts'

export interface PortLimits extends ConnectionLimits {
  readonly connections: number
  /** Of these so many may be strangers yet; one more, and the first of them goes. */
  readonly strangers: number
  /** Bytes of parts that wait, of all connections together. */
  readonly partBytes: number
}

export const PORT_LIMITS: PortLimits = { ...CONNECTION_LIMITS, connections: 20_000, strangers: 2_000, partBytes: 64 << 20 }

const TICK_MS = 5_000
const TOLD_EVERY_MS = 60_000
/** Read at once of one connection: some hundred positions. */
const CHUNK_BYTES = 16_384

export interface TerminalPort extends Running {
  readonly port: number
  readonly connections: number
}

export async function startTerminals(house: House, port: number, over: Partial<PortLimits> = {}): Promise<TerminalPort> {
  const limits = { ...PORT_LIMITS, ...over }
  const intake = await house.read({ actor: systemActor }, vehicleIntake)
  const connections = new Set<Connection>()
  const strangers = new Set<Connection>()
  const byVehicle = new Map<number, Connection>()
  const shared: Port = {
    house,
    intake,
    limits,
    budget: { left: limits.partBytes },
    entered(connection) {
      strangers.delete(connection)
      // It comes anew when its network broke, while the connection of before still seems to be there.
      const before = byVehicle.get(connection.vehicle!)
      byVehicle.set(connection.vehicle!, connection)
      if (before && before !== connection) before.close()
    },
    failed: seldom(house),
  }
  const server = createServer({ highWaterMark: CHUNK_BYTES, noDelay: true }, (socket) => {
    const connection = new Connection(socket, shared)
    connections.add(connection)
    strangers.add(connection)
    if (strangers.size > limits.strangers) strangers.values().next().value!.close()
    socket.once('close', () => {
      connections.delete(connection)
      strangers.delete(connection)
      const { vehicle } = connection
      if (vehicle !== undefined && byVehicle.get(vehicle) === connection) byVehicle.delete(vehicle)
    })
  })
  server.maxConnections = limits.connections
  await listen(server, port, String(house.settings.host ?? '127.0.0.1'))
  const clock = setInterval(() => {
    const now = +house.clock()
    for (const connection of connections) connection.tick(now)
  }, TICK_MS)
  clock.unref()
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : port,
    get connections() {
      return connections.size
    },
    async stop() {
      clearInterval(clock)
      const closed = new Promise<void>((done) => server.close(() => done()))
      for (const connection of connections) connection.close()
      await closed
    },
  }
}

const listen = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((listening, fail) => {
    server.once('error', fail)
    server.listen({ port, host, backlog: 4_096 }, listening)
  })

/** Tells of what the city could not do once a minute: thousands of terminals meet the same trouble. */
function seldom(house: House): (error: unknown) => void {
  let toldAt = Number.NEGATIVE_INFINITY
  let untold = 0
  return (error) => {
    untold++
    const now = +house.clock()
    if (now - toldAt < TOLD_EVERY_MS) return
    house.say(`vehicle terminals: ${untold} message(s) could not be kept and were not answered: ${error instanceof Error ? error.message : String(error)}`)
    toldAt = now
    untold = 0
  }
}
