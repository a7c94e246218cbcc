import { sql } from 'kysely'
import type { Context } from '../kernel/index.ts'
import { LATE } from './gate.ts'
import { seriesOf } from './series.ts'
import { own, type Metric } from './tables.ts'

export interface Latest {
  readonly series: number
  readonly at: Date
  readonly value: number
  readonly flags: number
}

/** The latest reading of each of these series, by series. */
export async function latestOf(ctx: Context, series: readonly number[]): Promise<Map<number, Latest>> {
  // As one text: a hundred thousand of them are read in half the time of as many rows.
  const { rows } = await sql<{ found: [number, number, number, number][] }>`
    select coalesce(json_agg(json_build_array(series, (extract(epoch from at) * 1000)::bigint, value, flags)), '[]') as found
      from reading_latest where series = any(${series as number[]}::int[])`.execute(own(ctx))
  return new Map(rows[0]!.found.map(([of, at, value, flags]) => [of, { series: of, at: new Date(at), value, flags }]))
}

/** No reading for so many periods is silence. */
export const SILENT_PERIODS = 3

/** The latest readings of one device as they are shown, and whether one of its metrics is silent. */
export function sayLatest(device: number, metrics: readonly Metric[], known: ReadonlyMap<number, Latest>, now: Date) {
  const latest = metrics.flatMap(({ no, code }) => {
    const found = known.get(seriesOf(device, no))
    return found ? [{ metric: code, at: found.at.toISOString(), value: found.value, late: (found.flags & LATE) > 0 }] : []
  })
  const silent = metrics.some(({ no, period }) => isSilent(known.get(seriesOf(device, no)), period, now))
  return { latest, silent }
}

export const isSilent = (latest: Pick<Latest, 'at'> | undefined, period: number, now: Date): boolean =>
  latest === undefined || +now - +latest.at > SILENT_PERIODS * period * 1000
