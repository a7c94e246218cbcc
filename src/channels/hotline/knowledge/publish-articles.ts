// Articles that come reviewed from elsewhere: an older knowledge base, or the demo city's.

import { randomUUIDv7 } from 'node:crypto'
import type { Context } from '../../../kernel/index.ts'
import { own, type ArticleRow } from '../tables.ts'
import type { ArticleBody } from './contract.ts'
import { indexArticles } from './store.ts'

export interface GivenArticle extends ArticleBody {
  readonly author: string
  readonly reviewer: string
}

const AT_ONCE = 500

/** Publishes articles as they are, with the names of those who wrote and reviewed them. */
export async function publishArticles(ctx: Context, given: readonly GivenArticle[]): Promise<void> {
  for (let from = 0; from < given.length; from += AT_ONCE) {
    const rows = given.slice(from, from + AT_ONCE).map((article) => rowOf(ctx, article))
    await own(ctx).insertInto('articleVersion').values(rows).execute()
    await indexArticles(ctx, rows)
  }
}

const rowOf = ({ now }: Context, { author, reviewer, ...article }: GivenArticle): ArticleRow => ({
  id: randomUUIDv7(),
  version: 1,
  state: 'published',
  question: article.question,
  answer: article.answer,
  category: article.category ?? null,
  region: article.region ?? '',
  keywords: [...(article.keywords ?? [])],
  validFrom: article.validFrom ?? null,
  validTo: article.validTo ?? null,
  source: article.source,
  authorId: `given:${author}`,
  authorName: author,
  writtenAt: now,
  reviewerId: `given-review:${reviewer}`,
  reviewerName: reviewer,
  reviewedAt: now,
  remark: null,
})
