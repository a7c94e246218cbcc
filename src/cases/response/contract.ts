// Emergency responses over the wire.

import { endpoint, Moment, page, PageQuery, Position, Type, type Static, type TSchema } from '../../kernel/contract.ts'
import { NumberParams } from '../shapes.ts'
import { HOWS, MARKS, PROFILE_CODES } from './profile.ts'

export * from './profile.ts'

const orNull = <T extends TSchema>(shape: T) => Type.Union([shape, Type.Null()])
const WordsBody = Type.Object({ zh: Type.String(), en: Type.String() })
const Key = Type.Object({ district: Type.String({ pattern: '^\\d{6}$' }), id: Type.String({ format: 'uuid' }) })

export const MarkBody = Type.Object({
  mark: Type.Enum([...MARKS]),
  words: WordsBody,
  /** Null where the profile sets no limit. */
  dueAt: orNull(Moment),
  at: orNull(Moment),
  how: orNull(Type.Enum([...HOWS])),
  /** What was said, where the device measured something else. */
  claimedAt: orNull(Moment),
  late: Type.Boolean(),
})
export type MarkBody = Static<typeof MarkBody>

export const ResponseBody = Type.Object({
  id: Type.String(),
  district: Type.String(),
  number: Type.String(),
  profile: Type.String(),
  words: WordsBody,
  responder: Type.Object({ id: Type.String(), name: Type.String() }),
  position: Position,
  geofenceMetres: Type.Integer(),
  /** What the case is about. */
  title: WordsBody,
  address: orNull(Type.String()),
  note: orNull(Type.String()),
  orderedAt: Moment,
  orderedBy: Type.String(),
  marks: Type.Array(MarkBody),
  seenAt: orNull(Moment),
  seenMetres: orNull(Type.Number()),
  /** When the responder will be there, if it goes on so. */
  expectedAt: orNull(Moment),
  endedAt: orNull(Moment),
  result: orNull(Type.String()),
})
export type ResponseBody = Static<typeof ResponseBody>

export const ResponderChoice = Type.Object({
  id: Type.String(),
  name: Type.String(),
  metres: orNull(Type.Number()),
  onDuty: Type.Boolean(),
  running: Type.Boolean(),
})
export type ResponderChoice = Static<typeof ResponderChoice>

export const getResponders = endpoint({
  method: 'GET',
  path: '/api/cases/:number/responders',
  permit: 'case.dispatch',
  summary: { zh: '可派的应急人员，最近的在前', en: 'Who could be sent, the nearest first' },
  params: NumberParams,
  reply: Type.Object({ items: Type.Array(ResponderChoice) }),
})

export const ResponseOrder = Type.Object({
  profile: Type.Enum([...PROFILE_CODES]),
  responders: Type.Array(Type.String({ format: 'uuid' }), { minItems: 1, maxItems: 20 }),
  geofenceMetres: Type.Optional(Type.Integer({ minimum: 10, maximum: 500 })),
  note: Type.Optional(Type.String({ maxLength: 500 })),
})
export type ResponseOrder = Static<typeof ResponseOrder>

export const postResponses = endpoint({
  method: 'POST',
  path: '/api/cases/:number/responses',
  permit: 'case.dispatch',
  summary: { zh: '发起应急响应', en: 'Send people to a case against an emergency clock' },
  params: NumberParams,
  body: ResponseOrder,
  reply: Type.Object({ items: Type.Array(ResponseBody) }),
})

export const getCaseResponses = endpoint({
  method: 'GET',
  path: '/api/cases/:number/responses',
  permit: 'case.read',
  summary: { zh: '案件的应急响应', en: 'The responses to a case' },
  params: NumberParams,
  reply: Type.Object({ items: Type.Array(ResponseBody) }),
})

export const getResponses = endpoint({
  method: 'GET',
  path: '/api/responses',
  permit: 'case.read',
  summary: { zh: '应急响应列表，新的在前', en: 'Responses, newest first' },
  query: Type.Object({
    running: Type.Optional(Type.Boolean()),
    profile: Type.Optional(Type.Enum([...PROFILE_CODES])),
    from: Type.Optional(Moment),
    to: Type.Optional(Moment),
    ...PageQuery,
  }),
  reply: page(ResponseBody),
})

/** Of one mark over a period: how many came, how many in time, how many were measured, and how long they took. */
export const MarkFigures = Type.Object({
  mark: Type.Enum([...MARKS]),
  words: WordsBody,
  minutes: orNull(Type.Number()),
  came: Type.Integer(),
  measured: Type.Integer(),
  /** Those that came and those whose time is over: a mark that may still come in time is neither. */
  decided: Type.Integer(),
  late: Type.Integer(),
  p50Ms: orNull(Type.Number()),
  p90Ms: orNull(Type.Number()),
})
export type MarkFigures = Static<typeof MarkFigures>

export const getResponseFigures = endpoint({
  method: 'GET',
  path: '/api/responses/figures',
  permit: 'case.read',
  summary: { zh: '应急响应统计', en: 'Responses counted: by profile and mark, over at most 20,000 of them' },
  query: Type.Object({ from: Type.Optional(Moment), to: Type.Optional(Moment) }),
  reply: Type.Object({
    more: Type.Boolean(),
    items: Type.Array(
      Type.Object({
        profile: Type.String(),
        words: WordsBody,
        responses: Type.Integer(),
        running: Type.Integer(),
        marks: Type.Array(MarkFigures),
      }),
    ),
  }),
})

const RESPOND = 'case.respond'

export const getMyResponses = endpoint({
  method: 'GET',
  path: '/api/responses/mine',
  permit: RESPOND,
  summary: { zh: '派给我的应急任务', en: 'My running emergency orders' },
  reply: Type.Object({ items: Type.Array(ResponseBody), now: Moment }),
})

/** Sent by the page itself when the order reaches the device. */
export const putReceipt = endpoint({
  method: 'PUT',
  path: '/api/responses/:district/:id/receipt',
  permit: RESPOND,
  repeatable: true,
  summary: { zh: '设备收到应急任务', en: 'The device has the order' },
  params: Key,
  reply: ResponseBody,
})

/** For responders whose page is not the collector's; that one tells its position anyway. */
export const putResponderPosition = endpoint({
  method: 'PUT',
  path: '/api/responses/position',
  permit: RESPOND,
  repeatable: true,
  summary: { zh: '应急途中报告位置', en: 'Tell where I am while I respond' },
  body: Type.Object({ position: Position, accuracy: Type.Optional(Type.Number({ minimum: 0 })) }),
  reply: Type.Object({ running: Type.Integer() }),
})

export const postMark = endpoint({
  method: 'POST',
  path: '/api/responses/:district/:id/marks',
  permit: RESPOND,
  summary: { zh: '手工标记节点（设备未实测时）', en: 'Say that a mark has come, where the device did not measure it' },
  params: Key,
  body: Type.Object({ mark: Type.Enum([...MARKS]) }),
  reply: ResponseBody,
})

export const postCancel = endpoint({
  method: 'POST',
  path: '/api/responses/:district/:id/cancel',
  permit: 'case.dispatch',
  summary: { zh: '撤回应急任务', en: 'Call somebody off' },
  params: Key,
  reply: ResponseBody,
})
