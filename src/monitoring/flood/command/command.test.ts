import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemActor, type Kernel, type Position } from '../../../kernel/index.ts'
import { findPersonByAccount } from '../../../registry/index.ts'
import { withApp, type App } from '../../../testing.ts'
import { intake } from '../../intake.ts'
import { metric, register, somewhere } from '../../testing.ts'
import { takePositions } from '../../vehicles/take-positions.ts'
import { vehicleIntake } from '../../vehicles/intake.ts'
import type { VehicleShown } from '../../vehicles/contract.ts'
import { registerVehicles } from '../../vehicles/testing.ts'
import { floodPoint } from '../testing.ts'
import { followTrucks } from './advance.ts'
import type { AssignmentShown, CallDone, TruckShown } from './contract.ts'
import { commandBetween } from './read-command.ts'

const asHouse = { actor: systemActor }
const METRE = 1 / 111_195
const HANDLER = 'handler-u0301'
const WATCH = 'collector01'

const json = async <T>(reply: Promise<Response>): Promise<T> => {
  const found = await reply
  assert.ok(found.ok, `${found.status} ${found.ok ? '' : await found.text()}`)
  return found.json() as Promise<T>
}
const code = async (reply: Promise<Response>): Promise<string> => ((await (await reply).json()) as { code: string }).code

interface World {
  readonly at: Position
  readonly ids: Readonly<Record<string, string>>
}

/** Two flood points, two people on the roll of the first, and a pump truck whose driver is the handler. */
async function world({ kernel, fetchAs }: App): Promise<World> {
  await register(kernel, ['WL-1', 'WL-2'], [metric({ unit: 'cm', max: 300 })])
  for (const point of ['WL-1', 'WL-2']) await floodPoint(kernel, point)
  await registerVehicles(kernel, [{ code: 'PV-1', plate: '示A00001', phone: '13900000001' }])
  const { position } = await kernel.read(asHouse, somewhere)
  const ids = await kernel.read(asHouse, async (ctx) => Object.fromEntries(await Promise.all([HANDLER, WATCH].map(async (account) => [account, (await findPersonByAccount(ctx, account))!.id] as const))))
  const staff = [{ id: ids[HANDLER], role: 'responsible', phone: '010-12345678' }, { id: ids[WATCH], role: 'watch' }]
  await json(fetchAs('dispatcher', '/api/flood/points/WL-1/staff', { method: 'PUT', json: { staff } }))
  return { at: position, ids }
}

const truckAt = (kernel: Kernel, lng: number, lat: number) =>
  kernel.transact(asHouse, (ctx) => takePositions(ctx, 'PV-1', [{ at: Math.floor(+ctx.now / 1000) * 1000, lng, lat, kmh: 0, bearing: 0 }]))
const mark = ({ marks }: AssignmentShown, name: string) => marks.find((each) => each.mark === name)!
const mine = async ({ fetchAs }: App, account: string) => (await json<{ items: AssignmentShown[] }>(fetchAs(account, '/api/flood/mine'))).items
const tellPlace = ({ fetchAs }: App, account: string, position: Position) => json(fetchAs(account, '/api/flood/position', { method: 'PUT', json: { position, accuracy: 12 } }))

