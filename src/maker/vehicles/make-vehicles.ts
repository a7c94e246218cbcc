import { systemActor, type Kernel } from '../../kernel/index.ts'
import { addVehicle, isFleetEmpty, takePositions } from '../../monitoring/index.ts'
import type { City } from '../city.ts'
import { randomFrom } from '../random.ts'
import { driveDays } from './drive.ts'
import { layFleet } from './fleet.ts'
import { streetsOf } from './streets.ts'

const DAY_MS = 86_400_000
const BEIJING_MS = 8 * 3_600_000

/** Nine vehicles, with all of yesterday's ways and today's as far as the day has come. */
export async function makeVehicles(kernel: Kernel, city: City): Promise<number> {
  if (!(await kernel.read({ actor: systemActor }, isFleetEmpty))) return 0
  const now = Math.floor(+kernel.clock() / 1000) * 1000
  const today = now - ((now + BEIJING_MS) % DAY_MS)
  const { plan, ground } = city
  const streets = streetsOf(city.roads)
  const fleet = layFleet(city)
  await kernel.transact({ actor: systemActor }, async (ctx) => {
    for (const { vehicle, day } of fleet) {
      await addVehicle(ctx, vehicle)
      const told = driveDays(streets, day, today - DAY_MS, now, randomFrom(plan.seed, `drive ${vehicle.code}`))
      const fixes = Array.from(told, ({ at, point, kmh, bearing }) => {
        const [lng, lat] = ground.toDegrees(point)
        return { at, lng, lat, kmh, bearing }
      })
      await takePositions(ctx, vehicle.code, fixes, vehicle.kind === 'pump' ? false : undefined)
    }
  })
  return fleet.length
}
