// Walks every endpoint of every room: nobody enters without a session, without the permit, or from another region.

import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { rooms } from './app.ts'
import { createAccount } from './kernel/access/accounts.ts'
import { startSession } from './kernel/access/session.ts'
import type { EndpointShape } from './kernel/contract.ts'
import { createHttp, readSheet, systemActor, type Kernel } from './kernel/index.ts'
import { sampleOf } from './kernel/http/sample.ts'
import { reportCase, takeStep } from './cases/index.ts'
import { publishArticles } from './channels/hotline/index.ts'
import { putSystem } from './channels/hotline/orders/systems.ts'
import { takeOrder } from './channels/hotline/orders/take-order.ts'
import { metric, register, ringOnce } from './monitoring/testing.ts'
import { orderTruck } from './monitoring/flood/command/testing.ts'
import { floodPoint, floodReport, reportQuestions } from './monitoring/flood/testing.ts'
import { questionsOfRisks, riskAndHazard } from './monitoring/risk/testing.ts'
import { registerVehicles } from './monitoring/vehicles/testing.ts'
import { cityKernel } from './testing.ts'

/** A region that no city here has. */
const ELSEWHERE = '110101'
const NOBODY = '00000000-0000-7000-8000-000000000000'
const DRAFT = 'walked'
const WALKED_DEVICE = 'WALK-1'
const WALKED_VEHICLE = 'V-1'

/** What is the same for every region, or only ever about the caller: nothing in it lies anywhere. */
const OF_NO_REGION: Readonly<Record<string, string>> = {
  'GET /events': 'each event is shown by its own permit and place',
  'POST /api/sign-out': 'the caller’s own',
  'GET /api/me': 'the caller’s own',
  'PUT /api/me/password': 'the caller’s own',
  'GET /api/sessions': 'the caller’s own',
  'DELETE /api/sessions/:id': 'the caller’s own',
  'POST /api/files': 'seen by nobody else until it belongs to something',
  'POST /api/cases/bulk': 'each case has a verdict of its own; tried below',
  'GET /api/cases/sheet': 'a sheet; tried below',
  'GET /api/proceedings/sheet': 'a sheet; tried below',
  'GET /api/roles': 'the words of the house',
  'GET /api/permits': 'the words of the house',
  'GET /api/flow': 'the words of the house',
  'GET /api/responsibility/model': 'how well the program learned from the whole city',
  'GET /api/categories/:id/conditions': 'the words of the house',
  'GET /api/hotline/suggest/categories': 'the words of the house',
  'GET /api/hotline/suggest/answers': 'answers for everyone who calls',
  'GET /api/hotline/suggest/places': 'public things in public streets',
  'GET /api/components/near': 'public things in public streets',
  'GET /tiles/grid/:z/:x/:y': 'public things in public streets',
  'GET /api/collector/me': 'the caller’s own',
  'PUT /api/collector/duty': 'the caller’s own',
  'PUT /api/collector/position': 'the caller’s own',
  'GET /api/collector/tasks': 'the caller’s own',
  'GET /api/collector/history': 'the caller’s own',
  'GET /api/products': 'the words of the house',
  'GET /api/alarm-rules': 'the words of the house',
  'GET /api/risk-matrix': 'the words of the house',
  'GET /api/alarm-rules/file': 'the words of the house',
  'POST /api/alarm-rules/trial': 'over the devices that the caller reaches, and changes nothing',
  'GET /api/messages': 'the caller’s own',
  'GET /api/messages/unread': 'the caller’s own',
  'POST /api/messages/read': 'the caller’s own',
  'GET /api/messages/contact': 'the caller’s own',
  'PUT /api/messages/contact': 'the caller’s own',
  'GET /api/responses/mine': 'the caller’s own',
  'PUT /api/responses/position': 'the caller’s own',
  'GET /api/flood/mine': 'the caller’s own',
  'PUT /api/flood/position': 'the caller’s own',
}

