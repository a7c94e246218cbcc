// Runs a trial: real cases of the last months pass by a day of a district at a time, and nothing of them is touched.

import { sql } from 'kysely'
import { isOneConnection, type CalendarFacts, type Context } from '../../kernel/index.ts'
import type { Words } from '../../kernel/contract.ts'
import { calendarBody, findCategories, findConditions, findUnits, findVersions } from '../../registry/index.ts'
import type { Limit } from '../deadline.ts'
import { flowKey, type Flow } from '../flow.ts'
import { allFlows } from '../flows.ts'
import { districtsOf } from '../scope.ts'
import { PER_UNIT, sumOf, type Brief, type PerUnit, type Tally } from './judge.ts'
import { changedLimit, type TrialPlan, type Weights } from './plan.ts'
import { readPiece, readSpecials, type Places } from './read-pieces.ts'
import { openThreads } from './threads.ts'
import type { TrialResult } from './contract.ts'

const DAY_MS = 86_400_000
const THREADS = 2
/** So many days are under way at once: the threads always have one, and so has the database. */
const UNDER_WAY = 4
const GRADES = ['A', 'B', 'C'] as const

export interface TrialOptions {
  /** The flow that cases are tried by; null: each its own. */
  readonly flow: Flow | null
  readonly onProgress?: (seen: number, total: number) => Promise<boolean> | boolean
}

/** Undefined where it was cancelled. */
export async function runTrial(ctx: Context, plan: TrialPlan, { flow, onProgress = () => true }: TrialOptions): Promise<TrialResult | undefined> {
  const to = ctx.now
  const from = new Date(to)
  from.setUTCMonth(from.getUTCMonth() - plan.months)
  const { brief, places, names } = await makeBrief(ctx, plan, flow)
  const districts = await districtsOf(ctx)
  const { total, first } = await countCases(ctx, districts, from, to)
  const { threads, close } = openThreads(brief, THREADS)
  try {
    const days = spansOf(first ?? to, to).flatMap((span) => districts.map((district) => ({ district, span })))
    let [next, seen, wanted, told] = [0, 0, true, 0]
    const work = async (lane: number) => {
      const thread = threads[lane % threads.length]!
      while (wanted && next < days.length) {
        const { district, span } = days[next++]!
        const piece = await readPiece(ctx.db, places, district, ...span)
        if (piece.n > 0) {
          const special = await thread.piece(piece)
          if (special.length > 0) await thread.walk(piece, await readSpecials(ctx.db, piece, special))
          seen += piece.n
        }
        const percent = Math.floor((100 * next) / days.length)
        if (percent > told) {
          told = percent
          if (!(await onProgress(seen, total))) wanted = false
        }
      }
    }
    // In a transaction statements stand in line; beside one, each lane has a connection of its own.
    await Promise.all(Array.from({ length: isOneConnection(ctx.db) ? 1 : UNDER_WAY }, (_, lane) => work(lane)))
    if (!wanted) return undefined
    const tally = sumOf(await Promise.all(threads.map((thread) => thread.end())))
    return present(tally, brief, names, { from, to, weights: plan.weights })
  } finally {
    await close()
  }
}

function spansOf(from: Date, to: Date): [Date, Date][] {
  const spans: [Date, Date][] = []
  for (let at = +from; at < +to; at += DAY_MS) spans.push([new Date(at), new Date(Math.min(at + DAY_MS, +to))])
  return spans
}

async function countCases(ctx: Context, districts: readonly string[], from: Date, to: Date): Promise<{ total: number; first: Date | null }> {
  const { rows } = await sql<{ total: number; first: Date | null }>`
    select count(*)::int as total, min(c.reported_at) as first from case_file c
     where c.district = any(${districts as string[]}::text[]) and c.reported_at >= ${from} and c.reported_at < ${to}`.execute(ctx.db)
  return rows[0]!
}

interface Named {
  readonly code: string
  readonly name: Words
}

