import { cache, calendarFrom, type Calendar, type Context } from '../kernel/index.ts'
import { cityLoaded } from '../atlas/index.ts'
import { factsOf } from './calendar-facts.ts'
import type { CalendarBody } from './contract.ts'
import { calendarChanged } from './events.ts'
import { ownTables, type CalendarFile } from './tables.ts'

/** What holds until a city says otherwise: four hours before noon and four after, and the holidays of China. */
export const USUAL: CalendarFile = {
  hours: [
    ['08:00', '12:00'],
    ['14:00', '18:00'],
  ],
  holidays: 'CN',
}

export const lastCalendar = (ctx: Context) =>
  ownTables(ctx).selectFrom('calendar').selectAll().orderBy('version', 'desc').limit(1).executeTakeFirst()

/** A calendar in full: its own days over the announced ones. */
export function bodyOf(version: number, file: CalendarFile): CalendarBody {
  const { zone, hours, days } = factsOf(file)
  return { version, zone, hours: hours.map(([from, to]): [number, number] => [from, to]), days }
}

const calendarCache = cache<{ body: CalendarBody; calendar: Calendar }>({
  name: 'registry.calendar',
  until: [cityLoaded, calendarChanged],
  async build(ctx) {
    const last = await lastCalendar(ctx)
    const body = bodyOf(last?.version ?? 0, last?.body ?? USUAL)
    return { body, calendar: calendarFrom(body) }
  },
})

/** The calendar in force, by which limits in 工作时 and 工作日 run. */
export const workingCalendar = async (ctx: Context): Promise<Calendar> => (await ctx.caches.get(ctx, calendarCache)).calendar

export const calendarBody = async (ctx: Context): Promise<CalendarBody> => (await ctx.caches.get(ctx, calendarCache)).body

/** The calendar that was version `version`; 0, and any that is not known, is the one that is shipped. */
export async function calendarOfVersion(ctx: Context, version: number): Promise<Calendar> {
  const found = await ownTables(ctx).selectFrom('calendar').select('body').where('version', '=', version).executeTakeFirst()
  return calendarFrom(bodyOf(version, found?.body ?? USUAL))
}
