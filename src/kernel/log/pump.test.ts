import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from 'node:test'
import { sql } from 'kysely'
import { announce, type Context } from '../context.ts'
import { event, onBatch, type Heard, type Listener, type Room } from '../room.ts'
import { START } from './position.ts'
import { readLags } from './pump.ts'
import { asHouse, seeded, withLog, type Node } from './testing.ts'

interface Stepped {
  lane: number
  ordinal: number
}
const stepped = event<Stepped>('test.stepped')
const noise = event<object>('test.noise')

const roomOf = (...listeners: Listener[]): Room => ({ name: 'test', title: { zh: '测试', en: 'Test' }, listeners })
const laneTable = (node: Node) => sql`create table lane (lane integer primary key, ordinal integer not null)`.execute(node.db)
const pause = (random: () => number, ms: number) => sleep(Math.floor(random() * ms))

/** Takes the next step of a lane as a case takes its own: the row is held until the commit. Some draw their id long before. */
async function step(node: Node, random: () => number, lane: number): Promise<void> {
  const early = random() < 0.5
  const fails = random() < 0.1
  await node
    .transact(asHouse, async (ctx) => {
      if (early) await sql`select pg_current_xact_id()`.execute(ctx.db)
      await pause(random, 25)
      const { rows } = await sql<{ ordinal: number }>`
        update lane set ordinal = ordinal + 1 where lane = ${lane} returning ordinal`.execute(ctx.db)
      announce(ctx, stepped, '999901', { lane, ordinal: rows[0]!.ordinal })
      announce(ctx, noise, '999901', {})
      await pause(random, 25)
      if (fails) throw new Error('undone on purpose')
    })
    .catch((error: Error) => assert.equal(error.message, 'undone on purpose'))
}

/** Checks that what was heard is each lane's whole history in its order. */
function assertWhole(heard: readonly Stepped[], lanes: readonly { lane: number; ordinal: number }[]) {
  const last = new Map<number, number>()
  for (const { lane, ordinal } of heard) {
    assert.equal(ordinal, (last.get(lane) ?? 0) + 1, `lane ${lane}: ${ordinal} was heard after ${last.get(lane) ?? 0}`)
    last.set(lane, ordinal)
  }
  assert.deepEqual(
    [...last].map(([lane, ordinal]) => ({ lane, ordinal })).toSorted((a, b) => a.lane - b.lane),
    lanes.filter(({ ordinal }) => ordinal > 0),
  )
}

const lanesOf = async (node: Node) =>
  (await sql<{ lane: number; ordinal: number }>`select lane, ordinal from lane order by lane`.execute(node.db)).rows

const keepHeard = async (ctx: Context, events: Heard<Stepped>[]) => {
  for (const { body } of events) await sql`insert into heard (lane, ordinal) values (${body.lane}, ${body.ordinal})`.execute(ctx.db)
}

test('with many writers whose commits are delayed at random, no listener misses or reorders an event', (t) => {
  const seed = Number(process.env.TEST_SEED ?? Date.now() % 1_000_000)
  t.diagnostic(`seed ${seed}`)
  const random = seeded(seed)
  const alone: Stepped[] = []
  const listener = onBatch([stepped], 'test.alone', 7, async (_, events) => {
    alone.push(...(events as Heard<Stepped>[]).map(({ body }) => body))
    await pause(random, 5)
  })

  return withLog([roomOf(listener)], async ({ node, pumping }) => {
    const writers = node(undefined, 30)
    await laneTable(writers)
    await sql`insert into lane select i, 0 from generate_series(1, 12) i`.execute(writers.db)
    // Two nodes hear at the same time; each event is heard by one of them.
    const [first, second] = [await pumping(), await pumping()]

    const writer = async () => {
      for (let i = 0; i < 20; i++) await step(writers, random, 1 + Math.floor(random() * 12))
    }
    await Promise.all(Array.from({ length: 30 }, writer))
    await first.pump.settle()
    await second.pump.settle()

    const lanes = await lanesOf(writers)
    assertWhole(alone, lanes)
    assert.ok(alone.length > 450, `${alone.length} events`)
  })()
})

