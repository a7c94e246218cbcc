import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { as, inCity, later } from '../../testing.ts'
import type { Context } from '../context.ts'
import { changeAccount, createAccount, findAccountId, resetPassword } from './accounts.ts'
import { loadActor } from './actor.ts'
import { putGrants, putRole } from './grants.ts'
import { getAccountShown, listAccounts, listKeys } from './lists.ts'
import { createKey, findMachine, revokeKey } from './machine.ts'
import { findSession, startSession } from './session.ts'
import { hasAdministrators, isSetupLink, makeSetupLink, setUp } from './setup.ts'
import { signIn } from './sign-in.ts'
import { Problem } from '../problem.ts'

const PASSWORD = 'Riverside-2026'
const whole = { region: '', unit: '', category: '' }
let number = 0
const person = (ctx: Context, more: { region?: string; password?: string | null } = {}) =>
  createAccount(ctx, { account: `person${++number}`, name: '王小明', password: null, ...more })

test('capitals make no other account', inCity(async (ctx) => {
  const { id } = await createAccount(ctx, { account: 'Wang.Wu', name: '王五', password: null })

  await assert.rejects(createAccount(ctx, { account: 'wang.wu', name: '王五', password: null }), { code: 'access.account-taken' })
  assert.equal(await findAccountId(ctx, 'WANG.WU'), id)
}))

test('nobody without the permit makes an account, nor one of another region', inCity(async (ctx) => {
  await assert.rejects(person(as(ctx, 'access.grants')), { code: 'access.permit-missing' })
  const local = as(ctx, { permits: ['access.accounts'], region: '999902' })
  await assert.rejects(person(local, { region: '999903' }), { code: 'access.permit-missing' })
  assert.equal((await person(local, { region: '999902001' })).region, '999902001')
}))

test('an actor carries the roles and scopes granted to them', inCity(async (ctx) => {
  const { id } = await person(ctx)
  await putGrants(ctx, id, [
    { role: 'handler', region: '999902', unit: '/C01/', category: '' },
    { role: 'leader', ...whole },
  ])

  const actor = (await loadActor(ctx, id))!

  assert.deepEqual(actor.grants.map(({ role, region, unit }) => [role, region, unit]), [['handler', '999902', '/C01/'], ['leader', '', '']])
  assert.ok(actor.grants[0]!.permits.has('case.dispose'))
}))

for (const [one, other] of [
  ['system-admin', 'security-admin'],
  ['system-admin', 'audit-admin'],
  ['security-admin', 'audit-admin'],
  ['handler', 'collector'],
  ['handler', 'shift-lead'],
] as const) {
  test(`${one} and ${other} are never one person`, inCity(async (ctx) => {
    const { id } = await person(ctx)

    const both = [one, other].map((role) => ({ role, ...whole }))
    await assert.rejects(putGrants(ctx, id, both), { code: 'access.kept-apart', status: 422 })
  }))
}

test('a role cannot be widened so that one of its holders disposes and checks', inCity(async (ctx) => {
  const { id } = await person(ctx)
  await putGrants(ctx, id, [{ role: 'handler', ...whole }, { role: 'leader', ...whole }])
  const name = { zh: '领导', en: 'Leader' }
  const wider = putRole(ctx, { code: 'leader', name, permits: ['case.check'] }, new Set(['case.check']))

  await assert.rejects(wider, { code: 'access.kept-apart' })
}))

test('a role takes only permits that some room declares', inCity(async (ctx) => {
  const change = { code: 'guard', name: { zh: '门卫', en: 'Guard' }, permits: ['gate.open'] }

  await assert.rejects(putRole(ctx, change, new Set(['case.read'])), { code: 'access.permit-unknown' })
}))

