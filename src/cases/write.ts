// What a step writes: one statement for the step, the row and its tasks, whatever the step is.

import { announce, record, type Context } from '../kernel/index.ts'
import { caseStepped } from './events.ts'
import { changesBetween } from './fold.ts'
import { placeOf } from './place.ts'
import { own, type CaseRow, type CaseStepTable, type CaseTaskTable } from './tables.ts'

export interface StepTaken {
  readonly step: string
  readonly fromState: string | null
  readonly before: Partial<CaseRow>
  readonly after: CaseRow
  readonly actor?: { readonly id: string; readonly name: string }
  readonly post: string | null
  readonly position?: readonly [number, number] | undefined
  readonly note?: string | undefined
  readonly reason?: string | undefined
  readonly files?: readonly string[] | undefined
}

export interface TaskChange {
  /** The open task of the case ends, with its answer where it has one. */
  readonly end?: { readonly passed: boolean | null }
  readonly give?: CaseTaskTable
}

/** A step as a row of history, and as news for the floors above. */
export function stepRow(ctx: Context, taken: StepTaken): Omit<CaseStepTable, 'files'> & { files: string } {
  const { step, fromState, before, after, post } = taken
  const actor = taken.actor ?? ctx.actor
  const changes = changesBetween(before, after)
  announce(ctx, caseStepped, after.district, {
    number: after.number,
    district: after.district,
    ordinal: after.ordinal,
    step,
    fromState,
    toState: after.state,
    at: ctx.now.toISOString(),
    actorId: actor.id,
    changes,
    // A unit that gives a case back still hears of it.
    place: placeOf({ ...after, unitPath: after.unitPath ?? before.unitPath ?? null }),
  })
  record(ctx, `case.${step}`, after.number, after.district, { ordinal: after.ordinal, from: fromState, to: after.state })
  return {
    number: after.number,
    ordinal: after.ordinal,
    district: after.district,
    step,
    fromState,
    toState: after.state,
    actorId: actor.id,
    actorName: actor.name,
    post,
    address: ctx.origin.address || null,
    lng: taken.position?.[0] ?? null,
    lat: taken.position?.[1] ?? null,
    takenAt: ctx.now,
    note: taken.note ?? null,
    reason: taken.reason ?? null,
    // The driver would turn a list into an array of PostgreSQL, and not into JSON.
    files: JSON.stringify(taken.files ?? []),
    changes,
  }
}

/** Appends steps to a case, whose row becomes the `after` of the last one. */
export async function writeSteps(ctx: Context, steps: readonly StepTaken[], task: TaskChange = {}): Promise<CaseRow> {
  const first = steps[0]!
  const { after } = steps.at(-1)!
  const { number, district } = after
  const rows = steps.map((taken) => stepRow(ctx, taken)) as unknown as CaseStepTable[]

  let statement = own(ctx).with('stepped', (db) => db.insertInto('caseStep').values(rows))
  if (task.end) {
    const { passed } = task.end
    statement = statement.with('ended', (db) =>
      db
        .updateTable('caseTask')
        .set({ endedAt: ctx.now, passed })
        .where('number', '=', number)
        .where('district', '=', district)
        .where('endedAt', 'is', null),
    ) as unknown as typeof statement
  }
  if (task.give) {
    const { give } = task
    statement = statement.with('given', (db) => db.insertInto('caseTask').values(give)) as unknown as typeof statement
  }
  await statement
    .updateTable('caseFile')
    .set(changedColumns(first.before, after))
    .where('number', '=', number)
    .where('district', '=', district)
    .execute()
  return after
}

function changedColumns(before: Partial<CaseRow>, after: CaseRow): Partial<CaseRow> {
  const changed: Record<string, unknown> = {}
  for (const [column, value] of Object.entries(after)) {
    if (value !== before[column as keyof CaseRow]) changed[column] = value
  }
  return changed as Partial<CaseRow>
}
