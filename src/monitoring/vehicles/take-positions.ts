import type { Context } from '../../kernel/index.ts'
import { makeDays, OF_VEHICLES, partitionDay } from '../partitions.ts'
import { DEGREE, inOrder, newestOf, type PositionRow } from './position.ts'
import { findStoredPositions, sendPositions, writeNewest, writePumps } from './store.ts'
import type { Fix } from './track.ts'
import { getVehicleRow } from './vehicles.ts'

/** ACC on, with a fix. */
const DRIVING = 3
/** With a fix, the engine off. */
const PARKED = 2

/** Stores where a vehicle was, as another system or a made history tells it; of a pump truck also whether its pump runs. */
export async function takePositions(ctx: Context, code: string, fixes: readonly Fix[], pump?: boolean): Promise<void> {
  const { number } = await getVehicleRow(ctx, code, 'monitoring.edit')
  const rows = inOrder(
    fixes.map(({ at, lng, lat, kmh, bearing }): PositionRow => [
      at, number, Math.round(lng * DEGREE), Math.round(lat * DEGREE), kmh > 0 ? DRIVING : PARKED, 0, Math.round(kmh * 10), bearing, 0,
    ]),
  )
  await makeDays(ctx, new Set(rows.map(([at]) => partitionDay(at))), OF_VEHICLES)
  const stored = await findStoredPositions(ctx, rows)
  if (stored.size > 0) return
  await (await sendPositions(ctx, rows)).stored
  await writeNewest(ctx, newestOf(rows))
  const [first, last] = [fixes[0], fixes.at(-1)]
  if (pump !== undefined && first && last) await writePumps(ctx, new Map([[number, { running: pump, at: last.at, since: first.at }]]))
}
