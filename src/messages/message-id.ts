import { createHash } from 'node:crypto'

export interface Origin {
  readonly cause: string
  readonly rule: string
  readonly channel: string
  readonly receiver: string
  readonly at: Date
}

/**
 * The id of a message, reckoned from what causes it: the same event, rule, channel and receiver give the same id however often they are
 * heard, and the table takes an id once. In the form of a UUID v7, in order of time.
 */
export function messageId({ cause, rule, channel, receiver, at }: Origin): string {
  const bytes = createHash('sha256').update(JSON.stringify([cause, rule, channel, receiver])).digest().subarray(0, 16)
  bytes.writeUIntBE(+at, 0, 6)
  bytes[6] = (bytes[6]! & 0x0f) | 0x70
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  return asUuid(bytes)
}

/** The least id of a moment: all ids of before are smaller. */
export function firstIdAt(at: Date): string {
  const bytes = Buffer.alloc(16)
  bytes.writeUIntBE(+at, 0, 6)
  return asUuid(bytes)
}

function asUuid(bytes: Buffer): string {
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
