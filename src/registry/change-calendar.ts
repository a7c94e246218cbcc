import { announce, calendarFrom, demand, record, type Calendar, type Context } from '../kernel/index.ts'
import { bodyOf, lastCalendar, USUAL } from './calendars.ts'
import type { CalendarBody, CalendarEdit, CalendarVersion } from './contract.ts'
import { calendarChanged } from './events.ts'
import { faultOf } from './pack/calendar.ts'
import { calendarBroken, calendarMoved, calendarUnknown } from './problems.ts'
import { ownTables, type CalendarFile, type CalendarTable } from './tables.ts'

const SHOWN = 200

/** The calendar is the whole city's: whoever keeps it keeps it for all. */
export const demandCalendar = (ctx: Context): void => demand(ctx, 'registry.calendar', { region: '', unit: '', category: '' })

const present = ({ version, recordedAt, body, recordedByName, note }: CalendarTable): CalendarVersion => {
  const { hours } = bodyOf(version, body)
  return {
    version,
    recordedAt: recordedAt.toISOString(),
    by: recordedByName,
    note,
    minutesADay: hours.reduce((sum, [from, to]) => sum + to - from, 0),
    ownDays: body.days?.length ?? 0,
  }
}

/** The newest versions, newest first. */
export async function listCalendars(ctx: Context): Promise<{ items: CalendarVersion[] }> {
  demandCalendar(ctx)
  const rows = await ownTables(ctx).selectFrom('calendar').selectAll().orderBy('version', 'desc').limit(SHOWN).execute()
  return { items: rows.map(present) }
}

export async function showCalendar(ctx: Context, version: number) {
  demandCalendar(ctx)
  const found = await ownTables(ctx).selectFrom('calendar').select('body').where('version', '=', version).executeTakeFirst()
  const file = found?.body ?? (version === 0 ? USUAL : undefined)
  if (!file) throw calendarUnknown({ version })
  const { hours, holidays, days = [] } = file
  return { version, edit: { hours, days, ...(holidays && { holidays }) }, facts: bodyOf(version, file) }
}

/** A file of a calendar as it was read, checked; throws what is wrong with it in words. */
export function readCalendarFile(file: unknown): CalendarBody {
  const [column, zh, en] = faultOf((file ?? {}) as Partial<CalendarFile>) ?? []
  if (column !== undefined) throw calendarBroken({ why: { zh: `${column}：${zh}`, en: `${column}: ${en}` } })
  return bodyOf(0, file as CalendarFile)
}

const fileOf = (edit: CalendarEdit, zone: string | undefined): CalendarFile => ({
  ...(zone !== undefined && { zone }),
  hours: edit.hours,
  ...(edit.holidays && { holidays: edit.holidays }),
  days: edit.days.toSorted((a, b) => a.date.localeCompare(b.date)),
})

/** The calendar that an edit would make, without writing anything. */
export async function draftCalendar(ctx: Context, edit: CalendarEdit): Promise<Calendar> {
  const last = await lastCalendar(ctx)
  return calendarFrom(readCalendarFile(fileOf(edit, last?.body.zone)))
}

/** Makes an edit the next version. The one before stays as it was: a calendar that was in force is never rewritten. */
export async function publishCalendar(
  ctx: Context,
  { base, note, ...edit }: CalendarEdit & { base: number; note: string },
): Promise<CalendarVersion> {
  demandCalendar(ctx)
  const last = await lastCalendar(ctx)
  const version = (last?.version ?? 0) + 1
  if (base !== version - 1) throw calendarMoved({ version: version - 1 })
  const body = fileOf(edit, last?.body.zone)
  readCalendarFile(body)
  const row = { version, recordedAt: ctx.now, body, recordedBy: ctx.actor.id, recordedByName: ctx.actor.name, note: note.trim() }
  const made = await ownTables(ctx)
    .insertInto('calendar')
    .values(row)
    .onConflict((on) => on.column('version').doNothing())
    .executeTakeFirst()
  // Two who publish at once: the second is told, as if it had come a second later.
  if (made.numInsertedOrUpdatedRows !== 1n) throw calendarMoved({ version })
  record(ctx, 'registry.calendar-published', String(version), '', { note: row.note, hours: body.hours, days: body.days })
  announce(ctx, calendarChanged, '', { version })
  return present(row)
}
