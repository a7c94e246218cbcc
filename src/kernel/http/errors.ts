import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { isDatabaseGone, isDiskFull } from '../database/index.ts'
import { Problem } from '../problem.ts'
import { addressBroken, bodyTooLarge, broken, closing, databaseAway, diskFull, formBroken, jsonBroken, refused, typeUnknown } from './problems.ts'

const BY_CODE: Record<string, () => Problem> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () => typeUnknown({ taken: 'application/json' }),
  FST_ERR_CTP_BODY_TOO_LARGE: () => bodyTooLarge(),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () => refused(),
  FST_ERR_CTP_EMPTY_JSON_BODY: () => jsonBroken(),
  FST_ERR_CTP_INVALID_JSON_BODY: () => jsonBroken(),
  FST_INVALID_MULTIPART_CONTENT_TYPE: () => formBroken(),
  FST_ERR_BAD_URL: () => addressBroken(),
  FST_ERR_ASYNC_CONSTRAINT: () => addressBroken(),
  FST_ERR_REOPENED_CLOSE_SERVER: () => closing(),
}

/** A problem for whatever went wrong; undefined for a bug. */
export function problemOf(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error
  if (isDatabaseGone(error)) return databaseAway(undefined, { headers: { 'retry-after': '3' } })
  if (isDiskFull(error)) return diskFull(undefined, { headers: { 'retry-after': '30' } })
  const { code = '', statusCode = 500 } = (error ?? {}) as Partial<FastifyError>
  const known = BY_CODE[code]
  if (known) return known()
  // A request that broke off in the middle of its body.
  if (code === 'ECONNRESET' || code === 'ECONNABORTED') return refused()
  return statusCode >= 400 && statusCode < 500 ? refused() : undefined
}

/** Answers every error: problems in the caller's language, bugs with a number under which they were logged. */
export function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = problemOf(error) ?? broken({ requestId: request.id })
  if (problem.status === 500) request.log.error({ err: error, requestId: request.id, route: request.routeOptions.url }, 'a request failed')
  else if (problem.status === 503) request.log.warn({ err: error, requestId: request.id }, problem.code)
  return sendProblem(problem, request, reply)
}

export function sendProblem(problem: Problem, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refuse = request.routeOptions?.config?.refuse
  const { status, type, body, headers } = refuse
    ? { status: problem.status, headers: problem.headers, ...refuse(problem, request) }
    : {
        status: problem.status,
        type: 'application/problem+json; charset=utf-8',
        body: JSON.stringify(problem.body(request.language)),
        headers: problem.headers,
      }
  return reply
    .code(status)
    .headers(headers)
    .header('cache-control', 'no-store')
    .header('content-language', request.language === 'en' ? 'en' : 'zh-CN')
    .type(type)
    .send(body)
}
