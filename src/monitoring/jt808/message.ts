// From a frame to what it says, and back.

import { type FaultCode } from './fault.ts'
import { isDamaged, MAX_BODY, readWhole, writeFrame, type Damaged, type Frame, type Header } from './frame.ts'
import { FROM_PLATFORM } from './from-platform.ts'
import { FROM_TERMINAL, type MessageKind } from './from-terminal.ts'
import { VIDEO } from './video.ts'
import { Reader, Writer, type ValueOf, type Version } from './wire.ts'

const KINDS = { ...FROM_TERMINAL, ...FROM_PLATFORM, ...VIDEO } as const
const KIND_OF = new Map<number, MessageKind>(Object.entries(KINDS).map(([id, kind]) => [Number(id), kind]))

export type KnownId = keyof typeof KINDS
export type BodyOf<Id extends KnownId> = ValueOf<(typeof KINDS)[Id]['body']>

export interface Message {
  readonly header: Header
  /** The standard's name of it, where it has one. */
  readonly kind?: MessageKind
  /** By its fields; `{ hex }` where the message is unknown, encrypted, or one part of a longer one. */
  readonly body: object
  /** What follows the last field. */
  readonly rest?: string
}

export interface Refused extends Damaged {
  /** The body, where the frame itself was sound. */
  readonly hex?: string
}

/** Reads the body of a sound frame. A single part is not read: see `Parts`. */
export function readMessage({ header, body }: Frame): Message | Refused {
  const kind = KIND_OF.get(header.id)
  if (!kind || header.part || header.encryption !== 0) return { header, ...(kind && { kind }), body: { hex: body.toString('hex') } }
  const from = new Reader(body, header.version)
  const value = kind.body.read(from) as object
  if (from.short || fewer(value)) return { fault: 'body', header, hex: body.toString('hex') }
  const rest = from.left > 0 ? { rest: body.toString('hex', from.at) } : undefined
  return { header: from.version === header.version ? header : { ...header, version: from.version }, kind, body: value, ...rest }
}

/** Whether a batch says that it holds more than it does. */
function fewer(body: { count?: number; locations?: readonly object[]; items?: readonly object[] }): boolean {
  const list = body.locations ?? body.items
  return body.count !== undefined && list !== undefined && body.count !== list.length
}

/** The message as the body's fields say it, read with the body's own layout. */
export const says = <Id extends KnownId>(message: Message, id: Id): message is Message & { readonly body: BodyOf<Id> & object } =>
  message.header.id === id && message.header.encryption === 0 && message.header.part === undefined

export function writeBody<Id extends KnownId>(id: Id, body: BodyOf<Id>, version: Version): Buffer {
  const to = new Writer(version)
  KIND_OF.get(id)!.body.write(to, body)
  return to.bytes()
}

export interface Sender {
  readonly version: Version
  readonly protocolVersion: number
  readonly phone: string
}

/** The frames of a message: one, or parts where the body is long. Their serial numbers go on from `serial`. */
export function writeMessage<Id extends KnownId>({ version, protocolVersion, phone }: Sender, serial: number, id: Id, body: BodyOf<Id>): Buffer[] {
  const bytes = writeBody(id, body, version)
  const header = { id, version, protocolVersion, phone, encryption: 0 }
  if (bytes.length <= MAX_BODY) return [writeFrame({ ...header, serial }, bytes)]
  const total = Math.ceil(bytes.length / MAX_BODY)
  return Array.from({ length: total }, (_, i) =>
    writeFrame({ ...header, serial: (serial + i) & 0xffff, part: { total, index: i + 1 } }, bytes.subarray(i * MAX_BODY, (i + 1) * MAX_BODY)),
  )
}

/** One frame as text, with or without blanks between its digits. */
export function readHex(line: string): Frame | Damaged {
  const digits = line.replaceAll(/\s/g, '')
  if (digits.length % 2 !== 0 || !/^[0-9a-f]*$/i.test(digits)) return { fault: 'hex' }
  return readWhole(Buffer.from(digits, 'hex'))
}

const number4 = (id: number) => `0x${id.toString(16).padStart(4, '0')}`

/** What is told of a frame as JSON. */
export function tellFrame(found: Message | Refused, language: 'zh' | 'en', sayFault: (fault: FaultCode) => string): object {
  const { header } = found
  const head = header && {
    messageId: number4(header.id),
    ...(!isDamaged(found) && found.kind && { name: found.kind[language] }),
    phone: header.phone,
    serial: header.serial,
    version: header.version,
    ...(header.version === 2019 && { protocolVersion: header.protocolVersion }),
    ...(header.encryption !== 0 && { encryption: header.encryption }),
    ...(header.part && { part: header.part }),
  }
  if (isDamaged(found)) return { ...head, error: found.fault, reason: sayFault(found.fault), ...(found.hex !== undefined && { hex: found.hex }) }
  return { ...head, body: found.body, ...(found.rest !== undefined && { rest: found.rest }) }
}
