// What is tried: another flow, other limits. Pure.

import { Type, type Static } from '../../kernel/contract.ts'
import type { Limit } from '../deadline.ts'

const LIMIT_UNITS = ['urgent_hour', 'work_hour', 'work_day'] as const

/** The longest beginning of a category that fits a case decides: a factor on its limit, or a limit in its place. */
export const LimitChange = Type.Object({
  /** A category or the beginning of one; '' for all. */
  category: Type.String({ maxLength: 40 }),
  factor: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 100 })),
  amount: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 10_000 })),
  unit: Type.Optional(Type.Enum([...LIMIT_UNITS])),
  /** Grade of the area; left out: all. */
  grade: Type.Optional(Type.Enum(['A', 'B', 'C'])),
})
export type LimitChange = Static<typeof LimitChange>

/** How much each rate counts in a score of 100; left out: no score. */
export const Weights = Type.Object({
  /** 按期处置率. */
  inTime: Type.Number({ minimum: 0, maximum: 100 }),
  /** Not reworked. */
  firstTime: Type.Number({ minimum: 0, maximum: 100 }),
  /** Not returned. */
  notReturned: Type.Number({ minimum: 0, maximum: 100 }),
})
export type Weights = Static<typeof Weights>

export const TrialPlan = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 80 }),
  months: Type.Integer({ minimum: 1, maximum: 36 }),
  /** A version, `merged.1`, or a draft, `standard`; left out: each case keeps the flow it had. */
  flow: Type.Optional(Type.String({ maxLength: 60 })),
  limits: Type.Optional(Type.Array(LimitChange, { maxItems: 500 })),
  weights: Type.Optional(Weights),
})
export type TrialPlan = Static<typeof TrialPlan>

/** A limit as the plan changes it. */
export function changedLimit(limit: Limit, category: string, grade: string, changes: readonly LimitChange[]): Limit {
  const fits = changes.filter((change) => category.startsWith(change.category) && (change.grade === undefined || change.grade === grade))
  // The one that says more precisely what it is about; of two alike the later.
  const [best] = fits.toReversed().toSorted((a, b) => b.category.length - a.category.length || Number(b.grade !== undefined) - Number(a.grade !== undefined))
  if (!best) return limit
  return { amount: best.amount ?? limit.amount * (best.factor ?? 1), unit: best.unit ?? limit.unit }
}
