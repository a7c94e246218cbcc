import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { createGuard, createVault, entryFault, isPrivate, postTo } from './index.ts'

for (const address of ['127.0.0.1', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0', '224.0.0.1', '::1', '::', 'fe80::1', 'fd00::1', '::ffff:10.0.0.1', '::ffff:7f00:1', '64:ff9b::a00:1']) {
  test(`${address} is no public address`, () => assert.ok(isPrivate(address)))
}
for (const address of ['8.8.8.8', '172.32.0.1', '100.128.0.1', '2400:3200::1', '::ffff:8.8.8.8']) {
  test(`${address} is a public address`, () => assert.ok(!isPrivate(address)))
}

for (const { allowed, host, address, reached } of [
  { allowed: [], host: 'sms.example', address: '8.8.8.8', reached: true },
  { allowed: [], host: 'sms.example', address: '10.0.0.1', reached: false },
  { allowed: ['sms.example'], host: 'sms.example', address: '10.0.0.1', reached: true },
  { allowed: ['sms.example'], host: 'SMS.example.', address: '10.0.0.1', reached: true },
  { allowed: ['sms.example'], host: 'other.example', address: '8.8.8.8', reached: false },
  { allowed: ['*.city.example'], host: 'sms.city.example', address: '10.0.0.1', reached: true },
  { allowed: ['*.city.example'], host: 'city.example', address: '10.0.0.1', reached: false },
  { allowed: ['*.city.example'], host: 'evilcity.example', address: '10.0.0.1', reached: false },
  { allowed: ['10.20.0.0/16'], host: 'any.example', address: '10.20.3.4', reached: true },
  { allowed: ['10.20.0.0/16'], host: 'any.example', address: '10.21.0.1', reached: false },
  { allowed: ['127.0.0.1'], host: '127.0.0.1', address: '127.0.0.1', reached: true },
  { allowed: ['127.0.0.1'], host: '127.0.0.2', address: '127.0.0.2', reached: false },
]) {
  test(`${host} at ${address} is ${reached ? '' : 'not '}reached where ${allowed.join() || 'nothing'} is named`, () => {
    assert.equal(createGuard(allowed).mayReach(host, address), reached)
  })
}

for (const { entry, fine } of [
  { entry: 'sms.example', fine: true },
  { entry: '*.city.example', fine: true },
  { entry: '10.0.0.0/8', fine: true },
  { entry: 'fd00::/8', fine: true },
  { entry: '10.0.0.0/33', fine: false },
  { entry: 'http://sms.example', fine: false },
  { entry: '*', fine: false },
]) {
  test(`${entry} ${fine ? 'names' : 'does not name'} hosts`, () => assert.equal(entryFault(entry) === undefined, fine))
}

test('no redirect is followed, and an answer is read no further than it need be', async () => {
  const asked: string[] = []
  const server = createServer((request, reply) => {
    asked.push(request.url!)
    reply.writeHead(302, { location: '/elsewhere' }).end('x'.repeat(100_000))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  server.unref()
  const { port } = server.address() as AddressInfo

  const reply = await postTo(createGuard(['127.0.0.1']), `http://127.0.0.1:${port}/here`, { timeoutMs: 5000, body: '{}' })
  assert.deepEqual([reply.status, reply.text.length, asked], [302, 16 * 1024, ['/here']])
})

test('a secret opens under its own key, for its own thing, unchanged, and not otherwise', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chengyun-vault-'))
  try {
    const vault = createVault(folder, undefined)
    const sealed = vault.seal('channel sms', '口令')

    assert.equal(vault.unseal('channel sms', sealed), '口令')
    assert.equal(createVault(folder, undefined).unseal('channel sms', sealed), '口令', 'after a start as well')
    assert.equal(vault.unseal('channel email', sealed), undefined)
    assert.equal(createVault(folder, 'another key of 16').unseal('channel sms', sealed), undefined)
    assert.equal(vault.unseal('channel sms', `${sealed.slice(0, -6)}AAAA==`), undefined)
    assert.equal(vault.unseal('channel sms', 'v1.'), undefined)
    assert.notEqual(vault.seal('channel sms', '口令'), sealed)
    assert.equal(statSync(join(folder, 'secret.key')).mode & 0o777, 0o600)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
