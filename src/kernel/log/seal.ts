import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { chain, readSealed } from './audit.ts'
import { houseActor, type LogHost } from './host.ts'
import { EVERYTHING, NOTHING } from './window.ts'

const EVERY_MS = 500

export interface Sealer {
  /** Seals all that is safe now; for tests and before `verify`. */
  sealNow(): Promise<void>
  stop(): Promise<void>
}

/** Chains the entries of the trail in batches, apart from the acts, so that the chain never makes writers wait for each other. */
export function startSealer(host: LogHost): Sealer {
  let sealing: Promise<void> = Promise.resolve()
  let stopped = false
  const sealAll = async () => {
    while (!stopped && (await sealNext(host))) continue
  }
  // The database may be gone for a while; the next turn tries again.
  const timer = setInterval(() => {
    sealing = sealing.then(sealAll).catch(() => {})
  }, EVERY_MS)
  timer.unref()
  return {
    async sealNow() {
      const turn = sealing.then(sealAll)
      sealing = turn.catch(() => {})
      await turn
    },
    async stop() {
      clearInterval(timer)
      stopped = true
      await sealing
    },
  }
}

interface Clock {
  epoch: number
  number: number
  until: string
  digest: string
  /** The log is in a later epoch: this one has ended. */
  ended: boolean
}

/** Sets one seal; true if there may be more to seal. */
async function sealNext(host: LogHost): Promise<boolean> {
  const waiting = await sql<{ any: boolean }>`
    select exists (select from audit_entry e
                    where e.epoch = c.epoch and e.xid >= pg_snapshot_xmin(c.until) and not pg_visible_in_snapshot(e.xid, c.until))
        or c.epoch < l.epoch as any
      from audit_clock c, log_clock l`.execute(host.db)
  if (!waiting.rows[0]?.any) return false

  return host.transact({ actor: houseActor, now: host.clock() }, async (ctx) => {
    const { rows } = await sql<Clock>`
      select c.epoch, c.number, c.until::text as until, c.digest, c.epoch < l.epoch as ended
        from audit_clock c, log_clock l for update of c skip locked`.execute(ctx.db)
    return rows[0] ? setSeal(ctx, rows[0]) : false
  })
}

async function setSeal(ctx: Context, clock: Clock): Promise<boolean> {
  // Taken by a statement after the lock: it sees at least what every seal before it saw.
  const now = await sql<{ until: string }>`select pg_current_snapshot()::text as until`.execute(ctx.db)
  const until = clock.ended ? EVERYTHING : now.rows[0]!.until
  const span = { epoch: clock.epoch, since: clock.until, until }
  const entries = await readSealed(ctx.db, span)
  if (entries.length === 0 && !clock.ended) return false

  const digest = chain(clock.digest, entries)
  const number = clock.number + 1
  await sql`
    insert into audit_seal (number, epoch, since, until, entries, digest, sealed_at)
    values (${number}, ${span.epoch}, ${span.since}::text::pg_snapshot, ${span.until}::text::pg_snapshot, ${entries.length}, ${digest},
            ${ctx.now})`.execute(ctx.db)
  const next = clock.ended ? { epoch: clock.epoch + 1, until: NOTHING } : { epoch: clock.epoch, until }
  await sql`
    update audit_clock
       set number = ${number}, epoch = ${next.epoch}, until = ${next.until}::text::pg_snapshot, digest = ${digest}`.execute(ctx.db)
  return clock.ended
}
