import { sql } from 'kysely'
import { announce, type Context } from '../kernel/index.ts'
import { caseLampChanged } from './events.ts'
import { lampAt, nextTurn, type Lamp } from './lamp.ts'
import { placeOf } from './place.ts'
import { districtsOf } from './scope.ts'
import { own, type CaseRow } from './tables.ts'

/** At most so many at once in one district, so that no transaction is long; the next run takes the rest. */
const AT_ONCE = 2000

/** Turns every lamp whose moment has come and tells of it. */
export async function turnLamps(ctx: Context): Promise<void> {
  for (const district of await districtsOf(ctx)) await turnIn(ctx, district)
}

async function turnIn(ctx: Context, district: string): Promise<void> {
  // A case that someone is working on just now is left to the next run, and may not need it any more.
  const rows = await own(ctx)
    .selectFrom('caseFile')
    .select(['number', 'district', 'street', 'community', 'unitPath', 'category', 'state', 'clock', 'dueAt', 'yellowAt', 'lamp'])
    .where('district', '=', district)
    .where('nextTurnAt', '<=', ctx.now)
    .orderBy('nextTurnAt')
    .limit(AT_ONCE)
    .forUpdate()
    .skipLocked()
    .execute()
  if (rows.length === 0) return

  const turned = rows.map((row) => ({ row, ...turn(row, ctx.now) }))
  const list = turned.map(({ row, lamp, nextTurnAt }) => ({ number: row.number, lamp, next: nextTurnAt?.toISOString() ?? null }))
  await sql`
    update case_file c
       set lamp = t.lamp, next_turn_at = t.next
      from jsonb_to_recordset(${JSON.stringify(list)}::jsonb) as t(number text, lamp text, next timestamptz)
     where c.district = ${district} and c.number = t.number`.execute(ctx.db)
  for (const { row, lamp } of turned) {
    if (lamp === row.lamp) continue
    const at = lamp === 'red' ? row.dueAt! : row.yellowAt!
    announce(ctx, caseLampChanged, district, {
      number: row.number,
      district,
      lamp,
      at: at.toISOString(),
      state: row.state,
      clock: row.clock!,
      place: placeOf(row),
    })
  }
}

function turn(row: Pick<CaseRow, 'dueAt' | 'yellowAt'>, now: Date): { lamp: Lamp; nextTurnAt: Date | null } {
  const lamp = lampAt(row, now)
  return { lamp, nextTurnAt: nextTurn(row, lamp) }
}
