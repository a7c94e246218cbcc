// Case numbers (案卷号): 6 district + 8 date + 6 sequence of that day. They are reserved in blocks beside the open
// transaction, so that two reports never wait for each other; what is left of a block is never given to another day.

import { sql } from 'kysely'
import { wallDay, type Caches, type Context } from '../kernel/index.ts'
import { caseUnknown, numbersUsedUp } from './problems.ts'
import { own } from './tables.ts'

export interface CaseKey {
  readonly number: string
  readonly district: string
}

export function caseKey(number: string): CaseKey {
  const digits = number.replaceAll(' ', '')
  if (!/^\d{20}$/.test(digits)) throw caseUnknown({ number })
  return { number: digits, district: digits.slice(0, 6) }
}

const LAST = 999_999
const BLOCK = 100

interface Block {
  next: number
  readonly last: number
}

interface Supply {
  block: Block | undefined
  coming: Promise<void> | undefined
}

const supplies = new WeakMap<Caches, Map<string, Supply>>()

export const dayOfNumber = (at: Date, zone: string): string => wallDay(at, zone).replaceAll('-', '')

export const numberOf = (district: string, day: string, sequence: number): string => `${district}${day}${String(sequence).padStart(6, '0')}`

export async function nextNumber(ctx: Context, district: string, zone: string): Promise<string> {
  const day = dayOfNumber(ctx.now, zone)
  const { aside } = ctx
  if (!aside) return numberOf(district, day, (await reserve(ctx, district, day, 1)).next)

  const supply = supplyOf(ctx.caches, `${district}${day}`)
  // Those who waited for a block may find that others have used it up.
  while (!supply.block || supply.block.next > supply.block.last) await (supply.coming ??= refill(supply, { db: aside }, district, day))
  return numberOf(district, day, supply.block.next++)
}

function supplyOf(caches: Caches, key: string): Supply {
  const known = supplies.get(caches) ?? new Map<string, Supply>()
  supplies.set(caches, known)
  // Blocks of days gone by are not worth keeping.
  if (known.size > 500) known.clear()
  const supply = known.get(key) ?? { block: undefined, coming: undefined }
  known.set(key, supply)
  return supply
}

async function refill(supply: Supply, over: Pick<Context, 'db'>, district: string, day: string): Promise<void> {
  try {
    supply.block = await reserve(over, district, day, BLOCK)
  } finally {
    supply.coming = undefined
  }
}

/** Takes `amount` numbers of a day, for good. */
export async function reserve(ctx: Pick<Context, 'db'>, district: string, day: string, amount: number): Promise<Block> {
  const { taken } = await own(ctx)
    .insertInto('caseNumberBlock')
    .values({ district, day, taken: amount })
    .onConflict((clash) => clash.columns(['district', 'day']).doUpdateSet({ taken: sql`case_number_block.taken + excluded.taken` }))
    .returning('taken')
    .executeTakeFirstOrThrow()
  if (taken > LAST) throw numbersUsedUp({ district, day })
  return { next: taken - amount + 1, last: taken }
}
