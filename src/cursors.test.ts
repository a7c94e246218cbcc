// Cursors are opaque, and some will still build them by hand: whatever is in one, it is refused and never fails in the database.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { rooms } from './app.ts'
import { createAccount } from './kernel/access/accounts.ts'
import { startSession } from './kernel/access/session.ts'
import type { TSchema } from './kernel/contract.ts'
import { sampleOf } from './kernel/http/sample.ts'
import { createHttp, systemActor } from './kernel/index.ts'
import { sql } from 'kysely'
import { cityKernel } from './testing.ts'

const paged = rooms
  .flatMap((room) => room.routes ?? [])
  .map(({ endpoint }) => endpoint)
  .filter(({ query }) => (query as { properties?: Record<string, TSchema> } | undefined)?.properties?.cursor)

let app: FastifyInstance
let cookie: string
before(async () => {
  const kernel = await cityKernel()
  app = createHttp(kernel)
  await app.ready()
  await kernel.transact({ actor: systemActor }, async (ctx) => {
    const account = await createAccount(ctx, { account: 'who.may.all', name: '全', password: null })
    const permits = rooms.flatMap((room) => Object.keys(room.permits ?? {}))
    await sql`insert into role (code, zh, en, permits) values ('who-may-all', '全', 'All', ${permits}::text[])`.execute(ctx.db)
    await sql`insert into access_grant values (${account.id}, 'who-may-all', '', '', '')`.execute(ctx.db)
    cookie = `chengyun_session=${await startSession(ctx, account, 'test')}`
  })
})
after(() => app.close())

const built = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64url')
const CURSORS = [
  'zz',
  Buffer.from('null').toString('base64url'),
  ...[1, 2, 3].flatMap((length) => ['x', '99999999999999999999', '+275760-01-01T00:00:00.000Z', 'a\0b', 1].map((part) => built(...Array(length).fill(part)))),
]

for (const endpoint of paged) {
  test(`${endpoint.method} ${endpoint.path} takes no cursor that is not its own`, async () => {
    const query = { ...(sampleOf(endpoint.query) as Record<string, string>), ...(endpoint.path.endsWith('/cube') && { by: 'district' }) }
    for (const cursor of CURSORS) {
      const reply = await app.inject({ url: `${endpoint.path}?${new URLSearchParams({ ...query, cursor })}`, headers: { cookie } })

      assert.ok(reply.statusCode === 400 || reply.statusCode === 200, `${cursor}: ${reply.statusCode} ${reply.body}`)
    }
  })
}

test('there are pages to ask for', () => assert.ok(paged.length > 5))
