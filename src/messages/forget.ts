import { sql } from 'kysely'
import type { Context } from '../kernel/index.ts'
import { bookOf } from './book.ts'
import { firstIdAt } from './message-id.ts'
import { homesOf } from './sender.ts'

const AT_ONCE = 5000
const DAY_MS = 86_400_000

/** Forgets messages that are older than the settings say, some at a time; ids are in order of time, so that no list is searched. */
export async function forgetOld(ctx: Context): Promise<void> {
  const { keepDays } = (await bookOf(ctx)).settings
  const until = firstIdAt(new Date(+ctx.now - keepDays * DAY_MS))
  for (const district of await homesOf(ctx)) {
    await sql`
      delete from message
       where district = ${district}
         and id in (select id from message
                     where district = ${district} and id < ${until}::uuid and state not in ('waiting', 'gathering', 'sending')
                     order by id limit ${AT_ONCE})`.execute(ctx.db)
  }
}