/** What a sensible question must hold where its schema alone does not say so. */
const questions = (): Readonly<Record<string, { params?: object; query?: object; body?: object; photo?: true }>> => ({
  'POST /api/accounts': { body: { account: 'somebody.else', name: '某人', region: '999902' } },
  'PUT /api/accounts/:id/grants': { body: { grants: [{ role: 'leader', region: '999902', unit: '', category: '' }] } },
  'POST /api/keys': { body: { name: '某机器', permits: ['file.read'], region: '999902', unit: '', category: '' } },
  'PUT /api/roles/:code': { params: { code: 'leader' }, body: { name: { zh: '领导', en: 'Leader' }, permits: [] } },
  'GET /api/responsibility/decision': { query: { category: place.category, lng: place.position[0], lat: place.position[1] } },
  'PUT /api/responsibility/rules/:rule': { params: { rule: 'R-0001' } },
  'POST /api/responsibility/rules/:rule/end': { params: { rule: 'R-0001' } },
  'POST /api/responsibility/precedents/:precedent/withdraw': { params: { precedent: 'P-999902-001' } },
  'POST /api/cases': { body: { ...place, description: '井盖破损' } },
  'POST /api/cases/:number/steps': { body: { step: 'void', reason: 'repeated', note: '重复' } },
  'POST /api/collector/tasks/:id/answer': { body: { district: real.district, passed: true }, photo: true },
  'POST /api/calendar/preview': { body: { hours: [['08:00', '12:00']], days: [] } },
  'POST /api/calendar/versions': { body: { hours: [['08:00', '12:00']], days: [], base: 0, note: '改' } },
  'POST /api/cases/:number/responses': { body: { profile: '135', responders: [NOBODY] } },
  ...ofMessages,
  ...ofMonitoring(),
  ...ofVehicles(),
  ...questionsOfRisks(risk, place.category),
  'PUT /api/hotline/desk/calls/:id/number': { body: { number: '12345' } },
  'POST /api/hotline/orders': { body: { system: 'walk', theirs: 'W-2', description: '垃圾', position: place.position } },
  'GET /api/hotline/orders/:system/:theirs': { params: { system: 'walk', theirs: 'W-1' } },
  'GET /api/knowledge/articles/:id': { params: { id: real.article } },
  'POST /api/knowledge/articles/:id/useless': { params: { id: real.article } },
  'POST /api/flows/uses': { body: { flow: 'merged.1', district: '' } },
  'POST /api/flow-drafts': { body: { code: 'other', from: 'standard.1' } },
  'PUT /api/flow-drafts/:code': { body: { revision: 1, flow: { code: DRAFT, version: 1, words: { zh: '', en: '' }, stages: [], states: {}, clocks: {}, steps: {}, procedures: {} } } },
  'POST /api/flow-drafts/:code/publish': { body: { revision: 1, note: '改' } },
  'POST /api/flow-mappings/preview': { body: { from: 'standard.1', to: 'merged.1' } },
  'POST /api/flow-mappings': { body: { name: '转', from: 'standard.1', to: 'merged.1', states: {} } },
  'POST /api/trial-runs': { body: { name: '试', months: 1 } },
  'GET /api/flow-drafts/:code/check': { query: { against: 'standard.1' } },
  'GET /api/gather/cube': { query: { by: 'district' } },
  'GET /api/gather/acts': { query: { kind: 'extend' } },
  'GET /api/cases/map': { query: { box: '116.2,39.9,116.4,40.1' } },
  'POST /api/collector/reports': { body: { key: randomUUID(), category: place.category, lng: place.position[0], lat: place.position[1] } },
})

