import type {} from '@fastify/multipart'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Readable } from 'node:stream'
import type { Actor, Context } from '../context.ts'
import type { EndpointShape, Language } from '../contract.ts'
import { Problem } from '../problem.ts'
import type { Input, RawReply, Route, StoredFile } from '../room.ts'
import { admit } from './caller.ts'
import { readMultipart, readNested, type Fields } from './form.ts'
import type { HttpHost } from './host.ts'
import { createOnce, markOf, rememberedAs, type KeptAnswer } from './idempotency.ts'
import type { Limits } from './limit.ts'
import { BODY_LIMIT, FILES_AT_ONCE, type HttpOptions } from './options.ts'
import { requestInvalid, typeUnknown } from './problems.ts'
import type { Validate, Validators } from './validate.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Its body is handed on as it came. */
    asText?: boolean
    /** Set by routes of open standards, which have error bodies of their own. */
    refuse?: Route['refuse']
  }
  interface FastifyInstance {
    /** Streams without an end of their own; the server ends them when it closes. */
    readonly liveStreams: Set<Readable>
  }
  interface FastifyRequest {
    /** Set before a body is read: who asks. */
    caller: Actor
    language: Language
    /** Files of a form, already in the store. */
    stored: readonly StoredFile[]
    /** Whether the body came as text and is read as what the schema wants. */
    asForm: boolean
  }
}

export interface Fitting {
  readonly host: HttpHost
  readonly limits: Limits
  readonly validators: Validators
  readonly options: HttpOptions
}

export const originOf = (request: FastifyRequest) => ({ address: request.ip, requestId: request.id })

