import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { findDivisions } from '../../atlas/index.ts'
import { startOfDay, wallDay, type Context } from '../../kernel/index.ts'
import { own, type ActTable } from './tables.ts'

const districtsOf = async (ctx: Context): Promise<string[]> => (await findDivisions(ctx, { level: 'district' })).map(({ code }) => code)

type Act = Pick<ActTable, 'district' | 'kind' | 'number' | 'passed'>

export async function noteAct(ctx: Context, act: Act): Promise<void> {
  await own(ctx)
    .insertInto('collectorAct')
    .values({ ...act, id: randomUUIDv7(), accountId: ctx.actor.id, at: ctx.now })
    .execute()
}

const mine = async (ctx: Context) =>
  own(ctx)
    .selectFrom('collectorAct')
    .where('district', 'in', await districtsOf(ctx))
    .where('accountId', '=', ctx.actor.id)

/** How much the caller has done since the city's midnight. */
export async function countToday(ctx: Context, zone: string): Promise<number> {
  const since = startOfDay(wallDay(ctx.now, zone), zone)
  const { n } = await (
    await mine(ctx)
  )
    .where('at', '>=', since)
    .select(sql<number>`count(*)::int`.as('n'))
    .executeTakeFirstOrThrow()
  return n
}

/** The caller's acts before a moment and an id, newest first. */
export async function myActs(ctx: Context, limit: number, before?: { at: Date; id: string }): Promise<ActTable[]> {
  return (await mine(ctx))
    .$if(before !== undefined, (query) => query.where(sql<boolean>`(at, id) < (${before!.at}, ${before!.id}::uuid)`))
    .selectAll()
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}
