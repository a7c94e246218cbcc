import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { sql } from 'kysely'
import { systemActor, type Kernel } from '../../../kernel/index.ts'
import { reportCase } from '../../../cases/index.ts'
import { withApp, type App } from '../../../testing.ts'
import { intake } from '../../intake.ts'
import { metric, register, ringOnce, somewhere } from '../../testing.ts'
import { keepEvents } from '../keep-events.ts'
import { keepFits } from '../keep-fits.ts'
import { BIN_MS } from '../rain.ts'
import { floodPoint } from '../testing.ts'
import { reportsStand } from './check.ts'
import { compose } from './compose.ts'
import type { AfterFigures, BeforeFigures, DuringFigures, ReportListed, ReportShown } from './contract.ts'
import { textOfDocx, textOfPdf } from './testing.ts'

const asHouse = { actor: systemActor }
const RAIN = metric({ code: 'rain', zh: '雨量', en: 'Rain', unit: 'mm', max: 60, period: 300 })
const LEVEL = metric({ unit: 'cm', max: 300 })

const json = async <T>(reply: Promise<Response>): Promise<T> => {
  const found = await reply
  assert.ok(found.ok, `${found.status} ${found.ok ? '' : await found.text()}`)
  return found.json() as Promise<T>
}

/** So many millimetres and centimetres in each five minutes after a moment, at two gauges and one point. */
async function say(kernel: Kernel, from: number, rain: readonly number[], level: readonly number[]): Promise<void> {
  const into = await kernel.read(asHouse, intake)
  const at = (i: number) => from + (i + 1) * BIN_MS
  const pieces = [
    ...rain.flatMap((mm, i) => [{ device: 'RG-1', metric: 'rain', at: at(i), value: mm }, { device: 'RG-2', metric: 'rain', at: at(i), value: mm / 2 }]),
    ...level.map((value, i) => ({ device: 'WL-1', metric: 'level', at: at(i), value })),
  ]
  assert.deepEqual((await into.take({ way: 'http', pieces, allows: () => true })).quarantined, [])
}

/** An hour of rain and an hour without, and the water of it: it rises four centimetres for each millimetre above two, and runs off. */
const STORM = Array.from({ length: 24 }, (_, i) => (i < 12 ? 2 + 2 * Math.min(i, 11 - i) : 0))
function waterOf(rain: readonly number[]): number[] {
  let cm = 0
  return rain.map((_, i) => Number((cm = cm * 0.9 + 1.2 * Math.max(0, (rain[i - 1] ?? 0) - 2)).toFixed(1)))
}

const make = (app: App, body: object) => json<ReportShown>(app.fetchAs('lead', '/api/flood/reports', { json: body }))

