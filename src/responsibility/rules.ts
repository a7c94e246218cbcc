// Adding, changing and ending one rule. Lists of rules are in import-rules.ts.

import { demand, type Context } from '../kernel/index.ts'
import { regionPrefix } from '../atlas/index.ts'
import { findUnit } from '../registry/index.ts'
import { ruleFaults } from './check-rule.ts'
import type { RuleBody, RuleShown } from './contract.ts'
import { knownWords } from './known-words.ts'
import { presentRule } from './list-rules.ts'
import { keyOfRule, type ListedRule } from './plan-list.ts'
import { ruleEnded, ruleStands, ruleUnknown, ruleUnsound } from './problems.ts'
import { own, standingAt, type RuleTable } from './tables.ts'
import { unitNames } from './unit-named.ts'
import { endRules, insertRules, tellOfRules } from './write-rules.ts'

const EDIT = 'responsibility.edit'

const lockRule = (ctx: Context, number: string) =>
  own(ctx).selectFrom('responsibilityRule').selectAll().where('number', '=', number).forUpdate().executeTakeFirst()

/** Whoever keeps rules keeps those of a region, of a part of the catalogue, or of their own units. */
async function demandOver(ctx: Context, { region, category, unitCode }: { region: string; category: string; unitCode: string }): Promise<void> {
  demand(ctx, EDIT, { region, category, unit: (await findUnit(ctx, unitCode))?.path ?? '' })
}

const placeOf = ({ region, category, unit }: RuleBody) => ({ region: regionPrefix(region), category, unitCode: unit })

const momentOf = (text: string | null | undefined): number | null => (text ? Date.parse(text) : null)

async function soundRule(ctx: Context, body: RuleBody): Promise<ListedRule> {
  const { category, basis, roads, unit, note } = body
  const said = { category, region: regionPrefix(body.region), unit, hours: body.hours.trim(), from: momentOf(body.from), to: momentOf(body.to) }
  const faults = ruleFaults({ ...said, from: said.from ?? +ctx.now }, await knownWords(ctx))
  if (faults.length > 0) throw ruleUnsound(undefined, { faults: faults.map(({ column, reason }) => ({ at: column, reason })) })
  const { unit: unitCode, ...rest } = said
  return { ...rest, basis, roads: roads.toSorted(), unitCode, note, number: null }
}

const wordsOf = (row: RuleTable): ListedRule => ({ ...row, from: +row.validFrom, to: row.validTo ? +row.validTo : null })

/** The standing rule that says the very same, if there is one. */
async function findAlike(ctx: Context, rule: ListedRule): Promise<string | undefined> {
  const rows = await own(ctx)
    .selectFrom('responsibilityRule')
    .selectAll()
    .where('category', '=', rule.category)
    .where('region', '=', rule.region)
    .where('unitCode', '=', rule.unitCode)
    .where(standingAt(ctx.now))
    .execute()
  return rows.find((row) => keyOfRule(wordsOf(row)) === keyOfRule(rule))?.number
}

export async function addRule(ctx: Context, body: RuleBody): Promise<RuleShown> {
  await demandOver(ctx, placeOf(body))
  const rule = await soundRule(ctx, body)
  const alike = await findAlike(ctx, rule)
  if (alike !== undefined) throw ruleStands({ number: alike })

  const [row] = await insertRules(ctx, [rule])
  tellOfRules(ctx, 'responsibility.rule-added', row!.number, [row!.number], body)
  return presentRule(row!, await unitNames(ctx))
}

/** The rule ends, and the changed one begins under its own number, so that every answer given before can still be explained. */
export async function changeRule(ctx: Context, number: string, body: RuleBody): Promise<RuleShown> {
  const before = await getStanding(ctx, number)
  await demandOver(ctx, placeOf(body))
  const rule = await soundRule(ctx, body)
  const alike = await findAlike(ctx, rule)
  if (alike !== undefined && alike !== number) throw ruleStands({ number: alike })

  // What was answered before stays explained by the rule of that time.
  const from = Math.max(rule.from ?? 0, +ctx.now)
  await endRules(ctx, [number], new Date(from))
  const [row] = await insertRules(ctx, [{ ...rule, from, replaces: before.number }])
  tellOfRules(ctx, 'responsibility.rule-changed', number, [number, row!.number], { ...body, becomes: row!.number })
  return presentRule(row!, await unitNames(ctx))
}

export async function endRule(ctx: Context, number: string, note?: string): Promise<RuleShown> {
  await getStanding(ctx, number)
  await endRules(ctx, [number], ctx.now)
  tellOfRules(ctx, 'responsibility.rule-ended', number, [number], { note: note ?? null })
  return presentRule((await lockRule(ctx, number))!, await unitNames(ctx))
}

async function getStanding(ctx: Context, number: string): Promise<RuleTable> {
  const found = await lockRule(ctx, number)
  if (!found) throw ruleUnknown({ number })
  await demandOver(ctx, found)
  if (found.validTo !== null && found.validTo <= ctx.now) throw ruleEnded({ number })
  return found
}
