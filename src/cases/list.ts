// Lists of cases, newest report first.

import { sql, type RawBuilder } from 'kysely'
import { cursorOf, keyOf, type Context } from '../kernel/index.ts'
import type { CaseFilter } from './contract.ts'
import { conditionsOf, withOpen } from './filter.ts'
import { daysAround, monthsBetween, oldestReport, spansBack, type Span } from './months.ts'
import type { CaseKey } from './number.ts'
import { inPiece, piecesOf, type Piece } from './pieces.ts'
import { textTooShort } from './problems.ts'
import { narrow, reachAll, reachOf, sees, startsWith, type Reach } from './scope.ts'
import { monthWord, tailWord, wordsOf } from './search-words.ts'
import { readCase } from './store.ts'
import type { CaseRow } from './tables.ts'

export interface CaseList {
  readonly rows: CaseRow[]
  /** Where the list goes on. A page may be short, even empty, and yet have a next one: the search stopped to answer in time. */
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

interface Wanted {
  readonly reach: Reach
  readonly pieces: readonly Piece[]
  readonly filter: CaseFilter
  readonly conditions: readonly RawBuilder<boolean>[]
  readonly cursor: string | undefined
  readonly limit: number
}

interface Found {
  readonly rows: CaseRow[]
  /** The moment back to which was searched, where that was not all the way. */
  readonly until?: Date
}

async function list(ctx: Context, whole: Reach, asked: CaseFilter, { cursor, limit = 50 }: PageOf): Promise<CaseList> {
  const filter = await withOpen(ctx, asked)
  const number = filter.number?.replaceAll(' ', '') ?? ''
  const reach = narrow(whole, filter.region ?? '')
  const conditions = [...conditionsOf(filter), ...(cursor ? [behind(cursor)] : [])]
  const wanted = { reach, pieces: await piecesOf(ctx, reach, filter.unit), filter, conditions, cursor, limit: limit + 1 }
  const { rows, until } = await find(ctx, wanted, number)
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  if (rows.length > limit && last) return { rows: shown, next: cursorOf([last.reportedAt.toISOString(), last.number]) }
  return { rows: shown, next: until ? cursorOf([until.toISOString(), '']) : null }
}

function behind(cursor: string): RawBuilder<boolean> {
  const [reportedAt, number] = keyOf(cursor, 'moment', 'text')
  return sql<boolean>`(c.reported_at, c.number) < (${reportedAt}::timestamptz, ${number})`
}

async function find(ctx: Context, wanted: Wanted, number: string): Promise<Found> {
  const { filter } = wanted
  if (number) return { rows: await byNumber(ctx, wanted, number) }
  if (filter.text?.trim()) return byText(ctx, wanted, filter.text)
  if (filter.open) return { rows: await select(ctx, wanted, { fenced: true }) }
  if (wanted.pieces.some(({ unit }) => unit !== undefined) || !isSparse(wanted)) return { rows: await select(ctx, wanted) }
  return bySpans(ctx, wanted)
}

/** Whether so few cases may fit that the index in the order of the list would be read far back for them. */
const isSparse = ({ filter, reach }: Wanted): boolean =>
  [filter.state, filter.lamp, filter.source, filter.category, filter.unit, filter.component, filter.having].some(Boolean) ||
  filter.open !== undefined ||
  (filter.region?.length ?? 0) > 6 ||
  reach.scopes.some(({ region, unit, category }) => region.length > 6 || unit !== '' || category !== '')

async function byNumber(ctx: Context, wanted: Wanted, number: string): Promise<CaseRow[]> {
  if (number.length >= 6) {
    const pieces = wanted.pieces.filter(({ district }) => district === number.slice(0, 6))
    const more = number.length === 20 ? sql<boolean>`c.number = ${number}` : startsWith('number', number)
    const found = await select(ctx, { ...wanted, pieces }, { more: [more] })
    if (found.length > 0 || number.length > 6) return found
  }
  // Six digits that begin no number, or fewer: the end of one, as people read it to each other.
  return select(ctx, wanted, { join: searched([tailWord(number.padStart(6, '0'))]), fenced: true })
}

/** Words of cases of a span of time, then of the span before, so that a word that is everywhere is never collected whole. */
async function byText(ctx: Context, wanted: Wanted, text: string): Promise<Found> {
  const words = wordsOf(text)
  if (words.length === 0) throw textTooShort()
  return bySpans(ctx, wanted, (span) => ({ join: searched(words, daysAround(span)), fenced: true }))
}

/** From span to span back in time, until a page is full or the time is up. */
async function bySpans(ctx: Context, wanted: Wanted, how: (span: Span) => Select = () => ({})): Promise<Found> {
  const began = performance.now()
  const rows: CaseRow[] = []
  let until: Date | undefined
  for (const span of spansBack(...(await bounds(ctx, wanted)))) {
    const spent = performance.now() - began
    if (until && spent > (rows.length > 0 ? PATIENCE_MS.some : PATIENCE_MS.none)) return { rows, until }
    const more = [sql<boolean>`c.reported_at >= ${span[0]} and c.reported_at < ${span[1]}`]
    rows.push(...(await select(ctx, wanted, { ...how(span), more, limit: wanted.limit - rows.length })))
    if (rows.length >= wanted.limit) break
    until = span[0]
  }
  return { rows }
}

async function bounds(ctx: Context, { filter, cursor, reach }: Wanted): Promise<[newest: Date, oldest: Date | undefined]> {
  const newest = cursor ? new Date(+new Date(keyOf(cursor, 'moment', 'text')[0]!) + 1) : filter.to ? new Date(filter.to) : new Date(+ctx.now + DAY_MS)
  return [newest, filter.from ? new Date(filter.from) : await oldestReport(ctx, reach.districts)]
}

const DAY_MS = 86_400_000
/** A page that has something is shown after the first, one that has nothing after the second. */
const PATIENCE_MS = { some: 25, none: 200 }

function searched(words: readonly string[], days?: readonly [string, string]): RawBuilder<unknown> {
  const marks = days && monthsBetween(...days).map(monthWord)
  const inDays = days ? sql`and s.words && ${marks}::text[] and substr(s.number, 7, 8) between ${days[0]} and ${days[1]}` : sql``
  return sql`join case_search s on s.number = c.number and s.district = c.district and s.words @> ${words as string[]}::text[] ${inDays}`
}

interface Select {
  readonly more?: readonly RawBuilder<boolean>[]
  readonly join?: RawBuilder<unknown>
  readonly limit?: number
  /** Collects the few that fit before it puts them in order: otherwise the order leads through all that do not. */
  readonly fenced?: boolean
}

/** The newest of all pieces' newest: one statement, of which each part reads one district. */
async function select(ctx: Context, wanted: Wanted, { more = [], join = sql``, limit = wanted.limit, fenced = false }: Select = {}): Promise<CaseRow[]> {
  const { pieces, reach, conditions } = wanted
  if (pieces.length === 0) return []
  const parts = pieces.map((piece) => {
    const where = sql.join([inPiece(piece, reach), ...conditions, ...more], sql` and `)
    const some = sql`select c.* from case_file c ${join} where ${where}`
    return sql`(select * from (${some} ${fenced ? sql`offset 0` : sql``}) c order by c.reported_at desc, c.number desc limit ${limit})`
  })
  const { rows } = await sql<CaseRow>`
    select * from (${sql.join(parts, sql` union all `)}) c order by c.reported_at desc, c.number desc limit ${limit}`.execute(ctx.db)
  return rows
}
