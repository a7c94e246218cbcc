// Orders of other systems: once each, in their datum, by their categories, with a verdict for every one.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { spot } from '../../../cases/testing.ts'
import { caseKey, takeStep } from '../../../cases/index.ts'
import { toBd09, toGcj02, type Context } from '../../../kernel/index.ts'
import { as, inCity, withApp } from '../../../testing.ts'
import { heldGroups, siftGroup } from '../held.ts'
import type { OrderBody } from './contract.ts'
import { orderStatus } from './order-status.ts'
import { toWgs84 } from './place.ts'
import { listCategories, listSystems, putCategory, putSystem } from './systems.ts'
import { takeOrder, takeOrders } from './take-order.ts'

const SYSTEM = { name: '12345 热线', source: 'hotline', datum: 'wgs84', most: 600, active: true } as const

const machine = (ctx: Context, id = 'key-one', permits = ['hotline.orders', 'case.report']): Context => {
  const { actor } = as(ctx, { id, permits })
  return { ...ctx, actor: { ...actor, kind: 'machine' } }
}

const order = async (ctx: Context, more: Partial<OrderBody> = {}): Promise<OrderBody> => ({
  theirs: 'GD-0001',
  description: '小区门口垃圾没人收',
  position: await spot(ctx, '999902') as [number, number],
  ...more,
})

const metres = (a: readonly number[], b: readonly number[]) => Math.hypot(a[0]! - b[0]!, a[1]! - b[1]!) * 111_320

test('positions of map providers come back to within a metre', () => {
  const at: [number, number] = [116.3195, 40.0012]

  assert.ok(metres(toWgs84([...toGcj02(at)] as [number, number], 'gcj02'), at) < 1)
  assert.ok(metres(toWgs84([...toBd09(at)] as [number, number], 'bd09'), at) < 1)
  assert.deepEqual(toWgs84(at, 'wgs84'), at)
  assert.ok(metres(toGcj02(at), at) > 300, 'undeclared it would lie streets away')
})

test(
  'an order is taken once, however often it is sent, and stands under the name of its system',
  inCity(async (ctx) => {
    await putSystem(ctx, 'h12345', SYSTEM)
    const at = machine(ctx)
    const first = await takeOrder(at, 'h12345', await order(ctx, { reporter: { name: '王某', phone: '13812342207' } }))
    const again = await takeOrder(at, 'h12345', await order(ctx, { description: '又发了一遍', position: await spot(ctx, '999903') as [number, number] }))

    assert.deepEqual([again.number, again.repeated, first.repeated, first.guessed], [first.number, true, false, true])
    const { rows } = await sql<{ system: string; body: object }>`
      select c.system, o.body from case_origin c join outside_order o on o.number = c.number where c.number = ${first.number}`.execute(ctx.db)
    assert.equal(rows[0]!.system, 'order:h12345')
    assert.ok(!JSON.stringify(rows[0]!.body).includes('13812342207'), 'who reported is kept once, with the case')
  }),
)

test(
  'their categories map to ours; what is not mapped is guessed and listed first',
  inCity(async (ctx) => {
    await putSystem(ctx, 'h12345', SYSTEM)
    const at = machine(ctx)
    const guessed = await takeOrder(at, 'h12345', await order(ctx, { category: 'A0103', categoryName: '市容环卫' }))
    assert.deepEqual((await listCategories(ctx, 'h12345', {})).items.map(({ theirs, name, category, seen }) => [theirs, name, category, seen]), [['A0103', '市容环卫', null, 1]])
    await putCategory(ctx, { system: 'h12345', theirs: 'A0103', category: '2026.m.06013' })
    const mapped = await takeOrder(at, 'h12345', await order(ctx, { theirs: 'GD-0002', category: 'A0103' }))

    const { rows } = await sql<{ number: string; category: string }>`select number, category from case_file where number in (${guessed.number}, ${mapped.number})`.execute(ctx.db)
    assert.equal(rows.find(({ number }) => number === guessed.number)!.category, '2026.m.06010')
    assert.equal(rows.find(({ number }) => number === mapped.number)!.category, '2026.m.06013')
    await assert.rejects(putCategory(ctx, { system: 'h12345', theirs: 'A0103', category: '2026.m.99999' }), { code: 'registry.category-unknown' })
  }),
)

