// The room's SQL as it would run on a database spread over several machines: its tables partitioned by district, where
// every hot statement must read and write one partition of each.

import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { sql } from 'kysely'
import { as, inCity } from '../testing.ts'
import { clientOf, type Context } from '../kernel/index.ts'
import { inShadow } from '../kernel/database/shadow.ts'
import { answerTask } from './answer-task.ts'
import { caseDetail } from './detail.ts'
import { listCases } from './list.ts'
import { caseMap } from './map.ts'
import { rateCase } from './query-word.ts'
import { reportCase } from './report.ts'
import { cases } from './room.ts'
import { readReporter } from './store.ts'
import { takeStep } from './take-step.ts'
import { myTasks } from './tasks.ts'
import { being, caseIn, litter, LITTER, photo } from './testing.ts'
import { todo, todoCounts } from './todo.ts'
import { turnLamps } from './turn-lamps.ts'

/** A test over empty partitioned tables of this room, beside those of the city. */
const inShadowCity = (body: (ctx: Context) => Promise<void>) =>
  inCity(async (ctx) => {
    const client = clientOf(ctx.db)
    await client.query('create schema shadow; set local search_path = shadow, public')
    for (const file of readdirSync(cases.migrations!).toSorted()) {
      await client.query(inShadow(readFileSync(new URL(file, cases.migrations), 'utf8'), cases.tables!))
    }
    await body(ctx)
  })

interface Statement {
  text: string
  values: unknown[]
}

/** The statements on this room's tables that `act` sends. */
async function heard(ctx: Context, act: () => Promise<unknown>): Promise<Statement[]> {
  const client = clientOf(ctx.db)
  const statements: Statement[] = []
  const query = client.query
  client.query = ((first: Statement | string, ...rest: unknown[]) => {
    if (typeof first === 'object' && /\bcase_|"case_/.test(first.text)) statements.push({ text: first.text, values: first.values ?? [] })
    return (query as (...all: unknown[]) => unknown).call(client, first, ...rest)
  }) as typeof client.query
  try {
    await act()
  } finally {
    client.query = query
  }
  assert.ok(statements.length > 0, 'nothing was asked of the tables of this room')
  return statements
}

/** Which partitions of each table a statement touches. */
async function touched(ctx: Context, { text, values }: Statement): Promise<Map<string, Set<string>>> {
  const { rows } = await clientOf(ctx.db).query({ text: `explain (costs off) ${text}`, values })
  const plan = rows.map((row: Record<string, string>) => row['QUERY PLAN']).join('\n')
  const tables = new Map<string, Set<string>>()
  for (const [name, table] of plan.matchAll(/\b(case_[a-z]+)_shadow_\d\b/g)) tables.set(table!, (tables.get(table!) ?? new Set()).add(name))
  return tables
}

async function demandOnePartition(ctx: Context, act: () => Promise<unknown>): Promise<void> {
  let seen = 0
  for (const statement of await heard(ctx, act)) {
    for (const [table, partitions] of await touched(ctx, statement)) {
      seen += partitions.size
      assert.equal(partitions.size, 1, `${table} is touched in ${partitions.size} partitions by: ${statement.text}`)
    }
  }
  assert.ok(seen > 0, 'no plan names a partition')
}

const inDistrict = (ctx: Context, permits: string[]): Context => as(ctx, { permits, region: '999902' })

test('a case lives its whole life within one partition', inShadowCity(async (ctx) => {
  const collector = await being(ctx, 'collector01')
  const row = await caseIn(ctx, 'dispatched')
  const files = [await photo(ctx)]
  const handler = { ...ctx, actor: { ...ctx.actor, id: 'someone' } }

  await demandOnePartition(ctx, () => takeStep(handler, row, { step: 'dispose', files }))
  await demandOnePartition(ctx, () => takeStep(ctx, row, { step: 'check', collector: collector.actor.id }))
  const [mine] = await myTasks(collector)
  await demandOnePartition(ctx, () => answerTask(collector, mine!.task, { passed: true, files }))
  await demandOnePartition(ctx, () => takeStep(ctx, row, { step: 'close' }))
  const { queryWord } = (await readReporter(ctx, row))!
  await demandOnePartition(ctx, () => rateCase(ctx, row.number, queryWord, 5))
}))

test('what someone of one district sees comes from one partition', inShadowCity(async (ctx) => {
  const row = await caseIn(ctx, 'dispatched')
  const reader = inDistrict(ctx, ['case.read', 'case.accept', 'case.establish', 'case.dispose'])

  await demandOnePartition(ctx, () => listCases(reader, {}))
  await demandOnePartition(ctx, () => listCases(reader, { state: 'dispatched', source: 'hotline', category: LITTER }))
  await demandOnePartition(ctx, () => listCases(reader, { number: row.number }))
  await demandOnePartition(ctx, () => listCases(reader, { text: '生活垃圾' }))
  await demandOnePartition(ctx, () => todo(reader, {}))
  await demandOnePartition(ctx, () => todoCounts(reader))
  await demandOnePartition(ctx, () => caseMap(reader, { box: '-180,-90,180,90' }))
  await demandOnePartition(ctx, () => caseDetail(reader, row))
}))

test('a search by number asks the district of the number alone', inShadowCity(async (ctx) => {
  const row = await caseIn(ctx, 'reported')
  await demandOnePartition(ctx, () => listCases(ctx, { number: row.number }))
}))

test('lamps are turned district by district', inShadowCity(async (ctx) => {
  await reportCase(ctx, await litter(ctx))
  await demandOnePartition(ctx, () => turnLamps({ ...ctx, now: new Date(+ctx.now + 3_600_000) }))
}))

test('a key without the district is refused', inShadowCity(async (ctx) => {
  await assert.rejects(sql`create unique index twice on case_file (number)`.execute(ctx.db), /partition/)
}))
