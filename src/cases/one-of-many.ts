import { sql } from 'kysely'
import { Problem, type Context } from '../kernel/index.ts'

/** One act of many in a savepoint of its own: one that is refused leaves nothing behind, neither rows nor news, and the others go on. */
export async function oneOfMany<T>(ctx: Context, act: () => Promise<T>): Promise<T | Problem> {
  const { events, entries, afterCommit } = ctx.outbox
  const before = [events.length, entries.length, afterCommit.length] as const
  await sql`savepoint one_of_many`.execute(ctx.db)
  try {
    const done = await act()
    await sql`release savepoint one_of_many`.execute(ctx.db)
    return done
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    await sql`rollback to savepoint one_of_many`.execute(ctx.db)
    events.length = before[0]
    entries.length = before[1]
    afterCommit.length = before[2]
    return error
  }
}