test(
  'one key speaks for a system, and no other; an administrator may let another',
  inCity(async (ctx) => {
    await putSystem(ctx, 'h12345', SYSTEM)
    await takeOrder(machine(ctx), 'h12345', await order(ctx))
    const other = machine(ctx, 'key-two')

    await assert.rejects(takeOrder(other, 'h12345', await order(ctx, { theirs: 'GD-2' })), { code: 'hotline.system-of-another' })
    await assert.rejects(orderStatus(other, 'h12345', 'GD-0001'), { code: 'hotline.system-of-another' })
    assert.equal((await listSystems(ctx)).items[0]!.bound, true)
    await putSystem(ctx, 'h12345', { ...SYSTEM, unbind: true })
    assert.equal((await takeOrder(other, 'h12345', await order(ctx, { theirs: 'GD-2' }))).repeated, false)
    await putSystem(ctx, 'h12345', { ...SYSTEM, active: false })
    await assert.rejects(takeOrder(other, 'h12345', await order(ctx, { theirs: 'GD-3' })), { code: 'hotline.system-unknown' })
    await assert.rejects(takeOrder(other, 'nobody', await order(ctx)), { code: 'hotline.system-unknown' })
  }),
)

for (const { more, code, because } of [
  { more: { position: [10, 10] }, code: 'hotline.outside-city', because: 'a position elsewhere' },
  { more: { position: undefined }, code: 'hotline.place-needed', because: 'no place at all' },
  { more: { position: undefined, address: '不存在的路 99999 号' }, code: 'hotline.place-needed', because: 'an address that nobody knows' },
  { more: { links: ['javascript:alert(1)'] }, code: 'hotline.link-broken', because: 'a link that is none' },
  { more: { links: ['file:///etc/passwd'] }, code: 'hotline.link-broken', because: 'a link to a file of ours' },
  { more: { files: ['0'.repeat(64)] }, code: 'files.unknown', because: 'a file that was never sent' },
] as const) {
  test(
    `an order with ${because} is refused: ${code}`,
    inCity(async (ctx) => {
      await putSystem(ctx, 'h12345', SYSTEM)

      await assert.rejects(takeOrder(machine(ctx), 'h12345', await order(ctx, more as unknown as Partial<OrderBody>)), { code })
    }),
  )
}

test(
  'many at once: each has its verdict, and one that is refused leaves nothing behind',
  inCity(async (ctx) => {
    await putSystem(ctx, 'h12345', SYSTEM)
    const rows = [
      await order(ctx, { theirs: 'B-1' }),
      await order(ctx, { theirs: 'B-2', position: [10, 10] }),
      await order(ctx, { theirs: 'B-3', files: ['0'.repeat(64)] }),
      await order(ctx, { theirs: 'B-1' }),
      await order(ctx, { theirs: 'B-4' }),
    ]
    const at = machine(ctx)
    const { items } = await takeOrders(at, 'h12345', rows, 'zh')

    assert.deepEqual(items.map(({ theirs, taken, refused }) => [theirs, taken?.repeated ?? refused!.code]), [
      ['B-1', false],
      ['B-2', 'hotline.outside-city'],
      ['B-3', 'files.unknown'],
      ['B-1', true],
      ['B-4', false],
    ])
    const { rows: left } = await sql<{ orders: number; origins: number }>`
      select (select count(*)::int from outside_order) as orders, (select count(*)::int from case_origin where system = 'order:h12345') as origins`.execute(ctx.db)
    assert.deepEqual(left, [{ orders: 2, origins: 2 }])
    assert.equal(at.outbox.events.filter(({ name }) => name === 'cases.stepped').length, 2)
  }),
)

