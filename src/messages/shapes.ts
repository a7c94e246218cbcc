// The shapes of messages on the wire.

import { Moment, Type, type Static, type TSchema } from '../kernel/contract.ts'
import { AUDIENCE_CODES, CHANNEL_CODES, OCCASIONS } from './rule.ts'
import { READERS } from './template.ts'

const orNull = <T extends TSchema>(shape: T) => Type.Union([shape, Type.Null()])
const maybe = <T extends TSchema>(shape: T) => Type.Optional(shape)
const WordsBody = Type.Object({ zh: Type.String({ minLength: 1, maxLength: 60 }), en: Type.String({ minLength: 1, maxLength: 120 }) })
const Text = Type.Object({ subject: Type.String({ maxLength: 200 }), body: Type.String({ minLength: 1, maxLength: 2000 }) })

export const WordingBody = Type.Object({ zh: Text, en: Text })
const SaidBody = Type.Object({ subject: Type.String(), body: Type.String() })

export const MessageShown = Type.Object({
  id: Type.String(),
  at: Moment,
  number: orNull(Type.String()),
  kind: Type.String(),
  about: Type.String(),
  urgent: Type.Boolean(),
  words: Type.Object({ zh: SaidBody, en: SaidBody }),
  readAt: orNull(Moment),
})
export type MessageShown = Static<typeof MessageShown>

export const OutboxLine = Type.Object({
  id: Type.String(),
  at: Moment,
  dueAt: Moment,
  sentAt: orNull(Moment),
  number: orNull(Type.String()),
  rule: Type.String(),
  template: orNull(Type.String()),
  channel: Type.String(),
  kind: Type.String(),
  about: Type.String(),
  name: Type.String(),
  /** Covered in its middle. */
  address: orNull(Type.String()),
  state: Type.String(),
  urgent: Type.Boolean(),
  tries: Type.Integer(),
  answer: orNull(Type.String()),
  error: orNull(Type.String()),
  words: orNull(Type.Object({ zh: SaidBody, en: SaidBody })),
})
export type OutboxLine = Static<typeof OutboxLine>

const List = Type.Array(Type.String({ maxLength: 60, pattern: '^[a-z][\\w.*:-]*$' }), { maxItems: 100 })

export const RuleBody = Type.Object({
  name: WordsBody,
  on: Type.Enum([...OCCASIONS]),
  about: Type.Array(Type.String({ maxLength: 60, pattern: '^[a-z][a-z0-9-]*(\\.([a-z][a-z0-9-]*|\\*))?$' }), { minItems: 1, maxItems: 60 }),
  clocks: List,
  levels: Type.Array(Type.Integer({ minimum: 1, maximum: 4 }), { maxItems: 4 }),
  sources: List,
  audience: Type.Enum([...AUDIENCE_CODES]),
  channels: Type.Array(Type.Enum([...CHANNEL_CODES]), { minItems: 1, maxItems: 5, uniqueItems: true }),
  template: Type.String({ pattern: '^[a-z][a-z0-9-]{1,59}$' }),
  after: orNull(
    Type.Object({ amount: Type.Number({ exclusiveMinimum: 0, maximum: 1000 }), unit: Type.Enum(['urgent_hour', 'work_hour', 'work_day']) }),
  ),
  stops: Type.Boolean(),
  urgent: Type.Boolean(),
  digest: Type.Boolean(),
  enabled: Type.Boolean(),
})
export type RuleBody = Static<typeof RuleBody>

/** `shipped`: it came with the program; `changed`: not as it came. */
const Provenance = { shipped: Type.Boolean(), changed: Type.Boolean() }

export const RuleShown = Type.Object({ code: Type.String(), ...RuleBody.properties, ...Provenance })
export type RuleShown = Static<typeof RuleShown>

export const TemplateBody = Type.Object({ name: WordsBody, reader: Type.Enum([...READERS]), zh: Text, en: Text })
export type TemplateBody = Static<typeof TemplateBody>

export const TemplateShown = Type.Object({ code: Type.String(), ...TemplateBody.properties, ...Provenance, usedBy: Type.Array(Type.String()) })
export type TemplateShown = Static<typeof TemplateShown>

