// What the desk offers while the operator types.

import { findCells, findComponent, findDivisions, findPlaces, regionName } from '../../atlas/index.ts'
import { centroid, type Context } from '../../kernel/index.ts'
import { catalogueInUse, findCategories, rankCategories } from '../../registry/index.ts'
import type { ArticleFound, CategoryGuess, Spot } from './contract.ts'
import { homeOf } from './callers.ts'
import { rankArticles } from './knowledge/store.ts'
import { wordsAsked } from './knowledge/weigh-words.ts'

/** As many as there are keys from 1 to 9. */
const MOST = 9

/** Categories of the catalogue in use that the words are about, likeliest first. */
export async function guessCategories(ctx: Context, text: string, component?: string): Promise<CategoryGuess[]> {
  const version = await catalogueInUse(ctx)
  const all = await findCategories(ctx, { version })
  const about = component === undefined ? undefined : (await findComponent(ctx, component))?.category
  return rankCategories(all, text, about).slice(0, MOST)
}

/** Answers of the knowledge base that are about the words, likeliest first. */
export async function findAnswers(ctx: Context, text: string, region?: string, category?: string): Promise<ArticleFound[]> {
  const found = await rankArticles(ctx, { words: wordsAsked(text), region: region ?? (await homeOf(ctx)), category, limit: MOST })
  return found.map(({ id, version, question, answer, category: about, source, validTo, used }) => ({
    id,
    version,
    question,
    answer,
    category: about,
    source,
    validTo,
    used: used ?? 0,
  }))
}

const CODE = /^[A-Za-z0-9-]{6,30}$/
const CELL = /^\d{12,15}$/

/** Places by the name of a place or road, a door, the code of a component or of a cell. */
export async function findSpots(ctx: Context, text: string): Promise<Spot[]> {
  const asked = text.trim()
  const coded = CODE.test(asked) ? [...(await componentSpot(ctx, asked)), ...(await cellSpot(ctx, asked))] : []
  const named = asked === '' ? [] : await findPlaces(ctx, asked, MOST)
  const spots = named.map(({ name, kind, within, position }) => ({ kind, name, within, position, code: null, category: null }))
  return [...coded, ...spots].slice(0, MOST)
}

async function componentSpot(ctx: Context, code: string): Promise<Spot[]> {
  const found = await findComponent(ctx, code)
  if (!found || found.state === 'removed') return []
  const { name, position, category, community } = found
  return [{ kind: 'component', name: name ?? code, within: await withinOf(ctx, community), position, code, category }]
}

async function cellSpot(ctx: Context, code: string): Promise<Spot[]> {
  if (!CELL.test(code)) return []
  const districts = await findDivisions(ctx, { level: 'district' })
  if (!districts.some((district) => code.startsWith(district.code))) return []
  const found = (await findCells(ctx, code)).find((cell) => cell.code === code)
  if (!found) return []
  const { geometry } = found
  const position = centroid(geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates[0]!)
  return [{ kind: 'cell', name: code, within: await withinOf(ctx, found.community), position, code: null, category: null }]
}

async function withinOf(ctx: Context, community: string): Promise<{ zh: string; en: string }> {
  const names = await Promise.all([community.slice(0, 6), community.slice(0, 9)].map((code) => regionName(ctx, code)))
  return { zh: names.map((name) => name?.zh ?? '').join(' ').trim(), en: names.map((name) => name?.en ?? '').toReversed().filter(Boolean).join(', ') }
}
