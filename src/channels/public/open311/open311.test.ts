// Open311 GeoReport v2 over the wire, in JSON and in XML: every resource, every field, every way to fail.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import type { FastifyInstance } from 'fastify'
import sharp from 'sharp'
import { caseKey, takeStep } from '../../../cases/index.ts'
import { spot } from '../../../cases/testing.ts'
import { createHttp, systemActor, type Kernel } from '../../../kernel/index.ts'
import { createKey } from '../../../kernel/access/machine.ts'
import { cityKernel } from '../../../testing.ts'

type Rows = Record<string, unknown>[]

const LISTS = new Set(['service', 'request', 'attribute', 'value', 'error', 'endpoint', 'format'])
const parser = new XMLParser({ ignoreDeclaration: true, parseTagValue: false, isArray: (name) => LISTS.has(name) })
const FORMATS = ['json', 'xml'] as const

let kernel: Kernel
let app: FastifyInstance
let at: { lat: string; long: string }
let id: string
let machineKey: string

before(async () => {
  kernel = await cityKernel()
  app = createHttp(kernel, { rates: { publicWrite: { points: 10_000, seconds: 60 } } })
  await app.ready()
  const [lng, lat] = await kernel.read({ actor: systemActor }, (ctx) => spot(ctx, '999902'))
  at = { lat: String(lat), long: String(lng) }
  const key = { name: '市民应用', permits: ['case.report'], region: '', unit: '', category: '' }
  machineKey = (await kernel.transact({ actor: systemActor }, (ctx) => createKey(ctx, key, new Set(['case.report'])))).secret
  id = await post({ description: '井盖裂开，电话13812342207' })
  await kernel.transact({ actor: systemActor }, (ctx) => takeStep(ctx, caseKey(id), { step: 'accept' }))
})
after(() => app.close())

const form = (fields: Record<string, string>) => ({
  method: 'POST' as const,
  headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
  payload: new URLSearchParams(fields).toString(),
})
const ordinary = () => ({ api_key: 'demo', service_code: '2026.m.01003', ...at })

async function post(more: Record<string, string>): Promise<string> {
  const reply = await app.inject({ url: '/open311/v2/requests.json', ...form({ ...ordinary(), ...more }) })
  assert.equal(reply.statusCode, 200, reply.body)
  return (reply.json() as [{ service_request_id: string }])[0].service_request_id
}

/** An answer as rows, whichever its format; an XML answer says the same as the JSON one, but all in text. */
async function ask(path: string, format: (typeof FORMATS)[number], query = '', root?: [string, string]) {
  const reply = await app.inject({ url: `/open311/v2/${path}.${format}${query}` })
  const type = String(reply.headers['content-type'])
  assert.equal(type, format === 'json' ? 'application/json; charset=utf-8' : 'text/xml; charset=utf-8')
  if (format === 'json') return { status: reply.statusCode, body: reply.json() }
  assert.match(reply.body, /^<\?xml version="1.0" encoding="utf-8"\?>\n/)
  assert.equal(XMLValidator.validate(reply.body), true)
  const parsed = parser.parse(reply.body) as Record<string, Record<string, unknown>>
  const [outer, inner] = root ?? ['errors', 'error']
  return { status: reply.statusCode, body: (inner ? (parsed[outer]?.[inner] ?? []) : parsed[outer]) as never }
}

const REQUEST_FIELDS = [
  'service_request_id',
  'status',
  'status_notes',
  'service_name',
  'service_code',
  'description',
  'agency_responsible',
  'service_notice',
  'requested_datetime',
  'updated_datetime',
  'expected_datetime',
  'address',
  'address_id',
  'zipcode',
  'lat',
  'long',
  'media_url',
]
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/

