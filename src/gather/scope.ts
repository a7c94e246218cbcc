// Which sums the caller may see: the one function that the overview and the cube ask.

import { findDivisions, regionPrefix } from '../atlas/index.ts'
import { permitMissing, scopesOf, type Context, type Scope } from '../kernel/index.ts'
import { unitLevels } from './ledger.ts'
import { tooNarrow } from './problems.ts'

export interface View {
  /** Whose rows are read. */
  readonly districts: string[]
  /** Prefix of the regions within, '' for all. */
  readonly region: string
  /** Path of a unit, '' for all. */
  readonly unit: string
  /** Prefix of the classes, '' for all. */
  readonly category: string
}

/** What of `asked` the caller may see. Several scopes are not added up: the one that shows the most of it is taken. */
export async function viewOf(ctx: Context, asked: { region?: string | undefined; category?: string | undefined }): Promise<View> {
  const region = regionPrefix(asked.region ?? '')
  const category = asked.category ?? ''
  const divisions = await findDivisions(ctx, { level: 'district' })
  const views = scopesOf(ctx, 'gather.read')
    .flatMap((scope) => meet(scope, region, category))
    .map((view) => ({
      ...view,
      districts: divisions.map(({ code }) => code).filter((code) => code.startsWith(view.region) || view.region.startsWith(code)),
    }))
  const [best] = views.sort((a, b) => breadth(b) - breadth(a))
  if (!best) throw permitMissing({ permit: 'gather.read' })
  return best
}

/** What lies in both: of two prefixes the longer, if it begins with the shorter. */
function meet(scope: Scope, region: string, category: string): Omit<View, 'districts'>[] {
  const regions = common(scope.region, region)
  const categories = common(scope.category, category)
  if (regions === undefined || categories === undefined) return []
  return [{ region: regions, unit: scope.unit, category: categories }]
}

function common(a: string, b: string): string | undefined {
  if (a.startsWith(b)) return a
  return b.startsWith(a) ? b : undefined
}

/** All units before one, then more districts, then the shorter region and class. */
const breadth = ({ unit, districts, region, category }: View) =>
  (unit === '' ? 1e9 : 0) + districts.length * 1e6 - region.length * 1e3 - category.length

const STREET = 9
/** The longest class that is a major one ends two digits behind its last dot. */
const isMajorPrefix = (category: string) => category.length - (category.lastIndexOf('.') + 1) <= 2

/**
 * The ready sums go down to streets and to major classes; those of units below the second level are kept for whole districts
 * and all classes only.
 */
export function demandReady({ region, unit, category }: View): void {
  if (region.length > STREET || !isMajorPrefix(category)) throw tooNarrow()
  if (unitLevels(unit).length > 1 && (region.length > 6 || category !== '')) throw tooNarrow()
}
