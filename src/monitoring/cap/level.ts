// What a level of an alarm means in CAP 1.2, and what follows one message of an alarm. Nothing here reads a clock or a database.

import type { Words } from '../../kernel/contract.ts'

/** By level, blue to red: sensors have measured it, so it is observed at every level. */
export const BY_LEVEL = [
  { severity: 'Minor', urgency: 'Expected', response: 'Monitor' },
  { severity: 'Moderate', urgency: 'Expected', response: 'Prepare' },
  { severity: 'Severe', urgency: 'Immediate', response: 'Avoid' },
  { severity: 'Extreme', urgency: 'Immediate', response: 'Avoid' },
] as const
export const CERTAINTY = 'Observed'

export const CATEGORIES = {
  Met: { zh: '气象、内涝', en: 'Weather and floods' },
  Geo: { zh: '地质', en: 'Geophysical' },
  Safety: { zh: '公共安全', en: 'General safety' },
  Security: { zh: '治安', en: 'Security' },
  Rescue: { zh: '救援', en: 'Rescue' },
  Fire: { zh: '火灾', en: 'Fire' },
  Health: { zh: '卫生', en: 'Health' },
  Env: { zh: '环境', en: 'Environment' },
  Transport: { zh: '交通', en: 'Transport' },
  Infra: { zh: '市政设施', en: 'Infrastructure' },
  CBRNE: { zh: '危险化学品等', en: 'Hazardous materials' },
  Other: { zh: '其他', en: 'Other' },
} as const satisfies Record<string, Words>
export type Category = keyof typeof CATEGORIES
export const CATEGORY_CODES = Object.keys(CATEGORIES) as Category[]

export const MESSAGE_KINDS = ['Alert', 'Update', 'Cancel'] as const
export type MessageKind = (typeof MESSAGE_KINDS)[number]

interface Said {
  readonly kind: MessageKind
  readonly level: number
}

/** What is to be said next, if anything; `level` 0: there is nothing to warn of. `again`: what stands is about to expire. */
export function nextMessage(last: Said | undefined, level: number, again = false): MessageKind | undefined {
  const standing = last !== undefined && last.kind !== 'Cancel'
  if (!standing) return level > 0 ? 'Alert' : undefined
  if (level === 0) return 'Cancel'
  return level !== last.level || again ? 'Update' : undefined
}
