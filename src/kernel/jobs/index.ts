// The door of the jobs: what runs again and again (turns), and what is queued by an act (queue).

import type pg from 'pg'
import { logLine } from './say.ts'
import type { LogHost } from '../log/host.ts'
import type { Room } from '../room.ts'
import { migrateQueue, startQueue } from './queue.ts'
import { startTurns } from './turns.ts'

export { dequeue, enqueue, migrateQueue } from './queue.ts'

export interface Jobs {
  stop(): Promise<void>
}

/** Starts the jobs of all rooms. */
export async function startJobs(host: LogHost & { readonly pool: pg.Pool }): Promise<Jobs> {
  const jobs = host.rooms.flatMap((room) => room.jobs ?? [])
  const queued = jobs.filter((job) => job.every === undefined)
  const failed = (job: string, error: unknown) => logLine(`job ${job} failed: ${error instanceof Error ? error.message : String(error)}`)

  await migrateQueue(host.pool)
  const stopTurns = startTurns(host, jobs.filter((job) => job.every !== undefined), failed)
  const stopQueue = queued.length > 0 ? await startQueue(host, queued, failed) : async () => {}
  return {
    async stop() {
      await Promise.all([stopTurns(), stopQueue()])
    },
  }
}

/** Tables of the periodic jobs; those of the queue are graphile-worker's own. */
export const jobsRoom = {
  name: 'jobs',
  title: { zh: '后台任务', en: 'Background jobs' },
  tables: { job_turn: 'local', queue_worker: 'local' },
  migrations: new URL('./migrations/', import.meta.url),
} satisfies Room
