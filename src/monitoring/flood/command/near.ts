// Which pump trucks could come, the nearest first. Pure; read by the browser too.

import { distanceMetres, type Position } from '../../../kernel/contract.ts'

interface Truck {
  readonly code: string
  readonly position: Position | null
  readonly free: boolean
  readonly doing: string
}

/** Free trucks with their distance; those that have not been heard of lately come last: where they are is not known. */
export function nearestTrucks<T extends Truck>(to: Position | null, trucks: readonly T[]): { truck: T; metres: number | null }[] {
  const away = ({ position }: Truck) => (to && position ? Math.round(distanceMetres(to, position)) : null)
  const heard = ({ doing }: Truck) => Number(doing === 'moving' || doing === 'still')
  return trucks
    .filter(({ free }) => free)
    .map((truck) => ({ truck, metres: away(truck) }))
    .toSorted((one, other) => heard(other.truck) - heard(one.truck) || (one.metres ?? Infinity) - (other.metres ?? Infinity) || (one.truck.code < other.truck.code ? -1 : 1))
}
