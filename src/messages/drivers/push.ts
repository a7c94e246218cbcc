import { postTo, type Outward } from '../../kernel/index.ts'
import type { Subscription } from '../pushes.ts'
import { ID_HEADER, signatureOf, SIGNATURE_HEADER, TIME_HEADER } from '../signature.ts'
import { HAND_OVER_MS, Refusal } from './refusal.ts'

/** A signed POST. 410 says that nobody listens there any more; any other refusal is tried again. */
export async function sendPush({ guard }: Outward, { url, secret }: Subscription, push: { id: string; payload: unknown; now: Date }): Promise<string> {
  if (secret === undefined) throw new Refusal('the secret of its signatures cannot be opened; make another')
  const body = JSON.stringify({ id: push.id, ...(push.payload as object) })
  const time = Math.floor(+push.now / 1000)
  const reply = await postTo(guard, url, {
    timeoutMs: HAND_OVER_MS,
    body,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'idempotency-key': push.id,
      [ID_HEADER]: push.id,
      [TIME_HEADER]: String(time),
      [SIGNATURE_HEADER]: signatureOf(secret, time, push.id, body),
    },
  })
  if (reply.status < 200 || reply.status >= 300) throw new Refusal(`HTTP ${reply.status} ${reply.text.slice(0, 200)}`, reply.status === 410)
  return `HTTP ${reply.status} ${reply.text.slice(0, 200)}`.trim()
}