test('before, during and after a rain each report tells the figures that were measured, is issued once, and stays', withApp(async (app: App) => {
  const { kernel } = app
  await register(kernel, ['RG-1', 'RG-2', 'WL-1', 'WL-2'], [RAIN, LEVEL])
  for (const device of ['WL-1', 'WL-2']) await floodPoint(kernel, device)
  const past = Math.floor((+kernel.clock() - 30 * 12 * BIN_MS) / BIN_MS) * BIN_MS
  await say(kernel, past, [...STORM, ...Array.from({ length: 40 }, () => 0)], waterOf([...STORM, ...Array.from({ length: 40 }, () => 0)]))
  await kernel.transact(asHouse, keepEvents)
  await kernel.settle()
  await kernel.transact(asHouse, keepFits)

  // Before
  const before = await make(app, { kind: 'before', expected: { mm: 70, hours: 1, warning: 4 } })
  const forecast = before.figures as BeforeFigures
  assert.deepEqual([before.number, before.issued, forecast.points.map(({ device, refused }) => [device, refused])], [null, null, [['WL-1', null], ['WL-2', 'no-rain']]])
  assert.ok(forecast.points[0]!.peak!.value > 20 && forecast.points[0]!.reaches[0]!.minutes! < 60)
  assert.deepEqual([forecast.devices, forecast.unwell.map(({ device, state }) => `${device} ${state}`)], [4, ['RG-1 silent', 'RG-2 silent', 'WL-1 silent', 'WL-2 silent']])

  // During: three quarters of an hour into the next rain
  const now = Math.floor(+kernel.clock() / BIN_MS) * BIN_MS - 9 * BIN_MS
  const wet = STORM.slice(0, 9)
  await say(kernel, now, wet, waterOf(wet))
  await kernel.transact(asHouse, keepEvents)
  const alarm = await ringOnce(kernel, 'WL-1')
  const filed = await kernel.transact(asHouse, async (ctx) => {
    const { position } = await somewhere(ctx)
    const made = await reportCase(ctx, { source: 'sensor', category: '2026.m.06010', description: '积水', position })
    await sql`update alarm set case_number = ${made.number} where id = ${alarm.id}`.execute(ctx.db)
    return made
  })
  await kernel.settle()
  const during = await make(app, { kind: 'during' })
  const figures = during.figures as DuringFigures
  const fell = wet.reduce((sum, mm) => sum + mm, 0)
  assert.deepEqual(figures.stations.slice(0, 2).map(({ device, total, hour, most5 }) => [device, total, hour, most5]), [['RG-1', fell, fell, Math.max(...wet)], ['RG-2', fell / 2, fell / 2, Math.max(...wet) / 2]])
  assert.equal(figures.event?.most.total, fell)
  const [worst, other] = figures.points
  assert.deepEqual([worst!.device, worst!.level, worst!.course.at(-1)![1], other!.device, other!.silent], ['WL-1', waterOf(wet).at(-1), waterOf(wet).at(-1), 'WL-2', true])
  assert.deepEqual([figures.alarms.total, figures.alarms.listed[0]!.caseNumber, figures.cases.total, figures.cases.listed[0]!.number, figures.cases.closed], [1, filed.number, 1, filed.number, 0])

  // After: the rain of the day before, with what it brought
  const after = await make(app, { kind: 'after', event: new Date(past).toISOString() })
  const course = after.figures as AfterFigures
  const water = waterOf([...STORM, ...Array.from({ length: 40 }, () => 0)])
  const high = Math.max(...water)
  assert.deepEqual([course.event.beganAt, course.event.endedAt, course.event.most.total], [new Date(past).toISOString(), new Date(past + 12 * BIN_MS).toISOString(), STORM.reduce((sum, mm) => sum + mm, 0)])
  assert.deepEqual(course.points.map(({ device, peak, peakAt, above }) => [device, peak, peakAt, above]), [
    ['WL-1', high, new Date(past + (water.indexOf(high) + 1) * BIN_MS).toISOString(), [10, 15, 27, 40].map((limit) => 5 * water.filter((cm) => cm >= limit).length)],
  ])
  assert.deepEqual([course.unknown, course.alarms.total, course.learned, course.foretold.map(({ device, limit }) => [device, limit])], [1, 0, 1, [['WL-1', [10, 15, 27, 40].findLast((limit) => high >= limit)]]])
  assert.ok(course.foretold[0]!.foretoldAt! < course.foretold[0]!.reachedAt!)

  // Written, issued, and then left as it is
  const texts = { title: '城北积水处置情况', lead: '短时强降雨。', close: '封控下穿通道。' }
  const at = `/api/flood/reports/${during.id}`
  const write = (revision: number, account = 'lead') => app.fetchAs(account, `${at}/texts`, { method: 'PUT', json: { revision, texts } })
  assert.equal((await write(7)).status, 409)
  assert.equal((await write(1)).status, 200)
  assert.equal((await app.fetchAs('operator', `${at}/issue`, { json: { revision: 2 } })).status, 403)
  assert.equal((await app.fetchAs('handler-u0301', '/api/flood/reports')).status, 403)
  const issued = await json<ReportShown>(app.fetchAs('lead', `${at}/issue`, { json: { revision: 2 } }))
  assert.deepEqual([issued.number, issued.texts, issued.figures], [1, texts, during.figures])
  assert.deepEqual([(await write(2)).status, (await app.fetchAs('lead', `${at}/issue`, { json: { revision: 2 } })).status, (await app.fetchAs('lead', at, { method: 'DELETE' })).status], [409, 409, 409])
  for (const [format, read] of [['docx', textOfDocx], ['pdf', textOfPdf]] as const) {
    const file = Buffer.from(await (await app.fetchAs('lead', `${at}/file?format=${format}`, { headers: { 'accept-language': 'zh' } })).arrayBuffer())
    const said = (await read(file)).replaceAll(/\s/g, '')
    for (const words of ['内涝雨中快报', '第1期', texts.title, texts.close, filed.number, `最大RG-1${fell}毫米`]) assert.ok(said.includes(words), `${format}: ${words}`)
  }
  assert.equal((await app.fetchAs('lead', `/api/flood/reports/${before.id}`, { method: 'DELETE' })).status, 200)
  const { items } = await json<{ items: ReportListed[] }>(app.fetchAs('leader', '/api/flood/reports'))
  assert.deepEqual(items.map(({ kind, number }) => [kind, number]), [['after', null], ['during', 1]])

  const faults = () => kernel.read(asHouse, (ctx) => Array.fromAsync(reportsStand.run(ctx)))
  assert.deepEqual(await faults(), [])
  await kernel.transact(asHouse, (ctx) => sql`update flood_report set figures = jsonb_set(figures, '{stations,0,total}', '1') where id = ${during.id}`.execute(ctx.db))
  assert.equal((await faults()).length, 1)
}))

