// Days of readings and of positions: each is a partition, made ahead, and dropped as a whole when it is older than what is kept.

import { sql } from 'kysely'
import type { Context } from '../kernel/index.ts'
import { KEEP_DAYS } from './gate.ts'
import { own } from './tables.ts'

const DAY_MS = 86_400_000
const AHEAD_DAYS = 7
const OF_READINGS = ['reading', 'reading_minute'] as const
export const OF_VEHICLES = ['vehicle_position'] as const
const PARTED = [...OF_READINGS, ...OF_VEHICLES] as const

/** Days as PostgreSQL cuts them, by UTC: a partition is storage, and no day of the city. */
export const partitionDay = (at: number): number => Math.floor(at / DAY_MS)

const dayText = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10)
const nameOf = (table: string, day: number): string => `${table}_${dayText(day).replaceAll('-', '')}`

/** Rows that no vacuum has seen are marked by whoever reads them first, page by page: so vacuum follows what comes closely. */
const FOLLOWED = 'autovacuum_vacuum_insert_scale_factor = 0.05'

// One number for all processes on the database; any will do, so long as nobody else uses it.
const LOCK = 20_261_121

async function there(ctx: Context): Promise<Set<string>> {
  const { rows } = await sql<{ name: string }>`
    select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
     where i.inhparent = any(${PARTED as unknown as string[]}::regclass[])`.execute(own(ctx))
  return new Set(rows.map(({ name }) => name))
}

/** Makes the partitions of these days that are not there. */
export async function makeDays(ctx: Context, days: Iterable<number>, tables: readonly (typeof PARTED)[number][] = OF_READINGS): Promise<void> {
  const wanted = [...days].flatMap((day) => tables.map((table) => ({ table, day, name: nameOf(table, day) })))
  const before = await there(ctx)
  if (wanted.every(({ name }) => before.has(name))) return
  // Two that make the same day at once would clash, in spite of `if not exists`.
  await sql`select pg_advisory_xact_lock(${LOCK})`.execute(own(ctx))
  const now = await there(ctx)
  for (const { table, day, name } of wanted) {
    if (now.has(name)) continue
    await sql.raw(`create table ${name} partition of ${table} for values from ('${dayText(day)}Z') to ('${dayText(day + 1)}Z') with (${FOLLOWED})`).execute(own(ctx))
  }
}

/** The job of the days: those to come are made, those that are no longer kept are dropped. */
export async function keepDays(ctx: Context): Promise<void> {
  const today = partitionDay(+ctx.now)
  await makeDays(ctx, Array.from({ length: AHEAD_DAYS + 2 }, (_, i) => today - 1 + i), PARTED)
  const last = dayText(today - KEEP_DAYS - 1).replaceAll('-', '')
  for (const name of await there(ctx)) if (name.slice(-8) < last) await sql.raw(`drop table ${name}`).execute(own(ctx))
}
