import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DeviceBody } from '../shapes.ts'
import { DEVICE_COLUMNS, readDevice, type Known } from './device-list.ts'
import { readList, type ListRow } from './list-file.ts'
import { readProducts } from './product-list.ts'

const STANDING: DeviceBody = { product: 'gauge', name: '旧名', district: '999902', position: [117.01, 36.66], ownerUnit: 'U03', component: '99990201003000001', gateway: 'GW-1', state: 'stopped' }
const known = (has: readonly string[] = DEVICE_COLUMNS.map(({ key }) => key)): Known => ({
  product: (word) => (word === 'gauge' || word === '水位计' ? 'gauge' : undefined),
  unit: (word) => (word === 'U03' || word === '排水处' ? 'U03' : undefined),
  district: (word) => (word === '999902' || word === '清河区' ? '999902' : word === '999903' ? '999903' : undefined),
  isComponent: (code) => code.endsWith('1'),
  gatewayOf: (code) => (code === 'GW-1' ? null : code === 'WL-2' ? 'GW-1' : undefined),
  locate: ([lng]) => (lng > 117 ? { district: '999902', cell: '999902001001001' } : undefined),
  mayKeep: ({ district }) => district === '999902',
  standing: (code) => (code === 'WL-OLD' ? STANDING : undefined),
  has: (column) => has.includes(column),
})
const rowOf = (cells: Record<string, string>): ListRow => ({ row: 7, cell: (column) => cells[column] ?? '' })
const SOUND = { code: 'WL-1', name: '下穿通道', product: 'gauge', district: '999902' }

test('a row in words is read as a row in codes', () => {
  const { body, cell, faults } = readDevice(rowOf({ ...SOUND, product: '水位计', district: '清河区', unit: '排水处', lng: '117.02', lat: '36.65', gateway: 'GW-1', state: 'Retired' }), known())

  assert.deepEqual(faults, [])
  assert.deepEqual(body, { product: 'gauge', name: '下穿通道', district: '999902', position: [117.02, 36.65], ownerUnit: 'U03', component: null, gateway: 'GW-1', state: 'retired' })
  assert.equal(cell, '999902001001001')
})

test('a position alone tells the district', () => {
  const { body, faults } = readDevice(rowOf({ ...SOUND, district: '', lng: '117.02', lat: '36.65' }), known())

  assert.deepEqual([body.district, faults], ['999902', []])
})

test('a column that the list lacks leaves a device as it was; an empty cell takes the value away', () => {
  const lacking = readDevice(rowOf({ ...SOUND, code: 'WL-OLD' }), known(['code', 'name', 'product']))
  const emptied = readDevice(rowOf({ ...SOUND, code: 'WL-OLD' }), known())

  assert.deepEqual([lacking.faults, lacking.body], [[], { ...STANDING, name: '下穿通道' }])
  assert.deepEqual([emptied.body.component, emptied.body.gateway, emptied.body.ownerUnit, emptied.body.position], [null, null, null, null])
})

for (const [because, cells, column] of [
  ['the code has a space', { code: 'WL 1' }, '设备代码'],
  ['it has no name', { name: '' }, '名称'],
  ['there is no such product', { product: 'other' }, '产品'],
  ['there is no such district', { district: '110101' }, '区县代码'],
  ['neither district nor position is there', { district: '' }, '区县代码'],
  ['the position lies in another district', { district: '999903', lng: '117.02', lat: '36.65' }, '区县代码'],
  ['longitude and latitude were taken for each other', { lng: '36.65', lat: '117.02' }, '纬度'],
  ['a position lies outside of the city', { lng: '90.5', lat: '36.65' }, '经度'],
  ['half of a position is missing', { lng: '117.02' }, '纬度'],
  ['there is no such unit', { unit: '某处' }, '权属单位'],
  ['there is no such component', { component: '99990201003000002' }, '所监测的部件'],
  ['there is no such gateway', { gateway: 'GW-9' }, '网关'],
  ['its gateway reports through another itself', { gateway: 'WL-2' }, '网关'],
  ['it is its own gateway', { gateway: 'WL-1' }, '网关'],
  ['its state is no state', { state: '坏了' }, '状态'],
  ['it lies beyond what the caller keeps', { district: '999903' }, '区县代码'],
] as const) {
  test(`a row is refused where ${because}, with its place and what to do`, () => {
    const { faults } = readDevice(rowOf({ ...SOUND, ...cells }), known())

    assert.deepEqual(faults.map((fault) => [fault.row, fault.column.zh]), [[7, column]])
    assert.ok(faults.every(({ reason, remedy }) => reason.zh && reason.en && remedy.zh && remedy.en))
  })
}

