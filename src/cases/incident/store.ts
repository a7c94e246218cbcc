// Cases by place and time, and the trees of what was merged.

import { sql } from 'kysely'
import { locate } from '../../atlas/index.ts'
import type { Position } from '../../kernel/contract.ts'
import { boxAround, type Box, type Context } from '../../kernel/index.ts'
import { districtsOf } from '../scope.ts'
import { lockCase, readCase } from '../store.ts'
import { own, type CaseRow } from '../tables.ts'
import { SPOT, spotsAround } from './spots.ts'

const MOST_NEAR = 200
/** The longest way from a merged case to its root that is followed; each merging of two roots makes it one longer. */
const DEEPEST = 50

export interface Around {
  readonly at: Position
  readonly metres: number
  readonly from: Date
  readonly to: Date
}

/** Cases reported in a span of time in the squares around a place, the newest first. The circle is for the caller to draw. */
export async function casesAround(ctx: Context, { at, metres, from, to }: Around): Promise<CaseRow[]> {
  const spots = spotsAround(at, metres)
  const parts = (await districtsAround(ctx, at, metres)).map(
    (district) => sql`
      (select * from (
         select c.* from case_file c
          where c.district = ${district} and c.lng is not null and ${SPOT} = any(${spots}::float8[])
            and c.reported_at between ${from} and ${to}
         -- Collected before it is put in order: else the order would lead through all reports of the time.
         offset 0) c
        order by c.reported_at desc limit ${MOST_NEAR})`,
  )
  if (parts.length === 0) return []
  const { rows } = await sql<CaseRow>`${sql.join(parts, sql` union all `)}`.execute(ctx.db)
  return rows
}

/** The districts into which a circle reaches: as a rule one, at a border two or three. */
async function districtsAround(ctx: Context, at: Position, metres: number): Promise<string[]> {
  const [west, south, east, north] = boxAround(at, metres)
  const corners: Position[] = [at, [west, south], [west, north], [east, south], [east, north]]
  const places = await Promise.all(corners.map((corner) => locate(ctx, corner)))
  return [...new Set(places.flatMap((place) => place?.district ?? []))]
}

/** Of a district, what is needed to see storms in the reports since a moment. */
export async function arrivalsSince(ctx: Context, district: string, from: Date) {
  const { rows } = await sql<Pick<CaseRow, 'number' | 'category' | 'description' | 'address' | 'reportedAt'> & { lng: number; lat: number; collector: string | null }>`
    select c.number, c.category, c.description, c.address, c.reported_at, c.lng, c.lat,
           case c.source when 'collector' then c.reporter_id end as collector
      from case_file c
     where c.district = ${district} and c.reported_at >= ${from} and c.reported_at <= ${ctx.now} and c.lng is not null
       and c.outcome not in ('answered', 'void')
     order by c.reported_at limit 20000`.execute(ctx.db)
  return rows
}

/** How many cases of some classes were reported in a district in a span of time, in a box or all over. */
export async function countReports(ctx: Context, district: string, categories: readonly string[], from: Date, to: Date, box?: Box): Promise<number> {
  const inBox = box ? sql`and c.lng between ${box[0]} and ${box[2]} and c.lat between ${box[1]} and ${box[3]}` : sql``
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from case_file c
     where c.district = ${district} and c.category = any(${categories as string[]}::text[])
       and c.reported_at >= ${from} and c.reported_at < ${to} ${inBox}`.execute(ctx.db)
  return rows[0]!.n
}

/** Descriptions of the newest reports, from which the rarity of words is learnt. */
export async function newestDescriptions(ctx: Context, most: number): Promise<string[]> {
  const found: string[] = []
  for (const district of await districtsOf(ctx)) {
    const { rows } = await sql<{ description: string }>`
      select c.description from case_file c where c.district = ${district} order by c.reported_at desc limit ${most}`.execute(ctx.db)
    found.push(...rows.map(({ description }) => description))
  }
  return found
}

/** Cases by their numbers, whichever districts they lie in. */
export async function readCases(ctx: Context, numbers: readonly string[]): Promise<CaseRow[]> {
  const found: CaseRow[] = []
  for (const [district, some] of Map.groupBy(numbers, (number) => number.slice(0, 6))) {
    found.push(...(await own(ctx).selectFrom('caseFile').selectAll().where('district', '=', district).where('number', 'in', some).execute()))
  }
  return found
}

/** Each case with its root: itself where it was merged into nothing. */
export async function rootsOf(ctx: Context, rows: readonly CaseRow[]): Promise<Map<CaseRow, CaseRow>> {
  const known = new Map(rows.map((row) => [row.number, row]))
  for (let depth = 0, open = rows; depth < DEEPEST; depth++) {
    const wanted = new Set(open.flatMap(({ mergedInto }) => (mergedInto && !known.has(mergedInto) ? [mergedInto] : [])))
    if (wanted.size === 0) break
    open = await readCases(ctx, [...wanted])
    for (const row of open) known.set(row.number, row)
  }
  return new Map(rows.map((row) => [row, rootIn(known, row)]))
}

function rootIn(known: ReadonlyMap<string, CaseRow>, row: CaseRow): CaseRow {
  let root = row
  for (let depth = 0; root.mergedInto !== null && depth < DEEPEST; depth++) root = known.get(root.mergedInto) ?? root
  return root
}

/** The cases on the way from one to its root, that one first, the root last; held until the transaction ends where `lock` is set. */
export async function wayToRoot(ctx: Context, number: string, lock = false): Promise<CaseRow[]> {
  const way: CaseRow[] = []
  for (let next: string | null = number; next !== null && way.length < DEEPEST; ) {
    const row: CaseRow | undefined = await one(ctx, next, lock)
    if (!row) break
    way.push(row)
    next = row.mergedInto
  }
  return way
}

/** The case that goes on in place of one that was merged; the case itself where it was not. */
export const rootOf = async (ctx: Context, row: CaseRow): Promise<CaseRow> =>
  row.mergedInto === null ? row : ((await wayToRoot(ctx, row.number)).at(-1) ?? row)

const one = (ctx: Context, number: string, lock: boolean) => (lock ? lockCase : readCase)(ctx, { number, district: number.slice(0, 6) })

/** What was merged into these, directly. */
export async function mergedInto(ctx: Context, numbers: readonly string[], most: number): Promise<CaseRow[]> {
  const found: CaseRow[] = []
  for (const district of await districtsOf(ctx)) {
    if (found.length >= most) break
    found.push(
      ...(await own(ctx)
        .selectFrom('caseFile')
        .selectAll()
        .where('district', '=', district)
        .where('mergedInto', 'in', numbers as string[])
        .orderBy('number')
        .limit(most - found.length)
        .execute()),
    )
  }
  return found
}

/** All that was merged into a case, level by level, at most so many. */
export async function treeBelow(ctx: Context, root: string, most: number): Promise<CaseRow[]> {
  const found: CaseRow[] = []
  for (let level: string[] = [root]; level.length > 0 && found.length < most; ) {
    const next = await mergedInto(ctx, level, most - found.length)
    found.push(...next)
    level = next.map(({ number }) => number)
  }
  return found
}
