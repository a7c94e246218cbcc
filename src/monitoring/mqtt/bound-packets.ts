import type { Socket } from 'node:net'

/** Four bytes of seven bits say how long a packet is (MQTT 3.1.1, 2.2.3). */
const LENGTH_BYTES = 4

/** How long the packets of a stream say that they are; `undefined` where one says it in a way that the standard does not know. */
export function packetLengths(): (chunk: Uint8Array) => readonly number[] | undefined {
  let rest = 0
  let header: number[] | undefined
  return (chunk) => {
    const lengths: number[] = []
    for (let i = 0; i < chunk.length; ) {
      if (rest > 0) {
        const passed = Math.min(rest, chunk.length - i)
        rest -= passed
        i += passed
      } else if (header === undefined) {
        header = []
        i++
      } else {
        const byte = chunk[i++]!
        header.push(byte & 0x7f)
        if (byte & 0x80) {
          if (header.length === LENGTH_BYTES) return undefined
          continue
        }
        rest = header.reduceRight((sum, bits) => sum * 128 + bits, 0)
        lengths.push(rest)
        header = undefined
      }
    }
    return lengths
  }
}

/** Ends a connection whose packet is longer than `most` bytes before the packet is there: what has not come takes no memory. */
export function boundPackets(socket: Socket, most: number): void {
  const lengths = packetLengths()
  socket.on('data', (chunk: Buffer) => {
    const found = lengths(chunk)
    if (found === undefined || found.some((length) => length > most)) socket.destroy()
  })
}
