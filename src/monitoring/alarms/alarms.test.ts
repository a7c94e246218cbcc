import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { systemActor, type Kernel } from '../../kernel/index.ts'
import { withApp, type App } from '../../testing.ts'
import { intake } from '../intake.ts'
import { register } from '../testing.ts'
import type { NewDevice } from '../shapes.ts'
import { alarmsFold } from './check.ts'
import { alarmCaseKey } from './ring.ts'
import { endOrphans } from './end-orphans.ts'
import type { AlarmShown, RuleBody, RuleShown } from './contract.ts'

const asHouse = { actor: systemActor }
const json = async <T>(reply: Response | Promise<Response>): Promise<T> => {
  const found = await reply
  assert.ok(found.ok, `${found.status} ${found.ok ? '' : await found.text()}`)
  return found.json() as Promise<T>
}

const RULE: RuleBody = {
  zh: '积水超限', en: 'Water too deep', product: 'gauge', devices: [], measure: { kind: 'threshold', metric: 'level' }, side: 'above', levels: [1, null, 3, 5], bands: [],
  hysteresis: 0.2, raiseSeconds: 0, clearSeconds: 0, case: { level: 3, category: '2026.m.06013', condition: '2026.m.06013.03', unit: null }, active: true,
}

const setRule = (app: App, over: Partial<RuleBody> = {}, code = 'FLOOD'): Promise<RuleShown> =>
  json(app.fetchAs('sysadmin', `/api/alarm-rules/${code}`, { method: 'PUT', json: { ...RULE, ...over } }))

/** One reading of each of these devices, acknowledged. */
async function say(kernel: Kernel, values: Readonly<Record<string, number>>, at?: number, of = 'level'): Promise<void> {
  const into = await kernel.read(asHouse, intake)
  const pieces = Object.entries(values).map(([device, value]) => ({ device, metric: of, value, ...(at !== undefined && { at }) }))
  const { quarantined } = await into.take({ way: 'http', pieces, allows: () => true })
  assert.deepEqual(quarantined, [])
}

const open = async (app: App, query = ''): Promise<AlarmShown[]> => (await json<{ items: AlarmShown[] }>(app.fetchAs('lead', `/api/alarms?${query}`))).items
const brief = (alarms: readonly AlarmShown[]) => alarms.map(({ device, level, state }) => `${device} ${level} ${state}`)
const faults = (kernel: Kernel) => kernel.read(asHouse, (ctx) => Array.fromAsync(alarmsFold.run(ctx)))

async function until<T>(look: () => Promise<T | undefined>, what: string): Promise<T> {
  for (const end = Date.now() + 30_000; Date.now() < end; await new Promise((over) => setTimeout(over, 200))) {
    const found = await look()
    if (found !== undefined) return found
  }
  throw new Error(`${what} did not come`)
}

const of = async (app: App, { district, id }: AlarmShown) =>
  json<{ alarm: AlarmShown; steps: { what: string; by: string | null; note: string | null }[] }>(app.fetchAs('lead', `/api/alarms/${district}/${id}`))

