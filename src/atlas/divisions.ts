import { cache, centroid, type Context, type PolygonGeometry, type Position, type Words } from '../kernel/index.ts'
import type { City, Division, Grade } from './contract.ts'
import { cityLoaded } from './events.ts'
import { cityMissing } from './problems.ts'
import { regionCode, type Level } from './region.ts'
import { ownTables } from './tables.ts'

const cityCache = cache<City | undefined>({
  name: 'atlas.city',
  until: [cityLoaded],
  async build(ctx) {
    const row = await ownTables(ctx).selectFrom('city').select('body').orderBy('code').limit(1).executeTakeFirst()
    if (!row) return undefined
    const { code, name, center, zoom = 13, box, zone = 'Asia/Shanghai', languages = ['zh', 'en'], catalogue, attribution = '' } = row.body
    return { code, name, center, zoom, box, zone, languages, catalogue, attribution }
  },
})

export const findCity = (ctx: Context): Promise<City | undefined> => ctx.caches.get(ctx, cityCache)

/** What `city.json` said. */
export async function getCityFacts(ctx: Context): Promise<City> {
  const city = await findCity(ctx)
  if (!city) throw cityMissing()
  return city
}

export const middleOf = (shape: PolygonGeometry): Position => {
  const largest = shape.type === 'Polygon' ? shape.coordinates : shape.coordinates.toSorted((a, b) => b[0]!.length - a[0]!.length)[0]!
  return centroid(largest)
}

export interface Divisions {
  readonly all: readonly Division[]
  readonly byCode: ReadonlyMap<string, Division>
  /** Codes of all districts: what a statement over the whole city names in place of one district. */
  readonly districts: string[]
}

const divisionCache = cache<Divisions>({
  name: 'atlas.divisions',
  until: [cityLoaded],
  async build(ctx) {
    const rows = await ownTables(ctx).selectFrom('division').selectAll().orderBy('code').execute()
    const city = await findCity(ctx)
    const all = rows.map(({ code, name, nameEn, level, parentCode, geometry }): Division => {
      const center = geometry ? middleOf(geometry) : level === 'city' && city ? city.center : null
      return { code, name: { zh: name, en: nameEn ?? name }, level, parentCode, center }
    })
    const districts = all.filter(({ level }) => level === 'district').map(({ code }) => code)
    return { all, byCode: new Map(all.map((one) => [one.code, one])), districts }
  },
})

export const divisionsOf = (ctx: Context): Promise<Divisions> => ctx.caches.get(ctx, divisionCache)

/** Divisions by the one above them, by level, or all. */
export async function findDivisions(
  ctx: Context,
  wanted: { parent?: string | undefined; level?: Level | undefined } = {},
): Promise<Division[]> {
  const { all } = await divisionsOf(ctx)
  return all.filter(
    ({ parentCode, level }) =>
      (wanted.parent === undefined || parentCode === wanted.parent) && (wanted.level === undefined || level === wanted.level),
  )
}

/** The border of a division, where one is drawn; of one that has none those of what lies below it. */
export async function findBorder(ctx: Context, code: string): Promise<PolygonGeometry | undefined> {
  const own = await ownTables(ctx).selectFrom('division').select('geometry').where('code', '=', code).executeTakeFirst()
  if (own?.geometry) return own.geometry
  const below = await ownTables(ctx).selectFrom('division').select('geometry').where('parentCode', '=', code).where('geometry', 'is not', null).execute()
  if (below.length === 0) return undefined
  return { type: 'MultiPolygon', coordinates: below.flatMap(({ geometry }) => (geometry!.type === 'Polygon' ? [geometry!.coordinates] : geometry!.coordinates)) }
}

/** The name of the division that a code or prefix stands for; of a cell its community's; the code itself where nothing is known. */
export async function regionName(ctx: Context, code: string): Promise<Words> {
  const { byCode } = await divisionsOf(ctx)
  return byCode.get(regionCode(code.slice(0, 12)))?.name ?? { zh: code, en: code }
}

/** The name of a beat; its code where nothing is known. */
export async function beatName(ctx: Context, code: string): Promise<string> {
  const row = await ownTables(ctx).selectFrom('beat').select('name').where('code', '=', code).executeTakeFirst()
  return row?.name ?? code
}

export interface CellRow {
  readonly code: string
  readonly community: string
  readonly beat: string | null
  readonly grade: Grade
  readonly geometry: PolygonGeometry
}

/** Cells of a region with their borders; of the whole city by ''. */
export async function findCells(ctx: Context, region: string): Promise<CellRow[]> {
  const rows = await ownTables(ctx)
    .selectFrom('cell')
    .selectAll()
    .where('code', '>=', region)
    .where('code', '<=', `${region}:`)
    .orderBy('code')
    .execute()
  return rows.map(({ communityCode, beatCode, ...cell }) => ({ ...cell, community: communityCode, beat: beatCode }))
}
