// Messages over the wire: one's own, and what an administrator keeps.

import { endpoint, Moment, PageQuery, page, Type, type Static, type TSchema } from '../kernel/contract.ts'
import { ChannelShown, ChannelBody, MessageShown, OutboxLine, RuleBody, RuleShown, SettingsBody, SubscriptionBody, SubscriptionShown, TemplateBody, TemplateShown, WordingBody } from './shapes.ts'

export * from './rule.ts'
export * from './shapes.ts'
export * from './template.ts'

const maybe = <T extends TSchema>(shape: T) => Type.Optional(shape)
const Code = Type.Object({ code: Type.String({ pattern: '^[a-z][a-z0-9-]{1,59}$' }) })
const Id = Type.Object({ id: Type.String({ format: 'uuid' }) })
const Done = Type.Object({ done: Type.Integer() })

// ── One's own

export const getMessages = endpoint({
  method: 'GET',
  path: '/api/messages',
  permit: 'messages.read',
  summary: { zh: '我的消息', en: 'One’s own messages, the newest first' },
  query: Type.Object({ unread: maybe(Type.Boolean()), ...PageQuery }),
  reply: page(MessageShown),
})

export const getUnread = endpoint({
  method: 'GET',
  path: '/api/messages/unread',
  permit: 'messages.read',
  summary: { zh: '未读消息数', en: 'How many messages are unread, up to 1,000' },
  reply: Type.Object({ unread: Type.Integer() }),
})

export const postRead = endpoint({
  method: 'POST',
  path: '/api/messages/read',
  permit: 'messages.read',
  summary: { zh: '标为已读', en: 'Mark some of one’s messages, or all up to a moment, as read' },
  body: Type.Object({ ids: maybe(Type.Array(Type.String({ format: 'uuid' }), { maxItems: 200 })), until: maybe(Moment) }),
  reply: Done,
  repeatable: true,
})

export const ContactBody = Type.Object({
  email: Type.Union([Type.String({ maxLength: 120, pattern: '^[^\\s@<>,;]+@[^\\s@<>,;]+$' }), Type.Null()]),
  wecom: Type.Union([Type.String({ maxLength: 64, pattern: '^[\\w@.-]+$' }), Type.Null()]),
  muted: Type.Array(Type.Enum(['sms', 'email', 'wecom', 'dingtalk']), { maxItems: 4, uniqueItems: true }),
})
export type ContactBody = Static<typeof ContactBody>

export const getContact = endpoint({
  method: 'GET',
  path: '/api/messages/contact',
  permit: 'messages.read',
  summary: { zh: '我的接收方式', en: 'How one is told' },
  reply: Type.Object({ ...ContactBody.properties, phone: Type.Union([Type.String(), Type.Null()]) }),
})

export const putContact = endpoint({
  method: 'PUT',
  path: '/api/messages/contact',
  permit: 'messages.read',
  summary: { zh: '设置我的接收方式', en: 'Set how one is told' },
  body: ContactBody,
  reply: ContactBody,
})

// ── Outbox

export const OutboxQuery = Type.Object({
  state: maybe(Type.Enum(['waiting', 'gathering', 'sending', 'sent', 'dead', 'held', 'stopped', 'gathered'])),
  channel: maybe(Type.Enum(['app', 'sms', 'email', 'wecom', 'dingtalk', 'push'])),
  number: maybe(Type.String({ pattern: '^\\d{20}$' })),
})
export type OutboxQuery = Static<typeof OutboxQuery>

export const getOutbox = endpoint({
  method: 'GET',
  path: '/api/messages/outbox',
  permit: 'messages.manage',
  summary: { zh: '发件箱', en: 'The outbox: what was told to whom, and what became of it' },
  query: Type.Object({ ...OutboxQuery.properties, ...PageQuery }),
  reply: page(OutboxLine),
})

export const getOutboxCounts = endpoint({
  method: 'GET',
  path: '/api/messages/outbox/counts',
  permit: 'messages.manage',
  summary: { zh: '发件箱待处理数', en: 'How many wait, are dead or are held, by channel; up to 10,000 each' },
  reply: Type.Object({ items: Type.Array(Type.Object({ channel: Type.String(), state: Type.String(), n: Type.Integer() })) }),
})

export const postResend = endpoint({
  method: 'POST',
  path: '/api/messages/outbox/resend',
  permit: 'messages.manage',
  summary: { zh: '重发', en: 'Send dead or held messages again, under the ids that they had' },
  body: Type.Object({ ids: Type.Array(Type.String({ format: 'uuid' }), { minItems: 1, maxItems: 200 }) }),
  reply: Done,
})

// ── Channels

export const getChannels = endpoint({
  method: 'GET',
  path: '/api/messages/channels',
  permit: 'messages.manage',
  summary: { zh: '消息渠道', en: 'Channels' },
  reply: Type.Object({ items: Type.Array(ChannelShown), allowed: Type.Boolean({ description: 'Whether CHENGYUN_OUTBOUND names hosts' }) }),
})

export const putChannel = endpoint({
  method: 'PUT',
  path: '/api/messages/channels/:code',
  permit: 'messages.manage',
  summary: { zh: '设置渠道', en: 'Set a channel; a secret that is left out stays' },
  params: Code,
  body: ChannelBody,
  reply: ChannelShown,
})

export const deleteChannel = endpoint({
  method: 'DELETE',
  path: '/api/messages/channels/:code',
  permit: 'messages.manage',
  summary: { zh: '删除渠道', en: 'Remove a channel' },
  params: Code,
  reply: Done,
})

