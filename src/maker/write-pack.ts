// Writes a made city as a city pack (城市包): the files that `chengyun city load` takes.

import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { join } from 'node:path'
import { addDays, wallDay } from '../kernel/index.ts'
import { shippedCategories } from '../registry/index.ts'
import type { City } from './city.ts'
import { tradeOfComponent } from './component-plan.ts'
import type { Place } from './grid.ts'
import { layRules } from './responsibility.ts'
import type { Point, Shape } from './shape.ts'

type Value = string | number | null

/** RFC 4180; only what must be quoted is. */
const field = (value: Value): string => {
  if (value === null) return ''
  const text = String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

export async function writeLines(file: string, lines: Iterable<string>): Promise<number> {
  const stream = createWriteStream(file)
  let batch = ''
  let count = 0
  for (const line of lines) {
    batch += `${line}\n`
    count++
    if (batch.length < 1 << 18) continue
    if (!stream.write(batch)) await once(stream, 'drain')
    batch = ''
  }
  stream.end(batch)
  await once(stream, 'finish')
  return count
}

/** A header and rows; returns the number of rows. */
export async function writeCsv(file: string, columns: readonly string[], rows: Iterable<readonly Value[]>): Promise<number> {
  const lines = function* (): Generator<string> {
    yield columns.join(',')
    for (const row of rows) yield row.map(field).join(',')
  }
  return (await writeLines(file, lines())) - 1
}

interface Drawn {
  readonly properties: Record<string, unknown>
  readonly geometry: unknown
}

async function writeFeatures(file: string, features: Iterable<Drawn>, notice?: string): Promise<number> {
  const lines = function* (): Generator<string> {
    yield `{"type":"FeatureCollection",${notice ? `"attribution":${JSON.stringify(notice)},` : ''}"features":[`
    let before = ''
    for (const { properties, geometry } of features) {
      yield `${before}{"type":"Feature","properties":${JSON.stringify(properties)},"geometry":${JSON.stringify(geometry)}}`
      before = ','
    }
    yield ']}'
  }
  return (await writeLines(file, lines())) - 2
}

const writeJson = (file: string, body: unknown): void => writeFileSync(file, `${JSON.stringify(body, null, 2)}\n`)

/** Corners that rounding has made one are written once. */
function ringOf(outline: Shape, toDegrees: (at: Point) => [number, number]): [number, number][] {
  const ring = outline.map(toDegrees)
  const apart = ring.filter(([lng, lat], i) => {
    const next = ring[(i + 1) % ring.length]!
    return lng !== next[0] || lat !== next[1]
  })
  return [...apart, apart[0]!]
}

export interface PackCounts {
  readonly divisions: number
  readonly cells: number
  readonly beats: number
  readonly components: number
  readonly addresses: number
  readonly units: number
  readonly people: number
  readonly responsibility: number
}

export const CATALOGUES = ['2026', '2013'] as const

/** Writes everything but the past cases. */
export async function writePack(city: City, folder: string): Promise<PackCounts> {
  const { plan, grid, ground, units, people, addresses } = city
  mkdirSync(folder, { recursive: true })
  const at = (file: string): string => join(folder, file)
  const { toDegrees } = ground
  const today = wallDay(plan.now)
  writeJson(at('city.json'), cityFacts(city))
  writeJson(at('calendar.json'), { zone: 'Asia/Shanghai', hours: [['08:00', '12:00'], ['14:00', '18:00']], holidays: 'CN' })

  const places: Place[] = [grid.city, ...grid.districts, ...grid.streets, ...grid.communities]
  const named = places.map(({ code, name, nameEn }) => [code, name, nameEn])
  const divisions = await writeCsv(at('divisions.csv'), ['code', 'name', 'name_en'], named)
  const polygon = (outline: Shape) => ({ type: 'Polygon', coordinates: [ringOf(outline, toDegrees)] })
  await writeFeatures(at('divisions.geojson'), places.map(({ code, outline }) => ({ properties: { code }, geometry: polygon(outline) })))
  const cells = await writeFeatures(
    at('cells.geojson'),
    grid.cells.map(({ code, beat, grade, outline }) => ({ properties: { code, beat, grade }, geometry: polygon(outline) })),
  )
  const beatRows = grid.beats.map(({ code, name, street }) => [code, name, street])
  const beats = await writeCsv(at('beats.csv'), ['code', 'name', 'street'], beatRows)
  const components = await writeComponents(city, at('components.csv'), today)
  await writeCsv(
    at('addresses.csv'),
    ['code', 'name', 'alias', 'kind', 'community', 'lng', 'lat'],
    addresses.map((one) => [one.code, one.name, one.alias, one.kind, one.cell.code.slice(0, 12), ...toDegrees(one.at)]),
  )
  await writeFeatures(at('basemap.geojson'), basemap(city), plan.ground === 'mapped' ? '© OpenStreetMap contributors, ODbL 1.0' : undefined)

  await writeCsv(
    at('units.csv'),
    ['code', 'parent', 'kind', 'name', 'name_en', 'credit_code', 'region', 'phone'],
    units.all.map((unit) => [unit.code, unit.parent, unit.kind, unit.name, unit.nameEn, unit.creditCode, unit.region, unit.phone]),
  )
  await writeCsv(
    at('people.csv'),
    ['account', 'name', 'phone', 'unit', 'beat', 'role', 'scope_region', 'scope_unit', 'scope_category', 'password'],
    people.rows.map((row) => {
      const { account, name, phone, unit, beat, role, scopeRegion, scopeUnit, password } = row
      return [account, name, phone, unit, beat, role, scopeRegion, scopeUnit, '', password]
    }),
  )
  const categories = CATALOGUES.flatMap(shippedCategories).map(({ id }) => id)
  const rules = layRules(grid, units, categories)
  const ruleRows = rules.map((rule) => [rule.category, rule.region, rule.basis, rule.unit, rule.note])
  const responsibility = await writeCsv(at('responsibility.csv'), ['category', 'region', 'basis', 'unit', 'note'], ruleRows)
  const held = { addresses: addresses.length, units: units.all.length, people: people.rows.length }
  return { divisions, cells, beats, components, responsibility, ...held }
}

function cityFacts({ plan, ground }: City): unknown {
  const [west, south] = ground.toDegrees([0, 0])
  const [east, north] = ground.toDegrees([ground.width, ground.height])
  // Whole hundred-thousandths of a degree outward, so that rounding leaves nothing outside.
  const out = (value: number, way: -1 | 1): number => (way < 0 ? Math.floor(value * 1e5) : Math.ceil(value * 1e5)) / 1e5
  const [lng, lat] = ground.toDegrees([ground.width / 2, ground.height / 2])
  return {
    code: plan.code,
    name: { zh: plan.name, en: plan.nameEn },
    center: [lng, lat],
    zoom: Math.round(10 * (14.6 - Math.log2(Math.max(ground.width, ground.height) / 2_400))) / 10,
    box: [out(west, -1), out(south, -1), out(east, 1), out(north, 1)],
    zone: 'Asia/Shanghai',
    languages: ['zh', 'en'],
    catalogue: '2026',
    standardCatalogues: CATALOGUES,
    ...(plan.ground === 'mapped' && { attribution: '© OpenStreetMap contributors' }),
  }
}

const COMPONENT_COLUMNS =
  'code,category,state,cell,community,owner_unit,maintainer_unit,lng,lat,recorded_on,changed_on,source'.split(',')

function writeComponents(city: City, file: string, today: string): Promise<number> {
  const { units, ground } = city
  const dates = Array.from({ length: 2_401 }, (_, age) => addDays(today, -age))
  const rows = function* (): Generator<Value[]> {
    for (const { code, kind, cell, at, state, age, source } of city.components()) {
      const [lng, lat] = ground.toDegrees(at)
      const district = cell.code.slice(0, 6)
      const trade = tradeOfComponent(kind)
      const changed = state === 'intact' ? '' : dates[Math.floor(age / 5)]!
      // The office owns it; the team of that part of the district maintains it.
      const keepers = [units.officeOf(trade, district).code, units.teamOf(trade, district, Number(cell.code.slice(9, 12))).code]
      yield [code, `2026.c.${kind}`, state, cell.code, cell.code.slice(0, 12), ...keepers, lng, lat, dates[age]!, changed, source]
    }
  }
  return writeCsv(file, COMPONENT_COLUMNS, rows())
}

function* basemap({ ground, roads, plan }: City): Generator<Drawn> {
  const line = (points: readonly Point[]) => ({ type: 'LineString', coordinates: points.map(ground.toDegrees) })
  let serial = 0
  const id = (layer: string): string => `${layer}/${++serial}`
  // The map's own roads reach past the border of the city; those that the cuts became do not.
  for (const { kind, name, points } of plan.ground === 'mapped' ? ground.roads : roads) {
    yield { properties: { id: id('road'), layer: 'road', kind, name: name || null }, geometry: line(points) }
  }
  for (const { layer, kind, name, points, closed } of ground.patches) {
    const geometry = closed ? { type: 'Polygon', coordinates: [points.map(ground.toDegrees)] } : line(points)
    yield { properties: { id: id(layer), layer, kind, name: name || null }, geometry }
  }
}
