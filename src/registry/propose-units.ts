import { cache, type Context } from '../kernel/index.ts'
import { cityLoaded, findComponent, regionName, regionPrefix } from '../atlas/index.ts'
import { getCategory } from './categories.ts'
import type { Proposal } from './contract.ts'
import { choose, sayWhy, type Rule } from './propose.ts'
import { ownTables } from './tables.ts'
import { findUnits } from './units.ts'

const ruleCache = cache<readonly Rule[]>({
  name: 'registry.responsibility',
  until: [cityLoaded],
  async build(ctx) {
    const rows = await ownTables(ctx).selectFrom('responsibility').selectAll().execute()
    return rows.map(({ category, region, basis, unitCode }) => ({ category, region: regionPrefix(region), basis, unitCode }))
  },
})

export interface Responsible {
  readonly category: string
  /** The code of the community. */
  readonly region: string
  readonly componentCode?: string | null | undefined
}

/** One to three units that may be asked to act, the best first, each with the reason in words. */
export async function proposeUnits(ctx: Context, { category, region, componentCode }: Responsible): Promise<Proposal[]> {
  const { kind, name } = await getCategory(ctx, category)
  const units = await findUnits(ctx)
  const offices = units
    .filter((unit) => (unit.kind === 'street' || unit.kind === 'district') && unit.region !== '' && region.startsWith(unit.region))
    .toSorted((a, b) => b.region.length - a.region.length || a.level - b.level || a.code.localeCompare(b.code))
  const chosen = choose({
    kind,
    category,
    region,
    component: componentCode ? await findComponent(ctx, componentCode) : undefined,
    rules: await ctx.caches.get(ctx, ruleCache),
    offices: offices.map(({ code }) => code),
  })

  const byCode = new Map(units.map((unit) => [unit.code, unit]))
  const street = await regionName(ctx, region.slice(0, 9))
  return chosen.flatMap(({ unitCode, ground }) => {
    const unit = byCode.get(unitCode)
    if (!unit) return []
    const words = sayWhy(ground, { category: name, region: street, componentCode: componentCode ?? '' })
    return [{ unitCode, unitPath: unit.path, name: unit.name, words }]
  })
}
