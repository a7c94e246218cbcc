// What a collector's phone asks: duty, position, tasks and their answers, reports from the street.

import { endpoint, Moment, page, PageQuery, Position, Type, type Static, type TSchema } from '../../kernel/contract.ts'

export * from './order.ts'

const orNull = <T extends TSchema>(shape: T) => Type.Union([shape, Type.Null()])
const Lng = Type.Number({ minimum: -180, maximum: 180 })
const Lat = Type.Number({ minimum: -90, maximum: 90 })
const Lamp = Type.Enum(['green', 'yellow', 'red', 'grey'])
const WORK = 'collector.work'

export const Duty = Type.Object({
  onDuty: Type.Boolean(),
  since: orNull(Moment),
  seenAt: orNull(Moment),
  position: orNull(Position),
})
export type Duty = Static<typeof Duty>

export const CollectorMe = Type.Object({
  name: Type.String(),
  unit: orNull(Type.String()),
  beats: Type.Array(Type.Object({ code: Type.String(), name: Type.String() })),
  duty: Duty,
  tasks: Type.Integer(),
  /** Reports and answers of today. */
  doneToday: Type.Integer(),
  now: Moment,
})
export type CollectorMe = Static<typeof CollectorMe>

export const getCollectorMe = endpoint({
  method: 'GET',
  path: '/api/collector/me',
  permit: WORK,
  summary: { zh: '我的考勤与任务数', en: 'My duty and how much there is to do' },
  reply: CollectorMe,
})

export const putDuty = endpoint({
  method: 'PUT',
  path: '/api/collector/duty',
  permit: WORK,
  repeatable: true,
  summary: { zh: '上岗、下岗', en: 'Go on or off duty' },
  body: Type.Object({ onDuty: Type.Boolean(), position: Type.Optional(Position) }),
  reply: Duty,
})

export const putPosition = endpoint({
  method: 'PUT',
  path: '/api/collector/position',
  permit: WORK,
  repeatable: true,
  summary: { zh: '报告位置', en: 'Tell where I am' },
  body: Type.Object({ position: Position, accuracy: Type.Optional(Type.Number({ minimum: 0 })) }),
  reply: Duty,
})

const PhotoOf = Type.Object({ sha256: Type.String(), at: Moment })

export const TaskLine = Type.Object({
  id: Type.String(),
  district: Type.String(),
  kind: Type.Enum(['verify', 'check']),
  number: Type.String(),
  title: Type.String(),
  address: Type.String(),
  position: Position,
  lamp: Lamp,
  clockFrom: orNull(Moment),
  dueAt: orNull(Moment),
  yellowAt: orNull(Moment),
  givenAt: Moment,
})
export type TaskLine = Static<typeof TaskLine>

/** Overdue first, then by the time left. */
export const getTasks = endpoint({
  method: 'GET',
  path: '/api/collector/tasks',
  permit: WORK,
  summary: { zh: '我的任务', en: 'My tasks' },
  reply: Type.Object({ items: Type.Array(TaskLine), now: Moment }),
})

export const Task = Type.Object({
  ...TaskLine.properties,
  words: orNull(Type.String()),
  category: orNull(Type.Object({ id: Type.String(), name: Type.String() })),
  component: orNull(Type.String()),
  condition: orNull(Type.String()),
  closingCondition: orNull(Type.String()),
  note: orNull(Type.String()),
  before: Type.Array(PhotoOf),
  after: Type.Array(PhotoOf),
  answeredAt: orNull(Moment),
})
export type Task = Static<typeof Task>

export const getTask = endpoint({
  method: 'GET',
  path: '/api/collector/tasks/:id',
  permit: WORK,
  summary: { zh: '任务详情', en: 'One task' },
  params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
  query: Type.Object({ district: Type.String({ pattern: '^\\d{6}$' }) }),
  reply: Task,
})

/** 核实: is it there; 核查: is it done. At least one photo, or there is no answer. */
export const postAnswer = endpoint({
  method: 'POST',
  path: '/api/collector/tasks/:id/answer',
  permit: WORK,
  takes: 'files',
  summary: { zh: '提交核实或核查结果', en: 'Answer a task' },
  params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
  body: Type.Object({
    district: Type.String({ pattern: '^\\d{6}$' }),
    passed: Type.Boolean(),
    note: Type.Optional(Type.String({ maxLength: 500 })),
    lng: Type.Optional(Lng),
    lat: Type.Optional(Lat),
  }),
  reply: Type.Object({ number: Type.String(), state: Type.String() }),
})

/** `selfDisposed`: seen and put right on the spot (自行处置), with a photo of before and of after. */
export const postCollectorReport = endpoint({
  method: 'POST',
  path: '/api/collector/reports',
  permit: 'case.report',
  takes: 'files',
  summary: { zh: '采集员上报', en: 'Report from the street' },
  body: Type.Object({
    key: Type.String({ minLength: 16, maxLength: 64, pattern: '^[0-9A-Za-z-]+$' }),
    category: Type.String({ maxLength: 60 }),
    condition: Type.Optional(Type.String({ maxLength: 80 })),
    component: Type.Optional(Type.String({ maxLength: 40 })),
    lng: Lng,
    lat: Lat,
    address: Type.Optional(Type.String({ maxLength: 200 })),
    words: Type.Optional(Type.String({ maxLength: 1000 })),
    selfDisposed: Type.Optional(Type.Boolean({ default: false })),
  }),
  reply: Type.Object({ number: Type.String(), state: Type.String(), reportedAt: Moment }),
})

export const HistoryLine = Type.Object({
  kind: Type.Enum(['report', 'verify', 'check']),
  number: Type.String(),
  title: Type.String(),
  address: Type.String(),
  at: Moment,
  state: Type.String(),
  stateName: Type.Object({ zh: Type.String(), en: Type.String() }),
  passed: orNull(Type.Boolean()),
})
export type HistoryLine = Static<typeof HistoryLine>

/** What I reported and answered, newest first. */
export const getHistory = endpoint({
  method: 'GET',
  path: '/api/collector/history',
  permit: WORK,
  summary: { zh: '我的记录', en: 'My reports and answers' },
  query: Type.Object({ ...PageQuery }),
  reply: page(HistoryLine),
})
