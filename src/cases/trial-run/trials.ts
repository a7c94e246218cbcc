// Trials that were asked for in the page: one at a time, in the background, kept with their results.

import { enqueue, problem, record, writeSheet, type Context, type Job, type Language, type SheetColumn, type SheetValue, type Words } from '../../kernel/index.ts'
import { getCityFacts } from '../../atlas/index.ts'
import { flowFaults } from '../check-flow.ts'
import type { Flow } from '../flow.ts'
import { demandFlows } from '../flow-edit/index.ts'
import { allFlows } from '../flows.ts'
import { uuidAt } from '../uuid.ts'
import type { Trial, TrialListed, TrialResult } from './contract.ts'
import type { TrialPlan } from './plan.ts'
import { runTrial } from './run-trial.ts'
import { ownTrials, type TrialRunTable } from './tables.ts'

export const trialUnknown = problem(404, 'case.trial-unknown', () => ({ zh: '没有这次试运行', en: 'There is no such trial run' }))
export const trialRuns = problem(409, 'case.trial-runs', ({ name }: { name: string }) => ({
  zh: `“${name}”正在试运行，一次只运行一个`,
  en: `“${name}” is being tried; there is one at a time`,
}))
export const trialFlowUnknown = problem(422, 'case.trial-flow', ({ flow }: { flow: string }) => ({ zh: `没有流程或草稿 ${flow}`, en: `There is no flow or draft ${flow}` }))
export const trialFlowFaulty = problem(422, 'case.trial-flow-faulty', ({ flow }: { flow: string }) => ({
  zh: `草稿 ${flow} 还有问题，不能试运行`,
  en: `The draft ${flow} has faults and cannot be tried`,
}))

const JOB = 'cases.trial-run'
const SHOWN = 50
const LISTED = ['id', 'name', 'plan', 'state', 'begunAt', 'begunBy', 'endedAt', 'seen', 'total', 'note'] as const

const present = ({ id, plan, state, begunAt, begunBy, endedAt, seen, total, note }: Omit<TrialRunTable, 'result'>): TrialListed => ({
  id,
  plan,
  state,
  begunAt: begunAt.toISOString(),
  begunBy,
  endedAt: endedAt?.toISOString() ?? null,
  seen,
  total,
  note,
})

/** The flow that a plan names: a version or a draft; null where each case keeps its own. */
export async function flowOfPlan(ctx: Context, { flow }: Pick<TrialPlan, 'flow'>): Promise<Flow | null> {
  if (flow === undefined || flow === '') return null
  const known = (await allFlows(ctx)).byKey.get(flow)
  if (known) return known
  const draft = await ownTrials(ctx).selectFrom('flowDraft').select('body').where('code', '=', flow).executeTakeFirst()
  if (!draft) throw trialFlowUnknown({ flow })
  const faults = flowFaults(draft.body as Flow)
  if (faults.length > 0) throw trialFlowFaulty({ flow }, { faults })
  return draft.body as Flow
}

export async function startTrial(ctx: Context, plan: TrialPlan): Promise<TrialListed> {
  demandFlows(ctx)
  await flowOfPlan(ctx, plan)
  const running = await ownTrials(ctx).selectFrom('trialRun').select('name').where('state', 'in', ['waiting', 'running']).executeTakeFirst()
  if (running) throw trialRuns({ name: running.name })
  const row: TrialRunTable = { id: uuidAt(ctx.now), name: plan.name, plan, state: 'waiting', begunAt: ctx.now, begunBy: ctx.actor.name, endedAt: null, seen: 0, total: 0, note: null, result: null }
  await ownTrials(ctx)
    .insertInto('trialRun')
    .values({ ...row, plan: JSON.stringify(plan) as unknown as TrialPlan })
    .execute()
  await enqueue(ctx, JOB, { id: row.id }, { key: JOB })
  record(ctx, 'case.trial-begun', row.id, '', { ...plan })
  return present(row)
}

export async function listTrials(ctx: Context): Promise<{ items: TrialListed[] }> {
  demandFlows(ctx)
  const rows = await ownTrials(ctx).selectFrom('trialRun').select(LISTED).orderBy('begunAt', 'desc').limit(SHOWN).execute()
  return { items: rows.map(present) }
}

async function findTrial(ctx: Context, id: string): Promise<TrialRunTable> {
  demandFlows(ctx)
  const found = await ownTrials(ctx).selectFrom('trialRun').selectAll().where('id', '=', id).executeTakeFirst()
  if (!found) throw trialUnknown()
  return found
}

