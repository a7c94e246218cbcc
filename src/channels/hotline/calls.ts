// A call from its ringing to its end, as the exchange tells of it or an operator takes it.

import { randomUUIDv7 } from 'node:crypto'
import { findDivisions, regionPrefix } from '../../atlas/index.ts'
import { demand, record, type Context } from '../../kernel/index.ts'
import { findPersonByAccount } from '../../registry/index.ts'
import { count, endCall, HUNG_UP, lockCall, lockOwnCall, present, tell, waited } from './call-rows.ts'
import { homeOf, noteCaller, noteNuisance } from './callers.ts'
import type { Call } from './contract.ts'
import { knowPhone } from './phones.ts'
import { callTaken, districtUnknown } from './problems.ts'
import { own, type CallRow } from './tables.ts'

interface NewCall {
  readonly number?: string | undefined
  readonly district: string
  readonly bridge?: string | undefined
  readonly theirs?: string | undefined
  readonly rangAt: Date
}

async function addCall(ctx: Context, { number, district, bridge, theirs, rangAt }: NewCall): Promise<CallRow | undefined> {
  const known = number === undefined ? undefined : await knowPhone(ctx, number)
  const row = await own(ctx)
    .insertInto('call')
    .values({
      id: randomUUIDv7(),
      district,
      bridge: bridge ?? null,
      theirs: theirs ?? null,
      hash: known?.hash ?? null,
      masked: known?.masked ?? null,
      state: 'ringing',
      rangAt,
      answeredAt: null,
      endedAt: null,
      operatorId: null,
      operatorName: null,
      result: null,
      number: null,
      articleId: null,
      note: null,
    })
    // The exchange says the same again when its line was poor.
    .onConflict((clash) => clash.columns(['bridge', 'theirs', 'district']).where('theirs', 'is not', null).doNothing())
    .returningAll()
    .executeTakeFirst()
  if (!row) return undefined
  if (known) await noteCaller(ctx, known, 1)
  await count(ctx, row, '', { rang: 1 })
  return row
}

// ── The exchange

export interface BridgeCall {
  readonly id: string
  readonly event: 'ringing' | 'answered' | 'ended'
  readonly number?: string | undefined
  readonly operator?: string | undefined
  readonly district?: string | undefined
  readonly at?: string | undefined
}

const OLDEST_MS = 6 * 3_600_000

/** What happened on the line. Happenings may come twice or in the wrong order; each is taken once. */
export async function hearBridge(ctx: Context, { id, event, number, operator, district: line, at }: BridgeCall): Promise<CallRow> {
  const home = await homeOf(ctx)
  const district = line ?? home
  if (line !== undefined && line !== home && !(await findDivisions(ctx, { level: 'district' })).some(({ code }) => code === line)) {
    throw districtUnknown({ district: line })
  }
  demand(ctx, 'hotline.bridge', { region: regionPrefix(district) })
  const moment = momentOf(ctx, at)
  const bridge = ctx.actor.id
  const known = await lockTheirs(ctx, bridge, id, district)
  const row = known ?? (await addCall(ctx, { number, district, bridge, theirs: id, rangAt: moment })) ?? (await lockTheirs(ctx, bridge, id, district))!
  if (!known && event === 'ringing') tell(ctx, row)
  if (event === 'answered') return answeredBy(ctx, row, operator, moment)
  return event === 'ended' ? hungUp(ctx, row, moment) : row
}

/** An exchange whose clock is wrong must not make a call wait for hours. */
function momentOf(ctx: Context, at: string | undefined): Date {
  const told = at === undefined ? ctx.now : new Date(at)
  return +told > +ctx.now || +told < +ctx.now - OLDEST_MS ? ctx.now : told
}

const lockTheirs = (ctx: Context, bridge: string, theirs: string, district: string) =>
  own(ctx)
    .selectFrom('call')
    .selectAll()
    .where('bridge', '=', bridge)
    .where('theirs', '=', theirs)
    .where('district', '=', district)
    .forUpdate()
    .executeTakeFirst()

async function answeredBy(ctx: Context, row: CallRow, account: string | undefined, at: Date): Promise<CallRow> {
  if (row.state !== 'ringing') return row
  const person = account === undefined ? undefined : await findPersonByAccount(ctx, account)
  return take(ctx, row, { id: person?.id ?? '', name: person?.name ?? '' }, at)
}

async function take(ctx: Context, row: CallRow, { id, name }: { id: string; name: string }, at: Date): Promise<CallRow> {
  const after = await own(ctx)
    .updateTable('call')
    .set({ state: 'talking', answeredAt: at, operatorId: id || null, operatorName: name || null })
    .where('id', '=', row.id)
    .where('district', '=', row.district)
    .returningAll()
    .executeTakeFirstOrThrow()
  await count(ctx, row, id, waited(row, at))
  tell(ctx, after)
  return after
}

