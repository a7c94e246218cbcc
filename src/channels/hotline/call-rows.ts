// Rows of calls: found, held, moved on, counted and told of in one place.

import { sql } from 'kysely'
import { getCityFacts, regionPrefix } from '../../atlas/index.ts'
import { announce, demand, holds, wallDay, type Context } from '../../kernel/index.ts'
import { IN_TIME_MS, type Call, type CallResult } from './contract.ts'
import { callMoved } from './events.ts'
import { callOfAnother, callOver, callUnknown } from './problems.ts'
import { own, type CallRow } from './tables.ts'

export const present = (ctx: Context, row: CallRow): Call => ({
  id: row.id,
  state: row.state,
  masked: row.masked,
  rangAt: row.rangAt.toISOString(),
  answeredAt: row.answeredAt?.toISOString() ?? null,
  endedAt: row.endedAt?.toISOString() ?? null,
  operator: row.operatorName,
  mine: row.operatorId === ctx.actor.id,
  result: row.result,
  number: row.number,
  article: row.articleId,
  note: row.note,
})

/** Holds the row until the transaction ends, so that two operators never take one call. */
export async function lockCall(ctx: Context, id: string): Promise<CallRow> {
  const row = await own(ctx).selectFrom('call').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  // A call that one may not take is answered like one that is not there.
  if (!row || !holds(ctx, 'hotline.desk', { region: regionPrefix(row.district) })) throw callUnknown()
  return row
}

/** A call that the operator has or had. */
export async function getOwnCall(ctx: Context, id: string): Promise<CallRow> {
  const row = await own(ctx).selectFrom('call').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row || !holds(ctx, 'hotline.desk', { region: regionPrefix(row.district) })) throw callUnknown()
  if (row.operatorId !== ctx.actor.id) throw callOfAnother()
  return row
}

/** The call on which the operator acts: theirs, and not yet ended. */
export async function lockOwnCall(ctx: Context, id: string): Promise<CallRow> {
  const row = await lockCall(ctx, id)
  if (row.operatorId !== ctx.actor.id) throw callOfAnother()
  // The exchange may hang up before the operator has finished writing: until there is a result that is no end.
  if (row.state === 'ended' && row.result !== 'other') throw callOver()
  if (row.state === 'ended' && row.note !== HUNG_UP) throw callOver()
  return row
}

/** What stands in place of a note while only the exchange has ended a call. */
export const HUNG_UP = '〔对方已挂断〕'

export const tell = (ctx: Context, { id, district, state, rangAt }: CallRow): void =>
  announce(ctx, callMoved, district, { id, district, region: regionPrefix(district), state, rangAt: rangAt.toISOString() })

interface Count {
  rang?: number
  answered?: number
  inTime?: number
  waitMs?: number
  talkMs?: number
  results?: Partial<Record<CallResult, number>>
}

/** Adds to the figures of the day on which the call rang. */
export async function count(ctx: Context, { district, rangAt }: CallRow, operatorId: string, add: Count): Promise<void> {
  const { zone } = await getCityFacts(ctx)
  const { rang = 0, answered = 0, inTime = 0, waitMs = 0, talkMs = 0, results = {} } = add
  const body = JSON.stringify(results)
  await sql`
    insert into call_tally as t (day, district, operator_id, rang, answered, in_time, wait_ms, talk_ms, results)
    values (${wallDay(rangAt, zone)}, ${district}, ${operatorId}, ${rang}, ${answered}, ${inTime}, ${waitMs}, ${talkMs}, ${body}::jsonb)
    on conflict (day, district, operator_id) do update
       set rang = t.rang + excluded.rang, answered = t.answered + excluded.answered, in_time = t.in_time + excluded.in_time,
           wait_ms = t.wait_ms + excluded.wait_ms, talk_ms = t.talk_ms + excluded.talk_ms,
           results = t.results || coalesce((select jsonb_object_agg(key, value::int + coalesce((t.results ->> key)::int, 0))
                                              from jsonb_each_text(excluded.results)), '{}')`.execute(own(ctx))
}

export const waited = (row: CallRow, at: Date) => {
  const waitMs = Math.max(0, +at - +row.rangAt)
  return { answered: 1, inTime: waitMs <= IN_TIME_MS ? 1 : 0, waitMs }
}

export interface Ending {
  readonly result: CallResult
  readonly number?: string | undefined
  readonly articleId?: string | undefined
  readonly note?: string | undefined
}

/** Ends a call, or gives one that the exchange has ended its result. */
export async function endCall(ctx: Context, row: CallRow, { result, number, articleId, note }: Ending): Promise<CallRow> {
  const endedAt = row.endedAt ?? ctx.now
  const after = await own(ctx)
    .updateTable('call')
    .set({ state: 'ended', endedAt, result, number: number ?? null, articleId: articleId ?? null, note: note?.trim() || null })
    .where('id', '=', row.id)
    .where('district', '=', row.district)
    .returningAll()
    .executeTakeFirstOrThrow()
  const talkMs = row.state === 'ended' || row.answeredAt === null ? 0 : Math.max(0, +endedAt - +row.answeredAt)
  const again = row.state === 'ended' ? { [row.result!]: -1 } : {}
  await count(ctx, row, row.operatorId ?? '', { talkMs, results: { ...again, [result]: (again[result] ?? 0) + 1 } })
  tell(ctx, after)
  return after
}

export const demandDesk = (ctx: Context, district: string) => demand(ctx, 'hotline.desk', { region: regionPrefix(district) })
