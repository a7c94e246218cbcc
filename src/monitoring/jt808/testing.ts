// Frames to try, and damage done to them, and a terminal that speaks over TCP: for the tests and the bench of this folder.

import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { checkCode, FLAG, unescape } from './frame.ts'
import { isDamaged, readMessage, writeMessage, FrameStream, Parts, type KnownId, type Location, type Registration, type Sender } from './index.ts'

/** One frame of `frames.json`; where it is from and under which licence says NOTICE. */
export interface Sample {
  readonly id: number
  readonly source: 'traccar' | 'yezhihao/jt808-server' | 'cuteLittleDevil/go-jt808' | 'SmallChi/JT808'
  readonly hex: string
  readonly expected: unknown
  readonly alsoExpected?: readonly unknown[]
  readonly computed: Computed | null
}

export interface Computed {
  readonly messageId: string
  readonly checksum_ok: boolean
  readonly bodyLength_ok?: boolean
  readonly bodyLength: number
  readonly encrypt: number
  readonly subpackage: boolean
  readonly version2019: boolean
  readonly protocolVersion?: number
  readonly terminalPhone: string
  readonly serialNo: number
  readonly packageTotal?: number
  readonly packageIndex?: number
  readonly location?: ComputedLocation
}

export interface ComputedLocation {
  readonly alarm: number
  readonly status: number
  readonly acc: boolean
  readonly fixed: boolean
  readonly lat: number
  readonly lng: number
  readonly altitude_m: number
  readonly speed_kmh: number
  readonly direction_deg: number
  readonly time_bcd: string
  readonly additional?: readonly { readonly id: string; readonly hex: string }[]
}

export const samples = JSON.parse(readFileSync(new URL('frames.json', import.meta.url), 'utf8')) as readonly Sample[]

type Chance = () => number
type Damage = (bytes: Buffer, chance: Chance) => Buffer

const within = (chance: Chance, count: number) => Math.floor(chance() * count)
const cut = (bytes: Buffer, from: number, to: number) => Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)])
const put = (bytes: Buffer, at: number, more: Buffer) => Buffer.concat([bytes.subarray(0, at), more, bytes.subarray(at)])
const noise = (chance: Chance, size: number) => Buffer.from(Array.from({ length: size }, () => within(chance, 256)))

function set(bytes: Buffer, at: number, value: number): Buffer {
  const changed = Buffer.from(bytes)
  if (at < changed.length) changed[at] = value
  return changed
}

const DAMAGES: readonly Damage[] = [
  (bytes, chance) => set(bytes, within(chance, bytes.length), within(chance, 256)),
  (bytes, chance) => set(bytes, within(chance, bytes.length), [0, 0xff, FLAG, 0x7d, 0x80, 1][within(chance, 6)]!),
  (bytes, chance) => set(bytes, 2 + within(chance, 2), within(chance, 256)),
  (bytes, chance) => bytes.subarray(0, within(chance, bytes.length)),
  (bytes, chance) => {
    const from = within(chance, bytes.length)
    return cut(bytes, from, from + 1 + within(chance, 16))
  },
  (bytes, chance) => put(bytes, within(chance, bytes.length), noise(chance, 1 + within(chance, 40))),
  (bytes, chance) => {
    const from = within(chance, bytes.length)
    return put(bytes, within(chance, bytes.length), bytes.subarray(from, from + within(chance, 60)))
  },
]

/** Lets header and check code fit again, so that the damage reaches what reads the body. */
function mend(bytes: Buffer): Buffer {
  if (bytes.length < 13) return bytes
  const mended = Buffer.from(bytes)
  const properties = mended.readUInt16BE(2) & ~0x1c00
  const headed = 12 + (properties & 0x4000 ? 5 : 0) + (properties & 0x2000 ? 4 : 0)
  mended.writeUInt16BE((properties & ~0x3ff) | (Math.max(0, mended.length - headed - 1) & 0x3ff), 2)
  mended[mended.length - 1] = checkCode(mended, mended.length - 1)
  return mended
}

function flagged(bytes: Buffer, escaped: boolean): Buffer {
  const wire = escaped ? [...bytes].flatMap((byte) => (byte === FLAG ? [0x7d, 2] : byte === 0x7d ? [0x7d, 1] : [byte])) : bytes
  return Buffer.from([FLAG, ...wire, FLAG])
}

/** A seeded source of damaged frames, most of which a terminal could have sent. */
export function damaged(chance: Chance): () => Buffer {
  const whole = samples.map(({ hex }) => unescape(Buffer.from(hex, 'hex').subarray(1, -1)).bytes).filter(({ length }) => length > 0)
  return () => {
    let bytes = whole[within(chance, whole.length)]!
    for (let times = 1 + within(chance, 3); times > 0 && bytes.length > 0; times--) bytes = DAMAGES[within(chance, DAMAGES.length)]!(bytes, chance)
    return flagged(chance() < 0.6 ? mend(bytes) : bytes, chance() < 0.9)
  }
}

