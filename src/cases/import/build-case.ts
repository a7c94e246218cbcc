// A past case as rows: its steps with their own times, made by the same rules as those of a case of today.

import type { Calendar } from '../../kernel/index.ts'
import { rowAfter, type Chosen } from '../changes.ts'
import { NO_CLOCK, yellowBetween, type Limit } from '../deadline.ts'
import { flowKey, type Flow } from '../flow.ts'
import { BLANK, changesBetween } from '../fold.ts'
import type { CaseRow, CaseStepTable } from '../tables.ts'
import type { PastCase } from './past-case.ts'

export interface Who {
  readonly id: string
  readonly name: string
}

/** What had to be looked up for a past case. */
export interface Known {
  readonly number: string
  readonly district: string
  readonly street: string | null
  readonly community: string | null
  readonly cell: string | null
  readonly beat: string | null
  readonly grade: string | null
  readonly limit: Limit | undefined
  readonly unit: { readonly code: string; readonly path: string; readonly name: string } | undefined
  readonly firstUnit: { readonly code: string; readonly path: string; readonly name: string } | undefined
  readonly people: Readonly<Record<'reporter' | 'operator' | 'dispatcher' | 'handler' | 'collector', Who>>
}

export interface BuiltCase {
  readonly row: CaseRow
  readonly steps: CaseStepTable[]
}

type More = Partial<Chosen> & {
  readonly note?: string | undefined
  readonly files?: string[] | undefined
  readonly fix?: (row: CaseRow) => CaseRow
}

export function buildCase(flow: Flow, calendar: Calendar, past: PastCase, known: Known): BuiltCase {
  const { text, at } = past
  const { people, limit } = known
  const steps: CaseStepTable[] = []
  let row: CaseRow = blankRow(flow, past, known)
  let before: Partial<CaseRow> = BLANK

  const take = (step: string, now: Date, who: Who, more: More = {}) => {
    const { note, files, fix, ...chosen } = more
    const fromState = row.state || null
    const next = rowAfter(flow, row, step, flow.steps[step]!.to ?? row.state, { actorId: who.id, now, calendar, limit, ...chosen })
    row = fix ? fix(next) : next
    steps.push(stepOf(row, step, fromState, who, now, { reason: chosen.reason, note, files }, changesBetween(before, row)))
    before = row
  }
  const dispatch = (now: Date, unit: Known['unit']) => take('dispatch', now, people.dispatcher, { unit, fix: (next) => withDeadline(next, past, known) })
  const give = (step: string, now: Date) => take(step, now, IMPORT, { collector: people.collector })

  take('report', at.reported_at, people.reporter, { files: past.photos })
  if (at.verified_at) {
    give('verify', earliest(at.accepted_at ?? at.reported_at, at.verified_at))
    take('verified', at.verified_at, people.collector)
  }
  if (at.accepted_at && !at.verified_at) take('accept', at.accepted_at, people.operator)
  if (at.declined_at) take('decline', at.declined_at, people.operator, { reason: text.reason })
  if (at.self_disposed_at) take('self-dispose', at.self_disposed_at, people.reporter, { note: text.note, files: past.disposedPhotos })
  if (at.established_at) take('establish', at.established_at, people.operator, { conditionId: text.condition || undefined })
  if (at.returned_at) {
    dispatch(at.established_at!, known.firstUnit ?? known.unit)
    take('return', at.returned_at, people.handler, { reason: text.reason })
  }
  if (at.dispatched_at) dispatch(at.dispatched_at, known.unit)
  if (at.reworked_at && at.dispatched_at) {
    take('dispose', at.first_disposed_at!, people.handler)
    give('check', at.first_disposed_at!)
    take('rework', at.reworked_at, people.collector)
  }
  if (at.disposed_at) take('dispose', at.disposed_at, people.handler, { note: text.note, files: past.disposedPhotos })
  if (at.checked_at) {
    give('check', at.disposed_at!)
    take('pass', at.checked_at, people.collector)
  }
  if (at.closed_at) take('close', at.closed_at, people.operator)
  if (at.voided_at) take('void', at.voided_at, people.operator, { reason: text.reason })
  if (past.rating !== null && row.endedAt) {
    take('rate', row.endedAt, { id: 'public', name: 'public' }, { fix: (next) => ({ ...next, rating: past.rating }) })
  }
  return { row, steps }
}

/** Who acted where the source does not say. */
export const IMPORT: Who = { id: 'system', name: 'import' }

const earliest = (a: Date, b: Date) => (a < b ? a : b)

function blankRow(flow: Flow, past: PastCase, known: Known): CaseRow {
  const { text, position } = past
  return {
    ...BLANK,
    number: known.number,
    district: known.district,
    ordinal: 0,
    state: '',
    flow: flowKey(flow),
    source: text.source!,
    category: text.category!,
    description: text.description!,
    lng: position?.[0] ?? null,
    lat: position?.[1] ?? null,
    street: known.street,
    community: known.community,
    cell: known.cell,
    beat: known.beat,
    grade: known.grade,
    address: text.address || null,
    componentCode: text.component || null,
    photo: past.photos[0] ?? null,
    reporterId: known.people.reporter.id,
    reportedAt: past.at.reported_at,
    lamp: 'grey',
    nextTurnAt: null,
  }
}

/** The source's own deadline; without one that of the condition; without both the case has none. */
function withDeadline(row: CaseRow, { dueAt }: PastCase, { limit }: Known): CaseRow {
  if (dueAt) {
    return Object.assign(row, { disposeDueAt: dueAt, dueAt, yellowAt: yellowBetween(row.clockFrom!, dueAt), clockAmount: null, clockUnit: null })
  }
  return limit ? row : Object.assign(row, NO_CLOCK, { disposeDueAt: null })
}

function stepOf(
  row: CaseRow,
  step: string,
  fromState: string | null,
  who: Who,
  takenAt: Date,
  { reason, note, files }: Pick<More, 'reason' | 'note' | 'files'>,
  changes: Record<string, unknown>,
): CaseStepTable {
  return {
    number: row.number,
    ordinal: row.ordinal,
    district: row.district,
    step,
    fromState,
    toState: row.state,
    actorId: who.id,
    actorName: who.name,
    post: null,
    address: 'import',
    lng: null,
    lat: null,
    takenAt,
    note: note || null,
    reason: reason || null,
    files: files ?? [],
    changes,
  }
}
