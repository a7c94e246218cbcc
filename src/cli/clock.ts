import { InvalidArgumentError, type Command } from 'commander'
import { readFileSync } from 'node:fs'
import { reckonClock, sayAmount } from '../cases/index.ts'
import { calendarFrom, CLOCKS, countByDay, Problem, wallText, type Clock, type DayCounted, type Stretch } from '../kernel/index.ts'
import { readCalendarFile, USUAL, type CalendarBody } from '../registry/index.ts'
import { print, speak } from './speak.ts'

interface Asked {
  readonly from: Date
  readonly limit: number
  readonly unit: Clock
  readonly calendar?: CalendarBody
  readonly pause: readonly Stretch[]
  readonly extend: number
  readonly share: number
  readonly json: boolean
}

const refuse = (zh: string, en: string) => new InvalidArgumentError(speak({ zh, en }))

function moment(text: string): Date {
  const at = new Date(text)
  // A time without a zone would be read by the zone of this machine, which is not the city's.
  if (!/[zZ]$|[+-]\d\d:?\d\d$/.test(text) || Number.isNaN(+at)) {
    throw refuse('需为带时区的时间，如 2026-09-30T16:20+08:00', 'must be a time with its zone, such as 2026-09-30T16:20+08:00')
  }
  return at
}

function pause(text: string, before: readonly Stretch[]): Stretch[] {
  const [from, to, ...rest] = text.split('/')
  if (!from || !to || rest.length > 0) throw refuse('需为 起/止', 'must be FROM/TO')
  const stretch: Stretch = [moment(from), moment(to)]
  const last = before.at(-1)
  if (stretch[1] <= stretch[0] || (last && stretch[0] < last[1])) throw refuse('各次暂停须先后有序、互不重叠', 'pauses must be in order and apart')
  return [...before, stretch]
}

function amount(text: string): number {
  const value = Number(text)
  if (!(value > 0 && value <= 10_000)) throw refuse('需为正数', 'must be a number above zero')
  return value
}

function share(text: string): number {
  const value = Number(text)
  if (!(value > 0 && value <= 1)) throw refuse('需在 0 与 1 之间', 'must lie between 0 and 1')
  return value
}

function times(text: string): number {
  if (!/^\d{1,2}$/.test(text)) throw refuse('需为次数', 'must be a whole number')
  return Number(text)
}

function unit(text: string): Clock {
  const found = CLOCKS.find((clock) => clock === text)
  if (!found) throw refuse(`需为 ${CLOCKS.join('、')} 之一`, `must be one of ${CLOCKS.join(', ')}`)
  return found
}

function calendarFile(path: string): CalendarBody {
  try {
    return readCalendarFile(JSON.parse(readFileSync(path, 'utf8')))
  } catch (error) {
    if (error instanceof Problem) throw refuse(error.words.zh, error.words.en)
    const why = error instanceof Error ? error.message : String(error)
    throw refuse(`读不出日历：${why}`, `not a calendar: ${why}`)
  }
}

/** The verb that reckons a deadline by hand, without a database. */
export function addClock(program: Command): void {
  program
    .command('clock')
    .requiredOption('--from <time>', speak({ zh: '计时开始', en: 'when the clock starts' }), moment)
    .requiredOption('--limit <n>', speak({ zh: '时限', en: 'the limit' }), amount)
    .option('--unit <unit>', speak({ zh: '单位：urgent_hour 紧急工作时、work_hour 工作时、work_day 工作日', en: CLOCKS.join(', ') }), unit, 'work_hour')
    .option('--calendar <file>', speak({ zh: '工作日历（calendar.json）；不写则用附带的', en: 'a calendar.json; the shipped one without it' }), calendarFile)
    .option('--pause <from/to>', speak({ zh: '暂停，可多次', en: 'a pause; may be given several times' }), pause, [])
    .option('--extend <n>', speak({ zh: '延期次数，每次加一个原时限', en: 'extensions granted, one original limit each' }), times, 0)
    .option('--share <n>', speak({ zh: '亮黄灯的份额', en: 'the share after which the lamp is yellow' }), share, 0.8)
    .option('--json', speak({ zh: '输出 JSON', en: 'print JSON' }), false)
    .description(speak({ zh: '手工核对一个时限：到期、黄灯与逐日计时', en: 'reckon a deadline: when it is due, when the lamp is yellow, day by day' }))
    .action((asked: Asked) => reckon(asked))
}

