import type { Outward, PostedReply } from '../../kernel/index.ts'
import type { OpenChannel } from '../channels.ts'
import type { Said } from '../tables.ts'

/** What is handed to a gateway. The id stays the same for every try, so that a gateway can tell a repetition. */
export interface Letter {
  readonly id: string
  readonly address: string | null
  readonly name: string
  readonly said: Said
  /** A citizen reads whole sentences; staff first what it is about. */
  readonly toReporter: boolean
  readonly link: string | null
  readonly now: Date
}

/** Hands a letter over; the answer is what the gateway said. Whatever was not surely taken is thrown. */
export type Driver = (outward: Outward, channel: OpenChannel, letter: Letter) => Promise<string>

/** Not taken. `final`: another try would be refused as well. */
export class Refusal extends Error {
  readonly final: boolean

  constructor(message: string, final = false) {
    super(message)
    this.name = 'Refusal'
    this.final = final
  }
}

export const HAND_OVER_MS = 10_000

/** Answers after which the same question may be answered otherwise. */
const PASSING = new Set([401, 403, 404, 408, 409, 425, 429])

/** Throws unless it was taken. A wrong key or path is the administrator's to mend, so it is tried again; a letter that is itself refused is not. */
export function demandTaken({ status, text }: PostedReply): void {
  if (status >= 200 && status < 300) return
  throw new Refusal(`HTTP ${status} ${text.slice(0, 200)}`, status >= 400 && status < 500 && !PASSING.has(status))
}

/** What a text says: of a mail's subject and body only the body to a citizen. */
export const textOf = ({ subject, body }: Said, toReporter: boolean): string => (toReporter || !subject ? body : `${subject} ${body}`)

/** The value at `a.b` of an answer in JSON; undefined where there is none. */
export function valueAt(text: string, path: string): unknown {
  try {
    return path.split('.').reduce<unknown>((value, name) => (value as Record<string, unknown> | null | undefined)?.[name], JSON.parse(text))
  } catch {
    return undefined
  }
}
