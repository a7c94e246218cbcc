import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { cityKernel, inCity } from '../../testing.ts'
import { systemActor, type Context, type Kernel } from '../../kernel/index.ts'
import { casesFold, lampsRight } from '../checks.ts'
import { readSteps } from '../store.ts'
import { spot } from '../testing.ts'
import { own, type CaseRow } from '../tables.ts'
import { importCases } from './import-cases.ts'
import type { Mapping } from './mapping.ts'
import { readStepsOfImport } from './read-steps.ts'
import { beginImport, takeBatch } from './take-batch.ts'
import type { HistoryRow } from '../history-columns.ts'

const base: HistoryRow = {
  source: 'hotline',
  category: '2026.m.06010',
  district: '999902',
  description: '垃圾堆放',
  reported_at: '2026-05-06T08:30:00+08:00',
}

let serial = 0
const row = (more: Partial<HistoryRow>): HistoryRow => ({ ...base, key: `k${++serial}`, ...more })
const take = (ctx: Context, ...rows: HistoryRow[]) => takeBatch(ctx, beginImport('test'), rows.map((one, i) => ({ line: i + 2, row: one })))
const at = (day: string) => `2026-05-${day}:00+08:00`

const newest = async (ctx: Context): Promise<CaseRow> =>
  (await own(ctx)
    .selectFrom('caseFile')
    .innerJoin('caseOrigin', 'caseOrigin.number', 'caseFile.number')
    .selectAll('caseFile')
    .where('caseOrigin.system', '=', 'test')
    .where('caseOrigin.key', '=', `k${serial}`)
    .executeTakeFirstOrThrow()) as unknown as CaseRow

const faults = async (ctx: Context) => [...(await Array.fromAsync(casesFold.run(ctx))), ...(await Array.fromAsync(lampsRight.run(ctx)))]

const full: Partial<HistoryRow> = {
  condition: '2026.m.06010.01',
  unit: 'U01',
  accepted_at: at('06T08:40'),
  established_at: at('06T08:50'),
  dispatched_at: at('06T09:00'),
  disposed_at: at('06T10:00'),
  checked_at: at('06T11:00'),
  closed_at: at('06T11:10'),
}

for (const { what, columns, state, steps } of [
  { what: 'only reported', columns: {}, state: 'reported', steps: 'report' },
  { what: 'declined', columns: { declined_at: at('06T09:00'), reason: 'duplicate' }, state: 'declined', steps: 'report decline' },
  { what: 'disposed of on the spot', columns: { self_disposed_at: at('06T09:00') }, state: 'self-disposed', steps: 'report self-dispose' },
  {
    what: 'verified first',
    columns: { verified_at: at('06T09:00'), established_at: at('06T09:10') },
    state: 'established',
    steps: 'report verify verified establish',
  },
  { what: 'closed', columns: full, state: 'closed', steps: 'report accept establish dispatch dispose check pass close' },
  {
    what: 'returned and reworked',
    columns: { ...full, returned_at: at('06T08:55'), reworked_at: at('06T09:30'), rating: '4' },
    state: 'closed',
    steps: 'report accept establish dispatch return dispatch dispose check rework dispose check pass close rate',
  },
  { what: 'voided', columns: { voided_at: at('07T09:00'), established_at: at('06T09:00') }, state: 'voided', steps: 'report establish void' },
  { what: 'known only by its end', columns: { closed_at: at('08T09:00') }, state: 'closed', steps: 'report establish dispatch dispose close' },
] as const) {
  test(`a past case that was ${what} keeps its own times`, inCity(async (ctx) => {
    const { taken, refused } = await take(ctx, row(columns))
    assert.deepEqual([taken, refused], [1, []])

    const stored = await newest(ctx)
    const history = await readSteps(ctx, stored)
    assert.equal(stored.state, state)
    assert.deepEqual(history.map(({ step }) => step).join(' '), steps)
    assert.deepEqual(stored.reportedAt, new Date(base.reported_at!))
    assert.match(stored.number, /^99990220260506\d{6}$/)
    assert.deepEqual(await faults(ctx), [])
  }))
}

