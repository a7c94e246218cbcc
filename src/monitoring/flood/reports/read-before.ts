// 雨前快报: which points are likely to flood, what does not work, and who and what is ready.

import type { Context } from '../../../kernel/index.ts'
import { directory, type KnownDevice } from '../../directory.ts'
import { isSilent, latestOf } from '../../latest.ts'
import { reacherOf } from '../../scope.ts'
import { listVehicles } from '../../vehicles/vehicles.ts'
import { ownCommand } from '../command/tables.ts'
import { pointsSeen } from '../points.ts'
import { readFlood } from '../read-flood.ts'
import { centimetres, levelSeries, rainSeries } from '../read-rain.ts'
import { LEVEL, RAIN } from '../settings.ts'
import { ownFlood } from '../tables.ts'
import type { BeforeFigures, Expected, Outlook } from './figures.ts'
import { bringsOf } from './hindsight.ts'
import { cut } from './read-parts.ts'

const LISTED = 200

export async function readBefore(ctx: Context, expected: Expected | undefined): Promise<BeforeFigures> {
  const flood = await readFlood(ctx, undefined)
  const known = await directory(ctx)
  const codes = flood.points.map(({ device }) => device)
  const fits = expected && codes.length > 0 ? await ownFlood(ctx).selectFrom('floodFit').selectAll().where('device', 'in', codes).execute() : []
  const points = flood.points.map((point): Outlook => {
    const { device, name, scene, levels, level, at, silent, state, refused } = point
    const now = { device, name, scene, levels, level, at, silent, state }
    if (!expected) return { ...now, refused, peak: point.peak && { minutes: point.peak.minutes, value: point.peak.value }, reaches: point.reaches }
    const row = fits.find((each) => each.device === device)
    if (!row?.fit) return { ...now, refused: row?.refused ?? 'no-fit', peak: null, reaches: [] }
    const found = known.byCode.get(device)!
    // Where nothing is heard the water is taken to stand as it does without rain.
    const brings = bringsOf(row.fit, expected, silent || level === null ? row.fit.base : level, levels, found.metrics.get(LEVEL)!.max * centimetres(found))
    return { ...now, refused: null, peak: { minutes: brings.peak.minutes, value: cut(brings.peak.value) }, reaches: brings.reaches }
  })
  const { devices, unwell } = await readUnwell(ctx)
  return { kind: 'before', expected: expected ?? null, event: flood.event, points: points.toSorted(likeliest).slice(0, LISTED), devices, unwell, trucks: await readTrucks(ctx), staff: await countStaff(ctx, codes) }
}

const reached = ({ reaches }: Outlook): number => reaches.filter(({ minutes }) => minutes !== null).length
const soonest = ({ reaches }: Outlook): number => reaches[0]?.minutes ?? Infinity
/** The worst first, then what is near. */
const likeliest = (a: Outlook, b: Outlook): number =>
  reached(b) - reached(a) || (soonest(a) === soonest(b) ? 0 : soonest(a) - soonest(b)) || (b.peak?.value ?? -1) - (a.peak?.value ?? -1) || (a.device < b.device ? -1 : 1)

/** Flood points and rain gauges that are stopped or silent. */
async function readUnwell(ctx: Context): Promise<Pick<BeforeFigures, 'devices' | 'unwell'>> {
  const { byCode } = await directory(ctx)
  const reaches = await reacherOf(ctx, 'monitoring.read')
  const gauges = [...byCode.values()].filter((device) => device.metrics.has(RAIN) && device.state !== 'retired' && reaches(device))
  const asked = new Map((await pointsSeen(ctx)).map(({ device }): [string, [KnownDevice, number, number]] => [device.code, [device, levelSeries(device), device.metrics.get(LEVEL)!.period]]))
  for (const gauge of gauges) if (!asked.has(gauge.code)) asked.set(gauge.code, [gauge, rainSeries(gauge), gauge.metrics.get(RAIN)!.period])
  const latest = await latestOf(ctx, [...asked.values()].map(([, series]) => series))
  const unwell = [...asked.values()].flatMap(([{ code: device, name, state }, series, period]) => {
    const last = latest.get(series)
    if (state === 'in_service' && !isSilent(last, period, ctx.now)) return []
    return [{ device, name, state: state === 'in_service' ? ('silent' as const) : ('stopped' as const), lastAt: last?.at.toISOString() ?? null }]
  })
  return { devices: asked.size, unwell: unwell.toSorted((a, b) => (a.device < b.device ? -1 : 1)).slice(0, LISTED) }
}

async function readTrucks(ctx: Context): Promise<BeforeFigures['trucks']> {
  const { items } = await listVehicles(ctx, { kind: 'pump', state: 'in_service', limit: LISTED })
  return items.map(({ code, name, plate, driver, doing, latest }) => ({ code, name, plate, driver, doing, at: latest?.at ?? null }))
}

/** Who is on the roll of these points. */
async function countStaff(ctx: Context, points: readonly string[]): Promise<BeforeFigures['staff']> {
  const rows = points.length === 0 ? [] : await ownCommand(ctx).selectFrom('floodStaff').select(['point', 'accountId', 'role']).where('point', 'in', points).limit(20_000).execute()
  const of = (role: string) => new Set(rows.filter((row) => row.role === role).map(({ accountId }) => accountId)).size
  return { people: new Set(rows.map(({ accountId }) => accountId)).size, points: new Set(rows.map(({ point }) => point)).size, responsible: of('responsible'), watch: of('watch'), crew: of('crew') }
}
