import { sql } from 'kysely'
import type { Words } from '../contract.ts'
import { cache, type Context } from '../context.ts'
import { accessChanged } from './events.ts'

const byName = cache<ReadonlyMap<string, Words>>({
  name: 'access.role-words',
  until: [accessChanged],
  async build(ctx) {
    const { rows } = await sql<Words>`select zh, en from role`.execute(ctx.db)
    return new Map(rows.map((words) => [words.zh, words]))
  },
})

/** A post as history keeps it, in both languages where a role is still called so. */
export async function roleWords(ctx: Context, post: string): Promise<Words> {
  return (await ctx.caches.get(ctx, byName)).get(post) ?? { zh: post, en: post }
}
