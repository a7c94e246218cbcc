import { sql } from 'kysely'
import type { Database } from '../context.ts'
import type { Listener } from '../room.ts'
import { houseActor, type LogHost } from './host.ts'
import { placeOf, START } from './position.ts'
import { readEvents } from './window.ts'

/** `heard`: there may be more. `clear`: nothing left. `busy`: another node has it. `waiting`: it failed and is tried again later. */
export type Outcome = 'heard' | 'clear' | 'busy' | 'waiting' | 'failed'

/** A position is written without an event heard only when it has fallen this far behind. */
const WINDOWS_PASSED = 1000
const DOUBLED_AT_MOST = 6

/** New listeners start before the first event. */
export async function enrolListeners(db: Database, listeners: readonly Listener[]): Promise<void> {
  for (const { name } of listeners) {
    await sql`insert into listener (name, position) values (${name}, ${START}) on conflict (name) do nothing`.execute(db)
  }
}

/** One batch: the row lock, the handler and the new position in one transaction, so that a kill in the middle undoes all three. */
export async function hearNext(host: LogHost, listener: Listener, retryMs: number): Promise<Outcome> {
  try {
    return await host.transact({ actor: houseActor, now: host.clock() }, async (ctx) => {
      const { rows } = await sql<{ position: string; failures: number; retryAt: Date | null }>`
        select position, failures, retry_at from listener where name = ${listener.name} for update skip locked`.execute(ctx.db)
      const row = rows[0]
      if (!row) return 'busy'
      if (row.retryAt && row.retryAt > ctx.now) return 'waiting'

      // After a failure one at a time, so that all before the one that fails are heard.
      const { events, position, more } = await readEvents(ctx.db, row.position, listener.hears, row.failures > 0 ? 1 : listener.batch)
      if (events.length > 0) await listener.hear(ctx, events)
      // Also where all that was read is for others and there is more behind it: else the same would be read for ever.
      if (events.length > 0 || more || row.failures > 0 || placeOf(position).number > placeOf(row.position).number + WINDOWS_PASSED) {
        await sql`
          update listener set position = ${position}, failures = 0, retry_at = null, error = null
           where name = ${listener.name}`.execute(ctx.db)
      }
      return more ? 'heard' : 'clear'
    })
  } catch (error) {
    await noteFailure(host, listener.name, error, retryMs)
    return 'failed'
  }
}

async function noteFailure(host: LogHost, name: string, error: unknown, retryMs: number): Promise<void> {
  const sentence = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  const { rows } = await sql<{ failures: number }>`
    update listener set failures = failures + 1, error = ${sentence.slice(0, 500)} where name = ${name}
    returning failures`.execute(host.db)
  const waitMs = retryMs * 2 ** Math.min((rows[0]?.failures ?? 1) - 1, DOUBLED_AT_MOST)
  await sql`update listener set retry_at = ${new Date(host.clock().getTime() + waitMs)} where name = ${name}`.execute(host.db)
}
