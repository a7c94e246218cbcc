// Who calls: how often before, and which cases hang on the number.

import { sql } from 'kysely'
import { caseKey, caseStepped, findCase, presentBriefs, reporterOf, type CaseStepped } from '../../cases/index.ts'
import { getCityFacts } from '../../atlas/index.ts'
import { demand, onBatch, record, type Context, type Heard } from '../../kernel/index.ts'
import { present, getOwnCall } from './call-rows.ts'
import type { CallerShown } from './contract.ts'
import { isPhone, knowPhone, openPhone, type KnownPhone } from './phones.ts'
import { own } from './tables.ts'

/** Everything that hangs on a number lies in the city's own home. */
export const homeOf = async (ctx: Context): Promise<string> => (await getCityFacts(ctx)).code

/** Notes that the number was heard of; `calls` only for calls. */
export async function noteCaller(ctx: Context, { hash, sealed, masked }: KnownPhone, calls: 0 | 1): Promise<void> {
  const district = await homeOf(ctx)
  await own(ctx)
    .insertInto('caller')
    .values({ hash, district, sealed, masked, calls, nuisances: 0, firstAt: ctx.now, lastAt: ctx.now })
    .onConflict((clash) =>
      clash.columns(['hash', 'district']).doUpdateSet({
        calls: sql`caller.calls + excluded.calls`,
        lastAt: sql`greatest(caller.last_at, excluded.last_at)`,
      }),
    )
    .execute()
}

export async function noteNuisance(ctx: Context, hash: string): Promise<void> {
  const district = await homeOf(ctx)
  await own(ctx)
    .updateTable('caller')
    .set({ nuisances: sql`nuisances + 1` })
    .where('hash', '=', hash)
    .where('district', '=', district)
    .execute()
}

export async function linkCase(ctx: Context, hash: string, number: string, how: 'reported' | 'joined', at: Date): Promise<void> {
  const district = await homeOf(ctx)
  await own(ctx)
    .insertInto('callerCase')
    .values({ hash, district, number, how, at })
    .onConflict((clash) => clash.columns(['hash', 'number', 'district']).doNothing())
    .execute()
}

/** Every new case whose reporter left a number is found by it, whatever channel it came through. */
export const keepCallers = onBatch([caseStepped], 'hotline.callers', 200, async (ctx, events) => {
  for (const { body } of events as Heard<CaseStepped>[]) {
    if (body.ordinal !== 1) continue
    const phone = (await reporterOf(ctx, caseKey(body.number)))?.phone
    if (!phone || !isPhone(phone)) continue
    const known = await knowPhone(ctx, phone)
    await noteCaller(ctx, known, 0)
    await linkCase(ctx, known.hash, body.number, 'reported', new Date(body.at))
  }
})

const MOST_CALLS = 10
const MOST_CASES = 10

/** What is known of the number behind a call that the operator has. */
export async function findCaller(ctx: Context, id: string): Promise<CallerShown> {
  const call = await getOwnCall(ctx, id)
  if (call.hash === null) return { masked: null, calls: 0, nuisances: 0, earlier: [], cases: [], hidden: 0 }
  const home = await homeOf(ctx)
  const caller = await own(ctx)
    .selectFrom('caller')
    .select(['calls', 'nuisances'])
    .where('hash', '=', call.hash)
    .where('district', '=', home)
    .executeTakeFirst()
  const earlier = await own(ctx)
    .selectFrom('call')
    .selectAll()
    .where('district', '=', call.district)
    .where('hash', '=', call.hash)
    .where('id', '!=', call.id)
    .orderBy('rangAt', 'desc')
    .limit(MOST_CALLS)
    .execute()
  const links = await own(ctx)
    .selectFrom('callerCase')
    .select('number')
    .where('district', '=', home)
    .where('hash', '=', call.hash)
    .orderBy('at', 'desc')
    .limit(MOST_CASES)
    .execute()
  const rows = []
  for (const { number } of links) {
    const row = await findCase(ctx, caseKey(number))
    if (row) rows.push(row)
  }
  return {
    masked: call.masked,
    calls: Math.max(0, (caller?.calls ?? 1) - 1),
    nuisances: caller?.nuisances ?? 0,
    earlier: earlier.map((row) => present(ctx, row)),
    cases: await presentBriefs(ctx, rows),
    hidden: links.length - rows.length,
  }
}

/** The whole number of a call that the operator has; leaves a trace. */
export async function showPhone(ctx: Context, id: string): Promise<string | null> {
  const call = await getOwnCall(ctx, id)
  demand(ctx, 'case.reporter')
  if (call.hash === null) return null
  const caller = await own(ctx)
    .selectFrom('caller')
    .select('sealed')
    .where('hash', '=', call.hash)
    .where('district', '=', await homeOf(ctx))
    .executeTakeFirst()
  record(ctx, 'hotline.phone-shown', id, call.district, { masked: call.masked })
  return caller ? ((await openPhone(ctx, caller.sealed)) ?? null) : null
}

/** The number of a call as it goes with a case that is made of it. */
export async function phoneOfCall(ctx: Context, hash: string | null): Promise<string | undefined> {
  if (hash === null) return undefined
  const caller = await own(ctx)
    .selectFrom('caller')
    .select('sealed')
    .where('hash', '=', hash)
    .where('district', '=', await homeOf(ctx))
    .executeTakeFirst()
  return caller && openPhone(ctx, caller.sealed)
}
