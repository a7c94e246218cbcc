// What the caller may do with a case now, with everything that has to be chosen for it.

import { holds, type Context } from '../kernel/index.ts'
import { dictionary, findConditions, findUnits, nearestCollectors, workingCalendar, type Condition, type DictionaryName } from '../registry/index.ts'
import { decideUnits } from '../responsibility/index.ts'
import type { OpenStep, UnitProposal } from './contract.ts'
import { stepsFrom, type Flow, type FlowAct, type FlowProcedure, type FlowStep } from './flow.ts'
import { flowOf } from './flows.ts'
import { placeOf } from './place.ts'
import { actsOf, actStep, hindrance, OPEN, subjectsOf } from './procedure.ts'
import { sayHindrance } from './say-hindrance.ts'
import type { CaseRow, ProceedingRow } from './tables.ts'
import { unwanted } from './tasks.ts'

/** The steps that the caller may take, the usual one first. */
export function buttonsFor(ctx: Context, flow: Flow, row: CaseRow): string[] {
  const place = placeOf(row)
  return stepsFrom(flow, row.state).filter((step) => {
    const { permit, byDisposer, passed, passes } = flow.steps[step]!
    if (passes === 'above' && depthOf(row.unitPath) <= TOP_DEPTH) return false
    if (permit === null || !holds(ctx, permit, place)) return false
    if (byDisposer === false && row.disposedBy.includes(ctx.actor.id)) return false
    return passed === undefined || row.collectorId === ctx.actor.id
  })
}

/** `/C01/U0103/` is a unit of level 2: it answers to the dispatcher, and those below it to it. */
const TOP_DEPTH = 2
const depthOf = (path: string | null): number => (path ?? '').split('/').filter((part) => part !== '').length

export async function openSteps(ctx: Context, row: CaseRow, proposals?: readonly UnitProposal[]): Promise<OpenStep[]> {
  const flow = await flowOf(ctx, row)
  const below = row.unitCode === null ? [] : await unitsBelow(ctx, row)
  const open = buttonsFor(ctx, flow, row).filter((step) => flow.steps[step]!.passes !== 'below' || below.length > 0)
  return Promise.all(
    open.map((step) => openStep(ctx, row, step, flow.steps[step]!, flow.steps[step]!.passes === 'below' ? below : proposals)),
  )
}

type Asking = Pick<FlowStep, 'words' | 'needs' | 'takes' | 'primary' | 'reasons' | 'gives'>

