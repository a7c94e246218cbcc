// 程序统计: how often what happened beside the usual way, as a share of all cases, and for which units. From ready sums: no case is read.

import { sql } from 'kysely'
import { getCityFacts } from '../atlas/index.ts'
import { currentFlow } from '../cases/index.ts'
import type { Flow } from '../cases/contract.ts'
import { wallDay, type Context, type Language } from '../kernel/index.ts'
import { findUnits } from '../registry/index.ts'
import type { ActFigures, Period } from './contract.ts'
import { rowsOf, runningSpan } from './period.ts'
import { tooNarrow } from './problems.ts'
import { rate } from './rates.ts'
import { viewOf } from './scope.ts'
import { sumAll } from './tallies.ts'

interface Asked {
  readonly period?: Period | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly region?: string | undefined
  readonly kind: string
}

const UNITS_SHOWN = 10

/** What a step says of a procedure, or of itself. */
export interface Meaning {
  readonly kind: string
  readonly what: 'opened' | 'granted' | 'refused' | 'withdrawn' | 'done' | 'other'
}

/** `extend.open` opens an extension, `extend.grant` ends it with its result; a step of the case is its own ledger. Pure. */
export function meaningOf(flow: Pick<Flow, 'procedures'>, step: string): Meaning {
  const dot = step.indexOf('.')
  if (dot < 0) return { kind: step, what: 'opened' }
  const [kind, act] = [step.slice(0, dot), step.slice(dot + 1)]
  if (act === 'open') return { kind, what: 'opened' }
  if (act === 'lapse') return { kind, what: 'withdrawn' }
  const procedure = Object.hasOwn(flow.procedures, kind) ? flow.procedures[kind] : undefined
  const to = procedure?.acts[act]?.to
  const point = to === undefined ? undefined : procedure?.states[to]
  return { kind, what: point?.ended ? (point.result ?? 'done') : 'other' }
}

/** Figures of one ledger in a period. The counts are kept by district: what is narrower is refused. */
export async function readActs(ctx: Context, asked: Asked, language: Language): Promise<ActFigures> {
  const view = await viewOf(ctx, { region: asked.region })
  if (view.region.length > 6 || view.category !== '') throw tooNarrow()
  const today = wallDay(ctx.now, (await getCityFacts(ctx)).zone)
  const span = asked.from === undefined || asked.to === undefined ? runningSpan(asked.period ?? 'month', today) : { from: asked.from, to: asked.to }
  const flow = await currentFlow(ctx)
  const { kind } = asked
  const { rows } = await sql<{ step: string; unit: string; n: number }>`
    select a.step, a.unit, sum(a.acts)::int as n
      from act_count a
     where a.district = any(${view.districts}::text[]) and a.day >= ${span.from}::date and a.day <= ${span.to}::date
       and (a.step = ${kind} or a.step >= ${`${kind}.`} and a.step < ${`${kind}/`}) and starts_with(a.unit, ${view.unit})
     group by 1, 2`.execute(ctx.db)

  const counts = { opened: 0, granted: 0, refused: 0, withdrawn: 0, done: 0, other: 0 }
  const byUnit = new Map<string, number>()
  for (const { step, unit, n } of rows) {
    const { what } = meaningOf(flow, step)
    counts[what] += n
    const level2 = unit.split('/').slice(0, 3).join('/')
    if (what === 'opened' && level2.split('/').length === 3) byUnit.set(`${level2}/`, (byUnit.get(`${level2}/`) ?? 0) + n)
  }
  const { reported } = await sumAll(ctx, view, rowsOf(span, today))
  const names = new Map((await findUnits(ctx)).map(({ path, name }) => [path, name[language]]))
  const { opened, granted, refused, withdrawn, done } = counts
  return {
    from: span.from,
    to: span.to,
    reported,
    opened,
    granted,
    refused,
    withdrawn,
    done,
    share: rate(opened, reported),
    units: [...byUnit]
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, UNITS_SHOWN)
      .map(([path, n]) => ({ code: path, name: names.get(path) ?? path, count: n, share: rate(n, opened) })),
  }
}