const Hour = Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' })

export const SettingsBody = Type.Object({
  /** The language of what leaves the program; inside of it everyone reads their own. */
  language: Type.Enum(['zh', 'en']),
  quiet: orNull(Type.Object({ from: Hour, to: Hour })),
  digestAt: Type.Array(Hour, { maxItems: 6 }),
  tries: Type.Integer({ minimum: 1, maximum: 20 }),
  keepDays: Type.Integer({ minimum: 30, maximum: 3650 }),
})
export type SettingsBody = Static<typeof SettingsBody>

// ── Channels

const Address = Type.String({ maxLength: 500 })

/** Which of these a channel has depends on its kind. */
export const ChannelSettings = Type.Object({
  url: maybe(Address),
  /** Of SMS: the body that the gateway wants, `{id}`, `{phone}`, `{text}` as JSON texts in their places. */
  body: maybe(Type.String({ maxLength: 4000 })),
  headers: maybe(Type.Record(Type.String({ pattern: '^[A-Za-z0-9-]{1,60}$' }), Type.String({ maxLength: 500 }))),
  /** Of SMS: the field of the answer, and its value, that say that it was taken. */
  okField: maybe(Type.String({ maxLength: 60, pattern: '^[\\w.]*$' })),
  okValue: maybe(Type.String({ maxLength: 60 })),
  host: maybe(Type.String({ maxLength: 200, pattern: '^[\\w.:-]*$' })),
  port: maybe(Type.Integer({ minimum: 1, maximum: 65_535 })),
  security: maybe(Type.Enum(['tls', 'starttls', 'none'])),
  user: maybe(Type.String({ maxLength: 120 })),
  from: maybe(Type.String({ maxLength: 200 })),
  mode: maybe(Type.Enum(['robot', 'app'])),
  corpId: maybe(Type.String({ maxLength: 64 })),
  agentId: maybe(Type.String({ maxLength: 20, pattern: '^\\d*$' })),
})
export type ChannelSettings = Static<typeof ChannelSettings>

export const CHANNEL_KINDS = ['sms', 'email', 'wecom', 'dingtalk'] as const
export const SECRET_NAMES = ['token', 'sign', 'password'] as const
export type SecretName = (typeof SECRET_NAMES)[number]

const Secret = Type.String({ maxLength: 500 })

export const ChannelBody = Type.Object({
  kind: Type.Enum([...CHANNEL_KINDS]),
  name: Type.String({ minLength: 1, maxLength: 60 }),
  unit: Type.String({ maxLength: 200, description: 'Path of the unit whose people it serves; empty for all' }),
  enabled: Type.Boolean(),
  settings: ChannelSettings,
  /** Never given back. Left out it stays as it is; empty it is forgotten. */
  secrets: maybe(Type.Object({ token: maybe(Secret), sign: maybe(Secret), password: maybe(Secret) })),
})
export type ChannelBody = Static<typeof ChannelBody>

export const ChannelShown = Type.Object({
  code: Type.String(),
  kind: Type.Enum([...CHANNEL_KINDS]),
  name: Type.String(),
  unit: Type.String(),
  enabled: Type.Boolean(),
  settings: ChannelSettings,
  /** The secrets that are set, by name alone. */
  has: Type.Array(Type.String()),
  /** Given by the environment: it can be seen here and not changed. */
  outside: Type.Boolean(),
  /** What is wrong with it, such as a secret that can no longer be opened. */
  fault: orNull(Type.Object({ zh: Type.String(), en: Type.String() })),
})
export type ChannelShown = Static<typeof ChannelShown>

// ── Other systems

export const SubscriptionBody = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 60 }),
  url: Address,
  events: List,
  sources: List,
  systems: Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { maxItems: 50 }),
  enabled: Type.Boolean(),
})
export type SubscriptionBody = Static<typeof SubscriptionBody>

export const SubscriptionShown = Type.Object({ id: Type.String(), ...SubscriptionBody.properties, madeAt: Moment })
export type SubscriptionShown = Static<typeof SubscriptionShown>
