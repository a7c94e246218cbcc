import type { Context } from '../context.ts'
import { houseActor, type LogHost } from '../log/host.ts'
import type { Job } from '../room.ts'

export function runJob(host: LogHost, job: Job, payload: unknown): Promise<void> {
  const as = { actor: houseActor, now: host.clock() }
  const run = (ctx: Context) => job.run(ctx, payload)
  return job.piecewise ? host.read(as, run) : host.transact(as, run)
}