export interface Survived {
  count: number
  frames: number
  sound: number
  faulty: number
  mostKept: number
  /** Bytes of parts that waited at once. */
  mostWaiting: number
}

/** Sends `count` damaged frames through one stream, cut anywhere, puts parts together, and reads whatever comes out. */
export function survive(count: number, chance: Chance): Survived {
  const next = damaged(chance)
  const stream = new FrameStream()
  const parts = new Parts()
  const survived = { count: 0, frames: 0, sound: 0, faulty: 0, mostKept: 0, mostWaiting: 0 }
  for (; survived.count < count; survived.count++) {
    const bytes = next()
    const at = within(chance, bytes.length + 1)
    for (const chunk of [bytes.subarray(0, at), bytes.subarray(at)]) {
      for (const found of stream.take(chunk)) {
        survived.frames++
        const read = isDamaged(found) ? found : readMessage(parts.take(found, survived.count).whole ?? found)
        survived[isDamaged(read) ? 'faulty' : 'sound']++
        survived.mostWaiting = Math.max(survived.mostWaiting, parts.bytes)
      }
      survived.mostKept = Math.max(survived.mostKept, stream.kept)
    }
  }
  return survived
}

/** Numbers in [0, 1) from a seed (mulberry32). */
export function seeded(seed: number): Chance {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

// ── A terminal

export interface Heard {
  readonly id: number
  readonly serial: number
  readonly body: { readonly answers?: number; readonly result?: number; readonly code?: string; readonly [name: string]: unknown }
}

/** A terminal on a real connection: what it says it says in the version of its sender. */
export class Terminal {
  readonly socket: Socket
  readonly sender: Sender
  readonly heard: Heard[] = []
  #serial = 0
  readonly #stream = new FrameStream()
  readonly #awaited = new Map<number, (heard: Heard) => void>()
  readonly closed: Promise<void>

  private constructor(socket: Socket, sender: Sender) {
    this.socket = socket
    this.sender = sender
    this.closed = new Promise((closed) => socket.once('close', () => closed()))
    socket.on('error', () => {})
    socket.on('data', (chunk) => this.#take(chunk))
  }

  static async dial(port: number, sender: Sender): Promise<Terminal> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    await once(socket, 'connect')
    return new Terminal(socket, sender)
  }

  #take(chunk: Buffer): void {
    for (const found of this.#stream.take(chunk)) {
      const message = isDamaged(found) ? found : readMessage(found)
      if (isDamaged(message)) continue
      const heard: Heard = { id: message.header.id, serial: message.header.serial, body: message.body as Heard['body'] }
      this.heard.push(heard)
      const { answers } = heard.body
      if (answers !== undefined) this.#awaited.get(answers)?.(heard)
    }
  }

  /** Says it, and resolves with the answer to its last frame. */
  say(id: KnownId, body: unknown): Promise<Heard> {
    const last = this.tell(id, body)
    return new Promise<Heard>((resolve) => this.#awaited.set(last, resolve)).finally(() => this.#awaited.delete(last))
  }

  /** Says it, and waits for nothing; the serial number of its last frame. */
  tell(id: KnownId, body: unknown): number {
    const frames = writeMessage(this.sender, this.#serial, id, body as never)
    this.#serial = (this.#serial + frames.length) & 0xffff
    this.socket.write(Buffer.concat(frames))
    return (this.#serial - 1) & 0xffff
  }

  async register(over: Partial<Registration>): Promise<{ result: number; code: string }> {
    const { body } = await this.say(0x0100, { provinceId: 14, cityId: 105, makerId: 'MAKER', model: 'PUMP-1', terminalId: 'T000001', plateColor: 2, plate: '', ...over })
    return { result: body.result!, code: body.code ?? '' }
  }

  /** The result of its authentication. */
  async enter(code: string): Promise<number> {
    const { body } = await this.say(0x0102, { code, imei: '', softwareVersion: '' })
    return body.result!
  }

  /** The result of a position. */
  async report(position: Location): Promise<number> {
    const { body } = await this.say(0x0200, position)
    return body.result!
  }

  close(): void {
    this.socket.destroy()
  }
}

/** A position with a fix, its time as terminals tell it. */
export const positionAt = (at: number, position: readonly [number, number], over: Partial<Location> = {}): Location => ({
  alarm: 0,
  alarms: [],
  status: 3,
  states: [],
  position,
  located: true,
  altitudeM: 800,
  speedKmh: 36,
  courseDeg: 90,
  at: new Date(at + 8 * 3_600_000).toISOString().replace(/\..*/, '+08:00'),
  items: {},
  ...over,
})
