// Which devices are flood points (积水点), of what scene, and from which levels on they tell.

import { distanceMetres, record, type Context, type Fault } from '../../kernel/index.ts'
import { directory, readDirectory, type Directory, type KnownDevice } from '../directory.ts'
import { deviceUnknown } from '../problems.ts'
import { reacherOf } from '../scope.ts'
import type { FloodPointBody } from './contract.ts'
import { pointFaulty, pointUnknown } from './problems.ts'
import { gaugesOf } from './read-rain.ts'
import { DEFAULT_LEVELS, LEVEL, type Scene } from './settings.ts'
import { ownFlood, type FloodPointTable } from './tables.ts'

/** Gauges that tell of the rain at a point. */
const GAUGES = 4

function nearest(known: Directory, { position }: KnownDevice): string[] {
  const gauges = gaugesOf(known).map(({ code, position: there }) => ({ code, metres: position && there ? distanceMetres(position, there) : Infinity }))
  return gauges.toSorted((a, b) => a.metres - b.metres).slice(0, GAUGES).map(({ code }) => code)
}

async function mine(ctx: Context, code: string): Promise<KnownDevice> {
  const device = (await directory(ctx)).byCode.get(code)
  if (!device || !(await reacherOf(ctx, 'monitoring.rule'))(device)) throw deviceUnknown({ code })
  return device
}

export async function setPoint(ctx: Context, code: string, { scene, levels }: FloodPointBody) {
  const device = await mine(ctx, code)
  const faults: Fault[] = []
  if (!device.metrics.has(LEVEL)) faults.push({ at: 'device', reason: { zh: `设备没有指标 ${LEVEL}`, en: `the device has no metric ${LEVEL}` } })
  if (levels.some((limit, i) => i > 0 && limit <= levels[i - 1]!)) faults.push({ at: 'levels', reason: { zh: '蓝黄橙红应依次增大', en: 'each level must be higher than the one before' } })
  if (faults.length > 0) throw pointFaulty(undefined, { faults })
  const gauges = nearest(await directory(ctx), device)
  await write(ctx, [{ device: code, scene, gauges, levels, changedAt: ctx.now, changedBy: ctx.actor.id }])
  record(ctx, 'monitoring.flood-point-set', code, device.district, { scene, levels, gauges })
  return { device: code, scene, levels, gauges }
}

async function write(ctx: Context, rows: readonly FloodPointTable[]): Promise<void> {
  for (const row of rows) {
    const { device, ...change } = row
    await ownFlood(ctx).insertInto('floodPoint').values(row).onConflict((clash) => clash.column('device').doUpdateSet(change)).execute()
    // With other gauges it has another past.
    await ownFlood(ctx).deleteFrom('floodFit').where('device', '=', device).execute()
  }
}

export async function dropPoint(ctx: Context, code: string): Promise<object> {
  const device = await mine(ctx, code)
  const gone = await ownFlood(ctx).deleteFrom('floodPoint').where('device', '=', code).returning('device').executeTakeFirst()
  if (!gone) throw pointUnknown({ device: code })
  record(ctx, 'monitoring.flood-point-dropped', code, device.district, {})
  return {}
}

/** Devices of a city that is made, as flood points with the usual levels. */
export async function layPoints(ctx: Context, scenes: ReadonlyMap<string, Scene>): Promise<void> {
  const known = await readDirectory(ctx)
  const rows = [...scenes].map(([device, scene]) => ({ device, scene, gauges: nearest(known, known.byCode.get(device)!), levels: [...DEFAULT_LEVELS], changedAt: ctx.now, changedBy: ctx.actor.id }))
  await write(ctx, rows)
}

/** The points that the caller reaches, with their devices. */
export async function pointsSeen(ctx: Context, device?: string): Promise<{ row: FloodPointTable; device: KnownDevice }[]> {
  const { byCode } = await directory(ctx)
  const reaches = await reacherOf(ctx, 'monitoring.read')
  const rows = await ownFlood(ctx).selectFrom('floodPoint').selectAll().where((where) => (device === undefined ? where.val(true) : where('device', '=', device))).orderBy('device').execute()
  return rows.flatMap((row) => {
    const found = byCode.get(row.device)
    return found && found.state !== 'retired' && reaches(found) ? [{ row, device: found }] : []
  })
}
