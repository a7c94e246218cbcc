// Secrets that the program must be able to read again, such as the key of a gateway: enciphered in the database, under a key that is not in it.

import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const CIPHER = 'aes-256-gcm'
const FORM = 'v1.'
const IV = 12
const TAG = 16

/** `what` names the thing that a secret belongs to: sealed for one, it does not open for another. */
export interface Vault {
  seal(what: string, secret: string): string
  /** Undefined where it was sealed under another key, or for another thing, or was changed. */
  unseal(what: string, sealed: string): string | undefined
}

/** Under `secret`, or where none is set under a key in `folder` that is made when it is first needed. */
export function createVault(folder: string, secret: string | undefined): Vault {
  let known: Buffer | undefined
  const key = () => (known ??= secret === undefined ? keyIn(folder) : stretch(secret))
  return {
    seal(what, text) {
      const iv = randomBytes(IV)
      const cipher = createCipheriv(CIPHER, key(), iv, { authTagLength: TAG }).setAAD(Buffer.from(what))
      return FORM + Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64')
    },
    unseal(what, sealed) {
      if (!sealed.startsWith(FORM)) return undefined
      const bytes = Buffer.from(sealed.slice(FORM.length), 'base64')
      if (bytes.length < IV + TAG) return undefined
      const cipher = createDecipheriv(CIPHER, key(), bytes.subarray(0, IV), { authTagLength: TAG })
      cipher.setAAD(Buffer.from(what)).setAuthTag(bytes.subarray(-TAG))
      try {
        return Buffer.concat([cipher.update(bytes.subarray(IV, -TAG)), cipher.final()]).toString('utf8')
      } catch {
        return undefined
      }
    },
  }
}

const stretch = (secret: string): Buffer => Buffer.from(hkdfSync('sha256', secret, '', 'chengyun vault', 32))

function keyIn(folder: string): Buffer {
  const file = join(folder, 'secret.key')
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true })
    try {
      writeFileSync(file, randomBytes(32).toString('hex'), { flag: 'wx', mode: 0o600 })
    } catch (error) {
      // Another process of the same folder was quicker: its key is the one.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
  chmodSync(file, 0o600)
  return stretch(readFileSync(file, 'utf8').trim())
}
