import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ListRow } from '../sheet/list-file.ts'
import { riskAt } from './testing.ts'
import { KIND_CODES, KINDS_OF_RISK, kindsOf } from './kinds.ts'
import { fallsIn, levelBy, raisedBy, SHIPPED, STEPS } from './matrix.ts'
import { readRisk, RISK_COLUMNS, type Known } from './risk-list.ts'
import { isLate, stageOf, type CaseStands } from './stage.ts'

test('the matrix as shipped gives these levels', () => {
  assert.deepEqual(SHIPPED, [
    [1, 1, 1, 1, 1],
    [1, 1, 1, 1, 2],
    [1, 1, 2, 2, 3],
    [1, 1, 2, 3, 4],
    [1, 2, 3, 4, 4],
  ])
  assert.equal(fallsIn(SHIPPED), undefined)
})

test('a matrix in which what is graver is a lower level is refused', () => {
  const cells = STEPS.map((likelihood) => STEPS.map((consequence) => (likelihood === 3 && consequence === 3 ? 1 : levelBy(SHIPPED, likelihood, consequence))))

  assert.equal(fallsIn(cells), undefined, 'lower, but not lower than what is below it')
  assert.deepEqual(fallsIn(cells.map((row, i) => (i === 4 ? [4, 1, 3, 4, 4] : row))), { likelihood: 5, consequence: 2 })
})

for (const [level, ringing, now] of [
  [1, [], 1],
  [1, [1], 2],
  [1, [2, 1], 2],
  [1, [3], 3],
  [2, [4, 1], 4],
  [3, [4], 4],
  [4, [4], 4],
] as const) {
  test(`a risk of level ${level} at which ${ringing.join(', ') || 'nothing'} rings is at level ${now}`, () => assert.equal(raisedBy(level, ringing), now))
}

const at = new Date('2026-06-10T08:00:00Z')
const reported: CaseStands = { outcome: 'pending', lamp: 'green', dispatchedAt: null, disposedAt: null, endedAt: null }
const established = { ...reported, outcome: 'established' }
for (const [what, row, stage, late] of [
  ['reported', reported, 'to-rectify', false],
  ['established and waiting for its unit', { ...established, lamp: 'yellow' }, 'to-rectify', false],
  ['dispatched', { ...established, dispatchedAt: at }, 'rectifying', false],
  ['dispatched, and its limit over', { ...established, dispatchedAt: at, lamp: 'red' }, 'rectifying', true],
  ['given back by its unit', { ...established, lamp: 'red' }, 'to-rectify', true],
  ['disposed', { ...established, dispatchedAt: at, disposedAt: at }, 'to-check', false],
  ['sent back for rework', { ...established, dispatchedAt: at }, 'rectifying', false],
  ['closed', { ...established, dispatchedAt: at, disposedAt: at, endedAt: at, lamp: 'red' }, 'cleared', false],
  ['settled on the spot', { ...reported, outcome: 'self-disposed', disposedAt: at, endedAt: at }, 'cleared', false],
  ['declined', { ...reported, outcome: 'declined', endedAt: at }, 'dropped', false],
  ['void', { ...established, outcome: 'void', dispatchedAt: at, endedAt: at }, 'dropped', false],
] as const) {
  test(`a hazard whose case is ${what} is ${stage}${late ? ', and late' : ''}`, () => assert.deepEqual([stageOf(row), isLate(row)], [stage, late]))
}

test('every kind belongs to a field, and every field has kinds', () => {
  assert.deepEqual((['municipal', 'building', 'traffic', 'crowd'] as const).flatMap(kindsOf), KIND_CODES)
  assert.ok(KIND_CODES.every((code) => /^2026\.m\.\d{5}$/.test(KINDS_OF_RISK[code].category)))
})

