import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { sql } from 'kysely'
import { rooms } from '../../app.ts'
import { cityKernel } from '../../testing.ts'
import { endpoint, page, PageQuery, Type } from '../contract.ts'
import type { Kernel } from '../kernel.ts'
import { problem } from '../problem.ts'
import { answer, serve, type Room } from '../room.ts'
import { createHttp } from './create.ts'

const lampBroken = problem(409, 'trial.lamp-broken', ({ lamp }: { lamp: number }) => ({
  zh: `${lamp} 号灯坏了`,
  en: `Lamp ${lamp} is broken`,
}))
const words = { zh: '试', en: 'Trial' }
const shape = { permit: 'anyone', summary: words } as const
const Note = Type.Object({ note: Type.String({ maxLength: 100 }), lamp: Type.Optional(Type.Integer()) })
const Answer = Type.Object({ note: Type.String(), number: Type.Integer() })

let acts = 0
const Rest = Type.Object({ rest: Type.String() })
const trial = {
  name: 'trial',
  title: words,
  routes: [
    answer(endpoint({ ...shape, method: 'POST', path: '/api/trial', body: Note, reply: Answer }), async (ctx, { body }) => {
      const number = ++acts
      await sql`insert into trial_note values (${body.note})`.execute(ctx.db)
      await new Promise((resolve) => setTimeout(resolve, 20))
      if (body.lamp) throw lampBroken({ lamp: body.lamp })
      return { note: body.note, number, secret: 'never leaves' }
    }),
    answer(
      endpoint({
        ...shape,
        method: 'GET',
        path: '/api/trial/:id',
        params: Type.Object({ id: Type.Integer() }),
        query: Type.Object(PageQuery),
        reply: page(Answer),
      }),
      (_ctx, { params, query }) => ({ items: [{ note: String(query.limit), number: params.id }], next: null }),
    ),
    answer(endpoint({ ...shape, method: 'GET', path: '/api/trial-rest/*', params: Type.Object({ '*': Type.String({ maxLength: 20 }) }), reply: Rest }), (_ctx, { params }) => ({ rest: params['*'] })),
    answer(endpoint({ ...shape, method: 'GET', path: '/api/trial-bug' }), () => {
      throw new Error('the table lamp_secret has no column')
    }),
    answer(endpoint({ ...shape, method: 'GET', path: '/api/trial-away' }), () => {
      throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', syscall: 'connect' })
    }),
    answer(endpoint({ ...shape, method: 'GET', path: '/api/trial-full' }), () => {
      throw Object.assign(new Error('could not extend file: No space left on device'), { code: '53100' })
    }),
    answer(endpoint({ ...shape, method: 'GET', path: '/api/trial-few', limit: 'public-read' }), () => undefined),
    serve(endpoint({ ...shape, method: 'POST', path: '/api/trial-form', takes: 'form', gives: 'raw', body: Note }), (_ctx, { body }) => ({
      status: 201,
      type: 'application/xml',
      body: `<note>${body.note}${body.lamp ?? ''}</note>`,
    })),
  ],
} satisfies Room

let kernel: Kernel
let app: FastifyInstance
before(async () => {
  kernel = await cityKernel()
  await kernel.pool.query('create table trial_note (note text)')
  app = createHttp({ ...kernel, rooms: [...rooms, trial] }, { rates: { publicRead: { points: 2, seconds: 60 } } })
  await app.ready()
})
after(() => app.close())

const ask = async (options: InjectOptions) => {
  const { statusCode, headers, body } = await app.inject(options)
  return { status: statusCode, headers, text: body, json: body.startsWith('{') ? JSON.parse(body) : undefined }
}
const write = (note: string, key: string = randomUUID(), more: object = {}) =>
  ask({ method: 'POST', url: '/api/trial', payload: { note, ...more }, headers: { 'idempotency-key': key } })
const count = async (note: string) =>
  (await kernel.pool.query('select count(*)::int as n from trial_note where note = $1', [note])).rows[0].n as number

