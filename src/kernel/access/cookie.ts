import type {} from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'

export const COOKIE = 'chengyun_session'

/** The token of the caller's session cookie. */
export function tokenOf(request: FastifyRequest): string | undefined {
  const token = request.cookies[COOKIE]
  return token === undefined || token.length > 100 ? undefined : token
}

/** Without an end of its own: it goes with the browser, and the server ends the session sooner. */
export const giveCookie = (request: FastifyRequest, reply: FastifyReply, token: string) =>
  reply.setCookie(COOKIE, token, { path: '/', httpOnly: true, sameSite: 'strict', secure: request.protocol === 'https' })

export const takeCookie = (reply: FastifyReply) => reply.clearCookie(COOKIE, { path: '/' })
