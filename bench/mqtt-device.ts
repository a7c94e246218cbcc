// A device that speaks MQTT 3.1.1, as much of it as publishing takes: little work beside the program that is measured.

import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

export interface Device {
  readonly code: string
  readonly socket: Socket
  sent: number
  acknowledged: number
  onAcknowledged: () => void
}

const text = (value: string): Buffer => {
  const bytes = Buffer.from(value)
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes])
}

function packet(head: number, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  const length: number[] = []
  for (let rest = body.length; ; rest >>= 7) {
    length.push(rest > 127 ? (rest & 127) | 128 : rest)
    if (rest <= 127) break
  }
  return Buffer.concat([Buffer.from([head, ...length]), body])
}

export async function dial(port: number, code: string, key: string, client = code): Promise<Device> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  await once(socket, 'connect')
  socket.write(packet(0x10, text('MQTT'), Buffer.from([4, 0b1100_0010, 0, 0]), text(client), text(code), text(key)))
  const [answer] = (await once(socket, 'data')) as [Buffer]
  if (answer[3] !== 0) throw new Error(`${code} was refused with ${answer[3]}`)
  const device: Device = { code, socket, sent: 0, acknowledged: 0, onAcknowledged: () => {} }
  let bytes = 0
  socket.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    // Every PUBACK has four bytes, and nothing else comes.
    device.acknowledged = Math.floor(bytes / 4)
    device.onAcknowledged()
  })
  return device
}

export function publish(device: Device, of: string, at: number, value: number): void {
  const id = (device.sent++ % 65_535) + 1
  device.socket.write(packet(0x32, text(`chengyun/${of}/level`), Buffer.from([id >> 8, id & 255]), Buffer.from(`{"at":${at},"value":${value}}`)))
}
