// What the three reports have in common: alarms of flood devices, their cases, who was sent, and water over time.

import { sql } from 'kysely'
import type { Context } from '../../../kernel/index.ts'
import { caseKey, findCase, presentBriefs, type CaseBrief } from '../../../cases/index.ts'
import { getRule } from '../../alarms/rules.ts'
import { ownAlarms, type AlarmTable } from '../../alarms/tables.ts'
import { directory, type KnownDevice } from '../../directory.ts'
import { deviceOf } from '../../series.ts'
import { own } from '../../tables.ts'
import { commandBetween, type CommandCall } from '../command/read-command.ts'
import { BIN_MS, mostWithin, WINDOWS, yearsOf, type Fallen } from '../rain.ts'
import { centimetres, levelSeries } from '../read-rain.ts'
import type { FloodSettings } from '../settings.ts'
import type { Alarm, Called, CaseSaid, Command, Ordered, Station } from './figures.ts'
import type { Level } from './hindsight.ts'

/** Read at most; a report lists the worst of them. */
const ALARMS_READ = 500
const ALARMS_LISTED = 20
const CASES_LISTED = 40
const COMMAND_LISTED = 60
const ROWS_AT_MOST = 500_000

export const cut = (value: number): number => Math.round(value * 10) / 10
export const iso = (at: Date | null): string | null => at?.toISOString() ?? null

/** Which alarms: those that ring, or those that were raised in a span. */
export interface Rung {
  readonly ringing?: boolean
  readonly from?: Date
  readonly to?: Date
}

interface AlarmsFound {
  readonly total: number
  readonly levels: number[]
  readonly rows: AlarmTable[]
}

export async function findAlarms(ctx: Context, devices: readonly string[], { ringing = false, from, to }: Rung): Promise<AlarmsFound> {
  const wanted = sql.join(
    [
      sql`device = any(${devices as string[]}::text[])`,
      ...(ringing ? [sql`cleared_at is null`] : []),
      ...(from ? [sql`raised_at >= ${from}`] : []),
      ...(to ? [sql`raised_at <= ${to}`] : []),
    ],
    sql` and `,
  )
  const rank = ringing ? sql.ref('level') : sql.ref('peak')
  const { rows } = await sql<AlarmTable>`select * from alarm where ${wanted} order by ${rank} desc, raised_at desc, id desc limit ${ALARMS_READ}`.execute(ownAlarms(ctx))
  const { rows: counts } = await sql<{ level: number; n: number }>`select ${rank}::int as level, count(*)::int as n from alarm where ${wanted} group by 1`.execute(ownAlarms(ctx))
  return { total: counts.reduce((sum, { n }) => sum + n, 0), levels: [1, 2, 3, 4].map((level) => counts.find((row) => row.level === level)?.n ?? 0), rows }
}

export async function sayAlarms(ctx: Context, { total, levels, rows }: AlarmsFound) {
  const { byCode } = await directory(ctx)
  const listed: Alarm[] = []
  for (const row of rows.slice(0, ALARMS_LISTED)) {
    const rule = await getRule(ctx, row.rule, row.version)
    const { measure } = rule
    const device = byCode.get(row.device)
    const metric = 'metric' in measure ? device?.metrics.get(measure.metric) : undefined
    const unit = measure.kind === 'absence' ? 's' : measure.kind === 'count' ? '' : (metric?.unit ?? '')
    listed.push({
      district: row.district,
      id: row.id,
      device: row.device,
      name: device?.name ?? row.device,
      rule: { zh: rule.zh, en: rule.en },
      level: row.level,
      peak: row.peak,
      worst: Math.round(row.worst * 100) / 100,
      unit,
      raisedAt: row.raisedAt.toISOString(),
      clearedAt: iso(row.clearedAt),
      acknowledgedAt: iso(row.acknowledgedAt),
      caseNumber: row.caseNumber,
    })
  }
  return { total, levels, listed }
}

/** The cases that these alarms became, as far as the caller sees them; those that are late come first. */
export async function sayCases(ctx: Context, rows: readonly AlarmTable[]) {
  const numbers = [...new Set(rows.flatMap(({ caseNumber }) => caseNumber ?? []))]
  const found = []
  for (const number of numbers) {
    const row = await findCase(ctx, caseKey(number))
    if (row) found.push(row)
  }
  const said = (await presentBriefs(ctx, found)).map((brief) => sayCase(brief, ctx.now))
  const listed = said.toSorted((a, b) => Number(b.overdue) - Number(a.overdue) || Number(a.endedAt !== null) - Number(b.endedAt !== null) || (a.reportedAt < b.reportedAt ? 1 : -1))
  return { total: said.length, closed: said.filter(({ endedAt }) => endedAt !== null).length, overdue: said.filter(({ overdue }) => overdue).length, listed: listed.slice(0, CASES_LISTED) }
}

