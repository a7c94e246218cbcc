import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hashPassword, isPassword } from './password.ts'
import { freshPassword } from './secret.ts'
import { passwordFault } from './password-rule.ts'

test('a password is known again and no other passes for it', async () => {
  const stored = await hashPassword('Chengyun-2026')

  assert.match(stored, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  assert.ok(await isPassword('Chengyun-2026', stored))
  assert.ok(!(await isPassword('Chengyun-2027', stored)))
})

test('the same password is stored differently each time', async () => {
  assert.notEqual(await hashPassword('Chengyun-2026'), await hashPassword('Chengyun-2026'))
})

test('where no password is set none is right', async () => {
  assert.ok(!(await isPassword('', null)))
  assert.ok(!(await isPassword('Chengyun-2026', null)))
})

test('a composed accent and its parts are the same password', async () => {
  assert.ok(await isPassword('Caf\u0065\u0301-Riverside-1', await hashPassword('Caf\u00e9-Riverside-1')))
})

test('the passwords that the program makes keep its own rules', () => {
  for (let n = 0; n < 200; n++) assert.equal(passwordFault(freshPassword(), 'zhangsan'), undefined)
})
