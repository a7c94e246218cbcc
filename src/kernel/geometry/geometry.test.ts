import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Feature } from 'geojson'
import { bd09, fromBd09, fromGcj02, toBd09, toGcj02 } from './datum.ts'
import { areaSquareMetres, boxAround, centroid, distanceMetres, type Rings } from './metres.ts'
import { pointIndex } from './point-index.ts'
import { polygonIndex } from './polygon-index.ts'
import { encodeFeatures, encodeTile, tileAt, tileBox, tileLayer } from './tile.ts'

const square = (west: number, south: number, side: number): Rings => [
  [
    [west, south],
    [west + side, south],
    [west + side, south + side],
    [west, south + side],
    [west, south],
  ],
]

test('a degree of longitude is shorter in Beijing than at the equator', () => {
  assert.ok(Math.abs(distanceMetres([116, 0], [117, 0]) - 111_195) < 1)
  assert.ok(Math.abs(distanceMetres([116, 40], [117, 40]) - 85_179) < 2)
})

test('the area of a field of a hundredth of a degree, with a hole', () => {
  const field = areaSquareMetres(square(116, 40, 0.01))
  assert.ok(Math.abs(field / (1111.95 * 851.7) - 1) < 0.001, String(field))

  const holed = areaSquareMetres([square(116, 40, 0.01)[0]!, square(116.002, 40.002, 0.005)[0]!])
  assert.ok(Math.abs(holed / field - 0.75) < 0.001)
})

test('a point on the border of two cells lies in exactly one of them', () => {
  const cells = [square(0, 0, 1), square(1, 0, 1), square(0, 1, 1), square(1, 1, 1)]
  const index = polygonIndex(cells, (coordinates) => ({ type: 'Polygon', coordinates }))

  for (const [lng, lat] of [[1, 0.5], [0.5, 1], [1, 1], [1.5, 1], [0.25, 0.75]] as const) {
    assert.equal(index.findAll(lng, lat).length, 1, `${lng},${lat}`)
    assert.equal(index.find(lng, lat), index.findAll(lng, lat)[0])
  }
  assert.equal(index.find(2.5, 0.5), undefined)
})

test('a point in a hole is not in the polygon, and a part apart is', () => {
  const shape = { name: 'island', coordinates: [[square(0, 0, 3)[0]!, square(1, 1, 1)[0]!], square(5, 5, 1)] }
  const index = polygonIndex([shape], ({ coordinates }) => ({ type: 'MultiPolygon', coordinates }))

  assert.equal(index.find(1.5, 1.5), undefined)
  assert.equal(index.find(0.5, 0.5)?.name, 'island')
  assert.equal(index.find(5.5, 5.5)?.name, 'island')
})

test('an index of nothing answers', () => {
  assert.equal(polygonIndex([], () => ({ type: 'Polygon', coordinates: [] })).find(1, 1), undefined)
  assert.deepEqual(pointIndex([], () => [0, 0]).near([0, 0], 100, 5), [])
})

test('31,500 cells answer 200,000 points a second', () => {
  const side = 0.001
  const cells = Array.from({ length: 31_500 }, (_, i) => square(116 + (i % 200) * side, 40 + Math.floor(i / 200) * side, side))
  const index = polygonIndex(cells, (coordinates) => ({ type: 'Polygon', coordinates }))
  let seed = 7
  const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647
  const ask = (count: number) => {
    let found = 0
    for (let i = 0; i < count; i++) if (index.find(116 + random() * 0.2, 40 + random() * 0.157)) found++
    return found
  }
  ask(20_000)

  const start = performance.now()
  const found = ask(200_000)
  const perSecond = 200_000 / ((performance.now() - start) / 1000)

  assert.ok(found > 199_000)
  // A quarter of the goal: the machine may be busy with other tests, and the bench measures the goal itself.
  assert.ok(perSecond > 50_000, `${Math.round(perSecond)} a second`)
})

test('the nearest lamps come first, measured in metres and not in degrees', () => {
  const lamps: { code: string; at: [number, number] }[] = [
    { code: 'north', at: [116.3, 40.0009] },
    { code: 'east', at: [116.3011, 40] },
    { code: 'far', at: [116.31, 40] },
  ]
  const index = pointIndex(lamps, ({ at }) => at)

  const near = index.near([116.3, 40], 150, 10)

  assert.deepEqual(near.map(({ item }) => item.code), ['east', 'north'])
  assert.ok(Math.abs(near[0]!.metres - 93.7) < 0.5)
  assert.equal(index.near([116.3, 40], 5000, 1).length, 1)
  assert.equal(index.near([116.3, 40], 5000, 5, ({ code }) => code === 'far')[0]?.item.code, 'far')
  assert.equal(index.within(boxAround([116.3, 40], 150)).length, 2)
})

test('positions of Chinese maps come back to where they were', () => {
  const here: [number, number] = [116.3201, 40.0013]

  assert.ok(distanceMetres(here, fromGcj02(toGcj02(here))) < 0.6)
  assert.ok(distanceMetres(here, fromBd09(toBd09(here))) < 2)
  const shift = distanceMetres(here, toGcj02(here) as unknown as [number, number])
  assert.ok(shift > 300 && shift < 800, `${shift}`)
  assert.ok(distanceMetres(fromBd09(bd09(116.404, 39.915)), [116.39123, 39.9073]) < 100)
})

test('the middle of a cell is in it', () => {
  assert.deepEqual(centroid(square(0, 0, 2)), [1, 1])
})

test('a tile holds what stands on its ground, and no tile is made of nothing', () => {
  const lamp: Feature = { type: 'Feature', properties: { code: 'L1' }, geometry: { type: 'Point', coordinates: [116.32, 40] } }
  const { x, y } = tileAt(116.32, 40, 16)
  const box = tileBox(16, x, y)
  assert.ok(box[0] <= 116.32 && box[2] > 116.32 && box[1] <= 40 && box[3] > 40)

  const bytes = encodeTile([tileLayer('component', [lamp])], 16, x, y)

  assert.ok(bytes && Buffer.from(bytes).includes('component') && Buffer.from(bytes).includes('L1'))
  assert.equal(encodeTile([tileLayer('component', [lamp])], 16, x + 3, y), undefined)
  assert.ok(encodeFeatures({ component: [lamp], cell: [] }, 16, x, y))
})
