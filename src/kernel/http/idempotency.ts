import { createHash } from 'node:crypto'
import type { EndpointShape } from '../contract.ts'
import { isDatabaseGone } from '../database/index.ts'
import { findAnswer } from '../log/index.ts'
import type { Input } from '../room.ts'
import type { HttpHost } from './host.ts'
import { seal, nameOfKey, unseal } from './sealed-answer.ts'
import { keyMalformed, keyNeeded, keyReused } from './problems.ts'

/** What is kept of an answer: as text, so that the same question gets the same bytes. */
export interface KeptAnswer {
  readonly status: number
  readonly body: unknown
}

/** How one write is known again. */
export interface Mark {
  /** As the caller sent it; it opens the kept answer and is itself not kept. */
  readonly secret: string
  readonly key: string
  readonly account: string
  readonly endpoint: string
  readonly digest: string
}

const FORM = /^[\x21-\x7e]{8,128}$/

const takesKey = ({ method, repeatable, limit }: EndpointShape) => method !== 'GET' && !repeatable && limit !== 'sign-in'
/** Open standards know no such header, so what they send as forms or get as XML may come without. */
const needsKey = (endpoint: EndpointShape) => endpoint.takes !== 'form' && endpoint.gives !== 'raw'

/** The mark of a write under the key that its caller made, or undefined where none is taken. */
export function markOf(
  endpoint: EndpointShape,
  account: string,
  url: string,
  key: unknown,
  input: Pick<Input<unknown, unknown, unknown>, 'body' | 'files'>,
): Mark | undefined {
  if (!takesKey(endpoint)) return undefined
  if (key === undefined) {
    if (needsKey(endpoint)) throw keyNeeded()
    return undefined
  }
  if (typeof key !== 'string' || !FORM.test(key)) throw keyMalformed()
  const content = JSON.stringify([input.body ?? null, input.files.map(({ sha256 }) => sha256)])
  return {
    secret: key,
    key: nameOfKey(key),
    account,
    endpoint: `${endpoint.method} ${url}`,
    digest: createHash('sha256').update(content).digest('base64url'),
  }
}

/** What is written beside the act, in its transaction. */
export const rememberedAs = ({ secret, ...mark }: Mark, { status, body }: KeptAnswer) => ({ ...mark, status, body: seal(secret, body) })

/**
 * Runs a write once for each mark, however often and however near together it is asked. In this process the second waits
 * for the first; across processes the answer's primary key makes the later one undo itself. The answer is looked up
 * only when something went wrong, so an ordinary write pays for no query.
 */
export function createOnce(host: Pick<HttpHost, 'db'>) {
  const underWay = new Map<string, Promise<unknown>>()

  async function findKept(mark: Mark): Promise<KeptAnswer | undefined> {
    const kept = await findAnswer({ db: host.db }, mark.account, mark.key)
    if (!kept) return undefined
    if (kept.endpoint !== mark.endpoint || kept.digest !== mark.digest) throw keyReused()
    return { status: kept.status, body: unseal(mark.secret, String(kept.body)) }
  }

  return async function once(mark: Mark, act: () => Promise<KeptAnswer>): Promise<KeptAnswer & { again: boolean }> {
    const name = `${mark.account} ${mark.key}`
    for (let earlier = underWay.get(name); earlier; earlier = underWay.get(name)) {
      await earlier.catch(() => {})
      const kept = await findKept(mark)
      if (kept) return { ...kept, again: true }
    }

    const acting = act()
    underWay.set(name, acting)
    try {
      return { ...(await acting), again: false }
    } catch (error) {
      if (isDatabaseGone(error)) throw error
      const kept = await findKept(mark)
      if (kept) return { ...kept, again: true }
      throw error
    } finally {
      underWay.delete(name)
    }
  }
}
