import { findDivisions, getCityFacts, regionName } from '../atlas/index.ts'
import { currentFlow } from '../cases/index.ts'
import { LAMPS } from '../cases/contract.ts'
import { lagOf, wallDay, type Context, type Language, type Words } from '../kernel/index.ts'
import { dictionary, findCategories, findUnits } from '../registry/index.ts'
import type { Area, Overview, Period, Share, Sum } from './contract.ts'
import { figuresOf } from './figures.ts'
import { casesCounted } from './hear-cases.ts'
import { daysOf, isWeekend, monthsOf, rowsOf, runningSpan, spanBefore, type Span } from './period.ts'
import { addDays } from '../kernel/calendar/index.ts'
import { spanTooLong } from './problems.ts'
import { performance, rate } from './rates.ts'
import { demandReady, viewOf, type View } from './scope.ts'
import { quantile } from './span.ts'
import {
  readStanding,
  sumAll,
  sumAlong,
  sumByMajor,
  sumByRegion,
  sumByStart,
  sumByUnit,
  NONE,
  type Line,
  type StandingLine,
  type Sums,
} from './tallies.ts'

export interface Asked {
  readonly period?: Period | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly region?: string | undefined
  readonly category?: string | undefined
}

const DAYS_AT_MOST = 3660
/** A line of single days is drawn up to a quarter; beyond that, months. */
const DAYS_DRAWN = 92
const DAYS_DRAWN_AT_LEAST = 14
const MONTHS_DRAWN_AT_LEAST = 12
const UNITS_SHOWN = 10

/** Everything that the overview shows, from ready sums: no case is read. */
export async function readOverview(ctx: Context, asked: Asked, language: Language): Promise<Overview> {
  const view = await viewOf(ctx, asked)
  demandReady(view)
  const { zone } = await getCityFacts(ctx)
  const today = wallDay(ctx.now, zone)
  const period = asked.from === undefined || asked.to === undefined ? (asked.period ?? 'month') : undefined
  const span = period ? runningSpan(period, today) : { from: asked.from!, to: asked.to! }
  demandForward(span)
  const before = spanBefore(period, span)
  const rows = rowsOf(span, today)
  const drawn = drawnOf(span)

  const [sums, sumsBefore, byStart, byRegion, majors, units, along, standing, lag] = await Promise.all([
    sumAll(ctx, view, rows),
    sumAll(ctx, view, rowsOf(before, today)),
    sumByStart(ctx, view, drawn.grain, drawn.starts),
    sumByRegion(ctx, view, rows),
    sumByMajor(ctx, view, rows),
    sumByUnit(ctx, view, rows),
    sumAlong(ctx, view, rows, ['source', 'reason', 'span']),
    readStanding(ctx, view),
    lagOf(ctx.db, casesCounted, ctx.now),
  ])

  const lines = drawn.starts.map((start) => byStart.get(start) ?? { ...NONE, key: start })
  const lengths = new Map((along.get('span') ?? []).map(({ key, disposed }) => [key, disposed]))
  const hours = (share: number) => hoursOf(quantile(lengths, share))
  const say = ({ zh, en }: Words) => (language === 'zh' ? zh : en)
  return {
    period: { name: period ?? 'span', ...span, running: span.to >= today },
    before,
    zone,
    asOf: new Date(ctx.now.getTime() - lag.lagMs).toISOString(),
    lagMs: lag.lagMs,
    figures: figuresOf(sums, sumsBefore, lines),
    disposal: { medianHours: hours(0.5), ninetyHours: hours(0.9) },
    grain: drawn.grain,
    line: lines.map(({ key, reported, established, closed }) => ({
      start: key,
      weekend: drawn.grain === 'day' && isWeekend(key),
      partial: drawn.grain === 'day' ? key === today : key.slice(0, 7) === today.slice(0, 7),
      reported,
      established,
      closed,
    })),
    sum: placesOf(sums),
    declined: shares(along.get('reason') ?? [], 'declined', await wordsOf(ctx, 'decline-reason', say)),
    sources: shares(along.get('source') ?? [], 'reported', await wordsOf(ctx, 'source', say)),
    categories: shares(majors, 'established', await majorWords(ctx, majors, say)),
    units: await unitLines(ctx, units, say),
    areas: await areasOf(ctx, view, byRegion, sums, standing, say),
    standing: await standingOf(ctx, view, standing, say),
  }
}

function demandForward(span: Span): void {
  const days = (Date.parse(span.to) - Date.parse(span.from)) / 86_400_000
  if (!(days >= 0 && days < DAYS_AT_MOST)) throw spanTooLong({ days: DAYS_AT_MOST })
}

/** What the line is drawn of; a short period is drawn with some days before it. */
function drawnOf(span: Span): { grain: 'day' | 'month'; starts: string[] } {
  const days = daysOf(span).length
  if (days > DAYS_DRAWN) {
    const months = monthsOf(span)
    if (months.length >= MONTHS_DRAWN_AT_LEAST) return { grain: 'month', starts: months }
    return { grain: 'month', starts: monthsOf({ from: addDays(span.from, -(MONTHS_DRAWN_AT_LEAST - months.length) * 31), to: span.to }) }
  }
  const from = days < DAYS_DRAWN_AT_LEAST ? addDays(span.to, 1 - DAYS_DRAWN_AT_LEAST) : span.from
  return { grain: 'day', starts: daysOf({ from, to: span.to }) }
}

