import assert from 'node:assert/strict'
import { test } from 'node:test'
import { caseKey, reportCase, takeStep } from '../cases/index.ts'
import { being, caseIn, litter, onDuty, spot, usualSteps } from '../cases/testing.ts'
import { as, inCity, later, TODAY } from '../testing.ts'
import { putRule, putSettings, putTemplate, USUAL_SETTINGS } from './book.ts'
import { arriveDue, gatherDue } from './arrive.ts'
import { messagesOnce } from './checks.ts'
import type { RuleBody } from './contract.ts'
import { messagesHeard } from './hear.ts'
import { countUnread, markRead, myMessages } from './inbox.ts'
import { listOutbox } from './outbox.ts'
import { SHIPPED_RULES } from './shipped-rules.ts'
import { allMessages, newsIn, reaching, tellAll } from './testing.ts'

const PHONE = '10000009999'
const reporter = { name: '王小明', phone: PHONE }

const faults = (ctx: Parameters<typeof messagesOnce.run>[0]) => Array.fromAsync(messagesOnce.run(ctx))

test('who reported hears that it was accepted, with number, query word and link, and hears it once', inCity(async (given) => {
  const ctx = reaching(given)
  const { number, district, queryWord } = await reportCase(ctx, await litter(ctx, { reporter }))
  await takeStep(ctx, { number, district }, { step: 'accept' })

  const { events, rows } = await tellAll(ctx)
  await messagesHeard.hear(ctx, events)

  const [sms] = rows.filter(({ receiver }) => receiver === 'reporter')
  assert.deepEqual([sms?.rule, sms?.channel, sms?.address, sms?.state], ['reporter-accepted', 'sms', PHONE, 'held'], 'without a gateway it stands in the outbox')
  assert.match(sms!.words!.zh.body, new RegExp(`已受理，编号 ${number}。查询码 ${queryWord}，进度 https://city\\.example/progress/${number}\\?word=${queryWord}`))
  assert.equal((await allMessages(ctx)).length, rows.length, 'heard twice, told once')
  assert.deepEqual(await faults(ctx), [])
}))

test('nobody is told of a report that nobody left a number for', inCity(async (given) => {
  const ctx = reaching(given)
  const { number, district } = await reportCase(ctx, await litter(ctx))
  await takeStep(ctx, { number, district }, { step: 'accept' })

  assert.deepEqual((await tellAll(ctx)).rows, [])
}))

test('a unit finds what was sent to it in its list, unread, and reads it once', inCity(async (given) => {
  const ctx = reaching(given)
  const row = await caseIn(ctx, 'dispatched')
  const { rows } = await tellAll(ctx)
  const mine = rows.find(({ rule }) => rule === 'dispatched')!
  const handler = as(ctx, { id: mine.receiver, permits: ['messages.read'] })

  const { items } = await myMessages(handler, {})
  assert.deepEqual(items.map((item) => [item.number, item.about, item.readAt]), [[row.number, 'dispatch', null]])
  assert.match(items[0]!.words.zh.subject, /^新派遣：暴露垃圾/)
  assert.deepEqual(await countUnread(handler), { unread: 1 })
  assert.deepEqual(await markRead(handler, { ids: [mine.id] }), { done: 1 })
  assert.deepEqual(await markRead(handler, { ids: [mine.id] }), { done: 0 })
  assert.deepEqual(await countUnread(handler), { unread: 0 })
  assert.deepEqual((await myMessages(as(ctx, 'messages.read'), {})).items, [], 'another person sees none of it')
}))

test('whoever has something new is woken, and nobody else', inCity(async (given) => {
  const ctx = reaching(given)
  await caseIn(ctx, 'dispatched')
  const before = ctx.outbox.events.length
  const { rows } = await tellAll(ctx)

  const told = ctx.outbox.events.slice(before).filter(({ name }) => name === 'messages.arrived')
  const arrived = rows.filter(({ channel }) => channel === 'app').map(({ receiver }) => receiver)
  assert.deepEqual(told.map(({ body }) => (body as { to: string[] }).to.toSorted()), [[...new Set(arrived)].toSorted()])
}))

test('a collector hears of a task', inCity(async (given) => {
  const ctx = reaching(given)
  const collector = await onDuty(ctx, 'collector01', await spot(ctx, '999902'))
  const { number, district } = await reportCase(ctx, await litter(ctx))
  await takeStep(ctx, { number, district }, { step: 'verify', collector: collector.actor.id })

  const { rows } = await tellAll(ctx)
  assert.deepEqual(rows.map(({ rule, receiver, kind, about }) => [rule, receiver, kind, about]), [['task-given', collector.actor.id, 'task', 'verify']])
}))

