import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findHolders, type Context, type Position } from '../../kernel/index.ts'
import { dictionary } from '../../registry/index.ts'
import { as, inCity, later, withApp } from '../../testing.ts'
import { caseKey } from '../number.ts'
import { takeStep } from '../take-step.ts'
import type { CaseRow } from '../tables.ts'
import { being, caseIn, onDuty, photo, spot } from '../testing.ts'
import { cancelResponse, clickMark, moveResponder, receiveResponse, responsesFollow } from './advance.ts'
import type { ResponseBody } from './contract.ts'
import { orderResponses, proposeResponders } from './order.ts'
import { caseResponses, listResponses, myResponses, presentResponse, responseFigures } from './show.ts'
import type { CaseResponseTable } from './tables.ts'

const D = '999902'
const seconds = (ctx: Context, after: number) => later(ctx, new Date(+ctx.now + after * 1000))
const markOf = ({ marks }: ResponseBody, mark: string) => marks.find((each) => each.mark === mark)!

/** A case and a collector `metres` east of it, sent by 135. */
async function sent(ctx: Context, metres = 600): Promise<{ row: CaseRow; collector: Context; response: CaseResponseTable; at: (metres: number) => Promise<Position> }> {
  const row = await caseIn(ctx, 'reported')
  const collector = await onDuty(ctx, 'collector01', await spot(ctx, D, metres))
  const [response] = await orderResponses(ctx, row, { profile: '135', responders: [collector.actor.id] })
  return { row, collector, response: response!, at: (away) => spot(ctx, D, away) }
}

/** What the listener would hear of the steps that this test has taken. */
async function hearSteps(ctx: Context): Promise<void> {
  const events = ctx.outbox.events.filter(({ name }) => name === 'cases.stepped')
  await responsesFollow.hear(ctx, events.map(({ name, district, body }) => ({ name, district, body, at: ctx.now, position: '' })))
}

test('135 is measured from the receipt of the device to the geofence, without one tap', inCity(async (ctx) => {
  const { collector, response, at } = await sent(ctx)

  await receiveResponse(seconds(collector, 2), response)
  await moveResponder(seconds(collector, 40), await at(590), 8)
  await moveResponder(seconds(collector, 90), await at(400), 8)
  await moveResponder(seconds(collector, 280), await at(30), 8)

  const [mine] = (await myResponses(seconds(collector, 290))).items
  const taken = mine!.marks.filter(({ at: when }) => when !== null)
  assert.deepEqual(
    taken.map(({ mark, at: when, how, late }) => [mark, (Date.parse(when!) - +ctx.now) / 1000, how, late]),
    [
      ['received', 2, 'measured', false],
      ['left', 90, 'measured', false],
      ['arrived', 280, 'measured', false],
    ],
  )
  assert.deepEqual(ctx.outbox.events.filter(({ name }) => name === 'cases.responded').map(({ body }) => (body as { what: string }).what), ['ordered', 'received', 'left', 'arrived'])
}))

test('a tap far from the place is a word, shown as such, until the device arrives; late is late', inCity(async (ctx) => {
  const { collector, response, at } = await sent(ctx)

  await clickMark(seconds(collector, 100), response, 'arrived')
  const said = await presentResponse(ctx, (await moveResponder(seconds(collector, 120), await at(500), 8), await clickMark(seconds(collector, 130), response, 'accepted')))
  await moveResponder(seconds(collector, 400), await at(10), 8)
  const [measured] = (await myResponses(seconds(collector, 401))).items

  assert.deepEqual([markOf(said, 'arrived').how, markOf(said, 'arrived').late], ['clicked', false])
  assert.deepEqual([markOf(measured!, 'arrived').how, markOf(measured!, 'arrived').late], ['measured', true])
  assert.equal(Date.parse(markOf(measured!, 'arrived').claimedAt!) - +ctx.now, 100_000)
  await assert.rejects(clickMark(seconds(collector, 410), response, 'arrived'), { code: 'case.mark-taken' })
}))

test('a disposal finishes the response of the crew, measured by its photo', inCity(async (ctx) => {
  const row = await caseIn(ctx, 'dispatched')
  const holder = (await findHolders(ctx, 'case.respond')).find(({ unit }) => unit !== '' && unit.startsWith(row.unitPath!))
  const crew = { ...ctx, actor: { ...ctx.actor, id: holder!.id } }
  const { items } = await proposeResponders(ctx, row)
  const [response] = await orderResponses(ctx, row, { profile: '103060', responders: [holder!.id] })
  await receiveResponse(seconds(crew, 5), response!)

  await takeStep(seconds(ctx, 1800), caseKey(row.number), { step: 'dispose', files: [await photo(ctx)] })
  await hearSteps(seconds(ctx, 1801))

  const [shown] = (await caseResponses(ctx, row)).items
  assert.ok(items.some(({ id }) => id === holder!.id))
  assert.deepEqual([shown?.result, markOf(shown!, 'finished').how, markOf(shown!, 'finished').late], ['finished', 'measured', false])
  assert.equal(markOf(shown!, 'left').late, true)
}))

