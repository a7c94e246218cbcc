// One terminal on one socket: bytes go to its session one chunk after the other, answers and news come out.

import type { Socket } from 'node:net'
import { systemActor, type House } from '../../kernel/index.ts'
import type { Reason } from '../gate.ts'
import type { KnownVehicle } from '../vehicles/directory.ts'
import type { VehicleIntake } from '../vehicles/intake.ts'
import { findProven, noteMedia, registerTerminal } from '../vehicles/terminals.ts'
import { FLAG } from './frame.ts'
import type { Authentication, Registration } from './from-terminal.ts'
import type { Location } from './location.ts'
import { says, type Message } from './message.ts'
import type { Budget } from './parts.ts'
import { RESULT, TerminalSession, type News, type RegistrationAnswer, type TerminalHost } from './session.ts'

export interface ConnectionLimits {
  /** A terminal that says nothing for so long is gone: longer than any heartbeat. */
  readonly idleMs: number
  /** So long a stranger may take to prove who it is. */
  readonly enterMs: number
  /** Damaged frames and refusals with nothing sound between them. */
  readonly faults: number
  /** Answers that it does not fetch. */
  readonly unsentBytes: number
}

export const CONNECTION_LIMITS: ConnectionLimits = { idleMs: 15 * 60_000, enterMs: 60_000, faults: 10, unsentBytes: 65_536 }

/** What all connections of a port share. */
export interface Port {
  readonly house: House
  readonly intake: VehicleIntake
  readonly limits: ConnectionLimits
  readonly budget: Budget
  entered(connection: Connection): void
  failed(error: unknown): void
}

const NOTHING: Buffer = Buffer.alloc(0)

export class Connection implements TerminalHost {
  readonly #port: Port
  readonly #socket: Socket
  readonly #session: TerminalSession
  #vehicle: KnownVehicle | undefined
  #fresh = true
  /** What is read at this moment, for the quarantine. */
  #chunk: Buffer = NOTHING
  #faults = 0
  #heardAt: number

  constructor(socket: Socket, port: Port) {
    this.#socket = socket
    this.#port = port
    this.#heardAt = this.#now()
    this.#session = new TerminalSession(this, { budget: port.budget })
    socket.on('error', () => {})
    void this.#listen()
  }

  /** The number of the vehicle whose terminal proved who it is. */
  get vehicle(): number | undefined {
    return this.#session.phone === undefined ? undefined : this.#vehicle?.number
  }

  #now(): number {
    return +this.#port.house.clock()
  }

  async #listen(): Promise<void> {
    try {
      // The next chunk is read when the last is answered: that bounds what one terminal can have under way.
      for await (const chunk of this.#socket as AsyncIterable<Buffer>) {
        // A frame begins with its flag: what begins otherwise is none of ours.
        if (this.#fresh && chunk[0] !== FLAG) {
          this.#refuse('damaged', chunk.toString('hex'))
          break
        }
        this.#fresh = false
        this.#chunk = chunk
        await this.#session.take(chunk, this.#now())
        this.#chunk = NOTHING
        if (this.#faults >= this.#port.limits.faults) break
      }
    } catch (error) {
      if (!this.#socket.destroyed) this.#port.failed(error)
    } finally {
      this.#session.end()
      this.#socket.destroySoon()
    }
  }

  /** To be called every few seconds. */
  tick(now: number): void {
    this.#session.tick(now)
    const { idleMs, enterMs } = this.#port.limits
    if (now - this.#heardAt > (this.vehicle === undefined ? enterMs : idleMs)) this.close()
  }

  close(): void {
    this.#socket.destroy()
  }

  send(frame: Buffer): void {
    if (this.#socket.destroyed) return
    this.#socket.write(frame)
    if (this.#socket.writableLength > this.#port.limits.unsentBytes) this.close()
  }

  hear(news: News): void {
    switch (news.kind) {
      case 'damaged':
        this.#refuse('damaged', `${news.fault} ${this.#chunk.toString('hex')}`)
        // What follows can no longer be told apart.
        if (news.fault === 'long') this.#faults = this.#port.limits.faults
        return
      case 'refused':
        this.#refuse('wrong-key', this.#chunk.toString('hex'), news.phone)
        return
      case 'registered':
        // A terminal that registers and never enters is not heard of again.
        if (news.result !== 0) this.#refuse('unknown-device', JSON.stringify(news.registration), news.phone)
        else this.#faults++
        return
      case 'failed':
        this.#port.failed(news.error)
        return
      case 'authenticated':
        this.#heard()
        this.#port.entered(this)
        return
      case 'parts-lost':
        this.#refuse('damaged', `parts ${JSON.stringify(news.lost.missing)} of ${news.lost.header.id.toString(16)}`, news.lost.header.phone)
        return
      case 'logged-out':
        return
      default:
        this.#heard()
    }
  }

  #heard(): void {
    this.#faults = 0
    this.#heardAt = this.#now()
  }

  #refuse(reason: Reason, payload: string, phone?: string): void {
    this.#faults++
    const device = phone ?? this.#vehicle?.phone ?? this.#socket.remoteAddress ?? ''
    this.#port.intake.refuse({ reason, device, payload }).catch((error: unknown) => this.#port.failed(error))
  }

  register(phone: string, registration: Registration): Promise<RegistrationAnswer> {
    return this.#port.house.transact({ actor: systemActor }, (ctx) => registerTerminal(ctx, phone, registration))
  }

  async authenticate(phone: string, given: Authentication): Promise<boolean> {
    this.#vehicle = await this.#port.house.read({ actor: systemActor }, (ctx) => findProven(ctx, phone, given))
    return this.#vehicle !== undefined
  }

  accept(_phone: string, positions: readonly Location[]): Promise<void> {
    return this.#port.intake.take(this.#vehicle!, positions)
  }

  async note(_phone: string, message: Message): Promise<number> {
    // What a picture holds is kept nowhere yet, and so it is not said to be.
    if (!says(message, 0x0800)) return RESULT.unsupported
    await this.#port.house.transact({ actor: systemActor }, (ctx) => noteMedia(ctx, this.#vehicle!, message))
    return RESULT.done
  }
}
