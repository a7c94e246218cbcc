// Rules and alarms over the wire.

import { endpoint, Moment, PageQuery, page, Type, type Static, type TSchema } from '../../kernel/contract.ts'
import { CODE } from '../shapes.ts'
import { RuleBody } from './rule.ts'

export * from './file/contract.ts'
export { KINDS, LEVELS, isOfVehicles, PublicWords, RuleBody, type Band, type Measure, type RuleKind, type VehicleMeasure } from './rule.ts'

const maybe = <T extends TSchema>(shape: T) => Type.Optional(shape)
const orNull = <T extends TSchema>(shape: T) => Type.Union([shape, Type.Null()])
const WordsBody = Type.Object({ zh: Type.String(), en: Type.String() })
const Code = Type.Object({ code: Type.String({ pattern: CODE }) })

export const ALARM_STATES = ['ringing', 'acknowledged', 'shelved', 'over'] as const

export const RuleShown = Type.Object({ code: Type.String(), version: Type.Integer(), changedAt: Moment, changedBy: Type.String(), ringing: Type.Integer(), ...RuleBody.properties })
export type RuleShown = Static<typeof RuleShown>

export const getRules = endpoint({
  method: 'GET',
  path: '/api/alarm-rules',
  permit: 'monitoring.read',
  summary: { zh: '告警规则', en: 'Rules of alarms as they hold now' },
  reply: Type.Object({ items: Type.Array(RuleShown) }),
})

export const putRule = endpoint({
  method: 'PUT',
  path: '/api/alarm-rules/:code',
  permit: 'monitoring.rule',
  summary: { zh: '设置告警规则', en: 'Set a rule; its next version holds from now on' },
  params: Code,
  body: RuleBody,
  reply: RuleShown,
})

export const postRuleTrial = endpoint({
  method: 'POST',
  path: '/api/alarm-rules/trial',
  permit: 'monitoring.rule',
  summary: { zh: '用历史读数试算规则', en: 'When a rule would have rung over past readings; nothing is changed' },
  body: Type.Object({ rule: RuleBody, from: Moment, to: Moment }),
  reply: Type.Object({
    devices: Type.Integer(),
    readings: Type.Integer(),
    /** False where there was more than can be read: the newest were. */
    whole: Type.Boolean(),
    /** How often it would have rung; of these the newest are named. */
    rung: Type.Integer(),
    alarms: Type.Array(
      Type.Object({ device: Type.String(), name: Type.String(), level: Type.Integer(), raisedAt: Moment, clearedAt: orNull(Moment), worst: Type.Number() }),
    ),
  }),
})

export const AlarmShown = Type.Object({
  id: Type.String(),
  district: Type.String(),
  rule: Type.String(),
  ruleWords: WordsBody,
  about: Type.Enum(['device', 'vehicle']),
  /** The code of either. */
  device: Type.String(),
  deviceName: Type.String(),
  position: orNull(Type.Tuple([Type.Number(), Type.Number()])),
  metric: orNull(Type.Object({ code: Type.String(), words: WordsBody, unit: Type.String(), precision: Type.Integer() })),
  state: Type.Enum([...ALARM_STATES]),
  level: Type.Integer(),
  peak: Type.Integer(),
  value: Type.Number(),
  worst: Type.Number(),
  /** What the sensor said last, whatever the rule makes of it; of a vehicle its speed. */
  latest: orNull(Type.Object({ value: Type.Number(), at: Moment, unit: Type.String(), precision: Type.Integer() })),
  limit: orNull(Type.Number()),
  beganAt: Moment,
  raisedAt: Moment,
  changedAt: Moment,
  acknowledgedAt: orNull(Moment),
  shelvedUntil: orNull(Moment),
  shelveReason: orNull(Type.String()),
  clearedAt: orNull(Moment),
  flaps: Type.Integer(),
  parent: orNull(Type.String()),
  storm: orNull(Type.String()),
  /** Alarms of devices that this one explains. */
  children: Type.Integer(),
  caseNumber: orNull(Type.String()),
})
export type AlarmShown = Static<typeof AlarmShown>

export const AlarmQuery = Type.Object({
  state: maybe(Type.Enum(['open', 'over'])),
  level: maybe(Type.Integer({ minimum: 1, maximum: 4, description: 'At least' })),
  device: maybe(Type.String({ maxLength: 64 })),
  rule: maybe(Type.String({ maxLength: 64 })),
  storm: maybe(Type.String({ format: 'uuid' })),
  parent: maybe(Type.String({ format: 'uuid' })),
})
export type AlarmQuery = Static<typeof AlarmQuery>

export const getAlarms = endpoint({
  method: 'GET',
  path: '/api/alarms',
  permit: 'monitoring.read',
  summary: { zh: '告警', en: 'Alarms: those that ring with the worst first, or those that are over with the newest first' },
  query: Type.Object({ ...AlarmQuery.properties, ...PageQuery }),
  reply: page(AlarmShown),
})

export const getAlarmCounts = endpoint({
  method: 'GET',
  path: '/api/alarms/counts',
  permit: 'monitoring.read',
  summary: { zh: '告警数', en: 'How many alarms ring, by level' },
  reply: Type.Object({ ringing: Type.Integer(), acknowledged: Type.Integer(), shelved: Type.Integer(), levels: Type.Array(Type.Integer(), { description: 'Blue, yellow, orange, red: open and not shelved' }) }),
})

const One = Type.Object({ district: Type.String({ pattern: '^\\d{6}$' }), id: Type.String({ format: 'uuid' }) })

export const AlarmDetail = Type.Object({
  alarm: AlarmShown,
  rule: RuleBody,
  /** The newest first. */
  steps: Type.Array(
    Type.Object({ what: Type.String(), words: WordsBody, at: Moment, level: Type.Integer(), value: orNull(Type.Number()), by: orNull(Type.String()), note: orNull(Type.String()) }),
  ),
})
export type AlarmDetail = Static<typeof AlarmDetail>

export const getAlarm = endpoint({
  method: 'GET',
  path: '/api/alarms/:district/:id',
  permit: 'monitoring.read',
  summary: { zh: '告警详情', en: 'An alarm with its history' },
  params: One,
  reply: AlarmDetail,
})

export const postAcknowledge = endpoint({
  method: 'POST',
  path: '/api/alarms/:district/:id/acknowledge',
  permit: 'monitoring.attend',
  summary: { zh: '确认告警', en: 'Acknowledge an alarm: someone attends to it' },
  params: One,
  body: Type.Object({ note: maybe(Type.String({ maxLength: 500 })) }),
  reply: AlarmShown,
})

export const postShelve = endpoint({
  method: 'POST',
  path: '/api/alarms/:district/:id/shelve',
  permit: 'monitoring.attend',
  summary: { zh: '搁置告警', en: 'Shelve an alarm, with a reason and an end' },
  params: One,
  body: Type.Object({ reason: Type.String({ minLength: 2, maxLength: 500 }), until: Moment }),
  reply: AlarmShown,
})

export const postUnshelve = endpoint({
  method: 'POST',
  path: '/api/alarms/:district/:id/unshelve',
  permit: 'monitoring.attend',
  summary: { zh: '结束搁置', en: 'Take an alarm from the shelf' },
  params: One,
  body: Type.Object({}),
  reply: AlarmShown,
})
