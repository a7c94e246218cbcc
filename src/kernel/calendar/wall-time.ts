// Moments as people of one place read them: days, minutes and weekdays. Pure, and read by the browser too.
// China has kept +08:00 without summer time since 1991, so its zone needs no look-up; other zones ask Intl once an hour of the year.

export const CHINA = 'Asia/Shanghai'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
export const DAY_MS = 24 * HOUR
const CHINA_OFFSET = 8 * HOUR

const offsets = new Map<string, Map<number, number>>()
const formats = new Map<string, Intl.DateTimeFormat>()

const formatOf = (zone: string): Intl.DateTimeFormat => {
  const found = formats.get(zone)
  if (found) return found
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  formats.set(zone, made)
  return made
}

/** How far the wall clock of `zone` is ahead of UTC at the moment `at`, in milliseconds. */
export function offsetMs(at: number, zone: string = CHINA): number {
  if (zone === CHINA) return CHINA_OFFSET
  // Every change of a clock in use today falls on a quarter of an hour.
  const quarter = Math.floor(at / (15 * MINUTE))
  let known = offsets.get(zone)
  if (!known) offsets.set(zone, (known = new Map()))
  const found = known.get(quarter)
  if (found !== undefined) return found
  const parts = Object.fromEntries(formatOf(zone).formatToParts(quarter * 15 * MINUTE).map(({ type, value }) => [type, Number(value)]))
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  const offset = Date.UTC(year, month - 1, day, hour, minute, second) - quarter * 15 * MINUTE
  if (known.size > 200_000) known.clear()
  known.set(quarter, offset)
  return offset
}

/** The number of the day, counted from 1970-01-01, on the wall clock of `zone`. */
export const dayNumber = (at: number | Date, zone: string = CHINA): number => Math.floor((+at + offsetMs(+at, zone)) / DAY_MS)

const twoDigits = (value: number): string => (value < 10 ? `0${value}` : String(value))

/** `2026-05-01` of a day number. */
export function dayText(day: number): string {
  const date = new Date(day * DAY_MS)
  return `${date.getUTCFullYear()}-${twoDigits(date.getUTCMonth() + 1)}-${twoDigits(date.getUTCDate())}`
}

/** The day number of `2026-05-01`. */
export function dayOfText(text: string): number {
  const day = Date.parse(`${text}T00:00:00Z`) / DAY_MS
  if (!Number.isInteger(day)) throw new RangeError(`not a date: ${text}`)
  return day
}

/** 0 for Sunday to 6 for Saturday. */
export const weekdayOf = (day: number): number => (((day + 4) % 7) + 7) % 7

/** The date on the wall, `2026-05-01`. */
export const wallDay = (at: Date, zone: string = CHINA): string => dayText(dayNumber(at, zone))

/** The time on the wall, `2026-05-01 08:30`. */
export function wallText(at: Date, zone: string = CHINA): string {
  const minutes = Math.floor((+at + offsetMs(+at, zone)) / MINUTE)
  const ofDay = ((minutes % 1440) + 1440) % 1440
  return `${wallDay(at, zone)} ${twoDigits(Math.floor(ofDay / 60))}:${twoDigits(ofDay % 60)}`
}

/** The moment at which the wall clock of `zone` shows `minutes` after midnight. A time left out in spring is that after the gap. */
export function wallMoment(day: number, minutes: number, zone: string = CHINA): number {
  const wall = day * DAY_MS + minutes * MINUTE
  if (zone === CHINA) return wall - CHINA_OFFSET
  // Two guesses settle it: the offset of the first may be that of the other side of a change.
  const first = wall - offsetMs(wall, zone)
  return wall - offsetMs(first, zone)
}

/** The first moment of the day `2026-05-01` on the wall clock. */
export const startOfDay = (text: string, zone: string = CHINA): Date => new Date(wallMoment(dayOfText(text), 0, zone))

/** `2026-05-01` moved by whole days. */
export const addDays = (text: string, days: number): string => dayText(dayOfText(text) + days)