test('an alarm rings once, becomes worse, becomes a case of its own, and each hears of the other’s end', withApp(async (app) => {
  const { kernel } = app
  await register(kernel, ['WL-1'])
  await setRule(app)
  await kernel.settle()
  const base = +kernel.clock() - 60_000
  await say(kernel, { 'WL-1': 1.5 }, base)
  await say(kernel, { 'WL-1': 1.6 }, base + 1000)
  const [blue] = await open(app)
  assert.deepEqual([blue!.level, blue!.state, blue!.value, blue!.caseNumber], [1, 'ringing', 1.5, null])

  await json(app.fetchAs('lead', `/api/alarms/${blue!.district}/${blue!.id}/acknowledge`, { json: { note: '已派人查看' } }))
  assert.deepEqual(brief(await open(app)), ['WL-1 1 acknowledged'])
  const attend = (account: string) => app.fetchAs(account, `/api/alarms/${blue!.district}/${blue!.id}/acknowledge`, { json: {} })
  assert.deepEqual([(await attend('lead')).status, (await attend('operator')).status], [200, 409], 'the first who attends to it stands')
  await say(kernel, { 'WL-1': 1.7 }, base + 1500)
  assert.deepEqual([(await open(app))[0]!.value, (await open(app))[0]!.latest?.value], [1.5, 1.7])
  await say(kernel, { 'WL-1': 5.2 }, base + 2000)
  assert.deepEqual(brief(await open(app)), ['WL-1 4 ringing'], 'what has become worse is heard anew')

  const number = await until(async () => (await open(app))[0]!.caseNumber ?? undefined, 'the case')
  const { brief: made, condition: filed, history } = await json<{ brief: { state: string; source: string; photo: string | null; description: string; unit: object | null }; condition: { words: { zh: string } } | null; history: { step: string }[] }>(app.fetchAs('lead', `/api/cases/${number}`))
  assert.equal(made.state, 'dispatched')
  assert.match(made.description, /红色告警.*积水超限.*5\.2 米，限值 5 米.*WL-1/)
  assert.equal(filed?.words.zh, '坑洼高差≥30mm', 'on the condition of the rule')
  assert.ok(made.photo, 'with its trend')
  assert.deepEqual(history.map(({ step }) => step).toSorted(), ['accept', 'dispatch', 'establish', 'report'])

  // It comes and goes: the case hears of it when it has been calm for a while.
  const waiting = async () => (await kernel.read(asHouse, ({ db }) => sql<{ id: string; late: boolean }>`select id::text, run_at > ${kernel.clock()} as late from graphile_worker.jobs where key = ${alarmCaseKey(blue!.id)}`.execute(db))).rows
  await say(kernel, { 'WL-1': 0.3 }, base + 3000)
  await say(kernel, { 'WL-1': 5.2 }, base + 3100)
  assert.deepEqual(await waiting(), [], 'what came back at once is not told')
  await say(kernel, { 'WL-1': 0.3 }, base + 3200)
  assert.deepEqual(await open(app), [])
  assert.deepEqual((await waiting()).map(({ late }) => late), [true])
  const job = (await waiting())[0]!.id
  await kernel.transact(asHouse, ({ db }) => sql`select graphile_worker.reschedule_jobs(array[${job}::bigint], run_at := now())`.execute(db))
  await until(async () => {
    const { history: now } = await json<{ history: { step: string; note: string | null }[] }>(app.fetchAs('lead', `/api/cases/${number}`))
    return now.find(({ step }) => step === 'alarm-told')
  }, 'the news of its end')

  await json(app.fetchAs('lead', `/api/cases/${number}/steps`, { json: { step: 'void', reason: 'test', note: '演练' } }))
  await kernel.settle()
  const { steps } = await of(app, blue!)
  assert.deepEqual(steps.map(({ what }) => what), ['case-ended', 'cleared', 'returned', 'cleared', 'case-made', 'escalated', 'acknowledged', 'raised'])
  assert.equal(steps.find(({ what }) => what === 'acknowledged')!.note, '已派人查看')

  await say(kernel, { 'WL-1': 4 }, base + 4000)
  const [again] = await open(app)
  assert.deepEqual([again!.id, again!.flaps], [blue!.id, 2], 'what comes back at once is the same alarm')
  assert.deepEqual(await faults(kernel), [])
}))

