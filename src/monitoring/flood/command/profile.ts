// Roles at a flood point, and which clocks an order may run against. Pure; read by the browser too.

import { markLate, MARKS, markDue, markWords, profileOf, type Mark, type ProfileCode } from '../../../cases/contract.ts'
import type { Words } from '../../../kernel/contract.ts'

export const FLOOD_ROLES = {
  responsible: { zh: '防汛责任人', en: 'Responsible' },
  watch: { zh: '值守人员', en: 'On watch' },
  crew: { zh: '抢险人员', en: 'Crew' },
} as const satisfies Record<string, Words>
export type FloodRole = keyof typeof FLOOD_ROLES
export const FLOOD_ROLE_CODES = Object.keys(FLOOD_ROLES) as FloodRole[]

/** 135 for who patrols, 103060 for crews and trucks. */
export const FLOOD_PROFILES = ['135', '103060'] as const satisfies readonly ProfileCode[]
export type FloodProfile = (typeof FLOOD_PROFILES)[number]

/** Within this of its point one has arrived. */
export const GEOFENCE_METRES = 150

const CALL_MARKS: readonly Mark[] = ['received', 'accepted', 'arrived']
const CALL_WORDS: Readonly<Partial<Record<Mark, Words>>> = {
  received: { zh: '收到', en: 'Received' },
  accepted: { zh: '应答', en: 'Answered' },
  arrived: { zh: '签到', en: 'Signed in' },
}

/** A call-up is received, answered and signed in to; an order goes on until it is done. */
export const marksFor = (kind: 'call' | 'order'): readonly Mark[] => (kind === 'call' ? CALL_MARKS : MARKS.filter((mark) => mark !== 'accepted'))

export const wordsFor = (kind: 'call' | 'order', profile: string | null, mark: Mark): Words => (kind === 'call' && CALL_WORDS[mark]) || markWords(profile ?? '', mark)

type Stamps = { readonly [M in Mark as `${M}At`]: Date | null }

export interface Timed extends Stamps {
  readonly profile: string | null
  readonly orderedAt: Date
  readonly endedAt: Date | null
}

export const dueOf = ({ profile, orderedAt }: Timed, mark: Mark): Date | undefined => (profile === null ? undefined : markDue(profile, mark, orderedAt))

export const lateOf = (row: Timed, mark: Mark, now: Date): boolean =>
  row.profile !== null && (markLate(row.profile, mark, row.orderedAt, row[`${mark}At`], row.endedAt ?? now) ?? false)

/** The last of its limits: by then an order must have come to its end. */
export function lastDue(row: Timed): Date | undefined {
  if (row.profile === null) return undefined
  const minutes = Object.values(profileOf(row.profile).minutes)
  return new Date(+row.orderedAt + Math.max(...minutes) * 60_000)
}

/** The limit that comes next, of those whose mark has not come. */
export function nextDue(row: Timed): { mark: Mark; dueAt: Date } | undefined {
  if (row.endedAt) return undefined
  for (const mark of MARKS) {
    const dueAt = row[`${mark}At`] ? undefined : dueOf(row, mark)
    if (dueAt) return { mark, dueAt }
  }
  return undefined
}

/** Whether any of its limits was missed, or is over now. */
export const overdueOf = (row: Timed, now: Date): boolean => MARKS.some((mark) => lateOf(row, mark, now))
