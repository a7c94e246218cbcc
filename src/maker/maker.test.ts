import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { atlas } from '../atlas/index.ts'
import { cases, type HistoryRow } from '../cases/index.ts'
import { areaSquareMetres, checkPack, polygonIndex, type Rings } from '../kernel/index.ts'
import { registry, shippedCategories } from '../registry/index.ts'
import { responsibility } from '../responsibility/index.ts'
import { layCity, DEMO } from './city.ts'
import { openWorkshop, pastCases } from './history.ts'
import { makeCity, makeDemo, type MadeCity } from './index.ts'
import { randomFrom } from './random.ts'
import { layRules } from './responsibility.ts'

const NOW = new Date('2026-11-20T15:30:00+08:00')
const PACK = [atlas, registry, responsibility, cases].flatMap((room) => room.pack ?? [])

const folders: string[] = []
const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'chengyun-maker-'))
  folders.push(made)
  return made
}
after(() => folders.forEach((made) => rmSync(made, { recursive: true })))

const digest = (of: string): string => {
  const hash = createHash('sha256')
  for (const name of readdirSync(of).sort()) hash.update(name).update(readFileSync(join(of, name)))
  return hash.digest('hex')
}

let demo: MadeCity
let pack: string
let seconds: number
before(async () => {
  pack = folder()
  const start = performance.now()
  demo = await makeDemo(pack, { now: NOW })
  seconds = (performance.now() - start) / 1000
})

test('the demo city is made in seconds', () => {
  // The goal is ten; the machine may be busy with other tests.
  assert.ok(seconds < 25, `${seconds} s`)
})

test('the pack of the demo city is without fault', async () => {
  const { faults } = await checkPack(pack, PACK)

  assert.deepEqual(faults, [])
})

test('the demo city is as large as it should be', () => {
  const { city, counts } = demo

  assert.deepEqual(city.grid.districts.map(({ code, name }) => [code, name]), [
    ['999902', '清河区'],
    ['999903', '学院区'],
  ])
  assert.equal(city.grid.streets.length, 4)
  assert.equal(city.grid.communities.length, 12)
  assert.equal(city.grid.beats.length, 12)
  assert.ok(Math.abs(counts.cells - 500) < 15, `${counts.cells} cells`)
  assert.equal(counts.components, 20_000)
  assert.equal(city.units.all.filter(({ level }) => level === 2).length, 12)
  assert.ok(Math.abs(counts.history - 12_000) < 600, `${counts.history} cases`)
})

test('the same seed and moment make the same bytes, another seed others', async () => {
  const [again, other] = [folder(), folder()]
  await makeDemo(again, { now: NOW })
  await makeCity({ ...DEMO, seed: 7, now: NOW, folder: other })

  assert.equal(digest(again), digest(pack))
  assert.notEqual(readFileSync(join(other, 'cells.geojson'), 'utf8'), readFileSync(join(pack, 'cells.geojson'), 'utf8'))
})

interface CellFeature {
  readonly properties: { readonly code: string; readonly grade: string }
  readonly geometry: { readonly type: 'Polygon'; readonly coordinates: Rings }
}
const cellsOf = (of: string): CellFeature[] => JSON.parse(readFileSync(join(of, 'cells.geojson'), 'utf8')).features

/** Sides that only one cell has: the border of the city, if the cells leave no gap. */
function openSides(features: readonly CellFeature[]): Map<string, readonly number[][]> {
  const sides = new Map<string, readonly number[][]>()
  for (const { geometry } of features) {
    const ring = geometry.coordinates[0]!
    ring.slice(1).forEach((to, i) => {
      const from = ring[i]!
      if (!sides.delete(`${to}>${from}`)) sides.set(`${from}>${to}`, [from as number[], to as number[]])
    })
  }
  return sides
}

