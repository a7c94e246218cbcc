// The port for vehicle terminals. What is answered as done is committed; whoever speaks garbage ends its own connection and no other.

import { createServer, type Server } from 'node:net'
import { systemActor, type House, type Running } from '../../kernel/index.ts'
import { hearTruck } from '../flood/command/advance.ts'
import { truckOrders } from '../flood/command/truck-orders.ts'
import { fleet } from '../vehicles/directory.ts'
import { vehicleIntake } from '../vehicles/intake.ts'
import { findReleased } from '../vehicles/terminals.ts'
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
const LOOK_MS = 1_000
const asHouse = { actor: systemActor }
const TOLD_EVERY_MS = 60_000
/** Read at once of one connection: some hundred positions. */
const CHUNK_BYTES = 16_384

export interface TerminalPort extends Running {
  readonly port: number
  readonly connections: number
}

export async function startTerminals(house: House, port: number, over: Partial<PortLimits> = {}): Promise<TerminalPort> {
  const limits = { ...PORT_LIMITS, ...over }
  const intake = await house.read(asHouse, vehicleIntake)
  const connections = new Set<Connection>()
  const strangers = new Set<Connection>()
  const byVehicle = new Map<number, Connection>()
  const failed = seldom(house)
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
    shown: (order) => void house.transact(asHouse, (ctx) => hearTruck(ctx, order)).catch(failed),
    failed,
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
  const looking = lookAfter(house, byVehicle, failed)
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : port,
    get connections() {
      return connections.size
    },
    async stop() {
      clearInterval(clock)
      await looking.stop()
      const closed = new Promise<void>((done) => server.close(() => done()))
      for (const connection of connections) connection.close()
      await closed
    },
  }
}

/** Tells those who are connected of orders, and hangs up on terminals that were let go of: looked for in memory, unless something changed. */
function lookAfter(house: House, byVehicle: ReadonlyMap<number, Connection>, failed: (error: unknown) => void): Running {
  let known: unknown
  let looking: Promise<void> | undefined
  const look = async (): Promise<void> => {
    if (byVehicle.size === 0) return
    const { orders, register, released } = await house.read(asHouse, async (ctx) => {
      const now = await fleet(ctx)
      return { orders: await truckOrders(ctx), register: now, released: now === known ? [] : await findReleased(ctx, [...byVehicle.keys()]) }
    })
    known = register
    for (const vehicle of released) byVehicle.get(vehicle)?.close()
    for (const order of orders) byVehicle.get(order.vehicle)?.show(order)
  }
  const clock = setInterval(() => (looking ??= look().catch(failed).finally(() => (looking = undefined))), LOOK_MS)
  clock.unref()
  return {
    async stop() {
      clearInterval(clock)
      await looking
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