test('an answer has only what its endpoint declares', async () => {
  const { status, json, headers } = await write('declared')

  assert.equal(status, 200)
  assert.deepEqual(Object.keys(json), ['note', 'number'])
  assert.equal(headers['cache-control'], 'no-store')
  assert.match(String(headers['content-security-policy']), /default-src 'none'/)
})

test('a write without a key is refused, and so is a malformed one', async () => {
  const bare = await ask({ method: 'POST', url: '/api/trial', payload: { note: 'x' } })

  assert.equal(bare.json.code, 'http.key-needed')
  assert.equal((await write('x', 'a b')).json.code, 'http.key-malformed')
})

test('the same key and body get the same bytes, and the act runs once', async () => {
  const key = randomUUID()

  const first = await write('once', key)
  const again = await write('once', key)

  assert.equal(again.text, first.text)
  assert.equal(again.headers['idempotency-replayed'], 'true')
  assert.equal(await count('once'), 1)
})

test('two and twenty at the same moment run the act once', async () => {
  for (const many of [2, 20]) {
    const key = randomUUID()
    const answers = await Promise.all(Array.from({ length: many }, () => write(`moment ${many}`, key)))

    assert.deepEqual(new Set(answers.map(({ text }) => text)).size, 1)
    assert.equal(await count(`moment ${many}`), 1)
  }
})

test('two processes given one key at the same moment run the act once', async () => {
  const other = createHttp({ ...kernel, rooms: [...rooms, trial] })
  const request = {
    method: 'POST',
    url: '/api/trial',
    payload: { note: 'two processes' },
    headers: { 'idempotency-key': randomUUID() },
  } as const

  const answers = await Promise.all([app.inject(request), other.inject(request)])

  assert.deepEqual(
    answers.map(({ statusCode }) => statusCode),
    [200, 200],
  )
  assert.equal(answers[0].body, answers[1].body)
  assert.equal(await count('two processes'), 1)
  await other.close()
})

test('the same key with another body or at another address is refused', async () => {
  const key = randomUUID()
  await write('reused', key)

  const other = await write('other', key)

  assert.equal(other.status, 422)
  assert.equal(other.json.code, 'http.key-reused')
  assert.equal(
    (await ask({ method: 'POST', url: '/api/trial?x=1', payload: { note: 'reused' }, headers: { 'idempotency-key': key } })).status,
    422,
  )
  assert.equal(await count('other'), 0)
})

test('a refused act leaves nothing, and its key may be used again', async () => {
  const key = randomUUID()

  const refused = await write('refused', key, { lamp: 3 })

  assert.deepEqual([refused.status, refused.json.code, refused.json.detail], [409, 'trial.lamp-broken', '3 号灯坏了'])
  assert.equal(await count('refused'), 0)
  assert.equal((await write('refused', key)).status, 200)
})

test('a form may come without a key and is answered as the standard wants', async () => {
  const sent = {
    method: 'POST',
    url: '/api/trial-form',
    payload: 'note=%E4%BA%95&lamp=4',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  } as const

  const { status, text, headers } = await ask(sent)
  const keyed = await ask({ ...sent, headers: { ...sent.headers, 'idempotency-key': 'form-0001' } })
  const again = await ask({ ...sent, headers: { ...sent.headers, 'idempotency-key': 'form-0001' } })

  assert.deepEqual([status, text, headers['content-type']], [201, '<note>井4</note>', 'application/xml'])
  assert.deepEqual([again.status, again.text, again.headers['content-type']], [keyed.status, keyed.text, 'application/xml'])
})

test('problems are said in the language of the caller', async () => {
  const english = await ask({ url: '/api/trial/x?limit=900', headers: { 'accept-language': 'en' } })

  assert.equal(english.headers['content-type'], 'application/problem+json; charset=utf-8')
  assert.deepEqual(english.json.faults, [
    { at: ':id', reason: 'must be a whole number' },
    { at: '?limit', reason: 'must be 200 or less' },
  ])
  assert.equal((await ask({ url: '/api/trial/x' })).json.faults[0].reason, '须为整数')
  assert.equal((await ask({ url: '/api/trial/7' })).json.items[0].note, '50')
})