test('the source’s own deadline is kept, and says whether the disposal was late', inCity(async (ctx) => {
  await take(ctx, row({ dispatched_at: at('06T09:00'), due_at: at('06T10:00'), closed_at: at('06T10:01') }))
  const late = await newest(ctx)
  assert.deepEqual([late.disposeDueAt, late.disposedLate], [new Date(at('06T10:00')), true])

  await take(ctx, row({ dispatched_at: at('06T09:00'), closed_at: at('09T10:01') }))
  const free = await newest(ctx)
  assert.deepEqual([free.disposeDueAt, free.disposedLate, free.lamp], [null, null, 'grey'])
}))

test('an open case of the past has the lamp of today, and a red one is told of', inCity(async (ctx) => {
  await take(ctx, row({ dispatched_at: at('06T09:00'), due_at: at('06T10:00') }))
  const open = await newest(ctx)

  assert.deepEqual([open.state, open.lamp, open.nextTurnAt], ['dispatched', 'red', null])
  const told = ctx.outbox.events.map(({ name }) => name)
  assert.deepEqual(told, ['cases.imported', 'cases.lamp-changed'])
  assert.deepEqual(await faults(ctx), [])
}))

test('a position says where a case lies; without one its district does', inCity(async (ctx) => {
  const [lng, lat] = await spot(ctx, '999903')
  await take(ctx, row({ district: '', longitude: String(lng), latitude: String(lat) }))
  const placed = await newest(ctx)
  assert.equal(placed.district, '999903')
  assert.ok(placed.cell?.startsWith('999903'))

  await take(ctx, row({}))
  const unplaced = await newest(ctx)
  assert.deepEqual([unplaced.district, unplaced.lng, unplaced.community], ['999902', null, null])
}))

test('the same key twice changes nothing', inCity(async (ctx) => {
  const one = row(full)
  assert.equal((await take(ctx, one)).taken, 1)
  const before = await newest(ctx)
  const again = await take(ctx, { ...one, description: '别的' })

  assert.deepEqual([again.taken, again.repeated, again.refused], [0, 1, []])
  assert.deepEqual(await newest(ctx), before)
}))

for (const { because, more, column } of [
  { because: 'its category is unknown', more: { category: '2026.m.99999' }, column: 'category' },
  { because: 'its source is unknown', more: { source: 'rumour' }, column: 'source' },
  { because: 'its unit is unknown', more: { unit: 'U999' }, column: 'unit' },
  { because: 'its condition belongs to another category', more: { condition: '2026.m.01001.01' }, column: 'condition' },
  { because: 'its district is unknown', more: { district: '110101' }, column: 'district' },
  { because: 'it says neither district nor position', more: { district: '' }, column: 'district' },
  { because: 'it lies in the future', more: { reported_at: '2099-01-01T00:00:00Z' }, column: 'reported_at' },
  { because: 'someone is unknown', more: { handler: 'nobody' }, column: 'handler' },
  { because: 'a photo is not in the store', more: { photos: 'a'.repeat(64) }, column: 'photos' },
  { because: 'its times go back', more: { established_at: at('07T09:00'), dispatched_at: at('06T09:00') }, column: 'dispatched_at' },
] as const) {
  test(`a row is refused because ${because}, and the others are taken`, inCity(async (ctx) => {
    const { taken, refused } = await take(ctx, row({}), row(more), row({}))

    assert.equal(taken, 2)
    assert.deepEqual(refused.map(({ line, faults: [fault] }) => [line, fault!.column]), [[3, column]])
  }))
}

test('the steps of an import can be read batch by batch, case by case', inCity(async (ctx) => {
  await take(ctx, row(full), row({}), row({ district: '999903' }))
  const { batch } = ctx.outbox.events[0]!.body as { batch: string }
  const steps = (await Array.fromAsync(readStepsOfImport(ctx, { batch, district: '999902' }))).flat()

  assert.equal(steps.length, 9)
  assert.deepEqual(steps.map(({ ordinal }) => ordinal), [1, 2, 3, 4, 5, 6, 7, 8, 1])
}))

// ── Files

