import type { Context } from '../context.ts'
import { Problem } from '../problem.ts'
import { answer, type Input } from '../room.ts'
import { changeAccount, changePassword, createAccount, getAccountRow, resetPassword, signOutEverywhere } from './accounts.ts'
import { listAudit } from './audit.ts'
import * as on from './contract.ts'
import { giveCookie, takeCookie, tokenOf } from './cookie.ts'
import { putGrants, putRole } from './grants.ts'
import { getAccountShown, listAccounts, listKeys, showChanged, showKey, showRoles, showSessions } from './lists.ts'
import { createKey, revokeKey } from './machine.ts'
import { showMe } from './me.ts'
import { demandOver } from './scope.ts'
import { freshPassword } from './secret.ts'
import { endSession, findSession, signOut } from './session.ts'
import { isSetupLink, setUp } from './setup.ts'
import { signIn } from './sign-in.ts'

type Raw = Input<unknown, unknown, unknown>['raw']
const DONE = { done: true } as const

/** A problem given back, not thrown: what was written (a counted failure) stays, and the caller still gets the problem. */
const kept = <R>(refusal: Problem) => refusal as unknown as R

async function enter(ctx: Context, body: { account: string; password: string }, { request, reply }: Raw): Promise<on.Me> {
  const begun = await signIn(ctx, body, request.headers['user-agent'] ?? '')
  if (begun instanceof Problem) return kept<on.Me>(begun)
  giveCookie(request, reply, begun.token)
  return showMe(ctx, begun.token, request.server.house.sessions)
}

async function leave(ctx: Context, { request, reply }: Raw) {
  const token = tokenOf(request)
  if (token !== undefined) await signOut(ctx, token)
  takeCookie(reply)
  return DONE
}

async function renew(ctx: Context, body: { current: string; next: string }, { request }: Raw) {
  const refusal = await changePassword(ctx, body, tokenOf(request))
  return refusal ? kept<typeof DONE>(refusal) : DONE
}

async function sessionsOfMine(ctx: Context, { request }: Raw) {
  const token = tokenOf(request)
  const here = token === undefined ? undefined : await findSession(ctx, token, request.server.house.sessions)
  return showSessions(ctx, ctx.actor.id, here?.id)
}

async function make(ctx: Context, body: { account: string; name: string; region: string; password?: string }) {
  const password = body.password ?? freshPassword()
  const { id } = await createAccount(ctx, { ...body, password, mustChangePassword: true })
  return { account: await showChanged(ctx, id), password: body.password === undefined ? password : null }
}

async function reset(ctx: Context, id: string) {
  const password = await resetPassword(ctx, id)
  return { account: await showChanged(ctx, id), password }
}

async function sessionsOfOther(ctx: Context, id: string) {
  demandOver(ctx, 'access.accounts', await getAccountRow(ctx, id))
  return showSessions(ctx, id, undefined)
}

const permitsOf = ({ request }: Raw) => new Set(request.server.house.permits.keys())
const showPermits = ({ request }: Raw) => [...request.server.house.permits].map(([code, { room, name }]) => ({ code, room, name }))

export const routes = [
  answer(on.postSignIn, (ctx, { body, raw }) => enter(ctx, body, raw)),
  answer(on.postSignOut, (ctx, { raw }) => leave(ctx, raw)),
  answer(on.getMe, (ctx, { raw }) => showMe(ctx, tokenOf(raw.request), raw.request.server.house.sessions)),
  answer(on.putPassword, (ctx, { body, raw }) => renew(ctx, body, raw)),
  answer(on.getSessions, (ctx, { raw }) => sessionsOfMine(ctx, raw)),
  answer(on.deleteSession, async (ctx, { params }) => {
    await endSession(ctx, params.id)
    return DONE
  }),
  answer(on.getSetup, async (ctx, { query }) => ({ valid: await isSetupLink(ctx, query.token) })),
  answer(on.postSetup, async (ctx, { body }) => {
    await setUp(ctx, body)
    return DONE
  }),
  answer(on.getAccounts, (ctx, { query }) => listAccounts(ctx, query)),
  answer(on.getAccount, (ctx, { params }) => getAccountShown(ctx, params.id)),
  answer(on.postAccount, (ctx, { body }) => make(ctx, body)),
  answer(on.patchAccount, async (ctx, { params, body }) => {
    await changeAccount(ctx, params.id, body)
    return showChanged(ctx, params.id)
  }),
  answer(on.postReset, (ctx, { params }) => reset(ctx, params.id)),
  answer(on.getAccountSessions, (ctx, { params }) => sessionsOfOther(ctx, params.id)),
  answer(on.deleteAccountSessions, async (ctx, { params }) => {
    await signOutEverywhere(ctx, params.id)
    return DONE
  }),
  answer(on.getRoles, async (ctx) => ({ items: await showRoles(ctx) })),
  answer(on.putRole, async (ctx, { params, body, raw }) => {
    await putRole(ctx, { ...params, ...body }, permitsOf(raw))
    return (await showRoles(ctx)).find((role) => role.code === params.code)!
  }),
  answer(on.getPermits, (_ctx, { raw }) => ({ items: showPermits(raw) })),
  answer(on.putGrants, async (ctx, { params, body }) => {
    await putGrants(ctx, params.id, body.grants)
    return showChanged(ctx, params.id)
  }),
  answer(on.getKeys, (ctx, { query }) => listKeys(ctx, query)),
  answer(on.postKey, async (ctx, { body, raw }) => {
    const { row, secret } = await createKey(ctx, body, permitsOf(raw))
    return { key: showKey(row), secret }
  }),
  answer(on.deleteKey, async (ctx, { params }) => {
    await revokeKey(ctx, params.id)
    return DONE
  }),
  answer(on.getAudit, (ctx, { query }) => listAudit(ctx, query)),
]
