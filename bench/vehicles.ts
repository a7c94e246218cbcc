// Positions of vehicle terminals: 5,000 of them connected to the real program, each answered after the commit; and a day of one vehicle
// out of many million positions, as they lie on the disk when they came in the order of time.

import { connect, type Socket } from 'node:net'
import { once } from 'node:events'
import { sql } from 'kysely'
import { rooms } from '../src/app.ts'
import { readConfig } from '../src/config.ts'
import { createKernel, systemActor, type Kernel } from '../src/kernel/kernel.ts'
import { writeMessage, type Sender } from '../src/monitoring/index.ts'
import { positionAt } from '../src/monitoring/jt808/testing.ts'
import { digestOf } from '../src/monitoring/key.ts'
import { makeDays, OF_VEHICLES, partitionDay } from '../src/monitoring/partitions.ts'
import { readTrack } from '../src/monitoring/vehicles/read-track.ts'
import { own } from '../src/monitoring/tables.ts'
import { freePort, startProgram } from '../trials/program.ts'
import { memoryMib, oneByOne, quantile, round, type Finding } from './measure.ts'

const TERMINALS = 5_000
const ROUNDS = 60
const CODE = 'bench-code'
const DAY_MS = 86_400_000
/** A position every ten seconds. */
const A_DAY = 8_640
const FLAG = 0x7e
const asHouse = { actor: systemActor }
/** As the administrator's manual says for many terminals: without them V8 and malloc keep what they once had, some 680 MiB. */
const LITTLE_MEMORY = { NODE_OPTIONS: '--max-semi-space-size=16 --max-old-space-size=512', MALLOC_ARENA_MAX: '2' }

export async function measureVehicles(folder: string, positions: number, say: (line: string) => void): Promise<Finding[]> {
  const kernel = await createKernel({ ...readConfig({}), dataFolder: folder, port: 0, say: () => {} }, rooms)
  let replay: Finding
  try {
    await fill(kernel, positions, say)
    replay = await measureReplay(kernel, positions)
  } finally {
    await kernel.stop()
  }
  return [await measurePort(folder, say), replay]
}

async function fill(kernel: Kernel, positions: number, say: (line: string) => void): Promise<void> {
  const vehicles = Math.ceil(positions / A_DAY)
  const most = Math.max(vehicles, TERMINALS)
  await sql`
    insert into vehicle (code, number, plate, phone, kind, name, district, driver, state, digest, made_at, changed_at, changed_by)
    select 'B-' || i, 100000 + i, 'B' || i, (13000000000 + i)::text, 'other', 'B' || i, (select district from device limit 1), '', 'in_service', ${digestOf(CODE)}, now(), now(), ''
      from generate_series(1, ${most}::int) i`.execute(own(kernel))
  const day = dayBefore(kernel)
  await kernel.transact(asHouse, (ctx) => makeDays(ctx, [partitionDay(day)], OF_VEHICLES))
  const startedAt = performance.now()
  // In the order in which they come: all vehicles, then all again ten seconds later. Each circles with halts.
  await sql`
    insert into vehicle_position
    select to_timestamp(${day / 1000} + t * 10), 100000 + i, 112550000 + (20000 * sin(t / 90.0 + i))::int, 37870000 + (20000 * cos(t / 130.0 + i))::int,
           3, 0, case when t % 400 < 60 then 0 else 300 + t % 90 end, t % 360, 800
      from generate_series(0, ${A_DAY - 1}) t cross join generate_series(1, ${vehicles}::int) i`.execute(own(kernel))
  const filled = Math.round((performance.now() - startedAt) / 1000)
  // What autovacuum and checkpoints do by and by, while positions come in.
  await sql`vacuum (analyze) vehicle_position`.execute(kernel.db)
  await sql`checkpoint`.execute(kernel.db)
  say(`  ${(vehicles * A_DAY).toLocaleString('en')} positions of ${vehicles} vehicles filled in ${filled} s`)
}

/** Cut as partitions are, by UTC, so that all of a day lies in one. */
const dayBefore = (kernel: Kernel): number => (partitionDay(+kernel.clock()) - 2) * DAY_MS

