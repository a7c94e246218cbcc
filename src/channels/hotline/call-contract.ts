// Calls: ringing, taken, ended, and what came of them.

import { endpoint, Moment, page, PageQuery, Position, Type, type Static, type TSchema, type Words } from '../../kernel/contract.ts'
import { CaseBrief, CaseNumber } from '../../cases/contract.ts'

const orNull = <T extends TSchema>(shape: T) => Type.Union([shape, Type.Null()])
const maybe = <T extends TSchema>(shape: T) => Type.Optional(shape)
const Phone = Type.String({ maxLength: 30, pattern: '^\\+?[0-9 ()-]{3,30}$' })
const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })
const Note = Type.String({ maxLength: 1000 })

/** A call is to be answered within so many seconds (GB/T 33358: 15 秒接通). */
export const IN_TIME_MS = 15_000

export const CALL_STATES = ['ringing', 'talking', 'ended'] as const
export type CallState = (typeof CALL_STATES)[number]

export const CALL_RESULTS = ['case', 'joined', 'answered', 'nuisance', 'silent', 'other', 'abandoned'] as const
export type CallResult = (typeof CALL_RESULTS)[number]

export const RESULT_WORDS: Readonly<Record<CallResult, Words>> = {
  case: { zh: '已受理', en: 'Case' },
  joined: { zh: '并入在办', en: 'Joined' },
  answered: { zh: '答复即结', en: 'Answered' },
  nuisance: { zh: '骚扰', en: 'Nuisance' },
  silent: { zh: '无声', en: 'Silent' },
  other: { zh: '其他', en: 'Other' },
  abandoned: { zh: '未接', en: 'Missed' },
}

export const Call = Type.Object({
  id: Type.String(),
  state: Type.Enum([...CALL_STATES]),
  /** With its middle covered; null where the number was withheld. */
  masked: orNull(Type.String()),
  rangAt: Moment,
  answeredAt: orNull(Moment),
  endedAt: orNull(Moment),
  operator: orNull(Type.String()),
  /** Whether the caller of this question has it. */
  mine: Type.Boolean(),
  result: orNull(Type.Enum([...CALL_RESULTS])),
  number: orNull(CaseNumber),
  article: orNull(Type.String()),
  note: orNull(Type.String()),
})
export type Call = Static<typeof Call>

// ── The exchange (话务平台)

/** One happening on the line. The exchange's own `id` ties ringing, answer and end together; the same again does nothing. */
export const postCall = endpoint({
  method: 'POST',
  path: '/api/hotline/calls',
  permit: 'hotline.bridge',
  summary: { zh: '话务平台：来电振铃、接通、挂断', en: 'From the exchange: it rings, is answered, is hung up' },
  body: Type.Object({
    id: Type.String({ minLength: 1, maxLength: 80 }),
    event: Type.Enum(['ringing', 'answered', 'ended']),
    number: maybe(Phone),
    /** The account of whoever answered. */
    operator: maybe(Type.String({ maxLength: 64 })),
    /** For a line of one district; the whole city where it is left out. */
    district: maybe(Type.String({ pattern: '^\\d{6}$' })),
    at: maybe(Moment),
  }),
  reply: Type.Object({ id: Type.String(), state: Type.Enum([...CALL_STATES]) }),
})

// ── The desk (接听受理)

export const Figures = Type.Object({
  rang: Type.Integer(),
  answered: Type.Integer(),
  inTime: Type.Integer(),
  waitMs: Type.Integer(),
  talkMs: Type.Integer(),
  results: Type.Record(Type.Enum([...CALL_RESULTS]), Type.Integer()),
})
export type Figures = Static<typeof Figures>

export const getDesk = endpoint({
  method: 'GET',
  path: '/api/hotline/desk',
  permit: 'hotline.desk',
  summary: { zh: '来电、正在接听的通话、今日情况', en: 'Calls that ring, the call I have, the figures of today' },
  reply: Type.Object({ ringing: Type.Array(Call), mine: Type.Array(Call), today: Figures }),
})

export const postDeskCall = endpoint({
  method: 'POST',
  path: '/api/hotline/desk/calls',
  permit: 'hotline.desk',
  summary: { zh: '无话务平台时登记一次接听', en: 'A call taken where no exchange tells of it' },
  body: Type.Object({ number: maybe(Phone) }),
  reply: Call,
})

const CallParams = Type.Object({ id: Type.String({ format: 'uuid' }) })

export const postAnswer = endpoint({
  method: 'POST',
  path: '/api/hotline/desk/calls/:id/answer',
  permit: 'hotline.desk',
  summary: { zh: '接听', en: 'Answer a call that rings' },
  params: CallParams,
  reply: Call,
})

export const putCallNumber = endpoint({
  method: 'PUT',
  path: '/api/hotline/desk/calls/:id/number',
  permit: 'hotline.desk',
  repeatable: true,
  summary: { zh: '填写或更正来电号码', en: 'Say or set right whose number it is' },
  params: CallParams,
  body: Type.Object({ number: Phone }),
  reply: Call,
})

