// 雨中快报: rain and water as they are, what rings, what was opened for it, and who was sent.

import type { Context } from '../../../kernel/index.ts'
import { directory } from '../../directory.ts'
import { floodSettings } from '../city-settings.ts'
import { BIN_MS, binOf } from '../rain.ts'
import { readFlood } from '../read-flood.ts'
import { readFallen } from '../read-rain.ts'
import type { DuringFigures } from './figures.ts'
import { cut, findAlarms, readWater, sayAlarms, sayCases, sayCommand, stationsOf } from './read-parts.ts'

const LISTED = 200
/** Points whose course is drawn. */
const DRAWN = 6
const COURSE_MS = 3 * 3_600_000
/** Without rain that goes on, what was opened and ordered since then is told. */
const BACK_MS = 24 * 3_600_000

export async function readDuring(ctx: Context): Promise<DuringFigures> {
  const flood = await readFlood(ctx, undefined)
  const { byCode } = await directory(ctx)
  const { event } = flood
  const since = event ? new Date(event.beganAt) : new Date(+ctx.now - BACK_MS)
  const gauges = flood.gauges.map(({ device }) => byCode.get(device)!)
  const fallen = await readFallen(ctx, gauges, +since, +ctx.now)
  const stations = stationsOf(gauges, fallen, await floodSettings(ctx))
  // Of twelve steps as the most of an hour is, so that it is never above it.
  const hourOf = (device: string) => cut(fallen.reduce((sum, { gauge, at, mm }) => (gauge === device && at > binOf(+ctx.now) - 12 * BIN_MS ? sum + mm : sum), 0))
  const now = new Map(flood.gauges.map((gauge) => [gauge.device, gauge]))
  const drawn = flood.points.filter(({ silent }) => !silent).slice(0, DRAWN)
  const water = await readWater(ctx, drawn.map(({ device }) => byCode.get(device)!), +ctx.now - COURSE_MS, +ctx.now)
  const watched = [...new Set([...flood.points.map(({ device }) => device), ...flood.gauges.map(({ device }) => device)])]
  const ringing = await findAlarms(ctx, watched, { ringing: true })
  const raised = await findAlarms(ctx, watched, { from: since, to: ctx.now })
  return {
    kind: 'during',
    event,
    stations: stations.slice(0, LISTED).map((station) => {
      const { now: lately, silent } = now.get(station.device)!
      return { ...station, now: lately, hour: hourOf(station.device), silent }
    }),
    rain: flood.rain.map(([at, mean]) => [at, mean]),
    points: flood.points.slice(0, LISTED).map(({ device, name, scene, levels, level, at, silent, state, trend }) => ({
      device, name, scene, levels, level, at, silent, state, trend,
      course: (water.get(device) ?? []).map((step) => [Math.min(step.at, +ctx.now), cut(step.cm)]),
    })),
    alarms: await sayAlarms(ctx, ringing),
    cases: await sayCases(ctx, [...ringing.rows, ...raised.rows]),
    command: await sayCommand(ctx, since, new Date(+ctx.now + BIN_MS)),
  }
}
