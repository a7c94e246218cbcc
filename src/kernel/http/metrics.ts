import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { readLags } from '../log/index.ts'
import type { HttpHost } from './host.ts'

/** `/metrics` for Prometheus: requests by route, events, connections, the process. No personal data, no addresses. */
export function addMetrics(app: FastifyInstance, host: HttpHost): void {
  const registry = new Registry()
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the head of a request to the end of its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  })
  app.addHook('onResponse', (request, reply, next) => {
    // A stream of hours would say nothing about how quick the server is.
    if (!String(reply.getHeader('content-type')).startsWith('text/event-stream')) {
      const route = request.routeOptions.url ?? 'unknown'
      durations.labels(request.method, route, String(reply.statusCode)).observe(reply.elapsedTime / 1000)
    }
    next()
  })

  new Gauge({
    name: 'chengyun_pool_connections',
    help: 'Connections to the database by state',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      this.set({ state: 'open' }, host.pool.totalCount)
      this.set({ state: 'idle' }, host.pool.idleCount)
      this.set({ state: 'waited-for' }, host.pool.waitingCount)
    },
  })
  new Gauge({
    name: 'chengyun_live_streams',
    help: 'Open streams of live events',
    registers: [registry],
    collect() {
      this.set(app.liveStreams.size)
    },
  })
  addLag(registry, host)

  let observing = false
  app.get('/metrics', { logLevel: 'silent' }, async (_request, reply) => {
    // Begun at the first question, so that a server nobody asks does not watch itself.
    if (!observing) collectDefaultMetrics({ register: registry })
    observing = true
    return reply
      .header('cache-control', 'no-store')
      .type(registry.contentType)
      .send(await registry.metrics())
  })
}

function addLag(registry: Registry, host: HttpHost): void {
  const failures = new Gauge({
    name: 'chengyun_listener_failures',
    help: 'Failures in a row of a listener to events',
    labelNames: ['listener'],
    registers: [registry],
  })
  new Gauge({
    name: 'chengyun_listener_lag_seconds',
    help: 'Age of the oldest event that a listener has not heard',
    labelNames: ['listener'],
    registers: [registry],
    async collect() {
      // Without a database the other figures are still worth having.
      const lags = await readLags(host.db, host.rooms, host.clock()).catch(() => [])
      for (const { name, lagMs, failures: count } of lags) {
        this.set({ listener: name }, lagMs / 1000)
        failures.set({ listener: name }, count)
      }
    },
  })
}
