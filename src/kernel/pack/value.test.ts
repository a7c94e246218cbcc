import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PackColumn } from '../room.ts'
import { shapeFault } from './shape.ts'
import { readValue } from './value.ts'

const means = { zh: '', en: '' }

for (const { type, text, value, more } of [
  { type: 'text', text: '  书院街道 ', value: '书院街道' },
  { type: 'text', text: '', value: null },
  { type: 'text', text: '', value: undefined, more: { required: true } },
  { type: 'text', text: 'a\u0000b', value: undefined },
  { type: 'text', text: '书院�', value: undefined },
  { type: 'text', text: '12345', value: undefined, more: { maxLength: 4 } },
  { type: 'code', text: '0101', value: '0101' },
  { type: 'code', text: '01 01', value: undefined },
  { type: 'code', text: 'D', value: undefined, more: { oneOf: ['A', 'B', 'C'] } },
  { type: 'code', text: '99990', value: undefined, more: { pattern: /^\d{6}$/ } },
  { type: 'integer', text: '-7', value: -7 },
  { type: 'integer', text: '7.0', value: undefined },
  { type: 'number', text: '0.5', value: 0.5 },
  { type: 'number', text: '1,5', value: undefined },
  { type: 'number', text: 'Infinity', value: undefined },
  { type: 'boolean', text: 'true', value: true },
  { type: 'boolean', text: 'yes', value: undefined },
  { type: 'date', text: '2024-02-29', value: '2024-02-29' },
  { type: 'date', text: '2023-02-29', value: undefined },
  { type: 'date', text: '2024/02/29', value: undefined },
  { type: 'moment', text: '2026-11-20T08:00:00+08:00', value: '2026-11-20T08:00:00+08:00' },
  { type: 'moment', text: '2026-11-20T08:00:00', value: undefined },
  { type: 'longitude', text: '116.3', value: 116.3 },
  { type: 'longitude', text: '416.3', value: undefined },
  { type: 'latitude', text: '116.3', value: undefined },
] as { type: PackColumn['type']; text: string; value: unknown; more?: Partial<PackColumn> }[]) {
  test(`a cell "${text}" read as ${type} ${value === undefined ? 'is refused' : `is ${JSON.stringify(value)}`}`, () => {
    const read = readValue({ type, means, ...more }, text)

    assert.deepEqual('value' in read ? read.value : undefined, value)
    if ('reason' in read) assert.ok(read.reason.zh && read.reason.en)
  })
}

const square = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
  [0, 0],
]
const bowTie = [
  [0, 0],
  [1, 1],
  [1, 0],
  [0, 1],
  [0, 0],
]
const star = Array.from({ length: 201 }, (_, i) => {
  const turn = (i % 200) * ((2 * Math.PI * 67) / 200)
  return [Math.cos(turn), Math.sin(turn)]
})
const circle = Array.from({ length: 201 }, (_, i) => [Math.cos(((i % 200) * Math.PI) / 100), Math.sin(((i % 200) * Math.PI) / 100)])

for (const { geometry, fault, because, wanted = 'Polygon' } of [
  { geometry: { type: 'Polygon', coordinates: [square] }, fault: undefined, because: 'it is sound' },
  { geometry: { type: 'MultiPolygon', coordinates: [[square]] }, fault: undefined, because: 'each part is sound' },
  { geometry: { type: 'Polygon', coordinates: [circle] }, fault: undefined, because: 'a long border may be sound too' },
  { geometry: { type: 'Polygon', coordinates: [square.slice(0, 4)] }, fault: /closed/, because: 'its ring is open' },
  { geometry: { type: 'Polygon', coordinates: [bowTie] }, fault: /crosses/, because: 'its border crosses itself' },
  { geometry: { type: 'Polygon', coordinates: [star] }, fault: /crosses/, because: 'a long border crosses itself' },
  { geometry: { type: 'Polygon', coordinates: [[...square, [440_000, 0]]] }, fault: /degrees/, because: 'it is in metres' },
  { geometry: { type: 'Polygon', coordinates: [] }, fault: /empty/, because: 'it has no ring' },
  { geometry: { type: 'Point', coordinates: [0, 0] }, fault: /Polygon/, because: 'it is a point' },
  { geometry: null, fault: /no geometry/, because: 'there is none' },
  { geometry: { type: 'LineString', coordinates: [[0, 0]] }, fault: /two points/, because: 'a line has two ends', wanted: 'any' },
  { geometry: { type: 'Circle', coordinates: [0, 0] }, fault: /not known/, because: 'GeoJSON has no circles', wanted: 'any' },
] as { geometry: unknown; fault: RegExp | undefined; because: string; wanted?: 'Polygon' | 'any' }[]) {
  test(`a geometry is ${fault ? 'refused' : 'taken'}: ${because}`, () => {
    const words = shapeFault(geometry, wanted)

    if (fault) assert.match(words?.en ?? '', fault)
    else assert.equal(words, undefined)
  })
}