test('many at once are a storm; one on the shelf is silent until the shelf ends; a rule that ends takes its alarms along', withApp(async (app) => {
  const { kernel } = app
  const codes = ['WL-1', 'WL-2', 'WL-3', 'WL-4', 'WL-5', 'WL-6']
  await register(kernel, codes)
  await setRule(app, { case: null })
  await kernel.settle()
  await say(kernel, Object.fromEntries(codes.slice(0, 4).map((code) => [code, 2])))
  assert.ok((await open(app)).every(({ storm }) => storm === null))
  await say(kernel, { 'WL-5': 2, 'WL-6': 4 })
  const all = await open(app)
  assert.equal(new Set(all.map(({ storm }) => storm)).size, 1)
  assert.equal((await open(app, `storm=${all[0]!.storm}`)).length, 6)
  assert.deepEqual([all[0]!.device, all[0]!.level], ['WL-6', 3], 'the worst first')

  const { district, id } = all[0]!
  const until1 = new Date(+kernel.clock() + 3_600_000).toISOString()
  const path = `/api/alarms/${district}/${id}`
  assert.equal((await app.fetchAs('lead', `${path}/shelve`, { json: { reason: '探头检修', until: new Date(+kernel.clock() + 400 * 3_600_000).toISOString() } })).status, 422)
  await json(app.fetchAs('lead', `${path}/shelve`, { json: { reason: '探头检修', until: until1 } }))
  const counts = await json<{ ringing: number; shelved: number; levels: number[] }>(app.fetchAs('lead', '/api/alarms/counts'))
  assert.deepEqual([counts.ringing, counts.shelved, counts.levels], [5, 1, [5, 0, 0, 0]])
  await json(app.fetchAs('lead', `${path}/unshelve`, { json: {} }))
  assert.equal((await open(app))[0]!.state, 'ringing')

  assert.equal((await app.fetchAs('lead', '/api/alarm-rules/FLOOD', { method: 'PUT', json: RULE })).status, 403, 'who attends does not set rules')
  await setRule(app, { case: null, active: false })
  assert.deepEqual(await open(app), [])
  assert.equal((await of(app, all[0]!)).steps[0]!.what, 'ended')
  assert.equal((await app.fetchAs('lead', `${path}/acknowledge`, { json: {} })).status, 409)
  assert.deepEqual(await faults(kernel), [])
}))

test('silence rings by itself, and a silent gateway explains the silence behind it', withApp(async (app) => {
  const { kernel } = app
  await register(kernel, ['GW-1'])
  await register(kernel, ['WL-1', 'WL-2'], undefined, 'GW-1')
  await setRule(app, { zh: '数据中断', en: 'Silent', measure: { kind: 'absence', metric: 'level' }, levels: [null, 120, null, null], case: null, hysteresis: 0 }, 'SILENT')
  await kernel.settle()
  await say(kernel, { 'GW-1': 1, 'WL-1': 1, 'WL-2': 1 }, +kernel.clock() - 300_000)
  const [gateway] = await until(async () => ((await open(app)).length > 0 ? open(app) : undefined), 'the alarm')
  assert.deepEqual([gateway!.device, gateway!.level, gateway!.children], ['GW-1', 2, 2])
  assert.deepEqual((await open(app, `parent=${gateway!.id}`)).map(({ device }) => device).toSorted(), ['WL-1', 'WL-2'])
  await say(kernel, { 'GW-1': 1, 'WL-1': 1 })
  await until(async () => ((await open(app, 'device=WL-1')).length === 0 ? true : undefined), 'the end')
  assert.deepEqual((await open(app, 'device=WL-2')).map(({ device }) => device), ['WL-2'])
  assert.deepEqual(await faults(kernel), [])
}))

