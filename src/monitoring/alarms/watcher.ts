// Weighs every reading against the rules, in the transaction that stores it: a reading that is acknowledged has rung if it had to.

import { sql } from 'kysely'
import type { Context } from '../../kernel/index.ts'
import { LATE } from '../gate.ts'
import type { Row } from '../batch.ts'
import { directory, type Directory, type KnownDevice } from '../directory.ts'
import { deviceOf, seriesOf } from '../series.ts'
import { own } from '../tables.ts'
import { advance, QUIET, type Limits, type Watch } from './advance.ts'
import { limitsAt } from './limits.ts'
import { meterOf, type Meter } from './meter.ts'
import { changeLevel, raise, type Verdict } from './ring.ts'
import { isOfVehicles, metricOf, type Rule } from './rule.ts'
import { findRules } from './rules.ts'
import { readWatches, watchKey, writeWatches, type Watches } from './watches.ts'

interface Live {
  readonly rule: Rule
  readonly meter: Meter
  readonly metric: string
  readonly limits: (at: number) => Limits
  readonly watches: Watches
}

/** What a process knows of the rules between batches. After a transaction that failed it must `forget`. */
export class Watcher {
  readonly #given: { rules: readonly Rule[]; known: Directory } | undefined
  #rules: readonly Rule[] | undefined
  #known: Directory | undefined
  #lives = new Map<number, Live[]>()
  /** Series whose past the windows hold already. */
  #seen = new Set<number>()

  /** `given`: by these rules and devices, and not by those that hold. */
  constructor(given?: { rules: readonly Rule[]; known: Directory }) {
    this.#given = given
  }

  forget(): void {
    this.#rules = undefined
  }

  async weigh(ctx: Context, rows: readonly Row[], zone: string): Promise<void> {
    await this.#load(ctx, zone)
    if (this.#lives.size === 0) return
    const watched = rows.filter(([, , series, flags]) => !(flags & LATE) && this.#lives.has(series)).toSorted((a, b) => a[0] - b[0])
    if (watched.length === 0) return
    await this.#lookBack(ctx, watched)

    const rounds: Verdict[][] = []
    const turns = new Map<string, number>()
    const changed = new Map<string, { rule: string; device: number; watch: Watch }>()
    for (const [at, value, series] of watched) {
      for (const { rule, meter, metric, limits, watches } of this.#lives.get(series)!) {
        const found = meter.feed(deviceOf(series), metric, at, value)
        if (!found) continue
        const before = watches.get(found.device) ?? QUIET
        const after = advance(before, found.x, at, limits(at))
        if (after === before) continue
        watches.set(found.device, after)
        const key = watchKey(rule.code, found.device)
        changed.set(key, { rule: rule.code, device: found.device, watch: after })
        if (after.level === before.level) continue
        const turn = turns.get(key) ?? 0
        turns.set(key, turn + 1)
        const device = this.#known!.byNumber.get(found.device)!
        ;(rounds[turn] ??= []).push({ rule, device, from: before.level, level: after.level, x: found.x, at, beganAt: after.since[after.level - 1] ?? at })
      }
    }
    for (const round of rounds) await this.#settle(ctx, round)
    await writeWatches(ctx, changed)
  }

  async #settle(ctx: Context, round: readonly Verdict[]): Promise<void> {
    await changeLevel(ctx, round.filter(({ from }) => from > 0))
    await raise(ctx, round.filter(({ from }) => from === 0))
  }

  async #load(ctx: Context, zone: string): Promise<void> {
    const { rules, known } = this.#given ?? { rules: await findRules(ctx), known: await directory(ctx) }
    if (rules === this.#rules && known === this.#known) return
    const live = rules.filter(({ active, measure }) => active && measure.kind !== 'absence' && !isOfVehicles(measure))
    const watches = await readWatches(ctx, live.map(({ code }) => code))
    this.#lives = new Map()
    this.#seen = new Set()
    for (const rule of live) this.#watch(rule, known, zone, watches.get(rule.code)!)
    this.#rules = rules
    this.#known = known
  }

  #watch(rule: Rule, known: Directory, zone: string, watches: Watches): void {
    const devices = watchedBy(rule, known)
    const meter = meterOf(rule, rule.measure.kind === 'formula' ? [...known.byNumber.values()] : devices)
    const fixed = rule.bands.length === 0 ? limitsAt(rule, 0, zone) : undefined
    const limits = (at: number) => fixed ?? limitsAt(rule, at, zone)
    for (const { series, metric } of seriesFor(rule, devices, known)) {
      const live = { rule, meter, metric, limits, watches }
      const others = this.#lives.get(series)
      if (others) others.push(live)
      else this.#lives.set(series, [live])
    }
  }

  /** Windows of what was stored before, where a rule needs it and has not seen the series yet. */
  async #lookBack(ctx: Context, rows: readonly Row[]): Promise<void> {
    const first = new Map<number, number>()
    for (const [at, , series] of rows) if (!this.#seen.has(series) && !first.has(series)) first.set(series, at)
    for (const series of first.keys()) this.#seen.add(series)
    const blind = [...first].filter(([series]) => this.#lives.get(series)!.some(({ meter }) => meter.looksBackMs > 0))
    if (blind.length === 0) return
    const most = Math.max(...blind.flatMap(([series]) => this.#lives.get(series)!.map(({ meter }) => meter.looksBackMs)))
    const { rows: past } = await sql<{ series: number; at: Date; value: number }>`
      select r.series, r.at, r.value
        from unnest(${blind.map(([series]) => series)}::int[], ${blind.map(([, at]) => at)}::float8[]) as b (series, ms),
             lateral (select series, at, value from reading
                       where series = b.series and at < to_timestamp(b.ms / 1000) and at >= to_timestamp(b.ms / 1000) - ${`${most} ms`}::interval
                       order by at desc limit 2000) r
       order by r.at`.execute(own(ctx))
    for (const { series, at, value } of past) {
      for (const { meter, metric } of this.#lives.get(series)!) if (meter.looksBackMs > 0) meter.feed(deviceOf(series), metric, +at, value)
    }
  }
}

/** The devices of a rule that are in service. */
export function watchedBy(rule: Rule, { byCode, byNumber }: Directory): KnownDevice[] {
  const named = rule.devices.length === 0 ? [...byNumber.values()] : rule.devices.flatMap((code) => byCode.get(code) ?? [])
  return named.filter(({ product, state }) => product === rule.product && state === 'in_service')
}

function seriesFor({ measure }: Rule, devices: readonly KnownDevice[], { byCode }: Directory): { series: number; metric: string }[] {
  const wanted = measure.kind === 'formula' ? measure.inputs.map(({ device, metric }) => ({ device: byCode.get(device), metric })) : devices.map((device) => ({ device, metric: metricOf(measure) ?? '' }))
  return wanted.flatMap(({ device, metric }) => {
    const found = device?.metrics.get(metric)
    return device && found ? [{ series: seriesOf(device.number, found.no), metric }] : []
  })
}
