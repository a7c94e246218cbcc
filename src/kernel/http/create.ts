import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import { randomUUID } from 'node:crypto'
import type { Readable } from 'node:stream'
import { publicActor } from '../access/actor.ts'
import { SESSION_LIMITS } from '../access/session.ts'
import { addDocs } from './docs.ts'
import { houseOf, checkRoutes } from './check-routes.ts'
import { sendError } from './errors.ts'
import { addHealth } from './health.ts'
import type { HttpHost } from './host.ts'
import { languageOf } from './language.ts'
import { createLimits } from './limit.ts'
import { addMetrics } from './metrics.ts'
import { createMount } from './mount.ts'
import { answerUnknown } from './not-found.ts'
import { BODY_LIMIT, type HttpOptions } from './options.ts'
import { addParsers } from './parsers.ts'
import { POLICY } from './policy.ts'
import { createValidators } from './validate.ts'
import { addWeb } from './web.ts'

/** How long requests that are under way may take after the end was asked for. */
const LAST_WORDS_MS = 5_000

/** The server over a kernel: every route of its rooms, and what an operator looks at. It listens when told to. */
export function createHttp(host: HttpHost, options: HttpOptions = {}): FastifyInstance {
  const { rooms, config } = host
  checkRoutes(rooms)
  const app = Fastify({
    logger: config.logLevel === 'silent' ? false : { level: config.logLevel, serializers: { req: withoutQuery } },
    logController: new Fastify.LogController({ disableRequestLogging: config.logLevel !== 'debug' && config.logLevel !== 'info' }),
    bodyLimit: options.bodyLimit ?? BODY_LIMIT,
    // Only a proxy on a network of our own is believed about the caller's address.
    trustProxy: config.trustProxy ? ['loopback', 'linklocal', 'uniquelocal'] : false,
    genReqId: requestId,
    requestTimeout: 120_000,
    keepAliveTimeout: 65_000,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: false },
    frameworkErrors: (error, request, reply) => void sendError(error, prepare(request), reply),
  })

  app.decorate('house', {
    permits: houseOf(rooms),
    sessions: { ...SESSION_LIMITS, idleMinutes: config.idleMinutes, ...options.sessions },
  })
  app.decorate('liveStreams', new Set<Readable>())
  app.decorateRequest('caller')
  app.decorateRequest('language', 'zh')
  app.decorateRequest('stored')
  app.decorateRequest('asForm', false)

  app.addHook('onRequest', (request, reply, next) => {
    prepare(request)
    reply.header('x-request-id', request.id)
    reply.header('permissions-policy', 'geolocation=(self), camera=(self), microphone=(), payment=(), usb=()')
    next()
  })
  app.register(helmet, POLICY)
  app.register(cookie)
  app.register(multipart)
  addParsers(app)
  addMetrics(app, host)

  const mount = createMount(app, { host, options, limits: createLimits(options.rates), validators: createValidators() })
  for (const route of rooms.flatMap((room) => room.routes ?? [])) mount(route)
  addHealth(app, host)
  addDocs(app, rooms)
  addWeb(app, config.webFolder)

  app.setErrorHandler(sendError)
  app.setNotFoundHandler(answerUnknown(rooms, config.webFolder))
  app.addHook('preClose', (next) => {
    for (const stream of app.liveStreams) stream.destroy()
    setTimeout(() => app.server.closeAllConnections(), LAST_WORDS_MS).unref()
    next()
  })
  return app
}

/** A query may hold a key or a token, which a log must not. */
const withoutQuery = ({ method, url, ip }: FastifyRequest) => ({ method, url: url.split('?')[0], ip })

const NAMED = /^[\w-]{8,64}$/

/** A proxy's own number is kept, so that one request is found under one number everywhere. */
function requestId(request: { headers: Record<string, string | string[] | undefined> }): string {
  const given = request.headers['x-request-id']
  return typeof given === 'string' && NAMED.test(given) ? given : randomUUID()
}

function prepare(request: FastifyRequest): FastifyRequest {
  request.language = languageOf((request.query as { lang?: unknown } | null)?.lang, request.headers['accept-language'])
  request.caller = publicActor
  request.stored = []
  return request
}
