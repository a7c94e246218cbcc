import { announce, record, type Context } from '../kernel/index.ts'
import { rulesChanged } from './events.ts'
import { ordinalOf, ruleNumber, skipNumbers, takeNumbers } from './number.ts'
import type { ListedRule } from './plan-list.ts'
import { own, type RuleTable } from './tables.ts'

export interface NewRule extends ListedRule {
  /** The rule in whose place it comes. */
  readonly replaces?: string
}

const CHUNK = 1_000

/** Writes rules under new numbers, in their order; one that brings a number nobody has keeps it. */
export async function insertRules(ctx: Context, rules: readonly NewRule[]): Promise<RuleTable[]> {
  if (rules.length === 0) return []
  const wanted = rules.flatMap(({ number }) => number ?? [])
  const taken = wanted.length === 0 ? [] : await own(ctx).selectFrom('responsibilityRule').select('number').where('number', 'in', wanted).execute()
  const gone = new Set(taken.map(({ number }) => number))
  const keeps = ({ number }: NewRule) => number !== null && !gone.has(number)
  const kept = rules.filter(keeps).map(({ number }) => ordinalOf(number!))
  if (kept.length > 0) await skipNumbers(ctx, 'rule', '', Math.max(...kept))
  const fresh = rules.length - kept.length
  let next = fresh > 0 ? await takeNumbers(ctx, 'rule', '', fresh) : 0

  const rows = rules.map((rule): RuleTable => {
    const ordinal = keeps(rule) ? ordinalOf(rule.number!) : next++
    const { category, region, basis, roads, hours, unitCode, note, from, to, replaces } = rule
    return {
      number: ruleNumber(ordinal),
      ordinal,
      category,
      region,
      basis,
      roads: [...roads],
      hours,
      unitCode,
      note,
      validFrom: from === null ? ctx.now : new Date(from),
      validTo: to === null ? null : new Date(to),
      replaces: replaces ?? null,
      madeAt: ctx.now,
      madeBy: ctx.actor.name,
      endedBy: null,
    }
  })
  for (let at = 0; at < rows.length; at += CHUNK) {
    await own(ctx)
      .insertInto('responsibilityRule')
      .values(rows.slice(at, at + CHUNK))
      .execute()
  }
  return rows
}

/** Ends rules at a moment, or at their beginning where that is still to come. */
export async function endRules(ctx: Context, numbers: readonly string[], at: Date): Promise<void> {
  for (let from = 0; from < numbers.length; from += CHUNK) {
    await own(ctx)
      .updateTable('responsibilityRule')
      .set(({ fn, val, ref }) => ({ validTo: fn<Date>('greatest', [val(at), ref('validFrom')]), endedBy: ctx.actor.name }))
      .where('number', 'in', numbers.slice(from, from + CHUNK))
      .execute()
  }
}

/** One word to all who keep rules in memory, and one trace in the trail. */
export function tellOfRules(ctx: Context, act: string, subject: string, numbers: readonly string[], detail: unknown = {}): void {
  announce(ctx, rulesChanged, '', { numbers: numbers.slice(0, 20) })
  record(ctx, act, subject, '', detail)
}
