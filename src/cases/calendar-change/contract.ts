// What another calendar moves, over the wire: before it is published, and after.

import { endpoint, Moment, page, PageQuery, Type, type Static, type TSchema } from '../../kernel/contract.ts'
import { CalendarEdit } from '../../registry/contract.ts'
import { LAMPS } from '../lamp.ts'

const orNull = <T extends TSchema>(shape: T) => Type.Union([shape, Type.Null()])
const WordsBody = Type.Object({ zh: Type.String(), en: Type.String() })
const Lamp = Type.Enum([...LAMPS])
const KEEP = 'registry.calendar'

export const CalendarMove = Type.Object({
  number: Type.String(),
  /** Of the clock: 处置, 立案 … */
  words: WordsBody,
  dueBefore: Moment,
  dueAfter: Moment,
  lampBefore: Lamp,
  lampAfter: Lamp,
})
export type CalendarMove = Static<typeof CalendarMove>

export const CalendarPreview = Type.Object({
  /** Open cases whose limit runs by the calendar. */
  seen: Type.Integer(),
  moved: Type.Integer(),
  later: Type.Integer(),
  sooner: Type.Integer(),
  /** Lamps that would turn at once. */
  lamps: Type.Array(Type.Object({ from: Lamp, to: Lamp, cases: Type.Integer() })),
  districts: Type.Array(Type.Object({ district: Type.String(), seen: Type.Integer(), moved: Type.Integer() })),
  /** Those that would move furthest. */
  items: Type.Array(CalendarMove),
})
export type CalendarPreview = Static<typeof CalendarPreview>

/** Writes nothing. */
export const postCalendarPreview = endpoint({
  method: 'POST',
  path: '/api/calendar/preview',
  permit: KEEP,
  repeatable: true,
  summary: { zh: '试算：这样改会使哪些案件的时限变动', en: 'Which limits would move if the calendar were edited so' },
  body: CalendarEdit,
  reply: CalendarPreview,
})

/** How far the open cases of a district have been reckoned anew by a version. */
export const CalendarRun = Type.Object({
  version: Type.Integer(),
  district: Type.String(),
  startedAt: Moment,
  endedAt: orNull(Moment),
  seen: Type.Integer(),
  moved: Type.Integer(),
})
export type CalendarRun = Static<typeof CalendarRun>

export const getCalendarRuns = endpoint({
  method: 'GET',
  path: '/api/calendar/runs',
  permit: KEEP,
  summary: { zh: '日历变更后的重算进度', en: 'How far open cases have been reckoned by each version' },
  reply: Type.Object({ items: Type.Array(CalendarRun) }),
})

export const getCalendarMoves = endpoint({
  method: 'GET',
  path: '/api/calendar/moves',
  permit: KEEP,
  summary: { zh: '日历变更后时限变动的案件', en: 'The cases whose limit a version moved' },
  query: Type.Object({ version: Type.Integer({ minimum: 0 }), ...PageQuery }),
  reply: page(CalendarMove),
})