function reckon({ from, limit, unit: clock, calendar: given, pause: pauses, extend: extensions, share: yellow, json }: Asked): void {
  const facts = given ?? readCalendarFile(USUAL)
  const calendar = calendarFrom(facts)
  const reckoned = reckonClock({ from, amount: limit, unit: clock, extensions, pauses, share: yellow }, calendar)
  const days = countByDay(calendar, clock, reckoned.ran)
  const names = new Map(facts.days.map(({ date, name }) => [date, name ?? '']))
  if (json) {
    const shown = days.map(({ spans, ...day }) => ({ ...day, name: names.get(day.date) ?? null, spans: spans.map(([a, b]) => [a.toISOString(), b.toISOString()]) }))
    const { dueAt, yellowAt, wholeMs } = reckoned
    print(JSON.stringify({ from, limit, unit: clock, extensions, zone: facts.zone, wholeMs, yellowAt, dueAt, ignoredPauses: reckoned.tooLate, days: shown }, null, 2))
    return
  }
  const at = (moment: Date) => `${wallText(moment, facts.zone)}${seconds(moment)}`
  const row = (zh: string, en: string, value: string) => print(`${speak({ zh, en })}  ${value}`)
  row('开始', 'from  ', at(from))
  row('时限', 'limit ', `${speak(sayAmount(limit, clock) ?? { zh: '', en: '' })}${extensions > 0 ? ` × ${extensions + 1}` : ''} = ${hours(reckoned.wholeMs)}`)
  row('黄灯', 'yellow', at(reckoned.yellowAt))
  row('到期', 'due   ', at(reckoned.dueAt))
  for (const [stops, goesOn] of reckoned.tooLate) row('不计', 'unused', `${at(stops)} / ${at(goesOn)}`)
  print('')
  for (const day of days) print(lineOf(day, names.get(day.date), facts.zone))
}

const seconds = (moment: Date) => (+moment % 60_000 === 0 ? '' : `:${String(Math.floor((+moment % 60_000) / 1000)).padStart(2, '0')}`)

/** Hours and minutes, and seconds where there are any. */
function hours(ms: number): string {
  const minutes = Math.floor(ms / 60_000)
  const rest = Math.round((ms % 60_000) / 1000)
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}${rest > 0 ? `:${String(rest).padStart(2, '0')}` : ''}`
}

const WEEKDAYS = { zh: '日一二三四五六', en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] } as const

function lineOf({ date, weekday, works, spans, ms, sumMs }: DayCounted, name: string | undefined, zone: string): string {
  const day = speak({ zh: `周${WEEKDAYS.zh[weekday]}`, en: WEEKDAYS.en[weekday]! })
  const kind = works ? speak({ zh: '工作日', en: 'works' }) : speak({ zh: '休息　', en: 'off  ' })
  const time = (moment: Date, end: boolean) => {
    const text = wallText(moment, zone).slice(11) + seconds(moment)
    return end && text === '00:00' ? '24:00' : text
  }
  const counted = spans.map(([from, to]) => `${time(from, false)}–${time(to, true)}`).join(' ')
  // A holiday has its name in Chinese alone.
  const named = name === undefined ? '' : speak({ zh: name + (works ? '调休' : ''), en: works ? 'made up' : 'holiday' })
  return [date, day, kind, counted || '—', ms > 0 ? `+${hours(ms)} = ${hours(sumMs)}` : '', named].filter(Boolean).join('  ')
}
