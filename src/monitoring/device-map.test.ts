import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemActor } from '../kernel/index.ts'
import { withApp } from '../testing.ts'
import type { DeviceMap, DeviceShown } from './contract.ts'
import { putProduct } from './products.ts'
import { metric, register, ringOnce, take } from './testing.ts'

const EVERYWHERE = 'box=60,10,140,60'

test('devices in service stand on the map by trade, gathered where they crowd; what rings stands by itself', withApp(async (app) => {
  const { kernel } = app
  await register(kernel, ['GD-1', 'GD-2', 'GD-3', 'GD-4'])
  await kernel.transact({ actor: systemActor }, (ctx) => putProduct(ctx, 'gauge', { zh: '探测器', en: 'Detector', trade: 'gas', metrics: [metric()] }))
  await kernel.settle()
  await take(kernel, [{ device: 'GD-1', metric: 'level', value: 1 }])
  await ringOnce(kernel, 'GD-3')
  const stopped = (await (await app.fetchAs('lead', '/api/devices/GD-4')).json()) as DeviceShown
  const { product, name, district, position, ownerUnit, component, gateway } = stopped
  await app.fetchAs('sysadmin', '/api/devices/GD-4', { method: 'PUT', json: { product, name, district, position, ownerUnit, component, gateway, state: 'stopped' } })
  await kernel.settle()
  const look = async (query: string, account = 'lead') => (await (await app.fetchAs(account, `/api/devices/map?${EVERYWHERE}&${query}`)).json()) as DeviceMap
  const marks = ({ items }: DeviceMap) => items.map(({ code, n, level, silent }) => [code, n, level, silent])

  const whole = await look('zoom=10')
  assert.deepEqual(whole.trades, [{ trade: 'gas', devices: 3, ringing: 1 }])
  assert.deepEqual(whole.ringing.map(({ code, level }) => [code, level]), [['GD-3', 1]])
  assert.deepEqual(marks(whole), [['GD-3', 1, 1, true], [null, 2, 0, false]])
  assert.deepEqual([await look('zoom=10&trade=gas'), (await look('zoom=10&trade=heat')).items], [whole, []])

  const listed = async (trade: string) => ((await (await app.fetchAs('lead', `/api/devices?trade=${trade}`)).json()) as { items: DeviceShown[] }).items.map(({ code }) => code)
  assert.deepEqual([await listed('gas'), await listed('heat')], [['GD-1', 'GD-2', 'GD-3', 'GD-4'], []])
}))
