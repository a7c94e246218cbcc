// The city of two cells with its rules, for the tests of this room.

import { sql } from 'kysely'
import { loadPack, type Context } from '../kernel/index.ts'
import { inFolder, leaveNoCity, packFiles, SMALL_PACK } from '../registry/pack/small-pack.ts'
import { inCity } from '../testing.ts'
import { responsibility } from './room.ts'

const lines = (...rows: string[]) => `${rows.join('\n')}\n`

export const RULED_PACK: Readonly<Record<string, string>> = {
  ...SMALL_PACK,
  'responsibility.csv': lines(
    'category,region,basis,unit,note',
    '2026.c.01,,owner,U01,',
    '2026.m.06,,owner,U01,',
    '2026.m,999903,locality,S01,三定方案',
  ),
  'duty.csv': lines('unit,hours,deputy,note', 'T01,work 08:00-18:00,U01,'),
}

export const ruledFiles = [...packFiles, ...responsibility.pack]

export const COMMUNITY = '999903001001'
export const COVER = '99990301001000001'

/** A test over the city of two cells with three rules. */
export const inRuledCity = (body: (ctx: Context) => Promise<void>) =>
  inCity(async (ctx) => {
    await leaveNoCity(ctx)
    for (const table of Object.keys(responsibility.tables)) await sql`delete from ${sql.table(table)}`.execute(ctx.db)
    await inFolder(RULED_PACK, (folder) => loadPack(ctx, folder, ruledFiles))
    await body(ctx)
  })
