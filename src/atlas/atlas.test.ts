import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import type { Context, PackFile, Position } from '../kernel/index.ts'
import { inCity } from '../testing.ts'
import { findComponent, nearestComponents } from './components.ts'
import { findDivisions, getCityFacts, regionName } from './divisions.ts'
import { metresToLine, middleOfLine } from './line.ts'
import { locate } from './locate.ts'
import { addressesFile } from './pack/addresses.ts'
import { basemapFile } from './pack/basemap.ts'
import { beatsFile, cellsFile } from './pack/cells.ts'
import { cityFile } from './pack/city.ts'
import { componentsFile, type ComponentRow } from './pack/components.ts'
import { divisionShapesFile, divisionsFile } from './pack/divisions.ts'
import { pairsAsked, pairsOf, plain } from './pairs.ts'
import { describePlace, findPlaces } from './places.ts'
import { levelOf, parentOf, regionCode, regionPrefix } from './region.ts'
import { ownTables, tables } from './tables.ts'
import { baseTile, gridTile } from './tiles.ts'

// ── Pure rules

for (const [code, level, parent, prefix] of [
  ['999900', 'city', null, '9999'],
  ['999903', 'district', '999900', '999903'],
  ['999903001', 'street', '999903', '999903001'],
  ['999903001002', 'community', '999903001', '999903001002'],
] as const) {
  test(`${code} is a ${level} and stands for ${prefix}`, () => {
    assert.equal(levelOf(code), level)
    assert.equal(parentOf(code), parent)
    assert.equal(regionPrefix(code), prefix)
    assert.equal(regionCode(prefix), code)
  })
}

test('a place is found by the pairs of its letters, however it is written', () => {
  const pairs = new Set(pairsOf('中关村东路１２号', 'ZGC East'))

  assert.ok(pairsAsked('东路12').every((pair) => pairs.has(pair)))
  assert.ok(pairsAsked('zgc').every((pair) => pairs.has(pair)))
  assert.ok(pairsAsked('村').every((pair) => pairs.has(pair)))
  assert.ok(!pairsAsked('西路').every((pair) => pairs.has(pair)))
  assert.equal(plain('（A座）1-2'), 'a座12')
})

test('the distance to a road is measured to its line, not to its ends', () => {
  const road = { type: 'LineString' as const, coordinates: [[116.31, 40] as Position, [116.32, 40] as Position] }

  assert.ok(Math.abs(metresToLine([116.315, 40.0009], road) - 100) < 1)
  assert.deepEqual(middleOfLine(road)?.map((degree) => Math.round(degree * 1e6) / 1e6), [116.315, 40])
})

// ── A city of two streets, in place of the one that is there

const corner = (west: number, south: number, east: number, north: number) => ({
  type: 'Polygon' as const,
  coordinates: [
    [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ],
  ],
})
const cover = (number: number, lng: number, lat: number): ComponentRow => ({
  code: `99990301001${String(number).padStart(6, '0')}`,
  category: '2026.c.01001',
  name: null,
  state: 'intact',
  cell: '999903001001001',
  community: '999903001001',
  owner_unit: 'U01',
  maintainer_unit: null,
  lng,
  lat,
  recorded_on: '2024-01-01',
  changed_on: null,
  source: null,
  note: null,
})

async function* each<T>(rows: T[]) {
  yield* rows
}