test('a listener killed in the middle of a batch goes on without losing or repeating what it wrote', (t) => {
  const seed = Number(process.env.TEST_SEED ?? Date.now() % 1_000_000)
  t.diagnostic(`seed ${seed}`)
  const random = seeded(seed)
  let kills = 0
  const listener = onBatch([stepped], 'test.killed', 10, async (ctx, events) => {
    await keepHeard(ctx, events.slice(0, 5))
    if (random() < 0.3 && kills < 8) {
      kills++
      // The connection dies as it would with its process: nothing of the batch is left.
      await sql`select pg_terminate_backend(pg_backend_pid())`.execute(ctx.db)
    }
    await keepHeard(ctx, events.slice(5))
  })

  return withLog([roomOf(listener)], async ({ node, pumping }) => {
    const writers = node()
    await laneTable(writers)
    await sql`insert into lane select i, 0 from generate_series(1, 4) i`.execute(writers.db)
    await sql`create table heard (n bigserial primary key, lane integer, ordinal integer)`.execute(writers.db)
    const first = await pumping()
    await Promise.all(
      Array.from({ length: 6 }, async () => {
        for (let i = 0; i < 20; i++) await step(writers, random, 1 + Math.floor(random() * 4))
      }),
    )
    // The process ends; another takes over where it stood.
    await first.pump.stop()
    const second = await pumping()
    const deadline = Date.now() + 30_000
    const heard = async () => (await sql<Stepped>`select lane, ordinal from heard order by n`.execute(second.db)).rows
    // A lag is only known of what was cut off the log, so the last steps are waited for by their number.
    while (Date.now() < deadline && (await heard()).length < 6 * 20) await sleep(50)

    const rows = await heard()
    assert.ok(kills > 0)
    assertWhole(rows, await lanesOf(writers))
  })()
})

test('a listener that fails is shown and never holds up another', () => {
  const heard: number[] = []
  const broken = onBatch([stepped], 'test.broken', 10, async (_, events) => {
    if ((events as Heard<Stepped>[]).some(({ body }) => body.ordinal === 3)) throw new Error('cannot read the third')
    heard.push(...(events as Heard<Stepped>[]).map(({ body }) => body.ordinal))
  })
  const sound: number[] = []
  const well = onBatch([stepped], 'test.well', 10, async (_, events) => {
    sound.push(...(events as Heard<Stepped>[]).map(({ body }) => body.ordinal))
  })

  return withLog([roomOf(broken, well)], async ({ pumping }) => {
    const node = await pumping()
    await node.transact(asHouse, async (ctx) => {
      for (const ordinal of [1, 2, 3, 4]) announce(ctx, stepped, '999901', { lane: 1, ordinal })
    })
    await node.pump.settle()
    const deadline = Date.now() + 10_000
    while (Date.now() < deadline && heard.length < 2) await sleep(20)
    await sleep(300)

    const lags = await readLags(node.db, node.rooms, new Date())
    assert.deepEqual(sound, [1, 2, 3, 4])
    assert.deepEqual(heard, [1, 2])
    assert.match(lags.find(({ name }) => name === 'test.broken')!.error!, /cannot read the third/)
    assert.ok(lags.find(({ name }) => name === 'test.broken')!.lagMs > 0)
    assert.equal(lags.find(({ name }) => name === 'test.well')!.lagMs, 0)
  })()
})

test('after the database was restored on a cluster with lower transaction ids, old and new events are heard in order', () => {
  const heard: number[] = []
  const listener = onBatch([stepped], 'test.restored', 10, async (_, events) => {
    heard.push(...(events as Heard<Stepped>[]).map(({ body }) => body.ordinal))
  })
  const tell = (node: Node, ordinal: number) =>
    node.transact(asHouse, async (ctx) => announce(ctx, stepped, '999901', { lane: 1, ordinal }))

  return withLog([roomOf(listener)], async ({ node, pumping }) => {
    const before = node()
    await tell(before, 1)
    await tell(before, 2)
    await sql`update event set xid = (xid::text::numeric + 1000000000)::text::xid8`.execute(before.db)
    const after = await pumping()
    await tell(after, 3)
    await after.pump.settle()

    assert.deepEqual(heard, [1, 2, 3])
  })()
})

test('who hears seldom comes past any number of windows that are for others', () => {
  const rare = event<{ n: number }>('test.rare')
  const told: number[] = []
  const listener = onBatch([rare], 'test.seldom', 100, async (_, events) => {
    told.push(...(events as Heard<{ n: number }>[]).map(({ body }) => body.n))
  })
  return withLog([roomOf(listener)], async ({ node, pumping }) => {
    const writer = node()
    const { pump } = await pumping()
    for (let n = 0; n < 150; n++) {
      await writer.transact(asHouse, async (ctx) => announce(ctx, noise, '999901', {}))
      await pump.settle()
    }
    await sql`update listener set position = ${START} where name = 'test.seldom'`.execute(writer.db)
    await writer.transact(asHouse, async (ctx) => announce(ctx, rare, '999901', { n: 1 }))
    await pump.settle()

    assert.deepEqual(told, [1])
  })()
})
