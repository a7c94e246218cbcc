// One terminal on one socket: bytes go to its session one chunk after the other, answers and news come out.

import type { Socket } from 'node:net'
import { systemActor, type House } from '../../kernel/index.ts'
import type { Reason } from '../gate.ts'
import type { AssignmentKey } from '../flood/command/advance.ts'
import type { TruckOrder } from '../flood/command/truck-orders.ts'
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
  /** The terminal has shown the text of this order. */
  shown(order: AssignmentKey): void
  failed(error: unknown): void
}

/** An order is urgent, to be shown and to be read out; what the bits mean changed with 2019, and a kind (a notice) came to them. */
const URGENT = 0b1101
const URGENT_2019 = 0b1110
const NOTICE = 1
const TEXT = '0x8300'

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
  #enteredAt = 0
  /** Orders whose text was sent over this connection, by the serial number that its receipt names. */
  readonly #told = new Map<string, number>()

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

  /** Sends the text of an order to the screen, once on each connection; what the terminal or its driver has, only where it was ordered since. */
  show({ id, district, text, orderedAt, received }: TruckOrder): void {
    const key = `${district} ${id}`
    if (this.#told.has(key) || (received && +orderedAt < this.#enteredAt)) return
    const since2019 = this.#session.version === 2019
    const serial = this.#session.command(0x8300, { flags: since2019 ? URGENT_2019 : URGENT, type: since2019 ? NOTICE : undefined, text })
    if (serial !== undefined) this.#told.set(key, serial)
  }

  #receipt(message: Message): void {
    if (!says(message, 0x0001) || message.body.answersId !== TEXT || message.body.result !== RESULT.done) return
    for (const [key, serial] of this.#told) {
      const [district = '', id = ''] = key.split(' ')
      if (serial === message.body.answers) this.#port.shown({ district, id })
    }
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
        this.#enteredAt = this.#now()
        this.#port.entered(this)
        return
      case 'parts-lost':
        this.#refuse('damaged', `parts ${JSON.stringify(news.lost.missing)} of ${news.lost.header.id.toString(16)}`, news.lost.header.phone)
        return
      case 'logged-out':
        return
      case 'message':
        this.#heard()
        this.#receipt(news.message)
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
