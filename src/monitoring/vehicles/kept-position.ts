// A position as it stands in the quarantine, read back. Nothing here reads a clock or a database.

import type { Location } from '../jt808/index.ts'
import { DEGREE, isFixed, kmhOf } from './position.ts'

const BEIJING_MS = 8 * 3_600_000
const COLUMNS = 9

export interface Kept {
  readonly position: Location
  /** The number of the vehicle that it was of, where it was kept with it. */
  readonly vehicle?: number
}

/** What was refused as a position of a terminal that had proved who it is; undefined for all else. */
export function readKept(payload: string): Kept | undefined {
  let said: unknown
  try {
    said = JSON.parse(payload)
  } catch {
    // Bytes as they came, or a text that was too long to be kept whole.
    return undefined
  }
  return Array.isArray(said) ? ofRow(said) : ofLocation(said)
}

/** What a vehicle said that was out of service stands as its row. */
function ofRow(row: readonly unknown[]): Kept | undefined {
  if (row.length !== COLUMNS || !row.every((each) => typeof each === 'number' && Number.isFinite(each))) return undefined
  const [at, vehicle, lng, lat, status, alarm, speed, courseDeg, altitudeM] = row as number[]
  const position = {
    at: new Date(at! + BEIJING_MS).toISOString().replace(/\..*/, '+08:00'),
    position: [lng! / DEGREE, lat! / DEGREE] as [number, number], located: isFixed(status!), status: status!, states: [], alarm: alarm!, alarms: [],
    speedKmh: kmhOf(speed!), courseDeg: courseDeg!, altitudeM: altitudeM!, items: {},
  }
  return { position, vehicle: vehicle! }
}

const isPair = (value: unknown): boolean => Array.isArray(value) && value.length === 2 && value.every((each) => typeof each === 'number')

function ofLocation(said: unknown): Kept | undefined {
  if (typeof said !== 'object' || said === null) return undefined
  const { at, position, status, alarm, speedKmh, courseDeg, altitudeM, items } = said as Record<string, unknown>
  const numbers = [status, alarm, speedKmh, courseDeg, altitudeM].every((each) => typeof each === 'number')
  return numbers && isPair(position) && (at === null || typeof at === 'string') && typeof items === 'object' && items !== null ? { position: said as Location } : undefined
}
