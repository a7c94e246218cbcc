import { sql } from 'kysely'
import { cursorOf, keyOf, type Context } from '../../kernel/index.ts'
import { present } from './call-rows.ts'
import type { Call, CallResult } from './contract.ts'
import { desksOf, figuresOfToday } from './figures.ts'
import { own } from './tables.ts'

export interface CallQuery {
  readonly result?: CallResult | undefined
  readonly operator?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
}

/** Calls within what the caller sees, newest first. */
export async function listCalls(ctx: Context, { result, operator, from, to, cursor, limit = 50 }: CallQuery): Promise<{ items: Call[]; next: string | null }> {
  const desks = await desksOf(ctx, 'hotline.calls')
  if (desks.length === 0) return { items: [], next: null }
  const [at, id] = cursor ? keyOf(cursor, 'moment', 'uuid') : []
  const rows = await own(ctx)
    .selectFrom('call')
    .selectAll()
    .where('district', 'in', desks)
    .$if(result !== undefined, (query) => query.where('result', '=', result!))
    .$if(Boolean(operator), (query) => query.where(sql<boolean>`position(${operator} in operator_name) > 0`))
    .$if(from !== undefined, (query) => query.where('rangAt', '>=', new Date(from!)))
    .$if(to !== undefined, (query) => query.where('rangAt', '<', new Date(to!)))
    .$if(at !== undefined, (query) => query.where(sql<boolean>`(rang_at, id) < (${at}::timestamptz, ${id}::uuid)`))
    .orderBy('rangAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return {
    items: items.map((row) => present(ctx, row)),
    next: rows.length > limit && last ? cursorOf([last.rangAt.toISOString(), last.id]) : null,
  }
}

const MOST_RINGING = 20

/** What the desk shows: the calls that ring, longest first, those the operator has, and the day's figures. */
export async function readDesk(ctx: Context) {
  const desks = await desksOf(ctx, 'hotline.desk')
  const open = desks.length === 0 ? [] : await own(ctx).selectFrom('call').selectAll().where('district', 'in', desks).where('endedAt', 'is', null).orderBy('rangAt').limit(500).execute()
  return {
    ringing: open.filter(({ state }) => state === 'ringing').slice(0, MOST_RINGING).map((row) => present(ctx, row)),
    mine: open.filter(({ operatorId }) => operatorId === ctx.actor.id).map((row) => present(ctx, row)),
    today: await figuresOfToday(ctx),
  }
}
