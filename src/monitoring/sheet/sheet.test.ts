import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { readSheet, systemActor, writeSheet, type Kernel } from '../../kernel/index.ts'
import { withApp, type App } from '../../testing.ts'
import type { DeviceShown, ListChecked, ProductShown } from '../contract.ts'
import { register } from '../testing.ts'
import { own } from '../tables.ts'

const ZONE = 'Asia/Shanghai'

async function send(app: App, path: string, body: object, account = 'sysadmin') {
  const reply = await app.fetchAs(account, path, { json: body })
  return { status: reply.status, json: (await reply.json()) as ListChecked & { code?: string; faults: { at?: string; row?: number }[] } }
}

const sheetOf = async (rows: readonly (readonly string[])[]): Promise<string> => {
  const [head, ...body] = rows
  const columns = head!.map((title) => ({ title, kind: 'text' as const }))
  return (await buffer(writeSheet({ name: 'x', columns, zone: ZONE }, Readable.from(body)))).toString('base64')
}

const devicesOf = (kernel: Kernel) =>
  kernel.read({ actor: systemActor }, (ctx) => own(ctx).selectFrom('device').select(['code', 'name', 'number', 'digest', 'gateway', 'state']).orderBy('code').execute())

test('devices go out to a sheet, are changed there and come back; their keys and numbers stay', withApp(async (app) => {
  const { kernel } = app
  await register(kernel, ['GW-1', 'WL-1', 'WL-2'])
  await kernel.settle()
  const before = await devicesOf(kernel)
  const reply = await app.fetchAs('sysadmin', '/api/devices/sheet')
  const rows = await Array.fromAsync(readSheet(Buffer.from(await reply.arrayBuffer()), ZONE))
  const cells = rows.map((row) => row.cells.map((cell) => (cell instanceof Date ? cell.toISOString() : String(cell ?? ''))))
  const own = cells.filter(([code]) => /^(设备代码|GW-1|WL-[12])$/.test(code!))
  assert.equal(own.length, 4)

  assert.deepEqual((await send(app, '/api/devices/sheet', { sheet: await sheetOf(own), apply: true })).json, { rows: 3, added: 0, changed: 0, same: 3, faults: [], more: 0, applied: true })

  const changed = own.map((row) => (row[0] === 'WL-1' ? row.with(1, '成府路下穿通道').with(8, 'GW-1').with(9, '停用') : row))
  changed.push(changed[1]!.with(0, 'WL-3').with(8, 'GW-1'))
  const asked = { sheet: await sheetOf(changed) }
  assert.deepEqual((await send(app, '/api/devices/sheet', { ...asked, apply: false })).json, { rows: 4, added: 1, changed: 1, same: 2, faults: [], more: 0, applied: false })
  assert.deepEqual(await devicesOf(kernel), before)

  assert.equal((await send(app, '/api/devices/sheet', { ...asked, apply: true })).json.applied, true)
  const after = await devicesOf(kernel)
  assert.deepEqual(
    after.find(({ code }) => code === 'WL-1'),
    { ...before.find(({ code }) => code === 'WL-1')!, name: '成府路下穿通道', gateway: 'GW-1', state: 'stopped' },
  )
  assert.deepEqual(after.filter(({ code }) => code === 'WL-3').map(({ digest, gateway }) => [digest, gateway]), [[null, 'GW-1']])
  const page = (await (await app.fetchAs('lead', '/api/devices/WL-3')).json()) as DeviceShown
  assert.ok(page.cell !== null && page.position !== null)
}))

test('one fault in a list keeps all of it out; a hundred are named', withApp(async (app) => {
  const { kernel } = app
  await register(kernel, ['WL-1'])
  await kernel.settle()
  const before = await devicesOf(kernel)
  const lines = ['code,name,product,district', 'WL-8,八号,gauge,999902', ...Array.from({ length: 130 }, (_, i) => `X-${i},某号,nothing,999902`), 'WL-8,又一个,gauge,999902'].join('\n')

  const looked = await send(app, '/api/devices/sheet', { text: lines, apply: false })
  assert.deepEqual([looked.status, looked.json.faults.length, looked.json.more, looked.json.faults[0]!.row], [200, 100, 31, 3])
  const refused = await send(app, '/api/devices/sheet', { text: lines, apply: true })
  assert.deepEqual([refused.status, refused.json.code, refused.json.faults[0]!.at], [422, 'monitoring.list-unsound', '3:产品'])
  assert.deepEqual((await send(app, '/api/devices/sheet', { apply: true })).json.code, 'monitoring.list-missing')
  assert.equal((await send(app, '/api/devices/sheet', { sheet: Buffer.from('no sheet').toString('base64'), apply: true })).json.code, 'sheet.not-a-sheet')
  assert.deepEqual(await devicesOf(kernel), before)
}))

test('products go out as CSV and come back with another metric', withApp(async (app) => {
  await register(app.kernel, ['WL-1'])
  await app.kernel.settle()
  const text = await (await app.fetchAs('sysadmin', '/api/products/sheet?format=csv')).text()
  const own = text.trimEnd().split('\n').filter((line, i) => i === 0 || line.startsWith('gauge,'))

  const more = [...own, own[1]!.replace(',level,', ',battery,')].join('\n')
  assert.deepEqual((await send(app, '/api/products/sheet', { text: more, apply: true })).json, { rows: 2, added: 0, changed: 1, same: 0, faults: [], more: 0, applied: true })
  const { items } = (await (await app.fetchAs('lead', '/api/products')).json()) as { items: ProductShown[] }
  assert.deepEqual(items.find(({ code }) => code === 'gauge')!.metrics.map(({ code }) => code), ['level', 'battery'])
}))

test('a template has a head and nothing else; and nobody imports without the permit', withApp(async (app) => {
  for (const path of ['/api/devices/sheet', '/api/products/sheet']) {
    const text = await (await app.fetchAs('sysadmin', `${path}?format=csv&template=true`)).text()
    assert.equal(text.trimEnd().split('\n').length, 1)
    assert.equal((await send(app, path, { text: 'code', apply: true }, 'lead')).json.code, 'access.permit-missing')
  }
}))