test('nobody grants to themselves, beyond their reach, or without the permit', inCity(async (ctx) => {
  const { id } = await person(ctx, { region: '999902' })
  const leader = (region: string) => [{ role: 'leader', region, unit: '', category: '' }]
  const local = { permits: ['access.grants'], region: '999902' }

  await assert.rejects(putGrants(as(ctx, { ...local, id }), id, leader('999902')), { code: 'access.own-account' })
  await assert.rejects(putGrants(as(ctx, local), id, leader('999903')), { code: 'access.permit-missing' })
  await assert.rejects(putGrants(as(ctx, 'access.accounts'), id, leader('999902')), { code: 'access.permit-missing' })
  await putGrants(as(ctx, local), id, leader('999902'))
}))

test('accounts of another region are neither listed nor found', inCity(async (ctx) => {
  const { id, account } = await person(ctx, { region: '999903' })
  const there = as(ctx, { permits: ['access.read'], region: '999903' })
  const elsewhere = as(ctx, { permits: ['access.read'], region: '999902' })

  assert.deepEqual((await listAccounts(there, { text: account })).items.map((item) => item.id), [id])
  assert.deepEqual((await listAccounts(elsewhere, {})).items, [])
  await assert.rejects(getAccountShown(elsewhere, id), { code: 'access.account-unknown' })
}))

test('five wrong passwords lock an account for a quarter of an hour, also against the right one', inCity(async (ctx) => {
  const { id, account } = await person(ctx, { password: PASSWORD })
  const enter = (when: Context, password: string) => signIn(when, { account, password }, 'test')

  for (let time = 0; time < 5; time++) assert.equal(codeOf(await enter(ctx, 'Wrong-2026-xx')), 'access.sign-in-refused')

  assert.equal(codeOf(await enter(ctx, PASSWORD)), 'access.account-locked')
  assert.equal((await getAccountShown(ctx, id)).lockedUntil, new Date(ctx.now.getTime() + 900_000).toISOString())
  assert.equal(codeOf(await enter(later(ctx, new Date(ctx.now.getTime() + 901_000)), PASSWORD)), undefined)
}))

test('an unknown account is refused and locked like a known one', inCity(async (ctx) => {
  const enter = () => signIn(ctx, { account: 'nobody.here', password: PASSWORD }, 'test')

  for (let time = 0; time < 5; time++) assert.equal(codeOf(await enter()), 'access.sign-in-refused')
  assert.equal(codeOf(await enter()), 'access.account-locked')
}))

test('the administrator of accounts opens a lock', inCity(async (ctx) => {
  const { id, account } = await person(ctx, { password: PASSWORD })
  for (let time = 0; time < 5; time++) await signIn(ctx, { account, password: 'Wrong-2026-xx' }, 'test')

  await changeAccount(as(ctx, 'access.accounts'), id, { unlock: true })

  assert.equal(codeOf(await signIn(ctx, { account, password: PASSWORD }, 'test')), undefined)
}))

test('a disabled account and one without a password cannot sign in', inCity(async (ctx) => {
  const off = await person(ctx, { password: PASSWORD })
  await changeAccount(ctx, off.id, { state: 'disabled' })
  const bare = await person(ctx)

  assert.equal(codeOf(await signIn(ctx, { account: off.account, password: PASSWORD }, 'test')), 'access.sign-in-refused')
  assert.equal(codeOf(await signIn(ctx, { account: bare.account, password: '' }, 'test')), 'access.sign-in-refused')
}))

test('a session ends after thirty idle minutes, and after twelve hours however busy', inCity(async (ctx) => {
  const account = await person(ctx, { password: PASSWORD })
  const minutes = (count: number) => later(ctx, new Date(ctx.now.getTime() + count * 60_000))
  const idle = await startSession(ctx, account, 'test')
  const busy = await startSession(ctx, account, 'test')

  assert.ok(await findSession(minutes(29), idle))
  assert.ok(await findSession(minutes(58), idle))
  assert.equal(await findSession(minutes(89), idle), undefined)
  for (let at = 0; at <= 720; at += 20) assert.ok(await findSession(minutes(at), busy), `at ${at}`)
  assert.equal(await findSession(minutes(721), busy), undefined)
}))

