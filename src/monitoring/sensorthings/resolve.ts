// From an address to what stands there.

import type { Context } from '../../kernel/index.ts'
import type { Address, Step } from './address.ts'
import { allOf, findItem, follow, idOf, propertyOf, selfOf, streamsBehind, type Item } from './entities.ts'
import { inside } from './evaluate.ts'
import { isId, isKind, isSelf, linkOf, typeOf, type Kind } from './model.ts'
import { findReading, withSpans } from './observations.ts'
import { notThere } from './problems.ts'
import type { World } from './world.ts'

export type Target =
  | { readonly is: 'many'; readonly kind: Kind; readonly items: readonly Item[] }
  | { readonly is: 'readings'; readonly kind: 'Observations'; readonly streams: readonly Item[]; readonly named: boolean }
  | { readonly is: 'one'; readonly item: Item }
  | { readonly is: 'property'; readonly name: string; readonly value: unknown }

const say = (steps: readonly Step[]): string =>
  steps.map(({ name, key }) => (key === undefined ? name : `${name}(${typeof key === 'number' ? key : `'${key}'`})`)).join('/').slice(0, 200)

export async function resolve(ctx: Context, world: World, { steps }: Address): Promise<Target> {
  const [first, ...rest] = steps
  if (!first || !isKind(first.name)) throw notThere({ what: say(steps) })
  const readings = first.name === 'Observations'
  let target: Target = readings
    ? { is: 'readings', kind: 'Observations', streams: first.key === undefined ? allOf(world, 'Datastreams') : streamOf(world, first.key), named: false }
    : { is: 'many', kind: first.name, items: first.key === undefined ? allOf(world, first.name) : one(findItem(world, first.name, first.key)) }
  target = await pick(ctx, target, first, steps)
  for (const [i, step] of rest.entries()) target = await pick(ctx, await enter(ctx, world, target, step, steps.slice(0, i + 2)), step, steps.slice(0, i + 2))
  return target
}

const one = (item: Item | undefined): Item[] => (item ? [item] : [])
const READING = /^(\d{1,10})-(\d{1,14})$/

function streamOf(world: World, key: string | number): Item[] {
  const series = READING.exec(String(key))?.[1]
  return series === undefined ? [] : one(findItem(world, 'Datastreams', Number(series)))
}

/** The one entity of a key. */
async function pick(ctx: Context, target: Target, { key }: Step, steps: readonly Step[]): Promise<Target> {
  if (key === undefined) return target
  let item: Item | undefined
  if (target.is === 'many') item = target.items.find((each) => idOf(each) === key)
  if (target.is === 'readings') {
    const [, series, at] = READING.exec(String(key)) ?? []
    const stream = target.streams.find((each) => String(idOf({ ...each, kind: 'Datastreams' })) === series)
    item = stream && (await findReading(ctx, stream, Number(at)))
  }
  if (!item) throw notThere({ what: say(steps) })
  return { is: 'one', item }
}

async function enter(ctx: Context, world: World, target: Target, { name }: Step, steps: readonly Step[]): Promise<Target> {
  if (target.is === 'property') {
    const value = inside(target.value, [name])
    if (value === null) throw notThere({ what: say(steps) })
    return { is: 'property', name, value }
  }
  if (target.is !== 'one') throw notThere({ what: say(steps) })
  const { item } = target
  const link = linkOf(item.kind, name)
  if (link?.kind === 'Observations') return { is: 'readings', kind: 'Observations', streams: streamsBehind(item), named: true }
  if (link?.many) return { is: 'many', kind: link.kind, items: follow(world, item, name) }
  if (link) {
    const found = follow(world, item, name)[0]
    if (!found) throw notThere({ what: say(steps) })
    return { is: 'one', item: found }
  }
  if (isId(name)) return { is: 'property', name: '@iot.id', value: idOf(item) }
  if (isSelf(name)) return { is: 'property', name: '@iot.selfLink', value: selfOf(world, item) }
  if (typeOf(item.kind, name) === undefined) throw notThere({ what: say(steps) })
  const whole = name === 'phenomenonTime' || name === 'resultTime' ? await withSpan(ctx, world, item) : item
  return { is: 'property', name, value: propertyOf(world, whole, name) }
}

const withSpan = async (ctx: Context, world: World, item: Item): Promise<Item> => (item.kind === 'Datastreams' ? (await withSpans(ctx, world, [item]))[0]! : item)
