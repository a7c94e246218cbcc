// What a vehicle does at this moment, as far as its terminal tells. Nothing here reads a clock or a database.

import type { VehicleDoing } from './contract.ts'
import { kmhOf } from './position.ts'

/** Terminals that stand still often report every five minutes only. */
export const SILENT_MS = 10 * 60_000
/** Below this a position only trembles. */
export const MOVING_KMH = 3

export function doingOf(latest: { readonly at: Date; readonly speed: number } | undefined, now: number): VehicleDoing {
  if (!latest) return 'never'
  if (now - +latest.at > SILENT_MS) return 'silent'
  return kmhOf(latest.speed) >= MOVING_KMH ? 'moving' : 'still'
}