test(
  'a system that sends too much fills the list of what is held back, and not the desk',
  inCity(async (ctx) => {
    await putSystem(ctx, 'watch', { ...SYSTEM, name: '媒体监看', source: 'media', most: 5 })
    const rows = await Promise.all(Array.from({ length: 9 }, (_, i) => order(ctx, { theirs: `M-${i}`, description: `第 ${i} 条：垃圾堆放` })))
    const { items } = await takeOrders(machine(ctx), 'watch', rows, 'zh')
    assert.deepEqual(items.map(({ taken }) => taken!.held), [...Array<boolean>(5).fill(false), ...Array<boolean>(4).fill(true)])

    const { items: groups } = await heldGroups(ctx)
    assert.deepEqual(groups.map(({ held, why }) => [held, why.en]), [[4, 'Too many from one system']])
    const sifted = await siftGroup(ctx, { group: groups[0]!.group, act: 'release' }, 'zh')
    assert.deepEqual([sifted.items.length, sifted.items.every(({ done }) => done), sifted.left], [4, true, 0])
    assert.deepEqual((await heldGroups(ctx)).items, [])
    await assert.rejects(siftGroup(ctx, { group: groups[0]!.group, act: 'release' }, 'zh'), { code: 'hotline.nothing-held' })
  }),
)

test(
  'a held group is declined with a reason, and each that cannot be says why',
  inCity(async (ctx) => {
    await putSystem(ctx, 'watch', { ...SYSTEM, most: 1 })
    await takeOrders(machine(ctx), 'watch', [await order(ctx, { theirs: 'A' }), await order(ctx, { theirs: 'B', description: '其他内容垃圾' })], 'zh')
    const group = (await heldGroups(ctx)).items[0]!.group

    assert.match((await siftGroup(ctx, { group, act: 'decline' }, 'zh')).items[0]!.why!, /理由/)
    assert.equal((await siftGroup(ctx, { group, act: 'decline', reason: 'duplicate' }, 'zh')).items[0]!.done, true)
  }),
)

test(
  'the system follows its order to the end, and learns nobody’s name',
  inCity(async (ctx) => {
    await putSystem(ctx, 'h12345', SYSTEM)
    const { number } = await takeOrder(machine(ctx), 'h12345', await order(ctx, { reporter: { name: '王某某', phone: '13812342207' } }))
    await takeStep(ctx, caseKey(number), { step: 'accept', note: '电话核过' })
    const status = await orderStatus(machine(ctx), 'h12345', 'GD-0001')

    assert.deepEqual([status.number, status.state, status.steps.map(({ step }) => step)], [number, 'accepted', ['report', 'accept']])
    assert.ok(!/王某|1381234|电话核过/.test(JSON.stringify(status)))
    await assert.rejects(orderStatus(machine(ctx), 'h12345', 'GD-9'), { code: 'hotline.order-unknown' })
  }),
)

// ── Over the wire

const odd: readonly (readonly [what: string, description: string])[] = [
  ['emoji', '井盖坏了😱👨‍👩‍👧‍👦🏽，快来🆘'],
  ['mixed scripts', 'Люк разбит كسر الغطاء マンホール 뚜껑 井蓋 ⓐ①'],
  ['right-to-left marks and zero widths', '井\u200b盖\u202e坏了\u2066'],
  ['combining marks piled up', `井${'\u0301'.repeat(500)}盖`],
  ['what looks like SQL and a page', `'); drop table case_file; -- <script>alert(1)</script>`],
  ['2,000 letters', '垃'.repeat(2000)],
]

