import type { Context } from '../context.ts'
import { signInNeeded } from '../context.ts'
import type { Me } from './contract.ts'
import { showGrant } from './lists.ts'
import { findSession, SESSION_LIMITS, type SessionLimits } from './session.ts'

/** What the web needs to know of whoever is signed in with `token`. */
export async function showMe(ctx: Context, token: string | undefined, limits: SessionLimits = SESSION_LIMITS): Promise<Me> {
  const session = token === undefined ? undefined : await findSession(ctx, token, limits)
  const actor = session?.actor ?? ctx.actor
  if (actor.kind === 'public') throw signInNeeded()

  return {
    id: actor.id,
    account: session?.account ?? actor.name,
    name: actor.name,
    grants: actor.grants.map(showGrant),
    permits: [...new Set(actor.grants.flatMap(({ permits }) => [...permits]))].toSorted(),
    mustChangePassword: session?.mustChangePassword ?? false,
    lastSignIn: session?.last ?? null,
    idleMinutes: limits.idleMinutes,
    now: ctx.now.toISOString(),
  }
}
