// Whether a pump runs, as far as that is known now. Nothing here reads a clock or a database.

import type { VehicleDoing, VehicleShown } from '../../vehicles/contract.ts'

/** What a silent terminal said of its pump is not known to be so any more. */
export function pumpState(told: VehicleShown['pump'], doing: VehicleDoing): { pump: 'running' | 'standing' | 'unknown'; pumpSince: string | null } {
  if (!told || doing === 'silent' || doing === 'never') return { pump: 'unknown', pumpSince: null }
  return { pump: told.running ? 'running' : 'standing', pumpSince: told.since }
}
