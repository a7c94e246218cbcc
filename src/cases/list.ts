// Lists of cases, newest report first. Each home district is asked apart, so that every part comes in order from an index.

import { sql, type RawBuilder } from 'kysely'
import { cursorOf, keyOf, type Context } from '../kernel/index.ts'
import type { CaseFilter } from './contract.ts'
import { conditionsOf } from './filter.ts'
import type { CaseKey } from './number.ts'
import { textTooShort } from './problems.ts'
import { all, narrow, reachAll, reachOf, sees, startsWith, within, type Reach } from './scope.ts'
import { monthsBack, oldestMonth } from './months.ts'
import { monthWord, tailWord, wordsOf } from './search-words.ts'
import { readCase } from './store.ts'
import type { CaseRow } from './tables.ts'

export interface CaseList {
  readonly rows: CaseRow[]
  readonly next: string | null
}

export interface PageOf {
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
}

/** Cases that the caller sees, newest first. */
export const listCases = async (ctx: Context, filter: CaseFilter, page: PageOf = {}): Promise<CaseList> =>
  list(ctx, await reachOf(ctx, 'case.read'), filter, page)

/** All cases, for channels whose answers are public and hold no personal data. */
export const listPublicCases = async (ctx: Context, filter: CaseFilter, page: PageOf = {}): Promise<CaseList> =>
  list(ctx, await reachAll(ctx), filter, page)

/** A case that the caller sees. */
export async function findCase(ctx: Context, key: CaseKey): Promise<CaseRow | undefined> {
  const row = await readCase(ctx, key)
  return row && sees(ctx, row) ? row : undefined
}

/** Any case, for channels whose answers are public and hold no personal data. */
export const findPublicCase = (ctx: Context, key: CaseKey): Promise<CaseRow | undefined> => readCase(ctx, key)

async function list(ctx: Context, whole: Reach, filter: CaseFilter, { cursor, limit = 50 }: PageOf): Promise<CaseList> {
  const reach = filter.region ? narrow(whole, filter.region) : whole
  const number = filter.number?.replaceAll(' ', '') ?? ''
  const conditions = [...conditionsOf(filter), ...(cursor ? [behind(cursor)] : [])]
  const wanted = { reach, conditions, limit: limit + 1 }
  const rows = number ? await byNumber(ctx, wanted, number) : await byText(ctx, wanted, filter, cursor)
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { rows: shown, next: rows.length > limit && last ? cursorOf([last.reportedAt.toISOString(), last.number]) : null }
}

interface Wanted {
  readonly reach: Reach
  readonly conditions: readonly RawBuilder<boolean>[]
  readonly limit: number
}

function behind(cursor: string): RawBuilder<boolean> {
  const [reportedAt, number] = keyOf(cursor, 2)
  return sql<boolean>`(c.reported_at, c.number) < (${reportedAt}::timestamptz, ${number})`
}

async function byNumber(ctx: Context, wanted: Wanted, number: string): Promise<CaseRow[]> {
  if (number.length >= 6) {
    const found = await select(ctx, narrowed(wanted, number), [number.length === 20 ? sql<boolean>`c.number = ${number}` : startsWith('number', number)])
    if (found.length > 0 || number.length > 6) return found
  }
  // Six digits that begin no number, or fewer: the end of one, as people read it to each other.
  return searched(ctx, wanted, [tailWord(number.padStart(6, '0'))])
}

const narrowed = (wanted: Wanted, number: string): Wanted => ({ ...wanted, reach: narrow(wanted.reach, number.slice(0, 6)) })

async function byText(ctx: Context, wanted: Wanted, filter: CaseFilter, cursor: string | undefined): Promise<CaseRow[]> {
  if (!filter.text?.trim()) return select(ctx, wanted)
  const words = wordsOf(filter.text)
  if (words.length === 0) throw textTooShort()

  // From month to month, until a page is full: a word that is everywhere is never collected whole.
  const newest = cursor ? new Date(keyOf(cursor, 2)[0]!) : filter.to ? new Date(filter.to) : ctx.now
  const oldest = filter.from ? new Date(filter.from) : await oldestMonth(ctx, wanted.reach.districts)
  const rows: CaseRow[] = []
  for (const months of monthsBack(newest, oldest)) {
    rows.push(...(await searched(ctx, { ...wanted, limit: wanted.limit - rows.length }, words, months)))
    if (rows.length >= wanted.limit) break
  }
  return rows
}

function searched(ctx: Context, wanted: Wanted, words: readonly string[], months: readonly string[] = []): Promise<CaseRow[]> {
  const marks = months.map(monthWord)
  const inMonths = marks.length === 0 ? sql`` : sql`and s.words && ${marks}::text[]`
  return select(ctx, wanted, [], sql`join case_search s on s.number = c.number and s.district = c.district
       and s.words @> ${words as string[]}::text[] ${inMonths}`)
}

/** The newest of all districts' newest: one statement, of which each part reads one district. */
async function select(ctx: Context, { reach, conditions, limit }: Wanted, more: RawBuilder<boolean>[] = [], join = sql``): Promise<CaseRow[]> {
  if (reach.districts.length === 0) return []
  const parts = reach.districts.map(
    (district) => sql`(select c.* from case_file c ${join}
        where c.district = ${district} and ${all([within(reach.scopes, district), ...conditions, ...more])}
        order by c.reported_at desc, c.number desc limit ${limit})`,
  )
  const { rows } = await sql<CaseRow>`
    select * from (${sql.join(parts, sql` union all `)}) c order by c.reported_at desc, c.number desc limit ${limit}`.execute(ctx.db)
  return rows
}