export const postTrial = endpoint({
  method: 'POST',
  path: '/api/messages/channels/:code/trial',
  permit: 'messages.manage',
  summary: { zh: '试发', en: 'Send a trial message; the outbox shows what became of it' },
  params: Code,
  body: Type.Object({ to: Type.String({ maxLength: 120 }) }),
  reply: Type.Object({ id: Type.String() }),
})

// ── Rules, templates, settings

export const getRules = endpoint({
  method: 'GET',
  path: '/api/messages/rules',
  permit: 'messages.manage',
  summary: { zh: '消息规则', en: 'Who is told what' },
  reply: Type.Object({
    items: Type.Array(RuleShown),
    /** What can be told of: steps and acts of the flow in use. */
    steps: Type.Array(Type.Object({ code: Type.String(), words: Type.Object({ zh: Type.String(), en: Type.String() }) })),
    clocks: Type.Array(Type.Object({ code: Type.String(), words: Type.Object({ zh: Type.String(), en: Type.String() }) })),
  }),
})

export const putRule = endpoint({
  method: 'PUT',
  path: '/api/messages/rules/:code',
  permit: 'messages.manage',
  summary: { zh: '设置规则', en: 'Set a rule' },
  params: Code,
  body: RuleBody,
  reply: RuleShown,
})

export const deleteRule = endpoint({
  method: 'DELETE',
  path: '/api/messages/rules/:code',
  permit: 'messages.manage',
  summary: { zh: '恢复或删除规则', en: 'Put a rule back as it came with the program, or remove one of the city’s own' },
  params: Code,
  reply: Done,
})

export const getTemplates = endpoint({
  method: 'GET',
  path: '/api/messages/templates',
  permit: 'messages.manage',
  summary: { zh: '消息模板', en: 'Templates' },
  reply: Type.Object({ items: Type.Array(TemplateShown) }),
})

export const putTemplate = endpoint({
  method: 'PUT',
  path: '/api/messages/templates/:code',
  permit: 'messages.manage',
  summary: { zh: '设置模板', en: 'Set a template; one with a placeholder that is unknown or not for its readers is refused' },
  params: Code,
  body: TemplateBody,
  reply: TemplateShown,
})

export const deleteTemplate = endpoint({
  method: 'DELETE',
  path: '/api/messages/templates/:code',
  permit: 'messages.manage',
  summary: { zh: '恢复或删除模板', en: 'Put a template back as it came, or remove one of the city’s own' },
  params: Code,
  reply: Done,
})

export const postPreview = endpoint({
  method: 'POST',
  path: '/api/messages/preview',
  permit: 'messages.manage',
  summary: { zh: '预览模板', en: 'A template with the facts of a real case, the newest where none is named' },
  body: Type.Object({ template: TemplateBody, number: maybe(Type.String({ pattern: '^\\d{20}$' })) }),
  reply: Type.Object({ number: Type.Union([Type.String(), Type.Null()]), words: WordingBody, smsParts: Type.Integer() }),
  repeatable: true,
})

export const getSettings = endpoint({
  method: 'GET',
  path: '/api/messages/settings',
  permit: 'messages.manage',
  summary: { zh: '消息设置', en: 'Quiet hours, digests, tries, keeping' },
  reply: SettingsBody,
})

export const putSettings = endpoint({
  method: 'PUT',
  path: '/api/messages/settings',
  permit: 'messages.manage',
  summary: { zh: '修改消息设置', en: 'Change quiet hours, digests, tries, keeping' },
  body: SettingsBody,
  reply: SettingsBody,
})

// ── Other systems

export const getSubscriptions = endpoint({
  method: 'GET',
  path: '/api/subscriptions',
  permit: 'messages.manage',
  summary: { zh: '状态推送订阅', en: 'Systems that are told of steps by signed pushes' },
  reply: Type.Object({ items: Type.Array(SubscriptionShown) }),
})

export const postSubscription = endpoint({
  method: 'POST',
  path: '/api/subscriptions',
  permit: 'messages.manage',
  summary: { zh: '新增订阅', en: 'Subscribe a system; the secret of its signatures is shown this once' },
  body: SubscriptionBody,
  reply: Type.Object({ ...SubscriptionShown.properties, secret: Type.String() }),
})

export const putSubscription = endpoint({
  method: 'PUT',
  path: '/api/subscriptions/:id',
  permit: 'messages.manage',
  summary: { zh: '修改订阅', en: 'Change a subscription' },
  params: Id,
  body: SubscriptionBody,
  reply: SubscriptionShown,
})

export const postSecret = endpoint({
  method: 'POST',
  path: '/api/subscriptions/:id/secret',
  permit: 'messages.manage',
  summary: { zh: '更换签名密钥', en: 'Make another secret; it is shown this once' },
  params: Id,
  reply: Type.Object({ secret: Type.String() }),
})

export const deleteSubscription = endpoint({
  method: 'DELETE',
  path: '/api/subscriptions/:id',
  permit: 'messages.manage',
  summary: { zh: '删除订阅', en: 'Remove a subscription' },
  params: Id,
  reply: Done,
})

export const postPushTrial = endpoint({
  method: 'POST',
  path: '/api/subscriptions/:id/trial',
  permit: 'messages.manage',
  summary: { zh: '试推送', en: 'Push a trial; the outbox shows what became of it' },
  params: Id,
  reply: Type.Object({ id: Type.String() }),
})
