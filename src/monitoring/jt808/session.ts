// One terminal on one connection: bytes in, answers and news out. Without a socket or a clock; both are the caller's.

import type { FaultCode } from './fault.ts'
import { isDamaged, type Damaged, type Frame, type Header } from './frame.ts'
import { ANSWERS, type Authentication, type Registration } from './from-terminal.ts'
import type { Location } from './location.ts'
import { readMessage, says, writeMessage, type BodyOf, type KnownId, type Message, type Sender } from './message.ts'
import { Parts, type Budget, type PartLimits, type Unfinished } from './parts.ts'
import { FrameStream } from './stream.ts'

/** Results of a general answer (0x8001). */
export const RESULT = { done: 0, failed: 1, wrong: 2, unsupported: 3 } as const

/** Results of a registration (0x8100). */
export const REGISTERED = { done: 0, vehicleTaken: 1, vehicleUnknown: 2, terminalTaken: 3, terminalUnknown: 4 } as const

export type RegistrationAnswer = { readonly result: 0; readonly code: string } | { readonly result: 1 | 2 | 3 | 4 }

export type News =
  | { readonly kind: 'registered'; readonly phone: string; readonly registration: Registration; readonly result: number }
  | { readonly kind: 'authenticated' | 'refused' | 'logged-out'; readonly phone: string }
  | { readonly kind: 'positions'; readonly phone: string; readonly count: number }
  /** What the city could not do; the terminal was not answered and will say it again. */
  | { readonly kind: 'failed'; readonly phone: string; readonly messageId: number; readonly error: unknown }
  | { readonly kind: 'message'; readonly message: Message }
  | { readonly kind: 'damaged'; readonly fault: FaultCode; readonly header?: Header }
  | { readonly kind: 'parts-lost'; readonly lost: Unfinished }

export interface TerminalHost {
  send(frame: Buffer): void
  hear(news: News): void
  register(phone: string, registration: Registration): Promise<RegistrationAnswer>
  authenticate(phone: string, given: Authentication): Promise<boolean>
  /** Resolves when the positions are kept for good: only then the terminal is told so, and forgets them. */
  accept(phone: string, positions: readonly Location[]): Promise<void>
  /** Keeps what is said of pictures, sound and films (0x0800, 0x0801), and tells the result; without it all is taken for done. */
  note?(phone: string, message: Message): Promise<number>
}

export interface SessionLimits {
  readonly parts?: PartLimits
  readonly budget?: Budget
}

export class TerminalSession {
  readonly #host: TerminalHost
  readonly #stream = new FrameStream()
  readonly #parts: Parts
  #sender: Sender | undefined
  #authenticated: string | undefined
  #serial = 0

  constructor(host: TerminalHost, { parts, budget }: SessionLimits = {}) {
    this.#host = host
    this.#parts = new Parts(parts, budget)
  }

  /** The terminal that proved who it is; undefined before, and after it logged out. */
  get phone(): string | undefined {
    return this.#authenticated
  }

  /** The version that the terminal speaks; undefined before it said anything. */
  get version(): Sender['version'] | undefined {
    return this.#sender?.version
  }

  /**
   * Takes bytes as they come, and resolves when all that they say is answered. Await it before the next call, and read no further from the
   * socket until then: that bounds what one terminal can have under way.
   */
  async take(chunk: Buffer, now: number): Promise<void> {
    const underWay: Promise<void>[] = []
    for (const found of this.#stream.take(chunk)) {
      if (isDamaged(found)) this.#damaged(found)
      else await this.#frame(found, now, underWay)
    }
    await Promise.all(underWay)
  }

  /** To be called every few seconds: asks for parts that are missing, and gives up those that never come. */
  tick(now: number): void {
    const { ask, lost } = this.#parts.late(now)
    if (this.#authenticated !== undefined) for (const { firstSerial, missing } of ask) this.command(0x8003, { firstSerial, parts: missing })
    this.#lose(lost)
  }

  /** To be called when the connection ends, whoever ended it. */
  end(): void {
    this.#lose(this.#parts.clear())
  }

  /** Sends a message of the platform; its serial number is what the terminal's answer names. Undefined before the terminal said anything. */
  command<Id extends KnownId>(id: Id, body: BodyOf<Id>): number | undefined {
    if (!this.#sender) return undefined
    const serial = this.#serial
    for (const frame of writeMessage(this.#sender, serial, id, body)) {
      this.#host.send(frame)
      this.#serial = (this.#serial + 1) & 0xffff
    }
    return serial
  }

  #lose(all: readonly Unfinished[]): void {
    for (const lost of all) this.#host.hear({ kind: 'parts-lost', lost })
  }

  #damaged({ fault, header }: Damaged): void {
    this.#host.hear({ kind: 'damaged', fault, ...(header && { header }) })
  }

  #answer({ serial, id }: Header, result: number): void {
    this.command(0x8001, { answers: serial, answersId: `0x${id.toString(16).padStart(4, '0')}`, result })
  }

