// A position as it is stored, and what is refused of what terminals say. Nothing here reads a clock or a database.

import { judge, type Reason } from '../gate.ts'
import type { Location } from '../jt808/index.ts'

/** As the columns of the table stand. */
export type PositionRow = readonly [
  at: number, vehicle: number, lng: number, lat: number, status: number, alarm: number, speed: number, bearing: number, altitude: number,
]

export const POSITION_COLUMNS = {
  at: 'timestamptz', vehicle: 'int4', lng: 'int4', lat: 'int4', status: 'int4', alarm: 'int4', speed: 'int2', bearing: 'int2', altitude: 'int2',
} as const

export const DEGREE = 1e6
const TENTHS = 10
const MOST_INT2 = 32_767
/** Bit 1 of the status: the terminal knows where it is. */
const FIXED = 2

export const isFixed = (status: number): boolean => (status & FIXED) !== 0

const small = (value: number): number => Math.min(MOST_INT2, Math.round(value))

export function readPosition(vehicle: number, { at: said, position: [lng, lat], ...location }: Location, now: number): PositionRow | Reason {
  if (said === null) return 'damaged'
  const at = Date.parse(said)
  if (!(Math.abs(lng) <= 180 && Math.abs(lat) <= 90)) return 'out-of-range'
  const found = judge({ min: 0, max: 0 }, 0, at, now, 0)
  if (typeof found === 'string') return found
  const { status, alarm, speedKmh, courseDeg, altitudeM } = location
  // Words of 32 bits stand in signed columns.
  return [at, vehicle, Math.round(lng * DEGREE), Math.round(lat * DEGREE), status | 0, alarm | 0, small(speedKmh * TENTHS), courseDeg % 360, small(altitudeM)]
}

export const kmhOf = (speed: number): number => speed / TENTHS

/** What is written of the newest state of a vehicle: its newest row, and the newest with a fix. */
export interface Newest {
  readonly row: PositionRow
  readonly fixed: PositionRow | undefined
}

/** By vehicle, of rows that stand in order of vehicle and time. */
export function newestOf(rows: readonly PositionRow[]): Newest[] {
  const found: Newest[] = []
  let fixed: PositionRow | undefined
  for (const [i, row] of rows.entries()) {
    if (isFixed(row[4])) fixed = row
    if (rows[i + 1]?.[1] === row[1]) continue
    found.push({ row, fixed })
    fixed = undefined
  }
  return found
}

export const inOrder = (rows: readonly PositionRow[]): PositionRow[] => rows.toSorted((one, other) => one[1] - other[1] || one[0] - other[0])

/** One number for a vehicle and a time; terminals tell seconds. */
export const keyOf = (vehicle: number, at: number): number => vehicle * 2 ** 32 + at / 1000
