// Another version of the calendar moves the limits that are running, and no others: open cases, in batches by district, each batch a
// transaction of its own that remembers how far it came. What a unit was judged by before stays as it was.

import { sql } from 'kysely'
import { announce, enqueue, on, record, systemActor, type Context, type Job } from '../../kernel/index.ts'
import { calendarChanged, calendarOfVersion } from '../../registry/index.ts'
import { caseLampChanged } from '../events.ts'
import { placeOf } from '../place.ts'
import { districtsOf } from '../scope.ts'
import { own, type CaseRow, type CaseStepTable } from '../tables.ts'
import { stepRow } from '../write.ts'
import { moveClock, runsByCalendar, type Moved } from './move-clock.ts'
import { lockOpen, stepsOfSpecial } from './read-open.ts'
import { ownMoves, type CalendarRunTable } from './tables.ts'

const AT_ONCE = 1000
const NAME = 'cases.reckon-anew'
/** Other processes may count by the old calendar until they hear of the new one. */
const SETTLES_MS = 5000
const AGAIN_MS = 60_000

/** Plans the work in every district. A run that an older version left unfinished is taken over by this one. */
export const reckonWhenChanged = on(calendarChanged, 'cases.calendar', async (ctx, { version }) => {
  for (const district of await districtsOf(ctx)) await beginRun(ctx, version, district)
})

export async function beginRun(ctx: Context, version: number, district: string): Promise<void> {
  await ownMoves(ctx)
    .updateTable('caseCalendarRun')
    .set({ endedAt: ctx.now })
    .where('district', '=', district)
    .where('version', '<', version)
    .where('endedAt', 'is', null)
    .execute()
  await ownMoves(ctx)
    .insertInto('caseCalendarRun')
    .values({ version, district, upTo: '', startedAt: ctx.now, endedAt: null, seen: 0, moved: 0 })
    .onConflict((conflict) => conflict.columns(['version', 'district']).doNothing())
    .execute()
  await enqueue(ctx, NAME, { version, district }, { key: keyOf({ version, district }), runAt: new Date(+ctx.now + SETTLES_MS) })
}

export interface Task {
  readonly version: number
  readonly district: string
  /** The second look, with how far it has come: it finds what another process reckoned by the old calendar meanwhile. */
  readonly again?: string
}

/** With the version in it, so that a run that is overtaken never takes the place of the one that overtook it. */
const keyOf = ({ version, district }: Task): string => `${NAME}:${version}:${district}`

/** One batch, and the next one queued behind it; a minute after the last a second look, which as a rule finds nothing. */
export const reckonAnew: Job = {
  name: NAME,
  async run(ctx, task: Task) {
    const next = await reckonBatch(ctx, task)
    const { version, district } = task
    if (next) await enqueue(ctx, NAME, next, { key: `${keyOf(task)}:next` })
    else if (task.again === undefined) {
      await enqueue(ctx, NAME, { version, district, again: '' }, { key: `${keyOf(task)}:again`, runAt: new Date(+ctx.now + AGAIN_MS) })
    }
  },
}

/** Reckons the next cases of a district anew; the answer is what is left to do. */
export async function reckonBatch(ctx: Context, task: Task, atOnce = AT_ONCE): Promise<Task | undefined> {
  const { version, district, again } = task
  const run = await lockRun(ctx, task)
  if (!run) return undefined
  // From the table itself: this process may not have heard of the change yet.
  const before = await calendarOfVersion(ctx, version - 1)
  const after = await calendarOfVersion(ctx, version)
  const rows = await lockOpen(ctx, district, { after: again ?? run.upTo, most: atOnce })
  const steps = await stepsOfSpecial(ctx, district, rows, before)
  const moved = rows.flatMap((row) => {
    const found = runsByCalendar(row) ? moveClock(row, { before, after }, steps.get(row.number) ?? [], ctx.now) : undefined
    return found ? [{ row, moved: found }] : []
  })
  if (moved.length > 0) await writeMoves(ctx, run, moved)

  const more = rows.length === atOnce
  const upTo = rows.at(-1)?.number ?? run.upTo
  const sums = { seen: run.seen + (again === undefined ? rows.length : 0), moved: run.moved + moved.length }
  await ownMoves(ctx)
    .updateTable('caseCalendarRun')
    .set({ ...sums, ...(again === undefined && { upTo, endedAt: more ? null : ctx.now }) })
    .where('version', '=', version)
    .where('district', '=', district)
    .execute()
  if (!more && again === undefined) record(ctx, 'case.calendar-reckoned', String(version), district, sums, systemActor)
  if (!more) return undefined
  return again === undefined ? task : { ...task, again: upTo }
}

