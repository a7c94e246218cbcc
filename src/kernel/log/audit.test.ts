import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { record, type Context } from '../context.ts'
import { auditHolds, findAuditEntries } from './audit.ts'
import { startSealer } from './seal.ts'
import { asHouse, seeded, withLog, type Node } from './testing.ts'

const act = (node: Node, name: string, detail: unknown = {}) =>
  node.transact(asHouse, async (ctx) => record(ctx, name, 'subject', '999901', detail))

async function faults(node: Node): Promise<string[]> {
  const found: string[] = []
  await node.transact(asHouse, async (ctx: Context) => {
    for await (const fault of auditHolds.run(ctx)) found.push(fault)
  })
  return found
}

/** Acts of several writers, sealed by two nodes at the same time. */
async function sealedTrail(node: Node, other: Node): Promise<void> {
  const random = seeded(7)
  const sealers = [startSealer(node), startSealer(other)]
  const writer = async () => {
    for (let i = 0; i < 15; i++) {
      await act(node, random() < 0.5 ? 'case.close' : 'case.dispatch', { note: '已修复', n: i })
      if (random() < 0.3) await sealers[i % 2]!.sealNow()
    }
  }
  await Promise.all([writer(), writer(), writer(), writer()])
  for (const sealer of sealers) await sealer.sealNow()
  for (const sealer of sealers) await sealer.stop()
}

test('a trail sealed by two nodes under many writers holds', withLog([], async ({ node }) => {
  const one = node()
  await sealedTrail(one, node())

  const { rows } = await sql<{ entries: number; seals: number }>`
    select sum(entries)::int as entries, count(*)::int as seals from audit_seal`.execute(one.db)
  assert.deepEqual(await faults(one), [])
  assert.equal(rows[0]!.entries, 60)
  assert.ok(rows[0]!.seals > 3)
}))

for (const { tampering, names, because } of [
  {
    because: 'one byte of a note was changed',
    tampering: `update audit_entry set detail = jsonb_set(detail, '{note}', '"已修複"') where seq = 17`,
    names: /does not fit/,
  },
  {
    because: 'a time was moved by a microsecond',
    tampering: `update audit_entry set at = at + interval '1 microsecond' where seq = 17`,
    names: /does not fit/,
  },
  { because: 'another name was written', tampering: `update audit_entry set actor_name = 'x' where seq = 17`, names: /does not fit/ },
  { because: 'an entry was removed', tampering: 'delete from audit_entry where seq = 17', names: /was set on/ },
  {
    because: 'an entry was slipped in',
    tampering: `insert into audit_entry select 100000, epoch, xid, at, act, subject, district, actor_id, actor_kind, actor_name, address,
                request_id, detail from audit_entry where seq = 17`,
    names: /was set on/,
  },
  { because: 'a seal was removed', tampering: 'delete from audit_seal where number = 2', names: /seals from 2 to 2 are missing/ },
  {
    because: 'the newest seal was removed',
    tampering: 'delete from audit_seal where number = (select max(number) from audit_seal)',
    names: /are missing/,
  },
  {
    because: 'a digest was changed',
    tampering: `update audit_seal set digest = repeat('0', 64) where number = 2`,
    names: /seal 2 does not fit/,
  },
]) {
  test(`the chain finds that ${because}`, withLog([], async ({ node }) => {
    const one = node()
    await sealedTrail(one, node())
    await one.pool.query(tampering)

    const found = await faults(one)

    assert.ok(found.some((fault) => names.test(fault)), found.join('\n'))
  }))
}

test('the chain goes on after the database was restored on a cluster with lower transaction ids', withLog([], async ({ node }) => {
  const one = node()
  await sealedTrail(one, node())
  await act(one, 'case.void')
  await sql`update audit_entry set xid = (xid::text::numeric + 1000000000)::text::xid8 where act = 'case.void'`.execute(one.db)
  const { raiseEpoch } = await import('./window.ts')
  await raiseEpoch(one.db)
  await act(one, 'case.report')
  const sealer = startSealer(one)
  await sealer.sealNow()
  await sealer.stop()

  const { rows } = await sql<{ entries: number }>`select sum(entries)::int as entries from audit_seal`.execute(one.db)
  assert.deepEqual(await faults(one), [])
  assert.equal(rows[0]!.entries, 62)
}))

test('the trail is read newest first, by actor, act and subject', withLog([], async ({ node }) => {
  const one = node()
  await act(one, 'case.report')
  await act(one, 'case.close')
  await act(one, 'access.sign-in')

  const ctx = { db: one.db }
  assert.deepEqual((await findAuditEntries(ctx, {}, undefined, 2)).map((entry) => entry.act), ['access.sign-in', 'case.close'])
  assert.deepEqual((await findAuditEntries(ctx, { act: 'case.' }, undefined, 9)).map((entry) => entry.act), ['case.close', 'case.report'])
  assert.deepEqual(await findAuditEntries(ctx, { actor: 'nobody' }, undefined, 9), [])
}))
