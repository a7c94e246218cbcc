import { EventEmitter } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { Logger, run, runMigrations, type TaskList, type WorkerEvents } from 'graphile-worker'
import { sql } from 'kysely'
import type pg from 'pg'
import type { Context } from '../context.ts'
import type { LogHost } from '../log/host.ts'
import type { Job } from '../room.ts'
import { runJob } from './run-job.ts'
import { freeJobs, noteWorker } from './workers.ts'

const SIGN_MS = 5000
const RECOVER_MS = 1000
const quiet = new Logger(() => () => {})

/** Makes ready the tables of the queue; they belong to graphile-worker. */
export async function migrateQueue(pool: pg.Pool): Promise<void> {
  await runMigrations({ pgPool: pool, logger: quiet })
}

/** Puts work into the queue, in this transaction: it is done after the commit, or never if there is none. */
export async function enqueue(
  ctx: Context,
  job: string | Pick<Job, 'name'>,
  payload: unknown,
  options: { runAt?: Date; key?: string } = {},
): Promise<void> {
  const name = typeof job === 'string' ? job : job.name
  await sql`
    select from graphile_worker.add_job(${name}, payload := ${JSON.stringify(payload)}::json,
                                        run_at := ${options.runAt ?? null}, job_key := ${options.key ?? null})`.execute(ctx.db)
}

/** Takes work of this key out of the queue, in this transaction; whether there was any that had not begun. */
export async function dequeue(ctx: Context, key: string): Promise<boolean> {
  const { rows } = await sql<{ id: string | null }>`select (graphile_worker.remove_job(${key})).id::text as id`.execute(ctx.db)
  return rows[0]?.id !== undefined && rows[0].id !== null
}

/** Works on the queue; a job that fails is tried again, ever more seldom. */
export async function startQueue(
  host: LogHost & { readonly pool: pg.Pool },
  jobs: readonly Job[],
  failed: (job: string, error: unknown) => void,
): Promise<() => Promise<void>> {
  const stopping = new AbortController()
  const tasks = taskList(host, jobs)
  let worker = await startWorker(host, tasks, failed)
  const running = (async () => {
    for (;;) {
      await worker.ended
      if (stopping.signal.aborted) return
      // It lost the database. What it held comes back to the queue, and another takes its place.
      await sleep(RECOVER_MS, undefined, { signal: stopping.signal }).catch(() => {})
      if (stopping.signal.aborted) return
      await freeJobs(host.db, [worker.id]).catch((error: unknown) => failed('queue', error))
      worker = await startWorker(host, tasks, failed).catch((error: unknown) => {
        failed('queue', error)
        return worker
      })
      // Whoever stopped the queue meanwhile has stopped the one before.
      if (stopping.signal.aborted) return worker.stop()
    }
  })()
  const living = setInterval(() => {
    void noteWorker(host.db, worker.id).then(() => freeJobs(host.db)).catch((error: unknown) => failed('queue', error))
  }, SIGN_MS)
  return async () => {
    stopping.abort()
    clearInterval(living)
    await worker.stop()
    await running
    await freeJobs(host.db, [worker.id]).catch(() => {})
  }
}

const taskList = (host: LogHost, jobs: readonly Job[]): TaskList =>
  Object.fromEntries(jobs.map((job) => [job.name, async (payload: unknown) => void (await runJob(host, job, payload))]))

interface Worker {
  readonly id: string
  readonly ended: Promise<void>
  stop(): Promise<void>
}

async function startWorker(host: LogHost & { readonly pool: pg.Pool }, tasks: TaskList, failed: (job: string, error: unknown) => void): Promise<Worker> {
  const events: WorkerEvents = new EventEmitter()
  let id = ''
  events.on('pool:create', ({ workerPool }) => (id = workerPool.id))
  events.on('job:error', ({ job, error }) => failed(job.task_identifier, error))
  const runner = await run({
    pgPool: host.pool,
    taskList: tasks,
    noHandleSignals: true,
    logger: quiet,
    events,
    preset: {
      // Without its batches graphile-worker lets the whole process die of a job whose end it could not write down.
      worker: { concurrentJobs: 2, pollInterval: 1000, completeJobBatchDelay: 0, failJobBatchDelay: 0 },
    },
  })
  await noteWorker(host.db, id).catch((error: unknown) => failed('queue', error))
  return {
    id,
    ended: runner.promise.catch((error: unknown) => failed('queue', error)),
    stop: () => runner.stop().catch(() => {}),
  }
}
