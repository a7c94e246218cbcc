import type { FastifyInstance } from 'fastify'
import { countOpen } from '../database/index.ts'
import { readLags } from '../log/index.ts'
import type { HttpHost } from './host.ts'

/** An answer that takes longer is none: a balancer must not wait for it. */
const PATIENCE_MS = 2_000
/** Listeners further behind make figures stale, but the server still answers well: shown, and not a reason to leave it. */
const LAG_SHOWN_FROM_MS = 5_000

interface Finding {
  readonly ready: boolean
  readonly [more: string]: unknown
}

const within = <T>(work: Promise<T>): Promise<T> =>
  Promise.race([work, new Promise<never>((_, reject) => setTimeout(() => reject(new Error('no answer in time')), PATIENCE_MS).unref())])

async function look(work: () => Promise<Omit<Finding, 'ready'> & { ready?: boolean }>): Promise<Finding> {
  try {
    return { ready: true, ...(await within(work())) }
  } catch (error) {
    // What the database says may name its place, which is not for everyone.
    return { ready: false, because: error instanceof Error && error.message === 'no answer in time' ? error.message : 'failed' }
  }
}

/** `/healthz`: the process runs. `/readyz`: it can do its work, and what of it. */
export function addHealth(app: FastifyInstance, host: HttpHost): void {
  app.get('/healthz', { logLevel: 'silent' }, (_request, reply) => reply.header('cache-control', 'no-store').send({ alive: true }))

  app.get('/readyz', { logLevel: 'silent' }, async (_request, reply) => {
    const database = await look(async () => {
      const before = performance.now()
      await host.pool.query('select 1')
      return { ms: Math.round(performance.now() - before) }
    })
    const [migrations, events] = database.ready
      ? await Promise.all([
          look(async () => {
            const open = await countOpen(host.pool, host.rooms)
            return { ready: open === 0, open }
          }),
          look(async () => {
            const lags = await readLags(host.db, host.rooms, host.clock())
            return {
              lagMs: Math.max(0, ...lags.map(({ lagMs }) => lagMs)),
              behind: lags
                .filter(({ lagMs, failures }) => lagMs > LAG_SHOWN_FROM_MS || failures > 0)
                .map(({ name, lagMs, failures }) => ({ name, lagMs, failures })),
            }
          }),
        ])
      : [{ ready: false }, { ready: false }]
    const ready = database.ready && migrations.ready && events.ready
    reply.header('cache-control', 'no-store').code(ready ? 200 : 503)
    if (!ready) reply.header('retry-after', '3')
    return { ready, database, migrations, events }
  })
}
