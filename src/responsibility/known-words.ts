import type { Context } from '../kernel/index.ts'
import { findDivisions, regionCode } from '../atlas/index.ts'
import { findCategories, findUnits, findVersions } from '../registry/index.ts'
import { beginner, type KnownWords } from './check-rule.ts'

/** What a rule of this city may speak of. */
export async function knownWords(ctx: Context): Promise<KnownWords> {
  const versions = await findVersions(ctx)
  const categories = (await Promise.all(versions.map((version) => findCategories(ctx, { version })))).flat()
  const divisions = new Set((await findDivisions(ctx)).map(({ code }) => code))
  const units = new Set((await findUnits(ctx)).map(({ code }) => code))
  return {
    begins: beginner(categories.map(({ id }) => id)),
    // A cell is a place too, and its community is known.
    hasRegion: (prefix) => divisions.has(regionCode(prefix.slice(0, 12))),
    hasUnit: (code) => units.has(code),
  }
}
