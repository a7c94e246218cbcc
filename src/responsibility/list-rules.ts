import { sql, type Expression, type SqlBool } from 'kysely'
import { keyOf, pageOf, type Context } from '../kernel/index.ts'
import type { Basis, RuleShown, RULE_STATES, UnitNamed } from './contract.ts'
import { seenBy } from './scope.ts'
import { own, standingAt, type RuleTable } from './tables.ts'
import { unitNames } from './unit-named.ts'

export interface RuleFilter {
  readonly category?: string | undefined
  readonly region?: string | undefined
  readonly basis?: Basis | undefined
  readonly unit?: string | undefined
  readonly state?: (typeof RULE_STATES)[number] | undefined
  readonly text?: string | undefined
}

export const presentRule = (row: RuleTable, unitOf: (code: string) => UnitNamed): RuleShown => ({
  number: row.number,
  category: row.category,
  region: row.region,
  basis: row.basis,
  roads: row.roads,
  hours: row.hours,
  unit: unitOf(row.unitCode),
  note: row.note,
  from: row.validFrom.toISOString(),
  to: row.validTo?.toISOString() ?? null,
  replaces: row.replaces,
  madeBy: row.madeBy,
  endedBy: row.endedBy,
})

/** Rules that the caller sees and that speak of what is asked: of it, of a part of it, or of a whole that holds it. */
async function asked(ctx: Context, { category, region, basis, unit, state = 'standing', text }: RuleFilter) {
  const speaksOf = (column: string, code: string) =>
    sql<SqlBool>`(starts_with(${sql.ref(column)}, ${code}) or starts_with(${code}, ${sql.ref(column)}))`
  const conditions: Expression<SqlBool>[] = [await seenBy(ctx, 'responsibility.read')]
  if (category) conditions.push(speaksOf('category', category))
  if (region) conditions.push(speaksOf('region', region))
  if (basis) conditions.push(sql`basis = ${basis}`)
  if (unit) conditions.push(sql`unit_code = ${unit}`)
  if (state === 'standing') conditions.push(standingAt(ctx.now))
  if (state === 'ended') conditions.push(sql`(not ${standingAt(ctx.now)})`)
  if (text) conditions.push(sql`(starts_with(lower(number), ${text.toLowerCase()}) or position(${text} in coalesce(note, '')) > 0)`)
  return own(ctx)
    .selectFrom('responsibilityRule')
    .where(({ and }) => and(conditions))
}

/** Rules by their numbers, the newest first, and how many there are in all. */
export async function listRules(ctx: Context, { cursor, limit = 50, ...filter }: RuleFilter & { cursor?: string; limit?: number }) {
  const found = await asked(ctx, filter)
  const { total } = await found.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const [before] = cursor === undefined ? [] : keyOf(cursor, 'whole')
  const rows = await found
    .selectAll()
    .$if(before !== undefined, (query) => query.where('ordinal', '<', Number(before)))
    .orderBy('ordinal', 'desc')
    .limit(limit + 1)
    .execute()
  const unitOf = await unitNames(ctx)
  return { ...pageOf(rows, limit, (row) => presentRule(row, unitOf), ({ ordinal }) => [String(ordinal)]), total }
}

/** All rules that are asked, in the order in which a list is read. */
export async function findRules(ctx: Context, filter: RuleFilter): Promise<RuleTable[]> {
  const found = await asked(ctx, filter)
  return found.selectAll().orderBy('category').orderBy('region').orderBy('basis').orderBy('ordinal').execute()
}
