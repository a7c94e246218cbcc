// Vehicles for the tests of this room.

import { systemActor, type Kernel } from '../../kernel/index.ts'
import { somewhere } from '../testing.ts'
import type { NewVehicle } from './contract.ts'
import { addVehicle } from './vehicles.ts'

/** Registers vehicles; their codes, in order. */
export const registerVehicles = (kernel: Kernel, vehicles: readonly (Partial<NewVehicle> & Pick<NewVehicle, 'plate' | 'phone'>)[]): Promise<string[]> =>
  kernel.transact({ actor: systemActor }, async (ctx) => {
    const { district } = await somewhere(ctx)
    const codes: string[] = []
    for (const [i, vehicle] of vehicles.entries()) {
      const blank = { code: `V-${i + 1}`, kind: 'pump', name: `${i + 1} 号`, district, ownerUnit: null, driver: '', state: 'in_service' } as const
      codes.push((await addVehicle(ctx, { ...blank, ...vehicle })).code)
    }
    return codes
  })