async function measureReplay(kernel: Kernel, positions: number): Promise<Finding> {
  const day = dayBefore(kernel)
  const question = { from: new Date(day).toISOString(), to: new Date(day + DAY_MS).toISOString() }
  const vehicles = Math.ceil(positions / A_DAY)
  let points = 0
  const samples = await oneByOne(40, async (turn) => {
    const track = await kernel.read(asHouse, (ctx) => readTrack(ctx, `B-${1 + ((turn * 97) % vehicles)}`, question))
    if (track.positions !== A_DAY) throw new Error(`${track.positions} of ${A_DAY} positions were read`)
    points = track.points.length
  })
  const [p50, p95] = [quantile(samples, 0.5), quantile(samples, 0.95)]
  return {
    what: `a vehicle's day (${A_DAY} positions, thinned to ${points}) among ${(vehicles * A_DAY).toLocaleString('en')}, p95 ms`,
    goal: '< 200',
    figure: `${Math.round(p95)} (p50 ${Math.round(p50)}, first ${Math.round(samples[0]!)})`,
    met: p95 < 200,
    detail: { p50: round(p50), p95: round(p95), first: round(samples[0]!), positions: vehicles * A_DAY },
  }
}

interface Terminal {
  readonly socket: Socket
  readonly sender: Sender
  answers: number
  answered: () => void
}

async function dial(port: number, i: number): Promise<Terminal> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  const sender: Sender = { version: 2013, protocolVersion: 0, phone: String(13_000_000_000 + i).padStart(12, '0') }
  const terminal: Terminal = { socket, sender, answers: 0, answered: () => {} }
  socket.on('data', (chunk) => {
    // Nothing between two flags is one: each answer has two of them.
    let flags = 0
    for (const byte of chunk) if (byte === FLAG) flags++
    terminal.answers += flags / 2
    terminal.answered()
  })
  await once(socket, 'connect')
  await ask(terminal, writeMessage(sender, 0, 0x0102, { code: CODE })[0]!, 1)
  return terminal
}

/** Sends a frame, and resolves when so many have been answered. */
function ask(terminal: Terminal, frame: Buffer, upTo: number): Promise<void> {
  return new Promise((done) => {
    terminal.answered = () => {
      if (terminal.answers >= upTo) done()
    }
    terminal.socket.write(frame)
  })
}

async function measurePort(folder: string, say: (line: string) => void): Promise<Finding> {
  const port = await freePort()
  const program = await startProgram(folder, { env: { ...LITTLE_MEMORY, CHENGYUN_JT808_PORT: String(port) } })
  try {
    const terminals: Terminal[] = []
    for (let from = 1; from <= TERMINALS; from += 100) terminals.push(...(await Promise.all(Array.from({ length: 100 }, (_, i) => dial(port, from + i)))))
    const begin = Math.floor(Date.now() / 1000) * 1000 - ROUNDS * 10_000
    // Made before, so that the making is not measured.
    const frames = terminals.map(({ sender }, i) =>
      Array.from({ length: ROUNDS }, (_, turn) => writeMessage(sender, turn + 1, 0x0200, positionAt(begin + turn * 10_000, [112.5 + i * 1e-5, 37.8 + turn * 1e-4]))[0]!),
    )
    say(`  ${TERMINALS} terminals connected, ${memoryMib(program.pid)} MiB`)
    let most = 0
    const watch = setInterval(() => (most = Math.max(most, memoryMib(program.pid))), 200)
    const startedAt = performance.now()
    await Promise.all(
      terminals.map(async (terminal, i) => {
        for (const [turn, frame] of frames[i]!.entries()) await ask(terminal, frame, turn + 2)
      }),
    )
    const seconds = (performance.now() - startedAt) / 1000
    clearInterval(watch)
    for (const { socket } of terminals) socket.destroy()
    const rate = (TERMINALS * ROUNDS) / seconds
    return {
      what: `positions of ${TERMINALS} connected terminals, each answered after its commit, /s (memory, with small limits for V8 and malloc)`,
      goal: '≥ 15,000, < 400 MiB',
      figure: `${Math.round(rate)} (${most} MiB)`,
      met: rate >= 15_000 && most < 400,
      detail: { positions: TERMINALS * ROUNDS, seconds: round(seconds), mostMib: most },
    }
  } finally {
    await program.stop()
  }
}

