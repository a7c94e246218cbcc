import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isDamaged, readWhole, writeFrame } from './frame.ts'
import { readMessage, writeMessage, type KnownId, type Location, type News, type Sender, type TerminalHost } from './index.ts'
import { PART_LIMITS } from './parts.ts'
import { TerminalSession } from './session.ts'
import { damaged, seeded } from './testing.ts'

const pump = { version: 2013, protocolVersion: 0, phone: '013900000001' } as const
const vehicle = { provinceId: 14, cityId: 105, makerId: 'MAKER', model: 'PUMP-1', terminalId: 'T000001', plateColor: 2, plate: '晋A12345' }
const code = 'secret-1'

const here: Location = {
  alarm: 0, alarms: [], status: 3, states: [], position: [112.55, 37.87], located: true, altitudeM: 800, speedKmh: 20, courseDeg: 90, at: '2026-07-20T08:00:00+08:00', items: {},
}

interface Answer {
  readonly id: number
  readonly body: unknown
}

/** A terminal with its session: what it says goes in as frames, what it hears is read back. */
function connect(host: Partial<TerminalHost> = {}) {
  const answers: Answer[] = []
  const news: News[] = []
  const session = new TerminalSession({
    send(bytes) {
      const frame = readWhole(bytes)
      assert.ok(!isDamaged(frame))
      const message = readMessage(frame)
      assert.ok(!isDamaged(message))
      answers.push({ id: message.header.id, body: message.body })
    },
    hear: (one) => news.push(one),
    register: async () => ({ result: 0, code }),
    authenticate: async (_, given) => given.code === code,
    accept: async () => {},
    ...host,
  })
  let serial = 0
  let now = 0
  const say = async (id: KnownId, body: unknown, sender: Sender = pump) => {
    const frames = writeMessage(sender, serial, id, body as never)
    serial += frames.length
    await session.take(Buffer.concat(frames), now)
  }
  const enter = async () => {
    await say(0x0102, { code })
    answers.length = 0
    news.length = 0
  }
  return { session, answers, news, say, enter, later: (ms: number) => (now += ms), now: () => now }
}

const kinds = (news: readonly News[]) => news.map(({ kind }) => kind)
const general = (answers: number, answersId: string, result: number) => ({ id: 0x8001, body: { answers, answersId, result } })

test('a terminal registers, proves who it is, and its heartbeats are answered', async () => {
  const { answers, news, say, session } = connect()

  await say(0x0100, vehicle)
  await say(0x0102, { code })
  await say(0x0002, {})

  assert.deepEqual(answers, [{ id: 0x8100, body: { answers: 0, result: 0, code } }, general(1, '0x0102', 0), general(2, '0x0002', 0)])
  assert.deepEqual(kinds(news), ['registered', 'authenticated', 'message'])
  assert.equal(session.phone, pump.phone)
})

test('a vehicle the city does not know gets no code', async () => {
  const { answers, say } = connect({ register: async () => ({ result: 2 }) })

  await say(0x0100, vehicle)

  assert.deepEqual(answers, [{ id: 0x8100, body: { answers: 0, result: 2, code: '' } }])
})

test('before a terminal proved who it is, nothing of it is kept', async () => {
  let accepted = 0
  const { answers, news, say, session } = connect({ accept: async () => void accepted++ })

  await say(0x0200, here)
  await say(0x0102, { code: 'wrong' })
  await say(0x0002, {})

  assert.deepEqual(answers, [general(0, '0x0200', 1), general(1, '0x0102', 1), general(2, '0x0002', 1)])
  assert.deepEqual([kinds(news), accepted, session.phone], [['refused', 'refused', 'refused'], 0, undefined])
})

test('a proven connection does not speak for another terminal', async () => {
  const { answers, say, enter } = connect()
  await enter()

  await say(0x0200, here, { ...pump, phone: '013900000002' })

  assert.deepEqual(answers, [general(1, '0x0200', 1)])
})

test('a position is acknowledged when it is kept, and not before', async () => {
  const keeping = Promise.withResolvers<void>()
  const { answers, say, enter } = connect({ accept: () => keeping.promise })
  await enter()

  const said = say(0x0200, here)
  await new Promise(setImmediate)
  const before = [...answers]
  keeping.resolve()
  await said

  assert.deepEqual([before, answers], [[], [general(1, '0x0200', 0)]])
})

test('positions that could not be kept are not acknowledged, and the next ones are', async () => {
  const kept: number[] = []
  const accept = async (_: string, all: readonly Location[]) => {
    if (all.length === 1) throw new Error('the database is gone')
    kept.push(all.length)
  }
  const { answers, news, say, enter } = connect({ accept })
  await enter()

  await say(0x0200, here)
  await say(0x0704, { count: 3, late: 1, locations: [here, here, here] })

  assert.deepEqual([kept, answers, kinds(news)], [[3], [general(2, '0x0704', 0)], ['failed', 'positions']])
})

