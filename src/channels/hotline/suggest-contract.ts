// What the desk offers while the operator types.

import { endpoint, Position, Type, type Static, type TSchema } from '../../kernel/contract.ts'
import { WordsBody } from '../../cases/contract.ts'
import { Category } from '../../registry/contract.ts'

const orNull = <T extends TSchema>(shape: T) => Type.Union([shape, Type.Null()])
const maybe = <T extends TSchema>(shape: T) => Type.Optional(shape)

export const CategoryGuess = Type.Object({ ...Category.properties, score: Type.Number() })
export type CategoryGuess = Static<typeof CategoryGuess>

export const getCategoryGuesses = endpoint({
  method: 'GET',
  path: '/api/hotline/suggest/categories',
  permit: 'hotline.desk',
  summary: { zh: '按描述推荐类别，至多九个', en: 'Categories for words, at most nine' },
  query: Type.Object({ text: Type.String({ maxLength: 2000 }), component: maybe(Type.String({ maxLength: 60 })) }),
  reply: Type.Object({ items: Type.Array(CategoryGuess) }),
})

export const SPOT_KINDS = ['door', 'place', 'road', 'component', 'cell'] as const

export const Spot = Type.Object({
  kind: Type.Enum([...SPOT_KINDS]),
  name: Type.String(),
  within: WordsBody,
  position: Position,
  /** Of a component. */
  code: orNull(Type.String()),
  category: orNull(Type.String()),
})
export type Spot = Static<typeof Spot>

export const getSpots = endpoint({
  method: 'GET',
  path: '/api/hotline/suggest/places',
  permit: 'hotline.desk',
  summary: { zh: '按地名、门牌、部件码、网格码推荐位置', en: 'Places by name, door, component or cell' },
  query: Type.Object({ text: Type.String({ minLength: 1, maxLength: 100 }) }),
  reply: Type.Object({ items: Type.Array(Spot) }),
})

export const ArticleFound = Type.Object({
  id: Type.String(),
  version: Type.Integer(),
  question: Type.String(),
  answer: Type.String(),
  category: orNull(Type.String()),
  source: Type.String(),
  validTo: orNull(Type.String()),
  used: Type.Integer(),
})
export type ArticleFound = Static<typeof ArticleFound>

export const getAnswers = endpoint({
  method: 'GET',
  path: '/api/hotline/suggest/answers',
  permit: 'hotline.desk',
  summary: { zh: '知识库答案，至多九条', en: 'Answers of the knowledge base, at most nine' },
  query: Type.Object({
    text: Type.String({ maxLength: 2000 }),
    /** A prefix of the region in which the caller asks. */
    region: maybe(Type.String({ maxLength: 12 })),
    category: maybe(Type.String({ maxLength: 60 })),
  }),
  reply: Type.Object({ items: Type.Array(ArticleFound) }),
})