async function makeBrief(ctx: Context, plan: TrialPlan, flow: Flow | null): Promise<{ brief: Brief; places: Places; names: readonly Named[] }> {
  const units = await findUnits(ctx)
  const conditions = await allConditions(ctx)
  const { byKey } = await allFlows(ctx)
  const flows = [...byKey.values()]
  const limits = conditions.flatMap(({ category, limits: of }) => GRADES.map((grade) => ({ category, grade, limit: of[grade] as Limit })))
  const { zone, hours, days } = await calendarBody(ctx)
  const calendar: CalendarFacts = { zone, hours, days }
  return {
    brief: {
      calendar,
      flows,
      target: flow,
      before: limits.map(({ limit }) => limit),
      after: limits.map(({ limit, category, grade }) => changedLimit(limit, category, grade, plan.limits ?? [])),
      units: units.length,
    },
    places: { units: units.map(({ path }) => path), conditions: conditions.map(({ id }) => id), flows: flows.map(flowKey) },
    names: [{ code: '', name: { zh: '没有或已撤销的单位', en: 'No unit, or one that is gone' } }, ...units.map(({ code, name }) => ({ code, name }))],
  }
}

/** Of every catalogue that cases may have been filed by. */
async function allConditions(ctx: Context) {
  const categories = (await Promise.all((await findVersions(ctx)).map((version) => findCategories(ctx, { version })))).flat()
  return (await Promise.all(categories.map(({ id }) => findConditions(ctx, id)))).flat()
}

function present(tally: Tally, brief: Brief, names: readonly Named[], { from, to, weights }: { from: Date; to: Date; weights: Weights | undefined }): TrialResult {
  const units = names
    .map(({ code, name }, i) => {
      const counts = Object.fromEntries(PER_UNIT.map((what, k) => [what, tally.units[i * PER_UNIT.length + k]!])) as Record<PerUnit, number>
      return { code, name, ...counts, ...scores(counts, weights) }
    })
    .filter(({ disposed }) => disposed > 0)
    .toSorted((a, b) => b.newlyIn + b.newlyLate - a.newlyIn - a.newlyLate || b.disposed - a.disposed)
  const sum = (what: PerUnit) => units.reduce((all, unit) => all + unit[what], 0)
  const totals = Object.fromEntries(PER_UNIT.map((what) => [what, sum(what)])) as Record<PerUnit, number>
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    cases: tally.seen,
    walked: tally.walked,
    totals: { ...totals, ...scores(totals, weights) },
    units,
    stages: stagesOf(tally, brief),
    flips: tally.flips.map(({ number, unit, dueBefore, dueAfter, disposedAt, lateAfter }) => ({
      number,
      unit: names[unit]!.name,
      disposedAt: new Date(disposedAt).toISOString(),
      dueBefore: Number.isNaN(dueBefore) ? null : new Date(dueBefore).toISOString(),
      dueAfter: Number.isNaN(dueAfter) ? null : new Date(dueAfter).toISOString(),
      lateAfter,
    })),
  }
}

/** Of 100, by the weights; null where nothing was disposed of. */
function scores({ disposed, inBefore, inAfter, reworks, returns }: Record<PerUnit, number>, weights: Weights | undefined) {
  const whole = weights ? weights.inTime + weights.firstTime + weights.notReturned : 0
  if (!weights || whole === 0 || disposed === 0) return { scoreBefore: null, scoreAfter: null }
  const rate = (part: number) => Math.max(0, Math.min(1, part / disposed))
  const rest = weights.firstTime * rate(disposed - reworks) + weights.notReturned * rate(disposed - returns)
  const score = (inTime: number) => Math.round((10_000 * (weights.inTime * rate(inTime) + rest)) / whole) / 100
  return { scoreBefore: score(inBefore), scoreAfter: score(inAfter) }
}

/** Every limit that a flow sets itself, before and after. */
function stagesOf({ clocks }: Tally, { flows, target }: Brief): TrialResult['stages'] {
  const known = new Map([...flows, ...(target ? [target] : [])].map((flow) => [flowKey(flow), flow]))
  return [...clocks]
    .map(([name, { n, late }]) => {
      const [side, key, clock] = name.split(' ') as ['before' | 'after', string, string]
      const flow = known.get(key)!
      const { words, amount, unit } = flow.clocks[clock]!
      const arriving = Object.values(flow.steps).find((step) => step.clock === clock && step.to !== undefined)
      const stage = flow.states[arriving?.to ?? '']?.stage ?? 0
      return { side, flow: key, clock, stage, words, stageWords: flow.stages[stage - 1] ?? words, amount, unit, n, late }
    })
    .toSorted((a, b) => (a.side === b.side ? a.flow.localeCompare(b.flow) || a.stage - b.stage : a.side === 'before' ? -1 : 1))
}