const template = { name: { zh: '受理', en: 'Accepted' }, reader: 'staff', zh: { subject: '', body: '{number}' }, en: { subject: '', body: '{number}' } }
const system = { name: '12345', url: 'https://example.org/', events: [], sources: [], systems: [], enabled: true }
const ofMessages = {
  'GET /api/messages/outbox': { query: { number: '99990220260610000001', channel: 'sms', state: 'dead' } },
  'PUT /api/messages/channels/:code': {
    params: { code: 'sms' },
    body: { kind: 'sms', name: '短信', unit: '', enabled: true, settings: { url: 'https://example.org/' } },
  },
  'DELETE /api/messages/channels/:code': { params: { code: 'sms' } },
  'POST /api/messages/channels/:code/trial': { params: { code: 'sms' }, body: { to: '1' } },
  'PUT /api/messages/rules/:code': {
    params: { code: 'urged' },
    body: {
      name: { zh: '催办', en: 'Urged' }, on: 'step', about: ['urge'], clocks: [], levels: [], sources: [], audience: 'unit', channels: ['app'],
      template: 'urged', after: null, stops: false, urgent: false, digest: false, enabled: true,
    },
  },
  'DELETE /api/messages/rules/:code': { params: { code: 'urged' } },
  'PUT /api/messages/templates/:code': { params: { code: 'urged' }, body: template },
  'DELETE /api/messages/templates/:code': { params: { code: 'urged' } },
  'POST /api/messages/preview': { body: { template } },
  'PUT /api/messages/settings': { body: { language: 'zh', quiet: null, digestAt: [], tries: 8, keepDays: 365 } },
  'POST /api/subscriptions': { body: system },
  'PUT /api/subscriptions/:id': { params: { id: NOBODY }, body: system },
} as const

const ofMonitoring = () => {
  const params = { code: WALKED_DEVICE }
  const body = { product: 'gauge', name: '水位', district: real.district, position: null, ownerUnit: null, component: null, gateway: null, state: 'in_service' }
  return {
    'PUT /api/products/:code': { params: { code: 'walked' }, body: { zh: '水', en: 'Water', metrics: [metric()] } },
    'GET /api/devices/map': { query: { box: '60,10,140,60', zoom: '8' } },
    'POST /api/devices': { body: { code: 'WALK-2', ...body } },
    'GET /api/devices/:code': { params },
    'PUT /api/devices/:code': { params, body },
    'POST /api/devices/:code/key': { params },
    'GET /api/devices/:code/trend': { params, query: { metric: 'level' } },
    'GET /sensorthings/v1.1/*': { params: { '*': `Things('${WALKED_DEVICE}')/Datastreams` } },
    'POST /api/quarantine/replay': { body: { ids: [NOBODY] } },
    'PUT /api/alarm-rules/:code': { params: { code: 'WALKED' }, body: alarm.rule },
    'POST /api/alarm-rules/file': { body: { text: '{}', apply: false } },
    'POST /api/alarm-rules/trial': { body: { rule: alarm.rule, from: '2026-06-10T00:00:00+08:00', to: '2026-06-11T00:00:00+08:00' } },
    'GET /api/flood/points/:device': { params: { device: WALKED_DEVICE } },
    'PUT /api/flood/points/:device': { params: { device: WALKED_DEVICE }, body: { scene: 'low-ground', levels: [10, 15, 27, 40] } },
    'DELETE /api/flood/points/:device': { params: { device: WALKED_DEVICE } },
    'GET /api/flood/assignments': { query: { point: WALKED_DEVICE, from: '2026-06-10T00:00:00+08:00', to: '2026-06-11T00:00:00+08:00' } },
    'GET /api/flood/assignments/:district/:id': { params: called },
    'PUT /api/flood/points/:device/staff': { params: { device: WALKED_DEVICE }, body: { staff: [] } },
    'PUT /api/flood/trucks/:code/driver': { params: { code: WALKED_VEHICLE }, body: { account: null } },
    'POST /api/flood/calls': { body: { points: [WALKED_DEVICE], level: undefined } },
    'POST /api/flood/orders': { body: { point: WALKED_DEVICE, truck: WALKED_VEHICLE, person: undefined, words: '抽排' } },
    'POST /api/flood/assignments/:district/:id/cancel': { params: called, body: { reason: '水已退' } },
    'POST /api/flood/assignments/:district/:id/told': { params: called, body: { mark: 'arrived' } },
    'POST /api/flood/points/:device/release': { params: { device: WALKED_DEVICE }, body: {} },
    'PUT /api/flood/assignments/:district/:id/receipt': { params: called },
    'POST /api/flood/assignments/:district/:id/marks': { params: called, body: { mark: 'arrived' } },
    ...reportQuestions(report),
    'GET /api/alarms/:district/:id': { params: { district: alarm.district, id: alarm.id } },
    'POST /api/alarms/:district/:id/acknowledge': { params: { district: alarm.district, id: alarm.id }, body: {} },
    'POST /api/alarms/:district/:id/shelve': { params: { district: alarm.district, id: alarm.id }, body: { reason: '检修', until: '2026-06-11T00:00:00+08:00' } },
    'POST /api/alarms/:district/:id/unshelve': { params: { district: alarm.district, id: alarm.id }, body: {} },
  }
}

