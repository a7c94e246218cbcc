// Entities as they are shown: properties, links, what is expanded, and the address of the next page.

import type { Context } from '../../kernel/index.ts'
import { follow, idOf, propertyOf, selfOf, streamsBehind, type Item } from './entities.ts'
import { holds, inOrder } from './evaluate.ts'
import { linkOf, MODEL, type Kind } from './model.ts'
import { readPages, TOP_AT_MOST, withSpans, type Page } from './observations.ts'
import { writeOptions, type Expansion, type Options } from './options.ts'
import { tooMuch } from './problems.ts'
import { questionOf } from './question.ts'
import { SHOWN_AT_MOST, type World } from './world.ts'

type Json = Record<string, unknown>

const TOP = 100
const topOf = ({ top = TOP }: Options): number => Math.min(top, TOP_AT_MOST)

function pageOf(world: World, all: readonly Item[], options: Options): Page {
  const fitting = options.filter ? all.filter((item) => holds(world, options.filter!, item)) : all
  const top = topOf(options)
  const items = inOrder(world, fitting, options.order).slice(options.skip, options.skip + top)
  return { items, more: fitting.length > options.skip + top, ...(options.count && { count: fitting.length }) }
}

export interface Collection {
  readonly kind: Kind
  /** In memory, or the series whose readings are meant. */
  readonly groups: readonly (readonly Item[])[]
  readonly named: boolean
}

/** Of each group one page. */
export async function pagesOf(ctx: Context, world: World, { kind, groups, named }: Collection, options: Options): Promise<Page[]> {
  if (kind !== 'Observations') return groups.map((all) => pageOf(world, all, options))
  const series = groups.reduce((sum, each) => sum + each.length, 0)
  // Of many series at once each gives fewer; the rest is behind their next links.
  const top = groups.length === 1 ? topOf(options) : Math.min(topOf(options), Math.max(1, Math.floor(SHOWN_AT_MOST / 2 / series)))
  return readPages(ctx, world, groups, { question: questionOf(options), skip: options.skip, top, count: options.count, named })
}

export function nextOf(address: string, kind: Kind, options: Options, { items, more }: Page): string | undefined {
  if (!more) return undefined
  const last = items.at(-1)
  const byTime = kind === 'Observations' && last?.observed && questionOf(options).by === 'time'
  const on: Record<string, string> = byTime
    ? { $skiptoken: `${last.observed!.at}-${idOf({ ...last, kind: 'Datastreams' })}` }
    : { $skip: String(options.skip + items.length) }
  const given: Record<string, string> = options.top === undefined ? {} : { $top: String(items.length) }
  return items.length === 0 ? undefined : `${address}?${writeOptions(options, { ...given, ...on }).map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}`
}

const wants = (select: Options['select'], name: string): boolean => select === undefined || select.includes(name)

export async function showAll(ctx: Context, world: World, kind: Kind, items: readonly Item[], options: Options): Promise<Json[]> {
  world.budget.shown -= items.length
  if (world.budget.shown < 0) throw tooMuch({ why: { zh: `一次至多给出 ${SHOWN_AT_MOST} 个实体，请减小 $top 或少展开`, en: `at most ${SHOWN_AT_MOST} entities are given at once; lower $top or expand less` } })
  const { select, expand } = options
  const spans = kind === 'Datastreams' && items.length > 0 && (wants(select, 'phenomenonTime') || wants(select, 'resultTime'))
  const whole = spans ? await withSpans(ctx, world, items) : items
  const shown = whole.map((item) => showOne(world, item, options))
  for (const one of expand) await expandAll(ctx, world, kind, whole, one, shown)
  return shown
}

function showOne(world: World, item: Item, { select, expand }: Options): Json {
  const self = selfOf(world, item)
  const { properties, links } = MODEL[item.kind]
  const out: Json = {}
  if (wants(select, '@iot.id')) out['@iot.id'] = idOf(item)
  if (wants(select, '@iot.selfLink')) out['@iot.selfLink'] = self
  for (const name of Object.keys(properties)) {
    const value = wants(select, name) ? propertyOf(world, item, name) : null
    if (value !== null || (select !== undefined && select.includes(name))) out[name] = value
  }
  for (const name of Object.keys(links)) {
    if (wants(select, name) && !expand.some(({ link }) => link === name)) out[`${name}@iot.navigationLink`] = `${self}/${name}`
  }
  return out
}

async function expandAll(ctx: Context, world: World, kind: Kind, items: readonly Item[], { link, options }: Expansion, shown: readonly Json[]): Promise<void> {
  if (items.length === 0) return
  const to = linkOf(kind, link)!
  const groups = items.map((item) => (to.kind === 'Observations' ? streamsBehind(item) : follow(world, item, link)))
  const pages = to.many ? await pagesOf(ctx, world, { kind: to.kind, groups, named: true }, options) : groups.map((all): Page => ({ items: all.slice(0, 1), more: false }))
  const inside = await showAll(ctx, world, to.kind, pages.flatMap((page) => page.items), options)
  let at = 0
  for (const [i, page] of pages.entries()) {
    const mine = inside.slice(at, (at += page.items.length))
    const out = shown[i]!
    if (page.count !== undefined) out[`${link}@iot.count`] = page.count
    out[link] = to.many ? mine : (mine[0] ?? null)
    const next = nextOf(`${selfOf(world, items[i]!)}/${link}`, to.kind, options, page)
    if (next !== undefined) out[`${link}@iot.nextLink`] = next
  }
}

const COLUMNS = ['@iot.id', 'phenomenonTime', 'resultTime', 'result', 'parameters']

/** Readings as rows, those of a series together (18-088, 12.2). */
export function asArrays(world: World, items: readonly Item[], { select }: Options): Json[] {
  const columns = (select ?? COLUMNS).filter((name) => name === '@iot.id' || name in MODEL.Observations.properties)
  return [...Map.groupBy(items, (item) => selfOf(world, { ...item, kind: 'Datastreams' }))].map(([stream, rows]) => ({
    'Datastream@iot.navigationLink': stream,
    components: columns.map((name) => (name === '@iot.id' ? 'id' : name)),
    'dataArray@iot.count': rows.length,
    dataArray: rows.map((item) => columns.map((name) => (name === '@iot.id' ? idOf(item) : propertyOf(world, item, name)))),
  }))
}
