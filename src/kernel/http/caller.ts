import type { FastifyRequest } from 'fastify'
import { publicActor } from '../access/actor.ts'
import { tokenOf } from '../access/cookie.ts'
import { findMachine } from '../access/machine.ts'
import { keyUnknown, passwordChangeNeeded } from '../access/problems.ts'
import { findSession } from '../access/session.ts'
import { demand, signInNeeded, type Actor, type Context } from '../context.ts'
import type { EndpointShape } from '../contract.ts'
import { originForeign } from './problems.ts'

/** What one may do before a first password is changed. */
const BEFORE_CHANGE = new Set(['/api/me', '/api/me/password', '/api/sign-out'])

/** Who asks, after it is sure that they may ask this at all. */
export async function admit(ctx: Context, request: FastifyRequest, endpoint: EndpointShape, publicUrl?: string): Promise<Actor> {
  const actor = await whoAsks(ctx, request, endpoint, publicUrl)
  if (endpoint.permit === 'anyone') return actor
  if (actor.kind === 'public') throw signInNeeded()
  if (endpoint.permit !== 'signed-in') demand({ actor }, endpoint.permit)
  return actor
}

async function whoAsks(ctx: Context, request: FastifyRequest, endpoint: EndpointShape, publicUrl?: string): Promise<Actor> {
  const key = keyOf(request)
  if (key !== undefined) {
    const machine = await findMachine(ctx, key)
    if (!machine) throw keyUnknown()
    return machine
  }

  const token = tokenOf(request)
  if (token === undefined) return publicActor
  if (endpoint.method !== 'GET') demandOwnSite(request, publicUrl)
  const session = await findSession(ctx, token, request.server.house.sessions, { used: endpoint.path !== '/events' })
  if (!session) return publicActor
  if (session.mustChangePassword && endpoint.permit !== 'anyone' && !BEFORE_CHANGE.has(endpoint.path)) throw passwordChangeNeeded()
  return session.actor
}

function keyOf({ headers }: FastifyRequest): string | undefined {
  const [scheme = '', key] = (headers.authorization ?? '').split(' ')
  return scheme.toLowerCase() === 'bearer' ? key : undefined
}

/** A cookie goes along by itself, so a write that uses one must come from a page of ours; browsers always say where from. */
function demandOwnSite({ headers, host }: FastifyRequest, publicUrl?: string): void {
  const { origin } = headers
  const site = headers['sec-fetch-site']
  if (origin === undefined && (site === undefined || site === 'same-origin' || site === 'none')) return
  if (origin !== undefined && URL.canParse(origin)) {
    const from = new URL(origin)
    // A port that goes without saying is left out by some and written by others.
    const ours = `${from.protocol}//${host}`
    if (URL.canParse(ours) && new URL(ours).host === from.host) return
    if (publicUrl !== undefined && new URL(publicUrl).host === from.host) return
  }
  throw originForeign()
}
