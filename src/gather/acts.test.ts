import assert from 'node:assert/strict'
import { test } from 'node:test'
import { takeAct, takeStep } from '../cases/index.ts'
import { currentFlow } from '../cases/index.ts'
import { caseIn } from '../cases/testing.ts'
import { systemActor, type Actor } from '../kernel/index.ts'
import { as, inCity, TODAY, withApp } from '../testing.ts'
import { meaningOf, readActs } from './acts.ts'

const asker: Actor = { ...systemActor, id: '00000000-0000-7000-8000-000000000401', name: '单位' }
const DAYS = { from: '2026-01-01', to: '2026-12-31' }

test('a step tells of its procedure whether it opened it or how it ended', inCity(async (ctx) => {
  const flow = await currentFlow(ctx)
  for (const [step, kind, what] of [
    ['extend.open', 'extend', 'opened'],
    ['extend.grant', 'extend', 'granted'],
    ['extend.endorse', 'extend', 'other'],
    ['return.shirk', 'return', 'refused'],
    ['supervise.lift', 'supervise', 'done'],
    ['suspend.lapse', 'suspend', 'withdrawn'],
    ['void', 'void', 'opened'],
    ['nothing.known', 'nothing', 'other'],
  ] as const) {
    assert.deepEqual(meaningOf(flow, step), { kind, what })
  }
}))

test('extensions are told as a share of all cases, and by unit', () =>
  withApp(
    async ({ kernel, fetchAs }) => {
      await kernel.transact({ actor: systemActor, now: TODAY }, async (ctx) => {
        const row = await caseIn(ctx, 'dispatched')
        const other = await caseIn(ctx, 'dispatched')
        await caseIn(ctx, 'accepted')
        await takeAct({ ...ctx, actor: asker }, row, { procedure: 'extend', act: 'open', reason: 'works', note: '工程量大' })
        await takeAct(ctx, row, { procedure: 'extend', act: 'grant' })
        await takeStep(ctx, other, { step: 'void', reason: 'mistaken' })
      })
      await kernel.settle()
      const read = (kind: string, to = (ctx: Parameters<typeof readActs>[0]) => ctx) =>
        kernel.read({ actor: systemActor, now: TODAY }, (ctx) => readActs(to(ctx), { kind, ...DAYS }, 'zh'))

      const extended = await read('extend')
      assert.deepEqual([extended.reported, extended.opened, extended.granted, extended.share], [3, 1, 1, 1 / 3])
      assert.deepEqual(extended.units.map(({ count }) => count), [1])
      assert.equal((await read('void')).opened, 1)
      const elsewhere = await read('extend', (ctx) => as(ctx, { permits: ['gather.read'], region: '999903' }))
      assert.deepEqual([elsewhere.opened, elsewhere.share], [0, null])
      await assert.rejects(read('extend', (ctx) => as(ctx, { permits: ['gather.read'], region: '999902001' })), { code: 'gather.too-narrow' })
      assert.equal((await fetchAs('leader', '/api/gather/acts?kind=extend&period=year')).status, 200)
      assert.equal((await fetchAs('auditor', '/api/gather/acts?kind=extend')).status, 403)
    },
    { clock: () => TODAY },
  )())
