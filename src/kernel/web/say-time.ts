import type { Language } from '../contract.ts'

// All times are shown on the city's wall clock, whatever the zone of the machine that shows them.
let zone = 'Asia/Shanghai'
let parts = makeParts(zone)

function makeParts(timeZone: string) {
  return new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    weekday: 'short',
  })
}

export function setZone(timeZone: string): void {
  if (timeZone === zone) return
  zone = timeZone
  parts = makeParts(timeZone)
}

export interface WallTime {
  day: string
  time: string
  weekday: string
}

export function wallTime(at: string | number | Date): WallTime {
  const found: Record<string, string> = {}
  for (const { type, value } of parts.formatToParts(new Date(at))) found[type] = value
  return {
    day: `${found['year']}-${found['month']}-${found['day']}`,
    time: `${found['hour']}:${found['minute']}:${found['second']}`,
    weekday: found['weekday'] ?? '',
  }
}

/** The moment at which clocks of UTC show what the city's clock shows at `at`, to the second: charts draw moments by UTC. */
export function drawnAt(at: string | number | Date): number {
  const { day, time } = wallTime(at)
  return Date.parse(`${day}T${time}Z`)
}

/** `2026-11-20 14:32:08` */
export function sayMoment(at: string | number | Date | null | undefined): string {
  if (at === null || at === undefined) return '—'
  const { day, time } = wallTime(at)
  return `${day} ${time}`
}

/** The time alone where it is of today, otherwise with month and day. */
export function sayNear(at: string | number | Date | null | undefined, now: number): string {
  if (at === null || at === undefined) return '—'
  const { day, time } = wallTime(at)
  const today = wallTime(now).day
  if (day === today) return time
  return day.slice(0, 4) === today.slice(0, 4) ? `${day.slice(5)} ${time.slice(0, 5)}` : `${day} ${time.slice(0, 5)}`
}

const WEEKDAYS: Record<string, string> = { Mon: '周一', Tue: '周二', Wed: '周三', Thu: '周四', Fri: '周五', Sat: '周六', Sun: '周日' }
export const sayWeekday = (weekday: string, language: Language): string => (language === 'zh' ? (WEEKDAYS[weekday] ?? '') : weekday)

/** `2 天 3 时`, `3 时 12 分`, `9 分 48 秒`: two units, seconds only under an hour. */
export function sayDuration(ms: number, language: Language): string {
  const seconds = Math.max(0, Math.floor(Math.abs(ms) / 1000))
  const [days, hours, minutes] = [Math.floor(seconds / 86_400), Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60]
  const zh = language === 'zh'
  const two = (n: number) => String(n).padStart(2, '0')
  if (days > 0) return zh ? `${days} 天 ${hours} 时` : `${days} d ${hours} h`
  if (hours > 0) return zh ? `${hours} 时 ${two(minutes)} 分` : `${hours} h ${two(minutes)} min`
  if (minutes > 0) return zh ? `${minutes} 分 ${two(seconds % 60)} 秒` : `${minutes} min ${two(seconds % 60)} s`
  return zh ? `${seconds} 秒` : `${seconds} s`
}

/** The moment at which a day of the city begins, as ISO text. */
export function startOfDay(day: string): string {
  const guess = Date.parse(`${day}T00:00:00Z`)
  return new Date(guess - (drawnAt(guess) - guess)).toISOString()
}

/** The day after, or before, by so many. */
export const addDays = (day: string, by: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + by * 86_400_000).toISOString().slice(0, 10)
