import { holds, type Context } from '../kernel/index.ts'
import { getCityFacts } from '../atlas/index.ts'
import { findUnits } from '../registry/index.ts'
import type { IMPORT_MODES, ImportResult } from './contract.ts'
import { knownWords } from './known-words.ts'
import { planList, type RuleWords, type StandingRule } from './plan-list.ts'
import { listMissing, listUnsound } from './problems.ts'
import { demandHere } from './scope.ts'
import { readCsvList, readSheetList, type ListFault, type ReadList } from './rule-list.ts'
import { own, standingAt, type RuleTable } from './tables.ts'
import { endRules, insertRules, tellOfRules } from './write-rules.ts'

const EDIT = 'responsibility.edit'
const MOST_FAULTS = 100

export const standingOf = (row: RuleTable): StandingRule => ({ ...row, from: +row.validFrom, to: row.validTo ? +row.validTo : null })

/** Rules that have not ended yet. */
export async function standingRules(ctx: Context): Promise<StandingRule[]> {
  const rows = await own(ctx)
    .selectFrom('responsibilityRule')
    .selectAll()
    .where(standingAt(ctx.now))
    .orderBy('ordinal')
    .execute()
  return rows.map(standingOf)
}

/** Checks a list of rules whole, says what it would change, and changes it when it is sound and `apply` is asked. */
export async function importRules(
  ctx: Context,
  { text, sheet, mode, apply }: List & { mode: (typeof IMPORT_MODES)[number]; apply: boolean },
): Promise<ImportResult> {
  await demandHere(ctx, EDIT)
  const reaches = await reacher(ctx)
  const { rules, faults: found } = await readAny(ctx, { text, sheet })
  const faults: ListFault[] = [...found]
  rules.forEach((rule, index) => {
    if (found.length === 0 && !reaches(rule)) faults.push({ line: index + 2, column: 'region', reason: BEYOND })
  })
  const standing = (await standingRules(ctx)).filter(reaches)
  const plan = planList(standing, rules, mode === 'whole')
  const sound = faults.length === 0
  if (apply && !sound) throw listUnsound({ count: faults.length })
  if (apply) {
    await endRules(ctx, plan.end.map(({ number }) => number), ctx.now)
    // A number that ends now belongs to what it said; what comes in its place gets its own.
    const ending = new Set(plan.end.map(({ number }) => number))
    const added = await insertRules(
      ctx,
      plan.add.map((rule) => (rule.number !== null && ending.has(rule.number) ? { ...rule, number: null, from: null, replaces: rule.number } : rule)),
    )
    tellOfRules(ctx, 'responsibility.list-imported', '', added.map(({ number }) => number), { mode, added: added.length, ended: ending.size })
  }
  return {
    rows: rules.length,
    added: plan.add.length,
    same: plan.same.length,
    ended: plan.end.length,
    refused: faults.slice(0, MOST_FAULTS),
    more: faults.length > MOST_FAULTS,
    applied: apply,
  }
}

interface List {
  /** CSV. */
  readonly text?: string | undefined
  /** An Excel sheet as base64. */
  readonly sheet?: string | undefined
}

async function readAny(ctx: Context, { text, sheet }: List): Promise<ReadList> {
  const known = await knownWords(ctx)
  if (sheet !== undefined) return readSheetList(Buffer.from(sheet, 'base64'), (await getCityFacts(ctx)).zone, known)
  if (text === undefined) throw listMissing()
  return readCsvList(text, known)
}

const BEYOND = { zh: '超出您维护规则的范围', en: 'lies beyond what you may keep' }

/** Which rules the caller keeps. */
async function reacher(ctx: Context): Promise<(rule: RuleWords) => boolean> {
  const paths = new Map((await findUnits(ctx)).map(({ code, path }) => [code, path]))
  return ({ region, category, unitCode }) => holds(ctx, EDIT, { region, category, unit: paths.get(unitCode) ?? '' })
}
