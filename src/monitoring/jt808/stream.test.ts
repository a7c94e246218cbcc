import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isDamaged, writeFrame, type Header } from './frame.ts'
import { fromGbk, toGbk } from './gbk.ts'
import { readFrame, readMessage, says, writeMessage } from './index.ts'
import { Parts, PART_LIMITS, type Budget } from './parts.ts'
import { FrameStream } from './stream.ts'
import { damaged, seeded, survive } from './testing.ts'

const truck = { version: 2019, protocolVersion: 1, phone: '00000000013900000001' } as const
const beat = (serial: number) => writeMessage(truck, serial, 0x0002, {})[0]!

const serials = (found: ReturnType<FrameStream['take']>) => found.map((one) => (isDamaged(one) ? one.fault : one.header.serial))

for (const { bytes, gives, because } of [
  { bytes: [beat(1), beat(2)], gives: [1, 2], because: 'each frame has its flags' },
  { bytes: [beat(1), beat(2).subarray(1)], gives: [1, 2], because: 'a flag may end one frame and begin the next' },
  { bytes: [Buffer.from('GET / HTTP/1.1\r\n\r\n'), beat(1)], gives: ['flag', 1], because: 'what is no frame is told and passed over' },
  { bytes: [beat(1).subarray(0, 9), beat(2)], gives: ['short', 2], because: 'a broken frame does not take the next one with it' },
  { bytes: [Buffer.from([0x7e]), Buffer.alloc(100_000, 1), beat(2)], gives: ['long', 2], because: 'what never ends is given up once' },
  { bytes: [beat(0x7d7e)], gives: [0x7d7e], because: 'flags within are escaped' },
]) {
  test(`a stream gives ${gives.join(', ')}: ${because}, wherever it is cut`, () => {
    const all = Buffer.concat(bytes)
    for (const size of [1, 2, 7, 4096, all.length]) {
      const stream = new FrameStream()
      const found: (string | number)[] = []
      for (let at = 0; at < all.length; at += size) found.push(...serials(stream.take(all.subarray(at, at + size))))
      assert.deepEqual(found, gives, `cut every ${size} bytes`)
    }
  })
}

test('damage of every kind is survived, and nothing is kept of it', () => {
  const survived = survive(100_000, seeded(808))

  assert.equal(survived.count, 100_000)
  assert.ok(survived.sound > 10_000 && survived.faulty > 10_000, JSON.stringify(survived))
  assert.ok(survived.mostKept <= 4096 && survived.mostWaiting <= PART_LIMITS.maxBytes, JSON.stringify(survived))
})

test('the same seed does the same damage', () => {
  const [one, other] = [damaged(seeded(7)), damaged(seeded(7))]

  for (let i = 0; i < 1000; i++) assert.deepEqual(one(), other())
})

// ── Parts

const part = (index: number, total: number, body: string): { header: Header; body: Buffer } => ({
  header: { id: 0x0900, ...truck, serial: 100 + index, encryption: 0, part: { total, index } },
  body: Buffer.from(body),
})

test('parts make a whole in any order, and one that comes twice does no harm', () => {
  const parts = new Parts()

  assert.equal(parts.take(part(3, 3, 'c'), 0).whole, undefined)
  assert.equal(parts.take(part(1, 3, 'a'), 1).whole, undefined)
  assert.equal(parts.take(part(1, 3, 'a'), 2).whole, undefined)
  assert.equal(parts.take(part(2, 3, 'b'), 3).whole?.body.toString(), 'abc')
  assert.equal(parts.bytes, 0)
})

test('a message never gets a part of the former one', () => {
  const parts = new Parts()
  parts.take(part(1, 2, 'old'), 0)

  const { lost } = parts.take(part(1, 2, 'new '), 1)

  assert.deepEqual(lost.map(({ missing }) => missing), [[2]])
  assert.equal(parts.take(part(2, 2, 'message'), 2).whole?.body.toString(), 'new message')
})

test('missing parts are asked for by the number of the first, and given up in the end', () => {
  const parts = new Parts()
  parts.take(part(2, 3, 'b'), 0)
  const asked = () => parts.late(now)
  let now = PART_LIMITS.waitMs - 1

  assert.deepEqual(asked(), { ask: [], lost: [] })
  now += 1
  assert.deepEqual(asked().ask.map(({ firstSerial, missing }) => [firstSerial, missing]), [[101, [1, 3]]])
  now += PART_LIMITS.waitMs
  assert.equal(asked().ask.length, 1)
  now += PART_LIMITS.waitMs
  assert.equal(asked().lost.length, 1)
  assert.equal(parts.bytes, 0)
})

