import type { Context } from '../../kernel/index.ts'
import type { Lamp } from '../lamp.ts'

/** One district's part of the reckoning anew by one version of the calendar. */
export type CalendarRunTable = {
  version: number
  district: string
  /** Cases up to this number are done. */
  upTo: string
  startedAt: Date
  endedAt: Date | null
  seen: number
  moved: number
}

export type CalendarMoveTable = {
  version: number
  district: string
  number: string
  clock: string
  dueBefore: Date
  dueAfter: Date
  lampBefore: Lamp
  lampAfter: Lamp
  movedAt: Date
}

type Tables = { caseCalendarRun: CalendarRunTable; caseCalendarMove: CalendarMoveTable }

export const ownMoves = ({ db }: Pick<Context, 'db'>) => db.withTables<Tables>()
