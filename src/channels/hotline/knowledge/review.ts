// The life of a version of an article: draft, review, published, withdrawn. Pure.

import type { ArticleAct, ArticleState } from './contract.ts'

interface Act {
  readonly from: readonly ArticleState[]
  readonly to: ArticleState
  readonly permit: 'knowledge.edit' | 'knowledge.review'
  /** 二人审核: whoever wrote the version is refused. */
  readonly byAuthor?: false
  readonly needsRemark?: true
}

export const ACTS: Readonly<Record<ArticleAct, Act>> = {
  submit: { from: ['draft'], to: 'review', permit: 'knowledge.edit' },
  publish: { from: ['review'], to: 'published', permit: 'knowledge.review', byAuthor: false },
  'send-back': { from: ['review'], to: 'draft', permit: 'knowledge.review', byAuthor: false, needsRemark: true },
  withdraw: { from: ['published'], to: 'withdrawn', permit: 'knowledge.review', needsRemark: true },
}

/** What may be done with a version in `state` by someone who holds `permits` and has written it or not. */
export const actsOpen = (state: ArticleState, permits: readonly string[], mine: boolean): ArticleAct[] =>
  (Object.keys(ACTS) as ArticleAct[]).filter((act) => {
    const { from, permit, byAuthor } = ACTS[act]
    return from.includes(state) && permits.includes(permit) && !(mine && byAuthor === false)
  })