for (const format of FORMATS) {
  test(`${format}: discovery names the specification, the address and both formats`, async () => {
    const { status, body } = await ask('discovery', format, '', ['discovery', ''])
    const found = body as unknown as Record<string, unknown>

    assert.equal(status, 200)
    assert.deepEqual(Object.keys(found), ['changeset', 'contact', 'key_service', 'endpoints'])
    const endpoints = (format === 'json' ? found['endpoints'] : (found['endpoints'] as { endpoint: unknown }).endpoint) as Rows
    assert.deepEqual(Object.keys(endpoints[0]!), ['specification', 'url', 'changeset', 'type', 'formats'])
    assert.equal(endpoints[0]!['specification'], 'http://wiki.open311.org/GeoReport_v2')
    assert.match(JSON.stringify(endpoints[0]!['formats']), /text\/xml.*application\/json/)
  })

  test(`${format}: the service list has each field of the standard`, async () => {
    const { body } = await ask('services', format, '', ['services', 'service'])
    const services = body as unknown as Rows

    assert.ok(services.length > 100)
    for (const service of services) {
      assert.deepEqual(Object.keys(service), ['service_code', 'service_name', 'description', 'metadata', 'type', 'keywords', 'group'])
      assert.ok(['true', 'false'].includes(String(service['metadata'])) && service['type'] === 'realtime')
    }
    assert.ok(services.some(({ service_code: code }) => code === '2026.m.01003'))
    assert.equal(new Set(services.map(({ service_code: code }) => code)).size, services.length)
  })

  test(`${format}: a service definition has its attributes in order, with their values`, async () => {
    const { body } = await ask('services/2026.m.01003', format, '', ['service_definition', ''])
    const definition = body as unknown as { service_code: string; attributes: Rows & { attribute: Rows } }
    const attributes = format === 'json' ? definition.attributes : definition.attributes.attribute

    assert.equal(definition.service_code, '2026.m.01003')
    const fields = ['variable', 'code', 'datatype', 'required', 'datatype_description', 'description', 'values', 'order']
    for (const attribute of attributes) assert.deepEqual(Object.keys(attribute).toSorted(), fields.toSorted())
    assert.deepEqual(
      attributes.map(({ order }) => Number(order)),
      attributes.map((_, place) => place + 1),
    )
    const [condition] = attributes
    const values = (format === 'json' ? condition!['values'] : (condition!['values'] as { value: Rows }).value) as Rows
    assert.equal(condition!['datatype'], 'singlevaluelist')
    assert.deepEqual(Object.keys(values[0]!), ['key', 'name'])
  })

  test(`${format}: a request has each field of the standard, in times with their zone`, async () => {
    for (const path of [`requests/${id}`, 'requests']) {
      const { body } = await ask(path, format, `?service_request_id=${id}`, ['service_requests', 'request'])
      const [request] = body as unknown as Rows

      assert.deepEqual(Object.keys(request!), REQUEST_FIELDS)
      assert.deepEqual([request!['service_request_id'], request!['status'], request!['service_code']], [id, 'open', '2026.m.01003'])
      assert.equal(request!['description'], '井盖裂开，电话***')
      assert.match(String(request!['requested_datetime']), MOMENT)
      assert.match(String(request!['updated_datetime']), MOMENT)
      assert.ok(Math.abs(Number(request!['lat']) - Number(at.lat)) < 1e-9)
    }
  })

  test(`${format}: a posted request answers with its id and a notice`, async () => {
    const reply = await app.inject({ url: `/open311/v2/requests.${format}`, ...form({ ...ordinary(), description: `发自 ${format}` }) })
    const [made] = (format === 'json' ? reply.json() : parser.parse(reply.body).service_requests.request) as Rows

    assert.equal(reply.statusCode, 200)
    assert.deepEqual(Object.keys(made!), ['service_request_id', 'service_notice', 'account_id'])
    assert.match(String(made!['service_request_id']), /^\d{20}$/)
  })

  test(`${format}: a token leads to its request`, async () => {
    const { body } = await ask(`tokens/${id}`, format, '', ['service_requests', 'request'])

    assert.deepEqual(body as unknown as Rows, [{ service_request_id: id, token: id }])
  })

  for (const { path, query = '', status, because } of [
    { path: 'services', query: '?jurisdiction_id=elsewhere.gov', status: 404, because: 'the jurisdiction is not ours' },
    { path: 'services/2026.m.99999', status: 404, because: 'there is no such service' },
    { path: 'services/2026.m.01003', query: '?jurisdiction_id=1', status: 404, because: 'the jurisdiction is not ours' },
    { path: 'requests/99990220200101000001', status: 404, because: 'there is no such request' },
    { path: 'requests/nonsense', status: 404, because: 'this is no number of a request' },
    { path: 'tokens/123', status: 404, because: 'there is no such token' },
    { path: 'requests', query: '?status=done', status: 400, because: 'there is no such status' },
    { path: 'requests', query: '?start_date=yesterday', status: 400, because: 'this is no date' },
    {
      path: 'requests',
      query: '?start_date=2026-01-01T00:00:00Z&end_date=2026-06-01T00:00:00Z',
      status: 400,
      because: 'the span is too long',
    },
    { path: 'requests', query: '?page=0', status: 400, because: 'pages are counted from 1' },
    { path: 'requests', query: '?page_size=5000', status: 400, because: 'a page holds 1000' },
    { path: 'requests', query: '?service_code=nothing', status: 404, because: 'there is no such service' },
  ]) {
    test(`${format}: ${path}${query} is answered ${status}: ${because}`, async () => {
      const { status: found, body } = await ask(path, format, query)
      const errors = body as unknown as Rows

      assert.equal(found, status)
      assert.deepEqual(
        errors.map((error) => Object.keys(error)),
        [['code', 'description']],
      )
      assert.equal(Number(errors[0]!['code']), status)
      assert.ok(String(errors[0]!['description']).length > 3)
    })
  }

  for (const { fields, status, because } of [
    { fields: { api_key: '' }, status: 403, because: 'the key is missing' },
    { fields: { api_key: 'cy_guessed' }, status: 403, because: 'the key is unknown' },
    { fields: { service_code: '' }, status: 400, because: 'the service is missing' },
    { fields: { service_code: 'nothing' }, status: 404, because: 'there is no such service' },
    { fields: { jurisdiction_id: 'elsewhere.gov' }, status: 404, because: 'the jurisdiction is not ours' },
    { fields: { lat: '', long: '' }, status: 400, because: 'there is no place' },
    { fields: { long: '' }, status: 400, because: 'half a place is none' },
    { fields: { lat: '10', long: '10' }, status: 400, because: 'the place is outside the city' },
    { fields: { lat: '', long: '', address_string: '月球背面' }, status: 400, because: 'the address is unknown' },
    { fields: { 'attribute[condition]': 'made-up' }, status: 400, because: 'the value is not in the definition' },
    { fields: { description: '长'.repeat(4001) }, status: 400, because: 'the description is too long' },
    { fields: { email: 'no mail' }, status: 400, because: 'this is no mail address' },
    { fields: { media_url: 'javascript:alert(1)' }, status: 400, because: 'this is no address of a photo' },
  ] as { fields: Record<string, string>; status: number; because: string }[]) {
    test(`${format}: a post with ${JSON.stringify(fields).slice(0, 60)} is answered ${status}: ${because}`, async () => {
      const reply = await app.inject({ url: `/open311/v2/requests.${format}`, ...form({ ...ordinary(), ...fields }) })
      const errors = (format === 'json' ? reply.json() : parser.parse(reply.body).errors.error) as Rows

      assert.equal(reply.statusCode, status, reply.body)
      assert.deepEqual(
        errors.map(({ code }) => Number(code)),
        [status],
      )
    })
  }
}

