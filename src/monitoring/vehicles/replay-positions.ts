import type { Context } from '../../kernel/index.ts'
import type { Reason } from '../gate.ts'
import { reacherOf } from '../scope.ts'
import { plainPhone } from './admission.ts'
import { fleet } from './directory.ts'
import { vehicleIntake } from './intake.ts'
import { readKept } from './kept-position.ts'
import { readPosition } from './position.ts'
import { findStoredPositions } from './store.ts'

/** Lets a position that was refused pass once more, for the vehicle that has this phone number now: '' where it is stored. */
export async function replayPosition(ctx: Context, { device, payload }: { readonly device: string; readonly payload: string }): Promise<Reason | ''> {
  const kept = readKept(payload)
  if (!kept) return 'damaged'
  const { position } = kept
  const vehicle = [...(await fleet(ctx)).values()].find(({ phone }) => phone === plainPhone(device))
  if (!vehicle || (kept.vehicle ?? vehicle.number) !== vehicle.number) return 'unknown-device'
  if (!(await reacherOf(ctx, 'monitoring.edit'))(vehicle)) return 'wrong-key'
  if (vehicle.state !== 'in_service') return 'not-in-service'
  const row = readPosition(vehicle.number, position, +ctx.now)
  if (typeof row === 'string') return row
  if ((await findStoredPositions(ctx, [row])).size > 0) return 'duplicate'
  await (await vehicleIntake(ctx)).take(vehicle, [position])
  return ''
}
