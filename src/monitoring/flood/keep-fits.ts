// What each point's own past rains teach of its water, learned anew after each rain.

import { sql } from 'kysely'
import type { Context } from '../../kernel/index.ts'
import { distanceMetres } from '../../kernel/index.ts'
import { directory, type Directory, type KnownDevice } from '../directory.ts'
import { courseOf, rainOver, spanOf, weightsOf, type Weighed } from './course.ts'
import { readFallen, readLevels } from './read-rain.ts'
import { fit, type Course } from './response.ts'
import { ownFlood, type FloodPointTable } from './tables.ts'

/** Points that one turn of the job learns of. */
const AT_ONCE = 12
/** Rains that one point learns from: the heaviest at its gauges. */
const RAINS = 8
const DAYS_BACK = 400
/** So long after a rain its water has run off. */
const SETTLED_MS = 3 * 3_600_000

/** Learns of points that do not know the newest rain yet; how many there were. */
export async function keepFits(ctx: Context): Promise<number> {
  const known = await directory(ctx)
  const events = (
    await ownFlood(ctx)
      .selectFrom('rainEvent')
      .selectAll()
      .where('endedAt', '<', new Date(+ctx.now - SETTLED_MS))
      .where('beganAt', '>', new Date(+ctx.now - DAYS_BACK * 86_400_000))
      .orderBy('beganAt', 'desc')
      .limit(500)
      .execute()
  ).map((row) => ({ ...row, endedAt: row.endedAt! }))
  const newest = events[0]?.endedAt
  if (!newest) return 0
  const { rows: due } = await sql<FloodPointTable>`
    select p.* from flood_point p left join flood_fit f on f.device = p.device
     where f.learned_to is null or f.learned_to < ${newest} order by p.device limit ${AT_ONCE}`.execute(ownFlood(ctx))
  for (const point of due) {
    const device = known.byCode.get(point.device)
    const courses = device ? await coursesOf(ctx, known, device, point.gauges, events) : []
    const learned = fit(courses)
    const row = {
      device: point.device,
      fit: typeof learned === 'string' ? null : (JSON.stringify(learned) as never),
      refused: typeof learned === 'string' ? learned : null,
      learnedTo: newest,
      fittedAt: ctx.now,
    }
    const { device: _, ...change } = row
    await ownFlood(ctx).insertInto('floodFit').values(row).onConflict((clash) => clash.column('device').doUpdateSet(change)).execute()
  }
  return due.length
}

/** The gauges of a point by their weight. */
export function weighed(known: Directory, point: Pick<KnownDevice, 'position'>, codes: readonly string[]): Weighed[] {
  const gauges = codes.flatMap((code) => known.byCode.get(code) ?? [])
  return weightsOf(gauges.map(({ code, position }) => ({ gauge: code, metres: position && point.position ? distanceMetres(position, point.position) : 1_000 })))
}

async function coursesOf(ctx: Context, known: Directory, point: KnownDevice, codes: readonly string[], events: readonly { beganAt: Date; endedAt: Date; stations: { gauge: string; total: number }[] }[]): Promise<Course[]> {
  const gauges = codes.flatMap((code) => known.byCode.get(code) ?? [])
  if (gauges.length === 0) return []
  const weights = weighed(known, point, codes)
  const rainOf = ({ stations }: (typeof events)[number]) => stations.filter(({ gauge }) => codes.includes(gauge)).reduce((sum, { total }) => sum + total, 0)
  const heaviest = events.toSorted((a, b) => rainOf(b) - rainOf(a)).slice(0, RAINS)
  const courses: Course[] = []
  for (const { beganAt, endedAt } of heaviest) {
    const [from, to] = spanOf({ beganAt: +beganAt, endedAt: +endedAt })
    const levels = await readLevels(ctx, point, from, to)
    if (levels.length > 0) courses.push(courseOf(rainOver(await readFallen(ctx, gauges, from, to), weights, from, to), levels, from))
  }
  return courses
}
