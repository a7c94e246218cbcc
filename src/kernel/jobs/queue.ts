import { Logger, run, runMigrations, type TaskList } from 'graphile-worker'
import { sql } from 'kysely'
import type pg from 'pg'
import type { Context } from '../context.ts'
import { houseActor, type LogHost } from '../log/host.ts'
import type { Job } from '../room.ts'

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

/** Works on the queue; a job that fails is tried again, ever more seldom. */
export async function startQueue(
  host: LogHost & { readonly pool: pg.Pool },
  jobs: readonly Job[],
  failed: (job: string, error: unknown) => void,
): Promise<() => Promise<void>> {
  const taskList: TaskList = Object.fromEntries(
    jobs.map((job) => [
      job.name,
      async (payload: unknown) => {
        await host.transact({ actor: houseActor, now: host.clock() }, (ctx) => job.run(ctx, payload))
      },
    ]),
  )
  const runner = await run({
    pgPool: host.pool,
    taskList,
    concurrency: 2,
    pollInterval: 1000,
    noHandleSignals: true,
    logger: quiet,
  })
  runner.events.on('job:error', ({ job, error }) => failed(job.task_identifier, error))
  // A worker that lost the database ends; the promise must not end the process with it.
  runner.promise.catch((error: unknown) => failed('queue', error))
  return () => runner.stop().catch(() => {})
}