test(
  'an order over the wire: odd texts are kept to the letter, damaged ones refused by name, and a key alone is not enough',
  withApp(async (app) => {
    const made = await app.fetchAs('secadmin', '/api/keys', {
      json: { name: '热线平台', permits: ['hotline.orders', 'case.report', 'file.read'], region: '', unit: '', category: '' },
    })
    const { secret } = (await made.json()) as { secret: string }
    const put = await app.fetchAs('lead', '/api/hotline/systems/h12345', { method: 'PUT', json: SYSTEM })
    assert.equal(put.status, 200, await put.clone().text())
    const { rows } = await sql<{ position: { x: number; y: number } }>`select position from component where district = '999902' limit 1`.execute(app.kernel.db)
    const { x, y } = rows[0]!.position
    const send = (json: object) =>
      app.fetchAs(null, '/api/hotline/orders', { json: { system: 'h12345', position: [x, y], ...json }, headers: { authorization: `Bearer ${secret}` } })

    for (const [i, [what, description]] of odd.entries()) {
      const reply = await send({ theirs: `odd-${i}`, description })
      assert.equal(reply.status, 200, `${what}: ${await reply.clone().text()}`)
      const { number } = (await reply.json()) as { number: string }
      const kept = await sql<{ description: string }>`select description from case_file where number = ${number}`.execute(app.kernel.db)
      assert.equal(kept.rows[0]!.description, description, what)
    }
    for (const [json, status, code] of [
      [{ theirs: 'd-1', description: 'x'.repeat(10_000) }, 400, 'http.invalid'],
      [{ theirs: 'd-2', description: '' }, 400, 'http.invalid'],
      [{ theirs: 'd-3', description: '\u0000垃圾' }, 400, 'http.text-broken'],
      [{ theirs: 'd-4', description: '\ud800垃圾' }, 400, 'http.text-broken'],
      [{ theirs: 'd-5', description: '垃圾', position: [200, 10] }, 400, 'http.invalid'],
      [{ theirs: 'd-6', description: '垃圾', datum: 'mars' }, 400, 'http.invalid'],
      [{ theirs: 'd-7', description: '垃圾', system: 'H12345!' }, 400, 'http.invalid'],
      [{ theirs: 'd-8', description: '垃圾', position: [10, 10] }, 422, 'hotline.outside-city'],
    ] as const) {
      const reply = await send(json)
      const body = (await reply.json()) as { code: string; detail: string }
      assert.deepEqual([json.theirs, reply.status, body.code], [json.theirs, status, code])
      assert.ok(body.detail.length > 3)
    }
    const status = await app.fetchAs(null, '/api/hotline/orders/h12345/odd-0', { headers: { authorization: `Bearer ${secret}` } })
    assert.equal(((await status.json()) as { state: string }).state, 'reported')
    assert.equal((await app.fetchAs('operator', '/api/hotline/orders/h12345/odd-0')).status, 403)
  }),
)

test(
  'the same order at the same moment twenty times is one case',
  withApp(async (app) => {
    const made = await app.fetchAs('secadmin', '/api/keys', { json: { name: '热线平台', permits: ['hotline.orders', 'case.report'], region: '', unit: '', category: '' } })
    const { secret } = (await made.json()) as { secret: string }
    await app.fetchAs('lead', '/api/hotline/systems/h12345', { method: 'PUT', json: SYSTEM })
    const { rows } = await sql<{ position: { x: number; y: number } }>`select position from component where district = '999902' limit 1`.execute(app.kernel.db)
    const { x, y } = rows[0]!.position
    const replies = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const reply = await app.fetchAs(null, '/api/hotline/orders', {
          json: { system: 'h12345', theirs: 'same', description: '垃圾没人收', position: [x, y] },
          headers: { authorization: `Bearer ${secret}` },
        })
        return (await reply.json()) as { number: string; repeated: boolean }
      }),
    )

    assert.equal(new Set(replies.map(({ number }) => number)).size, 1)
    assert.equal(replies.filter(({ repeated }) => !repeated).length, 1)
  }),
)
