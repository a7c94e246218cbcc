// A frame: 7e, header, body, check code, 7e. Between the flags 7e is written 7d 02 and 7d is written 7d 01; the check code is the XOR of all before it.

import type { FaultCode } from './fault.ts'
import type { Version } from './wire.ts'

export const FLAG = 0x7e
const ESCAPE = 0x7d

export const MAX_BODY = 0x3ff
/** Header of 2019 with parts, body and check code. */
const MAX_INSIDE = 21 + MAX_BODY + 1

export interface Header {
  readonly id: number
  readonly version: Version
  /** Of a header of 2019; 0 before. */
  readonly protocolVersion: number
  /** All digits, 12 before 2019 and 20 since. Some makers put letters a–f here. */
  readonly phone: string
  readonly serial: number
  /** 0: not encrypted; 1: RSA; others are the makers' own. */
  readonly encryption: number
  /** One of the parts of a longer body; `index` counts from 1. */
  readonly part?: { readonly total: number; readonly index: number }
}

export interface Frame {
  readonly header: Header
  readonly body: Buffer
}

export interface Damaged {
  readonly fault: FaultCode
  /** What could be read of the header, where the frame was long enough. */
  readonly header?: Header
}

export const isDamaged = (found: object): found is Damaged => 'fault' in found

// The properties of the body, in the header's second word
const LENGTH = 0x03ff
const ENCRYPTION = 0x1c00
const PARTS = 0x2000
const VERSIONED = 0x4000

/** The bytes between two flags, as they were before they were escaped. Some terminals leave 7d as it is: it is then taken as it is. */
export function unescape(inside: Buffer): { readonly bytes: Buffer; readonly sloppy: boolean } {
  let at = inside.indexOf(ESCAPE)
  if (at < 0) return { bytes: inside, sloppy: false }
  const bytes = Buffer.allocUnsafe(inside.length)
  let sloppy = false
  let size = inside.copy(bytes, 0, 0, at)
  for (; at < inside.length; at++) {
    const byte = inside[at]!
    const next = byte === ESCAPE ? inside[at + 1] : undefined
    if (next === 1 || next === 2) at++
    else sloppy ||= byte === ESCAPE
    bytes[size++] = next === 2 ? FLAG : byte
  }
  return { bytes: bytes.subarray(0, size), sloppy }
}

function escape(bytes: Buffer): Buffer {
  const out = Buffer.allocUnsafe(bytes.length * 2 + 2)
  let size = 0
  out[size++] = FLAG
  for (const byte of bytes) {
    const special = byte === FLAG || byte === ESCAPE
    out[size++] = special ? ESCAPE : byte
    if (special) out[size++] = byte === ESCAPE ? 1 : 2
  }
  out[size++] = FLAG
  return out.subarray(0, size)
}

export function checkCode(bytes: Buffer, end = bytes.length): number {
  let code = 0
  for (let i = 0; i < end; i++) code ^= bytes[i]!
  return code
}

/** Reads what stands between two flags. */
export function readFrame(inside: Buffer): Frame | Damaged {
  if (inside.length > 2 * MAX_INSIDE) return { fault: 'long' }
  const { bytes, sloppy } = unescape(inside)
  if (bytes.length > MAX_INSIDE) return { fault: 'long' }
  if (bytes.length < 13) return { fault: 'short' }
  const properties = bytes.readUInt16BE(2)
  const versioned = (properties & VERSIONED) !== 0
  const parted = (properties & PARTS) !== 0
  const phoneAt = versioned ? 5 : 4
  const serialAt = phoneAt + (versioned ? 10 : 6)
  const bodyAt = serialAt + (parted ? 6 : 2)
  const end = bytes.length - 1
  if (bodyAt > end) return { fault: 'short' }
  const header: Header = {
    id: bytes.readUInt16BE(0),
    version: versioned ? 2019 : 2013,
    protocolVersion: versioned ? bytes[4]! : 0,
    phone: bytes.toString('hex', phoneAt, serialAt),
    serial: bytes.readUInt16BE(serialAt),
    encryption: (properties & ENCRYPTION) >> 10,
    ...(parted && { part: { total: bytes.readUInt16BE(serialAt + 2), index: bytes.readUInt16BE(serialAt + 4) } }),
  }
  if (checkCode(bytes, end) !== bytes[end]) return { fault: sloppy ? 'escape' : 'checksum', header }
  if (end - bodyAt !== (properties & LENGTH)) return { fault: 'length', header }
  if (header.part && (header.part.index < 1 || header.part.index > header.part.total)) return { fault: 'part', header }
  return { header, body: bytes.subarray(bodyAt, end) }
}

/** A whole frame with its flags, ready to be sent. The body must fit in one. */
export function writeFrame({ id, version, protocolVersion, phone, serial, encryption, part }: Header, body: Buffer): Buffer {
  const versioned = version === 2019
  const phoneBytes = versioned ? 10 : 6
  const bodyAt = 4 + (versioned ? 1 : 0) + phoneBytes + 2 + (part ? 4 : 0)
  const bytes = Buffer.alloc(bodyAt + body.length + 1)
  bytes.writeUInt16BE(id, 0)
  bytes.writeUInt16BE(body.length | (encryption << 10) | (part ? PARTS : 0) | (versioned ? VERSIONED : 0), 2)
  const phoneAt = versioned ? 5 : 4
  if (versioned) bytes[4] = protocolVersion
  bytes.write(phone.padStart(phoneBytes * 2, '0').slice(-phoneBytes * 2), phoneAt, 'hex')
  bytes.writeUInt16BE(serial, phoneAt + phoneBytes)
  if (part) {
    bytes.writeUInt16BE(part.total, phoneAt + phoneBytes + 2)
    bytes.writeUInt16BE(part.index, phoneAt + phoneBytes + 4)
  }
  body.copy(bytes, bodyAt)
  bytes[bytes.length - 1] = checkCode(bytes, bytes.length - 1)
  return escape(bytes)
}

/** One whole frame with both flags and nothing around it. */
export function readWhole(bytes: Buffer): Frame | Damaged {
  const flagged = bytes.length >= 2 && bytes[0] === FLAG && bytes.indexOf(FLAG, 1) === bytes.length - 1
  return flagged ? readFrame(bytes.subarray(1, -1)) : { fault: 'flag' }
}
