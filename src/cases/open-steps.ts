// What the caller may do with a case now, with everything that has to be chosen for it.

import { holds, type Context } from '../kernel/index.ts'
import { dictionary, findConditions, nearestCollectors, proposeUnits, type Condition, type DictionaryName } from '../registry/index.ts'
import type { OpenStep, UnitProposal } from './contract.ts'
import { stepsFrom, type Flow, type FlowStep } from './flow.ts'
import { flowOf } from './flows.ts'
import { placeOf } from './place.ts'
import type { CaseRow } from './tables.ts'
import { unwanted } from './tasks.ts'

/** The steps that the caller may take, the usual one first. */
export function buttonsFor(ctx: Context, flow: Flow, row: CaseRow): string[] {
  const place = placeOf(row)
  return stepsFrom(flow, row.state).filter((step) => {
    const { permit, byDisposer, passed } = flow.steps[step]!
    if (permit === null || !holds(ctx, permit, place)) return false
    if (byDisposer === false && row.disposedBy.includes(ctx.actor.id)) return false
    return passed === undefined || row.collectorId === ctx.actor.id
  })
}

export async function openSteps(ctx: Context, row: CaseRow, proposals?: readonly UnitProposal[]): Promise<OpenStep[]> {
  const flow = await flowOf(ctx, row)
  return Promise.all(buttonsFor(ctx, flow, row).map((step) => openStep(ctx, row, step, flow.steps[step]!, proposals)))
}

async function openStep(ctx: Context, row: CaseRow, step: string, rule: FlowStep, proposals?: readonly UnitProposal[]): Promise<OpenStep> {
  const inputs = new Set([...(rule.needs ?? []), ...(rule.takes ?? [])])
  return {
    step,
    words: rule.words,
    needs: [...(rule.needs ?? [])],
    takes: [...(rule.takes ?? [])],
    primary: rule.primary ?? false,
    ...(inputs.has('unit') && { units: [...(proposals ?? (await proposalsFor(ctx, row)))] }),
    ...(inputs.has('condition') && { conditions: await choicesOf(ctx, row) }),
    ...(inputs.has('collector') && { collectors: await collectorsFor(ctx, row, rule) }),
    ...(inputs.has('reason') && rule.reasons && { reasons: await reasonsOf(ctx, rule.reasons) }),
  }
}

/** Units that should dispose of the case, best first, each with the reason in words. */
export async function proposalsFor(ctx: Context, row: CaseRow): Promise<UnitProposal[]> {
  const proposals = await proposeUnits(ctx, {
    category: row.category,
    region: placeOf(row).region,
    ...(row.componentCode !== null && { componentCode: row.componentCode }),
  })
  return proposals.map(({ unitCode, unitPath, name, words }) => ({ unitCode, unitPath, name, words }))
}

async function choicesOf(ctx: Context, row: CaseRow) {
  const conditions = await findConditions(ctx, row.category)
  return conditions.map((condition) => choiceOf(condition, row.grade))
}

export const choiceOf = ({ id, condition, closing, limits }: Condition, grade: string | null) => ({
  id,
  words: condition,
  limit: limits[grade === 'B' || grade === 'C' ? grade : 'A'],
  closing: closing.zh === '' ? null : closing,
})

async function collectorsFor(ctx: Context, row: CaseRow, rule: FlowStep) {
  if (row.lng === null || row.lat === null) return []
  const near = await nearestCollectors(ctx, [row.lng, row.lat], { not: unwanted(row, rule.gives ?? 'verify'), beat: row.beat })
  return near.map(({ id, name, metres }) => ({ id, name, metres: metres ?? null, onDuty: true }))
}

const reasonsOf = async (ctx: Context, name: string) =>
  (await dictionary(ctx, name as DictionaryName)).map(({ code, name: words }) => ({ code, words }))
