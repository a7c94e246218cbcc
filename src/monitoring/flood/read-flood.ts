// What the command looks at: water by point with what is to come, rain by gauge, the event that goes on. Now, or as it was.

import { sql } from 'kysely'
import { cursorOf, keyOf, type Context } from '../../kernel/index.ts'
import { directory, type Directory, type KnownDevice } from '../directory.ts'
import { latestOf, isSilent } from '../latest.ts'
import { reacherOf } from '../scope.ts'
import { floodSettings } from './city-settings.ts'
import type { FloodCurve, FloodPointShown, FloodShown, GaugeShown, RainEventShown } from './contract.ts'
import { rainOver } from './course.ts'
import { countedNow } from './keep-events.ts'
import { weighed } from './keep-fits.ts'
import { pointsSeen } from './points.ts'
import { momentAhead, pointUnknown } from './problems.ts'
import { BIN_MS, binOf, binsOf, rarityOf, type Fallen } from './rain.ts'
import { centimetres, gaugesOf, hourOf, rainSeries, readFallen, readHeard, readLevels, readSince, readStanding, type Standing } from './read-rain.ts'
import { forecast, reaches as reachesOf, type Foreseen, type Refused } from './response.ts'
import { LEVEL, RAIN, type FloodSettings } from './settings.ts'
import { ownFlood, type FloodFitTable, type FloodPointTable, type RainEventTable } from './tables.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** Rain that still matters for the water of a moment. */
const RAIN_MS = 12 * HOUR_MS
const STRIP_MS = 6 * HOUR_MS
/** An older level says nothing of now. */
const STALE_MS = 20 * MINUTE_MS
const CURVE_MS = 3 * HOUR_MS

/** `past`: a moment that is over, so that what came after it is known. */
function momentOf(ctx: Context, asked: string | undefined): { at: number; past: boolean } {
  const at = asked === undefined ? +ctx.now : Date.parse(asked)
  if (at > +ctx.now + MINUTE_MS) throw momentAhead()
  return { at: Math.min(at, +ctx.now), past: asked !== undefined && +ctx.now - at > STALE_MS }
}

interface World {
  readonly known: Directory
  readonly at: number
  readonly fallen: readonly Fallen[]
  readonly fits: ReadonlyMap<string, FloodFitTable>
}

type Seen = Awaited<ReturnType<typeof pointsSeen>>[number]

async function worldOf(ctx: Context, at: number, seen: readonly Seen[], more: readonly KnownDevice[], back: number): Promise<World> {
  const known = await directory(ctx)
  const codes = new Set([...seen.flatMap(({ row }) => row.gauges), ...more.map(({ code }) => code)])
  const gauges = [...codes].flatMap((code) => known.byCode.get(code) ?? []).filter(({ metrics }) => metrics.has(RAIN))
  const rows = seen.length === 0 ? [] : await ownFlood(ctx).selectFrom('floodFit').selectAll().where('device', 'in', seen.map(({ row }) => row.device)).execute()
  return { known, at, fallen: await readFallen(ctx, gauges, binOf(at) - back, at), fits: new Map(rows.map((row) => [row.device, row])) }
}

/** Rain over a point in whole steps up to the moment. */
const rainAt = ({ known, at, fallen }: World, { row, device }: Seen): number[] => {
  const end = binOf(at + 1) - BIN_MS
  return rainOver(fallen, weighed(known, device, row.gauges), end - RAIN_MS, end)
}

function foresee(world: World, seen: Seen, standing: Standing | undefined): { refused: Refused | null; foreseen: Foreseen[] } {
  const no = (refused: Refused) => ({ refused, foreseen: [] })
  if (!standing || world.at - standing.at > STALE_MS) return no('no-level')
  if (seen.row.gauges.length === 0) return no('no-gauge')
  const known = world.fits.get(seen.row.device)
  if (!known) return no('no-fit')
  if (!known.fit) return no(known.refused ?? 'no-fit')
  // More than the gauge can measure is foretold to nobody.
  const most = seen.device.metrics.get(LEVEL)!.max * centimetres(seen.device)
  const kept = (cm: number) => Math.min(most, cm)
  const foreseen = forecast(known.fit, rainAt(world, seen), standing.cm)
  return { refused: null, foreseen: foreseen.map(({ minutes, value, low, high }) => ({ minutes, value: kept(value), low: kept(low), high: kept(high) })) }
}

const cut = (value: number): number => Math.round(value * 10) / 10
const stateOf = ({ levels }: FloodPointTable, cm: number): number => levels.filter((limit) => cm >= limit).length

type Alarms = ReadonlyMap<string, { district: string; id: string; level: number }>