test('a trial run says when a rule would have rung, and a rule with faults is refused whole', withApp(async (app) => {
  const { kernel } = app
  await register(kernel, ['WL-1'])
  await kernel.settle()
  const base = +kernel.clock() - 600_000
  for (const [i, value] of [0.5, 2, 3.5, 0.1, 6].entries()) await say(kernel, { 'WL-1': value }, base + i * 60_000)
  const trial = await json<{ readings: number; alarms: { device: string; level: number; worst: number; clearedAt: string | null }[] }>(
    app.fetchAs('sysadmin', '/api/alarm-rules/trial', { json: { rule: RULE, from: new Date(base - 1000).toISOString(), to: new Date(base + 600_000).toISOString() } }),
  )
  assert.equal(trial.readings, 5)
  assert.deepEqual(trial.alarms.map(({ level, worst, clearedAt }) => [level, worst, clearedAt !== null]), [[4, 6, false], [3, 3.5, true]])
  assert.deepEqual(await open(app), [], 'nothing has rung')

  const bad = { ...RULE, product: 'none', levels: [3, 1, null, null], case: { level: 2, category: 'x', condition: '2026.m.06010.01', unit: 'y' }, devices: ['NO'] }
  const reply = await app.fetchAs('sysadmin', '/api/alarm-rules/BAD', { method: 'PUT', json: bad })
  assert.equal(reply.status, 422)
  const { faults: found } = (await reply.json()) as { faults: { at: string }[] }
  assert.deepEqual(found.map(({ at }) => at), ['product', 'devices.0', 'levels', 'case.category', 'case.condition', 'case.unit'])
}))

test('what comes back worse than it was is heard anew, and a unit that is no more does not keep an alarm from its case', withApp(async (app) => {
  const { kernel } = app
  await register(kernel, ['WL-1'])
  await setRule(app, { case: { level: 4, category: '2026.m.06010', unit: 'U03' } })
  await kernel.settle()
  const base = +kernel.clock() - 60_000
  await say(kernel, { 'WL-1': 1.5 }, base)
  const [blue] = await open(app)
  await json(app.fetchAs('lead', `/api/alarms/${blue!.district}/${blue!.id}/acknowledge`, { json: {} }))
  await say(kernel, { 'WL-1': 0 }, base + 1000)
  await say(kernel, { 'WL-1': 1.2 }, base + 2000)
  assert.deepEqual(brief(await open(app)), ['WL-1 1 acknowledged'], 'the same again is attended to already')
  await say(kernel, { 'WL-1': 0 }, base + 3000)
  // The unit of the rule is gone behind its back.
  await kernel.transact(asHouse, async ({ db }) => sql`update alarm_rule set body = jsonb_set(body, '{case,unit}', '"U99"')`.execute(db))
  await say(kernel, { 'WL-1': 6 }, base + 4000)
  const [red] = await open(app)
  assert.deepEqual([red!.id, red!.state, red!.flaps, red!.worst], [blue!.id, 'ringing', 2, 6])
  const number = await until(async () => (await open(app))[0]!.caseNumber ?? undefined, 'the case')
  const { brief: made } = await json<{ brief: { state: string } }>(app.fetchAs('lead', `/api/cases/${number}`))
  assert.equal(made.state, 'established', 'as far as it could go')
  assert.deepEqual(await faults(kernel), [])
}))

test('a device that goes out of service, or out of its rule, takes its alarm along', withApp(async (app) => {
  const { kernel } = app
  await register(kernel, ['WL-1', 'WL-2', 'WL-3'])
  await setRule(app, { case: null })
  await kernel.settle()
  await say(kernel, { 'WL-1': 2, 'WL-2': 2, 'WL-3': 2 }, +kernel.clock() - 60_000)
  const device = await json<NewDevice>(app.fetchAs('sysadmin', '/api/devices/WL-1'))
  const { product, name, district, position, ownerUnit, component, gateway } = device
  await json(app.fetchAs('sysadmin', '/api/devices/WL-1', { method: 'PUT', json: { product, name, district, position, ownerUnit, component, gateway, state: 'stopped' } }))
  await setRule(app, { case: null, devices: ['WL-1', 'WL-3'] })
  await kernel.settle()
  await kernel.transact(asHouse, (ctx) => endOrphans(ctx))
  assert.deepEqual((await open(app)).map(({ device: code }) => code), ['WL-3'])
  await say(kernel, { 'WL-3': 0 })
  assert.deepEqual(await open(app), [])
  assert.deepEqual(await faults(kernel), [])
}))
