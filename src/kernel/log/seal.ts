import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { chain, readSealed } from './audit.ts'
import { houseActor, type LogHost } from './host.ts'

const EVERY_MS = 500
const ENTRIES_AT_MOST = 5000
/** Above every id of a transaction. */
const END = '9223372036854775807'

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
  horizon: string
  digest: string
  logEpoch: number
}

/** Sets one seal; true if there may be more to seal. */
async function sealNext(host: LogHost): Promise<boolean> {
  const waiting = await sql<{ any: boolean }>`
    select exists (select from audit_entry e where (e.epoch, e.xid) >= (a.epoch, a.horizon)
                      and (e.epoch < l.epoch or e.xid < pg_snapshot_xmin(pg_current_snapshot()))) as any
      from audit_clock a, log_clock l`.execute(host.db)
  if (!waiting.rows[0]?.any) return false

  return host.transact({ actor: houseActor, now: host.clock() }, async (ctx) => {
    const { rows } = await sql<Clock>`
      select a.epoch, a.number, a.horizon::text as horizon, a.digest, l.epoch as log_epoch
        from audit_clock a, log_clock l for update of a skip locked`.execute(ctx.db)
    return rows[0] ? setSeal(ctx, rows[0]) : false
  })
}

async function setSeal(ctx: Context, clock: Clock): Promise<boolean> {
  const ended = clock.epoch < clock.logEpoch
  const { rows } = await sql<{ top: string; cut: string | null }>`
    select pg_snapshot_xmin(pg_current_snapshot())::text as top,
           (select xid::text from audit_entry
             where epoch = ${clock.epoch} and xid > ${clock.horizon}::text::xid8
             order by xid, seq offset ${ENTRIES_AT_MOST} limit 1) as cut`.execute(ctx.db)
  const safe = ended ? END : rows[0]!.top
  const cut = rows[0]!.cut
  const top = cut !== null && BigInt(cut) < BigInt(safe) ? cut : safe
  if (BigInt(top) <= BigInt(clock.horizon)) return false

  const entries = await readSealed(ctx.db, clock.epoch, clock.horizon, top)
  const digest = chain(clock.digest, entries)
  const number = clock.number + 1
  await sql`
    insert into audit_seal (number, epoch, xid_from, xid_to, entries, digest, sealed_at)
    values (${number}, ${clock.epoch}, ${clock.horizon}::text::xid8, ${top}::text::xid8, ${entries.length}, ${digest}, ${ctx.now})`
    .execute(ctx.db)
  const next = ended && top === END ? { epoch: clock.epoch + 1, horizon: '0' } : { epoch: clock.epoch, horizon: top }
  await sql`
    update audit_clock
       set number = ${number}, epoch = ${next.epoch}, horizon = ${next.horizon}::text::xid8, digest = ${digest}`.execute(ctx.db)
  return top !== safe || ended
}