const hoursOf = (seconds: number | undefined) => (seconds === undefined ? null : Math.round(seconds / 360) / 10)

/** 上报 = 待处理 + 不予立案 + 作废 + 自行处置 + 合并 + 答复 + 立案, each by where the cases reported in the period stand now. */
const placesOf = (sums: Sums): Sum => ({
  reported: sums.reported,
  pending: sums.nowPending,
  declined: sums.nowDeclined,
  voided: sums.nowVoided,
  selfDisposed: sums.nowSelfDisposed,
  merged: sums.nowMerged,
  answered: sums.nowAnswered,
  established: sums.nowEstablished,
})

// ── Names

type Say = (words: Words) => string
type Names = (code: string) => string

async function wordsOf(ctx: Context, name: 'source' | 'decline-reason', say: Say): Promise<Names> {
  const words = new Map((await dictionary(ctx, name)).map((entry) => [entry.code, say(entry.name)]))
  return (code) => words.get(code) ?? code
}

async function majorWords(ctx: Context, majors: readonly Line[], say: Say): Promise<Names> {
  const words = new Map<string, string>()
  for (const version of new Set(majors.map(({ key }) => key.split('.')[0]!))) {
    for (const { major } of await findCategories(ctx, { version })) words.set(major.id, say(major.name))
  }
  return (code) => words.get(code) ?? code
}

function shares(lines: readonly Line[], counter: 'reported' | 'established' | 'declined', nameOf: Names): Share[] {
  const total = lines.reduce((sum, line) => sum + line[counter], 0)
  return lines
    .filter((line) => line[counter] > 0)
    .map((line) => ({ code: line.key, name: nameOf(line.key), count: line[counter], share: rate(line[counter], total) }))
    .sort((a, b) => b.count - a.count)
}

async function unitLines(ctx: Context, lines: readonly Line[], say: Say): Promise<Overview['units']> {
  const names = new Map((await findUnits(ctx)).map(({ path, name }) => [path, say(name)]))
  return lines
    .filter(({ dispatched, due }) => dispatched + due > 0)
    .sort((a, b) => b.dispatched - a.dispatched)
    .slice(0, UNITS_SHOWN)
    .map((line) => ({ code: line.key, name: names.get(line.key) ?? line.key, dispatched: line.dispatched, ...performance(line) }))
}

// ── Areas and the present moment

async function areasOf(
  ctx: Context,
  view: View,
  byRegion: ReadonlyMap<string, Line>,
  all: Sums,
  standing: readonly StandingLine[],
  say: Say,
): Promise<Area[]> {
  const standingBy = Map.groupBy(standing, ({ region }) => region)
  const line = (code: string, name: string, level: Area['level'], parent: string, sums: Sums, open: readonly StandingLine[]): Area => ({
    code,
    name,
    level,
    parent,
    reported: sums.reported,
    established: sums.established,
    open: count(open),
    overdue: count(open.filter(({ lamp }) => lamp === 'red')),
    ...performance(sums),
  })
  const inDistrict = async (district: string): Promise<Area[]> => {
    const of = async (code: string, level: 'district' | 'street', parent: string) =>
      line(code, say(await regionName(ctx, code)), level, parent, byRegion.get(code) ?? NONE, standingBy.get(code) ?? [])
    const streets = (await findDivisions(ctx, { parent: district, level: 'street' })).filter(({ code }) => code.startsWith(view.region))
    const areas = view.region.length > 6 ? [] : [await of(district, 'district', view.districts.length > 1 ? 'all' : '')]
    for (const { code } of streets) areas.push(await of(code, 'street', district))
    return areas
  }
  const areas = (await Promise.all(view.districts.map(inDistrict))).flat()
  if (view.districts.length < 2) return areas
  const city = await getCityFacts(ctx)
  return [...areas, line('all', say(city.name), 'city', '', all, standing.filter(({ region }) => region.length === 6))]
}

const count = (lines: readonly StandingLine[]) => lines.reduce((sum, { cases }) => sum + cases, 0)

async function standingOf(ctx: Context, view: View, standing: readonly StandingLine[], say: Say): Promise<Overview['standing']> {
  const whole = standing.filter(({ region }) => (view.region.length > 6 ? region === view.region : region.length === 6))
  const flow = await currentFlow(ctx)
  const open = count(whole)
  const states = Map.groupBy(whole, ({ state }) => state)
  const order = Object.keys(flow.states)
  return {
    open,
    lamps: Object.fromEntries(
      LAMPS.map((lamp) => [lamp, count(whole.filter((one) => one.lamp === lamp))]),
    ) as Overview['standing']['lamps'],
    states: [...states]
      .sort(([a], [b]) => order.indexOf(a) - order.indexOf(b))
      .map(([code, lines]) => {
        const words = flow.states[code]?.words
        return { code, name: words ? say(words) : code, count: count(lines), share: rate(count(lines), open) }
      }),
  }
}