const ofVehicles = () => {
  const params = { code: WALKED_VEHICLE }
  const body = { plate: '示A00002', phone: '13900000002', kind: 'pump', name: '泵车', district: real.district, ownerUnit: null, driver: '', state: 'in_service' }
  return {
    'POST /api/vehicles': { body: { code: 'V-2', ...body } },
    'GET /api/vehicles/:code': { params },
    'PUT /api/vehicles/:code': { params, body },
    'POST /api/vehicles/:code/release': { params },
    'GET /api/vehicles/:code/track': { params, query: { from: '2026-06-10T00:00:00+08:00', to: '2026-06-11T00:00:00+08:00' } },
  }
}

const nameOf = ({ method, path }: EndpointShape) => `${method} ${path}`
const endpoints: EndpointShape[] = rooms.flatMap((room) => room.routes ?? []).map(({ endpoint }) => endpoint)
const guarded = endpoints.filter(({ permit }) => permit !== 'anyone')
const permitted = guarded.filter(({ permit }) => permit !== 'signed-in')

// A picture of one pixel.
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')

let kernel: Kernel
let app: FastifyInstance
let trial: string
let alarm: Awaited<ReturnType<typeof ringOnce>>
let called: Awaited<ReturnType<typeof orderTruck>>
let report: string
let risk: Awaited<ReturnType<typeof riskAndHazard>>
let place: { category: string; position: [number, number] }
/** Something real of this city for each name of a parameter, so that a refusal is not for want of it. */
const real: Record<string, string> = {}
before(async () => {
  kernel = await cityKernel()
  app = createHttp(kernel, { rates: { signIn: { points: 10_000, seconds: 1 } } })
  await app.ready()
  await learnReal()
  await learnFlows()
  await register(kernel, [WALKED_DEVICE])
  alarm = await ringOnce(kernel, WALKED_DEVICE)
  await floodPoint(kernel, WALKED_DEVICE)
  report = await floodReport(kernel)
  risk = await riskAndHazard(kernel)
  await registerVehicles(kernel, [{ code: WALKED_VEHICLE, plate: '示A00001', phone: '13900000001' }])
  called = await orderTruck(kernel, WALKED_DEVICE, WALKED_VEHICLE)
  // So that it is counted too, and a count of nothing is a refusal.
  await kernel.start()
  await kernel.settle()
})
after(() => app.close())

