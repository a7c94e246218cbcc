import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { test } from 'node:test'
import { hostOf, systemActor } from '../../kernel/index.ts'
import { cityWith } from '../../testing.ts'
import { packetLengths } from './bound-packets.ts'
import { startBroker } from './broker.ts'

for (const { bytes, lengths, because } of [
  { bytes: [0xc0, 0x00], lengths: [0], because: 'a ping' },
  { bytes: [0x30, 0x02, 1, 2, 0x30, 0x01, 9], lengths: [2, 1], because: 'one behind the other' },
  { bytes: [0x30, 0x80, 0x01, ...Array<number>(128).fill(0), 0xc0, 0], lengths: [128, 0], because: 'the length takes two bytes' },
  { bytes: [0x30, 0xff, 0xff, 0xff, 0x7f], lengths: [268_435_455], because: 'the longest that there is' },
  { bytes: [0x30, 0xff, 0xff, 0xff, 0xff, 0x01], lengths: undefined, because: 'five bytes are one too many' },
]) {
  test(`lengths of packets: ${because}`, () => {
    assert.deepEqual(packetLengths()(Uint8Array.from(bytes)), lengths)

    const byteByByte = packetLengths()
    const found = bytes.map((byte) => byteByByte(Uint8Array.of(byte)))
    assert.deepEqual(found.includes(undefined) ? undefined : found.flatMap((some) => some!), lengths)
  })
}

test('who announces a packet of 200 MB is hung up on, and others are served', cityWith({}, async (kernel) => {
  const broker = await startBroker(await kernel.read({ actor: systemActor }, (ctx) => ctx.caches.get(ctx, hostOf)), 0)
  const socket = connect(broker.port, '127.0.0.1')
  await once(socket, 'connect')
  socket.write(Uint8Array.of(0x10, 0x80, 0x80, 0x80, 0x64))
  await once(socket, 'close')

  const other = connect(broker.port, '127.0.0.1')
  await once(other, 'connect')
  other.destroy()
  await broker.stop()
}))