test('a reset password must be changed and ends every session', inCity(async (ctx) => {
  const account = await person(ctx, { password: PASSWORD })
  const token = await startSession(ctx, account, 'test')

  const password = await resetPassword(as(ctx, 'access.accounts'), account.id)

  assert.equal(await findSession(ctx, token), undefined)
  assert.equal(codeOf(await signIn(ctx, { account: account.account, password: PASSWORD }, 'test')), 'access.sign-in-refused')
  const begun = await signIn(ctx, { account: account.account, password }, 'test')
  assert.ok(!(begun instanceof Problem) && (await findSession(ctx, begun.token))?.mustChangePassword)
}))

test('a machine is known by its key until that is revoked or expires', inCity(async (ctx) => {
  const declared = new Set(['case.read', 'case.report', 'access.audit', 'case.dispose', 'case.check'])
  const make = (permits: string[], expiresAt?: string) =>
    createKey(ctx, { name: '12345 热线', permits, ...whole, ...(expiresAt && { expiresAt }) }, declared)
  const { row, secret } = await make(['case.report'], new Date(ctx.now.getTime() + 60_000).toISOString())

  assert.ok((await findMachine(ctx, secret))?.grants[0]?.permits.has('case.report'))
  assert.equal(await findMachine(ctx, `${secret}x`), undefined)
  assert.equal(await findMachine(later(ctx, new Date(ctx.now.getTime() + 61_000)), secret), undefined)
  await revokeKey(ctx, row.id)
  assert.equal(await findMachine(ctx, secret), undefined)

  await assert.rejects(make(['access.audit']), { code: 'access.permit-not-for-machines' })
  await assert.rejects(make(['case.dispose', 'case.check']), { code: 'access.kept-apart' })
  await assert.rejects(make(['gate.open']), { code: 'access.permit-unknown' })
}))

test('keys of another region are neither listed nor revoked', inCity(async (ctx) => {
  const { row } = await createKey(ctx, { name: '视频', permits: ['case.report'], ...whole, region: '999903' }, new Set(['case.report']))
  const elsewhere = as(ctx, { permits: ['access.grants'], region: '999902' })

  assert.ok(!(await listKeys(elsewhere, {})).items.some(({ id }) => id === row.id))
  await assert.rejects(revokeKey(elsewhere, row.id), { code: 'access.permit-missing' })
}))

test('a set-up link sets three people once', inCity(async (ctx) => {
  await sql`delete from access_grant`.execute(ctx.db)
  const link = await makeSetupLink(ctx)
  const token = new URL(link, 'http://city').searchParams.get('token')!
  const first = (account: string) => ({ account, name: account, password: PASSWORD })
  const given = { token, system: first('first.system'), security: first('first.security'), audit: first('first.audit') }

  assert.ok(await isSetupLink(ctx, token))
  await setUp(as(ctx), given)

  assert.ok(await hasAdministrators(ctx))
  assert.ok(!(await isSetupLink(ctx, token)))
  await assert.rejects(setUp(as(ctx), given), { code: 'access.setup-link-spent' })
}))

test('every act of an administrator is recorded', inCity(async (ctx) => {
  const { id } = await person(ctx, { password: PASSWORD })
  await putGrants(ctx, id, [{ role: 'leader', ...whole }])
  await changeAccount(ctx, id, { state: 'disabled' })
  await resetPassword(ctx, id)

  assert.deepEqual(
    ctx.outbox.entries.filter(({ subject }) => subject === id).map(({ act }) => act),
    ['access.account-made', 'access.granted', 'access.account-changed', 'access.password-reset'],
  )
  assert.ok(!JSON.stringify(ctx.outbox.entries).includes(PASSWORD))
}))

const codeOf = (result: unknown) => (result instanceof Problem ? result.code : undefined)
