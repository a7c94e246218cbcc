// The current row of a case is the fold of its steps: each step carries every column that it changed. Pure.

import type { CaseRow, StepRow } from './tables.ts'

const MOMENTS: ReadonlySet<string> = new Set<keyof CaseRow>([
  'reportedAt',
  'acceptedAt',
  'establishedAt',
  'dispatchedAt',
  'disposedAt',
  'checkedAt',
  'endedAt',
  'disposeDueAt',
  'clockFrom',
  'dueAt',
  'yellowAt',
  'suspendedUntil',
  'innerDueAt',
])

/**
 * A case before anything is known of it, with every column that steps carry. Apart stand what every step says of itself,
 * and the lamp, which time alone turns.
 */
export const BLANK: Omit<CaseRow, 'number' | 'district' | 'ordinal' | 'state' | 'lamp' | 'nextTurnAt' | 'reportedAt'> = {
  flow: '',
  stage: 1,
  outcome: 'pending',
  source: '',
  category: '',
  description: '',
  lng: null,
  lat: null,
  street: null,
  community: null,
  cell: null,
  beat: null,
  grade: null,
  address: null,
  componentCode: null,
  photo: null,
  attributes: {},
  reporterId: '',
  conditionId: null,
  unitCode: null,
  unitPath: null,
  unitName: null,
  collectorId: null,
  collectorName: null,
  disposedBy: [],
  reason: null,
  returns: 0,
  reworks: 0,
  extensions: 0,
  suspensions: 0,
  shirks: 0,
  urges: 0,
  orders: 0,
  mediaOrders: 0,
  reopens: 0,
  excused: [],
  asked: [],
  helpers: [],
  cameFrom: null,
  suspendedUntil: null,
  innerDueAt: null,
  mergedInto: null,
  reports: 1,
  rating: null,
  acceptedAt: null,
  establishedAt: null,
  dispatchedAt: null,
  disposedAt: null,
  checkedAt: null,
  endedAt: null,
  disposeDueAt: null,
  disposedLate: null,
  clock: null,
  clockFrom: null,
  clockAmount: null,
  clockUnit: null,
  dueAt: null,
  yellowAt: null,
  clockLeftMs: null,
}

export type FoldedRow = Omit<CaseRow, 'lamp' | 'nextTurnAt'>

/** The row as its steps, in order, make it; undefined for no steps. */
export function foldCase(steps: readonly Pick<StepRow, 'number' | 'district' | 'ordinal' | 'toState' | 'changes'>[]): FoldedRow | undefined {
  const last = steps.at(-1)
  if (!last) return undefined
  const row: Record<string, unknown> = { ...BLANK }
  for (const { changes } of steps) {
    for (const [column, value] of Object.entries(changes)) {
      row[column] = MOMENTS.has(column) && typeof value === 'string' ? new Date(value) : value
    }
  }
  return { ...row, number: last.number, district: last.district, ordinal: last.ordinal, state: last.toState } as unknown as FoldedRow
}

const FOLDED = (Object.keys(BLANK) as (keyof CaseRow)[]).concat('reportedAt')

/** What a step has to carry: every column in which `after` differs from `before`. */
export function changesBetween(before: Partial<CaseRow>, after: CaseRow): Record<string, unknown> {
  const changes: Record<string, unknown> = {}
  for (const column of FOLDED) {
    const value = after[column]
    if (value === before[column] || same(before[column], value)) continue
    changes[column] = value instanceof Date ? value.toISOString() : value
  }
  return changes
}

/** Columns in which a folded and a stored row differ. */
export function differences(folded: FoldedRow, stored: CaseRow): string[] {
  return Object.keys(folded).filter((column) => !same(folded[column as keyof FoldedRow], stored[column as keyof CaseRow]))
}

function same(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (a instanceof Date && b instanceof Date) return +a === +b
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  return canonical(a) === canonical(b)
}

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    part && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
