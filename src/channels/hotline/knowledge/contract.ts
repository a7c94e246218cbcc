// 知识库: answers that end a call at once, written by one person and let out by another.

import { endpoint, Moment, page, PageQuery, Type, type Static, type TSchema, type Words } from '../../../kernel/contract.ts'

const orNull = <T extends TSchema>(shape: T) => Type.Union([shape, Type.Null()])
const maybe = <T extends TSchema>(shape: T) => Type.Optional(shape)
const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })

export const ARTICLE_STATES = ['draft', 'review', 'published', 'withdrawn', 'replaced'] as const
export type ArticleState = (typeof ARTICLE_STATES)[number]

export const ARTICLE_STATE_WORDS: Readonly<Record<ArticleState, Words>> = {
  draft: { zh: '草稿', en: 'Draft' },
  review: { zh: '待审核', en: 'In review' },
  published: { zh: '已发布', en: 'Published' },
  withdrawn: { zh: '已下架', en: 'Withdrawn' },
  replaced: { zh: '旧版', en: 'Replaced' },
}

export const ArticleBody = Type.Object({
  question: Type.String({ minLength: 4, maxLength: 200 }),
  answer: Type.String({ minLength: 4, maxLength: 4000 }),
  /** A category, or the beginning of one. */
  category: maybe(Type.String({ maxLength: 60 })),
  /** A prefix of regions; '' for the whole city. */
  region: maybe(Type.String({ maxLength: 12 })),
  keywords: maybe(Type.Array(Type.String({ minLength: 1, maxLength: 30 }), { maxItems: 20 })),
  validFrom: maybe(Day),
  validTo: maybe(Day),
  source: Type.String({ minLength: 2, maxLength: 200 }),
})
export type ArticleBody = Static<typeof ArticleBody>

export const Article = Type.Object({
  id: Type.String(),
  version: Type.Integer(),
  state: Type.Enum([...ARTICLE_STATES]),
  question: Type.String(),
  answer: Type.String(),
  category: orNull(Type.String()),
  region: Type.String(),
  keywords: Type.Array(Type.String()),
  validFrom: orNull(Day),
  validTo: orNull(Day),
  source: Type.String(),
  author: Type.String(),
  /** Whether the caller of this question wrote it, and so may not let it out. */
  mine: Type.Boolean(),
  writtenAt: Moment,
  reviewer: orNull(Type.String()),
  reviewedAt: orNull(Moment),
  remark: orNull(Type.String()),
  used: Type.Integer(),
  useless: Type.Integer(),
})
export type Article = Static<typeof Article>

export const getArticles = endpoint({
  method: 'GET',
  path: '/api/knowledge/articles',
  permit: 'knowledge.edit',
  summary: { zh: '知识条目', en: 'Articles' },
  query: Type.Object({ ...PageQuery, state: maybe(Type.Enum([...ARTICLE_STATES])), text: maybe(Type.String({ maxLength: 100 })) }),
  reply: page(Article),
})

const Id = Type.Object({ id: Type.String({ format: 'uuid' }) })

export const getArticle = endpoint({
  method: 'GET',
  path: '/api/knowledge/articles/:id',
  permit: 'knowledge.edit',
  summary: { zh: '一条知识及其各版', en: 'An article with its versions, newest first' },
  params: Id,
  reply: Type.Object({ versions: Type.Array(Article) }),
})

export const postArticle = endpoint({
  method: 'POST',
  path: '/api/knowledge/articles',
  permit: 'knowledge.edit',
  summary: { zh: '新建知识条目', en: 'Write an article' },
  body: ArticleBody,
  reply: Article,
})

/** Changes the draft; of what is published a new version begins. */
export const putArticle = endpoint({
  method: 'PUT',
  path: '/api/knowledge/articles/:id',
  permit: 'knowledge.edit',
  summary: { zh: '修改知识条目', en: 'Change an article' },
  params: Id,
  body: Type.Object({ ...ArticleBody.properties, version: Type.Integer({ description: 'The version that was read' }) }),
  reply: Article,
})

export const ARTICLE_ACTS = ['submit', 'publish', 'send-back', 'withdraw'] as const
export type ArticleAct = (typeof ARTICLE_ACTS)[number]

export const postArticleAct = endpoint({
  method: 'POST',
  path: '/api/knowledge/articles/:id/acts',
  permit: 'knowledge.edit',
  summary: { zh: '提交审核、发布、退回、下架', en: 'Submit, publish, send back, withdraw' },
  params: Id,
  body: Type.Object({
    act: Type.Enum([...ARTICLE_ACTS]),
    version: Type.Integer(),
    remark: maybe(Type.String({ maxLength: 500 })),
  }),
  reply: Article,
})

export const postUseless = endpoint({
  method: 'POST',
  path: '/api/knowledge/articles/:id/useless',
  permit: 'hotline.desk',
  summary: { zh: '没帮上', en: 'It did not help' },
  params: Id,
  reply: Type.Object({ useless: Type.Integer() }),
})
