import type { Readable } from 'node:stream'
import type { Context } from '../kernel/index.ts'
import { findDivisions, getCityFacts, regionPrefix } from '../atlas/index.ts'
import { findCategories, findVersions } from '../registry/index.ts'
import { findRules, type RuleFilter } from './list-rules.ts'
import { rulesToCsv, rulesToSheet, type RuleNames } from './rule-list.ts'
import { demandHere } from './scope.ts'
import { unitNames } from './unit-named.ts'

/** Rules as CSV, to be read in a spreadsheet and taken back by the import. */
export async function exportRules(ctx: Context, filter: RuleFilter, language: 'zh' | 'en'): Promise<string> {
  await demandHere(ctx, 'responsibility.read')
  return rulesToCsv(await findRules(ctx, filter), await namesOf(ctx, language))
}

/** The same as an Excel sheet. */
export async function exportRulesSheet(ctx: Context, filter: RuleFilter, language: 'zh' | 'en'): Promise<Readable> {
  await demandHere(ctx, 'responsibility.read')
  const { zone } = await getCityFacts(ctx)
  return rulesToSheet(await findRules(ctx, filter), await namesOf(ctx, language), language, zone)
}

async function namesOf(ctx: Context, language: 'zh' | 'en'): Promise<RuleNames> {
  const versions = await findVersions(ctx)
  const categories = (await Promise.all(versions.map((version) => findCategories(ctx, { version })))).flat()
  const names = new Map(categories.flatMap(({ id, name, major }) => [[id, name[language]], [major.id, major.name[language]]] as [string, string][]))
  const divisions = new Map((await findDivisions(ctx)).map(({ code, name }) => [regionPrefix(code), name[language]]))
  const unitOf = await unitNames(ctx)
  return {
    category: (prefix) => names.get(prefix) ?? '',
    region: (prefix) => divisions.get(prefix) ?? '',
    unit: (code) => unitOf(code).name[language],
  }
}
