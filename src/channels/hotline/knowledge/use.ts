// Which answers help at the desk, and which do not.

import { sql } from 'kysely'
import type { Context } from '../../../kernel/index.ts'
import { desksOf } from '../figures.ts'
import { articleUnknown } from '../problems.ts'
import { own, type ArticleRow } from '../tables.ts'
import { readPublished } from './store.ts'

/** Counts that a call was ended with this answer. */
export async function useArticle(ctx: Context, id: string): Promise<ArticleRow> {
  const row = await readPublished(ctx, id)
  if (!row) throw articleUnknown()
  await own(ctx)
    .insertInto('articleTally')
    .values({ articleId: id, used: 1, useless: 0, usedAt: ctx.now })
    .onConflict((clash) => clash.column('articleId').doUpdateSet({ used: sql`article_tally.used + 1`, usedAt: ctx.now }))
    .execute()
  return row
}

/** 没帮上: the answer came up and did not help. */
export async function noteUseless(ctx: Context, id: string): Promise<number> {
  const hasDesk = (await desksOf(ctx, 'hotline.desk')).length > 0
  if (!hasDesk || !(await readPublished(ctx, id))) throw articleUnknown()
  const { useless } = await own(ctx)
    .insertInto('articleTally')
    .values({ articleId: id, used: 0, useless: 1, usedAt: null })
    .onConflict((clash) => clash.column('articleId').doUpdateSet({ useless: sql`article_tally.useless + 1` }))
    .returning('useless')
    .executeTakeFirstOrThrow()
  return useless
}
