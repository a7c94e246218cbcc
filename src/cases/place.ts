import type { Context, Scope } from '../kernel/index.ts'
import { scopesOf } from '../kernel/index.ts'
import type { CaseRow } from './tables.ts'

type Placed = Pick<CaseRow, 'district' | 'street' | 'community' | 'unitPath' | 'category'>

/** Where a case lies for scopes. A case without a unit lies in no unit's subtree. */
export const placeOf = (row: Placed): Scope => ({
  region: row.community ?? row.street ?? row.district,
  unit: row.unitPath ?? '',
  category: row.category,
})

/** The post (岗位) as which the caller acts when using `permit` at `place`: the name of the granted role. */
export function postOf(ctx: Context, permit: string, place: Scope): string | null {
  const grants = ctx.actor.grants.filter(({ permits }) => permits.has(permit))
  const fitting = grants.find((grant) => scopesOf({ actor: { ...ctx.actor, grants: [grant] } }, permit).some((scope) => lies(place, scope)))
  return (fitting ?? grants[0])?.roleName.zh ?? null
}

const lies = (place: Scope, scope: Scope) =>
  place.region.startsWith(scope.region) && place.unit.startsWith(scope.unit) && place.category.startsWith(scope.category)
