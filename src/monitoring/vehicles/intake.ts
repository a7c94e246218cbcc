// Positions wait here for the next commit, together with those of all other terminals. What `take` has answered is stored.

import { cache, hostOf, inLine, isDatabaseGone, systemActor, type Context, type House } from '../../kernel/index.ts'
import { findCity } from '../../atlas/index.ts'
import { inTurns, nobody, type Answer } from '../answer.ts'
import type { Refused } from '../batch.ts'
import { Few } from '../few.ts'
import type { Reason } from '../gate.ts'
import type { Location } from '../jt808/index.ts'
import { makeDays, OF_VEHICLES, partitionDay } from '../partitions.ts'
import { cut, PAYLOAD_KEPT } from '../payload.ts'
import { addLag, count, noLag, writeCounts, type Counted } from '../counts.ts'
import { writeRefused } from '../store.ts'
import { VehicleWatcher } from '../alarms/vehicle-watcher.ts'
import { fleet, type KnownVehicle } from './directory.ts'
import { inOrder, keyOf, newestOf, readPosition, type PositionRow } from './position.ts'
import { newestPump, type PumpTold } from './pump.ts'
import { findStoredPositions, readNewestTimes, sendPositions, writeNewest, writePumps } from './store.ts'

interface Waiting {
  readonly vehicle: number
  readonly phone: string
  readonly rows: readonly PositionRow[]
  readonly refused: readonly (readonly [reason: Reason, payload: string])[]
  readonly pump: PumpTold | undefined
  readonly cameAt: number
  readonly done: () => void
  readonly fail: (error: unknown) => void
}

/** What a terminal said that is no position of its vehicle. */
export interface Stray {
  readonly reason: Reason
  readonly device: string
  readonly payload: string
}

/** Positions in memory at most: some 40 MB. */
const MOST_WAITING = 100_000
const ROWS_AT_ONCE = 20_000
const PAUSES_MS = [50, 100, 200, 500, 1_000, 2_000]
const WAY = 'jt808'
/** A clock that runs ahead further than this says nothing of now. */
const AHEAD_MS = 300_000

/** What is written in one transaction. */
class Batch {
  readonly rows: PositionRow[] = []
  /** Newer than all that was known when they came: only these are weighed. */
  readonly news = new Set<PositionRow>()
  /** Not newer than what is known: they may be stored already. */
  readonly late: PositionRow[] = []
  readonly pumps = new Map<number, PumpTold>()
  duplicates = 0
  readonly refused: Refused[]
  /** Of what was refused. */
  readonly counts: ReadonlyMap<string, Counted>

  constructor(refused: Refused[] = [], counts: ReadonlyMap<string, Counted> = new Map()) {
    this.refused = refused
    this.counts = counts
  }

  /** All of it, by minute and reason. */
  tally(now: number): Counted[] {
    const counts = new Map(this.counts)
    const lag = noLag()
    for (const [at] of this.rows) addLag(lag, now - at)
    count(counts, now, WAY, '', lag)
    count(counts, now, WAY, 'duplicate', { n: this.duplicates, lagMs: 0, mostLagMs: 0 })
    return [...counts.values()]
  }
}

interface Strays {
  readonly refused: Refused[]
  readonly counts: Map<string, Counted>
}

export class VehicleIntake {
  readonly #house: House
  readonly #few = new Few()
  readonly #watcher = new VehicleWatcher()
  #queue: Waiting[] = []
  #waiting = 0
  #strays: Strays = { refused: [], counts: new Map() }
  #flushing: Promise<void> | undefined
  #newest: Promise<Map<number, number>> | undefined
  #known: ReadonlyMap<number, KnownVehicle> | undefined
  #days = new Set<number>()
  #roomier: (() => void)[] = []
  #stopped = false

  constructor(house: House) {
    this.#house = house
  }

  /** Positions that wait for their commit. */
  get waiting(): number {
    return this.#waiting
  }