/** A case whose disposal limit has run out, as the lamps’ job tells of it. */
async function redCase(ctx: Parameters<typeof caseIn>[0]) {
  const row = await caseIn(ctx, 'dispatched')
  const from = ctx.outbox.events.length
  const { number, district, state, clock } = row
  const place = { region: row.community!, unit: row.unitPath!, category: row.category }
  ctx.outbox.events.push({ name: 'cases.lamp-changed', district, body: { number, district, lamp: 'red', at: ctx.now.toISOString(), state, clock, place } })
  return { row, ...(await tellAll(ctx, from)) }
}

test('a red lamp is told to the unit’s leader and the shift lead at once, and to the city’s leader a working day later', inCity(async (given) => {
  const ctx = reaching(given)
  const { rows } = await redCase(ctx)
  const of = (rule: string) => rows.filter((row) => row.rule === rule && row.channel === 'app')

  assert.ok(of('lamp-red').length > 0 && of('lamp-red').every(({ state }) => state === 'sent'))
  assert.ok(of('lamp-red-lead').length > 0)
  const [leader] = of('lamp-red-day')
  assert.deepEqual([leader!.state, leader!.dueAt.toISOString()], ['waiting', new Date(+TODAY + 86_400_000).toISOString()], 'Wednesday at ten, so Thursday at ten')

  await arriveDue(later(ctx, new Date(+leader!.dueAt - 1)))
  assert.deepEqual(await countUnread(as(ctx, { id: leader!.receiver, permits: ['messages.read'] })), { unread: 0 })
  await arriveDue(later(ctx, leader!.dueAt))
  assert.deepEqual(await countUnread(as(ctx, { id: leader!.receiver, permits: ['messages.read'] })), { unread: 1 })
}))

test('a chain of escalation ends when the case moves on', inCity(async (given) => {
  const ctx = reaching(given)
  const { row } = await redCase(ctx)
  const from = ctx.outbox.events.length
  const [, , , dispose] = await usualSteps(ctx, row)
  await takeStep(ctx, caseKey(row.number), dispose!)
  const { rows } = await tellAll(ctx, from)

  const chain = rows.filter(({ rule }) => rule === 'lamp-red-day')
  assert.ok(chain.length > 0 && chain.every(({ state }) => state === 'stopped'), chain.map(({ state }) => state).join())
}))

test('what happened in the same batch and was overtaken in it is never told', inCity(async (given) => {
  const ctx = reaching(given)
  const row = await caseIn(ctx, 'dispatched')
  const from = ctx.outbox.events.length
  const { number, district, state, clock } = row
  const place = { region: row.community!, unit: row.unitPath!, category: row.category }
  ctx.outbox.events.push({ name: 'cases.lamp-changed', district, body: { number, district, lamp: 'red', at: ctx.now.toISOString(), state, clock, place } })
  const [, , , dispose] = await usualSteps(ctx, row)
  await takeStep(ctx, caseKey(number), dispose!)

  const { rows } = await tellAll(ctx, from)
  assert.deepEqual(rows.filter(({ rule }) => rule === 'lamp-red-day'), [])
}))

test('by night a citizen is not disturbed, and an urgent message still goes', inCity(async (given) => {
  const night = new Date('2026-06-10T23:00:00+08:00')
  const ctx = later(reaching(given), night)
  const { number, district } = await reportCase(ctx, await litter(ctx, { reporter }))
  await takeStep(ctx, { number, district }, { step: 'accept' })
  const { rows } = await tellAll(ctx)
  assert.deepEqual(rows.map(({ dueAt }) => dueAt.toISOString()), [new Date('2026-06-11T07:00:00+08:00').toISOString()])

  const accepted = SHIPPED_RULES.find(({ code }) => code === 'reporter-accepted')!
  const { code: _, ...body } = accepted
  await putRule(ctx, 'reporter-accepted', { ...(body as unknown as RuleBody), urgent: true })
  const from = ctx.outbox.events.length
  const other = await reportCase(ctx, await litter(ctx, { reporter }))
  await takeStep(ctx, other, { step: 'accept' })
  const urgent = (await tellAll(ctx, from)).rows.find((row) => row.number === other.number)
  assert.equal(+urgent!.dueAt, +night)
}))