function showPoint(world: World, seen: Seen, standing: Standing | undefined, alarms: Alarms): FloodPointShown {
  const { row, device } = seen
  const { refused, foreseen } = foresee(world, seen, standing)
  const silent = !standing || world.at - standing.at > STALE_MS
  const peak = foreseen.reduce<Foreseen | undefined>((most, step) => (most && most.value >= step.value ? most : step), undefined)
  return {
    device: device.code,
    name: device.name,
    district: device.district,
    position: device.position ? [...device.position] : null,
    scene: row.scene,
    levels: row.levels,
    gauges: row.gauges,
    level: standing ? cut(standing.cm) : null,
    at: standing ? new Date(standing.at).toISOString() : null,
    silent,
    trend: silent || standing.before === null ? null : cut(standing.cm - standing.before),
    state: silent ? 0 : stateOf(row, standing.cm),
    alarm: alarms.get(device.code) ?? null,
    refused,
    peak: peak ? { minutes: peak.minutes, value: cut(peak.value), low: cut(peak.low), high: cut(peak.high) } : null,
    reaches: refused || !standing ? [] : reachesOf(row.levels, standing.cm, foreseen),
  }
}

async function alarmsAt(ctx: Context, devices: readonly string[], at: number): Promise<Alarms> {
  if (devices.length === 0) return new Map()
  const moment = new Date(at)
  const { rows } = await sql<{ device: string; district: string; id: string; level: number }>`
    select distinct on (a.device) a.device, a.district, a.id, s.level::int as level from alarm a
      join lateral (select level from alarm_step where alarm = a.id and district = a.district and at <= ${moment} order by ordinal desc limit 1) s on s.level > 0
     where a.about = 'device' and a.device = any(${devices as string[]}::text[]) and a.raised_at <= ${moment} and (a.cleared_at is null or a.cleared_at > ${moment})
     order by a.device, s.level desc, a.raised_at desc`.execute(ownFlood(ctx))
  return new Map(rows.map(({ device, ...alarm }) => [device, alarm]))
}

/** What is worst comes first: the state, then what is near, then the level. */
const soonest = ({ reaches, state }: FloodPointShown): number => reaches[state]?.minutes ?? Infinity
const worstFirst = (a: FloodPointShown, b: FloodPointShown): number =>
  b.state - a.state || (soonest(a) === soonest(b) ? 0 : soonest(a) - soonest(b)) || (b.silent ? -1 : (b.level ?? 0)) - (a.silent ? -1 : (a.level ?? 0)) || (a.device < b.device ? -1 : 1)

export async function readFlood(ctx: Context, asked: string | undefined): Promise<FloodShown> {
  const { at, past } = momentOf(ctx, asked)
  const seen = await pointsSeen(ctx)
  const reaches = await reacherOf(ctx, 'monitoring.read')
  const gauges = gaugesOf(await directory(ctx)).filter(reaches)
  const world = await worldOf(ctx, at, seen, gauges, 24 * HOUR_MS)
  const standing = seen.length === 0 ? new Map<string, Standing>() : await readStanding(ctx, seen.map(({ device }) => device), at)
  const alarms = await alarmsAt(ctx, seen.map(({ row }) => row.device), at)
  const own = new Set(gauges.map(({ code }) => code))
  const rain = world.fallen.filter(({ gauge }) => own.has(gauge))
  return {
    at: new Date(at).toISOString(),
    past,
    points: seen.map((each) => showPoint(world, each, standing.get(each.row.device), alarms)).toSorted(worstFirst),
    gauges: await showGauges(ctx, gauges, at, past),
    rain: gauges.length === 0 ? [] : await stripOf(ctx, gauges, rain, at),
    event: await runningAt(ctx, at, own),
  }
}

/** What has fallen, five minutes, an hour, three and a day back from this very moment. */
const SPANS = [BIN_MS, HOUR_MS, 3 * HOUR_MS, 24 * HOUR_MS]

async function showGauges(ctx: Context, gauges: readonly KnownDevice[], at: number, past: boolean): Promise<GaugeShown[]> {
  const latest = past ? new Map() : await latestOf(ctx, gauges.map(rainSeries))
  const fallen = await readSince(ctx, gauges, at, SPANS)
  return gauges
    .map((gauge) => {
      const [now = 0, hour = 0, hours3 = 0, day = 0] = (fallen.get(gauge.code) ?? []).map(cut)
      const silent = !past && isSilent(latest.get(rainSeries(gauge)), gauge.metrics.get(RAIN)!.period, ctx.now)
      const { code: device, name, district, position } = gauge
      return { device, name, district, position: position ? ([...position] as [number, number]) : null, now, hour, hours3, day, silent }
    })
    .toSorted((a, b) => b.hour - a.hour || b.day - a.day || (a.device < b.device ? -1 : 1))
}

/** Every five minutes of the last hours, with those that have just begun. */
async function stripOf(ctx: Context, gauges: readonly KnownDevice[], rain: readonly Fallen[], at: number): Promise<[number, number, number][]> {
  const end = binOf(at)
  const bins = new Map(binsOf(rain).map((bin) => [bin.at, bin]))
  const heard = await readHeard(ctx, gauges, end - STRIP_MS, end)
  return Array.from({ length: STRIP_MS / BIN_MS }, (_, i) => {
    const when = end - STRIP_MS + (i + 1) * BIN_MS
    const { sum = 0, most = 0 } = bins.get(when) ?? {}
    return [when, Math.round((100 * sum) / Math.max(1, heard.get(hourOf(when - 1))?.length ?? 0)) / 100, cut(most)]
  })
}

