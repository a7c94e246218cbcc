// Silence is found by the clock. A silent gateway explains the silence of what reports through it: these ring as its children, for nobody.

import { sql } from 'kysely'
import type { Context } from '../../kernel/index.ts'
import { directory, type KnownDevice } from '../directory.ts'
import { seriesOf } from '../series.ts'
import { own } from '../tables.ts'
import { advance, QUIET, type Watch } from './advance.ts'
import { limitsAt } from './limits.ts'
import { changeLevel, raise, type Verdict } from './ring.ts'
import type { Rule } from './rule.ts'
import { findRules } from './rules.ts'
import { ownAlarms } from './tables.ts'
import { watchedBy } from './watcher.ts'
import { readWatches, watchKey, writeWatches } from './watches.ts'

export async function watchAbsence(ctx: Context): Promise<void> {
  const rules = (await findRules(ctx)).filter(({ active, measure }) => active && measure.kind === 'absence')
  if (rules.length === 0) return
  const known = await directory(ctx)
  const watches = await readWatches(ctx, rules.map(({ code }) => code))
  const changed = new Map<string, { rule: string; device: number; watch: Watch }>()
  const found: { verdict: Verdict; device: KnownDevice }[] = []
  for (const rule of rules) {
    const devices = watchedBy(rule, known)
    const silent = await silenceOf(ctx, rule, devices)
    for (const device of devices) {
      const before = watches.get(rule.code)!.get(device.number) ?? QUIET
      const seconds = silent.get(device.number)
      if (seconds === undefined && before === QUIET) continue
      const after = advance(before, seconds ?? 0, +ctx.now, limitsAt(rule, +ctx.now))
      if (after === before) continue
      changed.set(watchKey(rule.code, device.number), { rule: rule.code, device: device.number, watch: after })
      if (after.level === before.level) continue
      const beganAt = +ctx.now - (seconds ?? 0) * 1000
      found.push({ device, verdict: { rule, device, from: before.level, level: after.level, x: Math.round(seconds ?? 0), at: +ctx.now, beganAt } })
    }
  }
  const verdicts = found.map(({ verdict }) => verdict)
  await changeLevel(ctx, verdicts.filter(({ from }) => from > 0))
  const raised = found.filter(({ verdict }) => verdict.from === 0)
  const gateways = raised.filter(({ device }) => device.gateway === null)
  await raise(ctx, gateways.map(({ verdict }) => verdict))
  const children = raised.filter(({ device }) => device.gateway !== null)
  const parents = await parentsOf(ctx, children.map(({ device }) => device.gateway!), rules)
  await raise(ctx, children.map(({ device, verdict }) => ({ ...verdict, parent: parents.get(device.gateway!) })))
  await writeWatches(ctx, changed)
}

/** Seconds since the last reading of the metric, of those that have been silent for longer than the lowest level. */
async function silenceOf(ctx: Context, rule: Rule, devices: readonly KnownDevice[]): Promise<Map<number, number>> {
  const { measure } = rule
  if (measure.kind !== 'absence') return new Map()
  const series = new Map(devices.flatMap((device) => (device.metrics.has(measure.metric) ? [[seriesOf(device.number, device.metrics.get(measure.metric)!.no), device.number] as const] : [])))
  const lowest = Math.min(...[rule.levels, ...rule.bands.map(({ levels }) => levels)].flat().filter((limit) => limit !== null))
  const { rows } = await sql<{ series: number; at: Date }>`
    select series, at from reading_latest
     where series = any(${[...series.keys()]}::int[]) and at <= ${new Date(+ctx.now - lowest * 1000)}`.execute(own(ctx))
  return new Map(rows.map(({ series: of, at }) => [series.get(of)!, (+ctx.now - +at) / 1000]))
}

async function parentsOf(ctx: Context, gateways: readonly string[], rules: readonly Rule[]): Promise<Map<string, string>> {
  if (gateways.length === 0) return new Map()
  const rows = await ownAlarms(ctx)
    .selectFrom('alarm')
    .select(['id', 'device'])
    .where('device', 'in', [...new Set(gateways)])
    .where('rule', 'in', rules.map(({ code }) => code))
    .where('clearedAt', 'is', null)
    .execute()
  return new Map(rows.map(({ id, device }) => [device, id]))
}
