import { announce, calendarFrom, dayOfText, dayText, type PackFault, type PackFile } from '../../kernel/index.ts'
import { factsOf } from '../calendar-facts.ts'
import { calendarChanged } from '../events.ts'
import { ownTables, type CalendarFile } from '../tables.ts'

const isHour = (value: unknown) => typeof value === 'string' && /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(value)
// JavaScript takes 31 June for 1 July.
const isDay = (text: unknown) => typeof text === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(text) && dayText(dayOfText(text)) === text

/** What is wrong with a calendar, if anything. */
export function faultOf(file: Partial<CalendarFile>): [column: string, zh: string, en: string] | undefined {
  const hours = file.hours
  if (!Array.isArray(hours) || !hours.every((span) => Array.isArray(span) && span.length === 2 && span.every(isHour))) {
    return ['hours', '应为 [["08:00","12:00"], …]', 'must be [["08:00", "12:00"], …]']
  }
  if (file.holidays !== undefined && file.holidays !== 'CN') return ['holidays', '应为 CN 或省略', 'must be CN or left out']
  const days = file.days ?? []
  if (!Array.isArray(days)) return ['days', '应为列表', 'must be a list']
  const bad = days.findIndex((day) => !isDay(day?.date) || typeof day.off !== 'boolean')
  if (bad >= 0) return [`days[${bad}]`, '应为 {date, off}', 'must be {date, off}']
  try {
    calendarFrom(factsOf(file as CalendarFile))
    return undefined
  } catch {
    return ['hours', '时段应先后有序、互不重叠，时区应存在', 'hours must be in order and apart, and the zone must exist']
  }
}

export const calendarFile: PackFile<CalendarFile> = {
  file: 'calendar.json',
  format: 'json',
  optional: true,
  means: { zh: '工作日历：服务时段、节假日与调休', en: 'The working calendar: hours of service, holidays, make-up workdays' },
  check: (rows) =>
    rows.flatMap((file): PackFault[] => {
      const [column, zh, en] = faultOf(file) ?? []
      return column ? [{ row: 1, column, reason: { zh: zh!, en: en! } }] : []
    }),
  // A calendar that was in force is never rewritten: a changed one becomes the next version.
  async load(ctx, rows) {
    for (const body of rows) {
      const last = await ownTables(ctx).selectFrom('calendar').selectAll().orderBy('version', 'desc').limit(1).executeTakeFirst()
      if (last && JSON.stringify(factsOf(last.body)) === JSON.stringify(factsOf(body))) continue
      await ownTables(ctx)
        .insertInto('calendar')
        .values({ version: (last?.version ?? 0) + 1, recordedAt: ctx.now, body, recordedBy: null, recordedByName: null, note: null })
        .execute()
      announce(ctx, calendarChanged, '', { version: (last?.version ?? 0) + 1 })
    }
  },
  async *export(ctx) {
    const last = await ownTables(ctx).selectFrom('calendar').select('body').orderBy('version', 'desc').limit(1).executeTakeFirst()
    if (last) yield last.body
  },
}
