import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hostOf, systemActor } from '../kernel/index.ts'
import type { VehicleShown } from '../monitoring/index.ts'
import { orderTruck } from '../monitoring/flood/command/testing.ts'
import { floodPoint } from '../monitoring/flood/testing.ts'
import { intake } from '../monitoring/intake.ts'
import { startTerminals } from '../monitoring/jt808/server.ts'
import { metric, register, somewhere } from '../monitoring/testing.ts'
import { takePositions } from '../monitoring/vehicles/take-positions.ts'
import { registerVehicles } from '../monitoring/vehicles/testing.ts'
import { withApp, type App } from '../testing.ts'
import { enterCity } from './city-client.ts'
import { startTrucks } from './simulate-trucks.ts'

const asHouse = { actor: systemActor }
const METRE = 1 / 111_195

test('a made-up truck receives its order on the screen, drives to the water and pumps', withApp(async (app: App) => {
  const { kernel } = app
  await register(kernel, ['WL-1'], [metric({ unit: 'cm', max: 300 })])
  await floodPoint(kernel, 'WL-1')
  const [code] = await registerVehicles(kernel, [{ plate: '示A00001', phone: '13900000001', pumpSignal: 'status:23' }])
  const { position } = await kernel.read(asHouse, somewhere)
  await kernel.transact(asHouse, (ctx) => takePositions(ctx, code!, [{ at: Math.floor(+ctx.now / 1000) * 1000 - 60_000, lng: position[0], lat: position[1] + 40 * METRE, kmh: 0, bearing: 0 }], false))
  const into = await kernel.read(asHouse, intake)
  await into.take({ way: 'http', pieces: [{ device: 'WL-1', metric: 'level', value: 60 }], allows: () => true })
  await orderTruck(kernel, 'WL-1', code!)
  await kernel.settle()

  const port = await startTerminals(await kernel.read(asHouse, (ctx) => ctx.caches.get(ctx, hostOf)), 0)
  const client = await enterCity(app.base, undefined)
  const trucks = await startTrucks(client, { host: '127.0.0.1', port: port.port })
  try {
    const shown = async () => (await (await app.fetchAs('lead', `/api/vehicles/${code}`)).json()) as VehicleShown
    for (let tries = 0; !(await shown()).pump?.running; tries++) {
      assert.ok(tries < 300, JSON.stringify(await shown()))
      await new Promise((over) => setTimeout(over, 200))
    }
    assert.equal((await shown()).terminal, 'SIMUL/SIM0001')
    const { running } = (await (await app.fetchAs('lead', '/api/flood/command')).json()) as { running: { marks: { mark: string; how: string | null }[] }[] }
    assert.equal(running[0]!.marks.find(({ mark }) => mark === 'received')!.how, 'measured')
  } finally {
    await trucks?.stop()
    await client.end()
    await port.stop()
  }
}))
