// Writing, reviewing, publishing and withdrawing articles.

import { randomUUIDv7 } from 'node:crypto'
import { announce, demand, holds, record, type Context } from '../../../kernel/index.ts'
import { articleChanged } from '../events.ts'
import { articleMoved, articleNotThere, articleUnknown, authorReviews, remarkNeeded, validityReversed } from '../problems.ts'
import { own, type ArticleRow } from '../tables.ts'
import { ARTICLE_STATE_WORDS, type Article, type ArticleAct, type ArticleBody } from './contract.ts'
import { ACTS } from './review.ts'
import { indexArticle, lockNewest, readVersions, show } from './store.ts'

const contentOf = ({ question, answer, category, region = '', keywords = [], validFrom, validTo, source }: ArticleBody) => {
  if (validFrom !== undefined && validTo !== undefined && validTo < validFrom) throw validityReversed()
  return {
    question: question.trim(),
    answer: answer.trim(),
    category: category?.trim() || null,
    region,
    keywords: [...new Set(keywords.map((word) => word.trim()).filter(Boolean))],
    validFrom: validFrom ?? null,
    validTo: validTo ?? null,
    source: source.trim(),
  }
}

const UNREVIEWED = { reviewerId: null, reviewerName: null, reviewedAt: null, remark: null } as const

const authorOf = ({ actor, now }: Context) => ({ authorId: actor.id, authorName: actor.name, writtenAt: now })

async function shown(ctx: Context, id: string, version: number): Promise<Article> {
  const rows = await readVersions(ctx, id)
  return show(ctx, rows.find((row) => row.version === version)!)
}

export async function writeArticle(ctx: Context, body: ArticleBody): Promise<Article> {
  demand(ctx, 'knowledge.edit', { region: body.region ?? '' })
  const id = randomUUIDv7()
  const row = { id, version: 1, state: 'draft' as const, ...contentOf(body), ...authorOf(ctx), ...UNREVIEWED }
  await own(ctx).insertInto('articleVersion').values(row).execute()
  record(ctx, 'knowledge.written', id, '', { version: 1, question: row.question })
  return shown(ctx, id, 1)
}

async function lockArticle(ctx: Context, id: string, version: number, permit: string): Promise<ArticleRow> {
  const row = await lockNewest(ctx, id)
  // One that lies outside the caller's regions is answered like one that is not there.
  if (!row || !['knowledge.edit', 'knowledge.review'].some((each) => holds(ctx, each, { region: row.region }))) throw articleUnknown()
  demand(ctx, permit, { region: row.region })
  if (row.version !== version) throw articleMoved()
  return row
}

/** Changes a draft in place; of anything that was let out a new draft begins, and what is published stays until it is replaced. */
export async function changeArticle(ctx: Context, id: string, { version, ...body }: ArticleBody & { version: number }): Promise<Article> {
  const row = await lockArticle(ctx, id, version, 'knowledge.edit')
  demand(ctx, 'knowledge.edit', { region: body.region ?? '' })
  if (row.state === 'review') throw articleNotThere({ state: ARTICLE_STATE_WORDS.review })
  const content = contentOf(body)
  const next = row.state === 'draft' ? row.version : row.version + 1
  if (next === row.version) {
    await own(ctx)
      .updateTable('articleVersion')
      .set({ ...content, ...authorOf(ctx), remark: null })
      .where('id', '=', id)
      .where('version', '=', next)
      .execute()
  } else {
    await own(ctx)
      .insertInto('articleVersion')
      .values({ id, version: next, state: 'draft', ...content, ...authorOf(ctx), ...UNREVIEWED })
      .execute()
  }
  record(ctx, 'knowledge.written', id, '', { version: next, question: content.question })
  return shown(ctx, id, next)
}

export interface Acting {
  readonly act: ArticleAct
  readonly version: number
  readonly remark?: string | undefined
}

/** One act of the review; what is published replaces what was. */
export async function actOnArticle(ctx: Context, id: string, { act, version, remark }: Acting): Promise<Article> {
  const { from, to, permit, byAuthor, needsRemark } = ACTS[act]
  const row = act === 'withdraw' ? await lockPublished(ctx, id, version) : await lockArticle(ctx, id, version, permit)
  if (!from.includes(row.state)) throw articleNotThere({ state: ARTICLE_STATE_WORDS[row.state] })
  if (byAuthor === false && row.authorId === ctx.actor.id) throw authorReviews()
  if (needsRemark && !remark?.trim()) throw remarkNeeded()

  if (act === 'publish') {
    await own(ctx).updateTable('articleVersion').set({ state: 'replaced' }).where('id', '=', id).where('state', '=', 'published').execute()
  }
  const reviewed = permit === 'knowledge.review' && { reviewerId: ctx.actor.id, reviewerName: ctx.actor.name, reviewedAt: ctx.now }
  const after = await own(ctx)
    .updateTable('articleVersion')
    .set({ state: to, remark: remark?.trim() || null, ...(act !== 'withdraw' && reviewed) })
    .where('id', '=', id)
    .where('version', '=', row.version)
    .returningAll()
    .executeTakeFirstOrThrow()
  if (act === 'publish' || act === 'withdraw') await indexArticle(ctx, act === 'publish' ? after : undefined, id)
  record(ctx, `knowledge.${to}`, id, '', { version: row.version, question: row.question, ...(remark?.trim() && { remark: remark.trim() }) })
  announce(ctx, articleChanged, '', { id })
  return shown(ctx, id, row.version)
}

/** The version that is out, although a newer draft may have begun. */
async function lockPublished(ctx: Context, id: string, version: number): Promise<ArticleRow> {
  const row = await own(ctx)
    .selectFrom('articleVersion')
    .selectAll()
    .where('id', '=', id)
    .where('version', '=', version)
    .forUpdate()
    .executeTakeFirst()
  if (!row || !holds(ctx, 'knowledge.edit', { region: row.region })) throw articleUnknown()
  demand(ctx, 'knowledge.review', { region: row.region })
  return row
}

export async function findArticle(ctx: Context, id: string): Promise<{ versions: Article[] }> {
  const rows = await readVersions(ctx, id)
  const seen = rows.filter(({ region }) => ['knowledge.edit', 'knowledge.review'].some((permit) => holds(ctx, permit, { region })))
  if (seen.length === 0) throw articleUnknown()
  return { versions: seen.map((row) => show(ctx, row)) }
}
