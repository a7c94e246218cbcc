// What a step writes: one statement for the step, the row and everything beside it, whatever the step is.

import { sql } from 'kysely'
import { announce, record, type Context } from '../kernel/index.ts'
import { caseStepped } from './events.ts'
import { changesBetween } from './fold.ts'
import { placeOf } from './place.ts'
import { own, type CasePartTable, type CaseProceedingTable, type CaseRow, type CaseStepTable, type CaseTaskTable } from './tables.ts'

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

/** Open parts end: all of them, or those of one role, or one unit. */
export interface PartsEnd {
  readonly result: 'done' | 'returned' | 'withdrawn'
  readonly role?: 'assist' | 'inner'
  readonly unitPath?: string
  /** Its part ends too, whatever its role. */
  readonly andOf?: string
}

/** What changes beside the row of the case. */
export interface Beside {
  /** The open task of the case ends, with its answer where it has one. */
  readonly end?: { readonly passed: boolean | null } | undefined
  readonly give?: CaseTaskTable | undefined
  readonly parts?: readonly CasePartTable[] | undefined
  readonly endParts?: PartsEnd | undefined
  readonly opens?: CaseProceedingTable | undefined
  readonly moves?: { readonly id: string; readonly set: Partial<CaseProceedingTable> } | undefined
  /** Kinds of open proceedings that lapse. */
  readonly lapse?: readonly string[] | undefined
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
export async function writeSteps(ctx: Context, steps: readonly StepTaken[], beside: Beside = {}): Promise<CaseRow> {
  const first = steps[0]!
  const { after } = steps.at(-1)!
  const { number, district } = after
  const rows = steps.map((taken) => stepRow(ctx, taken)) as unknown as CaseStepTable[]

  const stepped = own(ctx).with('stepped', (db) => db.insertInto('caseStep').values(rows))
  await withBeside(ctx, stepped, after, beside)
    .updateTable('caseFile')
    .set(changedColumns(first.before, after))
    .where('number', '=', number)
    .where('district', '=', district)
    .execute()
  return after
}

type Statement = ReturnType<typeof own>

/** The same statement, with each thing that changes beside the row as a part of it. */
function withBeside(ctx: Context, begun: unknown, { number, district, ordinal }: CaseRow, beside: Beside): Statement {
  const { end, give, parts, endParts, opens, moves, lapse } = beside
  let statement = begun as Statement
  const add = (name: string, part: (db: Statement) => unknown) => {
    statement = statement.with(name, part as never) as unknown as Statement
  }
  if (end) {
    add('ended', (db) =>
      db
        .updateTable('caseTask')
        .set({ endedAt: ctx.now, passed: end.passed })
        .where('number', '=', number)
        .where('district', '=', district)
        .where('endedAt', 'is', null),
    )
  }
  if (give) add('given', (db) => db.insertInto('caseTask').values(give))
  if (endParts) add('parted', (db) => endOfParts(ctx, db, { number, district }, endParts))
  if (parts?.length) add('shared', (db) => db.insertInto('casePart').values(parts.map((part) => ({ ...part, files: JSON.stringify(part.files) as unknown as string[] }))))
  if (opens) add('opened', (db) => db.insertInto('caseProceeding').values(opens))
  if (moves) add('moved', (db) => db.updateTable('caseProceeding').set(moves.set).where('id', '=', moves.id).where('district', '=', district))
  if (lapse?.length) {
    add('lapsed', (db) =>
      db
        .updateTable('caseProceeding')
        .set({ state: 'lapsed', result: 'withdrawn', awaits: null, endedAt: ctx.now, endedOrdinal: ordinal })
        .where('number', '=', number)
        .where('district', '=', district)
        .where('kind', 'in', lapse as string[])
        .where('endedAt', 'is', null),
    )
  }
  return statement
}

function endOfParts(ctx: Context, db: Statement, { number, district }: Pick<CaseRow, 'number' | 'district'>, { result, role, unitPath, andOf }: PartsEnd) {
  let update = db
    .updateTable('casePart')
    .set({ endedAt: ctx.now, result, late: sql<boolean>`due_at < ${ctx.now}` })
    .where('number', '=', number)
    .where('district', '=', district)
    .where('endedAt', 'is', null)
  if (role) update = update.where((where) => where.or([where('role', '=', role), ...(andOf === undefined ? [] : [where('unitPath', '=', andOf)])]))
  if (unitPath !== undefined) update = update.where('unitPath', '=', unitPath)
  return update
}

function changedColumns(before: Partial<CaseRow>, after: CaseRow): Partial<CaseRow> {
  const changed: Record<string, unknown> = {}
  for (const [column, value] of Object.entries(after)) {
    if (value !== before[column as keyof CaseRow]) changed[column] = value
  }
  return changed as Partial<CaseRow>
}
