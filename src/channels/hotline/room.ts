import { stream, type Room } from '../../kernel/index.ts'
import { keepCallers } from './callers.ts'
import { endForgotten } from './calls.ts'
import { callMoved } from './events.ts'
import { talliesEqualCalls } from './figures.ts'
import { routes } from './routes.ts'

export default {
  name: 'channels/hotline',
  title: { zh: '接听受理', en: 'Hotline' },
  permits: {
    'hotline.desk': { zh: '接听受理', en: 'Take calls' },
    'hotline.calls': { zh: '通话记录与话务统计', en: 'See calls and the figures of the desk' },
    'hotline.bridge': { zh: '话务平台接入', en: 'Tell of calls, as an exchange' },
    'hotline.orders': { zh: '外部工单接入', en: 'Hand in orders, as another system' },
    'hotline.manage': { zh: '外部系统、类别对照、待甄别', en: 'Keep systems and their categories; sift what is held back' },
    'knowledge.edit': { zh: '编写知识库', en: 'Write the knowledge base' },
    'knowledge.review': { zh: '审核知识库', en: 'Review the knowledge base' },
  },
  tables: {
    phone_key: 'local',
    caller: 'sharded',
    caller_case: 'sharded',
    call: 'sharded',
    call_tally: 'sharded',
    article_version: 'reference',
    article_word: 'reference',
    article_word_spread: 'reference',
    article_tally: 'reference',
    order_system: 'reference',
    order_category: 'reference',
    outside_order: 'sharded',
  },
  migrations: new URL('./migrations/', import.meta.url),
  routes,
  listeners: [keepCallers],
  streams: [
    stream(callMoved, {
      permit: 'hotline.desk',
      place: ({ body }) => ({ region: body.region }),
      show: ({ body: { id, state } }) => ({ id, state }),
    }),
  ],
  jobs: [{ name: 'hotline.end-forgotten', every: 60, run: (ctx) => endForgotten(ctx) }],
  checks: [talliesEqualCalls],
} satisfies Room
