// What is taken and what is not: the one gate through which every reading passes. Nothing here reads a clock or a database.

import type { Words } from '../kernel/contract.ts'

export const REASONS = {
  'unknown-device': { zh: '未知设备', en: 'Unknown device' },
  'wrong-key': { zh: '密钥不符', en: 'Wrong key' },
  'not-in-service': { zh: '设备停用', en: 'Not in service' },
  'unknown-metric': { zh: '未知指标', en: 'Unknown metric' },
  'out-of-range': { zh: '超出量程', en: 'Out of range' },
  'in-future': { zh: '时间在未来', en: 'In the future' },
  'too-old': { zh: '超过保存期', en: 'Too old' },
  duplicate: { zh: '重复', en: 'Duplicate' },
  damaged: { zh: '报文损坏', en: 'Damaged' },
} as const satisfies Record<string, Words>

export type Reason = keyof typeof REASONS
export const REASON_CODES = Object.keys(REASONS) as Reason[]

/** A clock of a device may run ahead by so much. */
export const AHEAD_MS = 5 * 60_000
/** Readings are kept for so many days, those of a metric for fewer where it says so; older ones are not taken. */
export const KEEP_DAYS = 400

const DAY_MS = 86_400_000

/** It came behind a later one of its series. */
export const LATE = 1

export interface Bounds {
  readonly min: number
  readonly max: number
  readonly keepDays?: number | undefined
}

/** A reading against its metric, the time now, and the time of the newest reading of its series (0: none). The flags, or the reason. */
export function judge(bounds: Bounds, value: number, at: number, now: number, newest: number): number | Reason {
  if (!(value >= bounds.min && value <= bounds.max)) return 'out-of-range'
  if (at > now + AHEAD_MS) return 'in-future'
  if (at < now - (bounds.keepDays ?? KEEP_DAYS) * DAY_MS) return 'too-old'
  if (at === newest) return 'duplicate'
  return at < newest ? LATE : 0
}
