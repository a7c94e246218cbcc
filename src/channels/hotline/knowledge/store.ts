import { sql } from 'kysely'
import { getCityFacts, regionPrefix } from '../../../atlas/index.ts'
import { cursorOf, keyOf, scopesOf, wallDay, type Context } from '../../../kernel/index.ts'
import { own, type ArticleRow } from '../tables.ts'
import type { Article, ArticleState } from './contract.ts'
import { weighWords } from './weigh-words.ts'

type Counted = ArticleRow & { used: number | null; useless: number | null }

export const show = (ctx: Context, row: Counted): Article => ({
  id: row.id,
  version: row.version,
  state: row.state,
  question: row.question,
  answer: row.answer,
  category: row.category,
  region: row.region,
  keywords: row.keywords,
  validFrom: row.validFrom,
  validTo: row.validTo,
  source: row.source,
  author: row.authorName,
  mine: row.authorId === ctx.actor.id,
  writtenAt: row.writtenAt.toISOString(),
  reviewer: row.reviewerName,
  reviewedAt: row.reviewedAt?.toISOString() ?? null,
  remark: row.remark,
  used: row.used ?? 0,
  useless: row.useless ?? 0,
})

const counted = (ctx: Context) =>
  own(ctx)
    .selectFrom('articleVersion')
    .leftJoin('articleTally', 'articleTally.articleId', 'articleVersion.id')
    .selectAll('articleVersion')
    .select(['articleTally.used', 'articleTally.useless'])

/** Versions of one article, newest first. */
export const readVersions = (ctx: Context, id: string): Promise<Counted[]> =>
  counted(ctx).where('articleVersion.id', '=', id).orderBy('version', 'desc').execute()

/** Holds the newest version until the transaction ends, so that two editors never cross. */
export const lockNewest = (ctx: Context, id: string): Promise<ArticleRow | undefined> =>
  own(ctx).selectFrom('articleVersion').selectAll().where('id', '=', id).orderBy('version', 'desc').limit(1).forUpdate().executeTakeFirst()

export const readPublished = (ctx: Context, id: string): Promise<ArticleRow | undefined> =>
  own(ctx).selectFrom('articleVersion').selectAll().where('id', '=', id).where('state', '=', 'published').executeTakeFirst()

/** The regions whose articles the caller may see: those within a scope. */
const regionsOf = (ctx: Context): string[] => [
  ...new Set(['knowledge.edit', 'knowledge.review'].flatMap((permit) => scopesOf(ctx, permit).map(({ region }) => region))),
]

export interface ArticleQuery {
  readonly state?: ArticleState | undefined
  readonly text?: string | undefined
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
}

/** Articles by their newest version, the one written last first; older versions only where they are asked for by state. */
export async function listVersions(ctx: Context, { state, text, cursor, limit = 50 }: ArticleQuery) {
  const regions = regionsOf(ctx)
  const [at, id] = cursor ? keyOf(cursor, 'moment', 'uuid') : []
  const asked = text?.trim().replaceAll(/[\\%_]/g, '\\$&')
  const rows = await counted(ctx)
    .where((each) => each.or(regions.map((region) => sql<boolean>`starts_with(region, ${region})`)))
    .where(state === undefined ? sql<boolean>`state <> 'replaced'` : sql<boolean>`state = ${state}`)
    .$if(Boolean(asked), (query) => query.where(sql<boolean>`(question ilike ${`%${asked}%`} or answer ilike ${`%${asked}%`})`))
    .$if(at !== undefined, (query) => query.where(sql<boolean>`(written_at, article_version.id) < (${at}::timestamptz, ${id}::uuid)`))
    .orderBy('writtenAt', 'desc')
    .orderBy('articleVersion.id', 'desc')
    .limit(limit + 1)
    .execute()
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return {
    items: items.map((row) => show(ctx, row)),
    next: rows.length > limit && last ? cursorOf([last.writtenAt.toISOString(), last.id]) : null,
  }
}

