// A collector's day, over the wire: on duty, a task, its answer, a report from the street.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import sharp from 'sharp'
import { caseIn, litter, onDuty, photo, spot } from '../../cases/testing.ts'
import { findPublicCase, reportCase, takeStep } from '../../cases/index.ts'
import { publicActor, systemActor, type Context, type StoredFile } from '../../kernel/index.ts'
import { findPersonByAccount } from '../../registry/index.ts'
import { as, inCity, withApp, type App } from '../../testing.ts'
import { reportFromStreet } from './report.ts'
import { answerMyTask, listMyTasks, showTask } from './tasks.ts'

const picture = (shade: number) =>
  sharp({ create: { width: 32, height: 24, channels: 3, background: { r: shade, g: 80, b: 70 } } })
    .jpeg()
    .toBuffer()

async function form(fields: Record<string, unknown>, shades: readonly number[]): Promise<FormData> {
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.append(name, String(value))
  for (const shade of shades) body.append('files', new Blob([new Uint8Array(await picture(shade))], { type: 'image/jpeg' }), `${shade}.jpg`)
  return body
}

const post = async (app: App, path: string, fields: Record<string, unknown>, shades: readonly number[] = []) =>
  app.fetchAs('collector01', path, { method: 'POST', body: await form(fields, shades) })

test(
  'a collector goes on duty, checks what was fixed, and finds it in the records',
  withApp(async (app) => {
    const position = await app.kernel.read({ actor: systemActor }, (ctx) => spot(ctx, '999902'))
    const duty = await app.fetchAs('collector01', '/api/collector/duty', { method: 'PUT', json: { onDuty: true, position } })
    assert.equal(((await duty.json()) as { onDuty: boolean }).onDuty, true)
    await app.kernel.transact({ actor: systemActor }, (ctx) => caseIn(ctx, 'checking'))

    const { items } = (await (await app.fetchAs('collector01', '/api/collector/tasks')).json()) as {
      items: { id: string; district: string; kind: string }[]
    }
    assert.deepEqual([items.length, items[0]!.kind], [1, 'check'])
    const { id, district } = items[0]!
    const task = await (await app.fetchAs('collector01', `/api/collector/tasks/${id}?district=${district}`)).json()
    assert.deepEqual([task.before.length, task.after.length, task.lamp], [0, 1, 'green'])
    assert.ok(task.closingCondition)

    const bare = await post(app, `/api/collector/tasks/${id}/answer`, { district, passed: true })
    assert.equal(((await bare.json()) as { code: string }).code, 'collector.photo-needed')
    const passed = await post(
      app,
      `/api/collector/tasks/${id}/answer`,
      { district, passed: true, lng: position[0], lat: position[1] },
      [10],
    )
    assert.equal(passed.status, 200, await passed.clone().text())
    assert.equal(((await passed.json()) as { state: string }).state, 'checked')

    const me = await (await app.fetchAs('collector01', '/api/collector/me')).json()
    assert.deepEqual([me.tasks, me.doneToday, me.duty.onDuty], [0, 1, true])
    const records = (await (await app.fetchAs('collector01', '/api/collector/history')).json()) as {
      items: { kind: string; passed: boolean }[]
    }
    assert.deepEqual(
      records.items.map(({ kind, passed: ok }) => [kind, ok]),
      [['check', true]],
    )
  }),
)

test(
  'a report from the street sent twice is one case, and one record',
  withApp(async (app) => {
    const [lng, lat] = await app.kernel.read({ actor: systemActor }, (ctx) => spot(ctx, '999902'))
    const report = { key: 'street-0123456789abcdef', category: '2026.m.06010', lng, lat, words: '垃圾散落' }
    const numbers = []
    for (const turn of [1, 2]) {
      const reply = await post(app, '/api/collector/reports', report, [turn])
      numbers.push(((await reply.json()) as { number: string }).number)
    }
    const { items } = (await (await app.fetchAs('collector01', '/api/collector/history')).json()) as { items: unknown[] }

    assert.match(numbers[0]!, /^\d{20}$/)
    assert.equal(numbers[0], numbers[1])
    assert.equal(items.length, 1)
  }),
)

test(
  'nobody without the post of a collector reaches a collector’s page',
  withApp(async (app) => {
    for (const path of ['/api/collector/me', '/api/collector/tasks', '/api/collector/history']) {
      assert.equal((await app.fetchAs(null, path)).status, 401)
      assert.equal((await app.fetchAs('dispatcher', path)).status, 403)
    }
  }),
)