/** The run, if it is still to be done, or to be looked at again, and no newer version has taken over. */
async function lockRun(ctx: Context, { version, district, again }: Task): Promise<CalendarRunTable | undefined> {
  const newest = await ownMoves(ctx)
    .selectFrom('caseCalendarRun')
    .selectAll()
    .where('district', '=', district)
    .orderBy('version', 'desc')
    .limit(1)
    .forUpdate()
    .executeTakeFirst()
  if (newest?.version !== version) return undefined
  return (newest.endedAt === null) === (again === undefined) ? newest : undefined
}

interface RowMoved {
  readonly row: CaseRow
  readonly moved: Moved
}

async function writeMoves(ctx: Context, { version, district }: CalendarRunTable, list: readonly RowMoved[]): Promise<void> {
  const steps = list.map(({ row, moved }) => {
    const after: CaseRow = { ...row, ...moved, ordinal: row.ordinal + 1 }
    const note = `日历第 ${version} 版`
    return stepRow(ctx, { step: 'recalculated', fromState: row.state, before: row, after, actor: systemActor, post: null, note })
  })
  await own(ctx)
    .insertInto('caseStep')
    .values(steps as unknown as CaseStepTable[])
    .execute()
  const columns = list.map(({ row, moved }) => ({
    number: row.number,
    ordinal: row.ordinal + 1,
    due: moved.dueAt,
    yellow: moved.yellowAt,
    dispose: moved.disposeDueAt,
    lamp: moved.lamp,
    next: moved.nextTurnAt,
  }))
  await sql`
    update case_file c
       set ordinal = t.ordinal, due_at = t.due, yellow_at = t.yellow, dispose_due_at = t.dispose, lamp = t.lamp, next_turn_at = t.next
      from jsonb_to_recordset(${JSON.stringify(columns)}::jsonb)
             as t(number text, ordinal integer, due timestamptz, yellow timestamptz, dispose timestamptz, lamp text, next timestamptz)
     where c.district = ${district} and c.number = t.number`.execute(ctx.db)
  await ownMoves(ctx)
    .insertInto('caseCalendarMove')
    .values(
      list.map(({ row, moved }) => ({
        version,
        district,
        number: row.number,
        clock: row.clock!,
        dueBefore: row.dueAt!,
        dueAfter: moved.dueAt,
        lampBefore: row.lamp,
        lampAfter: moved.lamp,
        movedAt: ctx.now,
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['version', 'number', 'district']).doUpdateSet(({ ref }) => ({
        clock: ref('excluded.clock'),
        dueAfter: ref('excluded.dueAfter'),
        lampAfter: ref('excluded.lampAfter'),
        movedAt: ref('excluded.movedAt'),
      })),
    )
    .execute()
  for (const { row, moved } of list) tellOfLamp(ctx, row, moved)
}

/** A lamp that turned back is told by the step alone: nobody is to be warned of it. */
function tellOfLamp(ctx: Context, row: CaseRow, { lamp, dueAt, yellowAt }: Moved): void {
  if (lamp === row.lamp || (lamp !== 'red' && lamp !== 'yellow') || row.lamp === 'red') return
  announce(ctx, caseLampChanged, row.district, {
    number: row.number,
    district: row.district,
    lamp,
    at: (lamp === 'red' ? dueAt : yellowAt).toISOString(),
    state: row.state,
    clock: row.clock!,
    place: placeOf(row),
  })
}