test('who is called up receives it by the device, signs in by being there, and is told of in the report', withApp(async (app: App) => {
  const { fetchAs, kernel } = app
  const { at } = await world(app)
  const before = kernel.clock()

  const call = () => json<CallDone>(fetchAs('dispatcher', '/api/flood/calls', { json: { points: ['WL-1', 'WL-2'], words: '即刻到岗' } }))
  const done = await call()
  assert.deepEqual([done.items.length, done.already, done.empty], [2, 0, ['WL-2']])
  assert.deepEqual([(await call()).already, (await call()).items.length], [2, 0], 'nobody is called twice')

  const [called] = await mine(app, HANDLER)
  assert.deepEqual([called!.kind, called!.words, called!.person?.role], ['call', '即刻到岗', 'responsible'])
  const path = `/api/flood/assignments/${called!.district}/${called!.id}`
  assert.equal(await code(fetchAs(WATCH, `${path}/receipt`, { method: 'PUT' })), 'monitoring.flood-assignment-unknown')
  assert.equal(mark(await json(fetchAs(HANDLER, `${path}/receipt`, { method: 'PUT' })), 'received').how, 'measured')
  assert.equal(mark(await json(fetchAs(HANDLER, `${path}/marks`, { json: { mark: 'accepted' } })), 'accepted').how, 'clicked')
  assert.equal(await code(fetchAs(HANDLER, `${path}/marks`, { json: { mark: 'finished' } })), 'monitoring.flood-mark-foreign')

  await tellPlace(app, HANDLER, [at[0], at[1] + 400 * METRE])
  assert.equal(mark((await mine(app, HANDLER))[0]!, 'arrived').at, null)
  await tellPlace(app, HANDLER, [at[0], at[1] + 90 * METRE])
  const [there] = await mine(app, HANDLER)
  assert.deepEqual([mark(there!, 'arrived').how, there!.seen?.metres], ['measured', 90])
  // By hand only, and marked so.
  const [other] = await mine(app, WATCH)
  await json(fetchAs(WATCH, `/api/flood/assignments/${other!.district}/${other!.id}/marks`, { json: { mark: 'arrived' } }))

  const told = await kernel.read(asHouse, (ctx) => commandBetween(ctx, before, new Date(+kernel.clock() + 1000)))
  assert.deepEqual(told.calls.map(({ point, arrived, unit }) => [point.code, arrived?.how, unit !== null]).toSorted(), [['WL-1', 'clicked', true], ['WL-1', 'measured', true]])

  const course = await json<{ steps: { what: string; how: string | null }[] }>(fetchAs('lead', path))
  assert.deepEqual(course.steps.map(({ what }) => what), ['made', 'received', 'accepted', 'arrived'])
  assert.deepEqual(await json(fetchAs('dispatcher', '/api/flood/points/WL-1/release', { json: { reason: '水已退' } })), { released: 2 })
  assert.deepEqual(await mine(app, HANDLER), [])

  // The bell tells of it too.
  await kernel.settle()
  const { items } = await json<{ items: { kind: string; words: { zh: { subject: string } } }[] }>(fetchAs(HANDLER, '/api/messages'))
  assert.deepEqual(items.filter(({ kind }) => kind === 'flood').map(({ words }) => words.zh.subject), ['叫应解除：WL-1', '防汛叫应：WL-1'])
}))

test('of several who order a truck at the same moment one is obeyed', withApp(async (app: App) => {
  await world(app)
  const order = (point: string) => app.fetchAs('dispatcher', '/api/flood/orders', { json: { point, truck: 'PV-1', words: '立即排水' } })
  const replies = await Promise.all(['WL-1', 'WL-2', 'WL-1', 'WL-2'].map(order))
  assert.deepEqual(replies.map(({ status }) => status).toSorted(), [200, 409, 409, 409])
}))

test('a truck is ordered to one point at a time, arrives by its terminal, and what is late is said', withApp(async (app: App) => {
  const { fetchAs, kernel } = app
  const { at, ids } = await world(app)
  const order = (body: object) => fetchAs('dispatcher', '/api/flood/orders', { json: { point: 'WL-1', words: '抽排积水', ...body } })
  await truckAt(kernel, at[0], at[1] + 2_000 * METRE)

  assert.equal(await code(order({})), 'monitoring.flood-whom')
  const ordered = await json<AssignmentShown>(order({ truck: 'PV-1', profile: '103060' }))
  assert.deepEqual([ordered.truck?.code, ordered.person, ordered.next?.mark], ['PV-1', null, 'left'])
  assert.equal(await code(order({ truck: 'PV-1', point: 'WL-2' })), 'monitoring.flood-truck-busy')
  const { trucks } = await json<{ trucks: TruckShown[] }>(fetchAs('lead', '/api/flood/command'))
  assert.deepEqual(trucks.map(({ free, pump }) => [free, pump]), [[false, 'unknown']])

  const soon = new Date(+kernel.clock() + 20 * 60_000)
  await kernel.transact({ ...asHouse, now: soon }, (ctx) => takePositions(ctx, 'PV-1', [{ at: +soon - 1000, lng: at[0], lat: at[1], kmh: 0, bearing: 0 }]))
  await kernel.transact({ ...asHouse, now: soon }, followTrucks)
  const { items } = await json<{ items: AssignmentShown[] }>(fetchAs('lead', '/api/flood/assignments?point=WL-1'))
  assert.deepEqual([mark(items[0]!, 'arrived').how, mark(items[0]!, 'arrived').late, mark(items[0]!, 'left').late, items[0]!.overdue], ['measured', false, true, true])
  const path = `/api/flood/assignments/${ordered.district}/${ordered.id}`
  assert.equal(await code(fetchAs('dispatcher', `${path}/told`, { json: { mark: 'arrived' } })), 'monitoring.flood-mark-measured')
  const finished = await json<AssignmentShown>(fetchAs('dispatcher', `${path}/told`, { json: { mark: 'finished' } }))
  assert.deepEqual([finished.result, mark(finished, 'finished').how], ['finished', 'clicked'])
  assert.equal(await code(fetchAs('dispatcher', `${path}/cancel`, { json: { reason: '不必' } })), 'monitoring.flood-assignment-ended')

  await json(fetchAs('dispatcher', '/api/flood/trucks/PV-1/driver', { method: 'PUT', json: { account: ids[HANDLER] } }))
  const again = await json<AssignmentShown>(order({ truck: 'PV-1' }))
  assert.deepEqual((await mine(app, HANDLER)).map(({ id }) => id), [again.id])
  const cancelled = await json<AssignmentShown>(fetchAs('dispatcher', `/api/flood/assignments/${again.district}/${again.id}/cancel`, { json: { reason: '泵站已开机' } }))
  assert.deepEqual([cancelled.result, cancelled.reason], ['cancelled', '泵站已开机'])
  const told = await kernel.read(asHouse, (ctx) => commandBetween(ctx, new Date(0), new Date(+soon + 1000)))
  assert.deepEqual(told.orders.map(({ truck, doneAt, cancelReason, overdue }) => [truck?.code, doneAt !== null, cancelReason, overdue]), [['PV-1', true, null, true], ['PV-1', false, '泵站已开机', false]])
}))

