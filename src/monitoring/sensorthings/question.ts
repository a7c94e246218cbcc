// What a question for readings comes to: a window of time, conditions for the database, and conditions on the series, which are in memory. Pure.

import { wrong } from './cursor.ts'
import { constantOf } from './evaluate.ts'
import type { Call, Expr, Path } from './filter.ts'
import type { Options } from './options.ts'

export interface Question {
  /** Milliseconds, the first in it and the first behind it. */
  readonly from?: number
  readonly to?: number
  /** On time and value of a reading. */
  readonly conditions: readonly Expr[]
  /** On the series, its device and all that hangs on it. */
  readonly narrow: readonly Expr[]
  readonly by: 'time' | 'value'
  readonly down: boolean
  readonly after?: readonly [number, number]
}

const parts = (expr: Expr): readonly Expr[] => (expr.is === 'call' && expr.fn === 'and' ? expr.args.flatMap(parts) : [expr])
const pathsOf = (expr: Expr): readonly Path[] => (expr.is === 'path' ? [expr] : expr.is === 'call' ? expr.args.flatMap(pathsOf) : [])
const fault = (at: number, zh: string, en: string) => wrong({ name: '$filter', at }, zh, en)
const isTime = (expr: Expr): boolean => expr.is === 'path' && expr.links.length === 0 && (expr.name === 'phenomenonTime' || expr.name === 'resultTime')

const TURNED: Readonly<Record<string, string>> = { gt: 'lt', ge: 'le', lt: 'gt', le: 'ge', eq: 'eq', before: 'after', after: 'before' }

interface Window {
  from?: number
  to?: number
}

/** The window that a comparison with a constant stands for; readings lie on whole milliseconds. */
function windowOf({ fn, args: [a, b] }: Call): Window | undefined {
  const turned = isTime(b!)
  const value = constantOf(turned ? a! : b!)
  if (!isTime(turned ? b! : a!) || value === undefined) return undefined
  const how = turned ? TURNED[fn] : fn
  if (how === 'during' && typeof value === 'object' && value !== null && 'from' in value) return value as Window
  if (typeof value !== 'number') return undefined
  if (how === 'gt' || how === 'after') return { from: Math.floor(value) + 1 }
  if (how === 'ge') return { from: Math.ceil(value) }
  if (how === 'lt' || how === 'before') return { to: Math.ceil(value) }
  if (how === 'le') return { to: Math.floor(value) + 1 }
  return how === 'eq' ? { from: Math.ceil(value), to: Math.floor(value) + 1 } : undefined
}

export function questionOf({ filter, order, after }: Options): Question {
  const [conditions, narrow]: [Expr[], Expr[]] = [[], []]
  const window: Window = {}
  for (const part of filter ? parts(filter) : []) {
    const paths = pathsOf(part)
    const far = paths.filter(({ links }) => links.length > 0)
    const found = part.is === 'call' && part.args.length === 2 ? windowOf(part) : undefined
    if (far.length > 0 && far.length < paths.length) {
      throw fault(part.at, '对读数与对其序列的条件只能以 and 相连', 'conditions on a reading and on its series can only be joined by and')
    }
    if (found) {
      window.from = Math.max(window.from ?? -Infinity, found.from ?? -Infinity)
      window.to = Math.min(window.to ?? Infinity, found.to ?? Infinity)
    } else if (far.length > 0) narrow.push(part)
    else conditions.push(part)
  }
  return {
    ...(Number.isFinite(window.from) && { from: window.from! }),
    ...(Number.isFinite(window.to) && { to: window.to! }),
    conditions,
    narrow,
    ...orderOf(order, after),
  }
}

function orderOf(order: Options['order'], after: Options['after']): Pick<Question, 'by' | 'down' | 'after'> {
  const [first, ...rest] = order
  const unfit = rest[0] ?? (first && (first.path.links.length > 0 || first.path.type === 'closed') ? first : undefined)
  if (unfit && !isTime(unfit.path)) {
    throw wrong({ name: '$orderby', at: unfit.path.at }, '读数只能按 phenomenonTime、resultTime 或 result 排序', 'readings are ordered by phenomenonTime, resultTime or result alone')
  }
  const by = first === undefined || isTime(first.path) ? 'time' : 'value'
  return { by, down: first?.down ?? true, ...(after && by === 'time' && { after }) }
}
