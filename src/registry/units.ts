import { cache, type Context } from '../kernel/index.ts'
import { cityLoaded, regionPrefix } from '../atlas/index.ts'
import type { Unit } from './contract.ts'
import { unitUnknown } from './problems.ts'
import { ownTables } from './tables.ts'

interface Units {
  readonly all: readonly Unit[]
  readonly byCode: ReadonlyMap<string, Unit>
}

const unitCache = cache<Units>({
  name: 'registry.units',
  until: [cityLoaded],
  async build(ctx) {
    const rows = await ownTables(ctx).selectFrom('unit').selectAll().execute()
    // In the order of code points, as cursors compare them, and not in that of the database's language.
    const inOrder = rows.toSorted((a, b) => (a.path < b.path ? -1 : 1))
    const all = inOrder.map((row): Unit => {
      const { code, path, parentCode, level, kind, name, nameEn, regionCode } = row
      return { code, path, parentCode, level, kind, name: { zh: name, en: nameEn ?? name }, region: regionPrefix(regionCode ?? '') }
    })
    return { all, byCode: new Map(all.map((unit) => [unit.code, unit])) }
  },
})

const units = (ctx: Context): Promise<Units> => ctx.caches.get(ctx, unitCache)

export const findUnit = async (ctx: Context, code: string): Promise<Unit | undefined> => (await units(ctx)).byCode.get(code)

export async function getUnit(ctx: Context, code: string): Promise<Unit> {
  const found = await findUnit(ctx, code)
  if (!found) throw unitUnknown({ code })
  return found
}

export interface UnitQuestion {
  readonly parent?: string | undefined
  readonly level?: number | undefined
  readonly text?: string | undefined
}

/** Units in the order of the tree. */
export async function findUnits(ctx: Context, wanted: UnitQuestion = {}): Promise<Unit[]> {
  const text = wanted.text?.trim().toLowerCase() ?? ''
  return (await units(ctx)).all.filter(
    ({ parentCode, level, code, name }) =>
      (wanted.parent === undefined || parentCode === wanted.parent) &&
      (wanted.level === undefined || level === wanted.level) &&
      [code, name.zh, name.en].some((word) => word.toLowerCase().includes(text)),
  )
}
