import assert from 'node:assert/strict'
import { test } from 'node:test'
import { as, inCity, withApp } from '../../testing.ts'
import { somewhere } from '../testing.ts'
import type { NewVehicle, TrackShown, VehicleShown } from './contract.ts'
import { takePositions } from './take-positions.ts'
import { addVehicle, changeVehicle, listVehicles, releaseTerminal } from './vehicles.ts'
import { systemActor } from '../../kernel/index.ts'

const truck: NewVehicle = { code: 'PV-01', plate: '示A00001', phone: '013900000001', kind: 'pump', name: '一号泵车', district: '', ownerUnit: null, driver: '赵', state: 'in_service' }

test('a vehicle is registered by who may, and seen and changed within their region only', inCity(async (ctx) => {
  const { district } = await somewhere(ctx)
  const here = { permits: ['monitoring.read', 'monitoring.edit'], region: district }
  const elsewhere = { ...here, region: '110101' }

  await assert.rejects(addVehicle(as(ctx, 'monitoring.read'), { ...truck, district }), { code: 'access.permit-missing' })
  await assert.rejects(addVehicle(as(ctx, elsewhere), { ...truck, district }), { code: 'access.permit-missing' })
  assert.equal((await addVehicle(as(ctx, here), { ...truck, district })).phone, '13900000001')

  assert.deepEqual((await listVehicles(as(ctx, here), {})).items.map(({ code, doing }) => `${code} ${doing}`), ['PV-01 never'])
  assert.deepEqual((await listVehicles(as(ctx, elsewhere), {})).items, [])
  await assert.rejects(changeVehicle(as(ctx, elsewhere), 'PV-01', { ...truck, district }), { code: 'monitoring.vehicle-unknown' })
  await assert.rejects(releaseTerminal(as(ctx, elsewhere), 'PV-01'), { code: 'monitoring.vehicle-unknown' })
}))

test('two vehicles never share a code, a plate or a number', inCity(async (ctx) => {
  const { district } = await somewhere(ctx)
  await addVehicle(ctx, { ...truck, district })

  await assert.rejects(addVehicle(ctx, { ...truck, district }), { code: 'monitoring.vehicle-exists' })
  await assert.rejects(addVehicle(ctx, { ...truck, code: 'PV-02', district: '110101', ownerUnit: 'nobody' }), (error: { faults?: { at: string }[] }) => {
    assert.deepEqual(error.faults?.map(({ at }) => at), ['district', 'ownerUnit', 'plate', 'phone'])
    return true
  })
}))

test('a day of a vehicle is drawn with its stops and its way, and a longer time is refused', withApp(async ({ kernel, fetchAs }) => {
  const { position, district } = await kernel.read({ actor: systemActor }, somewhere)
  const now = Math.floor(+kernel.clock() / 1000) * 1000
  // A way of 6 km north at 10 m/s, one position a second, and an hour of standing.
  const METRE = 1 / 111_195
  const fixes = Array.from({ length: 4200 }, (_, i) => ({ at: now - 5_000_000 + i * 1000, lng: position[0], lat: position[1] + Math.min(i, 600) * 10 * METRE, kmh: i < 600 ? 36 : 0, bearing: 0 }))
  await kernel.transact({ actor: systemActor }, async (ctx) => {
    await addVehicle(ctx, { ...truck, district })
    await takePositions(ctx, 'PV-01', fixes)
  })

  const list = (await (await fetchAs('lead', '/api/vehicles?kind=pump')).json()) as { items: VehicleShown[] }
  assert.equal(list.items[0]?.latest?.at, new Date(fixes.at(-1)!.at).toISOString())

  const between = (from: number, to: number) => fetchAs('lead', `/api/vehicles/PV-01/track?${new URLSearchParams({ from: new Date(from).toISOString(), to: new Date(to).toISOString() })}`)
  const track = (await (await between(now - 80_000_000, now)).json()) as TrackShown
  assert.deepEqual([track.positions, track.points.length, track.stops.length, track.topKmh], [4200, 4200, 1, 36])
  assert.ok(Math.abs(track.metres - 6000) < 60, String(track.metres))
  for (const [from, to] of [[now - 3 * 86_400_000, now], [now, now - 1000]] as const) assert.equal((await between(from, to)).status, 422)
}))
