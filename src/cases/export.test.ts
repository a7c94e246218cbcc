import assert from 'node:assert/strict'
import { test } from 'node:test'
import { getCityFacts } from '../atlas/index.ts'
import { readSheet, type Context } from '../kernel/index.ts'
import { as, inCity, later } from '../testing.ts'
import { exportCases, exportProceedings } from './export.ts'
import { listProceedings, proceedingFigures } from './ledger.ts'
import { takeAct } from './take-act.ts'
import { takeStep } from './take-step.ts'
import { caseIn } from './testing.ts'
import type { CaseFilter, ProceedingFilter } from './contract.ts'

const HOUR = 3_600_000
const person = (ctx: Context, nth: number): Context => ({ ...ctx, actor: { ...ctx.actor, id: `00000000-0000-7000-8000-00000000030${nth}` } })

async function rowsOf(ctx: Context, made: Promise<AsyncIterable<unknown>>) {
  const bytes = Buffer.concat((await Array.fromAsync(await made)) as Buffer[])
  const [head, ...rows] = await Array.fromAsync(readSheet(bytes, (await getCityFacts(ctx)).zone))
  return rows.map(({ cells }) => Object.fromEntries(head!.cells.map((name, i) => [name as string, cells[i] ?? null])))
}
const casesOf = (ctx: Context, filter: CaseFilter, language: 'zh' | 'en' = 'zh') => rowsOf(ctx, exportCases(ctx, filter, language))
const ledgerOf = (ctx: Context, filter: ProceedingFilter) => rowsOf(ctx, exportProceedings(ctx, filter, 'zh'))

test('the list of cases is exported as it is filtered, with whole numbers and true times, in the reader’s language', inCity(async (ctx) => {
  const row = await caseIn(ctx, 'dispatched')
  await takeStep(ctx, row, { step: 'urge', note: '请抓紧' })
  await caseIn(ctx, 'accepted')

  assert.equal((await casesOf(ctx, {})).length, 2)
  const [only, ...others] = await casesOf(ctx, { having: 'urges' })
  assert.deepEqual(others, [])
  assert.deepEqual([only!['案件号'], only!['状态'], only!['催办'], only!['上报']], [row.number, '处置中', 1, row.reportedAt])
  assert.equal((await casesOf(ctx, { state: 'dispatched' }, 'en'))[0]!['State'], 'Dispatched')
}))

test('nobody exports what lies in another region', inCity(async (ctx) => {
  await caseIn(ctx, 'dispatched')
  assert.deepEqual(await casesOf(as(ctx, { permits: ['case.read'], region: '999903' }), {}), [])
  assert.deepEqual(await ledgerOf(as(ctx, { permits: ['case.read'], region: '999903' }), {}), [])
}))

test('the ledger of a procedure says what was asked, what became of it and whether it was decided in time', inCity(async (ctx) => {
  const [first, second] = [await caseIn(ctx, 'dispatched'), await caseIn(ctx, 'dispatched')]
  for (const row of [first, second]) await takeAct(person(ctx, 1), row, { procedure: 'extend', act: 'open', reason: 'works', note: '工程量大' })
  await takeAct(person(ctx, 2), first, { procedure: 'extend', act: 'grant' })
  const late = later(person(ctx, 2), new Date(+ctx.now + 20 * 24 * HOUR))
  await takeAct(late, second, { procedure: 'extend', act: 'refuse', note: '理由不足' })

  const kind = 'extend'
  const { opened, granted, refused, late: lateOnes, waiting, meanSeconds } = await proceedingFigures(late, { kind })
  assert.deepEqual([opened, granted, refused, lateOnes, waiting, meanSeconds], [2, 1, 1, 1, 0, 10 * 24 * 3600])
  const rows = await ledgerOf(late, { kind })
  assert.deepEqual(rows.map((row) => [row['案件号'], row['结果'], row['逾期'], row['说明']]).toSorted(), [
    [first.number, '同意', null, '工程量大'],
    [second.number, '不同意', '是', '工程量大'],
  ].toSorted())
  assert.equal((await listProceedings(late, { kind, result: 'refused' }, {})).items.length, 1)
}))
