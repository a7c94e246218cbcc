// Whether a terminal may register (0x0100), by what the city knows. Nothing here reads a database.

import type { Registration } from '../jt808/index.ts'
import { REGISTERED } from '../jt808/session.ts'
import type { VehicleTable } from './tables.ts'

/** The same number however many zeros a version puts before it. */
export const plainPhone = (phone: string): string => phone.replace(/^0+(?=\d)/, '')

/** What tells one terminal from another. */
export const terminalOf = ({ makerId, terminalId }: Pick<Registration, 'makerId' | 'terminalId'>): string => `${makerId}/${terminalId}`.replaceAll(/[\0\s]/g, '')

type Known = Pick<VehicleTable, 'phone' | 'state' | 'terminal'>

/** The result of a registration for the vehicle of this plate, if there is one. */
export function judgeRegistration(vehicle: Known | undefined, phone: string, terminal: string): (typeof REGISTERED)[keyof typeof REGISTERED] {
  if (!vehicle || vehicle.state !== 'in_service') return REGISTERED.vehicleUnknown
  if (vehicle.phone !== plainPhone(phone)) return REGISTERED.terminalUnknown
  // Whoever knows plate and number cannot take the place of the terminal that is there: a clerk lets go of it first.
  if (vehicle.terminal !== null && vehicle.terminal !== terminal) return REGISTERED.vehicleTaken
  return REGISTERED.done
}
