// Rain events kept up as rain comes in: what may still change is found anew, what is long over stands.

import { sql } from 'kysely'
import type { Check, Context } from '../../kernel/index.ts'
import { directory, readDirectory, type Directory } from '../directory.ts'
import { floodSettings } from './city-settings.ts'
import { findEvents, type RainEvent } from './rain.ts'
import { gaugesOf, hourOf, readFallen, readHeard } from './read-rain.ts'
import type { FloodSettings } from './settings.ts'
import { ownFlood, type Judged, type RainEventTable } from './tables.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** So far back is looked when nothing was counted yet, and by the proof. */
const DAYS_BACK = 60
/** Readings may come so late. */
const LATE_MS = 2 * DAY_MS

export async function keepEvents(ctx: Context): Promise<void> {
  const settings = await floodSettings(ctx)
  const known = await directory(ctx)
  let from = await beginOfOpen(ctx)
  let found = await eventsFrom(ctx, known, from, +ctx.now, settings)
  // One that begins so near may have begun before.
  while (found[0] && found[0].beganAt - from < settings.dryHours * HOUR_MS && from > +ctx.now - DAYS_BACK * DAY_MS && !(await begins(ctx, from))) {
    from -= DAY_MS
    found = await eventsFrom(ctx, known, from, +ctx.now, settings)
  }
  const before = await ownFlood(ctx).selectFrom('rainEvent').selectAll().where('beganAt', '>=', new Date(from)).orderBy('beganAt').execute()
  const rows = found.map(({ beganAt, endedAt, stations }) => ({ beganAt: new Date(beganAt), endedAt: endedAt === null ? null : new Date(endedAt), stations, judged: judgedBy(settings) }))
  if (textOf(before) !== textOf(rows)) {
    await ownFlood(ctx).deleteFrom('rainEvent').where('beganAt', '>=', new Date(from)).execute()
    const values = rows.map(({ stations, judged, ...row }) => ({ ...row, stations: JSON.stringify(stations) as never, judged: JSON.stringify(judged) as never }))
    if (values.length > 0) await ownFlood(ctx).insertInto('rainEvent').values(values).execute()
  }
  await ownFlood(ctx)
    .insertInto('rainMark')
    .values({ id: 1, countedTo: ctx.now })
    .onConflict((clash) => clash.column('id').doUpdateSet({ countedTo: ctx.now }))
    .execute()
}

const begins = async (ctx: Context, at: number): Promise<boolean> =>
  (await ownFlood(ctx).selectFrom('rainEvent').select('beganAt').where('beganAt', '=', new Date(at)).executeTakeFirst()) !== undefined

export const judgedBy = ({ wetMeanMm, wetGaugeMm, dryHours, leastMm }: FloodSettings): Judged => ({ wetMeanMm, wetGaugeMm, dryHours, leastMm })

const textOf = (rows: readonly { beganAt: Date; endedAt: Date | null; stations: RainEvent['stations'] }[]): string =>
  JSON.stringify(rows.map(({ beganAt, endedAt, stations }) => [+beganAt, endedAt && +endedAt, stations.map(({ gauge, total, most }) => [gauge, total, most])]))

/** From the first event that late readings may still change. */
async function beginOfOpen(ctx: Context): Promise<number> {
  const { rows } = await sql<{ began: Date | null; counted: Date | null }>`
    select (select min(began_at) from rain_event where ended_at is null or ended_at > ${new Date(+ctx.now - LATE_MS)}) as began,
           (select counted_to from rain_mark) as counted`.execute(ownFlood(ctx))
  const { began, counted } = rows[0]!
  const late = counted ? +counted - LATE_MS : +ctx.now - DAYS_BACK * DAY_MS
  return Math.max(+ctx.now - DAYS_BACK * DAY_MS, Math.min(began ? +began : Infinity, late))
}

/** The events of the rain after a moment, each with all gauges that reported in it. */
async function eventsFrom(ctx: Context, known: Directory, from: number, now: number, settings: FloodSettings): Promise<RainEvent[]> {
  const gauges = gaugesOf(known)
  const fallen = await readFallen(ctx, gauges, from, now)
  const heard = fallen.length === 0 ? new Map<number, string[]>() : await readHeard(ctx, gauges, from, now)
  const events = findEvents({ fallen, reporting: (at) => heard.get(hourOf(at))?.length ?? 0, now }, settings)
  return events.map((event) => {
    const wet = new Set(event.stations.map(({ gauge }) => gauge))
    const there = [...heard].flatMap(([hour, codes]) => (hour >= hourOf(event.beganAt) && hour <= (event.endedAt ?? now) ? codes : []))
    const dry = [...new Set(there)].filter((gauge) => !wet.has(gauge)).toSorted()
    return { ...event, stations: [...event.stations, ...dry.map((gauge) => ({ gauge, total: 0, most: [0, 0, 0] }))] }
  })
}

/** A rain that goes on, counted to this moment: what is stored may be a minute behind. */
export async function countedNow(ctx: Context, row: RainEventTable): Promise<RainEventTable> {
  if (row.endedAt !== null) return row
  const found = await eventsFrom(ctx, await directory(ctx), +row.beganAt, +ctx.now, await floodSettings(ctx))
  const stations = found.find(({ beganAt }) => beganAt === +row.beganAt)?.stations
  return stations ? { ...row, stations: [...stations] } : row
}

/** Events that are over and were judged as rain is judged today, against a recount of the readings. */
export const rainRecounted: Check = {
  name: 'rain',
  proves: { zh: '各场降雨等于由雨量读数重算的结果', en: 'Rain events equal a recount of the readings of gauges' },
  async *run(ctx) {
    const settings = await floodSettings(ctx)
    const rows = await ownFlood(ctx).selectFrom('rainEvent').selectAll().where('beganAt', '>', new Date(+ctx.now - DAYS_BACK * DAY_MS)).orderBy('beganAt').execute()
    const own = JSON.stringify(Object.entries(judgedBy(settings)).toSorted())
    const since = rows.findLastIndex(({ judged }) => JSON.stringify(Object.entries(judged).toSorted()) !== own)
    const kept = rows.slice(since + 1).filter(({ endedAt }) => endedAt !== null)
    const first = kept[0]
    if (!first) return
    const counted = new Map((await eventsFrom(ctx, await readDirectory(ctx), +first.beganAt, +ctx.now, settings)).map((event) => [event.beganAt, event]))
    for (const { beganAt, endedAt, stations } of kept) {
      const again = counted.get(+beganAt)
      const row = again && { beganAt, endedAt: again.endedAt === null ? null : new Date(again.endedAt), stations: again.stations }
      if (!row || textOf([row]) !== textOf([{ beganAt, endedAt, stations }])) yield `rain: the event of ${beganAt.toISOString()} is not what the gauges reported`
    }
  },
}
