// One signed-in caller over one kept-alive connection: no more machinery than a load needs.

import { Agent, request, type IncomingHttpHeaders } from 'node:http'
import { randomUUID } from 'node:crypto'

export interface Reply {
  status: number
  headers: IncomingHttpHeaders
  // oxlint-disable-next-line no-explicit-any
  body: any
}

export class Caller {
  readonly #base: URL
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 })
  cookie = ''

  readonly #key: string | undefined

  /** `key`: of a machine, in place of a session. */
  constructor(base: string, key?: string) {
    this.#base = new URL(base)
    this.#key = key
  }

  async signIn(account: string, password = 'Chengyun-2026'): Promise<void> {
    const reply = await this.send('POST', '/api/sign-in', { account, password })
    if (reply.status !== 200) throw new Error(`sign-in of ${account}: ${reply.status} ${JSON.stringify(reply.body)}`)
    this.cookie = (reply.headers['set-cookie'] ?? []).map((line) => line.split(';')[0]).join('; ')
  }

  /** Another connection of the same session. */
  twin(): Caller {
    const twin = new Caller(this.#base.origin)
    twin.cookie = this.cookie
    return twin
  }

  /** As `send`, but whatever is not a success is thrown. */
  async ask(method: string, path: string, body?: unknown, key?: string) {
    const reply = await this.send(method, path, body, key)
    if (reply.status >= 300) throw new Error(`${method} ${path}: ${reply.status} ${JSON.stringify(reply.body)}`)
    return reply.body
  }

  send(method: string, path: string, body?: unknown, key: string = randomUUID()): Promise<Reply> {
    const form = body instanceof Multipart ? body : undefined
    const payload = form ? form.bytes : body === undefined ? undefined : Buffer.from(JSON.stringify(body))
    const headers: Record<string, string> = { Cookie: this.cookie, Origin: this.#base.origin }
    if (this.#key !== undefined) headers['Authorization'] = `Bearer ${this.#key}`
    if (method !== 'GET') headers['Idempotency-Key'] = key
    if (payload) {
      headers['Content-Type'] = form ? form.type : 'application/json'
      headers['Content-Length'] = String(payload.length)
    }
    return new Promise((done, fail) => {
      const asked = request(
        { agent: this.#agent, host: this.#base.hostname, port: this.#base.port, method, path, headers, timeout: 60_000 },
        (reply) => {
          const parts: Buffer[] = []
          reply.on('data', (part) => parts.push(part))
          reply.on('error', fail)
          reply.on('end', () => {
            const text = Buffer.concat(parts).toString()
            const json = String(reply.headers['content-type']).includes('json')
            done({ status: reply.statusCode!, headers: reply.headers, body: json ? JSON.parse(text) : text })
          })
        },
      )
      asked.on('timeout', () => asked.destroy(new Error('timeout')))
      asked.on('error', fail)
      asked.end(payload)
    })
  }

  close(): void {
    this.#agent.destroy()
  }
}

/** A form with one JSON field `body` and files. */
export class Multipart {
  readonly type: string
  readonly bytes: Buffer

  constructor(body: unknown, files: { name: string; type: string; bytes: Buffer }[] = []) {
    const line = `----chengyun${randomUUID()}`
    this.type = `multipart/form-data; boundary=${line}`
    const parts: (string | Buffer)[] = [`--${line}\r\nContent-Disposition: form-data; name="body"\r\nContent-Type: application/json\r\n\r\n${JSON.stringify(body)}\r\n`]
    for (const file of files) {
      parts.push(`--${line}\r\nContent-Disposition: form-data; name="files"; filename="${file.name}"\r\nContent-Type: ${file.type}\r\n\r\n`, file.bytes, '\r\n')
    }
    parts.push(`--${line}--\r\n`)
    this.bytes = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)))
  }
}