/** What is published is found by its words; what is not, is not. */
export async function indexArticle(ctx: Context, row: ArticleRow | undefined, id: string): Promise<void> {
  const gone = await own(ctx).deleteFrom('articleWord').where('articleId', '=', id).returning('word').execute()
  await spread(ctx, gone.map(({ word }) => word), -1)
  if (row) await indexArticles(ctx, [row])
}

/** As `indexArticle`, for published articles that are new. */
export async function indexArticles(ctx: Context, rows: readonly ArticleRow[]): Promise<void> {
  const words = rows.flatMap((row) => [...weighWords(row)].map(([word, weight]) => ({ word, id: row.id, weight })))
  await sql`
    insert into article_word (word, article_id, weight)
    select * from unnest(${words.map(({ word }) => word)}::text[], ${words.map(({ id }) => id)}::uuid[], ${words.map(({ weight }) => weight)}::real[])`.execute(own(ctx))
  await spread(ctx, words.map(({ word }) => word), 1)
}

/** Counts in how many articles words stand. In their order, so that two who publish at once never wait for each other in a ring. */
async function spread(ctx: Context, words: readonly string[], by: 1 | -1): Promise<void> {
  if (words.length === 0) return
  await sql`
    insert into article_word_spread as s (word, articles)
    select word, count(*) * ${by}::int from unnest(${words as string[]}::text[]) word group by word order by word
        on conflict (word) do update set articles = s.articles + excluded.articles`.execute(own(ctx))
}

export interface Asked {
  readonly words: readonly string[]
  readonly region: string
  readonly category?: string | undefined
  readonly limit: number
}

export interface Found extends ArticleRow {
  readonly score: number
  readonly used: number | null
}

/** So many of the best are looked at for their dates and regions. */
const RANKED = 60
/** So many places of words are read: the rarest words first, and at least two of them. */
const READ_AT_MOST = 3_000

/** The words of a question that say most: those that stand in few articles. */
async function tellingWords(ctx: Context, words: readonly string[]): Promise<{ word: string; articles: number }[]> {
  const known = await own(ctx)
    .selectFrom('articleWordSpread')
    .selectAll()
    .where('word', 'in', words)
    .where('articles', '>', 0)
    .orderBy('articles')
    .orderBy('word')
    .execute()
  let read = 0
  return known.filter(({ articles }, at) => (read += articles) <= READ_AT_MOST || at < 2)
}

/** Published answers that share words with the question, best first. A rare word says more than one that stands in many articles. */
export async function rankArticles(ctx: Context, { words, region, category, limit }: Asked): Promise<Found[]> {
  const telling = words.length === 0 ? [] : await tellingWords(ctx, words)
  if (telling.length === 0) return []
  const { zone } = await getCityFacts(ctx)
  const today = wallDay(ctx.now, zone)
  const asked = regionPrefix(region)
  const { rows } = await sql<Found>`
    with ranked as (
      select w.article_id, sum(w.weight / (1 + ln(a.articles)))::float8 as score, count(*) as words
        from unnest(${telling.map(({ word }) => word)}::text[], ${telling.map(({ articles }) => articles)}::int[]) as a (word, articles)
        join article_word w on w.word = a.word
       group by w.article_id
       order by 2 desc, 1 limit ${RANKED}
    )
    select v.*, r.score * case when ${category ?? ''} <> '' and starts_with(${category ?? ''}, v.category) then 1.3 else 1 end as score, t.used
      from ranked r
      join article_version v on v.id = r.article_id and v.state = 'published'
      left join article_tally t on t.article_id = v.id
     where r.words >= least(2, ${words.length})
       and (v.valid_from is null or v.valid_from <= ${today}::date)
       and (v.valid_to is null or v.valid_to >= ${today}::date)
       and (starts_with(${asked}, v.region) or starts_with(v.region, ${asked}))`.execute(own(ctx))
  return rows.toSorted((a, b) => b.score - a.score).slice(0, limit)
}
