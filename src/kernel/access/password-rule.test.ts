import assert from 'node:assert/strict'
import { test } from 'node:test'
import { passwordFault } from './password-rule.ts'

for (const { password, taken, because } of [
  { password: 'Chengyun-2026', taken: true, because: 'thirteen characters of four kinds' },
  { password: 'riverside42', taken: false, because: 'eleven characters of two kinds' },
  { password: 'Riverside42', taken: true, because: 'three kinds are enough' },
  { password: 'Rive-42', taken: false, because: 'it is shorter than ten' },
  { password: 'four quiet words here', taken: true, because: 'a long one needs no kinds' },
  { password: '清河区的桥下有一只灰色的猫在睡觉', taken: true, because: 'sixteen Chinese characters are long' },
  { password: 'Zhangsan-2026', taken: false, because: 'it has the account in it' },
  { password: 'aaaaaaaaaaaaaaaaaaaa', taken: false, because: 'twenty times the same letter' },
  { password: 'Password123!', taken: false, because: 'everybody tries it first' },
  { password: 'x'.repeat(129), taken: false, because: 'it is longer than we read' },
] as const) {
  test(`a password is ${taken ? 'taken' : 'refused'}: ${because}`, () => {
    assert.equal(passwordFault(password, 'zhangsan') === undefined, taken)
  })
}
