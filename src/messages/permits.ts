import type { Words } from '../kernel/contract.ts'

export const PERMITS = {
  'messages.read': { zh: '查看自己的消息', en: 'See one’s own messages' },
  'messages.manage': { zh: '管理消息渠道、规则、模板与发件箱', en: 'Keep channels, rules, templates and the outbox of messages' },
  'messages.unit-leader': { zh: '作为单位负责人接收升级提醒', en: 'Be told as the leader of a unit' },
} as const satisfies Record<string, Words>
