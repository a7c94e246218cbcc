// Frames of vehicle terminals: how many are read in a second, and whether damaged ones do harm.

import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { isDamaged, readMessage, TerminalSession, writeMessage, FrameStream, type Location } from '../src/monitoring/index.ts'
import { samples, seeded, survive } from '../src/monitoring/jt808/testing.ts'
import { round, type Finding } from './measure.ts'

/** What 5,000 terminals that report at the goal of 15,000/s leave for everything else: a quarter of a core. */
const GOAL = 60_000
const SESSION_GOAL = 15_000
const MIB = 2 ** 20
/** What may stay of a run of any length: garbage that a collection leaves behind, not a byte a frame. */
const MAX_GROWTH_MIB = 16

export async function measureJt808(mutations: number, seed: number, say: (line: string) => void): Promise<Finding[]> {
  return [measureReading(), await measureSession(), measureDamage(mutations, seed, say)]
}

const truck = { version: 2019, protocolVersion: 1, phone: '00000000013900000001' } as const

function position(i: number): Location {
  return {
    alarm: 0, alarms: [], status: 3, states: [], position: [112.5 + (i % 1000) * 1e-5, 37.8 + (i % 777) * 1e-5], located: true,
    altitudeM: 790, speedKmh: i % 60, courseDeg: i % 360, at: `2026-07-20T08:${String(i % 60).padStart(2, '0')}:00+08:00`,
    items: { mileageKm: i / 10, fuelL: 55.5, signalStrength: 28, satellites: 14 },
  }
}

const positions = (count: number) => Array.from({ length: count }, (_, i) => writeMessage(truck, i & 0xffff, 0x0200, position(i))[0]!)

/** Positions as they come from a socket: many frames in a chunk. */
function chunks(frames: readonly Buffer[]): Buffer[] {
  const whole = Buffer.concat(frames)
  return Array.from({ length: Math.ceil(whole.length / 65_536) }, (_, i) => whole.subarray(i * 65_536, (i + 1) * 65_536))
}

function measureReading(): Finding {
  const sent = 100_000
  const rounds = 5
  const bytes = chunks(positions(sent))
  const stream = new FrameStream()
  let read = 0
  const readAll = () => {
    for (const chunk of bytes) for (const found of stream.take(chunk)) if (!isDamaged(found) && !isDamaged(readMessage(found))) read++
  }
  readAll()
  read = 0
  const startedAt = performance.now()
  for (let i = 0; i < rounds; i++) readAll()
  const perSecond = Math.round(read / ((performance.now() - startedAt) / 1000))
  return {
    what: 'JT/T 808 positions decoded',
    goal: `>= ${GOAL.toLocaleString('en')}/s`,
    figure: `${perSecond.toLocaleString('en')}/s`,
    met: perSecond >= GOAL && read === rounds * sent,
    detail: { perSecond, read, sent: rounds * sent },
  }
}

/** 5,000 terminals, one position each in turn, each acknowledged when it is accepted; nothing is stored. */
async function measureSession(): Promise<Finding> {
  const terminals = 5000
  const rounds = 20
  let acknowledged = 0
  const host = {
    send: () => void acknowledged++,
    hear: () => {},
    register: async () => ({ result: 0, code: '1' }) as const,
    authenticate: async () => true,
    accept: async () => {},
  }
  const sessions = Array.from({ length: terminals }, () => new TerminalSession(host))
  const enter = writeMessage(truck, 0, 0x0102, { code: '1', imei: '', softwareVersion: '' })[0]!
  for (const session of sessions) await session.take(enter, 0)
  const frames = positions(rounds)
  acknowledged = 0
  const startedAt = performance.now()
  for (const [now, frame] of frames.entries()) await Promise.all(sessions.map((session) => session.take(frame, now)))
  const perSecond = Math.round(acknowledged / ((performance.now() - startedAt) / 1000))
  return {
    what: 'JT/T 808 positions of 5,000 sessions, acknowledged, nothing stored',
    goal: `>= ${SESSION_GOAL.toLocaleString('en')}/s`,
    figure: `${perSecond.toLocaleString('en')}/s`,
    met: perSecond >= SESSION_GOAL && acknowledged === terminals * rounds,
    detail: { perSecond, acknowledged, sent: terminals * rounds },
  }
}

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** The heap after a collection. */
function heapMib(): number {
  collect()
  return process.memoryUsage().heapUsed / MIB
}

function measureDamage(mutations: number, seed: number, say: (line: string) => void): Finding {
  const chance = seeded(seed)
  survive(Math.min(50_000, mutations), seeded(seed + 1))
  const before = heapMib()
  const sum = { count: 0, frames: 0, sound: 0, faulty: 0, mostKept: 0, mostWaiting: 0 }
  const startedAt = performance.now()
  const step = 500_000
  for (let done = 0; done < mutations; done += step) {
    const { mostKept, mostWaiting, ...survived } = survive(Math.min(step, mutations - done), chance)
    for (const [name, value] of Object.entries(survived)) sum[name as keyof typeof survived] += value
    sum.mostKept = Math.max(sum.mostKept, mostKept)
    sum.mostWaiting = Math.max(sum.mostWaiting, mostWaiting)
    say(`  ${sum.count.toLocaleString('en')} damaged frames survived, heap ${round(heapMib())} MiB`)
  }
  const after = heapMib()
  const seconds = Math.round((performance.now() - startedAt) / 1000)
  return {
    what: 'JT/T 808 damaged frames survived',
    goal: `${mutations.toLocaleString('en')}, heap grows < ${MAX_GROWTH_MIB} MiB`,
    figure: `${sum.count.toLocaleString('en')} (${sum.sound.toLocaleString('en')} read, ${sum.faulty.toLocaleString('en')} refused), heap ${round(before)} → ${round(after)} MiB, seed ${seed}`,
    met: sum.count === mutations && after - before < MAX_GROWTH_MIB,
    detail: { ...sum, seed, seconds, heapBeforeMib: round(before), heapAfterMib: round(after), of: samples.length },
  }
}
