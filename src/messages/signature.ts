// How another system knows that a push is ours, and of now: the signature covers the moment, the id and the body.

import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

export const SIGNATURE_HEADER = 'x-chengyun-signature'
export const TIME_HEADER = 'x-chengyun-time'
export const ID_HEADER = 'x-chengyun-id'

/** Seconds since 1970 within which a receiver should believe a push. */
export const BELIEVED_SECONDS = 300

export const freshSecret = (): string => `whsec_${randomBytes(32).toString('base64url')}`

/** `v1=` and the HMAC-SHA256 of `time.id.body` under the secret, in hexadecimal. */
export const signatureOf = (secret: string, time: number, id: string, body: string): string =>
  `v1=${createHmac('sha256', secret).update(`${time}.${id}.${body}`).digest('hex')}`

/** What a receiver does: whether a push is ours, unchanged and of now. */
export function isOurs(secret: string, now: Date, push: { time: number; id: string; signature: string; body: string }): boolean {
  if (Math.abs(+now / 1000 - push.time) > BELIEVED_SECONDS) return false
  const ours = Buffer.from(signatureOf(secret, push.time, push.id, push.body))
  const theirs = Buffer.from(push.signature)
  return ours.length === theirs.length && timingSafeEqual(ours, theirs)
}
