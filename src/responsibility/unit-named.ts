import type { Context } from '../kernel/index.ts'
import { findUnits } from '../registry/index.ts'
import type { UnitNamed } from './contract.ts'

/** Names units by their codes; one that the city no longer has keeps its code. */
export async function unitNames(ctx: Context): Promise<(code: string) => UnitNamed> {
  const byCode = new Map((await findUnits(ctx)).map((unit) => [unit.code, unit]))
  return (code) => {
    const unit = byCode.get(code)
    return unit ? { code, path: unit.path, name: unit.name } : { code, path: '', name: { zh: code, en: code } }
  }
}
