// 雨后快报: the whole course of a rain, from its first minutes to when its water has run off.

import type { Context } from '../../../kernel/index.ts'
import { directory } from '../../directory.ts'
import { reacherOf } from '../../scope.ts'
import { floodSettings } from '../city-settings.ts'
import { rainOver } from '../course.ts'
import { countedNow } from '../keep-events.ts'
import { weighed } from '../keep-fits.ts'
import { pointsSeen } from '../points.ts'
import { BIN_MS, binOf, binsOf } from '../rain.ts'
import { sayEvent } from '../read-flood.ts'
import { readFallen } from '../read-rain.ts'
import { ownFlood } from '../tables.ts'
import type { AfterFigures, Foretold, WaterPast } from './figures.ts'
import { courseOver, foretoldOf, stateOf, type Level } from './hindsight.ts'
import { rainGoesOn, rainUnknown } from './problems.ts'
import { cut, findAlarms, rarest, readWater, sayAlarms, sayCases, sayCommand } from './read-parts.ts'

const HOUR_MS = 3_600_000
/** What stood there before, and how the water ran off. */
const BEFORE_MS = HOUR_MS
const BEHIND_MS = 3 * HOUR_MS
/** Without rain for so long, what is not over yet is told. */
const DRY_MS = 10 * 60_000
/** Rain that still matters for the first forecast. */
const RAIN_MS = 12 * HOUR_MS
const LISTED = 200
const DRAWN = 6

/** The rain that began then, as the caller sees it; none named: the latest that is over. */
async function findRain(ctx: Context, beganAt: string | undefined) {
  const all = ownFlood(ctx).selectFrom('rainEvent').selectAll()
  const found = await (beganAt === undefined ? all.where('endedAt', 'is not', null).orderBy('beganAt', 'desc') : all.where('beganAt', '=', new Date(beganAt))).limit(1).executeTakeFirst()
  if (!found) throw rainUnknown()
  const row = await countedNow(ctx, found)
  const event = await sayEvent(ctx, row)
  if (!event) throw rainUnknown()
  return { row, event }
}

export async function readAfter(ctx: Context, beganAt: string | undefined): Promise<AfterFigures> {
  const { row, event } = await findRain(ctx, beganAt)
  const known = await directory(ctx)
  const { byCode } = known
  const reaches = await reacherOf(ctx, 'monitoring.read')
  const settings = await floodSettings(ctx)
  const [from, until] = [+row.beganAt - BEFORE_MS, row.endedAt === null ? +ctx.now : Math.min(+ctx.now, +row.endedAt + BEHIND_MS)]
  const seen = await pointsSeen(ctx)
  const stations = row.stations.flatMap(({ gauge, total, most }) => {
    const device = byCode.get(gauge)
    return device && reaches(device) ? [{ device: gauge, name: device.name, total: cut(total), most5: cut(most[0]!), most60: cut(most[1]!), years: rarest(most, settings.storm) }] : []
  })
  const gauges = [...new Set([...row.stations.map(({ gauge }) => gauge), ...seen.flatMap(({ row: point }) => point.gauges)])].flatMap((code) => byCode.get(code) ?? [])
  const fallen = await readFallen(ctx, gauges, from - RAIN_MS, until)
  const own = new Set(stations.map(({ device }) => device))
  const bins = new Map(binsOf(fallen.filter(({ gauge }) => own.has(gauge))).map((bin) => [bin.at, bin.sum]))
  // A rain is over hours after its last drop; its report need not wait so long.
  const ended = row.endedAt === null ? Math.max(+row.beganAt, ...bins.keys()) : +row.endedAt
  if (row.endedAt === null && until - ended < DRY_MS) throw rainGoesOn()
  const steps = (ended - +row.beganAt) / BIN_MS

  const water = await readWater(ctx, seen.map(({ device }) => device), from, until)
  const fits = seen.length === 0 ? [] : await ownFlood(ctx).selectFrom('floodFit').selectAll().where('device', 'in', seen.map(({ row: point }) => point.device)).execute()
  const points: WaterPast[] = []
  const foretold: Foretold[] = []
  let learned = 0
  for (const { row: point, device } of seen) {
    const course = water.get(device.code) ?? []
    const over = courseOver(course, point.levels)
    if (!over) continue
    const { code, name } = device
    const state = stateOf(point.levels, over.peak)
    points.push({ device: code, name, scene: point.scene, levels: point.levels, peak: cut(over.peak), peakAt: new Date(over.peakAt).toISOString(), above: over.above, state, course: course.map(({ at, high }) => [at, cut(high)]) })
    const learnt = fits.find((fit) => fit.device === code)
    if (!learnt?.fit) continue
    const limit = point.levels[Math.max(0, state - 1)]!
    const rain = rainOver(fallen, weighed(known, device, point.gauges), from - RAIN_MS, until)
    const past = { from: binOf(from - RAIN_MS), rain, ...bySteps(course, binOf(from - RAIN_MS), rain.length) }
    const said = foretoldOf(past, learnt.fit, limit)
    if (said.reachedAt === null && said.foretoldAt === null) continue
    foretold.push({ device: code, name, limit, ...said })
    if (row.endedAt !== null && +learnt.learnedTo >= ended) learned++
  }
  const worst = points.toSorted((a, b) => b.state - a.state || b.peak - a.peak || (a.device < b.device ? -1 : 1))
  const watched = [...new Set([...seen.map(({ device }) => device.code), ...own])]
  const raised = await findAlarms(ctx, watched, { from: row.beganAt, to: new Date(until) })
  return {
    kind: 'after',
    event,
    until: new Date(until).toISOString(),
    stations: stations.slice(0, LISTED),
    rain: Array.from({ length: steps }, (_, i) => {
      const at = +row.beganAt + (i + 1) * BIN_MS
      return [at, Math.round((100 * (bins.get(at) ?? 0)) / Math.max(1, stations.length)) / 100]
    }),
    points: worst.slice(0, LISTED).map((point, i) => (i < DRAWN && point.state > 0 ? point : { ...point, course: [] })),
    unknown: seen.length - points.length,
    alarms: await sayAlarms(ctx, raised),
    cases: await sayCases(ctx, raised.rows),
    command: await sayCommand(ctx, row.beganAt, new Date(until)),
    foretold: foretold.toSorted((a, b) => (a.reachedAt ?? '9').localeCompare(b.reachedAt ?? '9') || (a.device < b.device ? -1 : 1)),
    learned,
  }
}

function bySteps(course: readonly Level[], from: number, length: number) {
  const level: (number | null)[] = Array.from({ length }, () => null)
  const high = [...level]
  for (const step of course) {
    const i = (step.at - from) / BIN_MS
    if (!(i >= 0 && i < length)) continue
    level[i] = step.cm
    high[i] = step.high
  }
  return { level, high }
}
