// Limits and working time as the program ships them, looked up by the maker without a database.

import { calendarFrom, type Calendar, type Clock } from '../kernel/index.ts'
import { conditionId, factsOf, shippedLimits } from '../registry/index.ts'

export interface ConditionLimit {
  readonly id: string
  readonly limits: Readonly<Record<'A' | 'B' | 'C', { readonly amount: number; readonly unit: Clock }>>
}

export const HOURS_OF_SERVICE: [string, string][] = [
  ['08:00', '12:00'],
  ['14:00', '18:00'],
]

export const ordinaryCalendar = (): Calendar => calendarFrom(factsOf({ hours: HOURS_OF_SERVICE, holidays: 'CN' }))

/** The filing conditions of each category of the 2026 catalogue, in their order. */
export function conditionsOf2026(): Map<string, ConditionLimit[]> {
  const conditions = new Map<string, ConditionLimit[]>()
  for (const row of shippedLimits('2026')) {
    const limits = {
      A: { amount: row.limit_a, unit: row.unit_a },
      B: { amount: row.limit_b, unit: row.unit_b },
      C: { amount: row.limit_c, unit: row.unit_c },
    }
    const known = conditions.get(row.category) ?? []
    conditions.set(row.category, [...known, { id: conditionId(row.category, row.ordinal), limits }])
  }
  return conditions
}
