import { useQuery } from '@tanstack/react-query'
import { DatePicker } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { calendarFrom, deadline } from '../../kernel/contract.ts'
import { sayMoment, serverNow, startOfDay, useWords, wallTime } from '../../kernel/web/index.ts'
import { calendarQuery } from '../../registry/web/index.ts'

const words = {
  until: { zh: '截止时间', en: 'Until' },
  longest: { zh: '最晚', en: 'at the latest' },
  quick: { zh: '常用期限', en: 'Usual spans' },
}

const DAY_MS = 86_400_000
const DAYS = [1, 3, 7, 30, 90, 365] as const
const WORKDAYS = [1, 3, 5] as const

/** Wall time of the city, which may not be that of the machine that shows it. */
const toMoment = (at: Dayjs): string => new Date(Date.parse(startOfDay(at.format('YYYY-MM-DD'))) + (at.hour() * 60 + at.minute()) * 60_000).toISOString()
const toPicker = (at: string): Dayjs => {
  const { day, time } = wallTime(at)
  return dayjs(`${day}T${time}`)
}

/** A moment that lies ahead, by a usual span or by the calendar. */
export function UntilField({
  value,
  onChange,
  longestDays,
  failed,
}: {
  value: string | undefined
  onChange: (until: string | undefined) => void
  longestDays: number | undefined
  failed: boolean
}) {
  const { say, language } = useWords()
  const calendar = useQuery(calendarQuery).data
  const now = serverNow()
  // A minute is left for writing the reason, so that the longest span is not refused for having been chosen too soon.
  const latest = longestDays === undefined ? undefined : now + longestDays * DAY_MS - 60_000
  const zh = language === 'zh'
  const spans = [
    ...(calendar ? WORKDAYS.map((n) => ({ name: zh ? `${n} 个工作日` : `${n} workday${n > 1 ? 's' : ''}`, at: +deadline(calendarFrom(calendar), new Date(now), n, 'work_day') })) : []),
    ...DAYS.map((n) => ({ name: zh ? `${n} 天` : `${n} day${n > 1 ? 's' : ''}`, at: Math.min(now + n * DAY_MS, n === longestDays ? latest! : Infinity) })),
  ].filter(({ at }) => latest === undefined || at <= latest)
  return (
    <div className="until-field">
      <div className="spans" role="group" aria-label={say(words.quick)}>
        {spans.map(({ name, at }) => (
          <button key={name} type="button" onClick={() => onChange(new Date(Math.floor(at / 60_000) * 60_000).toISOString())}>
            {name}
          </button>
        ))}
      </div>
      <DatePicker
        showTime={{ format: 'HH:mm', minuteStep: 5 }}
        format="YYYY-MM-DD HH:mm"
        value={value ? toPicker(value) : null}
        onChange={(at) => onChange(at ? toMoment(at) : undefined)}
        minDate={toPicker(new Date(now).toISOString())}
        {...(latest !== undefined && { maxDate: toPicker(new Date(latest).toISOString()) })}
        aria-label={say(words.until)}
        style={{ width: 220 }}
        {...(failed && { status: 'error' as const })}
      />
      {latest !== undefined && (
        <small className="muted">
          {say(words.longest)} {sayMoment(latest).slice(0, 16)}
        </small>
      )}
    </div>
  )
}