  /** Resolves when all of them are committed: stored, known already, or in quarantine. Where too many wait, this one waits for room first. */
  async take({ number, phone, pumpSignal }: Pick<KnownVehicle, 'number' | 'phone' | 'pumpSignal'>, positions: readonly Location[]): Promise<void> {
    while (!this.#stopped && this.#waiting > 0 && this.#waiting + positions.length > MOST_WAITING) await new Promise<void>((wake) => this.#roomier.push(wake))
    if (this.#stopped) throw new Error('positions are no longer taken')
    const now = +this.#house.clock()
    const count = positions.length
    this.#waiting += count
    try {
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      // The register may have changed since the terminal came.
      const signal = this.#known?.get(number)?.pumpSignal ?? pumpSignal
      const pump = signal === null ? undefined : newestPump(signal, positions)
      this.#queue.push({ vehicle: number, phone, ...sift(number, positions, now), pump, cameAt: now, done: resolve, fail: reject })
      this.#wake()
      await promise
    } finally {
      this.#waiting -= count
      for (const wake of this.#roomier.splice(0)) wake()
    }
  }

  /** Counts what is none of ours, and keeps it in the quarantine if there are not too many of its kind. */
  async refuse({ reason, device, payload }: Stray): Promise<void> {
    const city = await this.#read(findCity)
    const now = +this.#house.clock()
    this.#refuse(this.#strays, reason, { district: city?.code ?? '', device, payload, cameAt: now })
    this.#wake()
  }

  /** Writes what waits and answers it, and takes nothing more. */
  async stop(): Promise<void> {
    this.#stopped = true
    for (const wake of this.#roomier.splice(0)) wake()
    while (this.#flushing) await this.#flushing
    while (this.#waiting > 0) await new Promise<void>((turn) => setImmediate(turn))
  }

  #read<T>(look: (ctx: Context) => Promise<T>): Promise<T> {
    return this.#house.read({ actor: systemActor }, look)
  }

  #wake(): void {
    this.#flushing ??= this.#flushAll().finally(() => {
      this.#flushing = undefined
      // What came between its last look and now.
      if (this.#queue.length > 0 || this.#strays.counts.size > 0) this.#wake()
    })
  }

  async #flushAll(): Promise<void> {
    // What else comes in this turn goes along.
    await new Promise<void>((turn) => setImmediate(turn))
    // Those of a batch are answered once the database is at work on the next: it does not stand still while they say more.
    let answer = nobody
    while (this.#queue.length > 0 || this.#strays.counts.size > 0) {
      let size = 0
      const most = this.#queue.findIndex(({ rows, refused }) => (size += rows.length + refused.length) >= ROWS_AT_ONCE)
      const said = this.#queue.splice(0, most < 0 ? this.#queue.length : most + 1)
      const strays = this.#strays
      this.#strays = { refused: [], counts: new Map() }
      const next = await this.#flush(said, strays, answer)
      answer()
      answer = next
    }
    answer()
  }

  /** Writes what was said, and tells how its senders are answered; `meanwhile` is called when its rows are on their way, or must wait. */
  async #flush(said: readonly Waiting[], strays: Strays, meanwhile: Answer): Promise<Answer> {
    let batch: Batch | undefined
    for (let tries = 0; ; tries++) {
      try {
        if (!batch) batch = await this.#judge(said, strays)
        else if (await this.#isWritten(batch)) batch = new Batch()
        await this.#write(batch, meanwhile)
        return inTurns(said, ({ done }) => done())
      } catch (error) {
        meanwhile()
        // Nothing of this was stored, or nobody knows: then the table is asked.
        this.#newest = undefined
        this.#days.clear()
        this.#watcher.forget()
        if (isDatabaseGone(error) && !this.#stopped) {
          await new Promise((over) => setTimeout(over, PAUSES_MS[Math.min(tries, PAUSES_MS.length - 1)]))
          continue
        }
        // Another process stored one of them in the meantime, as when a terminal came over from it.
        if (batch && isClash(error) && tries < PAUSES_MS.length) {
          batch.late.push(...batch.rows.splice(0))
          continue
        }
        return inTurns(said, ({ fail }) => fail(error))
      }
    }
  }

  /** A connection may break behind the commit: all of a batch stands, or nothing. */
  async #isWritten({ rows: [first] }: Batch): Promise<boolean> {
    return first !== undefined && (await this.#read((ctx) => findStoredPositions(ctx, [first]))).size > 0
  }

  async #judge(said: readonly Waiting[], strays: Strays): Promise<Batch> {
    const known = await this.#read(fleet)
    this.#known = known
    this.#newest ??= this.#read(readNewestTimes)
    const newest = await this.#newest
    const refused = [...strays.refused]
    const counts = new Map([...strays.counts].map(([key, counted]) => [key, { ...counted }]))
    const batch = new Batch(refused, counts)
    for (const { vehicle, phone, rows, refused: wrong, pump, cameAt } of said) {
      const found = known.get(vehicle)
      if (pump && found?.state === 'in_service' && found.pumpSignal !== null && pump.at <= cameAt + AHEAD_MS) batch.pumps.set(vehicle, pump)
      const refuse = (reason: Reason, payload: string) => this.#refuse({ refused, counts }, reason, { district: found?.district ?? '', device: phone, payload, cameAt })
      for (const [reason, payload] of wrong) refuse(reason, payload)
      for (const row of rows) {
        const [at] = row
        if (found?.state !== 'in_service') refuse(found ? 'not-in-service' : 'unknown-device', JSON.stringify(row))
        else if (at <= (newest.get(vehicle) ?? 0)) batch.late.push(row)
        else {
          newest.set(vehicle, at)
          batch.rows.push(row)
          batch.news.add(row)
        }
      }
    }
    return batch
  }

  async #write(batch: Batch, meanwhile: Answer): Promise<void> {
    // To look for many in the past takes its time.
    if (batch.late.length > 0) meanwhile()
    await this.#settleLate(batch)
    const { refused } = batch
    const rows = inOrder(batch.rows)
    const counts = batch.tally(+this.#house.clock())
    if (counts.length === 0) return
    const days = new Set(rows.map(([at]) => partitionDay(at)))
    const fresh = [...days].filter((day) => !this.#days.has(day))
    let tries = 0
    await this.#house.transact({ actor: systemActor }, async (ctx) => {
      // What it weighed in a transaction that was undone is weighed anew.
      if (tries++ > 0) this.#watcher.forget()
      if (fresh.length > 0) await makeDays(ctx, fresh, OF_VEHICLES)
      const { stored } = await sendPositions(ctx, rows)
      meanwhile()
      const newest = newestOf(rows)
      const news = rows.filter((row) => batch.news.has(row))
      await stored
      // What is said of pumps belongs to the newest.
      await inLine(writeNewest(ctx, newest), writePumps(ctx, batch.pumps), this.#watcher.weigh(ctx, news), writeRefused(ctx, refused), writeCounts(ctx, counts))
    })
    for (const day of fresh) this.#days.add(day)
  }

  /** Of those that are not newer than what is known only the ones that are not stored yet are; each is once in the batch. */
  async #settleLate(batch: Batch): Promise<void> {
    if (batch.late.length === 0) return
    const stored = await this.#read((ctx) => findStoredPositions(ctx, batch.late))
    for (const [at, vehicle] of batch.rows) stored.add(keyOf(vehicle, at))
    for (const row of batch.late.splice(0)) {
      const key = keyOf(row[1], row[0])
      // A terminal that heard no answer says it again, as it must: counted, and nothing to look at in the quarantine.
      if (stored.has(key)) batch.duplicates++
      else batch.rows.push(row)
      stored.add(key)
    }
  }

