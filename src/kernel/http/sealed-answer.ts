// A remembered answer may hold what was to be seen once: a first password, a key, a citizen's telephone number. It is kept
// so that only the caller's own Idempotency-Key opens it; of the key itself no more than a digest is kept.

import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

const CIPHER = 'aes-256-gcm'
const IV = 12
const TAG = 16

const secretOf = (key: string): Buffer => createHash('sha256').update(`answer ${key}`).digest()

export const nameOfKey = (key: string): string => createHash('sha256').update(`name ${key}`).digest('base64url')

export function seal(key: string, answer: unknown): string {
  const iv = randomBytes(IV)
  const cipher = createCipheriv(CIPHER, secretOf(key), iv, { authTagLength: TAG })
  const sealed = Buffer.concat([iv, cipher.update(JSON.stringify(answer), 'utf8'), cipher.final(), cipher.getAuthTag()])
  return sealed.toString('base64')
}

export function unseal(key: string, sealed: string): unknown {
  const bytes = Buffer.from(sealed, 'base64')
  const cipher = createDecipheriv(CIPHER, secretOf(key), bytes.subarray(0, IV), { authTagLength: TAG })
  cipher.setAuthTag(bytes.subarray(-TAG))
  return JSON.parse(Buffer.concat([cipher.update(bytes.subarray(IV, -TAG)), cipher.final()]).toString('utf8'))
}
