// Who is told what, by which channel and when, as data. Nothing here reads a clock or a database.

import type { Words } from '../kernel/contract.ts'

/** Whom a rule tells. Of people: those who hold a permit where the case lies; of a unit, those whose post is in it. */
export const AUDIENCES = {
  reporter: { zh: '反映人', en: 'Whoever reported' },
  unit: { zh: '处置单位', en: 'The unit that has the case' },
  'unit-leader': { zh: '处置单位负责人', en: 'The leader of that unit' },
  'upper-unit': { zh: '上级单位', en: 'The unit above it' },
  participants: { zh: '参加程序的单位（会商、督办）', en: 'Units of the procedure (conference, order)' },
  assisting: { zh: '协办单位', en: 'Assisting units' },
  collector: { zh: '采集员', en: 'The collector of the task' },
  operator: { zh: '受理员', en: 'Operators' },
  dispatcher: { zh: '派遣员', en: 'Dispatchers' },
  'shift-lead': { zh: '值班长', en: 'Shift leads' },
  'city-leader': { zh: '分管领导', en: 'City leaders' },
} as const satisfies Record<string, Words>
export type Audience = keyof typeof AUDIENCES
export const AUDIENCE_CODES = Object.keys(AUDIENCES) as Audience[]

/** How people are told. */
export const CHANNELS = {
  app: { zh: '站内', en: 'In the program' },
  sms: { zh: '短信', en: 'SMS' },
  email: { zh: '邮件', en: 'E-mail' },
  wecom: { zh: '企业微信', en: 'WeCom' },
  dingtalk: { zh: '钉钉', en: 'DingTalk' },
} as const satisfies Record<string, Words>
export type Channel = keyof typeof CHANNELS
export const CHANNEL_CODES = Object.keys(CHANNELS) as Channel[]

export const OCCASIONS = ['step', 'lamp', 'task'] as const
export type Occasion = (typeof OCCASIONS)[number]

export interface Delay {
  readonly amount: number
  readonly unit: 'urgent_hour' | 'work_hour' | 'work_day'
}

export interface Rule {
  readonly name: Words
  readonly on: Occasion
  /** Steps, lamps or kinds of task; one that ends with `.*` is any act of a procedure. */
  readonly about: readonly string[]
  /** Of a lamp: the clocks that it is of; none named: any. */
  readonly clocks: readonly string[]
  /** Of the unit that has the case; none named: any. */
  readonly levels: readonly number[]
  /** Where the report came from; none named: anywhere. */
  readonly sources: readonly string[]
  readonly audience: Audience
  readonly channels: readonly Channel[]
  readonly template: string
  /** How long after it happened, by the city's calendar. */
  readonly after: Delay | null
  /** Nothing is told where the case has moved on before: a chain of escalation ends. */
  readonly stops: boolean
  /** Also in quiet hours, and to those who have muted a channel. */
  readonly urgent: boolean
  /** Gathered, and told together at the hours of the digest. */
  readonly digest: boolean
  readonly enabled: boolean
}

export interface NamedRule extends Rule {
  readonly code: string
}

/** What happened, as far as rules ask. */
export interface Happening {
  readonly on: Occasion
  readonly about: string
  readonly clock?: string | null
}

/** Of the case it happened to; looked up only where some rule asks. */
export interface Standing {
  readonly level: number | null
  readonly source: string
}

const names = (pattern: string, about: string): boolean =>
  pattern === about || (pattern.endsWith('.*') && about.startsWith(pattern.slice(0, -1)))

/** Whether a rule may be meant, by the event alone. */
export const isAbout = (rule: Rule, { on, about, clock }: Happening): boolean =>
  rule.enabled &&
  rule.on === on &&
  rule.about.some((pattern) => names(pattern, about)) &&
  (rule.clocks.length === 0 || (clock !== undefined && clock !== null && rule.clocks.includes(clock)))

/** Whether it is meant for a case that stands so. */
export const isFor = ({ levels, sources }: Rule, { level, source }: Standing): boolean =>
  (levels.length === 0 || (level !== null && levels.includes(level))) && (sources.length === 0 || sources.includes(source))

/** Whether a case has moved on by a step: what was to follow if it did not then never follows. */
export const hasMoved = (step: { readonly fromState: string | null; readonly toState: string; readonly changes: Readonly<Record<string, unknown>> }): boolean =>
  step.fromState !== step.toState || ['dueAt', 'clockFrom', 'clock', 'unitPath'].some((column) => column in step.changes)