test('columns are known by their key and by their title in either language', async () => {
  for (const head of ['code,name,product', '设备代码,名称,产品', 'Code,NAME,Product']) {
    const { rows, faults } = await readList({ text: `\uFEFF${head},备注\r\nWL-1,一号,gauge,无\r\n,,,\r\nWL-2,"二,号",gauge,\r\n` }, DEVICE_COLUMNS, 'Asia/Shanghai')

    assert.deepEqual(faults, [])
    assert.deepEqual(rows.map((row) => [row.row, row.cell('code'), row.cell('name')]), [[2, 'WL-1', '一号'], [4, 'WL-2', '二,号']])
  }
})

for (const [because, text] of [
  ['empty', ''],
  ['without a row', 'code,name,product\n'],
  ['without a column that it needs', 'code,name\nWL-1,一号\n'],
  ['torn', 'code,name,product\nWL-1,"一号,gauge\n'],
] as const) {
  test(`a list that is ${because} is refused with one reason`, async () => {
    const { rows, faults } = await readList({ text }, DEVICE_COLUMNS, 'Asia/Shanghai')

    assert.deepEqual([rows.length, faults.length], [0, 1])
  })
}

const METRIC = { product: 'gauge', product_zh: '水位计', product_en: 'Gauge', metric: 'level', metric_zh: '水位', metric_en: 'Level', unit: 'cm', min: '0', max: '300', precision: '1', period: '60' }

test('metrics that a list does not name stay with their product', () => {
  const level = { code: 'level', zh: '液位', en: 'Level', unit: 'm', min: 0, max: 3, precision: 2, period: 60 }
  const battery = { ...level, code: 'battery' }
  const { products, faults } = readProducts([rowOf(METRIC)], new Map([['gauge', { zh: '旧', en: 'Old', metrics: [level, battery] }]]))

  assert.deepEqual(faults, [])
  assert.deepEqual(products, [{ code: 'gauge', body: { zh: '水位计', en: 'Gauge', metrics: [{ code: 'level', zh: '水位', en: 'Level', unit: 'cm', min: 0, max: 300, precision: 1, period: 60 }, battery] } }])
})

for (const [said, before, after] of [
  ['燃气', null, 'gas'],
  ['GAS', 'water', 'gas'],
  ['heat', undefined, 'heat'],
  ['', 'water', 'water'],
  ['', null, null],
  ['', undefined, undefined],
] as const) {
  test(`the trade of a product: ${said || 'nothing'} said, ${before ?? 'none'} before`, () => {
    const standing = { zh: '旧', en: 'Old', metrics: [], ...(before !== undefined && { trade: before }) }
    const { products, faults } = readProducts([rowOf({ ...METRIC, trade: said })], new Map([['gauge', standing]]))

    assert.deepEqual(faults, [])
    assert.equal(products[0]!.body.trade, after)
  })
}

for (const [because, rows, column] of [
  ['there is no such trade', [{ ...METRIC, trade: '水利' }], '行业'],
  ['its least is not below its most', [{ ...METRIC, min: '300' }], '下限'],
  ['a number is missing', [{ ...METRIC, period: '' }], '周期（秒）'],
  ['digits are a fraction', [{ ...METRIC, precision: '1.5' }], '小数位'],
  ['it has no English name', [{ ...METRIC, metric_en: '' }], '指标英文名称'],
  ['a metric stands twice', [METRIC, METRIC], '指标代码'],
  ['its names differ from row to row', [METRIC, { ...METRIC, metric: 'other', product_zh: '液位计' }], '产品名称'],
] as const) {
  test(`a product is refused where ${because}`, () => {
    const { faults } = readProducts(rows.map(rowOf), new Map())

    assert.deepEqual(faults.map((fault) => fault.column.zh), [column])
  })
}

test('what looks like a formula comes back as the text that it was', async () => {
  const { rows } = await readList({ text: "code,name,product\nWL-1,'=1+1,gauge\n" }, DEVICE_COLUMNS, 'Asia/Shanghai')

  assert.equal(rows[0]!.cell('name'), '=1+1')
})
