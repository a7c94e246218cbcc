// What a list of rules changes in the rules that stand: what is new, what stays, what ends. Pure.

import type { Basis } from './contract.ts'
import type { RoadClass } from './roads.ts'

/** What a rule says, apart from its number and who made it. */
export interface RuleWords {
  readonly category: string
  readonly region: string
  readonly basis: Basis
  readonly roads: readonly RoadClass[]
  readonly hours: string
  readonly unitCode: string
  readonly note: string | null
  /** Milliseconds; null where it is not said. */
  readonly from: number | null
  readonly to: number | null
}

export interface ListedRule extends RuleWords {
  /** As it was exported; null for a new one. */
  readonly number: string | null
}

export interface StandingRule extends RuleWords {
  readonly number: string
}

export interface ListPlan {
  readonly add: readonly ListedRule[]
  readonly same: readonly StandingRule[]
  readonly end: readonly StandingRule[]
}

/** By what two rules are the same rule, whatever is noted beside them. */
export const keyOfRule = ({ category, region, basis, roads, hours, unitCode }: RuleWords): string =>
  [category, region, basis, [...roads].sort().join(','), hours, unitCode].join('|')

/** `whole`: rules that the list does not name end. */
export function planList(standing: readonly StandingRule[], listed: readonly ListedRule[], whole: boolean): ListPlan {
  const byKey = new Map(standing.map((rule) => [keyOfRule(rule), rule]))
  const byNumber = new Map(standing.map((rule) => [rule.number, rule]))
  const add: ListedRule[] = []
  const same = new Set<StandingRule>()
  const end = new Set<StandingRule>()
  for (const rule of listed) {
    const known = byKey.get(keyOfRule(rule))
    const unchanged = known && (rule.to === null || rule.to === known.to) && (rule.note === null || rule.note === known.note)
    if (known && unchanged) same.add(known)
    else {
      add.push(rule)
      if (known) end.add(known)
    }
    // The same number with other words: it is being changed.
    const numbered = rule.number === null ? undefined : byNumber.get(rule.number)
    if (numbered && numbered !== known) end.add(numbered)
  }
  if (whole) for (const rule of standing) if (!same.has(rule)) end.add(rule)
  for (const rule of same) end.delete(rule)
  return { add, same: [...same], end: [...end] }
}
