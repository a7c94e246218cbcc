import { sql } from 'kysely'
import type { Context } from '../kernel/index.ts'

/** The months ('YYYYMM') from `newest` back to `oldest`, in pieces that grow: 1, 1, 2, 4, 8 … months. */
export function* monthsBack(newest: Date, oldest: Date | undefined): Generator<string[]> {
  if (!oldest) return
  // A day around midnight may stand under either month, so one month more on each side costs little and misses nothing.
  const first = monthIndex(newest) + (newest.getUTCDate() > 27 ? 1 : 0)
  const last = monthIndex(oldest) - (oldest.getUTCDate() < 3 ? 1 : 0)
  let size = 1
  for (let from = first; from >= last; ) {
    const to = Math.max(last, from - size + 1)
    yield Array.from({ length: from - to + 1 }, (_, i) => monthText(from - i))
    if (from !== first) size *= 2
    from = to - 1
  }
}

const monthIndex = (at: Date): number => at.getUTCFullYear() * 12 + at.getUTCMonth()
const monthText = (index: number): string => `${Math.floor(index / 12)}${String((index % 12) + 1).padStart(2, '0')}`

/** When the oldest case was reported; undefined where there is none. */
export async function oldestMonth(ctx: Context, districts: readonly string[]): Promise<Date | undefined> {
  if (districts.length === 0) return undefined
  const parts = districts.map((district) => sql`(select min(reported_at) as at from case_file where district = ${district})`)
  const { rows } = await sql<{ at: Date | null }>`select min(at) as at from (${sql.join(parts, sql` union all `)}) m`.execute(ctx.db)
  return rows[0]?.at ?? undefined
}
