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

const ROW_BYTES = 22

/** The latest reading of each of these series, by series. */
export async function latestOf(ctx: Context, series: readonly number[]): Promise<Map<number, Latest>> {
  // As one row of bytes: a hundred thousand of them are read in a quarter of the time of as many rows.
  const { rows } = await sql<{ found: Buffer | null }>`
    select string_agg(int4send(series) || int8send((date_part('epoch', at) * 1000)::bigint) || float8send(value) || int2send(flags), ''::bytea) as found
      from reading_latest where series = any(${series as number[]}::int[])`.execute(own(ctx))
  const bytes = rows[0]?.found ?? Buffer.alloc(0)
  const latest = new Map<number, Latest>()
  for (let from = 0; from < bytes.length; from += ROW_BYTES) {
    const of = bytes.readInt32BE(from)
    const at = new Date(Number(bytes.readBigInt64BE(from + 4)))
    latest.set(of, { series: of, at, value: bytes.readDoubleBE(from + 12), flags: bytes.readInt16BE(from + 20) })
  }
  return latest
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