export async function showTrial(ctx: Context, id: string): Promise<Trial> {
  const row = await findTrial(ctx, id)
  return { ...present(row), result: row.result }
}

/** Whoever runs it sees that it is no longer wanted, and stops. */
export async function cancelTrial(ctx: Context, id: string): Promise<TrialListed> {
  const row = await findTrial(ctx, id)
  if (row.state !== 'waiting' && row.state !== 'running') return present(row)
  await ownTrials(ctx).updateTable('trialRun').set({ state: 'cancelled', endedAt: ctx.now }).where('id', '=', id).execute()
  return present({ ...row, state: 'cancelled', endedAt: ctx.now })
}

/** The page sees how far it is. */
export const trialJob: Job = {
  name: JOB,
  piecewise: true,
  run: (ctx, { id }: { id: string }) => runStored(ctx, id),
}

export async function runStored(ctx: Context, id: string): Promise<void> {
  const own = ownTrials(ctx)
  const row = await own
    .updateTable('trialRun')
    .set({ state: 'running' })
    .where('id', '=', id)
    .where('state', 'in', ['waiting', 'running'])
    .returningAll()
    .executeTakeFirst()
  if (!row) return
  const end = (change: Partial<Pick<TrialRunTable, 'state' | 'note' | 'seen' | 'total'>> & { result?: TrialResult }) =>
    own
      .updateTable('trialRun')
      .set({ ...change, endedAt: ctx.now, ...(change.result && { result: JSON.stringify(change.result) as unknown as TrialResult }) })
      .where('id', '=', id)
      .where('state', '=', 'running')
      .execute()
  try {
    const flow = await flowOfPlan(ctx, row.plan)
    const result = await runTrial(ctx, row.plan, {
      flow,
      onProgress: async (seen, total) => (await own.updateTable('trialRun').set({ seen, total }).where('id', '=', id).where('state', '=', 'running').executeTakeFirst()).numUpdatedRows === 1n,
    })
    if (result) await end({ state: 'done', result, seen: result.cases, total: result.cases })
  } catch (error) {
    await end({ state: 'failed', note: error instanceof Error ? error.message.slice(0, 500) : String(error) })
  }
}

const COLUMNS: readonly { readonly title: Words; readonly value: (unit: TrialResult['units'][number]) => number | null }[] = [
  { title: { zh: '处置案件', en: 'Disposed' }, value: ({ disposed }) => disposed },
  { title: { zh: '原按期', en: 'In time, as it was' }, value: ({ inBefore }) => inBefore },
  { title: { zh: '试后按期', en: 'In time, as tried' }, value: ({ inAfter }) => inAfter },
  { title: { zh: '由超期变按期', en: 'Newly in time' }, value: ({ newlyIn }) => newlyIn },
  { title: { zh: '由按期变超期', en: 'Newly late' }, value: ({ newlyLate }) => newlyLate },
  { title: { zh: '沿用原时限', en: 'Deadline kept' }, value: ({ kept }) => kept },
  { title: { zh: '返工案件', en: 'Reworked' }, value: ({ reworks }) => reworks },
  { title: { zh: '回退案件', en: 'Returned' }, value: ({ returns }) => returns },
  { title: { zh: '原得分', en: 'Score, as it was' }, value: ({ scoreBefore }) => scoreBefore },
  { title: { zh: '试后得分', en: 'Score, as tried' }, value: ({ scoreAfter }) => scoreAfter },
]

/** The result by unit as a sheet; no rows while there is none. */
export async function trialTable(ctx: Context, id: string, language: Language) {
  const { result, name } = await findTrial(ctx, id)
  const { zone } = await getCityFacts(ctx)
  const columns: SheetColumn[] = [
    { title: language === 'zh' ? '单位' : 'Unit', kind: 'text', width: 30 },
    ...COLUMNS.map(({ title }): SheetColumn => ({ title: title[language], kind: 'number', width: 14 })),
  ]
  async function* rows(units: TrialResult['units']): AsyncGenerator<readonly SheetValue[]> {
    for (const unit of units) yield [unit.name[language], ...COLUMNS.map(({ value }) => value(unit))]
  }
  return { name, body: writeSheet({ name: name.slice(0, 30), columns, zone }, rows(result?.units ?? [])) }
}
