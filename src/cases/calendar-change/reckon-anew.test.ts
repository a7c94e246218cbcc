import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { wallText, type Context } from '../../kernel/index.ts'
import { calendarBody, calendarChanged, workingCalendar } from '../../registry/index.ts'
import { listCalendars, publishCalendar, showCalendar } from '../../registry/change-calendar.ts'
import { as, inCity, later, withApp } from '../../testing.ts'
import { casesFold, lampsRight } from '../checks.ts'
import { readCase, readSteps } from '../store.ts'
import { caseIn, spot } from '../testing.ts'
import { limitsRight } from './limits-right.ts'
import { listMoves, listRuns, previewCalendar } from './preview.ts'
import { beginRun, reckonAnew, reckonBatch } from './reckon-anew.ts'

const DISTRICT = '999902'
/** Mornings off: what was reported at ten has until half past two. */
const AFTERNOONS = { hours: [['14:00', '18:00']] as [string, string][], holidays: 'CN' as const, days: [] }

/** Publishes a calendar as it is heard of by every process. */
async function publish(ctx: Context, edit: typeof AFTERNOONS) {
  const { version: base } = await calendarBody(ctx)
  const made = await publishCalendar(ctx, { ...edit, base, note: '试行下午办公' })
  ctx.caches.drop(calendarChanged.name)
  return made
}

async function reckonAll(ctx: Context, version: number, atOnce?: number): Promise<number> {
  await beginRun(ctx, version, DISTRICT)
  let batches = 1
  while (await reckonBatch(ctx, { version, district: DISTRICT }, atOnce)) batches++
  return batches
}

test('another calendar moves open cases alone, each by a step of the platform, and every row is still the fold of its steps', inCity(async (ctx) => {
  const open = await caseIn(ctx, 'reported', { position: await spot(ctx, DISTRICT) })
  const closed = await readCase(ctx, await caseIn(ctx, 'closed'))
  const before = await previewCalendar(ctx, AFTERNOONS)

  const { version } = await publish(ctx, AFTERNOONS)
  const stale = await Array.fromAsync(limitsRight.run(ctx))
  await reckonAll(ctx, version)

  const moved = (await readCase(ctx, open))!
  const [last] = (await readSteps(ctx, open)).slice(-1)
  const { items } = await listMoves(ctx, { version })
  assert.equal(wallText(open.dueAt!), '2026-06-10 10:30')
  assert.equal(wallText(moved.dueAt!), '2026-06-10 14:30')
  assert.deepEqual([last?.step, last?.actorId, last?.fromState, last?.toState], ['recalculated', 'system', 'reported', 'reported'])
  assert.deepEqual(await readCase(ctx, closed!), closed)
  assert.deepEqual(before.items.find(({ number }) => number === open.number), items.find(({ number }) => number === open.number))
  assert.equal(before.moved, items.length)
  assert.ok(ctx.outbox.entries.some(({ act }) => act === 'registry.calendar-published'))
  assert.ok(ctx.outbox.entries.some(({ act, subject }) => act === 'case.recalculated' && subject === open.number))
  assert.ok(stale.some((line) => line.includes(open.number)))
  for (const check of [casesFold, lampsRight, limitsRight]) assert.deepEqual(await Array.fromAsync(check.run(ctx)), [])
}))

test('a run that was broken off goes on where it stood, and twice moves nothing again', inCity(async (ctx) => {
  for (let i = 0; i < 5; i++) await caseIn(ctx, 'reported', { position: await spot(ctx, DISTRICT, i) })
  const { version } = await publish(ctx, AFTERNOONS)
  await beginRun(ctx, version, DISTRICT)
  await reckonBatch(ctx, { version, district: DISTRICT }, 2)

  const batches = await reckonAll(ctx, version, 2)
  const again = await reckonBatch(ctx, { version, district: DISTRICT }, 2)

  const [run] = (await listRuns(ctx)).items.filter(({ district }) => district === DISTRICT)
  assert.ok(batches > 1)
  assert.equal(again, undefined)
  assert.equal(run?.moved, (await listMoves(ctx, { version })).items.length)
  assert.ok(run?.endedAt)
}))

test('a version published while the one before it is still being reckoned is not forgotten', inCity(async (ctx) => {
  const queued = async () => {
    const { rows } = await sql<{ version: number }>`
      select (j.payload->>'version')::int as version from graphile_worker._private_jobs j
        join graphile_worker._private_tasks t on t.id = j.task_id
       where t.identifier = ${reckonAnew.name} and j.payload->>'district' = ${DISTRICT}`.execute(ctx.db)
    return rows.map(({ version }) => version)
  }
  const { version: first } = await publish(ctx, AFTERNOONS)
  await beginRun(ctx, first, DISTRICT)
  const { version: second } = await publish(ctx, { ...AFTERNOONS, hours: [['15:00', '18:00']] })
  await beginRun(ctx, second, DISTRICT)

  await reckonAnew.run(ctx, { version: first, district: DISTRICT })

  assert.ok((await queued()).includes(second))
}))

