import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { rooms } from '../../app.ts'
import { cityKernel } from '../../testing.ts'
import { createCaches } from '../caches.ts'
import { createHttp } from '../http/create.ts'
import { hubOf } from '../log/index.ts'
import { systemActor, type Kernel } from '../kernel.ts'
import type { Context } from '../context.ts'
import { changeAccount, createAccount } from './accounts.ts'
import { putGrants } from './grants.ts'
import { listSessions } from './session.ts'

const PASSWORD = 'Riverside-2026'
let kernel: Kernel
let app: FastifyInstance
let clock = () => kernel.clock()
before(async () => {
  kernel = await cityKernel()
  app = createHttp(node())
})
after(() => app.close())

/** A process of its own over the same database: its memory of sessions is its own, and its clock can be set on. */
const node = () => {
  const caches = createCaches({ [hubOf.name]: kernel.hub })
  const own =
    <T>(act: (ctx: Context) => Promise<T>) =>
    (ctx: Context) =>
      act(Object.assign(ctx, { caches, now: clock() }))
  return {
    ...kernel,
    caches,
    transact: (as, act) => kernel.transact(as, own(act)),
    read: (as, look) => kernel.read(as, own(look)),
  } satisfies Kernel as Kernel
}

const asSystem = <T>(act: (ctx: Context) => Promise<T>) => kernel.transact({ actor: systemActor }, act)
const person = (role?: string, more: { region?: string; mustChangePassword?: boolean } = {}) =>
  asSystem(async (ctx) => {
    const made = await createAccount(ctx, { account: `p${randomUUID().slice(0, 8)}`, name: '李华', password: PASSWORD, ...more })
    if (role) await putGrants(ctx, made.id, [{ role, region: more.region ?? '', unit: '', category: '' }])
    return made
  })

async function enter(account: string, at = app, password = PASSWORD) {
  const reply = await at.inject({ method: 'POST', url: '/api/sign-in', payload: { account, password } })
  return { reply, cookie: String(reply.headers['set-cookie']).split(';')[0]! }
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
async function ask(method: Method, url: string, cookie: string, payload?: object, headers: object = {}, at = app) {
  const reply = await at.inject({
    method,
    url,
    headers: { cookie, 'idempotency-key': randomUUID(), ...headers },
    ...(payload && { payload }),
  })
  return { status: reply.statusCode, json: reply.body.startsWith('{') ? reply.json() : undefined }
}

test('whoever signs in is told who they are and may go again', async () => {
  const { account } = await person('leader')

  const { reply, cookie } = await enter(account.toUpperCase())

  assert.match(String(reply.headers['set-cookie']), /HttpOnly; SameSite=Strict/)
  assert.deepEqual(reply.json().grants[0].roleName, { zh: '领导', en: 'Leader' })
  assert.equal((await ask('GET', '/api/me', cookie)).json.account, account)
  assert.equal((await ask('POST', '/api/sign-out', cookie)).status, 200)
  assert.equal((await ask('GET', '/api/me', cookie)).status, 401)
})

test('the sign-in before is shown to its owner', async () => {
  const { account } = await person()
  assert.equal((await enter(account)).reply.json().lastSignIn, null)

  assert.equal((await enter(account)).reply.json().lastSignIn.address, '127.0.0.1')
})

test('failures are counted although each is refused', async () => {
  const { account } = await person()

  for (let time = 0; time < 5; time++) assert.equal((await enter(account, app, 'Wrong-2026-xx')).reply.statusCode, 401)

  const locked = (await enter(account)).reply
  assert.deepEqual([locked.statusCode, locked.json().code, locked.headers['retry-after']], [429, 'access.account-locked', '900'])
})

test('guesses sent side by side are all counted', async () => {
  const { account } = await person()

  const codes = await Promise.all(Array.from({ length: 12 }, async () => (await enter(account, app, 'Wrong-2026-xx')).reply.statusCode))

  assert.equal(codes.filter((code) => code === 401).length, 5)
})

test('a write from another site is refused, from ours it is taken', async () => {
  const { account } = await person()
  const { cookie } = await enter(account)

  for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }]) {
    assert.equal((await ask('POST', '/api/sign-out', cookie, undefined, headers)).json.code, 'http.origin-foreign')
  }
  assert.equal((await ask('POST', '/api/sign-out', cookie, undefined, { origin: 'http://localhost:80', host: 'localhost:80' })).status, 200)
})

