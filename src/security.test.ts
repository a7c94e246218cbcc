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
import { createHttp, systemActor, type Kernel } from './kernel/index.ts'
import { sampleOf } from './kernel/http/sample.ts'
import { reportCase, takeStep } from './cases/index.ts'
import { cityKernel } from './testing.ts'

/** A region that no city here has. */
const ELSEWHERE = '110101'
const NOBODY = '00000000-0000-7000-8000-000000000000'

/** What is the same for every region, or only ever about the caller: nothing in it lies anywhere. */
const OF_NO_REGION: Readonly<Record<string, string>> = {
  'GET /events': 'each event is shown by its own permit and place',
  'POST /api/sign-out': 'the caller’s own',
  'GET /api/me': 'the caller’s own',
  'PUT /api/me/password': 'the caller’s own',
  'GET /api/sessions': 'the caller’s own',
  'DELETE /api/sessions/:id': 'the caller’s own',
  'POST /api/files': 'seen by nobody else until it belongs to something',
  'GET /api/roles': 'the words of the house',
  'GET /api/permits': 'the words of the house',
  'GET /api/flow': 'the words of the house',
  'GET /api/categories/:id/conditions': 'the words of the house',
  'GET /api/components/near': 'public things in public streets',
  'GET /tiles/grid/:z/:x/:y': 'public things in public streets',
  'GET /api/collector/me': 'the caller’s own',
  'PUT /api/collector/duty': 'the caller’s own',
  'PUT /api/collector/position': 'the caller’s own',
  'GET /api/collector/tasks': 'the caller’s own',
  'GET /api/collector/history': 'the caller’s own',
}

/** What a sensible question must hold where its schema alone does not say so. */
const questions = (): Readonly<Record<string, { params?: object; query?: object; body?: object; photo?: true }>> => ({
  'POST /api/accounts': { body: { account: 'somebody.else', name: '某人', region: '999902' } },
  'PUT /api/accounts/:id/grants': { body: { grants: [{ role: 'leader', region: '999902', unit: '', category: '' }] } },
  'POST /api/keys': { body: { name: '某机器', permits: ['file.read'], region: '999902', unit: '', category: '' } },
  'PUT /api/roles/:code': { params: { code: 'leader' }, body: { name: { zh: '领导', en: 'Leader' }, permits: [] } },
  'POST /api/cases': { body: { ...place, description: '井盖破损' } },
  'POST /api/cases/:number/steps': { body: { step: 'void', reason: 'repeated', note: '重复' } },
  'POST /api/collector/tasks/:id/answer': { body: { district: real.district, passed: true }, photo: true },
  'GET /api/gather/cube': { query: { by: 'district' } },
  'GET /api/cases/map': { query: { box: '116.2,39.9,116.4,40.1' } },
  'POST /api/collector/reports': { body: { key: randomUUID(), category: place.category, lng: place.position[0], lat: place.position[1] } },
})

const nameOf = ({ method, path }: EndpointShape) => `${method} ${path}`
const endpoints: EndpointShape[] = rooms.flatMap((room) => room.routes ?? []).map(({ endpoint }) => endpoint)
const guarded = endpoints.filter(({ permit }) => permit !== 'anyone')
const permitted = guarded.filter(({ permit }) => permit !== 'signed-in')

// A picture of one pixel.
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')

let kernel: Kernel
let app: FastifyInstance
let place: { category: string; position: [number, number] }
/** Something real of this city for each name of a parameter, so that a refusal is not for want of it. */
const real: Record<string, string> = {}
before(async () => {
  kernel = await cityKernel()
  app = createHttp(kernel, { rates: { signIn: { points: 10_000, seconds: 1 } } })
  await app.ready()
  await learnReal()
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
    real.task = (await sql<{ id: string }>`select id from case_task where district = ${district} limit 1`.execute(ctx.db)).rows[0]!.id
  })
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
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries({ ...(sampleOf(endpoint.query) as object), ...question.query }))
    query.set(name, real[name] ?? String(value))
  const body = endpoint.body && { ...(sampleOf(endpoint.body) as object), ...question.body }
  const path = endpoint.path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? 'x'))
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

/** Only the collector who was given it. */
const OF_ONE = new Set(['GET /api/collector/tasks/:id'])

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
