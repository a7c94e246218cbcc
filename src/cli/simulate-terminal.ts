// A vehicle terminal that is made up: it registers, proves who it is, reports over JT/T 808, and answers what it is told.

import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { FrameStream, isDamaged, readMessage, says, writeMessage, type BodyOf, type KnownId, type Location, type Message } from '../monitoring/index.ts'

export interface Address {
  readonly host: string
  readonly port: number
}

export interface OfVehicle {
  readonly phone: string
  readonly plate: string
}

const PATIENCE_MS = 10_000
const MADE_UP = { provinceId: 0, cityId: 0, makerId: 'SIMUL', model: 'SIMULATED', terminalId: 'SIM0001', plateColor: 2 } as const

export class SimulatedTerminal {
  readonly #socket: Socket
  readonly #phone: string
  readonly #heard: (message: Message) => void
  #serial = 0
  #awaited: ((message: Message) => void) | undefined

  private constructor(socket: Socket, phone: string, heard: (message: Message) => void) {
    this.#socket = socket
    this.#phone = phone.padStart(12, '0')
    this.#heard = heard
    const stream = new FrameStream()
    socket.on('error', () => {})
    socket.on('data', (chunk) => {
      for (const found of stream.take(chunk)) {
        const message = isDamaged(found) ? found : readMessage(found)
        if (!isDamaged(message)) this.#hear(message)
      }
    })
  }

  /** One that was let in, or the result of its registration that says why it was not. */
  static async enter({ host, port }: Address, { phone, plate }: OfVehicle, heard: (message: Message) => void): Promise<SimulatedTerminal | number> {
    const socket = connect({ host, port, noDelay: true })
    await once(socket, 'connect')
    const terminal = new SimulatedTerminal(socket, phone, heard)
    try {
      const registered = await terminal.#ask(0x0100, { ...MADE_UP, plate })
      if (!says(registered, 0x8100) || registered.body.result !== 0) return terminal.#refused(registered)
      const entered = await terminal.#ask(0x0102, { code: registered.body.code, imei: undefined, softwareVersion: undefined } as BodyOf<0x0102>)
      return says(entered, 0x8001) && entered.body.result === 0 ? terminal : terminal.#refused(entered)
    } catch (error) {
      socket.destroy()
      throw error
    }
  }

  get open(): boolean {
    return !this.#socket.destroyed
  }

  report(location: Location): void {
    this.#send(0x0200, location)
  }

  close(): void {
    this.#socket.destroy()
  }

  #refused(message: Message): number {
    this.close()
    return (message.body as { result?: number }).result ?? -1
  }

  #hear(message: Message): void {
    const { id, serial } = message.header
    // A text is shown, and that is answered.
    if (id === 0x8300) this.#send(0x0001, { answers: serial, answersId: '0x8300', result: 0 })
    this.#awaited?.(message)
    this.#awaited = undefined
    this.#heard(message)
  }

  #ask<Id extends KnownId>(id: Id, body: BodyOf<Id>): Promise<Message> {
    const { promise, resolve, reject } = Promise.withResolvers<Message>()
    const patience = setTimeout(() => reject(new Error('no answer')), PATIENCE_MS)
    this.#awaited = resolve
    this.#send(id, body)
    return promise.finally(() => clearTimeout(patience))
  }

  #send<Id extends KnownId>(id: Id, body: BodyOf<Id>): void {
    for (const frame of writeMessage({ version: 2013, protocolVersion: 0, phone: this.#phone }, this.#serial, id, body)) {
      this.#socket.write(frame)
      this.#serial = (this.#serial + 1) & 0xffff
    }
  }
}