test('a bug is answered with a number and tells nothing of the inside', async () => {
  const { status, json, text } = await ask({ url: '/api/trial-bug', headers: { 'x-request-id': 'request-0007' } })

  assert.equal(status, 500)
  assert.equal(json.code, 'http.broken')
  assert.match(json.detail, /request-0007/)
  assert.doesNotMatch(text, /lamp_secret/)
})

test('while the database is away the caller is told to come again', async () => {
  const { status, json, headers } = await ask({ url: '/api/trial-away' })

  assert.deepEqual([status, json.code, headers['retry-after']], [503, 'http.database-away', '3'])
})

test('a full disk is told as such: nothing was stored, and it may be tried again', async () => {
  const { status, json, headers } = await ask({ url: '/api/trial-full' })

  assert.deepEqual([status, json.code, headers['retry-after']], [503, 'http.disk-full', '30'])
})

test('the third question of a minute is refused where two are allowed', async () => {
  const few = () => ask({ url: '/api/trial-few', remoteAddress: '203.0.113.9' })
  assert.equal((await few()).status, 204)
  await few()

  const { status, json, headers } = await few()

  assert.deepEqual([status, json.code], [429, 'http.too-many-requests'])
  assert.ok(Number(headers['retry-after']) > 0)
  assert.equal((await ask({ url: '/api/trial-few', remoteAddress: '203.0.113.10' })).status, 204)
})

test('an unknown address, a wrong method and a page that is none are told apart', async () => {
  assert.equal((await ask({ url: '/api/nothing' })).json.code, 'http.path-unknown')
  const wrong = await ask({ method: 'DELETE', url: '/api/trial' })
  assert.deepEqual([wrong.status, wrong.headers.allow], [405, 'POST'])
})

test('what a path ends in comes as one parameter, checked and described', async () => {
  assert.deepEqual((await ask({ url: "/api/trial-rest/a('%2F')/b%20c" })).json, { rest: "a('/')/b c" })
  assert.equal((await ask({ url: `/api/trial-rest/${'x'.repeat(21)}` })).json.code, 'http.invalid')
  assert.deepEqual((await ask({ method: 'DELETE', url: '/api/trial-rest/a/b' })).headers.allow, 'GET')
  const { parameters } = (await ask({ url: '/api/openapi.json' })).json.paths['/api/trial-rest/{rest}'].get
  assert.deepEqual(parameters.map(({ name, in: place }: { name: string; in: string }) => [name, place]), [['rest', 'path']])
})

test('an endpoint with no permit, an unknown one, or the address of another stops the start', () => {
  const start = (...all: Room[]) => createHttp({ ...kernel, rooms: [...rooms, ...all] })
  const room = (more: object): Room => ({
    name: 'odd',
    title: words,
    routes: [answer(endpoint({ ...shape, method: 'GET', path: '/api/odd', ...more }), () => {})],
  })

  assert.throws(() => start(room({ permit: '' })), /declares no permit/)
  assert.throws(() => start(room({ permit: 'odd.read' })), /which no room declares/)
  assert.throws(() => start(trial, room({ path: '/api/trial/:other' })), /is answered by trial already/)
})

test('health, readiness, figures and the description of the interface are served', async () => {
  assert.deepEqual((await ask({ url: '/healthz' })).json, { alive: true })
  assert.equal((await ask({ url: '/readyz' })).json.ready, true)
  assert.match((await ask({ url: '/metrics' })).text, /http_request_duration_seconds_bucket\{.*route="\/api\/trial"/)
  const api = (await ask({ url: '/api/openapi.json' })).json
  assert.equal(api.openapi, '3.1.0')
  assert.equal(api.paths['/api/trial/{id}'].get['x-permit'], 'anyone')
  const docs = (await ask({ url: '/api/docs?lang=en' })).text
  assert.match(docs, /problem-trial\.lamp-broken/)
  assert.match(docs, /Lamp \{lamp\} is broken/)
  assert.doesNotMatch(docs, /<script|https?:\/\//)
})