  #refuse({ refused, counts }: Strays, reason: Reason, { district, device, payload, cameAt }: Pick<Refused, 'district' | 'device' | 'payload' | 'cameAt'>): void {
    count(counts, cameAt, WAY, reason)
    if (this.#few.keeps(device, reason, cameAt)) refused.push({ district, way: WAY, reason, device, payload: cut(payload, PAYLOAD_KEPT), cameAt })
  }
}

/** What stays of positions while they wait: their rows, and what is refused of them. */
function sift(vehicle: number, positions: readonly Location[], now: number): Pick<Waiting, 'rows' | 'refused'> {
  const rows: PositionRow[] = []
  const refused: [Reason, string][] = []
  for (const position of positions) {
    const row = readPosition(vehicle, position, now)
    if (typeof row === 'string') refused.push([row, JSON.stringify(position)])
    else rows.push(row)
  }
  return { rows, refused }
}

const isClash = (error: unknown): boolean => error instanceof Error && (error as { code?: string }).code === '23505'

/** One for each process. */
export const vehicleIntakeOf = cache<VehicleIntake>({
  name: 'monitoring.vehicle-intake',
  until: [],
  build: async (ctx) => new VehicleIntake(await ctx.caches.get(ctx, hostOf)),
})

export const vehicleIntake = (ctx: Context): Promise<VehicleIntake> => ctx.caches.get(ctx, vehicleIntakeOf)
