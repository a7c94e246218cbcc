import { answer, type Route } from '../../kernel/index.ts'
import { getCalendarMoves, getCalendarRuns, postCalendarPreview } from './contract.ts'
import { listMoves, listRuns, previewCalendar } from './preview.ts'

export const calendarRoutes: readonly Route[] = [
  answer(postCalendarPreview, (ctx, { body }) => previewCalendar(ctx, body)),
  answer(getCalendarRuns, (ctx) => listRuns(ctx)),
  answer(getCalendarMoves, (ctx, { query }) => listMoves(ctx, query)),
]
