// Squares of the ground under which cases are found. Pure; migration 0003 reckons them alike.

import { sql, type RawBuilder } from 'kysely'
import type { Position } from '../../kernel/contract.ts'
import { boxAround } from '../../kernel/geometry/index.ts'

const SIDE = 0.0005
const ROW = 1_000_000

const column = (lng: number) => Math.floor((lng + 180) / SIDE)
const row = (lat: number) => Math.floor((lat + 90) / SIDE)

/** The squares that a circle touches. */
export function spotsAround(at: Position, metres: number): number[] {
  const [west, south, east, north] = boxAround(at, metres)
  const spots: number[] = []
  for (let r = row(south); r <= row(north); r++) for (let c = column(west); c <= column(east); c++) spots.push(r * ROW + c)
  return spots
}

/** The square of a case `c`, as the index holds it. */
export const SPOT: RawBuilder<number> = sql<number>`(floor((c.lat + 90) / 0.0005) * 1000000 + floor((c.lng + 180) / 0.0005))`