test('what is gathered is told together at the hour of the digest', inCity(async (given) => {
  const ctx = reaching(given)
  const closed = SHIPPED_RULES.find(({ code }) => code === 'closed')!
  const { code: _, ...body } = closed
  await putRule(ctx, 'closed', { ...(body as unknown as RuleBody), enabled: true })
  await putSettings(ctx, { ...USUAL_SETTINGS, digestAt: ['17:30'] })
  const cases = [await caseIn(ctx, 'closed'), await caseIn(ctx, 'closed', { position: await spot(ctx, '999902', 20) })]
  const { rows } = await tellAll(ctx)
  const parts = rows.filter(({ rule }) => rule === 'closed')
  assert.ok(parts.length >= 2 && parts.every(({ state }) => state === 'gathering'))

  const evening = later(ctx, new Date('2026-06-10T17:30:00+08:00'))
  await gatherDue(evening)
  await gatherDue(evening)

  const digests = (await allMessages(ctx)).filter(({ kind }) => kind === 'digest')
  assert.equal(digests.length, new Set(parts.map(({ receiver }) => receiver)).size)
  for (const { number } of cases) assert.ok(digests[0]!.words!.zh.body.includes(number))
  assert.ok((await allMessages(ctx)).filter(({ rule }) => rule === 'closed').every(({ state, digest }) => state === 'gathered' && digest !== null))
  assert.deepEqual(await faults(ctx), [])
}))

test('what is a week old is told to nobody: a room that is new in an old city keeps quiet of its past', inCity(async (given) => {
  const ctx = reaching(given)
  await caseIn(ctx, 'dispatched', { reporter })
  const events = newsIn(ctx).filter(({ name }) => messagesHeard.hears.includes(name))

  await messagesHeard.hear(later(ctx, new Date(+TODAY + 8 * 86_400_000)), events)
  assert.deepEqual(await allMessages(ctx), [])
}))

test('the outbox covers numbers, names and query words', inCity(async (given) => {
  const ctx = reaching(given)
  const { number, district, queryWord } = await reportCase(ctx, await litter(ctx, { reporter }))
  await takeStep(ctx, { number, district }, { step: 'accept' })
  await tellAll(ctx)

  const { items } = await listOutbox(ctx, { number })
  assert.deepEqual(items.map(({ name, address }) => [name, address]), [['王**', '100****9999']])
  assert.ok(!JSON.stringify(items).includes(queryWord), JSON.stringify(items[0]!.words))
}))

test('a template that names what there is not is refused with its place, and stays as it was', inCity(async (ctx) => {
  const body = { name: { zh: '派遣', en: 'Sent' }, reader: 'staff' as const, zh: { subject: '{categorie}', body: '{queryWord}' }, en: { subject: 'x', body: 'y' } }

  await assert.rejects(putTemplate(ctx, 'dispatched', body), (fault: { code: string; faults: { at: string }[] }) => {
    assert.equal(fault.code, 'messages.template-faulty')
    assert.deepEqual(fault.faults.map(({ at }) => at), ['zh.subject', 'zh.body'])
    return true
  })
}))

test('a template of the city’s own is used by the next message', inCity(async (given) => {
  const ctx = reaching(given)
  await putTemplate(ctx, 'reporter-accepted', {
    name: { zh: '受理', en: 'Accepted' },
    reader: 'reporter',
    zh: { subject: '好', body: '{city}：{number} 收到' },
    en: { subject: 'Good', body: '{number}' },
  })
  const { number, district } = await reportCase(ctx, await litter(ctx, { reporter }))
  await takeStep(ctx, { number, district }, { step: 'accept' })

  const { rows } = await tellAll(ctx)
  assert.equal(rows[0]!.words!.zh.body, `示范市：${number} 收到`)
}))

for (const { rule, at } of [
  { rule: { template: 'nowhere' }, at: 'template' },
  { rule: { template: 'reporter-closed' }, at: 'template' },
  { rule: { audience: 'reporter', template: 'reporter-closed', channels: ['app'] }, at: 'channels' },
  { rule: { digest: true, urgent: true }, at: 'digest' },
] as { rule: Partial<RuleBody>; at: string }[]) {
  test(`a rule is refused for its ${at}: ${JSON.stringify(rule)}`, inCity(async (ctx) => {
    const { code: _, ...usual } = SHIPPED_RULES.find(({ code }) => code === 'urged')!
    const body = { ...(usual as unknown as RuleBody), urgent: false, ...rule }

    await assert.rejects(putRule(ctx, 'own-rule', body), { code: 'messages.rule-faulty' })
  }))
}

test('whoever manages one district arranges nothing for the city', inCity(async (ctx) => {
  const manager = as(ctx, { permits: ['messages.manage'], region: '999902' })

  await assert.rejects(putSettings(manager, USUAL_SETTINGS), { code: 'access.permit-missing' })
  await assert.rejects(listOutbox(manager, {}), { code: 'access.permit-missing' })
}))

test('personal data of a description are covered in what is told to a unit', inCity(async (given) => {
  const ctx = reaching(given)
  await caseIn(ctx, 'dispatched', { description: '请联系 13812345678，我是张三，京A12345 停在门口' })

  const { rows } = await tellAll(ctx)
  assert.ok(rows.length > 0)
  assert.ok(!JSON.stringify(rows).includes('13812345678'))
  assert.ok((await being(ctx, 'dispatcher')).actor.id)
}))