async function buildGround(ctx: Context): Promise<void> {
  for (const table of Object.keys(tables).toReversed()) await sql`delete from ${sql.table(table)}`.execute(ctx.db)
  const load = (file: PackFile, rows: unknown[]) => (file.loadEach ? file.loadEach(ctx, each(rows)) : file.load!(ctx, rows))
  const box = [116.3, 39.98, 116.34, 40.02]
  await load(cityFile, [{ code: '999900', name: { zh: '示范市', en: 'Demo' }, center: [116.32, 40], box, catalogue: '2026' }])
  await load(divisionsFile, [
    { code: '999900', name: '示范市', name_en: 'Demo City' },
    { code: '999903', name: '学院区', name_en: 'Xueyuan' },
    { code: '999903001', name: '书院街道', name_en: 'Shuyuan Street' },
    { code: '999903001001', name: '书院社区', name_en: null },
    { code: '999903002', name: '荷塘街道', name_en: null },
    { code: '999903002001', name: '荷塘社区', name_en: null },
  ])
  await load(divisionShapesFile, [{ code: '999903002001', geometry: corner(116.32, 40, 116.33, 40.01) }])
  await load(beatsFile, [{ code: 'R999903001001', name: '书院一', street: '999903001' }])
  await load(cellsFile, [
    { code: '999903001001001', beat: 'R999903001001', grade: 'A', geometry: corner(116.31, 40, 116.3112, 40.0009) },
    { code: '999903001001002', beat: null, grade: 'B', geometry: corner(116.3112, 40, 116.3124, 40.0009) },
  ])
  await load(componentsFile, [cover(1, 116.3101, 40.0001), cover(2, 116.3103, 40.0001), cover(3, 116.3111, 40.0008)])
  await load(addressesFile, [
    { code: 'A1', name: '中关村东路12号', alias: null, kind: 'door', community: '999903001001', lng: 116.3106, lat: 40.0004 },
    { code: 'A2', name: '中关村东路2号', alias: null, kind: 'door', community: '999903001001', lng: 116.3116, lat: 40.0004 },
    { code: 'A3', name: '荷塘小学', alias: '附小', kind: 'place', community: '999903002001', lng: 116.325, lat: 40.005 },
  ])
  const road = { type: 'LineString', coordinates: [[116.309, 40.0002], [116.314, 40.0002]] }
  await load(basemapFile, [
    { id: 'way/1', layer: 'road', kind: 'primary', name: '中关村东路', geometry: road },
    { id: 'way/2', layer: 'building', kind: null, name: null, geometry: corner(116.3102, 40.0003, 116.3104, 40.0005) },
  ])
}

const onGround = (body: (ctx: Context) => Promise<void>) =>
  inCity(async (ctx) => {
    await buildGround(ctx)
    await body(ctx)
  })

test('a point lies in its cell, or in its community where no cell is drawn, or outside the city', onGround(async (ctx) => {
  const inCell = await locate(ctx, [116.3105, 40.0004])
  const inCommunity = await locate(ctx, [116.325, 40.005])

  assert.deepEqual(inCell, {
    cell: '999903001001001',
    beat: 'R999903001001',
    community: '999903001001',
    street: '999903001',
    district: '999903',
    grade: 'A',
  })
  assert.equal(inCommunity?.community, '999903002001')
  assert.equal(inCommunity?.cell, null)
  assert.equal(await locate(ctx, [116.2, 40]), undefined)
}))

test('divisions are found by parent and level, and have a name in both languages', onGround(async (ctx) => {
  const streets = await findDivisions(ctx, { parent: '999903' })

  assert.deepEqual(streets.map(({ code }) => code), ['999903001', '999903002'])
  assert.deepEqual(await regionName(ctx, '9999'), { zh: '示范市', en: 'Demo City' })
  assert.deepEqual(await regionName(ctx, '999903002'), { zh: '荷塘街道', en: '荷塘街道' })
  assert.equal((await getCityFacts(ctx)).zone, 'Asia/Shanghai')
}))

