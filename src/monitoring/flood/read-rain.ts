// Rain and levels as they were stored.

import { sql } from 'kysely'
import type { Context } from '../../kernel/index.ts'
import type { Directory, KnownDevice } from '../directory.ts'
import { deviceOf, seriesOf } from '../series.ts'
import { own } from '../tables.ts'
import { BIN_MS, type Fallen } from './rain.ts'
import { LEVEL, RAIN } from './settings.ts'

const HOUR_MS = 3_600_000
/** Some three months of a wet season at a hundred gauges. */
const ROWS_AT_MOST = 500_000

/** All gauges that measure rain, whatever their product. */
export const gaugesOf = ({ byCode }: Directory): KnownDevice[] => [...byCode.values()].filter(({ metrics, state }) => metrics.has(RAIN) && state === 'in_service')

export const rainSeries = ({ number, metrics }: KnownDevice): number => seriesOf(number, metrics.get(RAIN)!.no)
export const levelSeries = ({ number, metrics }: KnownDevice): number => seriesOf(number, metrics.get(LEVEL)!.no)

const CENTIMETRES: Readonly<Record<string, number>> = { cm: 1, m: 100, mm: 0.1 }
/** Centimetres in one unit of what it reports. */
export const centimetres = ({ metrics }: KnownDevice): number => CENTIMETRES[metrics.get(LEVEL)!.unit] ?? 1

/** What fell at these gauges after one moment and up to another, by five minutes; only where something did. */
export async function readFallen(ctx: Context, gauges: readonly KnownDevice[], from: number, to: number): Promise<Fallen[]> {
  if (gauges.length === 0 || to <= from) return []
  const codes = new Map(gauges.map(({ number, code }) => [number, code]))
  const { rows } = await sql<{ series: number; bin: number; mm: number }>`
    select series, ceil(extract(epoch from at) / ${BIN_MS / 1000}::int)::float8 as bin, sum(value)::float8 as mm from reading
     where series = any(${gauges.map(rainSeries)}::int[]) and at > ${new Date(from)} and at <= ${new Date(to)} and value > 0
     group by 1, 2 order by 2 desc, 1 limit ${ROWS_AT_MOST}`.execute(own(ctx))
  return rows.map(({ series, bin, mm }) => ({ gauge: codes.get(deviceOf(series))!, at: bin * BIN_MS, mm }))
}

/** What fell at each of these gauges within each of these spans up to a moment, to the second; the longest span stands last. */
export async function readSince(ctx: Context, gauges: readonly KnownDevice[], at: number, spans: readonly number[]): Promise<Map<string, number[]>> {
  if (gauges.length === 0) return new Map()
  const codes = new Map(gauges.map(({ number, code }) => [number, code]))
  const within = (span: number) => sql`coalesce(sum(value) filter (where at > ${new Date(at - span)}), 0)::float8`
  const { rows } = await sql<{ series: number; mm: number[] }>`
    select series, array[${sql.join(spans.map(within))}] as mm from reading
     where series = any(${gauges.map(rainSeries)}::int[]) and at > ${new Date(at - spans.at(-1)!)} and at <= ${new Date(at)} and value > 0
     group by series`.execute(own(ctx))
  return new Map(rows.map(({ series, mm }) => [codes.get(deviceOf(series))!, mm]))
}

/** Which gauges reported in each hour. */
export async function readHeard(ctx: Context, gauges: readonly KnownDevice[], from: number, to: number): Promise<Map<number, string[]>> {
  const codes = new Map(gauges.map(({ number, code }) => [number, code]))
  const { rows } = await sql<{ at: Date; series: number[] }>`
    select at, array_agg(series) as series from reading_hour
     where series = any(${gauges.map(rainSeries)}::int[]) and at > ${new Date(from - HOUR_MS)} and at <= ${new Date(to)} group by at`.execute(own(ctx))
  return new Map(rows.map(({ at, series }) => [+at, series.map((each) => codes.get(deviceOf(each))!)]))
}

export const hourOf = (at: number): number => at - (at % HOUR_MS)

/** The last level of each five minutes, in centimetres. */
export async function readLevels(ctx: Context, point: KnownDevice, from: number, to: number): Promise<{ at: number; cm: number }[]> {
  const { rows } = await sql<{ bin: number; value: number }>`
    select ceil(extract(epoch from at) / ${BIN_MS / 1000}::int)::float8 as bin, (array_agg(value order by at desc))[1] as value from reading
     where series = ${levelSeries(point)} and at > ${new Date(from)} and at <= ${new Date(to)} group by 1 order by 1 limit ${ROWS_AT_MOST}`.execute(own(ctx))
  const scale = centimetres(point)
  return rows.map(({ bin, value }) => ({ at: bin * BIN_MS, cm: value * scale }))
}

export interface Standing {
  readonly at: number
  readonly cm: number
  /** Ten minutes before. */
  readonly before: number | null
}

const DAY_MS = 24 * HOUR_MS
export const TREND_MS = 10 * 60_000

/** How high the water stands at these points at a moment, by device. */
export async function readStanding(ctx: Context, points: readonly KnownDevice[], at: number): Promise<Map<string, Standing>> {
  const by = new Map(points.map((point) => [levelSeries(point), point]))
  const moment = (ms: number) => new Date(at - ms)
  const { rows } = await sql<{ series: number; at: Date; value: number; before: number | null }>`
    select s.series, l.at, l.value, b.value as before from unnest(${[...by.keys()]}::int[]) as s (series)
      join lateral (select at, value from reading where series = s.series and at <= ${moment(0)} and at > ${moment(DAY_MS)} order by at desc limit 1) l on true
      left join lateral (select value from reading where series = s.series and at <= l.at - interval '10 minutes' and at > ${moment(DAY_MS)} order by at desc limit 1) b on true`.execute(own(ctx))
  return new Map(
    rows.map((row) => {
      const point = by.get(row.series)!
      const scale = centimetres(point)
      return [point.code, { at: +row.at, cm: row.value * scale, before: row.before === null ? null : row.before * scale }]
    }),
  )
}