test('while the city cannot look a terminal up, it is not answered, and may try again', async () => {
  let gone = true
  const { answers, news, say, session } = connect({ authenticate: async () => (gone ? Promise.reject(new Error('the database is gone')) : true) })

  await say(0x0102, { code })
  assert.deepEqual([answers, kinds(news), session.phone], [[], ['failed'], undefined])
  gone = false
  await say(0x0102, { code })

  assert.deepEqual([answers, session.phone], [[general(1, '0x0102', 0)], pump.phone])
})

test('damage of every kind never breaks a connection', async () => {
  let sender: Sender = pump
  let accepted = 0
  const { session, say } = connect({ send: () => {}, hear: () => {}, authenticate: async () => true, accept: async (_, all) => void (accepted += all.length) })
  const next = damaged(seeded(809))

  for (let i = 0; i < 20_000; i++) {
    const bytes = next()
    const frame = readWhole(bytes)
    if (!isDamaged(frame)) {
      // Whoever it says it is has entered before, so that it is heard.
      const { version, protocolVersion, phone } = frame.header
      if (session.phone !== undefined) await say(0x0003, {}, { ...sender, phone: session.phone })
      sender = { version, protocolVersion, phone }
      await say(0x0102, { code, imei: '', softwareVersion: '' }, sender)
      assert.equal(session.phone, phone)
    }
    await session.take(bytes, i * 10)
    if (i % 100 === 0) session.tick(i * 10)
  }
  session.end()

  assert.ok(accepted > 1000, String(accepted))
})

test('a batch in parts is acknowledged to the end only when the whole is kept', async () => {
  const kept: number[] = []
  const { answers, say, enter } = connect({ accept: async (_, all) => void kept.push(all.length) })
  await enter()

  await say(0x0704, { count: 60, late: 1, locations: Array.from({ length: 60 }, () => here) })

  assert.deepEqual([kept, answers], [[60], [general(1, '0x0704', 0), general(2, '0x0704', 0)]])
})

test('parts that are missing are asked for, then given up', async () => {
  const { session, answers, news, enter, later, now } = connect()
  await enter()
  await session.take(writeFrame({ id: 0x0704, ...pump, serial: 40, encryption: 0, part: { total: 3, index: 2 } }, Buffer.from('00')), now())
  answers.length = 0

  for (let turn = 0; turn < 3; turn++) session.tick(later(PART_LIMITS.waitMs))

  const asked = { id: 0x8003, body: { firstSerial: 39, parts: [1, 3] } }
  assert.deepEqual([answers, kinds(news)], [[asked, asked], ['parts-lost']])
})

test('damage is told and answered where the frame says whom to answer', async () => {
  const { session, answers, news, enter, now } = connect()
  await enter()

  await session.take(writeFrame({ id: 0x0200, ...pump, serial: 5, encryption: 0 }, Buffer.from('00')), now())
  await session.take(Buffer.from('7e0200017e', 'hex'), now())

  assert.deepEqual(answers, [general(5, '0x0200', 2)])
  assert.deepEqual(news.map((one) => one.kind === 'damaged' && one.fault), ['body', 'short'])
})

test('what the city cannot read is said to be unsupported', async () => {
  const { session, answers, enter, now } = connect()
  await enter()

  await session.take(writeFrame({ id: 0x0f01, ...pump, serial: 6, encryption: 0 }, Buffer.from('00')), now())
  await session.take(writeFrame({ id: 0x0200, ...pump, serial: 7, encryption: 1 }, Buffer.from('00')), now())

  assert.deepEqual(answers, [general(6, '0x0f01', 3), general(7, '0x0200', 3)])
})

test('a picture is answered by its own number, and an answer by nothing', async () => {
  const { answers, news, say, enter } = connect()
  await enter()

  await say(0x0801, { mediaId: 77, type: 0, format: 0, event: 1, channel: 1, location: here, dataBytes: 100 })
  await say(0x0001, { answers: 0, answersId: '0x8300', result: 0 })

  assert.deepEqual([answers, kinds(news)], [[{ id: 0x8800, body: { mediaId: 77 } }], ['message', 'message']])
})

test('a terminal that logged out is a stranger again', async () => {
  const { answers, news, say, enter, session } = connect()
  await enter()

  await say(0x0003, {})
  await say(0x0200, here)

  assert.deepEqual([answers, kinds(news), session.phone], [[general(1, '0x0003', 0), general(2, '0x0200', 1)], ['message', 'logged-out', 'refused'], undefined])
})

test('the platform speaks in the version of the terminal, and not before it', async () => {
  const { session, answers, enter } = connect()

  assert.equal(session.command(0x8300, { flags: 1, type: 1, text: '请绕行' }), undefined)
  await enter()
  assert.equal(session.command(0x8300, { flags: 1, type: 1, text: '请绕行' }), 1)
  assert.deepEqual(answers, [{ id: 0x8300, body: { flags: 1, text: '请绕行' } }])
})