function showEvent({ beganAt, endedAt, stations }: RainEventTable, own: ReadonlySet<string>, { storm }: FloodSettings, nameOf: (code: string) => string): RainEventShown | null {
  const seen = stations.filter(({ gauge }) => own.has(gauge))
  const [first] = seen
  if (!first || first.total === 0) return null
  const rarity = rarityOf(storm, seen)
  const most = (window: number) => Math.max(...seen.map((station) => station.most[window]!))
  return {
    beganAt: beganAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
    gauges: seen.length,
    mean: cut(seen.reduce((sum, { total }) => sum + total, 0) / seen.length),
    most: { device: first.gauge, name: nameOf(first.gauge), total: cut(first.total) },
    most5: most(0),
    most60: most(1),
    most1440: most(2),
    rarity: rarity && { years: cut(rarity.years), minutes: rarity.minutes, device: rarity.gauge, name: nameOf(rarity.gauge) },
  }
}

async function runningAt(ctx: Context, at: number, own: ReadonlySet<string>): Promise<RainEventShown | null> {
  const settings = await floodSettings(ctx)
  const { byCode } = await directory(ctx)
  const row = await ownFlood(ctx)
    .selectFrom('rainEvent')
    .selectAll()
    .where('beganAt', '<=', new Date(at))
    .where((where) => where.or([where('endedAt', 'is', null), where('endedAt', '>', new Date(at - settings.dryHours * HOUR_MS))]))
    .orderBy('beganAt', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? showEvent(await countedNow(ctx, row), own, settings, (code) => byCode.get(code)?.name ?? code) : null
}

/** The gauges that the caller reaches, in service or not. */
async function gaugesSeen(ctx: Context): Promise<Set<string>> {
  const known = await directory(ctx)
  const reaches = await reacherOf(ctx, 'monitoring.read')
  return new Set([...known.byCode.values()].filter((device) => device.metrics.has(RAIN) && reaches(device)).map(({ code }) => code))
}

/** A rain by the gauges that the caller reaches; null where it fell on none of them. */
export async function sayEvent(ctx: Context, row: RainEventTable): Promise<RainEventShown | null> {
  const { byCode } = await directory(ctx)
  return showEvent(row, await gaugesSeen(ctx), await floodSettings(ctx), (code) => byCode.get(code)?.name ?? code)
}

export async function listEvents(ctx: Context, { cursor, limit = 50 }: { cursor?: string | undefined; limit?: number | undefined }) {
  const known = await directory(ctx)
  const own = await gaugesSeen(ctx)
  if (own.size === 0) return { items: [], next: null }
  const settings = await floodSettings(ctx)
  const [before] = cursor === undefined ? [] : keyOf(cursor, 'moment')
  const rows = await ownFlood(ctx)
    .selectFrom('rainEvent')
    .selectAll()
    .where((where) => (before === undefined ? where.val(true) : where('beganAt', '<', new Date(before))))
    .orderBy('beganAt', 'desc')
    .limit(limit + 1)
    .execute()
  const items = rows.slice(0, limit).flatMap((row) => showEvent(row, own, settings, (code) => known.byCode.get(code)?.name ?? code) ?? [])
  return { items, next: rows.length > limit ? cursorOf([rows[limit - 1]!.beganAt.toISOString()]) : null }
}

export async function readPoint(ctx: Context, code: string, asked: string | undefined): Promise<FloodCurve> {
  const { at, past } = momentOf(ctx, asked)
  const [seen] = await pointsSeen(ctx, code)
  if (!seen) throw pointUnknown({ device: code })
  const world = await worldOf(ctx, at, [seen], [], RAIN_MS)
  const standing = (await readStanding(ctx, [seen.device], at)).get(code)
  const point = showPoint(world, seen, standing, await alarmsAt(ctx, [code], at))
  const { refused, foreseen } = foresee(world, seen, standing)
  const to = past ? Math.min(at + HOUR_MS, +ctx.now) : at
  const begin = binOf(at) - CURVE_MS
  const gauges = seen.row.gauges.flatMap((each) => world.known.byCode.get(each) ?? [])
  const fallen = await readFallen(ctx, gauges, begin - BIN_MS, to)
  const over = rainOver(fallen, weighed(world.known, seen.device, seen.row.gauges), begin, to)
  const levels = await readLevels(ctx, seen.device, begin - BIN_MS, to)
  const known = world.fits.get(code)
  return {
    point,
    at: new Date(at).toISOString(),
    levels: levels.map((each) => [Math.min(each.at, to), cut(each.cm)]),
    rain: over.map((mm, i) => [begin + i * BIN_MS, Math.round(mm * 100) / 100]),
    forecast: foreseen.map(({ minutes, value, low, high }) => [at + minutes * MINUTE_MS, cut(value), cut(low), cut(high)]),
    refused,
    rests: known?.fit ? { rains: known.fit.rains, explained: Math.floor(known.fit.explained * 100) / 100, learnedTo: known.learnedTo.toISOString() } : null,
  }
}
