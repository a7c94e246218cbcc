// 应急时限: which marks a response has, how soon each is due, and how it is measured. Pure; read by the browser too.

import type { Words } from '../../kernel/contract.ts'

/** 收到, 接单, 出发, 到场, 办结: in the order in which they come. */
export const MARKS = ['received', 'accepted', 'left', 'arrived', 'finished'] as const
export type Mark = (typeof MARKS)[number]

/** By the device, or by somebody's word where the device said nothing. */
export const HOWS = ['measured', 'clicked'] as const
export type How = (typeof HOWS)[number]

export interface Profile {
  readonly words: Words
  /** Whom it is for, in words. */
  readonly who: Words
  /** Marks that are due so many minutes after the order; the others are kept without a limit. */
  readonly minutes: Readonly<Partial<Record<Mark, number>>>
  readonly marks: Readonly<Partial<Record<Mark, Words>>>
}

const MARK_WORDS: Readonly<Record<Mark, Words>> = {
  received: { zh: '设备收到', en: 'Received' },
  accepted: { zh: '接单', en: 'Accepted' },
  left: { zh: '出发', en: 'Left' },
  arrived: { zh: '到场', en: 'Arrived' },
  finished: { zh: '办结', en: 'Finished' },
}

/** 杭州 “135” and “103060” as published, and 24 hours for the enforcement filing. */
export const PROFILES = {
  '135': {
    words: { zh: '135 快速反应', en: '135 quick reaction' },
    who: { zh: '巡查人员：1 分钟接单、3 分钟响应、5 分钟到场', en: 'Patrol: receives in 1, sets out in 3, is there in 5 minutes' },
    minutes: { received: 1, left: 3, arrived: 5 },
    marks: { received: { zh: '接单', en: 'Received' }, accepted: { zh: '确认', en: 'Confirmed' }, left: { zh: '响应', en: 'Set out' } },
  },
  '103060': {
    words: { zh: '103060 应急处置', en: '103060 emergency crew' },
    who: { zh: '处置队伍：10 分钟出动、30 分钟到场、60 分钟处置', en: 'Crew: leaves in 10, is there in 30, has finished in 60 minutes' },
    minutes: { left: 10, arrived: 30, finished: 60 },
    marks: { left: { zh: '出动', en: 'Left' }, finished: { zh: '处置', en: 'Finished' } },
  },
  'filing-24h': {
    words: { zh: '24 小时执法立案', en: 'Enforcement filing in 24 h' },
    who: { zh: '执法人员：24 小时内立案', en: 'Enforcement: filed within 24 hours' },
    minutes: { finished: 1440 },
    marks: { finished: { zh: '执法立案', en: 'Filed' } },
  },
} as const satisfies Record<string, Profile>

export type ProfileCode = keyof typeof PROFILES
export const PROFILE_CODES = Object.keys(PROFILES) as ProfileCode[]

export const profileOf = (code: string): Profile => (PROFILES as Record<string, Profile>)[code] ?? { words: { zh: code, en: code }, who: { zh: '', en: '' }, minutes: {}, marks: {} }

export const markWords = (code: string, mark: Mark): Words => profileOf(code).marks[mark] ?? MARK_WORDS[mark]

/** When a mark is due; undefined where it has no limit. */
export function markDue(code: string, mark: Mark, orderedAt: Date): Date | undefined {
  const minutes = profileOf(code).minutes[mark]
  return minutes === undefined ? undefined : new Date(+orderedAt + minutes * 60_000)
}

/** Whether a mark came late, or has not come although its time is over; undefined where it has no limit. */
export function markLate(code: string, mark: Mark, orderedAt: Date, at: Date | null, now: Date): boolean | undefined {
  const due = markDue(code, mark, orderedAt)
  return due && (at ?? now) > due
}
