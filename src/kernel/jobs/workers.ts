import { sql } from 'kysely'
import type { Database } from '../context.ts'

/** After this long without a sign a worker counts as dead. */
const DEAD_AFTER_S = 30

export async function noteWorker(db: Database, id: string): Promise<void> {
  await sql`
    insert into queue_worker values (${id}, now()) on conflict (id) do update set seen_at = now()`.execute(db)
}

/** Gives the queue back what workers hold that are named or have died; graphile-worker itself would wait four hours. */
export async function freeJobs(db: Database, ended: readonly string[] = []): Promise<void> {
  // In one statement: who is forgotten holds nothing any more. One that died before its first sign is in no table.
  await sql`
    with dead as (
      delete from queue_worker where id = any(${ended}) or seen_at < now() - ${DEAD_AFTER_S} * interval '1 second' returning id
    ), gone as (
      select id from dead union select unnest(${ended}::text[])
    )
    select graphile_worker.force_unlock_workers(ids) from (select array_agg(id) as ids from gone) g where ids is not null`.execute(db)
}
