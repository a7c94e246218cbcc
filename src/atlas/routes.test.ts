import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withApp } from '../testing.ts'

test('anyone sees the city, its divisions and its map; cells and components are for those who signed in', withApp(async ({ fetchAs }) => {
  const city = await (await fetchAs(null, '/api/city')).json()
  const [lng, lat] = city.center
  const divisions = await (await fetchAs(null, '/api/divisions?level=district')).json()
  const place = await (await fetchAs(null, `/api/places/at?lng=${lng}&lat=${lat}`)).json()
  const side = 2 ** 16
  const x = Math.floor(((lng + 180) / 360) * side)
  const y = Math.floor(((1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2) * side)
  const base = await fetchAs(null, `/tiles/base/16/${x}/${y}`)
  const grid = await fetchAs('operator', `/tiles/grid/16/${x}/${y}`)
  const near = await (await fetchAs('operator', `/api/components/near?lng=${lng}&lat=${lat}&metres=300&limit=3`)).json()

  assert.equal(city.code, '999900')
  assert.equal(divisions.items.length, 2)
  assert.ok(place.located.district.startsWith('9999'))
  assert.equal(base.headers.get('content-type'), 'application/vnd.mapbox-vector-tile')
  assert.ok((await base.arrayBuffer()).byteLength > 100)
  assert.ok((await grid.arrayBuffer()).byteLength > 100)
  assert.equal(near.items.length, 3)
  assert.ok(near.items[0].metres <= near.items[2].metres)
  assert.equal((await fetchAs(null, `/tiles/grid/16/${x}/${y}`)).status, 401)
  assert.equal((await fetchAs(null, `/api/components/near?lng=${lng}&lat=${lat}`)).status, 401)
  assert.equal((await fetchAs(null, '/tiles/base/3/0/0')).status, 204)
  assert.equal((await fetchAs(null, '/api/places/at?lng=999&lat=0')).status, 400)
}))

test('a place is found by the name that stands on the map', withApp(async ({ fetchAs }) => {
  const found = await (await fetchAs(null, `/api/places?text=${encodeURIComponent('路')}&limit=5`)).json()

  assert.equal(found.items.length, 5)
  assert.ok(found.items.every(({ name }: { name: string }) => name.includes('路')))
}))
