import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { systemActor, type Kernel } from '../kernel/index.ts'
import { cityWith, withApp, type App } from '../testing.ts'
import { readingsRolled } from './checks.ts'
import type { DeviceShown, HealthShown, QuarantineLine, TakenShown, TrendShown } from './contract.ts'
import { intake } from './intake.ts'
import type { RuleBody } from './alarms/rule.ts'
import { putRule } from './alarms/rules.ts'
import { metric, register, take } from './testing.ts'

const asHouse = { actor: systemActor }
const RULE: RuleBody = {
  zh: '水位超限', en: 'Water too high', product: 'gauge', devices: [], measure: { kind: 'threshold', metric: 'level' }, side: 'above', levels: [5, null, null, null], bands: [],
  hysteresis: 0, raiseSeconds: 0, clearSeconds: 0, case: null, active: true,
}
const basic = (device: string, key: string) => ({ authorization: `Basic ${Buffer.from(`${device}:${key}`).toString('base64')}` })

async function post(app: App, headers: Record<string, string>, body: unknown) {
  const text = typeof body === 'string'
  const reply = await fetch(`${app.base}/api/readings`, {
    method: 'POST',
    headers: { 'content-type': text ? 'text/plain' : 'application/json', ...headers },
    body: text ? body : JSON.stringify(body),
  })
  return { status: reply.status, json: (await reply.json()) as TakenShown & { code?: string } }
}

const faults = (kernel: Kernel): Promise<string[]> => kernel.read(asHouse, (ctx) => Array.fromAsync(readingsRolled.run(ctx)))
const stored = async (kernel: Kernel): Promise<number> => (await sql<{ n: number }>`select count(*)::int as n from reading`.execute(kernel.db)).rows[0]!.n
const json = async <T>(reply: Response | Promise<Response>): Promise<T> => (await reply).json() as Promise<T>

test('what a device reports is stored when it is answered, shown on its page, and refused with a reason otherwise', withApp(async (app) => {
  const { kernel } = app
  const keys = await register(kernel, ['WL-1', 'WL-2'], [metric(), metric({ code: 'battery', zh: '电量', en: 'Battery', unit: '%', max: 100, period: 5 })])
  await kernel.settle()
  const now = +kernel.clock()
  const ago = (minutes: number) => new Date(now - minutes * 60_000).toISOString()

  const first = await post(app, basic('WL-1', keys['WL-1']!), [
    { metric: 'level', at: ago(3), value: 1 },
    { metric: 'level', at: ago(1), value: 2 },
    { metric: 'level', at: ago(2), value: 4 },
    { metric: 'level', at: ago(1), value: 2 },
    { metric: 'level', at: ago(2), value: 4 },
    { metric: 'level', at: ago(0), value: 11 },
    { metric: 'level', at: ago(-9), value: 1 },
    { metric: 'level', at: ago(600_000), value: 1 },
    { metric: 'depth', at: ago(0), value: 1 },
    { device: 'WL-2', metric: 'level', at: ago(0), value: 1 },
    { device: 'WL-9', metric: 'level', at: ago(0), value: 1 },
    { metric: 'level', value: 'wet' },
    { values: { battery: 88 }, at: ago(0) },
  ])
  assert.deepEqual(first, {
    status: 200,
    json: {
      taken: 4,
      quarantined: [
        { index: 3, reason: 'duplicate' },
        { index: 5, reason: 'out-of-range' },
        { index: 6, reason: 'in-future' },
        { index: 7, reason: 'too-old' },
        { index: 8, reason: 'unknown-metric' },
        { index: 9, reason: 'wrong-key' },
        { index: 10, reason: 'unknown-device' },
        { index: 11, reason: 'damaged' },
        { index: 4, reason: 'duplicate' },
      ],
    },
  })
  assert.equal(await stored(kernel), 4)

  const again = await post(app, basic('WL-1', keys['WL-1']!), `WL-1,level,${ago(2)},4\nWL-1,level,${ago(0)},3\n`)
  assert.deepEqual(again.json, { taken: 1, quarantined: [{ index: 0, reason: 'duplicate' }] })
  assert.deepEqual(await faults(kernel), [])

  const device = await json<DeviceShown>(app.fetchAs('lead', '/api/devices/WL-1'))
  assert.deepEqual(device.latest.map(({ metric: code, value, late }) => [code, value, late]), [['level', 3, false], ['battery', 88, false]])
  assert.equal(device.silent, false)
  const list = await json<{ items: DeviceShown[] }>(app.fetchAs('lead', '/api/devices?words=WL-'))
  assert.deepEqual(list.items.map(({ code, silent }) => [code, silent]), [['WL-1', false], ['WL-2', true]])

  const trend = await json<TrendShown>(app.fetchAs('lead', `/api/devices/WL-1/trend?metric=level&from=${ago(60)}&to=${ago(-1)}`))
  assert.deepEqual(trend.points.map(([, mean]) => mean), [1, 4, 2, 3])
  const health = await json<HealthShown>(app.fetchAs('lead', '/api/monitoring/health'))
  assert.equal(health.minutes.filter(({ reason, way }) => reason === '' && way === 'http').reduce((total, { n }) => total + n, 0), 5)
  assert.deepEqual(health.silence.map(({ code }) => code).filter((code) => code.startsWith('WL-')).toSorted(), ['WL-2', 'WL-2'])
}))

