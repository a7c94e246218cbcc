import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import type { LogHost } from '../log/host.ts'
import type { Job } from '../room.ts'
import { runJob } from './run-job.ts'

const LEASE_MS = 15_000
const RENEW_MS = 5000
const LOOK_MS = 250
const RECOVER_MS = 2000

/**
 * Runs what runs again and again, on one node of many. A lease and not a queue, because a killed node must lose its turn
 * within seconds, and because a row lock held while a job runs would hold up the readers of the log.
 */
export function startTurns(host: LogHost, jobs: readonly Job[], failed: (job: string, error: unknown) => void): () => Promise<void> {
  const holder = randomUUID()
  const stopping = new AbortController()
  const loops = jobs.map((job) => runTurns(host, job, holder, stopping.signal, failed))
  return async () => {
    stopping.abort()
    await Promise.all(loops)
  }
}

async function runTurns(host: LogHost, job: Job, holder: string, stop: AbortSignal, failed: (job: string, error: unknown) => void) {
  const everyMs = (job.every ?? 60) * 1000
  while (!stop.aborted) {
    const ran = await takeTurn(host, job, holder).catch(async (error: unknown) => {
      failed(job.name, error)
      await sleep(RECOVER_MS, undefined, { signal: stop }).catch(() => {})
      return false
    })
    const waitMs = ran ? everyMs : Math.min(everyMs, Math.max(LOOK_MS, everyMs / 4), LEASE_MS)
    await sleep(waitMs, undefined, { signal: stop }).catch(() => {})
  }
}

async function takeTurn(host: LogHost, job: Job, holder: string): Promise<boolean> {
  if (!(await lease(host, job.name, holder))) return false

  const renewing = setInterval(() => void renew(host, job.name, holder).catch(() => {}), RENEW_MS)
  try {
    await runJob(host, job, {})
  } finally {
    clearInterval(renewing)
    await giveBack(host, job, holder)
  }
  return true
}

/** The lease is measured by the clock of the database, which all nodes share. */
async function lease(host: LogHost, name: string, holder: string): Promise<boolean> {
  const { rows } = await sql<{ free: boolean }>`
    select not exists (select from job_turn where name = ${name}
                          and (next_at > now() or (holder <> ${holder} and leased_until > now()))) as free`.execute(host.db)
  if (!rows[0]?.free) return false

  const taken = await sql`
    insert into job_turn as t (name, next_at, holder, leased_until)
    values (${name}, now(), ${holder}, now() + ${LEASE_MS} * interval '1 millisecond')
    on conflict (name) do update set holder = excluded.holder, leased_until = excluded.leased_until
     where t.next_at <= excluded.next_at and (t.holder is null or t.holder = excluded.holder or t.leased_until <= excluded.next_at)`
    .execute(host.db)
  return taken.numAffectedRows === 1n
}

async function renew(host: LogHost, name: string, holder: string): Promise<void> {
  await sql`
    update job_turn set leased_until = now() + ${LEASE_MS} * interval '1 millisecond'
     where name = ${name} and holder = ${holder}`.execute(host.db)
}

async function giveBack(host: LogHost, job: Job, holder: string): Promise<void> {
  await sql`
    update job_turn
       set holder = null, leased_until = null, next_at = now() + ${(job.every ?? 60) * 1000} * interval '1 millisecond'
     where name = ${job.name} and holder = ${holder}`.execute(host.db)
}