test('with a first password nothing is open but its change', async () => {
  const { account } = await person('system-admin', { mustChangePassword: true })
  const { cookie } = await enter(account)

  assert.equal((await ask('GET', '/api/accounts', cookie)).json.code, 'access.password-change-needed')
  assert.equal((await ask('PUT', '/api/me/password', cookie, { current: PASSWORD, next: 'short' })).json.code, 'access.password-weak')
  assert.equal(
    (await ask('PUT', '/api/me/password', cookie, { current: 'Wrong-2026-xx', next: 'Mountains-2026' })).json.code,
    'access.password-wrong',
  )
  assert.equal((await ask('PUT', '/api/me/password', cookie, { current: PASSWORD, next: 'Mountains-2026' })).status, 200)
  assert.equal((await ask('GET', '/api/accounts', cookie)).status, 200)
})

test('one sees one’s sessions and ends one of them at once', async () => {
  const { account } = await person()
  const [here, there] = [await enter(account), await enter(account)]
  await ask('GET', '/api/me', there.cookie)

  const { items } = (await ask('GET', '/api/sessions', here.cookie)).json
  const other = items.find((item: { here: boolean }) => !item.here)
  await ask('DELETE', `/api/sessions/${other.id}`, here.cookie)

  assert.equal(items.length, 2)
  assert.equal((await ask('GET', '/api/me', there.cookie)).status, 401)
  assert.equal((await ask('GET', '/api/me', here.cookie)).status, 200)
  const stranger = await enter((await person()).account)
  assert.equal((await ask('DELETE', `/api/sessions/${other.id}`, stranger.cookie)).json.code, 'access.session-unknown')
})

test('a session ended by the administrator is ended here at once and elsewhere within five seconds', async () => {
  const admin = await enter((await person('system-admin')).account)
  const { id, account } = await person('leader')
  const elsewhere = createHttp(node())
  const { cookie } = await enter(account)
  assert.equal((await ask('GET', '/api/me', cookie)).status, 200)
  assert.equal((await ask('GET', '/api/me', cookie, undefined, {}, elsewhere)).status, 200)

  assert.equal((await ask('DELETE', `/api/accounts/${id}/sessions`, admin.cookie)).status, 200)

  assert.equal((await ask('GET', '/api/me', cookie)).status, 401)
  const now = kernel.clock
  clock = () => new Date(now().getTime() + 5_000)
  assert.equal((await ask('GET', '/api/me', cookie, undefined, {}, elsewhere)).status, 401)
  clock = () => now()
  await elsewhere.close()
})

test('a page that only comes back to its stream is idle', async () => {
  const { id, account } = await person('leader')
  const now = kernel.clock
  const { cookie } = await enter(account)
  const stream = async () => {
    const reply = await app.inject({ method: 'GET', url: '/events', headers: { cookie }, payloadAsStream: true })
    reply.stream().destroy()
    return reply.statusCode
  }
  const seen = () => asSystem(async (ctx) => (await listSessions(ctx, id))[0]?.seenAt)
  const before = await seen()

  clock = () => new Date(now().getTime() + 20 * 60_000)
  assert.equal(await stream(), 200)
  assert.deepEqual(await seen(), before)
  clock = () => new Date(now().getTime() + 31 * 60_000)
  assert.equal(await stream(), 401)
  clock = () => now()
})

test('what is granted and taken away holds from the next request on', async () => {
  const security = await enter((await person('security-admin')).account)
  const { id, account } = await person()
  const { cookie } = await enter(account)
  const grant = (grants: object[]) => ask('PUT', `/api/accounts/${id}/grants`, security.cookie, { grants })
  assert.equal((await ask('GET', '/api/audit', cookie)).status, 403)

  assert.equal((await grant([{ role: 'audit-admin' }])).json.grants[0].role, 'audit-admin')
  assert.equal((await ask('GET', '/api/audit', cookie)).status, 200)
  await grant([])
  assert.equal((await ask('GET', '/api/audit', cookie)).status, 403)
  assert.equal((await grant([{ role: 'audit-admin' }, { role: 'system-admin' }])).json.code, 'access.kept-apart')
  assert.equal((await grant([{ role: 'emperor' }])).json.code, 'access.role-unknown')
})

test('a disabled account is out at once', async () => {
  const { id, account } = await person()
  const { cookie } = await enter(account)
  const admin = await enter((await person('system-admin')).account)

  assert.equal((await ask('PATCH', `/api/accounts/${id}`, admin.cookie, { state: 'disabled' })).json.state, 'disabled')

  assert.equal((await ask('GET', '/api/me', cookie)).status, 401)
  assert.equal((await enter(account)).reply.statusCode, 401)
})

