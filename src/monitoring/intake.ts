// 接入: readings wait here for the next commit, together with those of all others. What `take` has answered is stored.

import { cache, hostOf, inLine, isDatabaseGone, systemActor, type Context, type House } from '../kernel/index.ts'
import { findCity, getCityFacts } from '../atlas/index.ts'
import { inTurns, nobody, type Answer } from './answer.ts'
import { hasMinutes, inOrder, sumUp, type Refused, type Row } from './batch.ts'
import { addLag, count, lagOf, noLag, writeCounts, type Counted } from './counts.ts'
import { directory, type Directory, type KnownDevice } from './directory.ts'
import { Few } from './few.ts'
import { judge, LATE, type Reason } from './gate.ts'
import { makeDays, partitionDay } from './partitions.ts'
import { cut, PAYLOAD_KEPT, type Piece } from './payload.ts'
import { intakeFull } from './problems.ts'
import { deviceOf, metricOf, seriesOf } from './series.ts'
import type { TakenShown, Way } from './shapes.ts'
import { findStored, sendReadings, writeRefused, writeSums } from './store.ts'
import { own } from './tables.ts'
import { Watcher } from './alarms/watcher.ts'

export interface Arrival {
  readonly way: Way
  readonly pieces: readonly Piece[]
  /** Whose readings the sender may report. */
  readonly allows: (device: KnownDevice) => boolean
}

/** One message in a batch. */
interface Waiting {
  readonly verdict: { taken: number; quarantined: { index: number; reason: Reason }[] }
  readonly done: (verdict: TakenShown) => void
  readonly fail: (error: unknown) => void
}

/** A late row, which may be stored already. */
interface Late {
  readonly row: Row
  readonly of: Waiting
  readonly way: Way
  readonly refuse: () => void
}

class Batch {
  readonly rows: Row[] = []
  readonly late: Late[] = []
  readonly refused: Refused[] = []
  readonly waiting: Waiting[] = []
  readonly counts = new Map<string, Counted>()
}

/** Readings in memory at most: some 20 MB. */
const MOST_WAITING = 200_000
const ROWS_AT_ONCE = 40_000
const PAUSES_MS = [50, 100, 200, 500, 1_000, 2_000]

export class Intake {
  readonly #house: House
  #queue: Batch[] = [new Batch()]
  #waitingRows = 0
  #flushing: Promise<void> | undefined
  #newest: Promise<Map<number, number>> | undefined
  #days = new Set<number>()
  readonly #watcher = new Watcher()
  readonly #few = new Few()
  #roomier: (() => void)[] = []
  #stopped = false

  constructor(house: House) {
    this.#house = house
  }

  /** Readings that wait for their commit. */
  get waiting(): number {
    return this.#waitingRows
  }

