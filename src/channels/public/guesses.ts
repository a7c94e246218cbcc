// A query word has four letters: whoever may try for hours finds it. After a few wrong ones a number rests for a while.

import { LRUCache } from 'lru-cache'
import { cache, type Context } from '../../kernel/index.ts'
import { guessedTooOften } from './problems.ts'

export const WRONG_AT_MOST = 10
const REST_MS = 15 * 60_000

interface Tries {
  wrong: number
  readonly until: number
}

/** Of this process; several behind a balancer each count their own share. */
const triesByNumber = cache({
  name: 'public.guesses',
  until: [],
  build: async () => new LRUCache<string, Tries>({ max: 50_000 }),
})

/** Throws where too many wrong words were tried with this number just now. */
export async function demandRested(ctx: Context, number: string): Promise<void> {
  const tries = (await ctx.caches.get(ctx, triesByNumber)).get(number)
  if (!tries || tries.wrong < WRONG_AT_MOST || +ctx.now >= tries.until) return
  throw guessedTooOften(undefined, { headers: { 'retry-after': String(Math.ceil((tries.until - +ctx.now) / 1000)) } })
}

export async function noteWrong(ctx: Context, number: string): Promise<void> {
  const known = await ctx.caches.get(ctx, triesByNumber)
  const tries = known.get(number)
  if (tries && +ctx.now < tries.until) tries.wrong++
  else known.set(number, { wrong: 1, until: +ctx.now + REST_MS })
}
