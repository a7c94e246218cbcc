import type { Endpoint, ProblemBody, Static } from '../contract.ts'
import { learnServerTime } from './clock.ts'
import { makeKey } from './make-key.ts'
import { currentLanguage } from './words.ts'

type Given<Name extends string, T> = [T] extends [undefined] ? { [K in Name]?: undefined } : { [K in Name]: T }
// A query made only of optional fields may be left out.
type Optional<Name extends string, T> = [T] extends [undefined]
  ? { [K in Name]?: undefined }
  : Partial<T> extends T
    ? { [K in Name]?: T }
    : { [K in Name]: T }

export type Question<P, Q, B> = Given<'params', P> &
  Optional<'query', Q> &
  Given<'body', B> & {
    files?: readonly File[]
    /** One per act of the user: the same act sent again must carry the same key. */
    key?: string
    signal?: AbortSignal
  }

/** What the server refused, or why it could not be asked. `code` is for programs, `message` is a sentence in the reader's language. */
export class Refused extends Error {
  readonly status: number
  readonly code: string
  readonly faults: readonly { at: string; reason: string }[]
  readonly retryAfter: number | undefined

  constructor(status: number, body: Partial<Static<typeof ProblemBody>>, retryAfter?: number) {
    super(body.detail ?? '')
    this.name = 'Refused'
    this.status = status
    this.code = body.code ?? `http.${status}`
    this.faults = body.faults ?? []
    this.retryAfter = retryAfter
  }
}

const signedOut = new Set<() => void>()
export function onSignedOut(hear: () => void): () => void {
  signedOut.add(hear)
  return () => void signedOut.delete(hear)
}

/** The address of an endpoint, for links, images and downloads. */
export function addressOf(shape: { path: string }, params: object = {}, query: object = {}): string {
  const values = params as Record<string, unknown>
  const path = shape.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(values[name])))
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === '') continue
    for (const each of Array.isArray(value) ? value : [value]) search.append(name, String(each))
  }
  return search.size > 0 ? `${path}?${search}` : path
}

const OFFLINE = { zh: '连不上服务器，请检查网络', en: 'The server cannot be reached; check the network' }
const BROKEN = { zh: '服务器出错，请稍后重试', en: 'The server failed; try again later' }

/** Asks the server one thing. Throws `Refused` for every answer that is not a success. */
export async function ask<P, Q, B, R>(shape: Endpoint<P, Q, B, R>, question: Question<P, Q, B>): Promise<R> {
  const { params, query, body, files, key, signal } = question
  const headers: Record<string, string> = { accept: 'application/json', 'accept-language': currentLanguage() === 'zh' ? 'zh-CN' : 'en' }
  if (shape.method !== 'GET') headers['idempotency-key'] = key ?? makeKey()
  const askedAt = Date.now()
  const reply = await fetch(addressOf(shape, params ?? {}, query ?? {}), {
    method: shape.method,
    headers: body !== undefined && shape.takes !== 'files' ? { ...headers, 'content-type': 'application/json' } : headers,
    body: shape.takes === 'files' ? formOf(body, files ?? []) : body === undefined ? null : JSON.stringify(body),
    credentials: 'same-origin',
    ...(signal && { signal }),
  }).catch((cause: unknown) => {
    if (signal?.aborted) throw cause
    throw new Refused(0, { code: 'web.offline', detail: OFFLINE[currentLanguage()] })
  })
  learnServerTime(reply.headers.get('date'), askedAt, Date.now())
  if (reply.ok) return (reply.status === 204 ? undefined : await reply.json()) as R
  throw await refusal(reply)
}

async function refusal(reply: Response): Promise<Refused> {
  const retryAfter = Number(reply.headers.get('retry-after')) || undefined
  const body = (await reply.json().catch(() => ({}))) as Partial<Static<typeof ProblemBody>>
  const refused = new Refused(reply.status, { detail: BROKEN[currentLanguage()], ...body }, retryAfter)
  if (reply.status === 401 && refused.code === 'access.sign-in-needed') for (const hear of signedOut) hear()
  return refused
}

function formOf(body: unknown, files: readonly File[]): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries((body ?? {}) as Record<string, unknown>)) {
    if (value === undefined || value === null) continue
    form.append(name, typeof value === 'object' ? JSON.stringify(value) : String(value))
  }
  for (const file of files) form.append('files', file, file.name)
  return form
}
