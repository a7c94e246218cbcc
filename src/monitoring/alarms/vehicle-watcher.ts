// Weighs every position of vehicles against the rules of vehicles, in the transaction that stores it. Where there are none it does nothing.

import { sql } from 'kysely'
import type { Context } from '../../kernel/index.ts'
import { getCityFacts } from '../../atlas/index.ts'
import { own } from '../tables.ts'
import { fleet, type KnownVehicle } from '../vehicles/directory.ts'
import { DEGREE, isFixed, kmhOf, type PositionRow } from '../vehicles/position.ts'
import { QUIET, type Watch } from './advance.ts'
import { limitsAt } from './limits.ts'
import { changeLevel, raise, type Verdict } from './ring.ts'
import { isOfVehicles, type Rule } from './rule.ts'
import { findRules } from './rules.ts'
import { looksBackMs, weigherOf, type VehicleFix, type Weigh } from './vehicle-meter.ts'
import { readWatches, watchKey, writeWatches, type Watches } from './watches.ts'

interface Live {
  readonly rule: Rule
  readonly weigh: Weigh
  readonly looksBackMs: number
  readonly watches: Watches
}

type Fleet = ReadonlyMap<number, KnownVehicle>

/** The vehicles of a rule that are in service. */
export function vehiclesOf({ devices, vehicleKinds = [] }: Pick<Rule, 'devices' | 'vehicleKinds'>, known: Fleet): KnownVehicle[] {
  const named = new Set(devices)
  return [...known.values()].filter(
    ({ code, kind, state }) => state === 'in_service' && (named.size === 0 || named.has(code)) && (vehicleKinds.length === 0 || vehicleKinds.some((each) => each === kind)),
  )
}

export const fixOf = ([at, , lng, lat, , , speed]: PositionRow): VehicleFix => ({ at, position: [lng / DEGREE, lat / DEGREE], kmh: kmhOf(speed) })

/** What a process knows of these rules between batches. After a transaction that failed it must `forget`. */
export class VehicleWatcher {
  #rules: readonly Rule[] | undefined
  #known: Fleet | undefined
  #lives = new Map<number, Live[]>()
  #seen = new Set<number>()

  forget(): void {
    this.#rules = undefined
  }

  /** Of each vehicle only what is newer than all before it. */
  async weigh(ctx: Context, rows: readonly PositionRow[]): Promise<void> {
    await this.#load(ctx)
    if (this.#lives.size === 0) return
    const watched = rows.filter(([, vehicle, , , status]) => isFixed(status) && this.#lives.has(vehicle)).toSorted((a, b) => a[0] - b[0])
    if (watched.length === 0) return
    await this.#lookBack(ctx, watched)

    const rounds: Verdict[][] = []
    const turns = new Map<string, number>()
    const changed = new Map<string, { rule: string; device: number; watch: Watch }>()
    for (const row of watched) {
      const [at, number] = row
      const fix = fixOf(row)
      for (const { rule, weigh, watches } of this.#lives.get(number)!) {
        const before = watches.get(number) ?? QUIET
        const { x, after } = weigh(number, before, fix)
        if (after === before) continue
        watches.set(number, after)
        const key = watchKey(rule.code, number)
        changed.set(key, { rule: rule.code, device: number, watch: after })
        if (after.level === before.level) continue
        const turn = turns.get(key) ?? 0
        turns.set(key, turn + 1)
        const device = this.#known!.get(number)!
        ;(rounds[turn] ??= []).push({ about: 'vehicle', place: fix.position, rule, device, from: before.level, level: after.level, x, at, beganAt: after.since[after.level - 1] ?? at })
      }
    }
    for (const round of rounds) {
      await changeLevel(ctx, round.filter(({ from }) => from > 0))
      await raise(ctx, round.filter(({ from }) => from === 0))
    }
    await writeWatches(ctx, changed)
  }

  async #load(ctx: Context): Promise<void> {
    const rules = await findRules(ctx)
    const known = await fleet(ctx)
    if (rules === this.#rules && known === this.#known) return
    const live = rules.filter(({ active, measure }) => active && isOfVehicles(measure))
    this.#lives = new Map()
    this.#seen = new Set()
    const watches = await readWatches(ctx, live.map(({ code }) => code))
    const zone = live.length > 0 ? (await getCityFacts(ctx)).zone : undefined
    for (const rule of live) {
      const each = { rule, weigh: weigherOf(rule, (at) => limitsAt(rule, at, zone)), looksBackMs: looksBackMs(rule), watches: watches.get(rule.code)! }
      for (const { number } of vehiclesOf(rule, known)) this.#lives.set(number, [...(this.#lives.get(number) ?? []), each])
    }
    this.#rules = rules
    this.#known = known
  }

  /** Since when a vehicle stands or is inside, where a process has just begun: its levels are known already. */
  async #lookBack(ctx: Context, rows: readonly PositionRow[]): Promise<void> {
    const first = new Map<number, number>()
    for (const [at, vehicle] of rows) if (!this.#seen.has(vehicle) && !first.has(vehicle)) first.set(vehicle, at)
    for (const vehicle of first.keys()) this.#seen.add(vehicle)
    const most = Math.max(0, ...[...first.keys()].flatMap((vehicle) => this.#lives.get(vehicle)!.map((live) => live.looksBackMs)))
    if (most === 0) return
    const { rows: past } = await sql<{ vehicle: number; at: Date; lng: number; lat: number; speed: number }>`
      select p.* from unnest(${[...first.keys()]}::int[], ${[...first.values()]}::float8[]) as b (number, ms),
             lateral (select vehicle, at, lng, lat, speed from vehicle_position
                       where vehicle = b.number and at < to_timestamp(b.ms / 1000) and at >= to_timestamp(b.ms / 1000) - ${`${most} ms`}::interval and status & 2 <> 0
                       order by at desc limit 3000) p
       order by p.at`.execute(own(ctx))
    for (const { vehicle, at, lng, lat, speed } of past) {
      for (const live of this.#lives.get(vehicle)!) if (live.looksBackMs > 0) live.weigh(vehicle, QUIET, { at: +at, position: [lng / DEGREE, lat / DEGREE], kmh: kmhOf(speed) })
    }
  }
}
