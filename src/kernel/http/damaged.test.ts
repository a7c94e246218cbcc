import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { connect, type AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { rooms } from '../../app.ts'
import { cityKernel } from '../../testing.ts'
import { endpoint, Position, Type } from '../contract.ts'
import { answer, type Room } from '../room.ts'
import { createHttp } from './create.ts'

// A picture of one pixel.
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')

const words = { zh: '试', en: 'Trial' }
const shape = { permit: 'anyone', summary: words, method: 'POST', repeatable: true } as const
const Body = Type.Object({
  note: Type.String({ maxLength: 100 }),
  place: Type.Optional(Position),
  tags: Type.Optional(Type.Array(Type.String(), { maxItems: 5 })),
  inner: Type.Optional(Type.Object({ deep: Type.Integer() })),
})
const trial = {
  name: 'trial',
  title: words,
  routes: [
    answer(endpoint({ ...shape, path: '/api/damaged', body: Body }), () => undefined),
    answer(endpoint({ ...shape, path: '/api/damaged-form', takes: 'form', body: Body }), () => undefined),
    answer(
      endpoint({
        ...shape,
        path: '/api/damaged-files',
        takes: 'files',
        body: Body,
        reply: Type.Object({ files: Type.Integer(), note: Type.String() }),
      }),
      (_ctx, { files, body }) => ({ files: files.length, note: body.note }),
    ),
  ],
} satisfies Room

let app: FastifyInstance
before(async () => {
  app = createHttp(
    { ...(await cityKernel()), rooms: [...rooms, trial] },
    { filesAtOnce: 3, rates: { open: { points: 100_000, seconds: 1 } } },
  )
  await app.listen({ host: '127.0.0.1', port: 0 })
})
after(() => app.close())

const ask = async (options: InjectOptions) => {
  const reply = await app.inject({ method: 'POST', ...options })
  return {
    status: reply.statusCode,
    type: String(reply.headers['content-type']),
    code: reply.body.startsWith('{') ? reply.json().code : undefined,
    body: reply.body,
  }
}
const json = (payload: string | Buffer, type = 'application/json') =>
  ask({ url: '/api/damaged', payload, headers: { 'content-type': type } })

for (const [what, payload, status, code] of [
  ['broken off', '{"note":"x"', 400, 'http.json-broken'],
  ['not JSON', 'note=x', 400, 'http.json-broken'],
  ['two values', '{"note":"x"}{"note":"y"}', 400, 'http.json-broken'],
  ['empty', '', 400, 'http.invalid'],
  ['null', 'null', 400, 'http.invalid'],
  ['a list', '[]', 400, 'http.invalid'],
  ['a number for a text', '{"note":5}', 400, 'http.invalid'],
  ['reaching behind its object', '{"note":"x","__proto__":{"admin":true}}', 400, 'http.json-broken'],
  ['reaching behind its constructor', '{"note":"x","constructor":{"prototype":{"admin":true}}}', 400, 'http.json-broken'],
  ['with NUL', String.raw`{"note":"a\u0000b"}`, 400, 'http.text-broken'],
  ['with NUL in a name', String.raw`{"note":"a","b\u0000":1}`, 400, 'http.text-broken'],
  ['with half a character', String.raw`{"note":"\ud800"}`, 400, 'http.text-broken'],
  ['with a whole character in halves', String.raw`{"note":"\ud83d\ude00"}`, 204, undefined],
  ['with half a position', '{"note":"x","place":[116]}', 400, 'http.invalid'],
  ['with an endless number', '{"note":"x","place":[1e999,0]}', 400, 'http.invalid'],
  ['with too many tags', '{"note":"x","tags":["1","2","3","4","5","6"]}', 400, 'http.invalid'],
  ['a thousand deep', `{"note":"x","inner":${'{"deep":'.repeat(1000)}1${'}'.repeat(1000)}}`, 400, 'http.invalid'],
  ['a hundred thousand deep', '['.repeat(100_000), 400, 'http.json-broken'],
  ['of more than a megabyte', `{"note":"${'x'.repeat(1_100_000)}"}`, 413, 'http.too-large'],
] as const) {
  test(`JSON ${what} is answered ${status}`, async () => {
    const reply = await json(payload)

    assert.deepEqual([reply.status, reply.code], [status, code])
  })
}

for (const [type, status] of [
  ['text/plain', 415],
  ['application/xml', 415],
  ['application/x-www-form-urlencoded', 415],
  ['multipart/form-data; boundary=x', 415],
  ['nonsense', 415],
  ['application/json; charset=utf-8', 204],
] as const) {
  test(`a body of the type ${type} is answered ${status}`, async () => assert.equal((await json('{"note":"x"}', type)).status, status))
}

const form = (body: string | Buffer, boundary = 'edge', url = '/api/damaged-files') =>
  ask({ url, payload: body, headers: { 'content-type': `multipart/form-data; boundary=${boundary}` } })
const field = (name: string, value: string) => `--edge\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
const file = (bytes: Buffer, name = 'a.png') =>
  Buffer.concat([
    Buffer.from(`--edge\r\nContent-Disposition: form-data; name="files"; filename="${name}"\r\nContent-Type: image/png\r\n\r\n`),
    bytes,
    Buffer.from('\r\n'),
  ])
const whole = (...parts: (string | Buffer)[]) =>
  Buffer.concat([...parts.map((part) => Buffer.from(part as string)), Buffer.from('--edge--\r\n')])

test('a form with files is read whole, its files before or behind its fields', async () => {
  assert.deepEqual(JSON.parse((await form(whole(field('note', '井盖'), file(PNG), file(PNG)))).body), { files: 2, note: '井盖' })
  assert.deepEqual(JSON.parse((await form(whole(file(PNG), field('note', '井盖')))).body), { files: 1, note: '井盖' })
})

test('a file field that was left empty is no file', async () => {
  assert.deepEqual(JSON.parse((await form(whole(field('note', 'x'), file(Buffer.alloc(0), '')))).body), { files: 0, note: 'x' })
})

for (const [what, body, status] of [
  ['without an end', Buffer.concat([Buffer.from(field('note', 'x')), file(PNG)]), 400],
  ['broken off in a file', Buffer.concat([Buffer.from(field('note', 'x')), file(PNG).subarray(0, 130)]), 400],
  ['empty', Buffer.alloc(0), 400],
  ['of random bytes', Buffer.from(Array.from({ length: 5000 }, (_, n) => (n * 7919) % 256)), 400],
  ['with a wrong field', whole(field('note', 'x'.repeat(101))), 400],
  ['with broken JSON in a field', whole(field('note', 'x'), field('place', '[1,')), 400],
  ['reaching behind its object', whole(field('__proto__', 'x'), field('note', 'x')), 400],
  ['with NUL in a field', whole(field('note', 'a\0b')), 400],
  ['with too many files', whole(field('note', 'x'), file(PNG), file(PNG), file(PNG), file(PNG)), 413],
  ['with a field of two megabytes', whole(field('note', 'x'.repeat(2_000_000))), 413],
  ['with a program for a picture', whole(field('note', 'x'), file(Buffer.from('#!/bin/sh\necho'), 'a.png')), 415],
  ['with a file above 20 MB', whole(field('note', 'x'), file(Buffer.concat([PNG, Buffer.alloc(21 * 1024 * 1024)]))), 413],
] as const) {
  test(`a form ${what} is answered ${status}`, async () => {
    const reply = await form(body)

    assert.equal(reply.status, status, reply.body)
    assert.match(reply.type, /problem\+json/)
  })
}

test('a file where none are taken is refused', async () => {
  assert.equal((await form(whole(field('note', 'x'), file(PNG)), 'edge', '/api/damaged-form')).status, 413)
})

test('no noise in any place is answered with 500', async () => {
  const noise = [
    '%',
    '%00',
    '%ff%fe',
    '..%2f..%2f',
    '{{7*7}}',
    "' or 1=1--",
    '\u202e',
    'a'.repeat(5000),
    '-1',
    '1e309',
    'NaN',
    '[]',
    'null',
    randomUUID(),
  ]
  const places = [
    '/api/accounts/N',
    '/api/accounts?cursor=N',
    '/api/accounts?limit=N',
    '/api/setup?token=N',
    '/api/sessions/N',
    '/api/files/N/original',
    '/N',
    '/api/docs?lang=N',
    '/workbench/N',
  ]
  for (const place of places) {
    for (const each of noise) {
      for (const method of ['GET', 'DELETE'] as const) {
        const { status } = await ask({
          method,
          url: place.replace('N', () => (each.startsWith('%') ? each : encodeURI(each))),
          headers: { cookie: `chengyun_session=${encodeURIComponent(each)}` },
        })
        assert.ok(status < 500, `${method} ${place} with ${each.slice(0, 20)}: ${status}`)
      }
    }
  }
})

for (const [what, headers, status] of [
  ['a cookie that is none', { cookie: 'chengyun_session=%%%; =;;;' }, 401],
  ['a session nobody began', { cookie: `chengyun_session=${'a'.repeat(43)}` }, 401],
  ['a key nobody made', { authorization: `Bearer cy_${'a'.repeat(43)}` }, 401],
  ['a key of another kind', { authorization: 'Bearer ' }, 401],
  ['a password in the header', { authorization: 'Basic YWRtaW46YWRtaW4=' }, 401],
] as const) {
  test(`${what} opens nothing`, async () => assert.equal((await ask({ method: 'GET', url: '/api/me', headers })).status, status))
}

test('requests that are no HTTP close their connection and nothing else', async () => {
  const { port } = app.server.address() as AddressInfo
  for (const text of [
    '\r\n\r\n',
    'GET\r\n\r\n',
    `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`,
    'POST /api/damaged HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n',
  ]) {
    await new Promise<void>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => socket.end(text))
      socket.on('data', () => {})
      socket.on('error', () => resolve())
      socket.on('close', () => resolve())
    })
  }
  assert.equal((await fetch(`http://127.0.0.1:${port}/healthz`)).status, 200)
})

test('an upload that breaks off leaves the server well', async () => {
  const { port } = app.server.address() as AddressInfo
  await new Promise<void>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(
        'POST /api/damaged-files HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=edge\r\nContent-Length: 100000\r\n\r\n',
      )
      socket.write(file(PNG), () => socket.destroy())
    })
    socket.on('close', () => resolve())
  })
  assert.equal((await fetch(`http://127.0.0.1:${port}/healthz`)).status, 200)
})