test('nobody reports without the key of the device, its gateway, or a machine that may', withApp(async (app) => {
  const { kernel } = app
  const keys = await register(kernel, ['GW-1'])
  Object.assign(keys, await register(kernel, ['WL-1'], undefined, 'GW-1'))
  await kernel.settle()
  const reading = { device: 'WL-1', metric: 'level', value: 1 }

  assert.equal((await post(app, {}, reading)).status, 401)
  assert.deepEqual([(await post(app, basic('WL-1', 'dk_wrong'), reading)).json.code, (await post(app, basic('GW-1', keys['WL-1']!), reading)).status], ['monitoring.key-wrong', 401])
  assert.deepEqual((await post(app, basic('GW-1', keys['GW-1']!), reading)).json, { taken: 1, quarantined: [] })

  const lines = await json<{ items: QuarantineLine[] }>(app.fetchAs('lead', '/api/quarantine'))
  assert.deepEqual(lines.items.map(({ device, reason }) => [device, reason]), [['GW-1', 'wrong-key'], ['WL-1', 'wrong-key'], ['', 'wrong-key']])
}))

test('what was refused is taken when it is replayed after its cause is gone', withApp(async (app) => {
  const { kernel } = app
  const keys = await register(kernel, ['GW-1'])
  await kernel.settle()
  const at = new Date(+kernel.clock() - 1_000).toISOString()
  await post(app, basic('GW-1', keys['GW-1']!), { device: 'WL-7', metric: 'level', at, value: 1 })
  const { items } = await json<{ items: QuarantineLine[] }>(app.fetchAs('lead', '/api/quarantine?open=true'))
  const replay = () => json(app.fetchAs('sysadmin', '/api/quarantine/replay', { json: { ids: items.map(({ id }) => id) } }))
  assert.deepEqual(await replay(), { taken: 0, refused: 1 })

  await register(kernel, ['WL-7'])
  await kernel.settle()
  assert.deepEqual(await replay(), { taken: 1, refused: 0 })
  assert.equal(((await replay()) as { code: string }).code, 'monitoring.nothing-to-replay')
  assert.equal(await stored(kernel), 1)
  assert.deepEqual((await json<{ items: QuarantineLine[] }>(app.fetchAs('lead', '/api/quarantine'))).items.map(({ outcome }) => outcome), [''])
}))

test('late readings of any age keep hours, days and latest values true', cityWith({}, async (kernel) => {
  const codes = Array.from({ length: 20 }, (_, i) => `D-${i}`)
  await register(kernel, codes, [metric({ period: 10, max: 1e9 })])
  const into = await kernel.read(asHouse, intake)
  const now = +kernel.clock()
  let seed = 1
  const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647
  const takes = Array.from({ length: 60 }, () =>
    into.take({
      way: 'http',
      allows: () => true,
      pieces: Array.from({ length: 50 }, () => ({ device: codes[Math.floor(random() * 20)]!, metric: 'level', value: random() * 100, at: now - Math.floor(random() * 4_000) * 60_000 })),
    }),
  )
  const verdicts = await Promise.all(takes)

  assert.equal(verdicts.reduce((total, { taken }) => total + taken, 0), await stored(kernel))
  assert.ok(verdicts.some(({ quarantined }) => quarantined.every(({ reason }) => reason === 'duplicate')))
  assert.deepEqual(await faults(kernel), [])

  await sql`update reading_hour set n = n + 1 where series = (select min(series) from reading_hour)`.execute(kernel.db)
  assert.ok((await faults(kernel)).length > 0)
  await into.stop()
}))

test('more than can wait is refused, and what was taken before is stored', cityWith({}, async (kernel) => {
  await register(kernel, ['D-1'], [metric({ max: 1e9 })])
  const into = await kernel.read(asHouse, intake)
  const now = +kernel.clock()
  const message = (which: number) =>
    into.take({ way: 'http', allows: () => true, pieces: Array.from({ length: 5_000 }, (_, i) => ({ device: 'D-1', metric: 'level', value: 1, at: now - 1e9 + which * 5_000_000 + i * 1_000 })) })
  const settled = await Promise.allSettled(Array.from({ length: 60 }, (_, which) => message(which)))

  const refused = settled.filter((each) => each.status === 'rejected')
  assert.equal(refused.length, 20)
  assert.ok(refused.every(({ reason }) => (reason as { code: string }).code === 'monitoring.intake-full'))
  assert.equal(await stored(kernel), 200_000)
  assert.equal(into.waiting, 0)
  await into.stop()
}))

test('what is weighed in a transaction that is undone and tried again still rings, once', cityWith({}, async (kernel) => {
  await register(kernel, ['WL-1'])
  await kernel.transact(asHouse, (ctx) => putRule(ctx, 'HIGH', RULE))
  await kernel.settle()
  await take(kernel, [{ device: 'WL-1', metric: 'level', value: 1, at: +kernel.clock() - 2_000 }])
  // One deadlock; a sequence remembers over the rollback.
  await sql`create sequence tried`.execute(kernel.db)
  await sql`
    create function fall() returns trigger language plpgsql as $$
    begin
      if nextval('tried') = 1 then raise exception 'as two that wait for each other' using errcode = '40P01'; end if;
      return new;
    end $$`.execute(kernel.db)
  await sql`create trigger fall before insert on reading_intake for each row execute function fall()`.execute(kernel.db)

  await take(kernel, [{ device: 'WL-1', metric: 'level', value: 6, at: +kernel.clock() - 1_000 }])

  const { rows } = await sql<{ tries: number; readings: number; alarms: number }>`
    select (select last_value::int from tried) as tries, (select count(*)::int from reading) as readings, (select count(*)::int from alarm where rule = 'HIGH') as alarms`.execute(kernel.db)
  assert.deepEqual(rows, [{ tries: 2, readings: 2, alarms: 1 }])
}))