for (const [name, make] of [
  ['demo city', async () => pack],
  [
    'city of 3,000 cells',
    async () => {
      const made = folder()
      await makeCity({ folder: made, cells: 3_000, components: 30_000, units: 500, now: NOW })
      const { faults, counts } = await checkPack(made, PACK)
      assert.deepEqual(faults, [])
      assert.equal(counts['components.csv'], 30_000)
      assert.equal(counts['units.csv'], 500)
      return made
    },
  ],
] as const) {
  test(`the cells of the ${name} tile its ground without gap or overlap`, async () => {
    const made = await make()
    const features = cellsOf(made)
    const { box } = JSON.parse(readFileSync(join(made, 'city.json'), 'utf8'))
    const areas = features.map(({ geometry }) => areaSquareMetres(geometry.coordinates))

    for (const [[lng1, lat1], [lng2, lat2]] of openSides(features).values() as Iterable<[[number, number], [number, number]]>) {
      const near = (a: number, b: number) => Math.abs(a - b) < 2e-5
      const upright = [box[0], box[2]].some((x) => near(lng1, x) && near(lng2, x))
      const level = [box[1], box[3]].some((y) => near(lat1, y) && near(lat2, y))
      assert.ok(upright || level, `${lng1},${lat1} to ${lng2},${lat2} is a gap`)
    }
    assert.ok(Math.min(...areas) > 5_000 && Math.max(...areas) < 16_000, `${Math.min(...areas)} to ${Math.max(...areas)} m²`)
    const mean = areas.reduce((sum, area) => sum + area, 0) / areas.length
    assert.ok(mean > 9_000 && mean < 11_000, `${mean} m² on average`)
    const index = polygonIndex(features, ({ geometry }) => geometry)
    const random = randomFrom(1, 'points')
    for (let i = 0; i < 20_000; i++) {
      const [lng, lat] = [random.between(box[0] + 2e-5, box[2] - 2e-5), random.between(box[1] + 2e-5, box[3] - 2e-5)]
      assert.equal(index.findAll(lng, lat).length, 1, `${lng},${lat}`)
    }
    assert.deepEqual([...new Set(features.map(({ properties }) => properties.grade))].sort(), ['A', 'B', 'C'])
  })
}

test('no cell crosses the border of its community, and the districts are all of the city', () => {
  const shapes = JSON.parse(readFileSync(join(pack, 'divisions.geojson'), 'utf8')).features as CellFeature[]
  const area = (codes: (code: string) => boolean): number =>
    shapes.filter(({ properties }) => codes(properties.code)).reduce((sum, { geometry }) => sum + areaSquareMetres(geometry.coordinates), 0)
  const whole = area((code) => code === '999900')

  for (const length of [9, 12]) assert.ok(Math.abs(area((code) => code.length === length) / whole - 1) < 1e-9)
  assert.ok(Math.abs(area((code) => code.length === 6 && code !== '999900') / whole - 1) < 1e-9)
  for (const { properties, geometry } of shapes.filter((shape) => shape.properties.code.length === 12)) {
    const cells = cellsOf(pack).filter((cell) => cell.properties.code.startsWith(properties.code))
    const sum = cells.reduce((total, cell) => total + areaSquareMetres(cell.geometry.coordinates), 0)
    assert.ok(Math.abs(sum / areaSquareMetres(geometry.coordinates) - 1) < 1e-9, properties.code)
  }
})

test('every category has a unit that answers for it in every street', () => {
  const { grid, units } = demo.city
  const ids = ['2026', '2013'].flatMap(shippedCategories).map(({ id }) => id)
  const rules = layRules(grid, units, ids)

  for (const id of ids) {
    for (const street of grid.streets) {
      const found = rules.find((rule) => rule.category !== '' && id.startsWith(rule.category) && street.code.startsWith(rule.region))
      assert.ok(found && units.all.some(({ code }) => code === found.unit), `${id} in ${street.name}`)
    }
  }
})

test('there are people for every role, and the accounts that are printed', () => {
  const roles = new Map(demo.city.people.rows.map(({ account, role }) => [account, role]))

  const wanted = {
    operator: 'operator',
    lead: 'shift-lead',
    dispatcher: 'dispatcher',
    leader: 'leader',
    sysadmin: 'system-admin',
    secadmin: 'security-admin',
    auditor: 'audit-admin',
    collector01: 'collector',
    collector12: 'collector',
    'handler-u0301': 'handler',
  }
  for (const [account, role] of Object.entries(wanted)) assert.equal(roles.get(account), role, account)
})

const history = (): HistoryRow[] => [...pastCases(openWorkshop(layCity({ ...DEMO, now: NOW })), { cases: 12_000, days: 90 })]
const share = (rows: readonly HistoryRow[], test: (row: HistoryRow) => unknown): number => rows.filter(test).length / rows.length

test('the past cases look like those of a city', () => {
  const rows = history()
  const disposed = rows.filter((row) => row.disposed_at)

  assert.ok(Math.abs(share(rows, (row) => row.source === 'collector') - 0.69) < 0.03)
  assert.ok(Math.abs(share(disposed, (row) => row.reworked_at) - 0.016) < 0.006)
  assert.ok(share(rows, (row) => row.closed_at) > 0.9)
  for (const step of ['declined_at', 'voided_at', 'self_disposed_at', 'returned_at', 'verified_at'] as const) {
    assert.ok(rows.some((row) => row[step]), step)
  }
  for (const row of rows) {
    for (const [column, value] of Object.entries(row)) {
      if (column.endsWith('_at') && value) assert.ok(new Date(value) <= NOW, `${column} ${value}`)
    }
  }
  const perDay = Map.groupBy(rows, ({ key }) => key!.slice(0, 8))
  assert.ok(perDay.get('20261115')!.length < perDay.get('20261116')!.length, 'Sunday is quieter than Monday')
})