async function learnReal(): Promise<void> {
  await kernel.transact({ actor: systemActor }, async (ctx) => {
    real.id = (await createAccount(ctx, { account: 'of.this.city', name: '本市', password: null, region: '999902' })).id
    const photo = await kernel.files.put(Readable.from([PNG]), { name: 'pothole.png' })
    const { rows: found } = await sql<{ category: string; position: { x: number; y: number } }>`
      select category, position from component where district = '999902' limit 1`.execute(ctx.db)
    const { category, position } = found[0]!
    place = { category, position: [position.x, position.y] }
    const { number, district } = await reportCase(ctx, { ...place, description: '井盖破损', files: [photo.sha256] })
    Object.assign(real, { number, district, sha256: photo.sha256 })
    const { rows: collectors } = await sql<{
      id: string
    }>`select account_id as id from access_grant where role = 'collector' limit 1`.execute(ctx.db)
    await takeStep(ctx, { number, district }, { step: 'verify', collector: collectors[0]!.id })
    await putSystem(ctx, 'walk', { name: '行人', source: 'hotline', datum: 'wgs84', most: 10, active: true })
    await takeOrder(ctx, 'walk', { theirs: 'W-1', description: '垃圾', position: place.position })
    const article = { question: '行人问什么', answer: '这样答', source: '测试', author: '甲', reviewer: '乙' }
    await publishArticles(ctx, [article])
    real.article = (await sql<{ id: string }>`select id from article_version limit 1`.execute(ctx.db)).rows[0]!.id
    real.storm = randomUUID()
    await sql`
      insert into storm (id, district, state, family, aspects, lng, lat, metres, wide, since, last_at, usual, chance, reports, opened_at)
      values (${real.storm}, ${district}, 'open', 'water', '{}', ${place.position[0]}, ${place.position[1]}, 300, false, now(), now(), 1, 0, 1, now())`.execute(ctx.db)
    await sql`insert into storm_member values (${real.storm}, ${district}, ${number}, now())`.execute(ctx.db)
    real.task = (await sql<{ id: string }>`select id from case_task where district = ${district} limit 1`.execute(ctx.db)).rows[0]!.id
  })
}

/** A draft of a flow and a trial of one, made as a page would. */
async function learnFlows(): Promise<void> {
  const cookie = await cookieOf('case.flow')
  const make = async (url: string, payload: object) => {
    const reply = await app.inject({ method: 'POST', url, headers: { cookie, 'idempotency-key': randomUUID() }, payload })
    assert.equal(reply.statusCode, 200, reply.body)
    return reply.json()
  }
  await make('/api/flow-drafts', { code: DRAFT, from: 'standard.1' })
  trial = (await make('/api/trial-runs', { name: '走查', months: 1 })).id
}

/** Signs somebody in who holds one permit in one region, or none at all. */
async function cookieOf(permit: string | undefined, region = ''): Promise<string> {
  return kernel.transact({ actor: systemActor }, async (ctx) => {
    const account = await createAccount(ctx, { account: `w${randomUUID().slice(0, 12)}`, name: '行人', password: null })
    if (permit !== undefined) {
      const role = `walk-${permit.replaceAll('.', '-')}`
      await sql`
        insert into role (code, zh, en, permits) values (${role}, '行人', 'Walker', ${[permit]}::text[])
        on conflict do nothing`.execute(ctx.db)
      await sql`insert into access_grant values (${account.id}, ${role}, ${region}, '', '')`.execute(ctx.db)
    }
    return `chengyun_session=${await startSession(ctx, account, 'walk')}`
  })
}

async function ask(endpoint: EndpointShape, cookie?: string) {
  const question = questions()[nameOf(endpoint)] ?? {}
  const params = { ...(sampleOf(endpoint.params) as object), ...real, ...question.params } as Record<string, string>
  if (endpoint.path.includes('/tasks/')) params.id = real.task ?? NOBODY
  if (endpoint.path.includes('/trial-runs/')) params.id = trial
  if (endpoint.path.startsWith('/api/flow')) Object.assign(params, { flow: 'standard.1', code: DRAFT })
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries({ ...(sampleOf(endpoint.query) as object), ...question.query }))
    query.set(name, real[name] ?? String(value))
  const body = endpoint.body && { ...(sampleOf(endpoint.body) as object), ...question.body }
  const path = endpoint.path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? 'x')).replace(/\*$/, () => params['*']!)
  const form = question.photo && new Response(formOf(body ?? {}))
  const reply = await app.inject({
    method: endpoint.method,
    url: query.size > 0 ? `${path}?${query}` : path,
    headers: {
      'idempotency-key': randomUUID(),
      ...(cookie && { cookie }),
      ...(form && { 'content-type': form.headers.get('content-type')! }),
    },
    ...(form ? { payload: Buffer.from(await form.arrayBuffer()) } : body && { payload: body }),
  })
  const type = String(reply.headers['content-type'])
  return { status: reply.statusCode, json: type.includes('json') && reply.body ? JSON.parse(reply.body) : undefined, body: reply.body }
}

