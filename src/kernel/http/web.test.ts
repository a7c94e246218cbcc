import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { cityKernel } from '../../testing.ts'
import { createHttp } from './create.ts'

const folder = mkdtempSync(join(tmpdir(), 'chengyun-web-'))
const page = { accept: 'text/html,*/*' }

let app: FastifyInstance
before(async () => {
  for (const name of ['portal', 'workbench', 'collector', 'assets']) mkdirSync(join(folder, name))
  for (const name of ['portal', 'workbench', 'collector']) writeFileSync(join(folder, name, 'index.html'), `<title>${name}</title>`)
  writeFileSync(join(folder, 'assets', 'desk-4f2a.js'), 'export {}')
  const kernel = await cityKernel()
  app = createHttp({ ...kernel, config: { ...kernel.config, webFolder: folder } })
  await app.ready()
})
after(async () => {
  await app.close()
  rmSync(folder, { recursive: true })
})

for (const [url, name] of [
  ['/', 'portal'],
  ['/report', 'portal'],
  ['/progress?number=1', 'portal'],
  ['/workbench', 'workbench'],
  ['/workbench/', 'workbench'],
  ['/workbench/cases/99990220260610000001', 'workbench'],
  ['/workbench/setup?token=abc', 'workbench'],
  ['/workbench/flows/standard@1.2', 'workbench'],
  ['/collector/tasks/1', 'collector'],
] as const) {
  test(`${url} opens the ${name}`, async () => {
    const reply = await app.inject({ url, headers: page })

    assert.deepEqual([reply.statusCode, reply.body], [200, `<title>${name}</title>`])
    assert.match(String(reply.headers['content-security-policy']), /script-src 'self';/)
  })
}

test('an asset is kept by the browser for good, a page is asked for each time', async () => {
  const asset = await app.inject('/assets/desk-4f2a.js')

  assert.match(String(asset.headers['cache-control']), /immutable/)
  assert.equal((await app.inject({ url: '/', headers: page })).headers['cache-control'], 'no-cache')
})

for (const url of [
  '/api/nothing',
  '/assets/gone.js',
  '/report/photo.png',
  '/open311/v2/nothing.json',
  '/tiles/none',
  '/assets/../../package.json',
  '/assets/%2e%2e/%2e%2e/package.json',
]) {
  test(`${url} is no page`, async () => {
    const reply = await app.inject({ url, headers: page })

    assert.ok(reply.statusCode === 404 || reply.statusCode === 400 || reply.statusCode === 403, String(reply.statusCode))
    assert.match(String(reply.headers['content-type']), /problem\+json/)
  })
}

test('a program that asks for no page gets none', async () => {
  assert.equal((await app.inject({ url: '/report', headers: { accept: 'application/json' } })).statusCode, 404)
})