  /** Resolves when all that came is committed: taken, or in quarantine. */
  async take(arrival: Arrival): Promise<TakenShown> {
    if (this.#stopped || this.#waitingRows + arrival.pieces.length > MOST_WAITING) throw intakeFull(undefined, { headers: { 'retry-after': '2' } })
    // Counted before anything is waited for, so that a burst cannot slip past the bound.
    this.#waitingRows += arrival.pieces.length
    try {
      const known = await this.#read(directory)
      const newest = await (this.#newest ??= this.#readNewest())
      const city = await this.#read(findCity)
      return await this.#admit(arrival, known, newest, city?.code ?? '')
    } finally {
      this.#waitingRows -= arrival.pieces.length
      for (const wake of this.#roomier.splice(0)) wake()
    }
  }

  /** Waits until there is room for so many; for those who cannot be told to come again. */
  async room(pieces: number): Promise<void> {
    while (!this.#stopped && this.#waitingRows + pieces > MOST_WAITING) await new Promise<void>((wake) => this.#roomier.push(wake))
  }

  /** Writes what waits and answers it, and takes nothing more. */
  async stop(): Promise<void> {
    this.#stopped = true
    for (const wake of this.#roomier.splice(0)) wake()
    await this.#flushing
    while (this.#waitingRows > 0) await new Promise<void>((turn) => setImmediate(turn))
  }

  #read<T>(look: (ctx: Context) => Promise<T>): Promise<T> {
    return this.#house.read({ actor: systemActor }, look)
  }

  #readNewest(): Promise<Map<number, number>> {
    const reading = this.#read(readNewest)
    reading.catch(() => (this.#newest = undefined))
    return reading
  }

  #admit({ way, pieces, allows }: Arrival, known: Directory, newest: Map<number, number>, city: string): Promise<TakenShown> {
    const now = +this.#house.clock()
    let batch = this.#queue.at(-1)!
    if (batch.rows.length >= ROWS_AT_ONCE) this.#queue.push((batch = new Batch()))
    const { promise, resolve, reject } = Promise.withResolvers<TakenShown>()
    const waiting: Waiting = { verdict: { taken: 0, quarantined: [] }, done: resolve, fail: reject }
    batch.waiting.push(waiting)
    const lag = noLag()
    for (const [index, piece] of pieces.entries()) {
      const found = pass(piece, known, newest, allows, now)
      const refuse = (reason: Reason, district: string) => {
        waiting.verdict.quarantined.push({ index, reason })
        count(batch.counts, now, way, reason)
        // What is replayed stands in the quarantine already.
        if (way !== 'replay' && this.#few.keeps(piece.device, reason, now)) {
          const payload = 'damaged' in piece ? piece.damaged : cut(JSON.stringify({ ...piece, at: new Date(piece.at ?? now).toISOString() }), PAYLOAD_KEPT)
          batch.refused.push({ district, way, reason, device: piece.device, payload, cameAt: now })
        }
      }
      if ('reason' in found) {
        refuse(found.reason, found.district ?? city)
        continue
      }
      const { row } = found
      if (row[3] & LATE) {
        batch.late.push({ row, of: waiting, way, refuse: () => refuse('duplicate', found.district) })
        continue
      }
      newest.set(row[2], row[0])
      batch.rows.push(row)
      waiting.verdict.taken++
      addLag(lag, now - row[0])
    }
    count(batch.counts, now, way, '', lag)
    this.#flushing ??= this.#flushAll()
    return promise
  }

  async #flushAll(): Promise<void> {
    // What else comes in this turn goes along.
    await new Promise<void>((turn) => setImmediate(turn))
    // Those of a batch are answered once the database is at work on the next: it does not stand still while they say more.
    let answer = nobody
    while (this.#queue[0]!.waiting.length > 0) {
      const batch = this.#queue.shift()!
      if (this.#queue.length === 0) this.#queue.push(new Batch())
      const next = await this.#flush(batch, answer)
      answer()
      answer = next
    }
    answer()
    this.#flushing = undefined
  }

  /** Writes a batch, and tells how its senders are answered; `meanwhile` is called when its rows are on their way, or must wait. */
  async #flush(batch: Batch, meanwhile: Answer): Promise<Answer> {
    for (let tries = 0; ; tries++) {
      try {
        if (tries === 0 || !(await this.#isWritten(batch))) await this.#write(batch, meanwhile)
        return inTurns(batch.waiting, ({ done, verdict }) => done(verdict))
      } catch (error) {
        meanwhile()
        this.#watcher.forget()
        if (isDatabaseGone(error) && !this.#stopped) {
          await new Promise((over) => setTimeout(over, PAUSES_MS[Math.min(tries, PAUSES_MS.length - 1)]))
          continue
        }
        // What is newest is read again: none of this was stored.
        this.#newest = undefined
        this.#days.clear()
        return inTurns(batch.waiting, ({ fail }) => fail(error))
      }
    }
  }

  /** A connection may break behind the commit: all of a batch stands, or nothing. */
  async #isWritten({ rows: [first] }: Batch): Promise<boolean> {
    return first !== undefined && (await this.#read((ctx) => findStored(ctx, [first]))).size > 0
  }

  async #write(batch: Batch, meanwhile: Answer): Promise<void> {
    const late = batch.late.splice(0)
    // To look for many in the past takes its time.
    if (late.length > 0) meanwhile()
    await this.#settleLate(batch, late).catch((error: unknown) => {
      batch.late.push(...late)
      throw error
    })
    const { refused, counts } = batch
    const rows = inOrder(batch.rows)
    const days = new Set(rows.map(([at]) => partitionDay(at)))
    const fresh = [...days].filter((day) => !this.#days.has(day))
    let tries = 0
    await this.#house.transact({ actor: systemActor }, async (ctx) => {
      // What it weighed in a transaction that was undone is weighed anew.
      if (tries++ > 0) this.#watcher.forget()
      const { byNumber } = await directory(ctx)
      const zone = (await getCityFacts(ctx)).zone
      if (fresh.length > 0) await makeDays(ctx, fresh)
      const { stored } = await sendReadings(ctx, rows)
      meanwhile()
      const sums = sumUp(rows, zone, (series) => {
        const metrics = byNumber.get(deviceOf(series))?.metrics.values() ?? []
        return hasMinutes([...metrics].find(({ no }) => no === metricOf(series))?.period ?? 60)
      })
      await stored
      await inLine(writeSums(ctx, sums), this.#watcher.weigh(ctx, rows, zone), writeRefused(ctx, refused), writeCounts(ctx, [...counts.values()]))
    })
    for (const day of fresh) this.#days.add(day)
  }

  /** Of late rows only those are taken that are not stored yet and stand in the batch once. */
  async #settleLate(batch: Batch, late: readonly Late[]): Promise<void> {
    if (late.length === 0) return
    const stored = await this.#read((ctx) => findStored(ctx, late.map(({ row }) => row)))
    const series = new Set(late.map(({ row }) => row[2]))
    for (const [at, , of] of batch.rows) if (series.has(of)) stored.add(`${of} ${at}`)
    const now = +this.#house.clock()
    for (const { row, of, way, refuse } of late) {
      const key = `${row[2]} ${row[0]}`
      if (stored.has(key)) {
        refuse()
        continue
      }
      stored.add(key)
      batch.rows.push(row)
      of.verdict.taken++
      count(batch.counts, now, way, '', lagOf(Math.max(0, now - row[0])))
    }
  }
}

type Passed = { row: Row; district: string } | { reason: Reason; district?: string }

function pass(piece: Piece, known: Directory, newest: ReadonlyMap<number, number>, allows: Arrival['allows'], now: number): Passed {
  const device = known.byCode.get(piece.device)
  if ('damaged' in piece) return { reason: piece.reason ?? 'damaged', ...(device && { district: device.district }) }
  if (!device) return { reason: 'unknown-device' }
  const { district } = device
  if (!allows(device)) return { reason: 'wrong-key', district }
  if (device.state !== 'in_service') return { reason: 'not-in-service', district }
  const metric = device.metrics.get(piece.metric)
  if (!metric) return { reason: 'unknown-metric', district }
  const series = seriesOf(device.number, metric.no)
  const at = piece.at ?? now
  const found = judge(metric, piece.value, at, now, newest.get(series) ?? 0)
  return typeof found === 'string' ? { reason: found, district } : { row: [at, piece.value, series, found], district }
}

async function readNewest(ctx: Context): Promise<Map<number, number>> {
  const rows = await own(ctx).selectFrom('readingLatest').select(['series', 'at']).execute()
  return new Map(rows.map(({ series, at }) => [series, +at]))
}

/** One for each process. */
export const intakeOf = cache<Intake>({
  name: 'monitoring.intake',
  until: [],
  build: async (ctx) => new Intake(await ctx.caches.get(ctx, hostOf)),
})

export const intake = (ctx: Context): Promise<Intake> => ctx.caches.get(ctx, intakeOf)
