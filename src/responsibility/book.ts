// All rules, precedents and hours of duty, read once and kept in memory.

import { cache, type Context } from '../kernel/index.ts'
import { cityLoaded } from '../atlas/index.ts'
import { indexPrecedents, indexRules, type Book, type Duty, type Rule } from './decide.ts'
import { dutiesChanged, precedentsChanged, rulesChanged } from './events.ts'
import { readHours } from './hours.ts'
import { own, type RuleTable } from './tables.ts'

export const ruleOf = (row: RuleTable): Rule => ({
  number: row.number,
  category: row.category,
  region: row.region,
  basis: row.basis,
  roads: row.roads,
  hours: readHours(row.hours) ?? [],
  unitCode: row.unitCode,
  from: +row.validFrom,
  to: row.validTo ? +row.validTo : Infinity,
})

const ruleCache = cache<Pick<Book, 'owners' | 'localities'>>({
  name: 'responsibility.rules',
  until: [cityLoaded, rulesChanged],
  // Those that have ended too: a question may be about an earlier moment.
  build: async (ctx) => indexRules((await own(ctx).selectFrom('responsibilityRule').selectAll().execute()).map(ruleOf)),
})

const precedentCache = cache<Book['precedents']>({
  name: 'responsibility.precedents',
  until: [cityLoaded, precedentsChanged],
  async build(ctx) {
    const rows = await own(ctx).selectFrom('responsibilityPrecedent').selectAll().where('withdrawnAt', 'is', null).execute()
    return indexPrecedents(rows.map(({ decidedAt, ...one }) => ({ ...one, decidedAt: +decidedAt })))
  },
})

const dutyCache = cache<Book['duties']>({
  name: 'responsibility.duties',
  until: [cityLoaded, dutiesChanged],
  async build(ctx) {
    const rows = await own(ctx).selectFrom('responsibilityDuty').selectAll().execute()
    return new Map(rows.map(({ unitCode, hours, deputyCode }): [string, Duty] => [unitCode, { hours: readHours(hours) ?? [], deputyCode }]))
  },
})

export const findBook = async (ctx: Context): Promise<Book> => ({
  ...(await ctx.caches.get(ctx, ruleCache)),
  precedents: await ctx.caches.get(ctx, precedentCache),
  duties: await ctx.caches.get(ctx, dutyCache),
})
