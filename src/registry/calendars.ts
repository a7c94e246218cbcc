import { cache, calendarFrom, type Calendar, type Context } from '../kernel/index.ts'
import { cityLoaded } from '../atlas/index.ts'
import { factsOf } from './calendar-facts.ts'
import type { CalendarBody } from './contract.ts'
import { ownTables, type CalendarFile } from './tables.ts'

/** What holds until a city says otherwise: four hours before noon and four after, and the holidays of China. */
const USUAL: CalendarFile = {
  hours: [
    ['08:00', '12:00'],
    ['14:00', '18:00'],
  ],
  holidays: 'CN',
}

const calendarCache = cache<{ body: CalendarBody; calendar: Calendar }>({
  name: 'registry.calendar',
  until: [cityLoaded],
  async build(ctx) {
    const last = await ownTables(ctx).selectFrom('calendar').selectAll().orderBy('version', 'desc').limit(1).executeTakeFirst()
    const facts = factsOf(last?.body ?? USUAL)
    const hours = facts.hours.map(([from, to]): [number, number] => [from, to])
    return { body: { version: last?.version ?? 0, zone: facts.zone, hours, days: facts.days }, calendar: calendarFrom(facts) }
  },
})

/** The calendar in force, by which limits in 工作时 and 工作日 run. */
export const workingCalendar = async (ctx: Context): Promise<Calendar> => (await ctx.caches.get(ctx, calendarCache)).calendar

export const calendarBody = async (ctx: Context): Promise<CalendarBody> => (await ctx.caches.get(ctx, calendarCache)).body
