import type { Context, TableKind } from '../kernel/index.ts'
import type { ChannelSettings, RuleBody, TemplateBody } from './contract.ts'

export type MessageState = 'waiting' | 'gathering' | 'sending' | 'sent' | 'dead' | 'held' | 'stopped' | 'gathered'

export type MessageKind = 'step' | 'lamp' | 'task' | 'digest' | 'trial' | 'flood'

export interface Said {
  readonly subject: string
  readonly body: string
}

/** What is said, in each language. */
export interface Wording {
  readonly zh: Said
  readonly en: Said
}

export type MessageTable = {
  id: string
  district: string
  cause: string
  rule: string
  channel: string
  receiver: string
  kind: MessageKind
  about: string
  ordinal: number | null
  number: string | null
  template: string | null
  name: string
  address: string | null
  words: Wording | null
  payload: Record<string, unknown> | null
  link: string | null
  urgent: boolean
  watch: boolean
  state: MessageState
  at: Date
  dueAt: Date
  tries: number
  sentAt: Date | null
  readAt: Date | null
  answer: string | null
  error: string | null
  digest: string | null
}

type Changed = { changedAt: Date; changedBy: string }

export type ChannelTable = Changed & {
  code: string
  kind: 'sms' | 'email' | 'wecom' | 'dingtalk'
  name: string
  unit: string
  enabled: boolean
  settings: ChannelSettings
  sealed: string | null
}

export type ContactTable = { accountId: string; email: string | null; wecom: string | null; muted: string[]; changedAt: Date }

export type SubscriptionTable = {
  id: string
  name: string
  url: string
  sealed: string
  events: string[]
  sources: string[]
  systems: string[]
  enabled: boolean
  madeAt: Date
  madeBy: string
}

export type MessageTables = {
  message: MessageTable
  messageRule: Changed & { code: string; body: RuleBody }
  messageTemplate: Changed & { code: string; body: TemplateBody }
  messageSetting: Changed & { name: string; body: unknown }
  messageChannel: ChannelTable
  messageContact: ContactTable
  subscription: SubscriptionTable
}

/** Only this room's tables, so that the compiler refuses another room's. */
export const own = ({ db }: Pick<Context, 'db'>) => db.withTables<MessageTables>()

export const tables = {
  message: 'sharded',
  message_rule: 'reference',
  message_template: 'reference',
  message_setting: 'reference',
  message_channel: 'reference',
  message_contact: 'reference',
  subscription: 'reference',
} as const satisfies Record<string, TableKind>