const TAKES = {
  text: { types: ['application/json', 'text/plain'], words: 'application/json' },
  json: { types: ['application/json'], words: 'application/json' },
  form: {
    types: ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'],
    words: 'application/x-www-form-urlencoded',
  },
  files: { types: ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'], words: 'multipart/form-data' },
} as const

/** Joins one route of a room to the server: who may, what fits, what is done, what leaves. */
export function createMount(app: FastifyInstance, fitting: Fitting): (route: Route) => void {
  const once = createOnce(fitting.host)

  return ({ endpoint, handle, refuse }) => {
    const check = checksOf(endpoint, fitting.validators)
    const reading = endpoint.method === 'GET' || endpoint.commits
    app.route({
      method: endpoint.method,
      url: endpoint.path,
      config: { ...(refuse && { refuse }), asText: endpoint.takes === 'text' },
      ...(endpoint.reply && { schema: { response: { 200: endpoint.reply } } }),
      ...(endpoint.mostBytes !== undefined && { bodyLimit: endpoint.mostBytes }),
      onRequest: (request) => enter(fitting, endpoint, request),
      ...(hasForm(endpoint) && { preHandler: (request: FastifyRequest) => takeForm(fitting, endpoint, request) }),
      handler: async (request, reply) => {
        const input = inputOf(endpoint, check, request, reply)
        await limitByAccount(fitting, endpoint, input.body)
        const as = { actor: request.caller, origin: originOf(request) }
        if (reading) return send(endpoint, reply, await fitting.host.read(as, async (ctx) => handle(ctx, input)))
        return write(fitting.host, once, { endpoint, handle }, as, input)
      },
    })
  }
}

async function enter({ host, limits }: Fitting, endpoint: EndpointShape, request: FastifyRequest): Promise<void> {
  await limits.byAddress(endpoint, request.ip)
  const { publicUrl } = host.config
  request.caller = await host.read({ actor: request.caller, origin: originOf(request) }, (ctx) => admit(ctx, request, endpoint, publicUrl))
  demandType(endpoint, request)
}

function demandType({ takes = 'json' }: EndpointShape, { headers }: FastifyRequest): void {
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase()
  if (type === undefined || type === '') return
  const { types, words } = TAKES[takes]
  if (!(types as readonly string[]).includes(type)) throw typeUnknown({ taken: words })
}

async function takeForm({ host, options }: Fitting, endpoint: EndpointShape, request: FastifyRequest): Promise<void> {
  if (request.isMultipart()) {
    const most = endpoint.takes === 'files' ? (options.filesAtOnce ?? FILES_AT_ONCE) : 0
    const limits = { files: most, fieldBytes: options.bodyLimit ?? BODY_LIMIT }
    const form = await readMultipart(request, (stream, about) => host.files.put(stream, about), limits)
    request.stored = form.files
    request.body = form.fields
    request.asForm = true
  }
  if (request.asForm) request.body = readNested((request.body ?? {}) as Fields, endpoint.body)
}

const hasForm = ({ takes }: EndpointShape): boolean => takes === 'files' || takes === 'form'

interface Checks {
  readonly params?: Validate
  readonly query?: Validate
  readonly json?: Validate
  readonly form?: Validate
}

const checksOf = ({ params, query, body, ...rest }: EndpointShape, validators: Validators): Checks => ({
  ...(params && { params: validators.text(params, 'params') }),
  ...(query && { query: validators.text(query, 'query') }),
  ...(body && { json: validators.json(body) }),
  ...(body && hasForm(rest as EndpointShape) && { form: validators.form(body) }),
})

// oxlint-disable-next-line no-explicit-any
type AnyInput = Input<any, any, any>

function inputOf(endpoint: EndpointShape, check: Checks, request: FastifyRequest, reply: FastifyReply): AnyInput {
  const { params, query, body = undefined } = request
  const faults = [
    ...(check.params?.(params) ?? []),
    ...(check.query?.(query) ?? []),
    ...((request.asForm ? check.form : check.json)?.(body) ?? []),
  ]
  if (faults.length > 0) throw requestInvalid(undefined, { faults })
  return {
    params: endpoint.params ? params : undefined,
    query: endpoint.query ? query : undefined,
    body: endpoint.body ? body : undefined,
    files: request.stored,
    language: request.language,
    raw: { request, reply },
  }
}

async function limitByAccount({ limits }: Fitting, endpoint: EndpointShape, body: { account?: unknown } | undefined): Promise<void> {
  if (endpoint.limit === 'sign-in' && typeof body?.account === 'string') await limits.byAccount(endpoint, body.account)
}

type Once = ReturnType<typeof createOnce>

/** One write, one transaction; the reply leaves after the commit. */
async function write(host: HttpHost, once: Once, { endpoint, handle }: Route, as: { actor: Actor }, input: AnyInput) {
  const { request, reply } = input.raw
  const mark = markOf(endpoint, as.actor.id, request.url, request.headers['idempotency-key'], input)
  let streamed: RawReply | undefined

  const act = (): Promise<KeptAnswer> =>
    host.transact(as, async (ctx: Context) => {
      const result = await handle(ctx, input)
      if (result instanceof Problem) return { status: 0, body: result }
      const kept = keep(endpoint, reply, result)
      if (endpoint.gives === 'raw') streamed = result as RawReply
      if (mark) ctx.outbox.answer = rememberedAs(mark, kept)
      return kept
    })
  const { status, body, again } = mark ? await once(mark, act) : { ...(await act()), again: false }

  // Thrown only now: what was written beside it is to stay.
  if (body instanceof Problem) throw body
  if (again) reply.header('idempotency-replayed', 'true')
  if (endpoint.gives === 'raw') return sendRaw(reply, again ? (body as RawReply) : streamed!)
  if (status === 204) return reply.code(204).send()
  return sendText(reply, body as string)
}

function keep(endpoint: EndpointShape, reply: FastifyReply, result: unknown): KeptAnswer {
  if (endpoint.gives === 'raw') {
    const { status = 200, type, body, headers } = result as RawReply
    return { status, body: { status, type, headers, body: typeof body === 'string' ? body : '' } }
  }
  if (result === undefined) return { status: 204, body: null }
  return { status: 200, body: reply.serialize(result as object) }
}

function send(endpoint: EndpointShape, reply: FastifyReply, result: unknown): FastifyReply {
  if (result instanceof Problem) throw result
  if (endpoint.gives === 'raw') return sendRaw(reply, result as RawReply)
  if (result === undefined) return reply.code(204).send()
  return sendText(reply, String(reply.serialize(result as object)))
}

const sendText = (reply: FastifyReply, text: string): FastifyReply =>
  reply.header('cache-control', 'no-store').type('application/json; charset=utf-8').send(text)

function sendRaw(reply: FastifyReply, { status = 200, type, body, headers = {} }: RawReply): FastifyReply {
  if (body instanceof Readable && type.startsWith('text/event-stream')) keepStream(reply.server.liveStreams, body)
  if (!('cache-control' in headers)) reply.header('cache-control', 'no-store')
  return reply.code(status).headers(headers).type(type).send(body)
}

function keepStream(streams: Set<Readable>, stream: Readable): void {
  streams.add(stream)
  stream.once('close', () => streams.delete(stream))
}