test('the nearest components come first, none beyond the metres asked for and none that was removed', onGround(async (ctx) => {
  const at: Position = [116.31, 40.0001]
  await ownTables(ctx).updateTable('component').set({ state: 'removed' }).where('code', '=', '99990301001000002').execute()
  const near = await nearestComponents(ctx, at, 50, 10)
  const far = await nearestComponents(ctx, at, 500, 1)

  assert.deepEqual(near.map(({ code }) => code), ['99990301001000001'])
  assert.ok(Math.abs(near[0]!.metres - 8.5) < 0.5)
  assert.equal(far.length, 1)
  assert.deepEqual(await nearestComponents(ctx, at, 500, 10, { category: '2026.c.02' }), [])
  assert.equal((await findComponent(ctx, '99990301001000003'))?.ownerUnit, 'U01')
  assert.equal(await findComponent(ctx, '99990301001000009'), undefined)
}))

for (const { text, names } of [
  { text: '中关村', names: ['中关村东路', '中关村东路2号', '中关村东路12号'] },
  { text: '东路12', names: ['中关村东路12号'] },
  { text: '学院区书院街道中关村东路 12 号', names: ['中关村东路12号'] },
  { text: '荷塘街道中关村', names: [] },
  { text: '附小', names: ['荷塘小学'] },
  { text: '不存在的路', names: [] },
  { text: '！？', names: [] },
]) {
  test(`“${text}” finds ${names.join('、') || 'nothing'}`, onGround(async (ctx) => {
    const found = await findPlaces(ctx, text, 10)

    assert.deepEqual(found.map(({ name }) => name), names)
  }))
}

for (const { at, zh, because } of [
  { at: [116.3106, 40.0005], zh: '学院区 书院街道 中关村东路12号附近', because: 'a door is close by' },
  { at: [116.3101, 40.0002], zh: '学院区 书院街道 中关村东路12号附近', because: 'the door is still in sight' },
  { at: [116.3138, 40.0003], zh: '中关村东路附近', because: 'only the road is near, outside any cell' },
  { at: [116.3252, 40.0052], zh: '学院区 荷塘街道 荷塘小学附近', because: 'a place is close by' },
  { at: [116.329, 40.009], zh: '学院区 荷塘街道', because: 'nothing has a name there' },
  { at: [110, 30], zh: '城市范围之外', because: 'it is far away' },
] as { at: Position; zh: string; because: string }[]) {
  test(`a position is “${zh}”: ${because}`, onGround(async (ctx) => {
    const { words } = await describePlace(ctx, at)

    assert.equal(words.zh, zh)
    assert.ok(words.en)
  }))
}

test('tiles hold what lies on them, and nothing where the city is not', onGround(async (ctx) => {
  const z = 16
  const x = Math.floor(((116.3105 + 180) / 360) * 2 ** z)
  const y = Math.floor(((1 - Math.asinh(Math.tan((40.0004 * Math.PI) / 180)) / Math.PI) / 2) * 2 ** z)
  const base = Buffer.from(await baseTile(ctx, { z, x, y })).toString('latin1')
  const grid = Buffer.from(await gridTile(ctx, { z, x, y })).toString('latin1')
  const far = Buffer.from(await gridTile(ctx, { z: 13, x: x >> 3, y: y >> 3 })).toString('latin1')

  for (const word of ['road', 'building', 'primary']) assert.ok(base.includes(word), word)
  for (const word of ['cell', 'beat', 'component', '99990301001000001']) assert.ok(grid.includes(word), word)
  assert.ok(far.includes('cell') && !far.includes('component'))
  assert.equal((await baseTile(ctx, { z, x: 0, y: 0 })).length, 0)
  assert.equal((await gridTile(ctx, { z: 2, x: 99, y: 0 })).length, 0)
}))

test('hot questions of components look into one district', onGround(async (ctx) => {
  const plan = ownTables(ctx).selectFrom('component').selectAll().where('code', '=', '99990301001000001').where('district', '=', '999903')
  const lines = (await plan.explain()) as { 'QUERY PLAN': string }[]

  const scans = lines.filter((line) => /(Seq|Heap) Scan on component|Scan using \S+ on component/.test(Object.values(line)[0]!))
  assert.equal(scans.length, 1, lines.map((line) => Object.values(line)[0]).join('\n'))
}))
