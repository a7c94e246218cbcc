// Conditions and orders over entities in memory. A condition on many holds where it holds of one of them. Nothing here reads a database.

import type { Expr, Path } from './filter.ts'
import { FUNCTIONS, type Value } from './functions.ts'
import { follow, idOf, valueOf, type Item } from './entities.ts'
import { isId } from './model.ts'
import type { Order } from './options.ts'
import { tooMuch } from './problems.ts'
import type { World } from './world.ts'

export function holds(world: World, expr: Expr, item: Item): boolean {
  return valuesOf(world, expr, item).includes(true)
}

function valuesOf(world: World, expr: Expr, item: Item): Value[] {
  if (expr.is === 'literal') return [expr.value]
  if (expr.is === 'path') return reach(world, expr, item)
  const truth = expr.fn === 'and' || expr.fn === 'or' || expr.fn === 'not'
  const args = expr.args.map((each) => (truth ? [holds(world, each, item)] : valuesOf(world, each, item)))
  spend(world, args.reduce((product, values) => product * values.length, 1))
  const together = args.reduce<Value[][]>((before, values) => before.flatMap((some) => values.map((value) => [...some, value])), [[]])
  const given = together.map((some) => FUNCTIONS[expr.fn]!.run(...some))
  return expr.type === 'boolean' ? [given.includes(true)] : given
}

function reach(world: World, { links, name, deep }: Path, item: Item): Value[] {
  let items = [item]
  for (const link of links) {
    items = items.flatMap((each) => {
      // A product is asked for its devices among all of them.
      spend(world, each.device ? 1 : world.devices.length)
      return follow(world, each, link)
    })
    spend(world, items.length)
  }
  return items.map((each) => inside(isId(name) ? idOf(each) : valueOf(world, each, name), deep) as Value)
}

function spend({ budget }: World, cost: number): void {
  budget.followed -= cost
  if (budget.followed < 0) throw tooMuch({ why: { zh: '条件牵涉的实体过多，请从更近的实体问起', en: 'the condition reaches too many entities; ask from a closer one' } })
}

/** What lies at these names in an object, null where there is nothing. */
export function inside(value: unknown, names: readonly string[]): unknown {
  let at = value
  for (const name of names) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return null
    at = (at as Record<string, unknown>)[name]
  }
  return at ?? null
}

/** A constant, where the tree names no entity. */
export function constantOf(expr: Expr): Value | undefined {
  if (expr.is === 'literal') return expr.value
  if (expr.is === 'path') return undefined
  const args = expr.args.map(constantOf)
  return args.includes(undefined) ? undefined : FUNCTIONS[expr.fn]!.run(...args)
}

export function inOrder(world: World, items: readonly Item[], order: readonly Order[]): readonly Item[] {
  if (order.length === 0) return items
  const keyed = items.map((item) => ({ item, keys: order.map(({ path }) => reach(world, path, item)[0] ?? null) }))
  return keyed
    .toSorted((a, b) => {
      for (const [i, { down }] of order.entries()) {
        const by = compare(a.keys[i]!, b.keys[i]!)
        if (by !== 0) return down ? -by : by
      }
      return 0
    })
    .map(({ item }) => item)
}

function compare(a: Value, b: Value): number {
  if (a === b) return 0
  if (a === null || b === null) return a === null ? -1 : 1
  if (typeof a === 'number' && typeof b === 'number') return a - b
  const [left, right] = [String(a), String(b)]
  return left < right ? -1 : left > right ? 1 : 0
}
