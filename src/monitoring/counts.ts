// What came in, counted by the minute, the way it came and what became of it.

import { sql } from 'kysely'
import type { Context } from '../kernel/index.ts'
import { own } from './tables.ts'

const MINUTE_MS = 60_000

/** How late so many came, in milliseconds: all together, and the latest of them. */
export interface Lag {
  n: number
  lagMs: number
  mostLagMs: number
}

export const noLag = (): Lag => ({ n: 0, lagMs: 0, mostLagMs: 0 })
export const lagOf = (ms: number): Lag => ({ n: 1, lagMs: ms, mostLagMs: ms })

/** So many of one minute, way and reason. */
export interface Counted extends Lag {
  readonly at: number
  readonly way: string
  readonly reason: string
}

/** Adds one; what is of the future comes without delay. */
export function addLag(lag: Lag, given: number): void {
  const ms = Math.max(0, given)
  lag.n++
  lag.lagMs += ms
  if (ms > lag.mostLagMs) lag.mostLagMs = ms
}

/** Adds so many to the minute of `now`, its way and its reason ('' for taken); one without delay, if nothing is said of it. */
export function count(counts: Map<string, Counted>, now: number, way: string, reason: string, { n, lagMs, mostLagMs }: Lag = lagOf(0)): void {
  if (n === 0) return
  const at = now - (now % MINUTE_MS)
  const key = `${at} ${way} ${reason}`
  const known = counts.get(key)
  if (!known) {
    counts.set(key, { at, way, reason, n, lagMs, mostLagMs })
    return
  }
  known.n += n
  known.lagMs += lagMs
  known.mostLagMs = Math.max(known.mostLagMs, mostLagMs)
}

export async function writeCounts(ctx: Context, counts: readonly Counted[]): Promise<void> {
  if (counts.length === 0) return
  const of = <K extends keyof Counted>(key: K) => counts.map((each) => each[key])
  await sql`
    insert into reading_intake as i (at, way, reason, n, lag_ms, most_lag_ms)
    select to_timestamp(ms / 1000), way, reason, n, lag_ms, most_lag_ms
      from unnest(${of('at')}::float8[], ${of('way')}::text[], ${of('reason')}::text[], ${of('n')}::bigint[], ${of('lagMs')}::bigint[], ${of('mostLagMs')}::bigint[])
           as t (ms, way, reason, n, lag_ms, most_lag_ms)
     order by 1, 2, 3
    on conflict (at, way, reason) do update set n = i.n + excluded.n, lag_ms = i.lag_ms + excluded.lag_ms,
      most_lag_ms = greatest(i.most_lag_ms, excluded.most_lag_ms)`.execute(own(ctx))
}