async function openStep(ctx: Context, row: CaseRow, step: string, rule: Asking, proposals?: readonly UnitProposal[]): Promise<OpenStep> {
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

const MOST_BELOW = 60

/** The units right below the one that has the case. */
async function unitsBelow(ctx: Context, { unitCode }: CaseRow): Promise<UnitProposal[]> {
  const below = await findUnits(ctx, { parent: unitCode! })
  return below.slice(0, MOST_BELOW).map(({ code, path, name }) => ({ unitCode: code, unitPath: path, name, words: { zh: '下级单位', en: 'Unit below' }, ground: 'below', rule: null, confidence: 1, learned: null }))
}

/** Whether the caller may take this act, on this proceeding or to open one. */
export function mayTakeAct(ctx: Context, row: CaseRow, act: FlowAct, proceeding: ProceedingRow | undefined): boolean {
  if (act.permit === null) return false
  const place = placeOf(row)
  if (act.of !== 'participants') return holds(ctx, act.permit, place)
  return (proceeding?.participants ?? []).some((unit) => holds(ctx, act.permit!, { ...place, unit }))
}

/** The acts of procedures that the caller may take; one that is hindered says why, if it is only a matter of time or number. */
export async function openActs(ctx: Context, row: CaseRow, past: readonly ProceedingRow[], proposals?: readonly UnitProposal[]): Promise<OpenStep[]> {
  const flow = await flowOf(ctx, row)
  const moving = past.filter(({ endedAt }) => endedAt === null).flatMap((proceeding) => movesOf(ctx, flow, row, proceeding))
  const moves = moving.map(async ({ proceeding, name, act }) => ({
    ...(await openStep(ctx, row, actStep(proceeding.kind, name), act, proposals)),
    procedure: proceeding.kind,
    act: name,
    proceeding: proceeding.id,
    ...within(flow.procedures[proceeding.kind]!, act),
  }))
  const openings = Object.entries(flow.procedures).map(([kind, procedure]) => opening(ctx, flow, row, past, kind, procedure, proposals))
  return [...(await Promise.all(moves)), ...(await Promise.all(openings)).filter((one) => one !== undefined)]
}

function movesOf(ctx: Context, flow: Flow, row: CaseRow, proceeding: ProceedingRow) {
  return actsOf(flow, proceeding, row)
    .filter(([, act]) => mayTakeAct(ctx, row, act, proceeding) && !(act.byOpener === false && proceeding.openedBy === ctx.actor.id))
    .map(([name, act]) => ({ proceeding, name, act }))
}

const within = ({ longestDays }: FlowProcedure, act: FlowAct) =>
  longestDays !== undefined && (act.needs?.includes('until') || act.takes?.includes('until')) ? { longestDays } : {}

async function opening(
  ctx: Context,
  flow: Flow,
  row: CaseRow,
  past: readonly ProceedingRow[],
  kind: string,
  procedure: FlowProcedure,
  proposals?: readonly UnitProposal[],
): Promise<OpenStep | undefined> {
  if (!mayTakeAct(ctx, row, procedure.opens, undefined)) return undefined
  const calendar = await workingCalendar(ctx)
  const why = hindrance(flow, kind, row, past, { now: ctx.now, calendar })
  if (why?.because === 'state' || why?.because === 'already-open' || why?.because === 'counter') return undefined
  const step = await openStep(ctx, row, actStep(kind, OPEN), procedure.opens, proposals)
  const reasons = procedure.subjects && step.reasons?.filter(({ code }) => subjectsOf(procedure, row).includes(code))
  return {
    ...step,
    ...(reasons && { reasons }),
    procedure: kind,
    act: OPEN,
    ...within(procedure, procedure.opens),
    ...(why && { hindered: sayHindrance(flow, row, procedure, why, calendar.zone) }),
  }
}

/** Units that should dispose of the case, best first, each with the reason in words; behind them those that only history names. */
export async function proposalsFor(ctx: Context, row: CaseRow): Promise<UnitProposal[]> {
  const { answers, learned } = await decideUnits(ctx, {
    category: row.category,
    region: row.cell ?? placeOf(row).region,
    componentCode: row.componentCode,
    position: row.lng === null || row.lat === null ? null : [row.lng, row.lat],
    text: [row.description, row.address].filter(Boolean).join(' '),
  })
  const shares = new Map(learned.map(({ unitCode, confidence }) => [unitCode, confidence]))
  const ruled = answers.map((answer): UnitProposal => ({ ...answer, learned: shares.get(answer.unitCode) ?? null }))
  const others = learned.filter(({ unitCode }) => !answers.some((answer) => answer.unitCode === unitCode))
  return [...ruled, ...others.map((one): UnitProposal => ({ ...one, ground: 'learned', rule: null, learned: one.confidence }))]
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

async function collectorsFor(ctx: Context, row: CaseRow, rule: Asking) {
  if (row.lng === null || row.lat === null) return []
  const near = await nearestCollectors(ctx, [row.lng, row.lat], { not: unwanted(row, rule.gives ?? 'verify'), beat: row.beat })
  return near.map(({ id, name, metres }) => ({ id, name, metres: metres ?? null, onDuty: true }))
}

const reasonsOf = async (ctx: Context, name: string) =>
  (await dictionary(ctx, name as DictionaryName)).map(({ code, name: words }) => ({ code, words }))
