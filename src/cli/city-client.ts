import { randomUUID } from 'node:crypto'
import { DEMO_PASSWORD } from '../maker/index.ts'
import { language, speak } from './speak.ts'

/** What the terminal is told instead of a trace. */
export class CityRefused extends Error {
  override readonly name = 'CityRefused'
}

export interface CityClient {
  ask<T>(path: string): Promise<T>
  report(readings: readonly object[]): Promise<{ taken: number; quarantined: readonly { reason: string }[] }>
  /** Gives the key back that was made. */
  end(): Promise<void>
}

/** Who may make keys in the demo city. */
const KEEPER = 'secadmin'
const KEY_LASTS_MS = 24 * 3_600_000
const PATIENCE_MS = 30_000
const TRIES = 30

const pause = (ms: number) => new Promise((over) => setTimeout(over, ms))

async function tried(url: string, init: RequestInit): Promise<Response> {
  for (let tries = 1; ; tries++) {
    const reply = await fetch(url, { ...init, signal: AbortSignal.timeout(PATIENCE_MS) }).catch((error: unknown) => error as Error)
    const later = reply instanceof Error || reply.status === 429 || reply.status === 503
    if (!later) return reply
    if (tries >= TRIES || (reply instanceof Error && tries >= 3)) {
      if (!(reply instanceof Error)) return reply
      throw new CityRefused(speak({ zh: `连不上 ${url}`, en: `cannot reach ${url}` }))
    }
    const after = reply instanceof Error ? 0 : Number(reply.headers.get('retry-after') ?? 0)
    await pause(Math.min(30_000, Math.max(1_000, after * 1_000)))
  }
}

async function answerOf<T>(reply: Response): Promise<T> {
  const body = (await reply.json().catch(() => ({}))) as T & { detail?: string }
  if (!reply.ok) throw new CityRefused(`${reply.status} ${body.detail ?? reply.statusText}`)
  return body
}

/** Enters a running city with a machine's key, or in the demo city with one that is made for the while. */
export async function enterCity(base: string, key: string | undefined): Promise<CityClient> {
  const lent = key === undefined ? await makeKey(base) : undefined
  const headers = { authorization: `Bearer ${key ?? lent!.secret}`, 'accept-language': language }
  return {
    ask: async (path) => answerOf(await tried(base + path, { headers })),
    report: async (readings) => answerOf(await tried(`${base}/api/readings`, { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(readings) })),
    end: async () => lent?.giveBack(),
  }
}

async function makeKey(base: string): Promise<{ secret: string; giveBack: () => Promise<void> }> {
  const json = { 'content-type': 'application/json', origin: base, 'accept-language': language }
  const entered = await tried(`${base}/api/sign-in`, { method: 'POST', headers: json, body: JSON.stringify({ account: KEEPER, password: DEMO_PASSWORD }) })
  if (!entered.ok) {
    throw new CityRefused(speak({ zh: `不是示范市（${KEEPER} 登录不成：${entered.status}），请用 --key 给出接口密钥`, en: `this is not the demo city (${KEEPER} cannot sign in: ${entered.status}); give a machine’s key with --key` }))
  }
  const cookie = entered.headers.getSetCookie().map((each) => each.split(';')[0]).join('; ')
  const body = { name: 'simulate', permits: ['monitoring.read', 'monitoring.ingest'], region: '', unit: '', category: '', expiresAt: new Date(Date.now() + KEY_LASTS_MS).toISOString() }
  const made = await tried(`${base}/api/keys`, { method: 'POST', headers: { ...json, cookie, 'idempotency-key': randomUUID() }, body: JSON.stringify(body) })
  const { key, secret } = await answerOf<{ key: { id: string }; secret: string }>(made)
  const giveBack = async () => {
    await tried(`${base}/api/keys/${key.id}`, { method: 'DELETE', headers: { origin: base, cookie } })
    await tried(`${base}/api/sign-out`, { method: 'POST', headers: { ...json, cookie }, body: '{}' })
  }
  return { secret, giveBack }
}
