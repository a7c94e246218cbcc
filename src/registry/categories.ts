import { cache, type Context } from '../kernel/index.ts'
import { cityLoaded, getCityFacts } from '../atlas/index.ts'
import { majorOf, type CategoryKind } from './catalogue.ts'
import type { Category, Condition } from './contract.ts'
import { categoryUnknown, conditionUnknown } from './problems.ts'
import { ownTables, type CategoryTable, type FilingConditionTable } from './tables.ts'

interface Catalogue {
  readonly all: readonly Category[]
  readonly versions: readonly string[]
  readonly byId: ReadonlyMap<string, Category>
  readonly conditions: ReadonlyMap<string, Condition>
  readonly byCategory: ReadonlyMap<string, readonly Condition[]>
}

const presentCategory = (row: CategoryTable): Category => ({
  id: row.id,
  version: row.version,
  kind: row.kind,
  code: row.code,
  name: { zh: row.name, en: row.nameEn ?? row.name },
  major: { id: majorOf(row.id), name: { zh: row.majorName, en: row.majorNameEn ?? row.majorName } },
  geometry: row.geometry,
  component: row.component,
  legacy: row.legacy,
})

const presentCondition = (row: FilingConditionTable): Condition => ({
  id: row.id,
  category: row.category,
  ordinal: row.ordinal,
  condition: { zh: row.condition, en: row.conditionEn ?? row.condition },
  closing: { zh: row.closing, en: row.closingEn ?? row.closing },
  limits: {
    A: { amount: row.limitA, unit: row.unitA },
    B: { amount: row.limitB, unit: row.unitB },
    C: { amount: row.limitC, unit: row.unitC },
  },
})

const catalogueCache = cache<Catalogue>({
  name: 'registry.catalogue',
  until: [cityLoaded],
  async build(ctx) {
    const all = (await ownTables(ctx).selectFrom('category').selectAll().orderBy('id').execute()).map(presentCategory)
    const rows = await ownTables(ctx).selectFrom('filingCondition').selectAll().orderBy('category').orderBy('ordinal').execute()
    const conditions = rows.map(presentCondition)
    return {
      all,
      versions: [...new Set(all.map(({ version }) => version))].sort(),
      byId: new Map(all.map((one) => [one.id, one])),
      conditions: new Map(conditions.map((one) => [one.id, one])),
      byCategory: Map.groupBy(conditions, ({ category }) => category),
    }
  },
})

const catalogue = (ctx: Context): Promise<Catalogue> => ctx.caches.get(ctx, catalogueCache)

/** The version that new cases are filed under. */
export const catalogueInUse = async (ctx: Context): Promise<string> => (await getCityFacts(ctx)).catalogue

export const findVersions = async (ctx: Context): Promise<readonly string[]> => (await catalogue(ctx)).versions

export const findCategory = async (ctx: Context, id: string): Promise<Category | undefined> => (await catalogue(ctx)).byId.get(id)

export async function getCategory(ctx: Context, id: string): Promise<Category> {
  const found = await findCategory(ctx, id)
  if (!found) throw categoryUnknown({ id })
  return found
}

export interface CategoryQuestion {
  /** The version in use where none is named. */
  readonly version?: string | undefined
  readonly kind?: CategoryKind | undefined
  readonly text?: string | undefined
}

/** Categories of one version, in the order of their codes. */
export async function findCategories(ctx: Context, wanted: CategoryQuestion = {}): Promise<Category[]> {
  const version = wanted.version ?? (await catalogueInUse(ctx))
  const text = wanted.text?.trim().toLowerCase() ?? ''
  const { all } = await catalogue(ctx)
  return all.filter(
    (one) =>
      one.version === version &&
      (wanted.kind === undefined || one.kind === wanted.kind) &&
      (one.code.startsWith(text) || [one.name, one.major.name].some(({ zh, en }) => zh.includes(text) || en.toLowerCase().includes(text))),
  )
}

/** 立案条件 of a category with their limits, in their order. */
export const findConditions = async (ctx: Context, category: string): Promise<readonly Condition[]> =>
  (await catalogue(ctx)).byCategory.get(category) ?? []

export const findCondition = async (ctx: Context, id: string): Promise<Condition | undefined> => (await catalogue(ctx)).conditions.get(id)

export async function getCondition(ctx: Context, id: string): Promise<Condition> {
  const found = await findCondition(ctx, id)
  if (!found) throw conditionUnknown({ id })
  return found
}