/** Photos that are in the store, as the form reader gives them to a verb. */
const stored = async (ctx: Context, ...shades: number[]): Promise<StoredFile[]> =>
  Promise.all(
    shades.map(async (shade) => ({
      sha256: await photo(ctx, shade),
      name: 'p.png',
      type: 'image/png',
      bytes: 1,
      takenAt: null,
      position: null,
    })),
  )

const KEY = 'street-abcdef0123456789'

test(
  'what is put right on the spot goes no further, with a photo of before and one of after',
  inCity(async (ctx) => {
    const position = await spot(ctx, '999902')
    const collector = await onDuty(ctx, 'collector01', position)
    const report = { key: KEY, category: '2026.m.06010', position, selfDisposed: true }

    await assert.rejects(reportFromStreet(collector, report, await stored(ctx, 1)), { code: 'collector.two-photos-needed' })
    const { number, state } = await reportFromStreet(collector, report, await stored(ctx, 1, 2))
    const row = await findPublicCase(ctx, { number, district: number.slice(0, 6) })
    assert.deepEqual([state, row?.outcome, row?.source], ['self-disposed', 'self-disposed', 'collector'])
    assert.equal((await reportFromStreet(collector, report, await stored(ctx, 1, 2))).number, number)
  }),
)

test(
  'a report names the component that stands there and the condition that it meets',
  inCity(async (ctx) => {
    const position = await spot(ctx, '999902')
    const collector = await onDuty(ctx, 'collector01', position)
    const report = { key: KEY, category: '2026.m.06010', condition: '2026.m.06010.01', position, component: 'no such thing' }

    await assert.rejects(reportFromStreet(collector, report, await stored(ctx, 1)), { code: 'case.component-unknown' })
    const { number } = await reportFromStreet(collector, { ...report, component: undefined }, await stored(ctx, 1))
    const row = await findPublicCase(ctx, { number, district: number.slice(0, 6) })
    assert.deepEqual(row?.attributes, { channel: 'collector', condition: '2026.m.06010.01' })
  }),
)

test(
  'a report needs a photo, and the permit to report',
  inCity(async (ctx) => {
    const position = await spot(ctx, '999902')
    const report = { key: KEY, category: '2026.m.06010', position }

    await assert.rejects(reportFromStreet(await onDuty(ctx, 'collector01', position), report, []), { code: 'collector.photo-needed' })
    await assert.rejects(reportFromStreet(as(ctx, 'collector.work'), report, await stored(ctx, 1)), { code: 'access.permit-missing' })
    await assert.rejects(reportFromStreet({ ...ctx, actor: publicActor }, report, await stored(ctx, 1)), { code: 'access.sign-in-needed' })
  }),
)

test(
  'a task is its collector’s own: nobody else sees or answers it',
  inCity(async (ctx) => {
    const position = await spot(ctx, '999902')
    const collector = await onDuty(ctx, 'collector01', position)
    await caseIn(ctx, 'checking')
    const [task] = await listMyTasks(collector)
    const other = await findPersonByAccount(ctx, 'collector02')
    const stranger = as(ctx, { id: other!.id, permits: ['collector.work', 'case.check'] })

    assert.ok(task)
    assert.deepEqual(await listMyTasks(stranger), [])
    await assert.rejects(showTask(stranger, task.id, task.district), { code: 'collector.task-unknown' })
    await assert.rejects(answerMyTask(stranger, task.id, { district: task.district, passed: true }, await stored(ctx, 1)), {
      code: 'collector.task-unknown',
    })
  }),
)

test(
  'a check that fails sends the crew back, and must say why',
  inCity(async (ctx) => {
    const collector = await onDuty(ctx, 'collector01', await spot(ctx, '999902'))
    await caseIn(ctx, 'checking')
    const [task] = await listMyTasks(collector)
    const answer = { district: task!.district, passed: false }

    await assert.rejects(answerMyTask(collector, task!.id, answer, await stored(ctx, 1)), { code: 'case.step-needs' })
    assert.equal((await answerMyTask(collector, task!.id, { ...answer, note: '井盖仍松动' }, await stored(ctx, 1))).state, 'dispatched')
  }),
)

test(
  'a task shows what a citizen wrote without their phone',
  inCity(async (ctx) => {
    const position = await spot(ctx, '999902')
    const collector = await onDuty(ctx, 'collector01', position)
    const words = '2单元门口堆垃圾，电话13812342207'
    const { number, district } = await reportCase(ctx, await litter(ctx, { description: words, attributes: { guessed: true } }))
    await takeStep(ctx, { number, district }, { step: 'verify', note: '已电话联系 13812342207' })

    const [line] = await listMyTasks(collector)
    const task = await showTask(collector, line!.id, district)

    assert.equal(task.title, '2单元门口堆垃圾，电话***')
    assert.doesNotMatch(JSON.stringify(task), /13812342207/)
  }),
)
