import { sql } from 'kysely'
import { announce, demand, distanceMetres, record, type Context, type Position } from '../kernel/index.ts'
import type { Duty, Person } from './contract.ts'
import { dutyChanged } from './events.ts'
import { people, getPerson, presentPerson } from './people.ts'
import { offDuty } from './problems.ts'
import { ownTables, type PersonDutyTable } from './tables.ts'

const PERMIT = 'collector.work'

const asPoint = ([lng, lat]: Position) => sql<{ x: number; y: number }>`point(${lng}, ${lat})`

const present = (row: PersonDutyTable | undefined): Duty => ({
  onDuty: row?.onDuty ?? false,
  since: row?.onDuty ? row.since.toISOString() : null,
  position: row?.onDuty && row.position ? [row.position.x, row.position.y] : null,
  positionAt: row?.onDuty && row.positionAt ? row.positionAt.toISOString() : null,
})

/** Whether the caller is on duty. */
export async function dutyOf(ctx: Context): Promise<Duty> {
  demand(ctx, PERMIT)
  return present(await ownTables(ctx).selectFrom('personDuty').selectAll().where('personId', '=', ctx.actor.id).executeTakeFirst())
}

/** 上岗: from now on the caller is given tasks. Doing it twice changes nothing but the position. */
export async function goOnDuty(ctx: Context, position?: Position): Promise<Duty> {
  demand(ctx, PERMIT)
  const { id, beatCode } = await getPerson(ctx, ctx.actor.id)
  const before = await ownTables(ctx).selectFrom('personDuty').selectAll().where('personId', '=', id).forUpdate().executeTakeFirst()
  const since = before?.onDuty ? before.since : ctx.now
  const place = position ? { position: asPoint(position), positionAt: ctx.now } : {}
  const row = await ownTables(ctx)
    .insertInto('personDuty')
    .values({ personId: id, onDuty: true, since, ...place })
    .onConflict((on) => on.column('personId').doUpdateSet({ onDuty: true, since, ...place }))
    .returningAll()
    .executeTakeFirstOrThrow()
  if (!before?.onDuty) {
    record(ctx, 'registry.duty-begun', id, '')
    announce(ctx, dutyChanged, '', { personId: id, beat: beatCode, onDuty: true })
  }
  return present(row)
}

/** 下岗. */
export async function goOffDuty(ctx: Context): Promise<Duty> {
  demand(ctx, PERMIT)
  const { id, beatCode } = await getPerson(ctx, ctx.actor.id)
  const row = await ownTables(ctx)
    .updateTable('personDuty')
    .set({ onDuty: false, since: ctx.now, position: null, positionAt: null })
    .where('personId', '=', id)
    .where('onDuty', '=', true)
    .returningAll()
    .executeTakeFirst()
  if (row) {
    record(ctx, 'registry.duty-ended', id, '')
    announce(ctx, dutyChanged, '', { personId: id, beat: beatCode, onDuty: false })
  }
  return present(row)
}

/** Where the caller is now; known only while on duty. */
export async function reportPosition(ctx: Context, position: Position): Promise<Duty> {
  demand(ctx, PERMIT)
  const row = await ownTables(ctx)
    .updateTable('personDuty')
    .set({ position: asPoint(position), positionAt: ctx.now })
    .where('personId', '=', ctx.actor.id)
    .where('onDuty', '=', true)
    .returningAll()
    .executeTakeFirst()
  if (!row) throw offDuty()
  return present(row)
}

/** Fresh positions of those of `ids` who are on duty. */
export async function positionsOnDuty(ctx: Context, ids: readonly string[]): Promise<ReadonlyMap<string, Position>> {
  const rows = await ownTables(ctx)
    .selectFrom('personDuty')
    .select(['personId', 'position', 'positionAt'])
    .where(sql<boolean>`person_id = any(${[...ids]}::uuid[])`)
    .where('onDuty', '=', true)
    .execute()
  const fresh = rows.flatMap(({ personId, position, positionAt }): [string, Position][] =>
    position && positionAt && +ctx.now - +positionAt <= FRESH_MS ? [[personId, [position.x, position.y]]] : [],
  )
  return new Map(fresh)
}

export interface CollectorNear extends Person {
  /** Null where no position was reported lately. */
  readonly metres: number | null
}

export interface CollectorQuestion {
  /** Accounts that are not wanted: whoever disposed of it, or has answered before. */
  readonly not?: readonly string[]
  /** The beat in which the place lies. */
  readonly beat?: string | null
  readonly limit?: number
}

/** A position older than this says little about where someone walks now. */
const FRESH_MS = 15 * 60_000
/** Whoever has the beat is taken to be about this near, if no position says otherwise. */
const IN_BEAT_METRES = 500

/** Collectors on duty, the nearest to a point first; without a fresh position, those of the beat go before the others. */
export async function nearestCollectors(
  ctx: Context,
  at: Position,
  { not = [], beat, limit = 5 }: CollectorQuestion = {},
): Promise<CollectorNear[]> {
  const rows = await people(ctx)
    .innerJoin('personDuty', 'personDuty.personId', 'person.id')
    .select(['personDuty.position', 'personDuty.positionAt'])
    .where('personDuty.onDuty', '=', true)
    .where(sql<boolean>`person.id <> all(${[...not]}::uuid[])`)
    .execute()
  return rows
    .map(({ position, positionAt, ...person }): CollectorNear => {
      const fresh = position !== null && positionAt !== null && +ctx.now - +positionAt <= FRESH_MS
      return { ...presentPerson(person), metres: fresh ? Math.round(distanceMetres(at, [position.x, position.y])) : null }
    })
    .map((one) => ({ one, way: one.metres ?? (beat && one.beatCode === beat ? IN_BEAT_METRES : Infinity) }))
    .sort((a, b) => (a.way === b.way ? a.one.account.localeCompare(b.one.account) : a.way - b.way))
    .slice(0, limit)
    .map(({ one }) => one)
}