/** The line is down. Of an answered call the operator still says what came of it. */
async function hungUp(ctx: Context, row: CallRow, at: Date): Promise<CallRow> {
  if (row.state === 'ended') return row
  if (row.state === 'ringing') return endCall({ ...ctx, now: at }, row, { result: 'abandoned' })
  return endCall({ ...ctx, now: at }, row, { result: 'other', note: HUNG_UP })
}

// ── The operator

/** A call that no exchange tells of: it is answered as it is noted. */
export async function takeUnannounced(ctx: Context, number: string | undefined): Promise<Call> {
  const district = await deskOf(ctx)
  const row = (await addCall(ctx, { number, district, rangAt: ctx.now }))!
  return present(ctx, await take(ctx, row, ctx.actor, ctx.now))
}

/** The city's desk, or that of the one district whose desk this is. */
async function deskOf(ctx: Context): Promise<string> {
  const home = await homeOf(ctx)
  const districts = await findDivisions(ctx, { level: 'district' })
  const codes = [home, ...districts.map(({ code }) => code)]
  const mine = codes.find((code) => ctx.actor.grants.some((grant) => grant.permits.has('hotline.desk') && regionPrefix(code).startsWith(grant.region)))
  if (ctx.actor.kind !== 'system' && mine === undefined) demand(ctx, 'hotline.desk', { region: regionPrefix(home) })
  return mine ?? home
}

export async function answerCall(ctx: Context, id: string): Promise<Call> {
  const row = await lockCall(ctx, id)
  if (row.state === 'talking' && row.operatorId === ctx.actor.id) return present(ctx, row)
  // The exchange may have put it through to this desk without saying whose it is.
  if (row.state === 'talking' && row.operatorId === null) return present(ctx, await claim(ctx, row))
  if (row.state !== 'ringing') throw callTaken({ operator: row.operatorName ?? '' })
  return present(ctx, await take(ctx, row, ctx.actor, ctx.now))
}

const claim = (ctx: Context, row: CallRow) =>
  own(ctx)
    .updateTable('call')
    .set({ operatorId: ctx.actor.id, operatorName: ctx.actor.name })
    .where('id', '=', row.id)
    .where('district', '=', row.district)
    .returningAll()
    .executeTakeFirstOrThrow()

/** The caller says another number, or the first one; what was noted under the old one stays there. */
export async function setNumber(ctx: Context, id: string, number: string): Promise<Call> {
  const row = await lockOwnCall(ctx, id)
  const known = await knowPhone(ctx, number)
  if (known.hash === row.hash) return present(ctx, row)
  await noteCaller(ctx, known, 1)
  const after = await own(ctx)
    .updateTable('call')
    .set({ hash: known.hash, masked: known.masked })
    .where('id', '=', row.id)
    .where('district', '=', row.district)
    .returningAll()
    .executeTakeFirstOrThrow()
  record(ctx, 'hotline.number-set', id, row.district, { before: row.masked, after: known.masked })
  return present(ctx, after)
}

export async function endWithoutCase(ctx: Context, id: string, result: 'nuisance' | 'silent' | 'other', note?: string): Promise<Call> {
  const row = await lockOwnCall(ctx, id)
  if (result === 'nuisance' && row.hash !== null) await noteNuisance(ctx, row.hash)
  return present(ctx, await endCall(ctx, row, { result, note }))
}

const RINGS_AT_MOST_MS = 10 * 60_000
const TALKS_AT_MOST_MS = 12 * 3_600_000
const AT_ONCE = 200

/** Calls of which nobody tells any more, because an exchange was restarted or an operator went home, end by themselves. */
export async function endForgotten(ctx: Context): Promise<void> {
  const home = await homeOf(ctx)
  const districts = [home, ...(await findDivisions(ctx, { level: 'district' })).map(({ code }) => code)]
  const rows = await own(ctx)
    .selectFrom('call')
    .selectAll()
    .where('district', 'in', districts)
    .where('endedAt', 'is', null)
    .where('rangAt', '<', new Date(+ctx.now - RINGS_AT_MOST_MS))
    .orderBy('rangAt')
    .limit(AT_ONCE)
    .forUpdate()
    .skipLocked()
    .execute()
  for (const row of rows) {
    if (row.state === 'ringing') await endCall(ctx, row, { result: 'abandoned' })
    else if (+row.rangAt < +ctx.now - TALKS_AT_MOST_MS) await endCall(ctx, row, { result: 'other' })
  }
}