const folder = mkdtempSync(join(tmpdir(), 'chengyun-import-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const mapping: Mapping = {
  system: `files-${process.pid}`,
  zone: 'America/New_York',
  dates: 'YYYY-MM-DD HH:mm:ss',
  columns: {
    key: 'id',
    source: { from: 'source', values: { Call: 'hotline' }, otherwise: 'department' },
    category: { constant: '2026.m.06010' },
    district: { constant: '999903' },
    description: { from: ['title', 'type'], join: ' · ' },
    unit: { constant: 'U01' },
    reported_at: 'open',
    dispatched_at: 'open',
    due_at: 'target',
    closed_at: 'closed',
  },
}

const table = [
  'id,open,target,closed,title,type,source',
  '1,2011-07-01 01:32:33,2011-07-15 01:32:32,2011-07-01 05:06:58,"Lights, out",Street,Call',
  '2,2011-07-01 02:00:00,,,Pothole,Street,App',
  '3,yesterday,,,Broken,Street,Call',
  '4,2011-11-06 01:30:00,2011-11-05 01:30:00,,Late,Street,Call',
  '2,2011-07-01 02:00:00,,,Twice,Street,App',
  '5,2011-07-02 02:00:00,,2011-07-01 02:00:00,"Back in\ntime",Street,App',
].join('\r\n')

const steps = async (kernel: Kernel) =>
  kernel.read({ actor: systemActor }, async (ctx) => (await sql<{ n: number }>`select count(*)::int as n from case_step`.execute(ctx.db)).rows[0]!.n)

test('a file is taken row by row; what cannot be taken is told and written out; a second time changes nothing', async () => {
  const kernel = await cityKernel()
  const file = join(folder, 'past.csv.gz')
  writeFileSync(file, gzipSync(`﻿${table}\r\n`))
  const refused = join(folder, 'refused.csv')

  const first = await importCases(kernel, { file, mapping, refused, language: 'en', atOnce: 2 })
  const after = await steps(kernel)
  const again = await importCases(kernel, { file, mapping, atOnce: 4 })

  assert.deepEqual([first.rows, first.taken, first.repeated, first.refused], [6, 3, 0, 3])
  assert.deepEqual([again.rows, again.taken, again.repeated, again.refused], [6, 0, 4, 2])
  assert.equal(await steps(kernel), after)
  assert.deepEqual(first.first.map(({ line, reason }) => [line, reason.split(' ')[0]]), [[4, 'reported_at'], [6, 'key'], [8, 'closed_at']])
  const written = readFileSync(refused, 'utf8')
  assert.match(written, /^refused_line,refused_reason,id,open/)
  assert.match(written, /"Back in\ntime"/)
  const past = await kernel.read({ actor: systemActor }, (ctx) =>
    own(ctx).selectFrom('caseOrigin').innerJoin('caseFile', 'caseFile.number', 'caseOrigin.number').select(['key', 'reportedAt', 'disposedLate', 'lamp', 'description']).where('system', '=', mapping.system).orderBy('key').execute(),
  )
  assert.deepEqual(past.map(({ key, reportedAt, disposedLate, lamp }) => [key, reportedAt.toISOString(), disposedLate, lamp]), [
    ['1', '2011-07-01T05:32:33.000Z', false, 'grey'],
    ['2', '2011-07-01T06:00:00.000Z', null, 'grey'],
    ['4', '2011-11-06T05:30:00.000Z', null, 'red'],
  ])
})

test('a mapping that cannot be read is refused before a row is', async () => {
  const kernel = await cityKernel()
  const file = join(folder, 'mapping.json')
  writeFileSync(file, '{ "system": ')

  await assert.rejects(importCases(kernel, { file: 'none.csv', mapping: file }), { code: 'case.mapping-damaged' })
  await assert.rejects(importCases(kernel, { file: 'none.csv', mapping: { ...mapping, zone: 'Mars' } }), { code: 'case.mapping-damaged' })
})

test('a file that is not there, or breaks off, fails and leaves what was taken whole', async () => {
  const kernel = await cityKernel()
  await assert.rejects(importCases(kernel, { file: join(folder, 'none.csv'), mapping }), /ENOENT/)
  const broken = join(folder, 'broken.csv.gz')
  writeFileSync(broken, gzipSync(table).subarray(0, 60))
  await assert.rejects(importCases(kernel, { file: broken, mapping: { ...mapping, system: 'broken' } }))
})