  async #frame(frame: Frame, now: number, underWay: Promise<void>[]): Promise<void> {
    const { header } = frame
    const { id, phone, version, protocolVersion } = header
    // Whoever it says it is, it is answered as that; but an authenticated connection stays with its terminal.
    if (this.#authenticated === undefined) this.#sender = { version, protocolVersion, phone }
    // A stranger's parts are not kept.
    const entering = (id === 0x0100 || id === 0x0102) && !header.part
    if (phone !== (this.#authenticated ?? (entering ? phone : undefined))) {
      this.#host.hear({ kind: 'refused', phone })
      this.#answer(header, RESULT.failed)
      return
    }
    const { whole, lost } = this.#parts.take(frame, now)
    this.#lose(lost)
    // The parts before the last are answered at once, the last when the whole is kept: so nothing is acknowledged before it is.
    if (!whole) this.#answer(header, RESULT.done)
    else await this.#message(readMessage(whole), header, underWay)
  }

  async #message(found: ReturnType<typeof readMessage>, header: Header, underWay: Promise<void>[]): Promise<void> {
    if (isDamaged(found)) {
      this.#damaged(found)
      this.#answer(header, RESULT.wrong)
      return
    }
    if (found.header.encryption !== 0) {
      this.#host.hear({ kind: 'message', message: found })
      this.#answer(header, RESULT.unsupported)
      return
    }
    if (says(found, 0x0100)) await this.#tried(header, this.#register(found.body, header))
    else if (says(found, 0x0102)) await this.#tried(header, this.#authenticate(found.body, header))
    else this.#later(found, header, underWay)
  }

  #later(message: Message, header: Header, underWay: Promise<void>[]): void {
    const positions = positionsOf(message)
    if (positions) {
      underWay.push(this.#tried(header, this.#keep(this.#host.accept(header.phone, positions), positions.length, header)))
      return
    }
    this.#host.hear({ kind: 'message', message })
    if (header.id === 0x0800 || header.id === 0x0801) underWay.push(this.#tried(header, this.#note(message, header)))
    else if (!ANSWERS.has(header.id)) this.#answer(header, message.kind ? RESULT.done : RESULT.unsupported)
    if (header.id === 0x0003) this.#logOut(header)
  }

  async #tried({ phone, id }: Header, act: Promise<void>): Promise<void> {
    try {
      await act
    } catch (error) {
      this.#host.hear({ kind: 'failed', phone, messageId: id, error })
    }
  }

  async #register(registration: Registration, header: Header): Promise<void> {
    const answer = await this.#host.register(header.phone, registration)
    this.command(0x8100, { answers: header.serial, result: answer.result, code: answer.result === 0 ? answer.code : '' })
    this.#host.hear({ kind: 'registered', phone: header.phone, registration, result: answer.result })
  }

  async #authenticate(given: Authentication, header: Header): Promise<void> {
    const { phone } = header
    const proven = await this.#host.authenticate(phone, given)
    this.#authenticated = proven ? phone : undefined
    this.#answer(header, proven ? RESULT.done : RESULT.failed)
    this.#host.hear({ kind: proven ? 'authenticated' : 'refused', phone })
  }

  async #note(message: Message, header: Header): Promise<void> {
    const result = this.#host.note ? await this.#host.note(header.phone, message) : RESULT.done
    if (header.id === 0x0801 && result === RESULT.done) this.command(0x8800, { mediaId: (message.body as { mediaId: number }).mediaId, missing: undefined })
    else this.#answer(header, result)
  }

  #logOut({ phone }: Header): void {
    this.#authenticated = undefined
    this.#host.hear({ kind: 'logged-out', phone })
  }

  /** Holds no more than it needs: thousands of terminals wait for the same commit. */
  async #keep(kept: Promise<void>, count: number, header: Header): Promise<void> {
    await kept
    if (!ANSWERS.has(header.id)) this.#answer(header, RESULT.done)
    this.#host.hear({ kind: 'positions', phone: header.phone, count })
  }
}

function positionsOf(message: Message): readonly Location[] | undefined {
  if (says(message, 0x0200)) return [message.body]
  if (says(message, 0x0201) || says(message, 0x0500)) return [message.body.location]
  return says(message, 0x0704) ? message.body.locations : undefined
}