test('what waits is bounded on a connection and in the whole process', () => {
  const budget: Budget = { left: 100_000 }
  const parts = new Parts({ ...PART_LIMITS, maxBytes: 20_000 }, budget)
  let most = 0
  for (let i = 1; i <= 60_000; i++) {
    parts.take(part((i % 65_000) + 1, 65_535, 'x'.repeat(i % 900)), i)
    most = Math.max(most, parts.bytes)
  }
  for (let total = 2; total < 100; total++) parts.take(part(1, total, 'y'), total)

  assert.ok(most <= 20_000 + 2048, String(most))
  parts.clear()
  assert.deepEqual([parts.bytes, budget.left], [0, 100_000])
})

// ── Writing

const inside = (frame: Buffer) => {
  const found = readFrame(frame.subarray(1, -1))
  assert.ok(!isDamaged(found))
  return found
}

test('a long text goes out in parts and comes back whole', () => {
  const text = '暴雨红色预警'.repeat(300)
  const frames = writeMessage(truck, 0xffff, 0x8300, { flags: 1, type: 1, text })
  const parts = new Parts()
  const wholes = frames.map((frame) => parts.take(inside(frame), 0).whole).filter((whole) => whole !== undefined)

  assert.deepEqual(frames.map((frame) => inside(frame).header.serial), [0xffff, 0, 1, 2])
  const message = readMessage(wholes[0]!)
  assert.ok(!isDamaged(message) && says(message, 0x8300))
  assert.equal(message.body.text, text)
})

for (const version of [2013, 2019] as const) {
  test(`what the platform writes in ${version} reads back the same`, () => {
    const sender = { ...truck, version, protocolVersion: version === 2019 ? 1 : 0, phone: version === 2019 ? truck.phone : '013900000001' }
    const back = (id: Parameters<typeof writeMessage>[2], body: object) => {
      const message = readMessage(inside(writeMessage(sender, 1, id, body as never)[0]!))
      assert.ok(!isDamaged(message))
      return message.body
    }
    for (const [id, body] of [
      [0x8001, { answers: 7, answersId: '0x0200', result: 0 }],
      [0x8003, { firstSerial: 9, parts: [2, 3] }],
      [0x8100, { answers: 1, result: 0, code: 'k7' }],
      [0x8103, { parameters: [{ id: '0x0029', name: 'reportSeconds', value: 10 }, { id: '0x0013', name: 'server', value: '10.0.0.1' }, { id: '0xf001', hex: '0102' }] }],
      [0x8104, {}],
      [0x8300, { flags: 1, ...(version === 2019 && { type: 1 }), text: '前方积水，请绕行' }],
    ] as const) {
      assert.deepEqual(back(id, body), body)
    }
  })
}

test('a position south and west of the origin keeps its signs', () => {
  const body = {
    alarm: 0x8000_0000, alarms: [], status: 3, states: [], position: [-46.633309, -23.55052], located: true,
    altitudeM: 760, speedKmh: 36.5, courseDeg: 270, at: '2026-02-28T23:59:59+08:00', items: { mileageKm: 1234.5, cabinTempC: -12, satellites: 9 },
  } as const
  const message = readMessage(inside(writeMessage(truck, 1, 0x0200, body)[0]!))

  assert.ok(!isDamaged(message) && says(message, 0x0200))
  const { position, alarms, located, speedKmh, at, items } = message.body
  assert.deepEqual([position, alarms, located, speedKmh, at, items], [body.position, ['door'], true, 36.5, body.at, body.items])
})

for (const { digits, at } of [
  { digits: '260630162000', at: '2026-06-30T16:20:00+08:00' },
  { digits: '240229000000', at: '2024-02-29T00:00:00+08:00' },
  { digits: '250229000000', at: null },
  { digits: '261301000000', at: null },
  { digits: '26063016200a', at: null },
  { digits: '000000000000', at: null },
]) {
  test(`the time ${digits} is ${at ?? 'none'}`, () => {
    const body = Buffer.concat([Buffer.alloc(22), Buffer.from(digits, 'hex')])
    const message = readMessage(inside(writeFrame({ id: 0x0200, ...truck, serial: 1, encryption: 0 }, body)))

    assert.ok(!isDamaged(message) && says(message, 0x0200))
    assert.equal(message.body.at, at)
  })
}

test('GBK is written as it is read, and what it has not is a question mark', () => {
  const all = '测试A1 ·隧道：三、鑫龘'
  assert.equal(fromGbk(toGbk(all)), all)
  assert.equal(fromGbk(toGbk('雨🌧')), '雨?')
})

test('an encrypted message is told as such, and its body left as it is', () => {
  const message = readMessage(inside(writeFrame({ id: 0x0200, ...truck, serial: 1, encryption: 1 }, Buffer.from('0102', 'hex'))))

  assert.ok(!isDamaged(message))
  assert.deepEqual([message.header.encryption, message.body], [1, { hex: '0102' }])
})
