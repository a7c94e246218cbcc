// The wire: one case over HTTP as each role, and what is answered to those who may not.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import sharp from 'sharp'
import { withApp } from '../testing.ts'
import { systemActor } from '../kernel/index.ts'
import { answerTask } from './answer-task.ts'
import { myTasks } from './tasks.ts'
import { being, litter } from './testing.ts'

type Told = Record<string, never> & { number: string; version: number; state: string; unit: { code: string } | null; code: string }

test('a case goes over the wire from its report to its close, each role in turn', withApp(async ({ kernel, base, fetchAs }) => {
  const as = { actor: systemActor }
  const { position, category, description } = await kernel.read(as, (ctx) => litter(ctx))
  const tell = async (account: string | null, path: string, json?: unknown): Promise<Told> =>
    (await (await fetchAs(account, path, json === undefined ? {} : { json })).json()) as Told
  const step = (account: string, body: object) => tell(account, `/api/cases/${number}/steps`, body)

  const registered = await tell('operator', '/api/cases', { category, description, position, reporter: { name: '王小明' } })
  const { number } = registered
  assert.deepEqual([registered.state, registered.version], ['reported', 1])
  assert.equal((await step('dispatcher', { step: 'accept' })).code, 'access.permit-missing')
  assert.equal((await step('operator', { step: 'close' })).code, 'access.permit-missing')
  assert.equal((await step('operator', { step: 'accept', version: 1 })).state, 'accepted')
  assert.equal((await step('operator', { step: 'accept' })).code, 'case.step-not-open')

  const page = (await tell('lead', `/api/cases/${number}`)) as never as { openSteps: { step: string; conditions?: { id: string }[] }[] }
  const establish = page.openSteps.find((open) => open.step === 'establish')!
  assert.equal((await step('lead', { step: 'establish', condition: establish.conditions![0]!.id })).state, 'established')
  const proposed = (await tell('dispatcher', `/api/cases/${number}`)) as never as { openSteps: { units: { unitCode: string }[] }[]; reporter: { name: string } }
  assert.equal(proposed.reporter.name, '王**')
  const dispatched = await step('dispatcher', { step: 'dispatch', unit: proposed.openSteps[0]!.units[0]!.unitCode })
  assert.equal(dispatched.state, 'dispatched')

  const handler = `handler-${dispatched.unit!.code.toLowerCase()}`
  const todo = (await tell(handler, '/api/cases/todo')) as never as { items: { number: string; steps: string[] }[] }
  assert.deepEqual(todo.items.find((item) => item.number === number)?.steps, ['dispose', 'pass-down', 'climb'])
  const form = new FormData()
  const png = await sharp({ create: { width: 9, height: 9, channels: 3, background: '#446' } }).png().toBuffer()
  form.set('file', new Blob([new Uint8Array(png)], { type: 'image/png' }), 'after.png')
  const stored = (await (await fetchAs(handler, '/api/files', { method: 'POST', body: form })).json()) as { files: { sha256: string }[] }
  const { sha256 } = stored.files[0]!
  assert.equal((await step(handler, { step: 'dispose', files: [sha256], note: '已清运' })).state, 'disposed')

  const collector = await kernel.read(as, (ctx) => being(ctx, 'collector01'))
  assert.equal((await step('operator', { step: 'check', collector: collector.actor.id })).state, 'checking')
  await kernel.transact({ actor: collector.actor }, async (ctx) => {
    await answerTask(ctx, (await myTasks(ctx))[0]!.task, { passed: true, files: [sha256] })
  })
  assert.equal((await step(handler, { step: 'close' })).code, 'access.permit-missing')
  assert.equal((await step('lead', { step: 'close' })).state, 'closed')

  const found = (await tell('leader', `/api/cases?number=${number}&state=closed`)) as never as { items: { number: string }[] }
  assert.deepEqual(found.items.map((item) => item.number), [number])
  assert.equal((await fetchAs('operator', '/api/cases/1')).status, 400)
  assert.equal((await tell('operator', '/api/cases/99990220990101000001')).code, 'case.unknown')
  assert.equal((await fetchAs(null, `/api/cases/${number}`)).status, 401)
  assert.equal((await fetchAs('operator', '/api/cases?cursor=zz')).status, 400)
  assert.equal((await fetch(`${base}/api/flow`)).status, 401)
  const map = (await tell('leader', '/api/cases/map?box=-180,-90,180,90')) as never as { features: unknown[] }
  assert.equal(map.features.length, 0)
}))

test('the same write twice is one step', withApp(async ({ kernel, fetchAs }) => {
  const { position, category, description } = await kernel.read({ actor: systemActor }, (ctx) => litter(ctx))
  const request = { json: { category, description, position }, headers: { 'idempotency-key': 'twice-twice-twice' } }
  const [one, two] = [await fetchAs('operator', '/api/cases', request), await fetchAs('operator', '/api/cases', request)]

  assert.deepEqual(await one.json(), await two.json())
}))
