import { keyOf, pageOf, type Context } from '../../kernel/index.ts'
import type { Words } from '../../kernel/contract.ts'
import { demandCalendar, draftCalendar, workingCalendar } from '../../registry/index.ts'
import type { CalendarEdit } from '../../registry/contract.ts'
import { allFlows } from '../flows.ts'
import { districtsOf } from '../scope.ts'
import type { CalendarMove, CalendarPreview, CalendarRun } from './contract.ts'
import { moveClock, runsByCalendar, type Moved } from './move-clock.ts'
import { readOpen, stepsOfSpecial, type OpenClock } from './read-open.ts'
import { ownMoves } from './tables.ts'

const AT_ONCE = 20_000
const SHOWN = 200
const RUNS_SHOWN = 500

/** The words of every clock of every flow; a case keeps the flow it began with, and clocks of one name are called the same. */
async function clockWords(ctx: Context): Promise<(clock: string) => Words> {
  const { byKey } = await allFlows(ctx)
  const words = new Map([...byKey.values()].flatMap(({ clocks }) => Object.entries(clocks).map(([name, clock]) => [name, clock.words] as const)))
  return (clock) => words.get(clock) ?? { zh: clock, en: clock }
}

/** What an edited calendar would move, case by case, without moving it. */
export async function previewCalendar(ctx: Context, edit: CalendarEdit): Promise<CalendarPreview> {
  demandCalendar(ctx)
  const calendars = { before: await workingCalendar(ctx), after: await draftCalendar(ctx, edit) }
  const words = await clockWords(ctx)
  const lamps = new Map<string, CalendarPreview['lamps'][number]>()
  const districts: CalendarPreview['districts'] = []
  const furthest: { item: CalendarMove; by: number }[] = []
  let [later, sooner] = [0, 0]
  for (const district of await districtsOf(ctx)) {
    const sums = { district, seen: 0, moved: 0 }
    for await (const { rows, moves } of piecesOf(ctx, district, calendars)) {
      sums.seen += rows
      sums.moved += moves.length
      for (const { row, moved } of moves) {
        const by = +moved.dueAt - +row.dueAt!
        if (by > 0) later++
        if (by < 0) sooner++
        if (moved.lamp !== row.lamp) {
          const key = `${row.lamp} ${moved.lamp}`
          const sum = lamps.get(key) ?? { from: row.lamp, to: moved.lamp, cases: 0 }
          lamps.set(key, { ...sum, cases: sum.cases + 1 })
        }
        furthest.push({ item: itemOf(row, moved, words(row.clock!)), by: Math.abs(by) })
      }
      furthest.sort((a, b) => b.by - a.by || (a.item.number < b.item.number ? -1 : 1))
      furthest.length = Math.min(furthest.length, SHOWN)
    }
    districts.push(sums)
  }
  const total = (name: 'seen' | 'moved') => districts.reduce((sum, each) => sum + each[name], 0)
  return { seen: total('seen'), moved: total('moved'), later, sooner, lamps: [...lamps.values()], districts, items: furthest.map(({ item }) => item) }
}

async function* piecesOf(ctx: Context, district: string, calendars: Parameters<typeof moveClock>[1]) {
  for (let after = ''; ; ) {
    const rows = await readOpen(ctx, district, { after, most: AT_ONCE })
    const steps = await stepsOfSpecial(ctx, district, rows, calendars.before)
    const moves = rows.flatMap((row) => {
      const moved = runsByCalendar(row) ? moveClock(row, calendars, steps.get(row.number) ?? [], ctx.now) : undefined
      return moved ? [{ row, moved }] : []
    })
    yield { rows: rows.length, moves }
    if (rows.length < AT_ONCE) return
    after = rows.at(-1)!.number
  }
}

const itemOf = (row: OpenClock, moved: Moved, words: Words): CalendarMove => ({
  number: row.number,
  words,
  dueBefore: row.dueAt!.toISOString(),
  dueAfter: moved.dueAt.toISOString(),
  lampBefore: row.lamp,
  lampAfter: moved.lamp,
})

/** The newest runs, district by district. */
export async function listRuns(ctx: Context): Promise<{ items: CalendarRun[] }> {
  demandCalendar(ctx)
  const rows = await ownMoves(ctx)
    .selectFrom('caseCalendarRun')
    .selectAll()
    .where('district', 'in', await districtsOf(ctx))
    .orderBy('version', 'desc')
    .orderBy('district')
    .limit(RUNS_SHOWN)
    .execute()
  return {
    items: rows.map(({ version, district, startedAt, endedAt, seen, moved }) => ({
      version,
      district,
      startedAt: startedAt.toISOString(),
      endedAt: endedAt?.toISOString() ?? null,
      seen,
      moved,
    })),
  }
}

/** The cases that a version moved, in the order of their numbers. */
export async function listMoves(ctx: Context, { version, cursor, limit = 50 }: { version: number; cursor?: string; limit?: number }) {
  demandCalendar(ctx)
  const [after = ''] = cursor === undefined ? [] : keyOf(cursor, 'text')
  const words = await clockWords(ctx)
  const rows = await ownMoves(ctx)
    .selectFrom('caseCalendarMove')
    .selectAll()
    .where('version', '=', version)
    .where('district', 'in', await districtsOf(ctx))
    .where('number', '>', after)
    .orderBy('number')
    .limit(limit + 1)
    .execute()
  const show = ({ number, clock, dueBefore, dueAfter, lampBefore, lampAfter }: (typeof rows)[number]): CalendarMove => ({
    number,
    words: words(clock),
    dueBefore: dueBefore.toISOString(),
    dueAfter: dueAfter.toISOString(),
    lampBefore,
    lampAfter,
  })
  return pageOf(rows, limit, show, ({ number }) => [number])
}