const list = async (query: string): Promise<Rows> => (await ask('requests', 'json', query)).body as Rows

test('the format is that of the ending, else what the caller accepts, else XML', async () => {
  const typeOf = async (accept?: string) =>
    String((await app.inject({ url: '/open311/v2/services', headers: accept ? { accept } : {} })).headers['content-type']).split(';')[0]

  assert.deepEqual(
    [await typeOf(), await typeOf('application/json'), await typeOf('text/xml')],
    ['text/xml', 'application/json', 'text/xml'],
  )
})

test('requests are filtered by service, by status and by date, and come page by page', async () => {
  const ids = [id, await post({ description: '第二件' }), await post({ description: '第三件', service_code: '2026.m.06010' })]
  await kernel.transact({ actor: systemActor }, (ctx) => takeStep(ctx, caseKey(ids[1]!), { step: 'decline', reason: 'duplicate' }))

  const waste = await list('?service_code=2026.m.06010')
  assert.ok(waste.some(({ service_request_id: found }) => found === ids[2]))
  assert.ok(waste.every(({ service_code: code }) => code === '2026.m.06010'))
  assert.ok((await list('?service_code=2026.m.06010,2026.m.01003')).length > waste.length)
  for (const status of ['open', 'closed']) assert.ok((await list(`?status=${status}`)).every((row) => row['status'] === status))
  assert.ok((await list('?status=closed')).some(({ service_request_id: found }) => found === ids[1]))
  assert.deepEqual(await list('?end_date=2020-01-01T00:00:00Z'), [])

  const all = await list('?page_size=4')
  const pages = [...(await list('?page_size=2&page=1')), ...(await list('?page_size=2&page=2'))]
  assert.deepEqual(
    pages.map((row) => row['service_request_id']),
    all.map((row) => row['service_request_id']),
  )
  const times = all.map((row) => Date.parse(String(row['requested_datetime'])))
  assert.deepEqual(
    times,
    times.toSorted((a, b) => b - a),
  )
})

test('what would take too much to answer is refused', async () => {
  const codes = Array.from({ length: 20 }, (_, i) => (i % 2 ? '2026.m.01003' : '2026.m.06010')).join(',')

  assert.equal((await app.inject({ url: `/open311/v2/requests.json?service_code=${codes}&page_size=1000&page=10` })).statusCode, 200)
  assert.equal((await app.inject({ url: '/open311/v2/requests.json?service_code=2026.m.01003,2026.m.06010&page_size=1000&page=11' })).statusCode, 400)
})

