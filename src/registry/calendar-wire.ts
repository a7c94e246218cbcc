// The working calendar over the wire: as it stands, and as it is edited.

import { endpoint, Moment, Type, type Static, type TSchema } from '../kernel/contract.ts'

const orNull = <T extends TSchema>(shape: T) => Type.Union([shape, Type.Null()])

/** The calendar as data, from which the browser builds the same clocks as the server. */
export const CalendarBody = Type.Object({
  version: Type.Integer(),
  zone: Type.String(),
  /** Minutes after midnight. */
  hours: Type.Array(Type.Tuple([Type.Integer(), Type.Integer()])),
  days: Type.Array(Type.Object({ date: Type.String(), off: Type.Boolean(), name: Type.Optional(Type.String()) })),
})
export type CalendarBody = Static<typeof CalendarBody>

export const getCalendar = endpoint({
  method: 'GET',
  path: '/api/calendar',
  permit: 'anyone',
  limit: 'public-read',
  summary: { zh: '工作日历', en: 'The working calendar' },
  reply: CalendarBody,
})

const TimeOfDay = Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$|^24:00$' })

/** What a city says of its calendar; the time zone is that of the city and is not edited. */
export const CalendarEdit = Type.Object({
  hours: Type.Array(Type.Tuple([TimeOfDay, TimeOfDay]), { minItems: 1, maxItems: 12 }),
  /** `CN`: the announced holidays and make-up workdays, as shipped, below the days named here. */
  holidays: Type.Optional(Type.Literal('CN')),
  days: Type.Array(
    Type.Object({
      date: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
      off: Type.Boolean(),
      name: Type.Optional(Type.String({ maxLength: 40 })),
    }),
    { maxItems: 2000 },
  ),
})
export type CalendarEdit = Static<typeof CalendarEdit>

export const CalendarVersion = Type.Object({
  version: Type.Integer(),
  recordedAt: Moment,
  /** Null: it came with the city pack. */
  by: orNull(Type.String()),
  note: orNull(Type.String()),
  /** Hours of service in minutes a day. */
  minutesADay: Type.Integer(),
  /** Days named by the city itself. */
  ownDays: Type.Integer(),
})
export type CalendarVersion = Static<typeof CalendarVersion>

const KEEP = 'registry.calendar'

export const getCalendarVersions = endpoint({
  method: 'GET',
  path: '/api/calendar/versions',
  permit: KEEP,
  summary: { zh: '日历版本，新的在前', en: 'Versions of the calendar, newest first' },
  reply: Type.Object({ items: Type.Array(CalendarVersion) }),
})

export const getCalendarVersion = endpoint({
  method: 'GET',
  path: '/api/calendar/versions/:version',
  permit: KEEP,
  summary: { zh: '一个日历版本；0 为随程序附带的日历', en: 'One version of the calendar; 0 is the one that is shipped' },
  params: Type.Object({ version: Type.Integer({ minimum: 0 }) }),
  reply: Type.Object({ version: Type.Integer(), edit: CalendarEdit, facts: CalendarBody }),
})

/** The new version holds from the next second on; running limits of open cases are reckoned anew by it. */
export const postCalendarVersion = endpoint({
  method: 'POST',
  path: '/api/calendar/versions',
  permit: KEEP,
  summary: { zh: '发布新的日历版本', en: 'Publish a new version of the calendar' },
  body: Type.Object({
    ...CalendarEdit.properties,
    /** The version that was edited: refused if somebody has published another since. */
    base: Type.Integer({ minimum: 0 }),
    note: Type.String({ minLength: 1, maxLength: 200 }),
  }),
  reply: CalendarVersion,
})