test('whether a pump runs is told by the bit that the register names, and the newest word holds', withApp(async (app: App) => {
  const { fetchAs, kernel } = app
  const { at } = await world(app)
  const { trucks: [before] } = await json<{ trucks: TruckShown[] }>(fetchAs('lead', '/api/flood/command'))
  const { plate, phone, kind, name, district, ownerUnit, driver, state: inUse } = await json<VehicleShown>(fetchAs('lead', '/api/vehicles/PV-1'))
  const put = (pumpSignal: string) => fetchAs('sysadmin', '/api/vehicles/PV-1', { method: 'PUT', json: { plate, phone, kind, name, district, ownerUnit, driver, state: inUse, pumpSignal } })
  assert.equal((await put('engine:1')).status, 400)
  await json(put('inputs:2'))

  const into = await kernel.read(asHouse, vehicleIntake)
  const now = Math.floor(+kernel.clock() / 1000) * 1000
  const say = (ago: number, inputs: number | undefined) =>
    into.take({ number: 1, phone: '13900000001', pumpSignal: 'inputs:2' }, [
      { alarm: 0, alarms: [], status: 2, states: [], position: at, located: true, altitudeM: 0, speedKmh: 0, courseDeg: 0, at: new Date(now - ago * 1000).toISOString(), items: inputs === undefined ? {} : { inputs } },
    ])
  const pump = async () => (await json<{ trucks: TruckShown[] }>(fetchAs('lead', '/api/flood/command'))).trucks[0]!
  await say(50, 4)
  await say(40, 6)
  await say(60, 0)
  await say(30, undefined)
  const { pump: state, pumpSince } = await pump()
  assert.deepEqual([before!.pump, state, pumpSince], ['unknown', 'running', new Date(now - 50_000).toISOString()])
  await say(20, 0)
  assert.equal((await pump()).pump, 'standing')
}))

test('only whoever commands calls up, by name or by level, and only there', withApp(async (app: App) => {
  const { fetchAs, kernel } = app
  const { ids } = await world(app)
  const call = (account: string, body: object) => fetchAs(account, '/api/flood/calls', { json: body })

  assert.equal((await call('operator', { points: ['WL-1'] })).status, 403)
  assert.equal((await fetchAs(HANDLER, '/api/flood/points/WL-1/staff', { method: 'PUT', json: { staff: [] } })).status, 403)
  assert.equal(await code(call('dispatcher', { points: ['NONE'] })), 'monitoring.flood-point-unknown')
  assert.equal(await code(call('dispatcher', { points: ['WL-2'] })), 'monitoring.flood-nobody')
  assert.equal(await code(call('dispatcher', { points: ['WL-2'], level: 2 })), 'monitoring.flood-which')
  assert.equal(await code(call('dispatcher', { level: 1 })), 'monitoring.flood-no-point')

  const into = await kernel.read(asHouse, intake)
  await into.take({ way: 'http', pieces: [{ device: 'WL-1', metric: 'level', at: +kernel.clock(), value: 20 }], allows: () => true })
  const { items } = await json<CallDone>(call('dispatcher', { level: 2 }))
  assert.equal(items.length, 2)
  const body = { point: 'WL-1', words: '看水', profile: '135' }
  assert.equal(await code(fetchAs('dispatcher', '/api/flood/orders', { json: { ...body, person: (await kernel.read(asHouse, (ctx) => findPersonByAccount(ctx, 'operator')))!.id } })), 'monitoring.flood-person-unreachable')
  assert.equal((await json<AssignmentShown>(fetchAs('dispatcher', '/api/flood/orders', { json: { ...body, person: ids[WATCH] } }))).person?.id, ids[WATCH])

  // Telephones are shown to whoever calls.
  const phones = async (account: string) => (await json<{ points: { staff: { phone: string | null }[] }[] }>(fetchAs(account, '/api/flood/command'))).points[0]!.staff.map(({ phone }) => phone !== null)
  assert.deepEqual([await phones('dispatcher'), await phones('operator')], [[true, true], [false, false]])
}))
