// Public warnings as CAP 1.2, without signing in.

import { endpoint, PageQuery, Type } from '../../kernel/contract.ts'

export { CATEGORIES, CATEGORY_CODES, type Category } from './level.ts'
export { BLANKS } from './words.ts'

export const getCapFeed = endpoint({
  method: 'GET',
  path: '/cap/v1/feed.atom',
  permit: 'anyone',
  limit: 'public-read',
  gives: 'raw',
  summary: { zh: '公众预警索引（Atom，近 7 天）', en: 'Index of public warnings of the last 7 days, as an Atom feed' },
  query: Type.Object({ ...PageQuery, lang: Type.Optional(Type.Enum(['zh', 'en'])) }),
})

export const getCapAlert = endpoint({
  method: 'GET',
  path: '/cap/v1/alerts/:file',
  permit: 'anyone',
  limit: 'public-read',
  gives: 'raw',
  summary: { zh: '一条公众预警（CAP 1.2）', en: 'One public warning as CAP 1.2' },
  params: Type.Object({ file: Type.String({ maxLength: 80, description: 'The identifier with .xml' }) }),
})