function formOf(body: object): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(body)) form.append(name, String(value))
  form.append('files', new Blob([PNG]), 'pothole.png')
  return form
}

/** Whether an answer tells of nothing: no entry in any list, no count above zero. */
function tellsNothing(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(tellsNothing)
  if (typeof value === 'number') return value === 0
  if (typeof value === 'object' && value !== null) return Object.values(value).every(tellsNothing)
  return true
}

for (const endpoint of guarded) {
  test(`${nameOf(endpoint)} asks who one is`, async () => {
    const { status, json } = await ask(endpoint)

    assert.deepEqual([status, json?.code], [401, 'access.sign-in-needed'])
  })
}

for (const endpoint of permitted) {
  test(`${nameOf(endpoint)} is refused without ${endpoint.permit}`, async () => {
    const { status, json } = await ask(endpoint, await cookieOf(undefined))

    assert.deepEqual([status, json?.code], [403, 'access.permit-missing'])
  })
}

for (const endpoint of guarded.filter((each) => !(nameOf(each) in OF_NO_REGION))) {
  test(`${nameOf(endpoint)} tells and does nothing for a caller from another region`, async () => {
    const { status, json, body } = await ask(
      endpoint,
      await cookieOf(endpoint.permit === 'signed-in' ? undefined : endpoint.permit, ELSEWHERE),
    )

    // Any other refusal proves nothing: then the question is not sensible, and belongs into `questions`.
    if (status === 200) assert.ok(endpoint.method === 'GET' && json !== undefined && tellsNothing(json), body.slice(0, 500))
    else assert.ok(status === 403 || status === 404, `${status} ${body.slice(0, 500)}`)
  })
}

/** Only the collector who was given it, and the operator who has the call. */
const OF_ONE = new Set(['GET /api/hotline/desk/calls/:id/caller', 'GET /api/collector/tasks/:id'])

for (const endpoint of permitted.filter((each) => each.method === 'GET' && !OF_ONE.has(nameOf(each)))) {
  test(`${nameOf(endpoint)} answers the same question of a caller who may`, async () => {
    const { status, body } = await ask(endpoint, await cookieOf(endpoint.permit))

    assert.equal(status, 200, body.slice(0, 500))
  })
}

test('what is excepted from regions is still there', () => {
  const names = new Set(endpoints.map(nameOf))
  const known = Object.keys(OF_NO_REGION).filter((name) => names.has(name))

  assert.ok(known.length > 0)
  for (const name of Object.keys(questions())) assert.ok(names.has(name), `${name} is gone`)
})

for (const path of ['/api/cases/sheet', '/api/proceedings/sheet?kind=extend']) {
  test(`${path} holds no row for a caller from another region`, async () => {
    const reply = await app.inject({ method: 'GET', url: path, headers: { cookie: await cookieOf('case.read', ELSEWHERE) } })

    assert.equal(reply.statusCode, 200)
    // The first row is the head.
    assert.ok((await Array.fromAsync(readSheet(reply.rawPayload, 'Asia/Shanghai'))).length <= 1)
  })
}

test('of a selection a caller from another region is told that none of it is there', async () => {
  const reply = await app.inject({
    method: 'POST',
    url: '/api/cases/bulk',
    headers: { cookie: await cookieOf('case.read', ELSEWHERE), 'idempotency-key': randomUUID() },
    payload: { step: 'void', reason: 'mistaken', cases: [{ number: real.number }] },
  })

  assert.deepEqual(reply.json().verdicts.map(({ ok, code }: { ok: boolean; code: string }) => [ok, code]), [[false, 'case.unknown']])
})
