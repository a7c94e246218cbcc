import { scopesOf, type Context } from '../kernel/index.ts'
import type { Unit } from './contract.ts'
import { findUnits } from './units.ts'

/** Whether the caller may see a unit: it lies in the subtree of units and of regions that some grant reaches. */
export function unitSeen(ctx: Context, permit: string): (unit: Unit) => boolean {
  const scopes = scopesOf(ctx, permit)
  return ({ path, region }) => scopes.some((scope) => path.startsWith(scope.unit) && region.startsWith(scope.region))
}

/** The codes of all units whose people the caller may see. */
export const unitCodesSeen = async (ctx: Context, permit: string): Promise<string[]> =>
  (await findUnits(ctx)).filter(unitSeen(ctx, permit)).map(({ code }) => code)
