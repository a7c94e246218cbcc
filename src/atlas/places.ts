import { sql } from 'kysely'
import { boxAround, distanceMetres, type Context, type Position, type Words } from '../kernel/index.ts'
import { sqlBox } from './components.ts'
import type { Description, Division, Place } from './contract.ts'
import { divisionsOf, type Divisions } from './divisions.ts'
import { metresToLine, middleOfLine } from './line.ts'
import { locate } from './locate.ts'
import { pairsAsked, plain } from './pairs.ts'
import { regionPrefix } from './region.ts'
import { ownTables } from './tables.ts'

/** So many candidates are ranked; whoever types more letters narrows them. */
const MOST = 200

/** “学院区 书院街道”: district and street of a community. */
function withinOf({ byCode }: Divisions, community: string | null): Words {
  const codes = community === null ? [] : [community.slice(0, 6), community.slice(0, 9)]
  const names = codes.map((code) => byCode.get(code)?.name).filter((name) => name !== undefined)
  return {
    zh: names.map(({ zh }) => zh).join(' '),
    en: names
      .map(({ en }) => en)
      .reverse()
      .join(', '),
  }
}

/** The names of divisions that a question begins with, taken off: “学院区书院街道中关村东路” asks for the road, in that street. */
export function takeDivisions(text: string, divisions: readonly Division[]): { rest: string; named: Division | undefined } {
  let rest = plain(text)
  let named: Division | undefined
  for (const level of ['city', 'district', 'street', 'community'] as const) {
    const found = divisions
      .filter((one) => one.level === level && rest.startsWith(plain(one.name.zh)))
      .filter((one) => named === undefined || one.code.startsWith(regionPrefix(named.code)))
      .toSorted((a, b) => b.name.zh.length - a.name.zh.length)[0]
    if (!found) continue
    rest = rest.slice(plain(found.name.zh).length)
    named = found
  }
  return { rest, named }
}

/** How well a name answers: itself, then its beginning, then shorter names. */
const rankOf = (name: string, asked: string): number => {
  const letters = plain(name)
  return (letters === asked ? 0 : letters.startsWith(asked) ? 1_000 : 2_000) + letters.length
}

/** Addresses, places and roads by any part of their name, best first. */
export async function findPlaces(ctx: Context, text: string, limit: number): Promise<Place[]> {
  const divisions = await divisionsOf(ctx)
  const { rest, named } = takeDivisions(text, divisions.all)
  if (rest === '') return named?.center ? [placeOfDivision(divisions, named)] : []
  const region = named ? regionPrefix(named.code) : ''
  const found = [...(await findAddresses(ctx, divisions, rest, region)), ...(await findRoads(ctx, divisions, rest, region))]
  return found
    .filter(({ name, alias }) => plain(name).includes(rest) || plain(alias ?? '').includes(rest))
    .map((place) => ({ place, rank: Math.min(rankOf(place.name, rest), place.alias ? rankOf(place.alias, rest) + 1 : Infinity) }))
    .sort((a, b) => a.rank - b.rank || a.place.name.localeCompare(b.place.name, 'zh', { numeric: true }))
    .slice(0, limit)
    .map(({ place: { name, kind, position, community, within } }) => ({ name, kind, position, community, within }))
}

type Found = Place & { alias: string | null }

const placeOfDivision = (divisions: Divisions, { code, name, center }: Division): Place => ({
  name: name.zh,
  kind: 'place',
  position: center!,
  community: code.length === 12 ? code : null,
  within: withinOf(divisions, code),
})

async function findAddresses(ctx: Context, divisions: Divisions, asked: string, region: string): Promise<Found[]> {
  const districts = divisions.districts.filter((code) => code.startsWith(region.slice(0, 6)))
  if (districts.length === 0) return []
  const rows = await ownTables(ctx)
    .selectFrom('address')
    .select(['name', 'alias', 'kind', 'communityCode', 'position'])
    .where('district', 'in', districts)
    .where(sql<boolean>`pairs @> ${pairsAsked(asked)}::text[]`)
    .where(sql<boolean>`starts_with(community_code, ${region})`)
    .orderBy(sql`length(name)`)
    .orderBy('name')
    .limit(MOST)
    .execute()
  return rows.map(({ name, alias, kind, communityCode, position }) => ({
    name,
    alias,
    kind,
    position: [position.x, position.y],
    community: communityCode,
    within: withinOf(divisions, communityCode),
  }))
}

async function findRoads(ctx: Context, divisions: Divisions, asked: string, region: string): Promise<Found[]> {
  const rows = await ownTables(ctx)
    .selectFrom('mapFeature')
    .select(['name', 'geometry'])
    .where('layer', '=', 'road')
    .where(sql<boolean>`pairs @> ${pairsAsked(asked)}::text[]`)
    .orderBy(sql`length(name)`)
    .orderBy('name')
    .limit(MOST)
    .execute()
  const roads = new Map<string, Found>()
  for (const { name, geometry } of rows) {
    const position = middleOfLine(geometry)
    if (!name || !position || roads.has(name)) continue
    const community = (await locate(ctx, position))?.community ?? null
    if (region && !community?.startsWith(region)) continue
    roads.set(name, { name, alias: null, kind: 'road', position, community, within: withinOf(divisions, community) })
  }
  return [...roads.values()]
}

/** An address this near names a point; farther away a road beside the point is the better name. */
const AT_THE_DOOR = 60
const IN_SIGHT = 200

async function nearestAddress(ctx: Context, { districts }: Divisions, at: Position) {
  if (districts.length === 0) return undefined
  const rows = await ownTables(ctx)
    .selectFrom('address')
    .select(['name', 'position'])
    .where('district', 'in', districts)
    .where(sql<boolean>`position <@ ${sqlBox(boxAround(at, IN_SIGHT))}`)
    .orderBy(sql`position <-> point(${at[0]}, ${at[1]})`)
    .limit(8)
    .execute()
  return rows
    .map(({ name, position }) => ({ name, metres: distanceMetres(at, [position.x, position.y]) }))
    .sort((a, b) => a.metres - b.metres)[0]
}

async function nearestRoad(ctx: Context, at: Position) {
  const rows = await ownTables(ctx)
    .selectFrom('mapFeature')
    .select(['name', 'geometry'])
    .where('layer', '=', 'road')
    .where('name', 'is not', null)
    .where(sql<boolean>`extent && ${sqlBox(boxAround(at, AT_THE_DOOR))}`)
    .limit(MOST)
    .execute()
  return rows
    .map(({ name, geometry }) => ({ name: name!, metres: metresToLine(at, geometry) }))
    .filter(({ metres }) => metres <= AT_THE_DOOR)
    .sort((a, b) => a.metres - b.metres)[0]
}

/** A position as people would say it: “学院区 书院街道 中关村东路12号附近”. */
export async function describePlace(ctx: Context, at: Position): Promise<Description> {
  const located = (await locate(ctx, at)) ?? null
  const divisions = await divisionsOf(ctx)
  const address = await nearestAddress(ctx, divisions, at)
  const near = address && address.metres <= AT_THE_DOOR ? address : ((await nearestRoad(ctx, at)) ?? address)
  const within = withinOf(divisions, located?.community ?? null)
  if (!located && !near) return { words: { zh: '城市范围之外', en: 'Outside the city' }, located }
  return {
    words: {
      zh: [within.zh, near && `${near.name}附近`].filter(Boolean).join(' '),
      en: [near && `near ${near.name}`, within.en].filter(Boolean).join(', '),
    },
    located,
  }
}
