// What an alarm is about: a device, or a vehicle. In `alarm.device` stands the code of either.

import type { Context, Position } from '../../kernel/index.ts'
import { directory, type KnownDevice } from '../directory.ts'
import { fleet } from '../vehicles/directory.ts'
import type { AlarmTable } from './tables.ts'

export interface Subject {
  readonly code: string
  readonly name: string
  readonly district: string
  readonly ownerUnit: string | null
  /** Where a device stands; of a vehicle where the alarm rang. */
  readonly position: Position | null
  readonly device: KnownDevice | undefined
}

export type Of = Pick<AlarmTable, 'about' | 'device' | 'place'>

/** Finds what alarms are about. */
export async function subjects(ctx: Context): Promise<(alarm: Of) => Subject | undefined> {
  const { byCode } = await directory(ctx)
  const vehicles = new Map([...(await fleet(ctx)).values()].map((vehicle) => [vehicle.code, vehicle]))
  return ({ about, device: code, place }) => {
    if (about === 'device') {
      const device = byCode.get(code)
      return device && { ...device, device }
    }
    const vehicle = vehicles.get(code)
    return vehicle && { ...vehicle, name: `${vehicle.plate} ${vehicle.name}`, position: place === null || typeof place === 'string' ? null : [place.x, place.y], device: undefined }
  }
}