test('several requests by their ids override every other argument', async () => {
  const second = await post({ description: '又一件' })
  const found = await list(`?service_request_id=${id},${second},99990220200101000001&status=closed&start_date=nonsense`)

  assert.deepEqual(found.map((row) => row['service_request_id']).toSorted(), [id, second].toSorted())
})

test('a machine posts with its own key, in the form or as a bearer', async () => {
  const inForm = await app.inject({
    url: '/open311/v2/requests.json',
    ...form({ ...ordinary(), api_key: machineKey, description: '机器一' }),
  })
  const { headers, ...rest } = form({ ...ordinary(), api_key: '', description: '机器二' })
  const bearer = await app.inject({
    url: '/open311/v2/requests.json',
    ...rest,
    headers: { ...headers, authorization: `Bearer ${machineKey}` },
  })

  assert.deepEqual([inForm.statusCode, bearer.statusCode], [200, 200], bearer.body)
})

test('one post sent twice by a poor connection is one request', async () => {
  const once = await post({ description: '同一件' })

  assert.equal(await post({ description: '同一件' }), once)
  assert.notEqual(await post({ description: '另一件' }), once)
})

test('photos come as multipart, and are shown once an operator has seen them', async () => {
  const jpeg = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#876' } })
    .jpeg()
    .toBuffer()
  const body = new FormData()
  for (const [name, value] of Object.entries({ ...ordinary(), description: '有照片' })) body.append(name, value)
  body.append('media', new Blob([new Uint8Array(jpeg)], { type: 'image/jpeg' }), 'a.jpg')
  const whole = new Response(body)
  const reply = await app.inject({
    method: 'POST',
    url: '/open311/v2/requests.json',
    headers: { 'content-type': whole.headers.get('content-type')! },
    payload: Buffer.from(await whole.arrayBuffer()),
  })
  const [{ service_request_id: made }] = reply.json() as [{ service_request_id: string }]
  const mediaOf = async () => String((await list(`?service_request_id=${made}`))[0]!['media_url'])

  assert.equal(await mediaOf(), 'null')
  await kernel.transact({ actor: systemActor }, (ctx) => takeStep(ctx, caseKey(made), { step: 'accept' }))
  const url = new URL(await mediaOf())
  const shown = await app.inject({ url: url.pathname + url.search })
  assert.deepEqual([shown.statusCode, shown.headers['content-type']], [200, 'image/jpeg'])
})

test('what never reaches the room is refused as the standard says too', async () => {
  const url = '/open311/v2/requests.xml'
  const multipart = { 'content-type': 'multipart/form-data; boundary=x' }
  const part = (name: string, content: string) =>
    `--x\r\nContent-Disposition: form-data; name="${name}"; filename="a.jpg"\r\n\r\n${content}\r\n--x--\r\n`
  for (const { headers, payload } of [
    { headers: multipart, payload: '--x\r\nContent-Disposition: form-data; name="lat"\r\n\r\n40' },
    { headers: multipart, payload: part('media', 'MZ no picture') },
    { headers: { 'content-type': 'text/plain' }, payload: 'lat=40' },
    { headers: { authorization: 'Bearer cy_guessed', 'content-type': 'application/x-www-form-urlencoded' }, payload: 'lat=40' },
  ]) {
    const reply = await app.inject({ method: 'POST', url, headers, payload })

    assert.equal(reply.headers['content-type'], 'text/xml; charset=utf-8', reply.body)
    assert.equal(Number((parser.parse(reply.body).errors.error as Rows)[0]!['code']), reply.statusCode)
    assert.equal(reply.statusCode, 'authorization' in headers ? 403 : 400)
  }
})

test('too many requests are refused as the standard says, with the time to wait', async () => {
  const strict = createHttp(kernel, { rates: { publicRead: { points: 1, seconds: 60 } } })
  await strict.ready()
  await strict.inject({ url: '/open311/v2/services.json' })
  const reply = await strict.inject({ url: '/open311/v2/services.json' })
  await strict.close()

  assert.deepEqual([reply.statusCode, (reply.json() as Rows)[0]!['code']], [429, 429])
  assert.ok(Number(reply.headers['retry-after']) > 0)
})

test('a refused post leaves nothing behind', async () => {
  const before = (await list('')).length
  await app.inject({ url: '/open311/v2/requests.json', ...form({ ...ordinary(), description: '不该留下', email: 'no mail' }) })

  assert.equal((await list('')).length, before)
})