export const CallerShown = Type.Object({
  masked: orNull(Type.String()),
  /** Calls before this one. */
  calls: Type.Integer(),
  nuisances: Type.Integer(),
  earlier: Type.Array(Call),
  cases: Type.Array(CaseBrief),
  /** Of those cases, how many lie outside what the operator sees. */
  hidden: Type.Integer(),
})
export type CallerShown = Static<typeof CallerShown>

export const getCaller = endpoint({
  method: 'GET',
  path: '/api/hotline/desk/calls/:id/caller',
  permit: 'hotline.desk',
  summary: { zh: '来电人以往的来电与案件', en: 'Earlier calls and cases of this number' },
  params: CallParams,
  reply: CallerShown,
})

export const postCallPhone = endpoint({
  method: 'POST',
  path: '/api/hotline/desk/calls/:id/phone',
  permit: 'case.reporter',
  summary: { zh: '显示完整号码，留审计记录', en: 'Show the whole number; leaves a trace' },
  params: CallParams,
  reply: Type.Object({ phone: orNull(Type.String()) }),
})

const Reporter = { name: maybe(Type.String({ maxLength: 60 })) }

export const postCallCase = endpoint({
  method: 'POST',
  path: '/api/hotline/desk/calls/:id/case',
  permit: 'hotline.desk',
  summary: { zh: '受理：建单并结束通话', en: 'Take it in: make the case and end the call' },
  params: CallParams,
  body: Type.Object({
    category: Type.String({ maxLength: 60 }),
    description: Type.String({ minLength: 1, maxLength: 2000 }),
    position: Position,
    address: maybe(Type.String({ maxLength: 200 })),
    componentCode: maybe(Type.String({ maxLength: 60 })),
    ...Reporter,
    /** Leave it as a report for somebody else to accept. */
    reportOnly: maybe(Type.Boolean()),
    /** Of a person, a medium or a leader rather than of a call. */
    source: maybe(Type.String({ maxLength: 60 })),
  }),
  reply: Type.Object({ call: Call, number: CaseNumber, queryWord: Type.String(), state: Type.String() }),
})

export const postCallJoin = endpoint({
  method: 'POST',
  path: '/api/hotline/desk/calls/:id/join',
  permit: 'hotline.desk',
  summary: { zh: '并入在办案件：来电人记为又一位反映人', en: 'Join an open case: the caller reports it, too' },
  params: CallParams,
  body: Type.Object({ number: CaseNumber, description: maybe(Type.String({ maxLength: 2000 })), ...Reporter }),
  reply: Type.Object({ call: Call, number: CaseNumber, queryWord: orNull(Type.String()) }),
})

export const postCallReply = endpoint({
  method: 'POST',
  path: '/api/hotline/desk/calls/:id/reply',
  permit: 'hotline.desk',
  summary: { zh: '答复即结', en: 'Answered at once' },
  params: CallParams,
  body: Type.Object({
    article: maybe(Type.String({ format: 'uuid' })),
    note: maybe(Note),
    /** With a place it is counted among the reports as answered; without one it was a question. */
    place: maybe(Type.Object({ category: Type.String({ maxLength: 60 }), position: Position, description: Type.String({ minLength: 1, maxLength: 2000 }) })),
  }),
  reply: Type.Object({ call: Call, number: orNull(CaseNumber) }),
})

export const postCallEnd = endpoint({
  method: 'POST',
  path: '/api/hotline/desk/calls/:id/end',
  permit: 'hotline.desk',
  summary: { zh: '结束通话，不建单', en: 'End a call without a case' },
  params: CallParams,
  body: Type.Object({ result: Type.Enum(['nuisance', 'silent', 'other']), note: maybe(Note) }),
  reply: Call,
})

// ── 通话记录

export const getCalls = endpoint({
  method: 'GET',
  path: '/api/hotline/calls',
  permit: 'hotline.calls',
  summary: { zh: '通话记录，新的在前', en: 'Calls, newest first' },
  query: Type.Object({
    ...PageQuery,
    result: maybe(Type.Enum([...CALL_RESULTS])),
    operator: maybe(Type.String({ maxLength: 60, description: 'part of the name' })),
    from: maybe(Moment),
    to: maybe(Moment),
  }),
  reply: page(Call),
})

export const getCallFigures = endpoint({
  method: 'GET',
  path: '/api/hotline/figures',
  permit: 'hotline.calls',
  summary: { zh: '话务统计', en: 'Figures of the desk' },
  query: Type.Object({ from: maybe(Day), to: maybe(Day) }),
  reply: Type.Object({
    from: Day,
    to: Day,
    total: Figures,
    days: Type.Array(Type.Object({ day: Day, figures: Figures })),
    operators: Type.Array(Type.Object({ operator: Type.String(), figures: Figures })),
  }),
})
