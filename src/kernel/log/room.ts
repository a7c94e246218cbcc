import { serve, type Job, type Room } from '../room.ts'
import { auditHolds } from './audit.ts'
import { getEvents } from './contract.ts'
import { hubOf } from './hub.ts'
import { forgetAnswers } from './outbox.ts'

const routes = [
  serve(getEvents, async (ctx, { query, raw }) => {
    const hub = await ctx.caches.get(ctx, hubOf)
    const last = raw.request.headers['last-event-id']
    return {
      type: 'text/event-stream; charset=utf-8',
      headers: { 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
      body: hub.open(ctx, typeof last === 'string' ? last : query.last, query.topics?.split(',')),
    }
  }),
]

const jobs: Job[] = [{ name: 'log.forget-answers', every: 3600, run: forgetAnswers }]

/** The log of what happened and the trail of who did it. */
export const logRoom = {
  name: 'log',
  title: { zh: '事件与审计', en: 'Events and audit' },
  tables: {
    event: 'local',
    event_window: 'local',
    log_clock: 'local',
    listener: 'local',
    audit_entry: 'local',
    audit_seal: 'local',
    audit_clock: 'local',
    idempotent_answer: 'local',
  },
  migrations: new URL('./migrations/', import.meta.url),
  routes,
  jobs,
  checks: [auditHolds],
} satisfies Room
