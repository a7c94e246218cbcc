import { sql } from 'kysely'
import type { Context } from '../kernel/index.ts'

const DAY_MS = 86_400_000

export type Span = readonly [from: Date, to: Date]

const LONGEST_DAYS = 64

/** The time from `newest` back to `oldest`, in spans of 2, 4, 8 … 64, 64 … days. */
export function* spansBack(newest: Date, oldest: Date | undefined): Generator<Span> {
  if (!oldest) return
  for (let [to, days] = [+newest, 2]; to > +oldest; days = Math.min(days * 2, LONGEST_DAYS)) {
    const from = to - days * DAY_MS
    yield [new Date(from), new Date(to)]
    to = from
  }
}

/** The days ('YYYYMMDD') between which the numbers of a span lie, one more on each side: their zone is not that of UTC. */
export const daysAround = ([from, to]: Span): [first: string, last: string] => [dayText(+from - DAY_MS), dayText(+to + DAY_MS)]

const dayText = (at: number): string => new Date(at).toISOString().slice(0, 10).replaceAll('-', '')

/** The months ('YYYYMM') from that of one day to that of another. */
export function monthsBetween(first: string, last: string): string[] {
  const months: string[] = []
  for (let index = monthIndex(first); index <= monthIndex(last); index++) {
    months.push(`${Math.floor(index / 12)}${String((index % 12) + 1).padStart(2, '0')}`)
  }
  return months
}

const monthIndex = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(4, 6)) - 1

/** When the oldest case was reported; undefined where there is none. */
export async function oldestReport(ctx: Context, districts: readonly string[]): Promise<Date | undefined> {
  if (districts.length === 0) return undefined
  // By its order and not by min(), which over partitions would read every one of them.
  const parts = districts.map(
    (district) => sql`(select reported_at as at from case_file where district = ${district} order by reported_at, number limit 1)`,
  )
  const { rows } = await sql<{ at: Date | null }>`select min(at) as at from (${sql.join(parts, sql` union all `)}) m`.execute(ctx.db)
  return rows[0]?.at ?? undefined
}