test('a case that ends otherwise closes its responses', inCity(async (ctx) => {
  const { row } = await sent(ctx)

  const [reason] = await dictionary(ctx, 'decline-reason')
  await takeStep(seconds(ctx, 60), caseKey(row.number), { step: 'decline', reason: reason!.code })
  await hearSteps(seconds(ctx, 61))

  assert.equal((await caseResponses(ctx, row)).items[0]?.result, 'closed')
}))

test('the nearest on duty are proposed, nobody twice, and nobody who may not', inCity(async (ctx) => {
  const { row, collector } = await sent(ctx, 300)
  await onDuty(ctx, 'collector02', await spot(ctx, D, 100))
  const operator = await being(ctx, 'operator')

  const { items } = await proposeResponders(ctx, row)

  assert.deepEqual(items.slice(0, 2).map(({ metres, running }) => [Math.round(metres! / 10) * 10, running]), [
    [100, false],
    [300, true],
  ])
  await assert.rejects(orderResponses(ctx, row, { profile: '135', responders: [collector.actor.id] }), { code: 'case.response-running' })
  await assert.rejects(orderResponses(ctx, row, { profile: '135', responders: [operator.actor.id] }), { code: 'case.responder-unfit' })
}))

test('a response is its responder’s own, and is called off by a dispatcher', inCity(async (ctx) => {
  const { response, row } = await sent(ctx)
  const other = await being(ctx, 'collector02')

  await assert.rejects(receiveResponse(other, response), { code: 'case.response-unknown' })
  await assert.rejects(clickMark(other, response, 'arrived'), { code: 'case.response-unknown' })
  await assert.rejects(moveResponder(as(ctx, 'case.read'), await spot(ctx, D), 5), { code: 'access.permit-missing' })
  await assert.rejects(orderResponses(as(ctx, 'case.read'), row, { profile: '135', responders: [other.actor.id] }), { code: 'access.permit-missing' })
  await assert.rejects(orderResponses(as(ctx, { permits: ['case.read', 'case.dispatch'], region: '999903' }), row, { profile: '135', responders: [other.actor.id] }), { code: 'case.unknown' })
  await assert.rejects(cancelResponse(as(ctx, 'case.read'), response), { code: 'access.permit-missing' })
  assert.equal((await cancelResponse(ctx, response)).result, 'cancelled')
  await assert.rejects(cancelResponse(ctx, response), { code: 'case.response-ended' })
}))

test('figures count what was measured, what was late, and how long it took', inCity(async (ctx) => {
  const { collector, response, at } = await sent(ctx)
  await receiveResponse(seconds(collector, 4), response)
  await moveResponder(seconds(collector, 400), await at(10), 8)

  const [figures] = (await responseFigures(seconds(ctx, 500), {})).items.filter(({ profile }) => profile === '135')
  const arrived = figures!.marks.find(({ mark }) => mark === 'arrived')!
  const elsewhere = as(ctx, { permits: ['case.read'], region: '110101' })

  assert.deepEqual([figures?.responses, figures?.running], [1, 1])
  assert.deepEqual([arrived.came, arrived.measured, arrived.late, arrived.p50Ms], [1, 1, 1, 400_000])
  assert.equal((await responseFigures(elsewhere, {})).items.reduce((sum, each) => sum + each.responses, 0), 0)
  assert.equal((await listResponses(elsewhere, {})).items.length, 0)
  assert.equal((await listResponses(ctx, { running: true })).items.length, 1)
}))

test('over the wire: ordered by the dispatcher, received and measured by the collector’s own page', withApp(async ({ kernel, fetchAs }) => {
  const system = { id: 'system', kind: 'system', name: '', grants: [] } as const
  const position = await kernel.read({ actor: system }, (ctx) => spot(ctx, D))
  const report = { category: '2026.m.06010', description: '垃圾', source: 'hotline', position, key: 'response-wire-1' }
  const { number } = await (await fetchAs('operator', '/api/cases', { json: report })).json()
  await fetchAs('collector01', '/api/collector/duty', { method: 'PUT', json: { onDuty: true, position: [position[0] + 0.01, position[1]] } })
  const { items } = await (await fetchAs('dispatcher', `/api/cases/${number}/responders`)).json()

  const order = await fetchAs('dispatcher', `/api/cases/${number}/responses`, { json: { profile: '135', responders: [items[0].id] } })
  const { items: mine } = await (await fetchAs('collector01', '/api/responses/mine')).json()
  const received = await (await fetchAs('collector01', `/api/responses/${D}/${mine[0].id}/receipt`, { method: 'PUT' })).json()
  await fetchAs('collector01', '/api/collector/position', { method: 'PUT', json: { position, accuracy: 6 } })
  const { items: shown } = await (await fetchAs('dispatcher', `/api/cases/${number}/responses`)).json()

  assert.equal(order.status, 200, await order.clone().text())
  assert.equal(markOf(received, 'received').how, 'measured')
  assert.deepEqual([markOf(shown[0], 'arrived').how, markOf(shown[0], 'left').how], ['measured', 'measured'])
  assert.equal((await fetchAs('operator', `/api/cases/${number}/responses`, { json: { profile: '135', responders: [items[0].id] } })).status, 403)
  assert.equal((await fetchAs('operator', '/api/responses/mine')).status, 403)
}))