test('a rain that has stopped but is not judged to be over is told up to this moment, and one that still falls is not', withApp(async (app: App) => {
  const { kernel } = app
  await register(kernel, ['RG-1', 'RG-2', 'WL-1'], [RAIN, LEVEL])
  await floodPoint(kernel, 'WL-1')
  const began = Math.floor(+kernel.clock() / BIN_MS) * BIN_MS - 16 * BIN_MS
  await say(kernel, began, STORM.slice(0, 11), waterOf(STORM.slice(0, 16)))
  await kernel.transact(asHouse, keepEvents)
  const event = new Date(began).toISOString()

  const report = await make(app, { kind: 'after', event })
  const { event: rain, rain: bars, points } = report.figures as AfterFigures
  assert.deepEqual([rain.endedAt, rain.most.total, bars.length], [null, STORM.slice(0, 11).reduce((sum, mm) => sum + mm, 0), 11])
  assert.equal(points[0]!.peak, Math.max(...waterOf(STORM.slice(0, 16))))
  assert.match(JSON.stringify(compose(report, { language: 'zh', zone: 'Asia/Shanghai' }).blocks), /历时 55 分钟.*尚未判定结束/)

  await say(kernel, began + 15 * BIN_MS, [3], [])
  assert.equal((await app.fetchAs('lead', '/api/flood/reports', { json: { kind: 'after', event } })).status, 409)
  // What falls is told at once, not only after the next count.
  assert.equal(((await make(app, { kind: 'during' })).figures as DuringFigures).event?.most.total, rain.most.total + 3)
}))

test('there is no report of a rain that is not over, of none at all, or with a forecast where none belongs', withApp(async (app: App) => {
  const ask = async (body: object) => (await app.fetchAs('lead', '/api/flood/reports', { json: body })).status

  assert.deepEqual([await ask({ kind: 'after' }), await ask({ kind: 'during', expected: { mm: 5, hours: 1, warning: 0 } })], [404, 422])
  assert.equal((await app.fetchAs('lead', `/api/flood/reports/${randomUUID()}`)).status, 404)
  const { figures } = await make(app, { kind: 'during' })
  assert.deepEqual([figures.kind, (figures as DuringFigures).event, (figures as DuringFigures).points], ['during', null, []])
}))
