// Pump trucks of a running city: they drive along the streets to where they are ordered, and without an order to the worst water; there they pump.

import { demoWays, Sortie } from '../maker/index.ts'
import { says, type Location, type VehicleShown } from '../monitoring/index.ts'
import type { CityClient } from './city-client.ts'
import { SimulatedTerminal, type Address } from './simulate-terminal.ts'
import { note, print, speak } from './speak.ts'

const REPORTS_EVERY_MS = 5_000
const KMH = 42
const BEIJING_MS = 8 * 3_600_000
/** ACC on, with a fix. */
const DRIVING = 3

interface Point {
  readonly device: string
  readonly name: string
  readonly position: [number, number] | null
  /** 0: no water to speak of. */
  readonly state: number
}

interface Order {
  readonly truck: { readonly code: string } | null
  readonly point: { readonly device: string; readonly name: string; readonly position: [number, number] }
}

interface Truck {
  readonly vehicle: VehicleShown
  readonly sortie: Sortie
  terminal: SimulatedTerminal | undefined
  target: string | undefined
  pumps: boolean
}

export interface Trucks {
  stop(): Promise<void>
}

/** Undefined where the city has no pump truck that could drive. */
export async function startTrucks(client: CityClient, address: Address): Promise<Trucks | undefined> {
  const { items } = await client.ask<{ items: readonly VehicleShown[] }>('/api/vehicles?kind=pump&state=in_service&limit=200')
  const trucks = items.flatMap((vehicle): Truck[] => (vehicle.latest?.position ? [{ vehicle, sortie: new Sortie(vehicle.latest.position), terminal: undefined, target: undefined, pumps: false }] : []))
  if (trucks.length === 0) return undefined
  const ways = demoWays()
  let last = Date.now()
  let turn: Promise<void> | undefined
  const round = async () => {
    const [{ running }, { points }] = await Promise.all([client.ask<{ running: readonly Order[] }>('/api/flood/command'), client.ask<{ points: readonly Point[] }>('/api/flood')])
    const now = Date.now()
    for (const truck of trucks) {
      truck.terminal = truck.terminal?.open ? truck.terminal : await enter(address, truck)
      truck.sortie.advance(((now - last) / 3_600_000) * KMH * 1_000)
      steer(truck, trucks, running, points, ways)
      truck.terminal?.report(locationOf(truck, now))
    }
    last = now
  }
  const turnOnce = () => (turn ??= round().catch((error: unknown) => note(`chengyun: ${error instanceof Error ? error.message : String(error)}`)).finally(() => (turn = undefined)))
  await turnOnce()
  const clock = setInterval(() => void turnOnce(), REPORTS_EVERY_MS)
  return {
    async stop() {
      clearInterval(clock)
      await turn
      for (const { terminal } of trucks) terminal?.close()
    },
  }
}

async function enter(address: Address, { vehicle: { name, phone, plate } }: Truck): Promise<SimulatedTerminal | undefined> {
  const entered = await SimulatedTerminal.enter(address, { phone, plate }, (message) => {
    if (says(message, 0x8300)) print(`${name}  ${message.body.text}`)
  }).catch(() => -1)
  if (typeof entered !== 'number') return entered
  note(speak({ zh: `${name}：终端未能接入（${entered}）`, en: `${name}: its terminal was not let in (${entered})` }))
  return undefined
}

/** An order comes first; else the worst water to which no other drives; and one stays as long as there is something to pump. */
function steer(truck: Truck, all: readonly Truck[], running: readonly Order[], points: readonly Point[], ways: (from: readonly [number, number], to: readonly [number, number]) => [number, number][]): void {
  const { sortie, vehicle } = truck
  const wet = (device: string | undefined) => points.find((point) => point.device === device && point.state > 0)
  const ordered = running.find((order) => order.truck?.code === vehicle.code)?.point
  const others = new Set(all.filter((each) => each !== truck).map(({ target }) => target))
  const goal = ordered ?? wet(truck.target) ?? points.find(({ device, state, position }) => state > 0 && position !== null && !others.has(device))
  if (goal?.device !== truck.target) {
    truck.target = goal?.device
    sortie.go(goal?.position ? ways(sortie.position, goal.position) : [])
    if (goal) print(speak({ zh: `${vehicle.name} 驶往 ${goal.name}`, en: `${vehicle.name} drives to ${goal.name}` }))
  }
  const pumps = !sortie.moving && wet(truck.target) !== undefined
  if (pumps !== truck.pumps && goal) print(speak(pumps ? { zh: `${vehicle.name} 开泵`, en: `${vehicle.name} pumps` } : { zh: `${vehicle.name} 停泵`, en: `${vehicle.name} stops its pump` }))
  truck.pumps = pumps
}

/** The bit by which the register says that the pump tells. */
function pumpBit({ vehicle: { pumpSignal }, pumps }: Truck): { status: number; items: Location['items'] } {
  const [kind, bit] = (pumpSignal ?? '').split(':')
  const word = pumps ? 2 ** Number(bit) : 0
  return { status: kind === 'status' ? DRIVING + word : DRIVING, items: kind === 'signals' ? { signals: word } : kind === 'inputs' ? { inputs: word } : {} }
}

const locationOf = (truck: Truck, now: number): Location => ({
  alarm: 0,
  alarms: [],
  states: [],
  ...pumpBit(truck),
  position: [...truck.sortie.position],
  located: true,
  altitudeM: 50,
  speedKmh: truck.sortie.moving ? KMH : 0,
  courseDeg: truck.sortie.bearing,
  at: new Date(now + BEIJING_MS).toISOString().replace(/\..*/, '+08:00'),
})
