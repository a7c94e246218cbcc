import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { beginImport, casesImported, caseStepped, takeBatch } from '../../cases/index.ts'
import { inCity } from '../../testing.ts'
import { keepPublicFacts } from './hear.ts'

test('a past case that people closed before its import was heard of is counted once', inCity(async (ctx) => {
  const row = { key: 'k1', source: 'hotline', category: '2026.m.06010', district: '999902', description: '垃圾', reported_at: '2026-06-08T08:30:00+08:00' }
  await takeBatch(ctx, beginImport('test'), [{ line: 2, row }])
  const imported = ctx.outbox.events.find(({ name }) => name === casesImported.name)!
  const { rows } = await sql<{ number: string; district: string }>`
    select number, district from case_origin where system = 'test'`.execute(ctx.db)
  const { number, district } = rows[0]!
  await sql`
    insert into case_step (number, ordinal, district, step, from_state, to_state, actor_id, actor_name, address, taken_at, files, changes)
    values (${number}, 2, ${district}, 'close', 'reported', 'closed', 'a', 'a', '127.0.0.1', ${ctx.now}, '[]', '{}')`.execute(ctx.db)
  const stepped = { number, district, ordinal: 2, step: 'close', fromState: 'reported', toState: 'closed', at: ctx.now.toISOString(), changes: {} }
  const heard = (name: string, body: unknown) => ({ position: '1', name, district, at: ctx.now, body })

  await keepPublicFacts.hear(ctx, [heard(imported.name, imported.body), heard(caseStepped.name, stepped)])

  const sums = await sql<{ reported: number; closed: number }>`
    select sum(reported)::int as reported, sum(closed)::int as closed from public_tally where district = ${district}`.execute(ctx.db)
  assert.deepEqual(sums.rows[0], { reported: 1, closed: 1 })
}))