test('a second look finds what was reckoned by the old calendar meanwhile', inCity(async (ctx) => {
  const { version } = await publish(ctx, AFTERNOONS)
  await reckonAll(ctx, version)
  // A process that has not heard of the change yet.
  const late = await caseIn(ctx, 'reported')
  await sql`update case_file set due_at = ${new Date('2026-06-10T10:30:00+08:00')} where number = ${late.number}`.execute(ctx.db)

  await reckonBatch(ctx, { version, district: DISTRICT, again: '' })

  assert.equal(wallText((await readCase(ctx, late))!.dueAt!), '2026-06-10 14:30')
  assert.ok((await listMoves(ctx, { version })).items.some(({ number }) => number === late.number))
}))

test('a lamp that had turned red turns back where the day turns out to be off', inCity(async (ctx) => {
  const open = await caseIn(ctx, 'reported')
  const evening = later(ctx, new Date('2026-06-10T12:30:00+08:00'))
  const { version } = await publish(evening, AFTERNOONS)

  await reckonAll(evening, version)

  assert.equal((await readCase(ctx, open))!.lamp, 'green')
}))

test('a preview writes nothing', inCity(async (ctx) => {
  const open = (await readCase(ctx, await caseIn(ctx, 'reported')))!
  const { version } = await calendarBody(ctx)

  const preview = await previewCalendar(ctx, AFTERNOONS)

  assert.ok(preview.moved > 0 && preview.later > 0)
  assert.deepEqual(await readCase(ctx, open), open)
  assert.equal((await calendarBody(ctx)).version, version)
  assert.equal((await workingCalendar(ctx)).hours.length, 2)
}))

test('versions are kept, and who edits an old one is told', inCity(async (ctx) => {
  const { version: base } = await calendarBody(ctx)
  await publish(ctx, AFTERNOONS)

  await assert.rejects(publishCalendar(ctx, { ...AFTERNOONS, base, note: '再改' }), { code: 'registry.calendar-moved' })
  const [newest, older] = (await listCalendars(ctx)).items
  assert.deepEqual([newest?.version, newest?.note, newest?.minutesADay], [base + 1, '试行下午办公', 240])
  assert.equal(older?.version ?? 0, base)
  assert.deepEqual((await showCalendar(ctx, base + 1)).edit.hours, AFTERNOONS.hours)
}))

for (const { edit, because } of [
  { edit: { ...AFTERNOONS, hours: [['14:00', '13:00']] as [string, string][] }, because: 'its hours run backwards' },
  { edit: { ...AFTERNOONS, days: [{ date: '2026-06-31', off: true }] }, because: 'June has no 31st' },
]) {
  test(`a calendar is refused where ${because}`, inCity(async (ctx) => {
    const { version: base } = await calendarBody(ctx)

    await assert.rejects(publishCalendar(ctx, { ...edit, base, note: '错' }), { code: 'registry.calendar-broken' })
    await assert.rejects(previewCalendar(ctx, edit), { code: 'registry.calendar-broken' })
  }))
}

test('the calendar is the whole city’s: nobody keeps it for a district, and nobody without the permit', inCity(async (ctx) => {
  const { version: base } = await calendarBody(ctx)
  for (const other of [as(ctx, 'registry.edit'), as(ctx, { permits: ['registry.calendar'], region: DISTRICT })]) {
    await assert.rejects(publishCalendar(other, { ...AFTERNOONS, base, note: '改' }), { code: 'access.permit-missing' })
    await assert.rejects(previewCalendar(other, AFTERNOONS), { code: 'access.permit-missing' })
    await assert.rejects(listMoves(other, { version: 1 }), { code: 'access.permit-missing' })
  }
}))

test('the system administrator publishes a calendar, and the open cases follow by themselves', withApp(async ({ kernel, fetchAs }) => {
  const spotted = { category: '2026.m.06010', description: '垃圾', source: 'hotline' }
  const position = await kernel.read({ actor: { id: 'system', kind: 'system', name: '', grants: [] } }, (ctx) => spot(ctx, DISTRICT))
  const { number } = await (await fetchAs('operator', '/api/cases', { json: { ...spotted, position, key: 'calendar-change-1' } })).json()
  const due = async () => (await (await fetchAs('operator', `/api/cases/${number}`)).json()).brief.clock.dueAt as string
  const before = await due()
  const { version: base } = await (await fetchAs(null, '/api/calendar')).json()
  const far = { hours: [['03:00', '03:01']], days: [] }

  const preview = await fetchAs('sysadmin', '/api/calendar/preview', { json: far })
  const made = await fetchAs('sysadmin', '/api/calendar/versions', { json: { ...far, base, note: '试' } })

  assert.equal(preview.status, 200, await preview.clone().text())
  assert.equal(made.status, 200, await made.clone().text())
  assert.equal((await fetchAs('operator', '/api/calendar/preview', { json: far })).status, 403)
  for (let i = 0; i < 300 && (await due()) === before; i++) await new Promise((done) => setTimeout(done, 100))
  assert.notEqual(await due(), before)
}))
