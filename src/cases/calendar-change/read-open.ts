import { sql } from 'kysely'
import type { Calendar, Context } from '../../kernel/index.ts'
import { own, type CaseRow, type StepRow } from '../tables.ts'
import { isPlain, type ClockColumns } from './move-clock.ts'

type StepChange = Pick<StepRow, 'takenAt' | 'changes'>

interface Piece {
  readonly after: string
  readonly most: number
}

/** Open cases of a district whose limit runs by the calendar, in the order of their numbers. */
const open = (ctx: Context, district: string, { after, most }: Piece) =>
  own(ctx)
    .selectFrom('caseFile')
    .where('district', '=', district)
    .where('endedAt', 'is', null)
    .where('number', '>', after)
    .where('dueAt', 'is not', null)
    .where('clockUnit', 'in', ['work_hour', 'work_day'])
    .orderBy('number')
    .limit(most)

export type OpenClock = ClockColumns & { readonly number: string }

/** Their clocks alone, for looking. */
export const readOpen = (ctx: Context, district: string, piece: Piece): Promise<OpenClock[]> =>
  open(ctx, district, piece)
    .select(['number', 'clock', 'clockFrom', 'clockAmount', 'clockUnit', 'dueAt', 'yellowAt', 'disposeDueAt', 'lamp', 'endedAt'])
    .execute()

/** Whole, and held until the transaction ends. */
export const lockOpen = (ctx: Context, district: string, piece: Piece): Promise<CaseRow[]> =>
  open(ctx, district, piece).selectAll().forUpdate().execute()

/** The steps of those cases whose deadline is more than a start and a limit, such as one that has stood still. */
export async function stepsOfSpecial(
  ctx: Context,
  district: string,
  rows: readonly OpenClock[],
  before: Calendar,
): Promise<ReadonlyMap<string, readonly StepChange[]>> {
  const special = rows.filter((row) => !isPlain(row, before)).map(({ number }) => number)
  if (special.length === 0) return new Map()
  const steps = await own(ctx)
    .selectFrom('caseStep')
    .select(['number', 'takenAt', 'changes'])
    .where('district', '=', district)
    .where(sql<boolean>`number = any(${special})`)
    .orderBy('number')
    .orderBy('ordinal')
    .execute()
  return Map.groupBy(steps, ({ number }) => number)
}
