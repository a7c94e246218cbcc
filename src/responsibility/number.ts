import { sql } from 'kysely'
import type { Context } from '../kernel/index.ts'
import { own, type ResponsibilityTables } from './tables.ts'

type Kind = ResponsibilityTables['responsibilityCount']['kind']

/** The first of `count` new numbers; whoever else wants one waits until this transaction ends, so that none is left out. */
export async function takeNumbers(ctx: Context, kind: Kind, district: string, count: number): Promise<number> {
  const { rows } = await sql<{ taken: number }>`
    insert into responsibility_count as c (kind, district, taken) values (${kind}, ${district}, ${count})
    on conflict (kind, district) do update set taken = c.taken + ${count}
    returning taken`.execute(own(ctx))
  return rows[0]!.taken - count + 1
}

/** Numbers that came from elsewhere, such as a pack, are not given out again. */
export async function skipNumbers(ctx: Context, kind: Kind, district: string, upTo: number): Promise<void> {
  await sql`
    insert into responsibility_count as c (kind, district, taken) values (${kind}, ${district}, ${upTo})
    on conflict (kind, district) do update set taken = greatest(c.taken, ${upTo})`.execute(own(ctx))
}

export const ruleNumber = (ordinal: number): string => `R-${String(ordinal).padStart(4, '0')}`

export const precedentNumber = (district: string, ordinal: number): string => `P-${district}-${String(ordinal).padStart(3, '0')}`

/** The number within `R-0231`. */
export const ordinalOf = (number: string): number => Number(number.slice(2))

/** The home district within `P-999902-003`. */
export const districtOfPrecedent = (number: string): string => number.slice(2, 8)