test('a machine enters with its key, which is shown once and refused once revoked', async () => {
  const security = await enter((await person('security-admin')).account)
  const body = { name: '12345', permits: ['file.read'], region: '', unit: '', category: '' }

  const { key, secret } = (await ask('POST', '/api/keys', security.cookie, body)).json
  const bearer = { authorization: `Bearer ${secret}` }

  assert.equal((await ask('GET', '/api/me', '', undefined, bearer)).json.name, '12345')
  assert.equal((await ask('GET', '/api/accounts', '', undefined, bearer)).status, 403)
  assert.ok(!JSON.stringify((await ask('GET', '/api/keys', security.cookie)).json).includes(secret))
  await ask('DELETE', `/api/keys/${key.id}`, security.cookie)
  assert.equal((await ask('GET', '/api/me', '', undefined, bearer)).json.code, 'access.key-unknown')
})

test('the auditor reads who did what from where, and of one region only what was done there', async () => {
  const admin = await person('system-admin')
  const { cookie } = await enter(admin.account)
  const { account } = (await ask('POST', '/api/accounts', cookie, { account: `n${randomUUID().slice(0, 8)}`, name: '新人', region: '' }))
    .json

  const auditor = await enter((await person('audit-admin')).account)
  const { items, next } = (await ask('GET', `/api/audit?act=access.&subject=${account.id}&limit=1`, auditor.cookie)).json
  const local = await enter((await person('audit-admin', { region: '999902' })).account)

  assert.deepEqual([items[0].act, items[0].actorId, items[0].address, next], ['access.account-made', admin.id, '127.0.0.1', null])
  assert.deepEqual((await ask('GET', '/api/audit?act=access.', local.cookie)).json.items, [])
  const first = (await ask('GET', '/api/audit?limit=2', auditor.cookie)).json
  const second = (await ask('GET', `/api/audit?limit=2&cursor=${first.next}`, auditor.cookie)).json
  assert.ok(Number(second.items[0].position) < Number(first.items[1].position))
  assert.equal((await ask('GET', '/api/audit?cursor=zzz', auditor.cookie)).json.code, 'http.cursor-broken')
})

test('signing in is the act of the person, and a failure that of nobody', async () => {
  const one = await person('operator')
  await ask('POST', '/api/sign-in', '', { account: one.account, password: 'Wrong-2026-xx' })
  await enter(one.account)

  const auditor = await enter((await person('audit-admin')).account)
  const { items } = (await ask('GET', `/api/audit?act=access.&subject=${one.id}`, auditor.cookie)).json
  const [right, wrong] = items

  assert.deepEqual([right.act, right.actorId], ['access.signed-in', one.id])
  assert.deepEqual([wrong.act, wrong.actorId, wrong.detail], ['access.sign-in-failed', 'public', { account: one.account }])
})

test('lists of accounts page through all of them, each once', async () => {
  const admin = await enter((await person('system-admin')).account)
  const seen: string[] = []
  for (let cursor = ''; ;) {
    const { items, next } = (await ask('GET', `/api/accounts?limit=3${cursor}`, admin.cookie)).json
    seen.push(...items.map((item: { id: string }) => item.id))
    if (next === null) break
    cursor = `&cursor=${next}`
  }

  const { rows } = await kernel.pool.query('select count(*)::int as n from account')
  assert.equal(seen.length, rows[0].n)
  assert.equal(new Set(seen).size, seen.length)
})

test('roles and permits are listed with their words', async () => {
  const { cookie } = await enter((await person('audit-admin')).account)

  const roles = (await ask('GET', '/api/roles', cookie)).json.items
  const permits = (await ask('GET', '/api/permits', cookie)).json.items

  assert.equal(roles.find((role: { code: string }) => role.code === 'dispatcher').name.zh, '派遣员')
  assert.ok(permits.some((permit: { code: string }) => permit.code === 'access.audit'))
  assert.equal(rooms.flatMap((room) => Object.keys(room.permits ?? {})).length, permits.length)
})

test('an account disabled while it signs in again stays out', async () => {
  const { id, account } = await person()
  const { cookie } = await enter(account)

  await Promise.all([asSystem((ctx) => changeAccount(ctx, id, { state: 'disabled' })), ask('GET', '/api/me', cookie)])
  const now = kernel.clock
  clock = () => new Date(now().getTime() + 5_000)

  assert.equal((await ask('GET', '/api/me', cookie)).status, 401)
  clock = () => now()
})
