import type { Language } from '../../../kernel/contract.ts'
import { wallTime } from '../../../kernel/web/index.ts'

const DAY = 86_400_000

/** `今天 09:49`, `昨天 18:02`, `明天 12:00`, `11-18 09:41`: to the minute, as one would say it. */
export function sayWhen(at: string, now: number, language: Language): string {
  const { day, time } = wallTime(at)
  const clock = time.slice(0, 5)
  const named: [number, string, string][] = [
    [0, '今天', 'today'],
    [-1, '昨天', 'yesterday'],
    [1, '明天', 'tomorrow'],
  ]
  for (const [days, zh, en] of named) if (wallTime(now + days * DAY).day === day) return `${language === 'zh' ? zh : en} ${clock}`
  return day.slice(0, 4) === wallTime(now).day.slice(0, 4) ? `${day.slice(5)} ${clock}` : `${day} ${clock}`
}

/** As `sayWhen`, but of today the time alone. */
export const sayClock = (at: string, now: number, language: Language): string =>
  wallTime(at).day === wallTime(now).day ? wallTime(at).time.slice(0, 5) : sayWhen(at, now, language)

/** `30 分钟`, `2 小时 5 分钟`, `3 天 4 小时`: no more than two units. */
export function saySpan(ms: number, language: Language): string {
  const minutes = Math.max(1, Math.round(ms / 60_000))
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60]
  const zh = language === 'zh'
  const parts =
    days > 0
      ? [
          [days, '天', 'd'],
          [hours, '小时', 'h'],
        ]
      : [
          [hours, '小时', 'h'],
          [rest, '分钟', 'min'],
        ]
  return parts
    .filter(([n]) => n !== 0)
    .map(([n, chinese, english]) => `${n} ${zh ? chinese : english}`)
    .join(' ')
}