const STANDING = riskAt([117.01, 36.66], { name: '旧名', devices: ['GD-1'], ownerUnit: 'U03', component: '99990201003000001' })
const known = (has: readonly string[] = RISK_COLUMNS.map(({ key }) => key)): Known => ({
  unit: (word) => (word === 'U03' || word === '燃气站' ? 'U03' : undefined),
  isComponent: (code) => code.endsWith('1'),
  isDevice: (code) => code.startsWith('GD-'),
  locate: ([lng]) => (lng > 117 ? { district: '999902', cell: '999902001001001' } : lng > 116 ? { district: '999903', cell: null } : undefined),
  mayKeep: ({ district }) => district === '999902',
  standing: (code, district) => (code === 'FX-OLD' && district === '999902' ? { body: STANDING, district, reviewedAt: at } : undefined),
  elsewhere: (code, district) => (code === 'FX-FAR' && district !== '999904' ? '999904' : undefined),
  has: (column) => has.includes(column),
  now: at,
})
const rowOf = (cells: Record<string, string>): ListRow => ({ row: 7, cell: (column) => cells[column] ?? '' })
const SOUND = {
  code: 'FX-1', name: '调压箱', field: '市政设施', kind: 'Gas mains and stations', lng: '117.02', lat: '36.65', likelihood: '3', consequence: '5', measures: '每日巡检', review_days: '180',
  unit: '燃气站', devices: 'GD-1；GD-2', reviewed_at: '2026-05-01',
}

test('a row in words of either language is read as a risk', () => {
  const { body, district, reviewedAt, faults } = readRisk(rowOf(SOUND), known())

  assert.deepEqual(faults, [])
  assert.deepEqual(body, { ...riskAt([117.02, 36.65]), name: '调压箱', consequence: 5, ownerUnit: 'U03', ownerPerson: '', devices: ['GD-1', 'GD-2'] })
  assert.deepEqual([district, reviewedAt?.toISOString()], ['999902', '2026-04-30T16:00:00.000Z'])
})

test('a column that the list lacks leaves a risk as it was', () => {
  const needed = RISK_COLUMNS.filter((column) => 'required' in column).map(({ key }) => key)
  const { body, reviewedAt, faults } = readRisk(rowOf({ ...SOUND, code: 'FX-OLD' }), known(needed))

  assert.deepEqual(faults, [])
  assert.deepEqual([body.ownerUnit, body.component, body.devices, body.ownerPerson, reviewedAt], ['U03', STANDING.component, ['GD-1'], '张工', at])
})

for (const [because, cells, column] of [
  ['its code has a space', { code: 'FX 1' }, '风险编号'],
  ['it has no name', { name: '' }, '名称'],
  ['there is no such field', { field: '农业' }, '领域'],
  ['there is no such kind', { kind: '火山' }, '类型'],
  ['the kind is of another field', { kind: '桥梁' }, '类型'],
  ['half of its place is missing', { lat: '' }, '纬度'],
  ['longitude and latitude were taken for each other', { lng: '36.65', lat: '117.02' }, '纬度'],
  ['it lies outside of the city', { lng: '90.5' }, '经度'],
  ['its likelihood is beyond the matrix', { likelihood: '6' }, '可能性（1–5）'],
  ['its consequence is a word', { consequence: '严重' }, '后果（1–5）'],
  ['nothing is done about it', { measures: '' }, '管控措施'],
  ['there is no such unit', { unit: '某处' }, '责任单位'],
  ['there is no such component', { component: '99990201003000002' }, '关联部件'],
  ['one of its devices is not there', { devices: 'GD-1;WL-9' }, '监测设备'],
  ['it was reviewed tomorrow', { reviewed_at: '2026-06-11' }, '上次评估'],
  ['it is reviewed every 0 days', { review_days: '0' }, '复评周期（天）'],
  ['its state is no state', { state: '坏了' }, '状态'],
  ['its code stands in another district', { code: 'FX-FAR' }, '风险编号'],
  ['it lies beyond what the caller keeps', { lng: '116.5' }, '风险编号'],
] as const) {
  test(`a row is refused where ${because}, with its place and what to do`, () => {
    const { faults } = readRisk(rowOf({ ...SOUND, ...cells }), known())

    assert.deepEqual(faults.map((fault) => [fault.row, fault.column.zh]), [[7, column]])
    assert.ok(faults.every(({ reason, remedy }) => reason.zh && reason.en && remedy.zh && remedy.en))
  })
}
