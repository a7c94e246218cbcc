// Times of the week at which a rule holds or a unit can be reached: `work 08:00-18:00; 6-7 09:00-12:00`. Pure.
// Days are `daily`, `work` and `rest` (工作日, 休息日 of the city's calendar), or weekdays from 1 (Monday) to 7. A time that ends
// before it begins runs past midnight and belongs to the day on which it began.

import type { Words } from '../kernel/contract.ts'

/** One day as hours ask of it. */
export interface Day {
  /** 1 for Monday to 7 for Sunday. */
  readonly weekday: number
  readonly workday: boolean
}

/** A moment on the city's wall clock. */
export interface WallMoment {
  /** Minutes after midnight. */
  readonly minute: number
  readonly today: Day
  readonly yesterday: Day
}

interface Span {
  readonly days: 'daily' | 'work' | 'rest' | ReadonlySet<number>
  readonly times: readonly (readonly [from: number, to: number])[]
}

/** No span at all: always. */
export type Hours = readonly Span[]

const WHOLE_DAY = [[0, 1440]] as const

function readDays(text: string): Span['days'] | undefined {
  if (text === 'daily' || text === 'work' || text === 'rest') return text
  const days = new Set<number>()
  for (const part of text.split(',')) {
    const [, from, to = from] = /^([1-7])(?:-([1-7]))?$/.exec(part) ?? []
    if (!from || +to! < +from) return undefined
    for (let day = +from; day <= +to!; day++) days.add(day)
  }
  return days
}

function readTimes(text: string): Span['times'] | undefined {
  const times: [number, number][] = []
  for (const part of text.split(',')) {
    const [, h1, m1, h2, m2] = /^(\d{2}):(\d{2})-(\d{2}):(\d{2})$/.exec(part) ?? []
    const [from, to] = [+h1! * 60 + +m1!, +h2! * 60 + +m2!]
    if (h1 === undefined || +m1! > 59 || +m2! > 59 || from >= 1440 || to > 1440 || from === to) return undefined
    times.push([from, to])
  }
  return times
}

/** Hours out of their text; undefined where it cannot be read. '' is always. */
export function readHours(text: string): Hours | undefined {
  const spans: Span[] = []
  for (const piece of text.split(';').map((part) => part.trim())) {
    if (piece === '') continue
    const [first = '', second, ...more] = piece.split(/\s+/)
    const days = readDays(first)
    const times = second === undefined ? WHOLE_DAY : readTimes(second)
    if (!days || !times || more.length > 0) return undefined
    spans.push({ days, times })
  }
  return spans
}

const onDay = (days: Span['days'], day: Day): boolean =>
  days === 'daily' || (days === 'work' ? day.workday : days === 'rest' ? !day.workday : days.has(day.weekday))

/** Whether hours hold at a moment. */
export const holdsAt = (hours: Hours, { minute, today, yesterday }: WallMoment): boolean =>
  hours.length === 0 ||
  hours.some(({ days, times }) =>
    times.some(([from, to]) => {
      if (from < to) return minute >= from && minute < to && onDay(days, today)
      return (minute >= from && onDay(days, today)) || (minute < to && onDay(days, yesterday))
    }),
  )

const ZH = ['', '周一', '周二', '周三', '周四', '周五', '周六', '周日']
const EN = ['', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const NAMED = {
  daily: { zh: '每天', en: 'every day' },
  work: { zh: '工作日', en: 'workdays' },
  rest: { zh: '休息日', en: 'days off' },
} as const

function sayDays(days: Span['days']): Words {
  if (typeof days === 'string') return NAMED[days]
  const list = [...days].sort((a, b) => a - b)
  const last = list.at(-1)!
  const first = list[0]!
  if (list.length > 2 && last - first === list.length - 1) return { zh: `${ZH[first]}至${ZH[last]}`, en: `${EN[first]}–${EN[last]}` }
  return { zh: list.map((day) => ZH[day]).join('、'), en: list.map((day) => EN[day]).join(', ') }
}

const clock = (minutes: number) => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

/** Hours in words; “全时段” for always. */
export function sayHours(hours: Hours): Words {
  if (hours.length === 0) return { zh: '全时段', en: 'at any time' }
  const spans = hours.map(({ days, times }) => {
    const day = sayDays(days)
    const time = times === WHOLE_DAY ? '' : times.map(([from, to]) => `${clock(from)}–${clock(to)}`).join('、')
    return { zh: [day.zh, time].filter(Boolean).join(' '), en: [day.en, time.replaceAll('、', ', ')].filter(Boolean).join(' ') }
  })
  return { zh: spans.map(({ zh }) => zh).join('；'), en: spans.map(({ en }) => en).join('; ') }
}
