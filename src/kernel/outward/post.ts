// One question to another system by HTTP: to no host that may not be reached, along no redirect, for no longer than it may take.

import { request as overHttp, type RequestOptions } from 'node:http'
import { request as overHttps } from 'node:https'
import { HostRefused, type Guard } from './guard.ts'

export interface Posted {
  readonly method?: 'POST' | 'PUT' | 'GET'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** From the first byte to the last. */
  readonly timeoutMs: number
}

export interface PostedReply {
  readonly status: number
  /** No more than the first 16 KB. */
  readonly text: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
}

const KEPT_BYTES = 16 * 1024

export class AddressRefused extends Error {
  constructor(address: string) {
    super(`${address} is no address of the form http(s)://host/path without a name and a password in it`)
    this.name = 'AddressRefused'
  }
}

/** The address as it may be used, or an error that says why not. */
export function checkedUrl(guard: Guard, text: string): URL {
  const url = URL.parse(text)
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) throw new AddressRefused(text.slice(0, 200))
  if (!guard.mayName(url.hostname)) throw new HostRefused(url.hostname)
  return url
}

export async function postTo(guard: Guard, address: string, { method = 'POST', headers = {}, body, timeoutMs }: Posted): Promise<PostedReply> {
  const url = checkedUrl(guard, address)
  const payload = body === undefined ? undefined : Buffer.from(body)
  const options: RequestOptions = {
    method,
    lookup: guard.lookup,
    signal: AbortSignal.timeout(timeoutMs),
    headers: { 'user-agent': 'chengyun', ...headers, ...(payload && { 'content-length': payload.length }) },
  }
  const send = url.protocol === 'https:' ? overHttps : overHttp
  return new Promise((done, fail) => {
    const asked = send(url, options, (reply) => {
      const parts: Buffer[] = []
      let bytes = 0
      reply.on('data', (part: Buffer) => {
        if (bytes < KEPT_BYTES) parts.push(part)
        bytes += part.length
        // What talks on and on is not listened to.
        if (bytes > 64 * KEPT_BYTES) reply.destroy()
      })
      reply.on('error', fail)
      reply.on('end', () => done({ status: reply.statusCode ?? 0, text: Buffer.concat(parts).subarray(0, KEPT_BYTES).toString(), headers: reply.headers }))
    })
    asked.on('error', fail)
    asked.end(payload)
  })
}
