// What a password must be. Pure, so that the web says it while one types.

import type { Words } from '../contract.ts'

export const SHORTEST_PASSWORD = 10
/** From this length on, length alone is enough (OWASP ASVS 5, 6.2). */
export const LONG_PASSWORD = 16
/** More would only let a stranger burn our processor. */
export const LONGEST_PASSWORD = 128

const KINDS = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/]

/** Those that crackers try first and that would pass the other rules. */
const COMMON = ['password', 'qwerty', '12345678', 'abcd1234', 'admin123', 'chengyun123', 'iloveyou', 'woaini', '1q2w3e4r']

/** Why `password` may not be used by `account`; undefined when it may. */
export function passwordFault(password: string, account: string): Words | undefined {
  const letters = [...password]
  if (letters.length < SHORTEST_PASSWORD) {
    return { zh: `密码至少 ${SHORTEST_PASSWORD} 位`, en: `A password has at least ${SHORTEST_PASSWORD} characters` }
  }
  if (letters.length > LONGEST_PASSWORD) {
    return { zh: `密码至多 ${LONGEST_PASSWORD} 位`, en: `A password has at most ${LONGEST_PASSWORD} characters` }
  }
  if (letters.length < LONG_PASSWORD && KINDS.filter((kind) => kind.test(password)).length < 3) {
    return {
      zh: `不足 ${LONG_PASSWORD} 位的密码须含大写、小写、数字、符号中的三种`,
      en: `Below ${LONG_PASSWORD} characters it needs three of capitals, small letters, digits and signs`,
    }
  }
  const small = password.toLowerCase()
  if (account.length >= 3 && small.includes(account.toLowerCase())) {
    return { zh: '密码不能含有账号', en: 'A password must not contain the account' }
  }
  if (new Set(letters).size < 5) return { zh: '密码的不同字符太少', en: 'A password needs more different characters' }
  if (COMMON.some((word) => small.startsWith(word) && letters.length - word.length < 5)) {
    return { zh: '密码太常见', en: 'This password is too common' }
  }
  return undefined
}