function sayCase({ number, category, region, stateWords, unit, reportedAt, disposeDueAt, disposedAt, disposedLate, endedAt }: CaseBrief, now: Date): CaseSaid {
  const done = disposedAt ?? endedAt
  return {
    number,
    category: category.words,
    place: region.words,
    state: stateWords,
    unit: unit?.name ?? null,
    reportedAt,
    dueAt: disposeDueAt,
    endedAt,
    overdue: disposedLate ?? (disposeDueAt !== null && +new Date(disposeDueAt) < (done === null ? +now : +new Date(done))),
  }
}

const mark = (given: CommandCall['received']) => given && { at: given.at.toISOString(), how: given.how }

/** Call-ups and orders of a span, the earliest first. */
export async function sayCommand(ctx: Context, from: Date, to: Date): Promise<Command> {
  const { calls, orders, more } = await commandBetween(ctx, from, to)
  const common = ({ id, point, person, unit, received, arrived }: CommandCall | (typeof orders)[number], at: Date): Called => ({
    id, point: point.code, pointName: point.name, who: person ?? '', unit, at: at.toISOString(), received: mark(received), arrived: mark(arrived),
  })
  return {
    calls: calls.slice(0, COMMAND_LISTED).map((call) => common(call, call.calledAt)),
    orders: orders.slice(0, COMMAND_LISTED).map((order): Ordered => ({
      ...common(order, order.orderedAt),
      who: [order.truck?.name, order.person].filter(Boolean).join(' '),
      words: order.words,
      done: mark(order.done),
      cancelled: order.cancelledAt !== null,
      profile: order.profile,
      dueAt: iso(order.dueAt),
      overdue: order.overdue,
    })),
    more: more || calls.length > COMMAND_LISTED || orders.length > COMMAND_LISTED,
  }
}

/** What fell at each gauge, with the most of it; the wettest first. */
export function stationsOf(gauges: readonly KnownDevice[], fallen: readonly Fallen[], { storm }: FloodSettings): Station[] {
  const by = Map.groupBy(fallen, ({ gauge }) => gauge)
  return gauges
    .map(({ code: device, name }) => {
      const rain = (by.get(device) ?? []).toSorted((a, b) => a.at - b.at)
      const most = WINDOWS.map((minutes) => mostWithin(rain, minutes))
      return { device, name, total: cut(rain.reduce((sum, { mm }) => sum + mm, 0)), most5: cut(most[0]!), most60: cut(most[1]!), years: rarest(most, storm) }
    })
    .toSorted((a, b) => b.total - a.total || (a.device < b.device ? -1 : 1))
}

export function rarest(most: readonly number[], storm: FloodSettings['storm']): number | null {
  const years = WINDOWS.flatMap((minutes, i) => yearsOf(storm, minutes, most[i]!) ?? [])
  return years.length === 0 ? null : cut(Math.max(...years))
}

/** The levels of these points by five minutes, by device. */
export async function readWater(ctx: Context, points: readonly KnownDevice[], from: number, to: number): Promise<Map<string, Level[]>> {
  const by = new Map(points.map((point) => [point.number, point]))
  const { rows } = await sql<{ series: number; bin: number; last: number; high: number }>`
    select series, ceil(extract(epoch from at) / ${BIN_MS / 1000}::int)::float8 as bin, (array_agg(value order by at desc))[1] as last, max(value) as high from reading
     where series = any(${points.map(levelSeries)}::int[]) and at > ${new Date(from)} and at <= ${new Date(to)} group by 1, 2 order by 1, 2 limit ${ROWS_AT_MOST}`.execute(own(ctx))
  const found = new Map<string, Level[]>()
  for (const { series, bin, last, high } of rows) {
    const point = by.get(deviceOf(series))!
    const scale = centimetres(point)
    const course = found.get(point.code) ?? []
    course.push({ at: bin * BIN_MS, cm: last * scale, high: high * scale })
    found.set(point.code, course)
  }
  return found
}
